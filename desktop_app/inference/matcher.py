"""Matcher: the second, exact look at the best hits, and which region answered which word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import ModelMismatch
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import Array, EncodedText, checked
from desktop_app.inference.runtime import RuntimeOptions, Session

_ROWS = 25
"""Pairs of one run, half of a search's: more are no faster, and memory grows with them."""


@dataclass(frozen=True, eq=False)
class MatchScores:
    """How well one text describes each of n photos."""

    logits: Array
    """(n,), higher = better; what hits are ranked by."""
    probability: Array
    """(n,), the logits' sigmoid: that the text describes the photo, as training saw it."""
    word_regions: Array
    """(n, l, regions), how well each token fits each region, a cosine in [-1, 1]."""


class Matcher:
    """Judges pairs of a text and a photo by what was kept of both. Thread safe."""

    def __init__(self, bundle: ModelBundle, options: RuntimeOptions) -> None:
        """Load the matcher.

        Raises:
            ModelMismatch: the bundle has none, or it cannot be loaded.
        """
        manifest = bundle.manifest
        if manifest.matcher is None or manifest.image_tokens is None:
            raise ModelMismatch(
                "This model bundle has no matcher.", "Choose another model bundle with --model."
            )
        self._spec = manifest.matcher
        self._regions = manifest.image_tokens.regions
        self.session = Session(bundle.path(self._spec.file), options)

    def score(self, text: EncodedText, embeddings: Array, tokens: Array) -> MatchScores:
        """Judge n photos for one text.

        Args:
            text: what ``TextEncoder.encode_all`` gave.
            embeddings: (n, dim) of the photos, unit rows.
            tokens: (n, regions, width) of the photos, as encoded or as unpacked.

        Raises:
            ModelMismatch: text and matcher are not of one bundle.
        """
        states, mask = padded([text])
        logits = [np.zeros(0, np.float32)]
        maps = [np.zeros((0, len(text.mask), self._regions), np.float32)]
        for start in range(0, len(embeddings), _ROWS):
            photos = slice(start, start + _ROWS)
            n = len(embeddings[photos])
            logit, word_regions = self._run(
                tokens[photos],
                embeddings[photos],
                np.repeat(states, n, 0),
                np.repeat(mask, n, 0),
                np.repeat(text.embedding[None], n, 0),
                (self._spec.output, self._spec.extra_outputs[0]),
            )
            logits.append(checked(logit, (n,)))
            maps.append(checked(word_regions, (n, len(text.mask), self._regions)))
        judged = np.concatenate(logits)
        return MatchScores(judged, _sigmoid(judged), np.concatenate(maps))

    def judge(self, texts: Sequence[EncodedText], embeddings: Array, tokens: Array) -> Array:
        """Judge n pairs, each of a text and a photo of its own.

        Args:
            texts: n texts; shorter ones are padded to the longest.
            embeddings: (n, dim) of the photos.
            tokens: (n, regions, width) of the photos.

        Returns:
            (n,) logits, the same that ``score`` gives for each pair.
        """
        states, mask = padded(texts)
        words = np.stack([text.embedding for text in texts])
        outputs = (self._spec.output,)
        (logits,) = self._run(tokens, embeddings, states, mask, words, outputs)
        return checked(logits, (len(texts),))

    def _run(
        self,
        tokens: Array,
        embeddings: Array,
        states: Array,
        mask: NDArray[np.int64],
        text_embeddings: Array,
        outputs: Sequence[str],
    ) -> list[Array]:
        arrays = (tokens, embeddings, states, mask, text_embeddings)
        return self.session.run_all(outputs, dict(zip(self._spec.inputs, arrays, strict=True)))


def padded(texts: Sequence[EncodedText]) -> tuple[Array, NDArray[np.int64]]:
    """States (n, l, text width) and mask (n, l) of n texts; shorter ones are padded with zeros.

    Raises:
        ModelMismatch: a text has no states.
    """
    rows = []
    for text in texts:
        if text.states is None:
            raise ModelMismatch("The text was encoded by a model without token states.")
        rows.append(text.states)
    longest = max(len(row) for row in rows)
    states = np.zeros((len(rows), longest, rows[0].shape[1]), np.float32)
    mask = np.zeros((len(rows), longest), np.int64)
    for place, (row, text) in enumerate(zip(rows, texts, strict=True)):
        states[place, : len(row)] = row
        mask[place, : len(row)] = text.mask
    return states, mask


def _sigmoid(logits: Array) -> Array:
    # tanh form: no overflow for large negative logits
    return np.asarray(0.5 * (1 + np.tanh(0.5 * logits)), np.float32)
