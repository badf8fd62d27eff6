"""Measure a checkpoint or an exported bundle on captioned photos."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from desktop_app.errors import ModelMismatch
from desktop_app.inference.bundle import MANIFEST_NAME, ModelBundle
from desktop_app.inference.captioner import Captioner
from desktop_app.inference.compact_tokens import pack, unpack
from desktop_app.inference.encoders import EncodedText, ImageEncoder, TextEncoder
from desktop_app.inference.matcher import Matcher, MatchScores, padded
from desktop_app.inference.model_input import ImageInput
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.inference.tokenizer import Tokenizer
from training.checkpoint import TOKENIZER_NAME, load_model
from training.data.source import PhotoSource
from training.metrics import RetrievalMetrics, image_to_text, recall_sum, text_to_image
from training.model.visita import VisitaModel

_BATCH = 32
_PAIRS = 64


class DualEncoder(Protocol):
    """What can be measured: photos and texts to unit vectors of one space."""

    image_size: int

    def encode_photos(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, 3, s, s) float32 in [0, 1] -> (n, dim) unit rows."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """n texts -> (n, dim) unit rows."""


class BundleEncoder:
    """An exported bundle, run by ONNX Runtime exactly as the app does."""

    def __init__(self, folder: Path) -> None:
        """Load a bundle.

        Raises:
            ModelMismatch: it cannot be used, or takes photos in another way than photo sets give
                them, so that its figures would be wrong.
        """
        bundle = ModelBundle.open(folder)
        if bundle.manifest.image_input != ImageInput():
            raise ModelMismatch("Models that take photos in a way of their own are not measured.")
        self.bundle = bundle
        self.image_size = bundle.manifest.image_size
        # Many small products: a thread a run, several runs at a time.
        self._matcher = Matcher(bundle, RuntimeOptions(threads=1)) if bundle.has_matcher else None
        self.can_match = self._matcher is not None
        self._captioner = Captioner(bundle, RuntimeOptions()) if bundle.has_captioner else None
        self.can_caption = self.can_match and self._captioner is not None
        self._image = ImageEncoder(bundle, RuntimeOptions())
        self._text = TextEncoder(bundle, RuntimeOptions())

    def encode_photos(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, 3, s, s) float32 in [0, 1] -> (n, dim) unit rows."""
        return self._image.encode(pixels)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """n texts -> (n, dim) unit rows."""
        return self._text.encode(texts)

    def see(self, pixels: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Photos -> embeddings and compact tokens, rounded as the catalogue stores them."""
        seen = self._image.encode_all(pixels)
        if seen.tokens is None:
            raise ValueError("this model has no image tokens")
        shape = seen.tokens.shape
        return seen.embeddings, unpack(pack(seen.tokens), shape[-1]).reshape(shape)

    def read(self, texts: Sequence[str]) -> list[EncodedText]:
        """Texts -> what the matcher looks at."""
        return [self._text.encode_all(text) for text in texts]

    def match(
        self,
        texts: Sequence[EncodedText],
        embeddings: NDArray[np.float32],
        tokens: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """n pairs -> (n,) logits."""
        matcher = self._matcher
        if matcher is None:
            raise ValueError("this model has no matcher")
        logits = np.empty(len(texts), np.float32)

        def judge(rows: NDArray[np.int64]) -> None:
            pairs = [texts[row] for row in rows]
            logits[rows] = matcher.judge(pairs, embeddings[rows], tokens[rows])

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(judge, _by_length(texts)))
        return logits

    def captions(
        self, embedding: NDArray[np.float32], tokens: NDArray[np.float32], beams: int, count: int
    ) -> list[str]:
        """Sentences for one photo, the likeliest first."""
        if self._captioner is None:
            raise ValueError("this model has no captioner")
        return [found.text for found in self._captioner.captions(embedding, tokens, beams, count)]

    def look(
        self, text: EncodedText, embeddings: NDArray[np.float32], tokens: NDArray[np.float32]
    ) -> MatchScores:
        """One text and n photos -> how well they match, and which region answers which word."""
        if self._matcher is None:
            raise ValueError("this model has no matcher")
        return self._matcher.score(text, embeddings, tokens)


class CheckpointEncoder:
    """A torch checkpoint in float32."""

    def __init__(self, folder: Path) -> None:
        self._model = load_model(folder)
        self.image_size = self._model.config.image_size
        self.can_match = self._model.matcher is not None
        self._tokenizer = Tokenizer(folder / TOKENIZER_NAME, self._model.config.context_length)

    @property
    def model(self) -> VisitaModel:
        """The model itself, in eval mode."""
        return self._model

    @torch.inference_mode()
    def encode_photos(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, 3, s, s) float32 in [0, 1] -> (n, dim) unit rows."""
        return self._model.encode_image(torch.from_numpy(pixels)).numpy()

    @torch.inference_mode()
    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """n texts -> (n, dim) unit rows."""
        ids, mask = self._tokenizer.encode(texts)
        return self._model.encode_text(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()

    @torch.inference_mode()
    def see(self, pixels: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Photos -> embeddings and compact tokens."""
        embeddings, tokens = self._model.encode_image_tokens(torch.from_numpy(pixels))
        return embeddings.numpy(), tokens.numpy()

    @torch.inference_mode()
    def read(self, texts: Sequence[str]) -> list[EncodedText]:
        """Texts -> what the matcher looks at."""
        ids, mask = self._tokenizer.encode(texts)
        found = self._model.encode_text_states(torch.from_numpy(ids), torch.from_numpy(mask))
        embeddings, states = (part.numpy() for part in found)
        read = []
        for row, text in enumerate(texts):
            length = int(mask[row].sum())
            words, places = self._tokenizer.words(text)
            kept = states[row, :length].copy()
            read.append(EncodedText(embeddings[row], kept, mask[row, :length], words, places))
        return read

    @torch.inference_mode()
    def match(
        self,
        texts: Sequence[EncodedText],
        embeddings: NDArray[np.float32],
        tokens: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """n pairs -> (n,) logits."""
        if self._model.matcher is None:
            raise ValueError("this model has no matcher")
        logits = np.empty(len(texts), np.float32)
        for rows in _by_length(texts):
            states, mask = padded([texts[row] for row in rows])
            words = np.stack([texts[row].embedding for row in rows])
            arrays = (tokens[rows], embeddings[rows], states, mask, words)
            judged, _ = self._model.matcher(*(torch.from_numpy(array) for array in arrays))
            logits[rows] = judged.numpy()
        return logits

    @torch.inference_mode()
    def look(
        self, text: EncodedText, embeddings: NDArray[np.float32], tokens: NDArray[np.float32]
    ) -> MatchScores:
        """One text and n photos -> how well they match, and which region answers which word."""
        matcher = self._model.matcher
        if matcher is None:
            raise ValueError("this model has no matcher")
        states, mask = padded([text] * len(embeddings))
        words = np.stack([text.embedding] * len(embeddings))
        arrays = (tokens, embeddings, states, mask, words)
        logits, word_regions = matcher(*(torch.from_numpy(array) for array in arrays))
        return MatchScores(logits.numpy(), logits.sigmoid().numpy(), word_regions.numpy())

    def attention_entropy(
        self, text: EncodedText, embedding: NDArray[np.float32], tokens: NDArray[np.float32]
    ) -> list[float]:
        """Of each layer's attention of words to the regions of one photo, 1.0 = uniform."""
        if self._model.matcher is None:
            raise ValueError("this model has no matcher")
        states, mask = padded([text])
        arrays = (tokens[None], embedding[None], states, mask, text.embedding[None])
        return self._model.matcher.attention_entropy(*(torch.from_numpy(a) for a in arrays))


@dataclass(frozen=True)
class Evaluation:
    """Retrieval in both directions on one photo set."""

    photos: int
    captions: int
    text_to_image: RetrievalMetrics
    image_to_text: RetrievalMetrics

    @property
    def recall_sum(self) -> float:
        """Sum of the six R@k, in percent."""
        return recall_sum(self.text_to_image, self.image_to_text)

    def to_json(self) -> dict[str, Any]:
        """The documented object of ``evaluate --json``."""
        return {
            "photos": self.photos,
            "captions": self.captions,
            "text_to_image": self.text_to_image.to_json(),
            "image_to_text": self.image_to_text.to_json(),
        }


def open_encoder(path: Path) -> DualEncoder:
    """An exported bundle, a checkpoint folder, or a run folder (its best checkpoint).

    Raises:
        FileNotFoundError: it is none of these.
    """
    if (path / MANIFEST_NAME).is_file():
        return BundleEncoder(path)
    if (path / "best").is_dir():
        return CheckpointEncoder(path / "best")
    return CheckpointEncoder(path)


@dataclass(frozen=True)
class Embedded:
    """A photo set as unit vectors."""

    photos: NDArray[np.float32]
    """(photos, dim)."""
    texts: NDArray[np.float32]
    """(captions, dim); no rows where the set has no captions."""


def embed(encoder: DualEncoder, dataset: PhotoSource) -> Embedded:
    """Encode every photo and every caption of a set."""
    captions = dataset.captions
    photos = np.concatenate(
        [
            encoder.encode_photos(np.stack([dataset.pixels(i, encoder.image_size) for i in rows]))
            for rows in _batches(len(dataset), "photos")
        ]
    )
    texts = np.concatenate(
        [np.zeros((0, photos.shape[1]), np.float32)]
        + [
            encoder.encode_texts([captions[i] for i in rows])
            for rows in _batches(len(captions), "captions")
        ]
    )
    return Embedded(photos, texts)


def evaluate(encoder: DualEncoder, dataset: PhotoSource) -> Evaluation:
    """Rank every caption against every photo of the set, and the other way round.

    Photos without captions take part as distractors of text-to-image and ask nothing themselves.

    Raises:
        ValueError: the set has no captions.
    """
    require_captions(dataset)
    embedded = embed(encoder, dataset)
    return score(embedded.photos, embedded.texts, dataset.caption_owners)


def require_captions(dataset: PhotoSource) -> None:
    """Make sure that there is something to retrieve with.

    Raises:
        ValueError: the set has no captions.
    """
    if not any(photo.captions for photo in dataset.photos):
        raise ValueError(f"{dataset.source} has no captions in the split {dataset.split!r}")


def score(
    photos: NDArray[np.float32], texts: NDArray[np.float32], owners: NDArray[np.int64]
) -> Evaluation:
    """Metrics from embeddings: (n, dim), (c, dim) unit rows and (c,) owners."""
    asking = np.unique(owners)
    renumbered = np.searchsorted(asking, owners)
    return Evaluation(
        len(photos),
        len(texts),
        text_to_image(photos, texts, owners),
        image_to_text(photos[asking], texts, renumbered),
    )


def _by_length(texts: Sequence[EncodedText]) -> list[NDArray[np.int64]]:
    """Rows in small batches of texts of about one length: padding costs as much as words."""
    order = np.argsort([len(text.mask) for text in texts], kind="stable")
    return [order[start : start + _PAIRS] for start in range(0, len(order), _PAIRS)]


def _batches(count: int, what: str) -> Iterator[range]:
    starts = range(0, count, _BATCH)
    for start in tqdm(starts, desc=f"encoding {what}", unit="batch", disable=None):
        yield range(start, min(start + _BATCH, count))
