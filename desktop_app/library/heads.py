"""What a model may have beside its encoders: a matcher and a captioner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from desktop_app.inference.bundle import ModelManifest
from desktop_app.inference.captioner import GeneratedCaption
from desktop_app.inference.encoders import Array, EncodedText
from desktop_app.inference.matcher import MatchScores


class PairJudge(Protocol):
    """What the library needs of ``inference.matcher.Matcher``."""

    def score(self, text: EncodedText, embeddings: Array, tokens: Array) -> MatchScores:
        """Judge n photos for one text: (n, dim) and (n, regions, width)."""

    def judge(self, texts: Sequence[EncodedText], embeddings: Array, tokens: Array) -> Array:
        """Judge n pairs: (n,) logits."""


class SentenceMaker(Protocol):
    """What the library needs of ``inference.captioner.Captioner``."""

    def captions(
        self, embedding: Array, tokens: Array, beams: int = 5, count: int = 3
    ) -> list[GeneratedCaption]:
        """Captions for (dim,) and (regions, width), best first, none twice."""


class Heads:
    """The matcher and the captioner of one model, each loaded when it is first needed."""

    def __init__(
        self,
        manifest: ModelManifest,
        load_matcher: Callable[[], PairJudge],
        load_captioner: Callable[[], SentenceMaker],
    ) -> None:
        self.manifest = manifest
        self._load_matcher = load_matcher
        self._load_captioner = load_captioner
        self._matcher: PairJudge | None = None
        self._captioner: SentenceMaker | None = None

    @property
    def has_matcher(self) -> bool:
        """Whether hits can be ranked again and explained."""
        return self.manifest.matcher is not None

    @property
    def has_captioner(self) -> bool:
        """Whether captions can be generated."""
        return self.manifest.captioner is not None

    @property
    def tokens_shape(self) -> tuple[int, int] | None:
        """(rows, width) of a photo's image tokens; None where the model makes none."""
        layout = self.manifest.image_tokens
        return None if layout is None else (layout.rows, layout.width)

    def matcher(self) -> PairJudge:
        """The matcher.

        Raises:
            ModelError: the model has none, or it cannot be loaded.
        """
        if self._matcher is None:
            self._matcher = self._load_matcher()
        return self._matcher

    def captioner(self) -> SentenceMaker:
        """The captioner.

        Raises:
            ModelError: the model has none, or it cannot be loaded.
        """
        if self._captioner is None:
            self._captioner = self._load_captioner()
        return self._captioner
