"""Trace the parts of a checkpoint to ONNX: both encoders, matcher and captioner."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn
from torch.export import Dim

from desktop_app.inference.bundle import GraphSpec
from training.model.captioner import START, Captioner
from training.model.matcher import Matcher
from training.model.visita import VisitaModel

_TOKENS = "image_tokens"
IMAGE = GraphSpec("image_encoder.onnx", ("photos",), "image_embedding", (_TOKENS,))
# not "embedding": that name is taken by the graph's own table of words
TEXT = GraphSpec("text_encoder.onnx", ("ids", "mask"), "text_embedding", ("text_states",))
MATCHER = GraphSpec(
    "matcher.onnx",
    (_TOKENS, IMAGE.output, TEXT.extra_outputs[0], "mask", TEXT.output),
    "match_logit",
    ("word_regions",),
)
CAPTIONER = GraphSpec("captioner.onnx", (_TOKENS, IMAGE.output, "caption_tokens"), "next_logits")


class ImageGraph(nn.Module):
    """(b, 3, s, s) float32 in [0, 1] -> (b, dim) unit rows, and compact tokens if there are any."""

    def __init__(self, model: VisitaModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, photos: Tensor) -> tuple[Tensor, ...]:
        """Embed photos."""
        if self.model.config.compact is None:
            return (self.model.encode_image(photos),)
        return self.model.encode_image_tokens(photos)


class TextGraph(nn.Module):
    """Two (b, l) int64 tensors, ids and mask -> (b, dim) unit rows and (b, l, width) states."""

    def __init__(self, model: VisitaModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Embed texts."""
        return self.model.encode_text_states(ids, mask)


class CaptionerGraph(nn.Module):
    """Regions, embedding and caption tokens (b, t) -> (b, vocabulary) logits of what is next."""

    def __init__(self, captioner: Captioner) -> None:
        super().__init__()
        self.captioner = captioner

    def forward(self, regions: Tensor, embedding: Tensor, tokens: Tensor) -> Tensor:
        """Logits of the last position alone: choosing words is most of the cost."""
        hidden = self.captioner.hidden(regions, embedding, tokens)
        return self.captioner.words_at(hidden[:, -1])


def image_spec(model: VisitaModel) -> GraphSpec:
    """The image encoder's graph; without compact tokens it has one output."""
    extra = IMAGE.extra_outputs if model.config.compact is not None else ()
    return GraphSpec(IMAGE.file, IMAGE.inputs, IMAGE.output, extra)


def export_image_encoder(model: VisitaModel, path: Path) -> None:
    """Write the image encoder as float32 ONNX with a dynamic batch."""
    size = model.config.image_size
    photos = torch.rand(2, 3, size, size)
    trace(ImageGraph(model), (photos,), path, image_spec(model), ({0: Dim("batch")},))


def export_text_encoder(model: VisitaModel, path: Path) -> None:
    """Write the text encoder as float32 ONNX with dynamic batch and length."""
    ids = torch.randint(1000, 2000, (2, 9))
    shapes = {0: Dim("batch"), 1: Dim("length", max=model.config.context_length)}
    trace(TextGraph(model), (ids, torch.ones_like(ids)), path, TEXT, (shapes, shapes))


def export_matcher(model: VisitaModel, matcher: Matcher, path: Path) -> None:
    """Write the matcher as float32 ONNX with a dynamic batch and text length."""
    b, length = Dim("batch"), Dim("length", max=model.config.context_length)
    regions, photos = _photo_examples(model)
    mask = torch.ones(2, 9, dtype=torch.int64)
    width = matcher.word_projection.in_features
    example = (regions, photos, torch.rand(2, 9, width), mask, torch.rand_like(photos))
    shapes = ({0: b}, {0: b}, {0: b, 1: length}, {0: b, 1: length}, {0: b})
    trace(matcher, example, path, MATCHER, shapes)


def export_captioner(model: VisitaModel, captioner: Captioner, path: Path) -> None:
    """Write the captioner as float32 ONNX with dynamic batch and length."""
    b, length = Dim("batch"), Dim("length", max=captioner.config.longest)
    tokens = torch.full((2, 5), START, dtype=torch.int64)
    example = (*_photo_examples(model), tokens)
    shapes = ({0: b}, {0: b}, {0: b, 1: length})
    trace(CaptionerGraph(captioner), example, path, CAPTIONER, shapes)


def _photo_examples(model: VisitaModel) -> tuple[Tensor, Tensor]:
    compact = model.config.compact
    assert compact is not None  # no head without: ModelConfig sees to it
    return torch.rand(2, compact.tokens, compact.width), torch.rand(2, model.config.dim)


def trace(
    graph: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    spec: GraphSpec,
    dynamic_shapes: Sequence[dict[int, Dim]],
    *,
    external_data: bool = False,
) -> None:
    """Write a module as float32 ONNX.

    Args:
        graph: in whichever mode; it is traced in evaluation mode.
        example: its inputs, two of a batch.
        path: where the graph is written.
        spec: names of inputs and outputs.
        dynamic_shapes: of each input, which dimensions may differ.
        external_data: weights in a file beside it; a graph alone holds at most 2 GB.
    """
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it reports its absent torchvision
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecations
        program = torch.onnx.export(
            graph.eval(),
            example,
            input_names=list(spec.inputs),
            output_names=[spec.output, *spec.extra_outputs],
            dynamo=True,
            dynamic_shapes=tuple(dynamic_shapes),
            verbose=False,
        )
    assert program is not None
    program.save(str(path), external_data=external_data)
    onnx.checker.check_model(str(path))


def forget_traces(path: Path) -> None:
    """Take out of a graph where its nodes come from.

    The exporter notes the stack of each node, with paths of the machine; a released file has none.
    """
    model = onnx.load(str(path))
    for part in (model, model.graph, *model.functions):
        del part.metadata_props[:]
        part.doc_string = ""
    bodies = [model.graph, *model.functions]
    for body in bodies:
        for node in body.node:
            del node.metadata_props[:]
            node.doc_string = ""
            bodies += [item.g for item in node.attribute if item.HasField("g")]
        for value in body.value_info:
            del value.metadata_props[:]
            value.doc_string = ""
    for value in (*model.graph.input, *model.graph.output, *model.graph.initializer):
        del value.metadata_props[:]
        value.doc_string = ""
    onnx.save(model, str(path))
