"""``python -m model_export``: checkpoint -> verified model bundle."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import numpy as np

from desktop_app.errors import AppError
from desktop_app.inference.bundle import ModelBundle
from model_export.bundle_writer import Precision, swap_in, write_graphs, write_manifest
from model_export.verify import measure_parity, require_parity, require_recall
from training.data.opening import open_dataset
from training.data.source import PhotoSource
from training.evaluate import BundleEncoder, CheckpointEncoder, Evaluation, evaluate
from training.second_look import evaluate_again

log = logging.getLogger("model_export")

_SAMPLES = 64
_SMALLEST_COSINE = {"int8": 0.97, "half": 0.999, "cuda": 0.998}
_LARGEST_RECALL_LOSS = 0.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Export, verify, swap; returns the exit code (0 success, 1 a known error, 2 usage)."""
    parser = argparse.ArgumentParser(prog="python -m model_export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, help="RUN/best of training")
    parser.add_argument("--output", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--data", type=Path, required=True, help="photos to verify and measure on")
    parser.add_argument("--split", default="val", help="its split (default: val)")
    parser.add_argument("--calibration-split", default="train", help="photos for int8 ranges")
    parser.add_argument(
        "--precision",
        choices=get_args(Precision),
        default="int8",
        help="int8 where it keeps the answers (default); half: float16 stored, float32 computed; "
        "cuda: float16 computed, for GPUs",
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    log.setLevel(logging.INFO)  # ours alone: the exporter tells of every tensor
    try:
        export(
            options.checkpoint,
            options.output,
            open_dataset(options.data, options.split),
            open_dataset(options.data, options.calibration_split),
            options.precision,
        )
    except (AppError, OSError, ValueError) as error:
        print(f"model_export: {error}", file=sys.stderr)
        return 1
    return 0


def export(
    checkpoint: Path,
    output: Path,
    dataset: PhotoSource,
    calibration: PhotoSource,
    precision: Precision,
) -> None:
    """Write a bundle to ``output`` only when it answers as the checkpoint does.

    Args:
        checkpoint: what training wrote.
        output: folder of the bundle.
        dataset: captioned photos for parity and the manifest's figures.
        calibration: photos that the ranges of int8 are measured on.
        precision: of the graphs.

    Raises:
        ParityError: an output, or recall without or with the matcher's second look, drifted;
            ``output`` is untouched then.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        staging = Path(folder)
        write_graphs(checkpoint, staging, precision, calibration)
        size = write_manifest(checkpoint, staging, metrics={}).image_size
        bundle = ModelBundle.open(staging)
        pixels = np.stack([dataset.pixels(i, size) for i in range(min(_SAMPLES, len(dataset)))])
        parity = measure_parity(bundle, checkpoint, pixels, dataset.captions[: len(pixels)])
        log.info("parity: %s", parity)
        require_parity(parity, _SMALLEST_COSINE[precision])
        retrieval = _compare_recall(staging, checkpoint, dataset)
        metrics = {
            "retrieval": {"data": f"{dataset.source.name}, split {dataset.split}", **retrieval},
            "parity": {name: asdict(agreement) for name, agreement in parity.items()},
        }
        manifest = write_manifest(checkpoint, staging, metrics)
        swap_in(staging, output)
    log.info("bundle %s with model_id %s", output, manifest.model_id)


def _compare_recall(bundle: Path, checkpoint: Path, dataset: PhotoSource) -> dict[str, Any]:
    """The bundle's figures, when they are no worse than the checkpoint's."""
    exported, original = BundleEncoder(bundle), CheckpointEncoder(checkpoint)
    if not exported.can_match:
        reached, expected = evaluate(exported, dataset), evaluate(original, dataset)
        _require("recall", reached, expected)
        return reached.to_json()
    both, wanted = evaluate_again(exported, dataset), evaluate_again(original, dataset)
    _require("recall", both.plain, wanted.plain)
    _require("re-ranked recall", both.reranked, wanted.reranked)
    return both.to_json()


def _require(kind: str, reached: Evaluation, expected: Evaluation) -> None:
    log.info("%s of the checkpoint: %s", kind, expected.to_json())
    log.info("%s of the bundle:     %s", kind, reached.to_json())
    require_recall(reached, expected, _LARGEST_RECALL_LOSS, kind)


if __name__ == "__main__":
    sys.exit(main())
