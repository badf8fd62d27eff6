"""A bundle must answer as its checkpoint does, from the photo's pixels and the text's letters on.

The checkpoint is asked by the family's own processor and tokenizer, the bundle by VisITA's, so
that a mistake in preprocessing shows as well as one in a graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from desktop_app.inference.beam_search import SPECIAL_TOKENS, START
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.compact_tokens import pack, unpack
from desktop_app.inference.encoders import EncodedText, ImageEncoder, TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.preprocess import preprocess
from desktop_app.inference.runtime import RuntimeOptions, Session
from desktop_app.inference.tokenizer import Tokenizer
from model_export.hub.hub_model import HubModel
from model_export.hub.tracing import HubPrecision
from model_export.verify import Agreement, ParityError, agreement

Array = NDArray[np.float32]

SMALLEST_COSINE: dict[HubPrecision, float] = {"float32": 0.9999, "half": 0.999, "int8": 0.97}
"""Of embeddings and heads, at worst over the photos and texts."""
LARGEST_PIXEL_DIFFERENCE = 4 / 255
"""Between our preprocessing and the family's, as a share of the whole range of a channel."""
_ON_KEPT_TOKENS = ("image_tokens", "match_logit", "word_regions", "next_logits")
_SMALLEST_ON_KEPT_TOKENS = 0.99
"""Heads see a photo's tokens as they are kept, a byte a number, whatever the graphs' precision."""
_CPU = RuntimeOptions("cpu")


@dataclass(frozen=True)
class HubParity:
    """How well a bundle agrees with its checkpoint."""

    pixel_difference: float
    """The largest of any pixel between our preprocessing and the family's, of [0, 1]."""
    texts_differing: int
    """Texts of which our tokenizer makes other ids than the family's."""
    outputs: dict[str, Agreement]
    """By output of a graph, from end to end."""


def measure(
    bundle: ModelBundle, model: HubModel, photos: Sequence[Image.Image], texts: Sequence[str]
) -> HubParity:
    """Ask both about the same photos and texts."""
    manifest = bundle.manifest
    ours = [preprocess(p, manifest.image_size, manifest.image_input) for p in photos]
    own = [model.photos.own_pixels(photo) for photo in photos]
    difference = max(float(np.abs(a - b).max()) for a, b in zip(ours, own, strict=True))
    tokenizer = Tokenizer(
        bundle.path(manifest.tokenizer), manifest.context_length, manifest.text_input
    )
    ids = [tokenizer.encode([text])[0][0].tolist() for text in texts]
    own_ids = [list(model.texts.own_ids(text)) for text in texts]
    differing = sum(a != b for a, b in zip(ids, own_ids, strict=True))

    images, words = ImageEncoder(bundle, _CPU), TextEncoder(bundle, _CPU)
    seen = [images.encode_all(pixels[None]) for pixels in ours]
    read = [words.encode_all(text) for text in texts]
    embeddings = [_torch_photo(model, pixels) for pixels in own]
    readings = [_torch_text(model, row) for row in own_ids]
    outputs = {
        "image_embedding": agreement(
            [photo.embeddings[0] for photo in seen], [found[0] for found in embeddings]
        ),
        "text_embedding": agreement(
            [text.embedding for text in read], [found[0] for found in readings]
        ),
    }
    if model.image_tokens is not None:
        # as the catalogue keeps them, a byte a number
        width = model.image_tokens.width
        kept = [unpack(pack(photo.tokens[0]), width) for photo in seen if photo.tokens is not None]
        known = [found[1] for found in embeddings]
        outputs["image_tokens"] = agreement(kept, known)
        if model.matcher is not None:
            pairs = list(zip(range(len(seen)), range(len(read)), strict=False))
            outputs |= _matcher(
                bundle,
                model,
                [(read[t], seen[p].embeddings[0], kept[p]) for p, t in pairs],
                [(readings[t], embeddings[p]) for p, t in pairs],
            )
        if model.captioner is not None:
            outputs |= _captioner(bundle, model, kept, embeddings)
    return HubParity(difference, differing, outputs)


def require(parity: HubParity, precision: HubPrecision) -> None:
    """Refuse a bundle that drifted.

    Raises:
        ParityError: it says what did.
    """
    if parity.pixel_difference > LARGEST_PIXEL_DIFFERENCE:
        raise ParityError(
            "VisITA makes other pixels of photos than the model's own processor does "
            f"(by {255 * parity.pixel_difference:.0f} of 255 at worst)"
        )
    if parity.texts_differing:
        raise ParityError(
            f"of {parity.texts_differing} texts VisITA makes other tokens than the model's own "
            "tokenizer does"
        )
    for name, found in parity.outputs.items():
        least = SMALLEST_COSINE[precision]
        if name in _ON_KEPT_TOKENS:
            least = min(least, _SMALLEST_ON_KEPT_TOKENS)
        if not found.cosine >= least:
            raise ParityError(f"{name} drifted: cosine {found.cosine:.5f} < {least}")


def _matcher(
    bundle: ModelBundle,
    model: HubModel,
    ours: Sequence[tuple[EncodedText, Array, Array]],
    own: Sequence[tuple[tuple[Array, ...], tuple[Array, ...]]],
) -> dict[str, Agreement]:
    assert model.matcher is not None
    matcher = Matcher(bundle, _CPU)
    found = [matcher.score(text, photo[None], tokens[None]) for text, photo, tokens in ours]
    with torch.inference_mode():
        expected = [
            model.matcher(
                *(torch.from_numpy(part[None]) for part in (photo[1], photo[0], text[1])),
                torch.ones((1, len(text[1])), dtype=torch.int64),
                torch.from_numpy(text[0][None]),
            )
            for text, photo in own
        ]
    logits = agreement([f.logits for f in found], [e[0].numpy() for e in expected])
    regions = agreement([f.word_regions for f in found], [e[1].numpy() for e in expected])
    return {"match_logit": logits, "word_regions": regions}


def _captioner(
    bundle: ModelBundle,
    model: HubModel,
    kept: Sequence[Array],
    own: Sequence[tuple[Array, ...]],
) -> dict[str, Agreement]:
    spec = bundle.manifest.captioner
    assert spec is not None
    assert model.captioner is not None
    session = Session(bundle.path(spec.graph.file), _CPU)
    begun = np.array([[START, SPECIAL_TOKENS, SPECIAL_TOKENS + 1]], np.int64)
    found, expected = [], []
    for tokens, (embedding, exact, *_) in zip(kept, own, strict=True):
        arrays: tuple[NDArray[np.generic], ...] = (tokens[None], embedding[None], begun)
        inputs = dict(zip(spec.graph.inputs, arrays, strict=True))
        found.append(session.run(spec.graph.output, inputs)[:, 2:])
        with torch.inference_mode():
            logits = model.captioner.graph(
                *(torch.from_numpy(part) for part in (exact[None], embedding[None], begun))
            )
        expected.append(logits.numpy()[:, 2:])
    return {spec.graph.output: agreement(found, expected)}


@torch.inference_mode()
def _torch_photo(model: HubModel, pixels: Array) -> tuple[Array, ...]:
    return _rows(model.photos.graph(torch.from_numpy(pixels[None])))


@torch.inference_mode()
def _torch_text(model: HubModel, ids: Sequence[int]) -> tuple[Array, ...]:
    row = torch.tensor([list(ids)])
    if not model.texts.takes_mask:
        return _rows(model.texts.graph(row))
    return _rows(model.texts.graph(row, torch.ones_like(row)))


def _rows(found: torch.Tensor | tuple[torch.Tensor, ...]) -> tuple[Array, ...]:
    parts = (found,) if isinstance(found, torch.Tensor) else found
    return tuple(part[0].numpy() for part in parts)
