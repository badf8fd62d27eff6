"""The two encoders: photos and texts to unit vectors of one space, and to what heads look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import ModelMismatch
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.runtime import RuntimeOptions, Session
from desktop_app.inference.tokenizer import Tokenizer

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class EncodedPhotos:
    """n photos as the model sees them."""

    embeddings: Array
    """(n, dim), unit rows."""
    tokens: Array | None
    """(n, rows, width) in [-1, 1]: regions row by row, then what stands for no place; None
    where the bundle has none."""


@dataclass(frozen=True, eq=False)
class EncodedText:
    """One text of l tokens as the model sees it."""

    embedding: Array
    """(dim,), unit length."""
    states: Array | None
    """(l, text width), what the matcher looks at; None where the bundle gives none."""
    mask: NDArray[np.int64]
    """(l,), 1 for a token."""
    words: tuple[str, ...]
    """The words as they stand in the text; longer texts are cut."""
    word_of_token: NDArray[np.int64]
    """(l,), the place in ``words`` of each token's word; -1 for marks of beginning and end."""


class ImageEncoder:
    """Photos -> embeddings and compact tokens."""

    def __init__(self, bundle: ModelBundle, options: RuntimeOptions) -> None:
        self.manifest = bundle.manifest
        self._spec = bundle.manifest.image_encoder
        self.session = Session(bundle.path(self._spec.file), options)

    def encode(self, pixels: Array) -> Array:
        """Embed photos.

        Args:
            pixels: (n, 3, s, s) float32 in [0, 1], made by ``preprocess`` in the manifest's way.

        Returns:
            (n, dim) float32, unit rows.
        """
        [embeddings] = self._run((self._spec.output,), pixels)
        return checked(embeddings, (len(pixels), self.manifest.dim))

    def encode_all(self, pixels: Array) -> EncodedPhotos:
        """Embed photos and, where the bundle has them, give their compact tokens.

        Args:
            pixels: as for ``encode``.
        """
        layout = self.manifest.image_tokens
        if layout is None:
            return EncodedPhotos(self.encode(pixels), None)
        embeddings, tokens = self._run((self._spec.output, self._spec.extra_outputs[0]), pixels)
        n = len(pixels)
        return EncodedPhotos(
            checked(embeddings, (n, self.manifest.dim)),
            checked(tokens, (n, layout.rows, layout.width)),
        )

    def _run(self, outputs: Sequence[str], pixels: Array) -> list[Array]:
        [name] = self._spec.inputs
        if not self.manifest.runs_alone or len(pixels) < 2:
            return self.session.run_all(outputs, {name: pixels})
        rows = [self.session.run_all(outputs, {name: photo[None]}) for photo in pixels]
        return [np.concatenate(parts) for parts in zip(*rows, strict=True)]


_REMEMBERED = 16
"""Texts whose encoding is kept: some tens of kilobytes each."""


class TextEncoder:
    """Texts -> embeddings and token states. The last texts are remembered. Thread safe."""

    def __init__(self, bundle: ModelBundle, options: RuntimeOptions) -> None:
        self.manifest = bundle.manifest
        self._spec = bundle.manifest.text_encoder
        self._tokenizer = Tokenizer(
            bundle.path(bundle.manifest.tokenizer),
            bundle.manifest.context_length,
            bundle.manifest.text_input,
        )
        self.session = Session(bundle.path(self._spec.file), options)
        # A search embeds its text, and the second look at its hits wants the token states.
        self._run = lru_cache(_REMEMBERED)(self._run_graph)

    def encode(self, texts: Sequence[str]) -> Array:
        """Embed texts, each for itself.

        The graph's int8 activations are scaled over all that runs together, padding included: in
        a batch, a text's embedding would depend on its neighbours.

        Returns:
            (len(texts), dim) float32, unit rows.
        """
        rows = [np.zeros((0, self.manifest.dim), np.float32)]
        return np.concatenate(rows + [self._run(text)[0] for text in texts])

    def encode_all(self, text: str) -> EncodedText:
        """Embed one text and keep what the matcher needs of it."""
        embedding, states, mask = self._run(text)
        words, word_of_token = self._tokenizer.words(text)
        return EncodedText(embedding[0], states, mask, words, word_of_token)

    def _run_graph(self, text: str) -> tuple[Array, Array | None, NDArray[np.int64]]:
        ids, mask = self._tokenizer.encode([text])
        names = (self._spec.output, *self._spec.extra_outputs[:1])
        # a model that learnt without a mask has no input for one
        inputs = dict(zip(self._spec.inputs, (ids, mask), strict=False))
        embedding, *states = self.session.run_all(names, inputs)
        checked(embedding, (1, self.manifest.dim))
        for states_of_text in states:
            checked(states_of_text, (1, ids.shape[1], states_of_text.shape[-1]))
        for array in (embedding, *states):
            array.flags.writeable = False  # several callers share them
        mask.flags.writeable = False
        return embedding, states[0][0] if states else None, mask[0]


def checked(found: Array, shape: tuple[int, ...]) -> Array:
    """What a graph answered, when it has the shape that its manifest promises.

    Raises:
        ModelMismatch: another shape, or numbers that are none.
    """
    if found.shape != shape or not np.isfinite(found).all():
        raise ModelMismatch(
            f"The model answered with shape {found.shape} or with numbers that are none, "
            f"{shape} was expected.",
            "Reinstall VisITA or choose another model bundle.",
        )
    return found
