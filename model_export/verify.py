"""An exported bundle must answer as the checkpoint does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from desktop_app.inference.bundle import GraphSpec, ModelBundle
from desktop_app.inference.runtime import RuntimeOptions, Session
from desktop_app.inference.tokenizer import Tokenizer
from model_export.graphs import CAPTIONER, IMAGE, MATCHER, TEXT
from training.checkpoint import TOKENIZER_NAME, load_model
from training.evaluate import Evaluation
from training.model.captioner import SPECIAL_TOKENS, START
from training.model.visita import VisitaModel

Arrays = dict[str, NDArray[np.generic]]


class ParityError(ValueError):
    """The exported graph and the checkpoint disagree."""


@dataclass(frozen=True)
class Agreement:
    """How well one output of a graph agrees with torch, at worst over the samples."""

    cosine: float
    """Between the two answers to one sample, each taken as one long vector; of a single number
    (a match's logit) between the answers to all samples."""
    difference: float
    """The largest of any component."""


def measure_parity(
    bundle: ModelBundle, checkpoint: Path, pixels: NDArray[np.float32], texts: Sequence[str]
) -> dict[str, Agreement]:
    """Run every graph of a bundle, and torch, on the same inputs.

    The heads get torch's numbers, not those of the exported encoders: each graph is judged for
    itself. As many pairs are judged as there are both photos and texts.

    Args:
        bundle: the exported one.
        checkpoint: what it was exported from.
        pixels: (n, 3, s, s) float32 in [0, 1].
        texts: captions, the i-th with the i-th photo.

    Returns:
        one agreement per output of a graph, by its name.
    """
    model = load_model(checkpoint)
    tokenizer = Tokenizer(checkpoint / TOKENIZER_NAME, model.config.context_length)
    samples = [
        torch_answers(model, tokenizer, photo, text)
        for photo, text in zip(pixels, texts, strict=False)
    ]
    agreements = {}
    for spec in graphs_of(bundle):
        session = Session(bundle.path(spec.file), RuntimeOptions())
        names = (spec.output, *spec.extra_outputs)
        found = [session.run_all(names, {n: known[n] for n in spec.inputs}) for known in samples]
        for place, name in enumerate(names):
            exported = [answer[place] for answer in found]
            agreements[name] = agreement(exported, [known[name] for known in samples])
    return agreements


def graphs_of(bundle: ModelBundle) -> list[GraphSpec]:
    """Every graph that a bundle has."""
    manifest = bundle.manifest
    captioner = None if manifest.captioner is None else manifest.captioner.graph
    graphs = (manifest.image_encoder, manifest.text_encoder, manifest.matcher, captioner)
    return [graph for graph in graphs if graph is not None]


@torch.inference_mode()
def torch_answers(
    model: VisitaModel, tokenizer: Tokenizer, photo: NDArray[np.float32], text: str
) -> Arrays:
    """All inputs and outputs of all graphs for one photo and one text, by their names.

    Args:
        model: in evaluation mode.
        tokenizer: the checkpoint's.
        photo: (3, s, s) float32 in [0, 1].
        text: a caption.
    """
    photos = torch.from_numpy(photo[None])
    ids, mask = (torch.from_numpy(part) for part in tokenizer.encode([text]))
    embedding, states = model.encode_text_states(ids, mask)
    known = {
        IMAGE.inputs[0]: photos,
        **dict(zip(TEXT.inputs, (ids, mask), strict=True)),
        TEXT.output: embedding,
        TEXT.extra_outputs[0]: states,
    }
    if model.config.compact is None:
        known[IMAGE.output] = model.encode_image(photos)
    else:
        known[IMAGE.output], known[IMAGE.extra_outputs[0]] = model.encode_image_tokens(photos)
    if model.matcher is not None:
        answers = model.matcher(*(known[name] for name in MATCHER.inputs))
        known[MATCHER.output], known[MATCHER.extra_outputs[0]] = answers
    if model.captioner is not None:
        words = min(4, len(model.captioner.config.vocabulary), model.captioner.config.longest - 1)
        begun = [START, *range(SPECIAL_TOKENS, SPECIAL_TOKENS + words)]
        known[CAPTIONER.inputs[-1]] = torch.tensor([begun])
        logits = model.captioner(*(known[name] for name in CAPTIONER.inputs))
        known[CAPTIONER.output] = logits[:, -1]
    return {name: value.numpy() for name, value in known.items()}


def require_parity(parity: dict[str, Agreement], smallest_cosine: float) -> None:
    """Refuse a bundle that drifted.

    Raises:
        ParityError: a cosine is below the floor; it names the worst output.
    """
    worst = min(parity, key=lambda name: parity[name].cosine)
    if not parity[worst].cosine >= smallest_cosine:
        raise ParityError(f"{worst} drifted: cosine {parity[worst].cosine:.5f} < {smallest_cosine}")


def require_recall(
    exported: Evaluation, checkpoint: Evaluation, largest_loss: float, kind: str = "recall"
) -> None:
    """Refuse a bundle whose mean recall fell by more than ``largest_loss`` points.

    Args:
        exported: of the bundle.
        checkpoint: of the checkpoint, on the same photos.
        largest_loss: points, mean of the six R@k.
        kind: which figures these are, for the message.

    Raises:
        ParityError: it did.
    """
    loss = (checkpoint.recall_sum - exported.recall_sum) / 6
    if loss > largest_loss:
        raise ParityError(f"the export loses {loss:.2f} points of {kind} on average")


def agreement(
    exported: Sequence[NDArray[np.generic]], expected: Sequence[NDArray[np.generic]]
) -> Agreement:
    """Compare the answers to each sample, in their order."""
    pairs = [
        (np.asarray(a, np.float64).ravel(), np.asarray(b, np.float64).ravel())
        for a, b in zip(exported, expected, strict=True)
    ]
    difference = max(float(np.abs(a - b).max()) for a, b in pairs)
    if all(a.size == 1 for a, _ in pairs):
        pairs = [(np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs]))]
    cosines = [a @ b / max(1e-12, float(np.linalg.norm(a) * np.linalg.norm(b))) for a, b in pairs]
    return Agreement(float(min(cosines)), difference)
