"""The parts of a hub model as ONNX graphs, in the precision that was chosen."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import torch
from torch import nn
from torch.export import Dim

from desktop_app.errors import ModelMismatch
from desktop_app.inference.bundle import GraphSpec
from model_export.graphs import CAPTIONER, IMAGE, MATCHER, TEXT, forget_traces, trace
from model_export.hub.hub_model import HubModel
from model_export.quantize import quantize_weights, store_half

HubPrecision = Literal["half", "int8", "float32"]
"""``half``: float16 is stored, float32 computed; ``int8``: weights in a quarter of the room, and
products of them two times as fast on a CPU; ``float32``: as it was trained."""

_MOST_BYTES = 1_900_000_000
"""A graph without a second file holds 2 GB."""
_EXAMPLE_LENGTH = 7


def specs_of(model: HubModel) -> dict[str, GraphSpec]:
    """Names of the graphs that a model becomes: image, text, and the heads that it has."""
    image = IMAGE.extra_outputs if model.image_tokens is not None else ()
    states = TEXT.extra_outputs if model.matcher is not None else ()
    inputs = TEXT.inputs if model.texts.takes_mask else TEXT.inputs[:1]
    specs = {
        "image": GraphSpec(IMAGE.file, IMAGE.inputs, IMAGE.output, image),
        "text": GraphSpec(TEXT.file, inputs, TEXT.output, states),
    }
    if model.matcher is not None:
        specs["matcher"] = MATCHER
    if model.captioner is not None:
        specs["captioner"] = CAPTIONER
    return specs


def write_graphs(
    model: HubModel, folder: Path, precision: HubPrecision, on_part: Callable[[str], None]
) -> None:
    """Trace every part into an empty folder.

    Args:
        model: what is traced.
        folder: where the graphs go.
        precision: of the graphs. Heads are never int8: a photo's score would depend on the other
            hits that it is scored with.
        on_part: called with ``image``, ``text``, ... before each.

    Raises:
        ModelMismatch: a part is too large for this precision.
    """
    for part, spec in specs_of(model).items():
        on_part(part)
        graph, example, shapes = _part(model, part)
        size = sum(tensor.numel() * 4 for tensor in graph.state_dict().values())
        if size > _MOST_BYTES and precision != "half":
            raise ModelMismatch(
                f"Its {part} graph has {size / 1e9:.1f} GB, more than a file of ONNX can hold.",
                "Choose --precision half.",
            )
        with tempfile.TemporaryDirectory(dir=folder) as staging:
            traced = Path(staging) / spec.file
            trace(graph, example, traced, spec, shapes, external_data=size > _MOST_BYTES)
            compress(traced, folder / spec.file, precision, part)
        forget_traces(folder / spec.file)


def compress(traced: Path, target: Path, precision: HubPrecision, part: str) -> None:
    """Write a traced graph in a precision; the traced one may be gone afterwards."""
    if precision == "int8" and part in ("image", "text"):
        quantize_weights(traced, target)
    elif precision == "float32":
        traced.replace(target)
    else:
        store_half(traced, target)


Part = tuple[nn.Module, tuple[torch.Tensor, ...], tuple[dict[int, Dim], ...]]


def _part(model: HubModel, part: str) -> Part:
    """Module, example inputs and dynamic shapes."""
    b = Dim("batch")
    side, longest = model.photos.image_size, model.texts.context_length
    is_full = model.texts.way.padding == "full"
    words = longest if is_full else min(_EXAMPLE_LENGTH, longest - 1)
    text = {0: b} if is_full else {0: b, 1: Dim("length", max=longest)}
    ids = torch.ones((2, words), dtype=torch.int64)
    if part == "image":
        return model.photos.graph, (torch.rand(2, 3, side, side),), ({0: b},)
    if part == "text":
        masked = (ids, torch.ones_like(ids)) if model.texts.takes_mask else (ids,)
        return model.texts.graph, masked, (text,) * len(masked)
    assert model.image_tokens is not None
    tokens = torch.rand(2, model.image_tokens.rows, model.image_tokens.width)
    photo = torch.rand(2, model.dim)
    if part == "matcher":
        assert model.matcher is not None
        states = torch.rand(2, words, model.text_width)
        example = (tokens, photo, states, torch.ones_like(ids), photo.clone())
        return model.matcher, example, ({0: b}, {0: b}, text, text, {0: b})
    assert model.captioner is not None
    begun = torch.ones((2, 5), dtype=torch.int64)
    length = Dim("length", max=model.captioner.longest)
    return model.captioner.graph, (tokens, photo, begun), ({0: b}, {0: b}, {0: b, 1: length})
