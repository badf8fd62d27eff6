"""``python -m model_export``: checkpoint -> verified model bundle."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from desktop_app.errors import AppError
from model_export.bundle_writer import swap_in, write_graphs, write_manifest
from model_export.verify import measure_parity, require_parity, require_recall
from training.data.dataset import PhotoDataset
from training.evaluate import BundleEncoder, CheckpointEncoder, evaluate

log = logging.getLogger("model_export")

_SAMPLES = 64
_SMALLEST_COSINE = {"int8": 0.97, "half": 0.999}
_LARGEST_RECALL_LOSS = 0.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Export, verify, swap; returns the exit code (0 success, 1 a known error, 2 usage)."""
    parser = argparse.ArgumentParser(prog="python -m model_export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, help="RUN/best of training")
    parser.add_argument("--output", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--data", type=Path, required=True, help="photos to verify and measure on")
    parser.add_argument("--split", default="val", help="its split (default: val)")
    parser.add_argument("--calibration-split", default="train", help="photos for int8 ranges")
    parser.add_argument("--precision", choices=("int8", "half"), default="int8")
    options = parser.parse_args(arguments)
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    log.setLevel(logging.INFO)  # ours alone: the exporter tells of every tensor
    try:
        export(
            options.checkpoint,
            options.output,
            PhotoDataset(options.data, options.split),
            PhotoDataset(options.data, options.calibration_split),
            options.precision,
        )
    except (AppError, OSError, ValueError) as error:
        print(f"model_export: {error}", file=sys.stderr)
        return 1
    return 0


def export(
    checkpoint: Path, output: Path, dataset: PhotoDataset, calibration: PhotoDataset, precision: str
) -> None:
    """Write a bundle to ``output`` only when it answers as the checkpoint does.

    Args:
        checkpoint: what training wrote.
        output: folder of the bundle.
        dataset: captioned photos for parity and the manifest's figures.
        calibration: photos that the ranges of int8 are measured on.
        precision: ``int8`` where it keeps the answers, or ``half``: storage only.

    Raises:
        ParityError: embeddings or recall drifted; ``output`` is untouched then.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        staging = Path(folder)
        is_int8 = precision == "int8"
        write_graphs(checkpoint, staging, calibration if is_int8 else None, quantize_text=is_int8)
        write_manifest(checkpoint, staging, metrics={})
        exported, original = BundleEncoder(staging), CheckpointEncoder(checkpoint)
        count = min(_SAMPLES, len(dataset))
        pixels = np.stack([dataset.pixels(i, exported.image_size) for i in range(count)])
        parity = measure_parity(exported, original, pixels, dataset.captions[:_SAMPLES])
        log.info("parity: %s", parity)
        require_parity(parity, _SMALLEST_COSINE[precision])
        reached, expected = evaluate(exported, dataset), evaluate(original, dataset)
        log.info("checkpoint: %s", expected.to_json())
        log.info("bundle:     %s", reached.to_json())
        require_recall(reached, expected, _LARGEST_RECALL_LOSS)
        measured = {"data": f"{dataset.source.name}, split {dataset.split}", **reached.to_json()}
        metrics = {"retrieval": measured, "parity": asdict(parity)}
        manifest = write_manifest(checkpoint, staging, metrics)
        swap_in(staging, output)
    log.info("bundle %s with model_id %s", output, manifest.model_id)


if __name__ == "__main__":
    sys.exit(main())
