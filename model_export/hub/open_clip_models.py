"""Checkpoints of open_clip, MobileCLIP's among them, where that library is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from tokenizers import Tokenizer
from torch import Tensor

from desktop_app.errors import ModelMismatch
from desktop_app.inference.model_input import ImageInput, TextInput
from model_export.hub.hub_model import (
    HubModel,
    PhotoGraph,
    PhotoSide,
    Pixels,
    TextGraph,
    TextSide,
)
from model_export.hub.text_tokenizer import canonical, without_padding


def load_open_clip(folder: Path) -> HubModel:
    """A checkpoint with an ``open_clip_config.json``.

    Raises:
        ModelMismatch: the library is not installed, or takes photos or texts in a way that VisITA
            does not know.
    """
    try:
        import open_clip
    except ImportError as error:
        raise ModelMismatch(
            f"This checkpoint is one of open_clip, which cannot be imported: {error}.",
            "`pip install open_clip_torch` installs it.",
        ) from error
    torch.backends.mha.set_fastpath_enabled(False)  # it hides attention from the tracer
    name = f"local-dir:{folder}"
    model, transform = open_clip.create_model_from_pretrained(name, precision="fp32")
    model = _merged(model.eval())
    texts = _text_side(open_clip, open_clip.get_tokenizer(name), model)
    with torch.inference_mode():
        dim = texts.graph(torch.zeros((1, texts.context_length), dtype=torch.int64)).shape[-1]
    scale, bias = model.logit_scale, getattr(model, "logit_bias", None)
    return HubModel(
        "OpenCLIP",
        dim,
        _photo_side(model, transform),
        texts,
        logit_scale=float(scale.detach().exp()),
        logit_bias=None if bias is None else float(bias.detach()),
    )


def _merged(model: Any) -> Any:
    """Branches that were only there for training are folded into one (MobileCLIP's FastViT)."""
    try:
        from timm.utils import reparameterize_model
    except ImportError:
        return model
    return reparameterize_model(model)


def _photo_side(model: Any, transform: Any) -> PhotoSide:
    settings = model.visual.preprocess_cfg
    size = settings["size"]
    sides = {size} if isinstance(size, int) else set(size)
    resizes = {"shortest": "cover", "squash": "squeeze"}
    if len(sides) > 1 or settings.get("resize_mode", "shortest") not in resizes:
        raise ModelMismatch(f"The model takes photos in an unknown way: {settings}.")
    [side] = sides
    way = ImageInput(
        "cover" if settings.get("resize_mode", "shortest") == "shortest" else "squeeze",
        0,
        "bilinear" if settings.get("interpolation") == "bilinear" else "bicubic",
        reducing_gap=0.0,
        rounds_middle=True,
    )
    mean = torch.tensor(_three(settings["mean"]))
    std = torch.tensor(_three(settings["std"]))

    def own_pixels(photo: Image.Image) -> Pixels:
        pixels = transform(photo) * std.view(3, 1, 1) + mean.view(3, 1, 1)
        return np.asarray(pixels.numpy(), np.float32)

    def embed(pixels: Tensor) -> Tensor:
        found: Tensor = model.encode_image(pixels)
        return found

    return PhotoSide(PhotoGraph(embed, model, 1 / std, -mean / std), side, way, own_pixels)


def _text_side(open_clip: Any, tokenizer: Any, model: Any) -> TextSide:
    is_plain = isinstance(tokenizer, open_clip.tokenizer.SimpleTokenizer)
    backend = _plain_backend(tokenizer) if is_plain else _hub_backend(tokenizer)
    # its text towers learnt with padding to the end, and find out by themselves what is padding
    pad = 0 if is_plain else tokenizer.tokenizer.pad_token_id
    way = TextInput("full", pad or 0)

    def embed(ids: Tensor) -> Tensor:
        found: Tensor = model.encode_text(ids)
        return found

    return TextSide(
        TextGraph(embed, model),
        False,
        without_padding(backend),
        int(tokenizer.context_length),
        way,
        lambda text: tokenizer([text])[0].tolist(),
    )


def _plain_backend(tokenizer: Any) -> Tokenizer:
    """CLIP's own tokenizer, which open_clip has in Python."""
    from transformers import CLIPTokenizer

    renamed = {"<start_of_text>": "<|startoftext|>", "<end_of_text>": "<|endoftext|>"}
    vocabulary = {renamed.get(token, token): number for token, number in tokenizer.encoder.items()}
    fast = CLIPTokenizer(vocab=vocabulary, merges=list(tokenizer.bpe_ranks))
    backend: Tokenizer = fast.backend_tokenizer
    return backend


def _hub_backend(tokenizer: Any) -> Tokenizer:
    if getattr(tokenizer, "tokenizer_mode", "") or getattr(tokenizer, "strip_sep_token", False):
        raise ModelMismatch("The model's texts end in a way that VisITA does not know.")
    backend = getattr(tokenizer.tokenizer, "backend_tokenizer", None)
    if not isinstance(backend, Tokenizer):
        raise ModelMismatch("The model's tokenizer cannot be a tokenizer.json.")
    if "canonicalize" in getattr(tokenizer.clean_fn, "__name__", ""):
        backend.normalizer = canonical(backend.normalizer, lower=True)
    return backend


def _three(numbers: Any) -> list[float]:
    return [float(n) for n in (numbers if isinstance(numbers, list | tuple) else [numbers] * 3)]
