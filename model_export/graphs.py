"""Trace both encoders of a checkpoint to ONNX."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn
from torch.export import Dim

from training.model.visita import VisitaModel

IMAGE_INPUT = "photos"
IMAGE_OUTPUT = "image_embedding"
TEXT_INPUTS = ("ids", "mask")
# not "embedding": that name is taken by the graph's own table of words
TEXT_OUTPUT = "text_embedding"


class ImageGraph(nn.Module):
    """(b, 3, s, s) float32 in [0, 1] -> (b, dim) float32, unit rows."""

    def __init__(self, model: VisitaModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, photos: Tensor) -> Tensor:
        """Embed photos."""
        return self.model.encode_image(photos)


class TextGraph(nn.Module):
    """Two (b, l) int64 tensors, ids and mask -> (b, dim) float32, unit rows."""

    def __init__(self, model: VisitaModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Embed texts."""
        return self.model.encode_text(ids, mask)


def export_image_encoder(model: VisitaModel, path: Path) -> None:
    """Write the image encoder as float32 ONNX with a dynamic batch."""
    size = model.config.image_size
    _export(
        ImageGraph(model),
        (torch.rand(2, 3, size, size),),
        path,
        [IMAGE_INPUT],
        IMAGE_OUTPUT,
        ({0: Dim("batch")},),
    )


def export_text_encoder(model: VisitaModel, path: Path) -> None:
    """Write the text encoder as float32 ONNX with dynamic batch and length."""
    ids = torch.randint(1000, 2000, (2, 9))
    shapes = {0: Dim("batch"), 1: Dim("length", max=model.config.context_length)}
    _export(
        TextGraph(model),
        (ids, torch.ones_like(ids)),
        path,
        list(TEXT_INPUTS),
        TEXT_OUTPUT,
        (shapes, shapes),
    )


def _export(
    graph: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: list[str],
    output: str,
    dynamic_shapes: tuple[dict[int, Dim], ...],
) -> None:
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it reports its absent torchvision
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecations
        program = torch.onnx.export(
            graph.eval(),
            example,
            input_names=inputs,
            output_names=[output],
            dynamo=True,
            dynamic_shapes=dynamic_shapes,
            verbose=False,
        )
    assert program is not None
    program.save(str(path), external_data=False)
    onnx.checker.check_model(str(path))
