"""BLIP (arXiv 2201.12086): towers that compare, the matcher that looks at a pair, the captioner.

The matcher's cross attention looks at every patch of a photo, so all of them are kept, one byte a
number: much beside an embedding, and said before. A captioner is a checkpoint of its own, with a
vision tower of its own: its patches are kept besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from desktop_app.errors import ModelMismatch
from desktop_app.inference.beam_search import SPECIAL_TOKENS
from desktop_app.inference.bundle import ImageTokens
from desktop_app.inference.preprocess import preprocess
from model_export.hub.families import loaded, longest_text, photo_side, text_side
from model_export.hub.hub_model import CaptionerSide, HubModel, TextGraph
from model_export.hub.photo_processor import PhotoProcessor
from model_export.hub.text_tokenizer import TextTokenizer

_ROOM = 1.5
"""Patches may hold numbers so many times as large as the largest of the photos measured with."""
_LONGEST_CAPTION = 40


class BlipPhotos(nn.Module):
    """(b, 3, s, s) in [0, 1] -> unit rows (b, dim), and patches (b, rows, width) in [-1, 1]."""

    scale: Tensor
    shift: Tensor
    range: Tensor
    writer_range: Tensor

    def __init__(self, model: Any, writer: Any, processor: PhotoProcessor) -> None:
        """Keep the towers.

        Args:
            model: a ``BlipForImageTextRetrieval``.
            writer: a ``BlipForConditionalGeneration``, or None.
            processor: that of both.
        """
        super().__init__()
        self.model, self.writer = model, writer
        scale, shift = processor.statistics
        self.register_buffer("scale", scale.view(1, 3, 1, 1))
        self.register_buffer("shift", shift.view(1, 3, 1, 1))
        width = model.config.vision_config.hidden_size
        self.register_buffer("range", torch.ones(width))
        if writer is not None:
            self.register_buffer("writer_range", torch.ones(width))

    def forward(self, photos: Tensor) -> tuple[Tensor, Tensor]:
        """Embed photos and keep what heads look at."""
        patches, others = self.patches(photos)
        embedding = nn.functional.normalize(self.model.vision_proj(patches[:, 0]), dim=-1)
        parts = [_regions_first(patches) / self.range]
        if others is not None:
            parts.append(_regions_first(others) / self.writer_range)
        return embedding, torch.cat(parts, 1).clamp(-1, 1)

    def patches(self, photos: Tensor) -> tuple[Tensor, Tensor | None]:
        """The last states of both vision towers, class token first."""
        pixels = photos * self.scale + self.shift
        own = self.model.vision_model(pixel_values=pixels).last_hidden_state
        if self.writer is None:
            return own, None
        return own, self.writer.vision_model(pixel_values=pixels).last_hidden_state

    @torch.inference_mode()
    def measure(self, photos: Sequence[Image.Image], processor: PhotoProcessor) -> None:
        """Choose the ranges of the stored bytes, each number's own."""
        pixels = [preprocess(p, processor.image_size, processor.way) for p in photos]
        own, others = self.patches(torch.from_numpy(np.stack(pixels)))
        self.range = own.abs().amax((0, 1)).clamp(min=1e-3) * _ROOM
        if others is not None:
            self.writer_range = others.abs().amax((0, 1)).clamp(min=1e-3) * _ROOM


class BlipMatcher(nn.Module):
    """The image-text matching head, on stored patches and the words' own embeddings."""

    ranges: Tensor

    def __init__(self, model: Any, ranges: Tensor, regions: int) -> None:
        super().__init__()
        self.text_encoder, self.head = model.text_encoder, model.itm_head
        self.register_buffer("ranges", ranges)
        self._rows = regions + 1
        layers = model.config.text_config.num_hidden_layers
        self._layer = 2 * layers // 3
        """Two thirds up, where BLIP's authors look for what a word refers to (their layer 8)."""

    def forward(
        self, tokens: Tensor, photo: Tensor, states: Tensor, mask: Tensor, text: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits (b,), and (b, l, regions): attention of each token, 1 where it looks most."""
        patches = _class_first(tokens[:, : self._rows]) * self.ranges
        seen: list[Tensor] = []
        attention = self.text_encoder.encoder.layer[self._layer].crossattention.self
        hook = attention.register_forward_hook(lambda _, __, found: seen.append(found[1]))
        try:
            found = self.text_encoder(
                encoder_embeds=states,
                attention_mask=mask,
                encoder_hidden_states=patches,
                encoder_attention_mask=torch.ones(patches.shape[:2], dtype=torch.int64),
            )
        finally:
            hook.remove()
        no_match, match = self.head(found.last_hidden_state[:, 0]).unbind(-1)
        looks = seen[0].mean(1)[:, :, 1:]  # of all heads, without the class token
        looks = looks / looks.amax(-1, keepdim=True).clamp(min=1e-9)
        # both embeddings are inputs of every matcher; this one has no need of them
        unused = 0 * (photo.sum(-1) + text.sum(-1))
        return match - no_match + unused, looks


class BlipTexts(nn.Module):
    """Ids and mask (b, l) -> unit rows (b, dim), and the words' embeddings for the matcher."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.encoder, self.projection = model.text_encoder, model.text_proj

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Embed texts."""
        words = self.encoder.embeddings(input_ids=ids)
        found = self.encoder(encoder_embeds=words, attention_mask=mask).last_hidden_state
        return nn.functional.normalize(self.projection(found[:, 0]), dim=-1), words


class BlipCaptioner(nn.Module):
    """The decoder, in the numbering of caption tokens: 0 padding, 1 begin, 2 end, then words."""

    ranges: Tensor
    ids: Tensor

    def __init__(self, writer: Any, ranges: Tensor, rows: slice, vocabulary: Sequence[int]) -> None:
        super().__init__()
        config = writer.config.text_config
        self.decoder = writer.text_decoder
        self._rows = rows
        self.register_buffer("ranges", ranges)
        special = (config.pad_token_id, config.bos_token_id, config.sep_token_id)
        self.register_buffer("ids", torch.tensor([*special, *vocabulary]))

    def forward(self, tokens: Tensor, photo: Tensor, words: Tensor) -> Tensor:
        """Logits (b, 3 + words) of what comes next."""
        patches = _class_first(tokens[:, self._rows]) * self.ranges
        ids = self.ids[words]
        found = self.decoder(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            encoder_hidden_states=patches,
            encoder_attention_mask=torch.ones(patches.shape[:2], dtype=torch.int64),
            use_cache=False,
        )
        following: Tensor = found.logits[:, -1][:, self.ids]
        return following + 0 * photo.sum(-1, keepdim=True)


def load_blip(
    folder: Path, captioner: Path | None, photos: Sequence[Image.Image], *, with_heads: bool
) -> HubModel:
    """A BLIP checkpoint for retrieval, its matcher, and a captioner from a second checkpoint.

    Args:
        folder: of the checkpoint for retrieval.
        captioner: of one for captions, or None.
        photos: what the ranges of stored patches are measured on.
        with_heads: False leaves matcher and captioner out, and stores no patches.

    Raises:
        ModelMismatch: a part is missing or does not fit.
    """
    from transformers import BlipForImageTextRetrieval

    _require(folder, "BlipForImageTextRetrieval", "compare photos with texts")
    model = loaded(folder, BlipForImageTextRetrieval.from_pretrained)
    processor = PhotoProcessor.open(folder)
    tokenizer = TextTokenizer.open(folder, longest_text(model.config.text_config), "longest")
    writer = _load_writer(captioner, model, processor) if with_heads else None
    images = BlipPhotos(model, writer, processor)
    dim = model.config.image_text_hidden_size
    if not with_heads:
        return HubModel(
            "BLIP",
            dim,
            photo_side(processor, _Alone(images)),
            text_side(tokenizer, TextGraph(_first(BlipTexts(model)), model), takes_mask=True),
        )
    images.measure(photos, processor)
    regions = _regions(model)
    rows = regions + 1
    vocabulary = _vocabulary(writer)
    others = 1 if writer is None else 1 + _regions(writer) + 1
    return HubModel(
        "BLIP",
        dim,
        photo_side(processor, images),
        text_side(tokenizer, BlipTexts(model), takes_mask=True),
        image_tokens=ImageTokens(
            round(regions**0.5), model.config.vision_config.hidden_size, others
        ),
        matcher=BlipMatcher(model, images.range, regions),
        text_width=model.config.text_config.hidden_size,
        captioner=None
        if writer is None
        else CaptionerSide(
            BlipCaptioner(writer, images.writer_range, slice(rows, rows + others - 1), vocabulary),
            vocabulary,
            _LONGEST_CAPTION,
        ),
    )


class _Alone(nn.Module):
    """The embedding alone."""

    def __init__(self, photos: BlipPhotos) -> None:
        super().__init__()
        self.photos = photos

    def forward(self, photos: Tensor) -> Tensor:
        embedding: Tensor = self.photos(photos)[0]
        return embedding


def _first(texts: BlipTexts) -> Any:
    return lambda ids, mask: texts(ids, mask)[0]


def _load_writer(captioner: Path | None, model: Any, processor: PhotoProcessor) -> Any:
    if captioner is None:
        return None
    from transformers import BlipForConditionalGeneration

    _require(captioner, "BlipForConditionalGeneration", "write captions")
    writer = loaded(captioner, BlipForConditionalGeneration.from_pretrained)
    theirs = PhotoProcessor.open(captioner)
    fits = (
        theirs.image_size == processor.image_size
        and theirs.way == processor.way
        and np.allclose(theirs.scale, processor.scale)
        and np.allclose(theirs.shift, processor.shift)
        and writer.config.vision_config.hidden_size == model.config.vision_config.hidden_size
    )
    if not fits:
        raise ModelMismatch(
            "The captioner takes photos in another way than the model.",
            "Both must be of one size: base with base, large with large.",
        )
    return writer


def _require(folder: Path, architecture: str, purpose: str) -> None:
    from transformers import AutoConfig

    found = AutoConfig.from_pretrained(folder).architectures or []
    if architecture not in found:
        raise ModelMismatch(
            f"This BLIP checkpoint cannot {purpose} (it is {', '.join(found) or 'nameless'}).",
            "blip-itm-* compare; blip-image-captioning-* go with --captioner.",
        )


def _vocabulary(writer: Any) -> tuple[int, ...]:
    if writer is None:
        return ()
    config = writer.config.text_config
    special = {config.pad_token_id, config.bos_token_id, config.sep_token_id}
    words = tuple(i for i in range(config.vocab_size) if i not in special)
    assert len(words) + SPECIAL_TOKENS == config.vocab_size
    return words


def _regions(model: Any) -> int:
    vision = model.config.vision_config
    return int((vision.image_size // vision.patch_size) ** 2)


def _regions_first(patches: Tensor) -> Tensor:
    return torch.cat([patches[:, 1:], patches[:, :1]], 1)


def _class_first(rows: Tensor) -> Tensor:
    return torch.cat([rows[:, -1:], rows[:, :-1]], 1)
