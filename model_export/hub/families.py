"""The families of dual encoders that transformers knows, each as one line or one file."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from desktop_app.errors import ModelMismatch
from desktop_app.inference.model_input import Padding
from model_export.hub.hub_model import HubModel, PhotoGraph, PhotoSide, TextGraph, TextSide
from model_export.hub.photo_processor import PhotoProcessor
from model_export.hub.text_tokenizer import TextTokenizer


@dataclass(frozen=True)
class Family:
    """What sets a family of transformers apart from the others."""

    name: str
    takes_mask: bool
    """Whether padding is masked. CLIP's text tower looks back alone and SigLIP learnt with its
    padding, so they need none."""
    padding: Padding = "longest"


FAMILIES = {
    "clip": Family("CLIP", takes_mask=False),
    "metaclip_2": Family("MetaCLIP 2", takes_mask=False),
    "groupvit": Family("GroupViT", takes_mask=False),
    "siglip": Family("SigLIP", takes_mask=False, padding="full"),
    "align": Family("ALIGN", takes_mask=True),
    "altclip": Family("AltCLIP", takes_mask=True),
    "chinese_clip": Family("Chinese-CLIP", takes_mask=True),
    "vision-text-dual-encoder": Family("dual encoder", takes_mask=True),
}
"""By ``model_type`` of a checkpoint's ``config.json``; BLIP and SigLIP 2 with any aspect ratio
have files of their own."""


def model_type_of(folder: Path) -> str:
    """The architecture that a checkpoint in a folder says it has.

    Raises:
        ModelMismatch: it says none.
    """
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        return str(config["model_type"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelMismatch(
            f"{folder} holds no checkpoint of the hub: its config.json names no model.",
            "Name a model of the hub, or a folder that `save_pretrained` wrote.",
        ) from error


def load_ordinary(folder: Path, family: Family) -> HubModel:
    """A checkpoint of a family that embeds by ``get_image_features`` and ``get_text_features``.

    Raises:
        ModelMismatch: a part is missing or does not fit.
    """
    model = loaded(folder)
    processor = PhotoProcessor.open(folder)
    longest = longest_text(model.config.text_config)
    tokenizer = TextTokenizer.open(folder, longest, family.padding)

    def embed_photos(pixels: Tensor) -> Tensor:
        return features(model.get_image_features(pixel_values=pixels))

    def embed_texts(ids: Tensor, mask: Tensor | None = None) -> Tensor:
        return features(model.get_text_features(input_ids=ids, attention_mask=mask))

    with torch.inference_mode():
        dim = embed_texts(torch.zeros((1, tokenizer.context_length), dtype=torch.int64)).shape[-1]
    return HubModel(
        family=family.name,
        dim=dim,
        photos=photo_side(processor, PhotoGraph(embed_photos, model, *processor.statistics)),
        texts=text_side(tokenizer, TextGraph(embed_texts, model), takes_mask=family.takes_mask),
        logit_scale=_exp(getattr(model, "logit_scale", None)),
        logit_bias=_number(getattr(model, "logit_bias", None)),
    )


def loaded(folder: Path, load: Callable[..., Any] | None = None) -> Any:
    """The checkpoint in float32, in evaluation mode, with attention as plain products.

    Raises:
        ModelMismatch: it cannot be loaded, or lacks weights.
    """
    from transformers import AutoModel

    load = load or AutoModel.from_pretrained
    try:
        model, report = load(
            folder,
            attn_implementation="eager",  # traces to what the quantiser knows
            dtype=torch.float32,
            output_loading_info=True,
        )
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelMismatch(f"The checkpoint cannot be loaded: {reason}") from error
    missing = sorted(name for name in report["missing_keys"] if "position_ids" not in name)
    if missing:  # they would be random numbers
        raise ModelMismatch(
            f"The checkpoint lacks {len(missing)} of the model's weights, {missing[0]} for one."
        )
    return model.eval()


def features(answer: Any) -> Tensor:
    """The embedding (b, dim), in whichever way a version of transformers hands it out."""
    found = answer if isinstance(answer, Tensor) else answer.pooler_output
    assert isinstance(found, Tensor)
    return found


def longest_text(config: Any) -> int:
    """Tokens that a text tower has places for."""
    places = int(config.max_position_embeddings)
    # RoBERTa counts its places from behind the padding's id
    is_roberta = config.model_type in ("roberta", "xlm-roberta", "altclip_text_model")
    return places - config.pad_token_id - 1 if is_roberta else places


def photo_side(processor: PhotoProcessor, graph: torch.nn.Module) -> PhotoSide:
    """The photo side of a family with a processor."""
    return PhotoSide(graph, processor.image_size, processor.way, processor.own_pixels)


def text_side(tokenizer: TextTokenizer, graph: torch.nn.Module, *, takes_mask: bool) -> TextSide:
    """The text side of a family with a tokenizer."""
    return TextSide(
        graph,
        takes_mask,
        tokenizer.json,
        tokenizer.context_length,
        tokenizer.way,
        tokenizer.own_ids,
    )


def _exp(parameter: Any) -> float | None:
    number = _number(parameter)
    return None if number is None else math.exp(number)


def _number(parameter: Any) -> float | None:
    return float(parameter.detach()) if isinstance(parameter, Tensor) else None
