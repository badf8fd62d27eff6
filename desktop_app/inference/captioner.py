"""Captioner: sentences that say what a photo shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import ModelMismatch
from desktop_app.inference.beam_search import SPECIAL_TOKENS, beam_search
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import Array, checked
from desktop_app.inference.runtime import RuntimeOptions, Session
from desktop_app.inference.tokenizer import Tokenizer


@dataclass(frozen=True)
class GeneratedCaption:
    """A sentence, and the natural logarithm of its probability (of all its tokens together)."""

    text: str
    log_probability: float


class Captioner:
    """What was kept of a photo -> captions."""

    def __init__(self, bundle: ModelBundle, options: RuntimeOptions) -> None:
        """Load the captioner.

        Raises:
            ModelMismatch: the bundle has none, or it cannot be loaded.
        """
        manifest = bundle.manifest
        if manifest.captioner is None:
            raise ModelMismatch(
                "This model bundle has no captioner.", "Choose another model bundle with --model."
            )
        self._spec = manifest.captioner
        self._vocabulary = _read_vocabulary(bundle.path(self._spec.vocabulary))
        self._tokenizer = Tokenizer(
            bundle.path(manifest.tokenizer), manifest.context_length, manifest.text_input
        )
        self.session = Session(bundle.path(self._spec.graph.file), options)

    def captions(
        self, embedding: Array, tokens: Array, beams: int = 5, count: int = 3
    ) -> list[GeneratedCaption]:
        """The captions that the search finds best, best first, no sentence twice.

        Longer sentences are less probable whatever they say, so the order is that of the log
        probability after length normalisation (``beam_search``), not of the number itself.

        Args:
            embedding: (dim,) of the photo, unit length.
            tokens: (regions, width) of the photo, as encoded or as unpacked.
            beams: sentences that are followed at a time.
            count: captions wanted; fewer come back when there are no more.
        """
        graph = self._spec.graph
        tokens_name, embedding_name, words_name = graph.inputs

        def next_logits(words: NDArray[np.int64]) -> Array:
            n = len(words)
            inputs: dict[str, NDArray[np.generic]] = {
                tokens_name: np.repeat(tokens[None], n, 0),
                embedding_name: np.repeat(embedding[None], n, 0),
                words_name: words,
            }
            shape = (n, SPECIAL_TOKENS + len(self._vocabulary))
            return checked(self.session.run(graph.output, inputs), shape)

        captions: dict[str, GeneratedCaption] = {}
        # two sequences may read the same ("." or none at the end): some more are asked for
        for found in beam_search(next_logits, self._spec.longest, beams, max(beams, 2 * count)):
            text = self._sentence(found.tokens)
            if text:
                captions.setdefault(text, GeneratedCaption(text, found.log_probability))
        return list(captions.values())[:count]

    def _sentence(self, tokens: tuple[int, ...]) -> str:
        text = self._tokenizer.decode([self._vocabulary[t - SPECIAL_TOKENS] for t in tokens])
        text = text.strip(" .")
        return f"{text[0].upper()}{text[1:]}." if text else ""


def _read_vocabulary(path: Path) -> tuple[int, ...]:
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelMismatch(f"The captions' vocabulary cannot be read: {error}.") from error
    if not isinstance(stored, list) or not all(type(number) is int for number in stored):
        raise ModelMismatch("The captions' vocabulary is no list of token ids.")
    return tuple(stored)
