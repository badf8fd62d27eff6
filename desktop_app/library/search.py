"""Answers queries: text or photo in, ranked photos out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import UsageError
from desktop_app.inference.encoders import ImageEncoder, TextEncoder
from desktop_app.library.caption_collections import CaptionCollections
from desktop_app.library.captions import PhotoCaptioner, PhotoCaptions
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.explaining import Explanation
from desktop_app.library.heads import Heads
from desktop_app.library.likely import LikelyBar
from desktop_app.library.match_reasons import MatchReasoner
from desktop_app.library.photo_encodings import PhotoEncodings
from desktop_app.library.query import PhotoPart, Query, Sort, TextPart
from desktop_app.library.query_encoder import NEGATIVE_WEIGHT, QueryEncoder
from desktop_app.library.query_parser import parse_query
from desktop_app.library.query_values import Places
from desktop_app.library.records import Photo
from desktop_app.library.relevance import NEUTRAL_TEXTS, ScorePicture
from desktop_app.library.reranking import DEPTH, Reranker
from desktop_app.library.selection import Selection
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.library.vector_index import IndexStatus, VectorIndex

WORD_BONUS = 0.1
"""Added to the cosine of a photo whose caption and keywords have all words of a text: people
know better than a model what they photographed. Shared among texts by their weights."""
_MOST_BY_WORDS = 1000
"""Photos whose words fit that are looked at, the best by their words."""

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class SearchHit:
    """One photo of an answer."""

    rank: int
    """1 is the best."""
    score: float | None
    """Cosine between query and photo, and ``WORD_BONUS``; None where no text or photo was given."""
    photo: Photo
    thumbnail: Path
    """Where its thumbnail lies, if it has been made."""
    likely: bool = True
    """Whether it is about the query, as far as scores can tell (``relevance``)."""
    likely_from: float | None = None
    """The score from which on a hit of this query is likely; None together with ``score``."""
    match: float | None = None
    """Probability that the texts describe it, by the matcher; None where that did not look."""


class SearchService:
    """Search in one library. Lives on one thread, which also owns catalogue and index.

    Encoders are loaded on first use: showing the newest photos needs none.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        index: VectorIndex,
        thumbnails: ThumbnailStore,
        decoder: Decoder,
        load_text_encoder: Callable[[], TextEncoder],
        load_image_encoder: Callable[[], ImageEncoder],
        places: Places | None = None,
        strictness: float = 0.0,
        *,
        heads: Heads,
        reranks: bool = True,
    ) -> None:
        """Collaborators, and two choices.

        Args:
            catalogue: what is searched.
            index: finds the nearest embeddings.
            thumbnails: where hits have theirs.
            decoder: opens photos to search by.
            load_text_encoder: called once, when a text is first searched for.
            load_image_encoder: the same for photos.
            places: knows where towns are; None knows none.
            strictness: -1 to 1, how far the user moved the bar of what is likely.
        """
        self.catalogue = catalogue
        self._index = index
        self._thumbnails = thumbnails
        self._encoder = QueryEncoder(decoder, load_text_encoder, load_image_encoder)
        self._places = places
        self.strictness = strictness
        self._bar = LikelyBar(
            index.sample,
            catalogue.change_seq,
            lambda: self._encoder.text().encode(list(NEUTRAL_TEXTS)),
        )
        self.heads = heads
        self._reranks = reranks
        self.reranker = Reranker(catalogue, heads, self._encoder.text, NEGATIVE_WEIGHT)
        self.collections = CaptionCollections(
            catalogue, heads.manifest.model_id, self._encoder.text
        )
        photos = PhotoEncodings(
            catalogue, decoder, heads, lambda p: self._encoder.image().encode_all(p)
        )
        self.reasons = MatchReasoner(
            heads, self._encoder.text, photos, self._encoder.direction, self._bonuses
        )
        self.captioner = PhotoCaptioner(heads, self._encoder.text, photos, self.collections)

    def search_text(self, text: str, k: int) -> list[SearchHit]:
        """The k photos that fit a sentence best, by embeddings alone.

        Raises:
            UsageError: the text is empty or k is not positive.
            ModelError: the text encoder cannot be used.
        """
        if not text.strip():
            raise UsageError("The query is empty.", "Type what the photo shows.")
        query = self._encoder.text().encode([text.strip()])[0]
        least = self._bar.least_score(query, is_text=True, strictness=self.strictness)
        return self._nearest(query, k, least)

    def search_typed(
        self, text: str, k: int, sort: Sort | None = None, rerank: bool | None = None
    ) -> list[SearchHit]:
        """The k best for what a person typed, in the grammar of ``query_parser``.

        ``sort`` overrides the order that the text asks for; ``rerank`` is as for ``search``.

        Raises:
            QuerySyntaxError: the text makes no sense; it says where.
            UsageError, PhotoError, ModelError: as ``search``.
        """
        query = self.parse(text)
        if not query.is_empty and sort is not None:
            query = replace(query, sort=sort)
        return self.search(query, k, rerank)

    def parse(self, text: str) -> Query:
        """The query that a text asks for; names of towns are looked up here.

        Raises:
            QuerySyntaxError: the text makes no sense; it says where.
        """
        return parse_query(text, self._places)

    def score_picture(self, query: Query) -> ScorePicture | None:
        """How the library scores for a query, and where the bar is: for a slider that moves it.

        None where the query has neither text nor photo. Costs an encoder run and a millisecond.

        Raises:
            UsageError, PhotoError, ModelError: as ``search``.
        """
        if not query.parts:
            return None
        direction = self._encoder.direction(query.parts)
        return self._bar.picture(
            direction,
            is_text=_is_text(query.parts),
            is_mixed=_is_mixed(query.parts),
            strictness=self.strictness,
        )

    def search(self, query: Query, k: int, rerank: bool | None = None) -> list[SearchHit]:
        """The k photos that fit a query best, among those that its filters let through.

        The texts and photos of a query become one direction (``QueryEncoder``). Another order
        than relevance arranges the same k photos, the likely ones first. Without texts and photos,
        the k first that pass the filters.

        The best hits of texts are looked at again by the matcher and ordered anew
        (``Reranker``), where the model has one; ``rerank`` overrides the service's own choice.

        Raises:
            UsageError: the query is empty, its parts cancel out, or k is not positive.
            PhotoError: one of its photos cannot be used; the message is a sentence.
            ModelError: an encoder cannot be used.
        """
        if query.is_empty:
            raise UsageError("The query is empty.", "Type what the photo shows.")
        _require_some(k)
        if not query.parts:
            ids = self.catalogue.selector.first(query.filters, query.order, k)
            photos = self.catalogue.photos(ids, even_missing=True)
            return [self._hit(n, None, photos[i]) for n, i in enumerate(ids, 1) if i in photos]
        allowed = self.catalogue.selector.select(query.filters) if query.filters else None
        direction = self._encoder.direction(query.parts)
        least = self._bar.least_score(
            direction,
            is_text=_is_text(query.parts),
            is_mixed=_is_mixed(query.parts),
            strictness=self.strictness,
        )
        bonuses = self._bonuses(query.parts)
        if self.reranker.applies_to(query) and (self._reranks if rerank is None else rerank):
            hits = self._nearest(direction, max(k, DEPTH), least, allowed, bonuses)
            return self.reranker.reranked(hits, query, bonuses)[:k]
        hits = self._nearest(direction, k, least, allowed, bonuses)
        return hits if query.order == "relevance" else self._arranged(hits, query.order)

    def reranks(self, text: str) -> bool:
        """Whether what was typed is answered in the order of the matcher.

        Raises:
            QuerySyntaxError: the text makes no sense; it says where.
        """
        return self._reranks and self.reranker.applies_to(self.parse(text))

    def search_photo(self, path: Path, k: int) -> list[SearchHit]:
        """The k photos most similar to a photo, which need not be in the library.

        Raises:
            PhotoError: the photo cannot be decoded; its message is a bare reason.
            UsageError: k is not positive.
            ModelError: the image encoder cannot be used.
        """
        query = self._encoder.of_photo(path)
        least = self._bar.least_score(query, is_text=False, strictness=self.strictness)
        return self._nearest(query, k, least)

    def captions_of(self, path: Path, count: int = 3) -> PhotoCaptions:
        """Captions for a photo: see ``PhotoCaptioner.captions_of``."""
        return self.captioner.captions_of(path, count)

    def explain(self, text: str, path: Path, word: str | None = None) -> Explanation:
        """Which regions of a photo answer which words: see ``Explainer.explain``."""
        return self.reasons.explainer.explain(text, path, word)

    def newest(self, limit: int) -> list[SearchHit]:
        """The newest photos, newest first."""
        photos = self.catalogue.newest_photos(limit)
        return [self._hit(rank, None, photo) for rank, photo in enumerate(photos, 1)]

    def catch_up(self, slice_s: float = 0.05) -> bool:
        """Let the index follow the catalogue for a moment; True while there is more to do."""
        return self._index.catch_up(slice_s)

    def warm_up(self) -> None:
        """Load what a text needs and measure the library, so that the first query is quick."""
        if self._reranks and self.heads.has_matcher:
            self.heads.matcher()
        self._bar.least_score(self._encoder.text().encode(["a photo"])[0], is_text=True)

    def release_image_encoder(self) -> None:
        """Give back the memory of the image encoder; the next photo query loads it again."""
        self._encoder.release_image()

    def status(self) -> IndexStatus:
        """How far the index on disk is."""
        return self._index.status()

    def close(self) -> None:
        """Publish the index and close the catalogue."""
        try:
            self._index.publish()
        finally:
            self.catalogue.close()

    def _bonuses(self, parts: Sequence[TextPart | PhotoPart]) -> dict[int, float]:
        """By photo: what its words add to its cosine."""
        wanted = [part for part in parts if part.sign > 0]
        total = sum(part.weight for part in wanted)
        bonuses: dict[int, float] = {}
        for part in wanted:
            if isinstance(part, TextPart):
                for photo_id in self.catalogue.selector.with_words(part.text, _MOST_BY_WORDS):
                    bonus = WORD_BONUS * part.weight / total
                    bonuses[photo_id] = bonuses.get(photo_id, 0.0) + bonus
        return bonuses

    def _nearest(
        self,
        query: Vector,
        k: int,
        least_likely: float,
        selection: Selection | None = None,
        bonuses: dict[int, float] | None = None,
    ) -> list[SearchHit]:
        _require_some(k)
        even_missing = selection is not None and selection.has_missing
        wanted = k
        while True:
            ids, scores = self._search_index(query, wanted, selection)
            photos = self.catalogue.photos(ids.tolist(), even_missing=even_missing)
            if len(photos) >= k or len(ids) < wanted:
                break
            wanted *= 2  # some of the nearest are missing now: look further
        score_of = dict(zip(ids.tolist(), scores.tolist(), strict=True))
        if bonuses:
            by_words = np.array(sorted(bonuses), np.int64)
            if selection is not None:
                by_words = by_words[selection.among(by_words)]
            also = Selection.of(by_words, even_missing)
            ids, scores = self._search_index(query, len(by_words), also)
            photos |= self.catalogue.photos(ids.tolist(), even_missing=even_missing)
            score_of |= {
                i: min(1.0, score + bonuses[i])
                for i, score in zip(ids.tolist(), scores.tolist(), strict=True)
            }
        found = sorted(
            ((score, i) for i, score in score_of.items() if i in photos),
            key=lambda hit: (-hit[0], hit[1]),
        )
        return [
            self._hit(rank, score, photos[i], least_likely)
            for rank, (score, i) in enumerate(found[:k], 1)
        ]

    def _arranged(self, hits: Sequence[SearchHit], order: Sort) -> list[SearchHit]:
        """The likely hits in this order, then the others in this order."""
        if order == "date":
            by_date = self.catalogue.selector.by_date([hit.photo.photo_id for hit in hits])
            place = {photo_id: number for number, photo_id in enumerate(by_date)}
            arranged = sorted(hits, key=lambda hit: place[hit.photo.photo_id])
        else:
            arranged = sorted(hits, key=lambda hit: hit.photo.path.name.casefold())
        arranged.sort(key=lambda hit: not hit.likely)
        return [replace(hit, rank=rank) for rank, hit in enumerate(arranged, 1)]

    def _search_index(
        self, query: Vector, k: int, selection: Selection | None
    ) -> tuple[NDArray[np.int64], Vector]:
        if selection is None:
            return self._index.search(query, k)
        if selection.has_missing:
            return self._index.search_stored(query, k, selection.ids)
        return self._index.search(query, k, selection)

    def _hit(
        self, rank: int, score: float | None, photo: Photo, least_likely: float | None = None
    ) -> SearchHit:
        is_likely = score is None or least_likely is None or score >= least_likely
        thumbnail = self._thumbnails.path(photo.content_hash)
        return SearchHit(rank, score, photo, thumbnail, is_likely, least_likely)


def _is_text(parts: Sequence[TextPart | PhotoPart]) -> bool:
    return all(isinstance(part, TextPart) for part in parts)


def _is_mixed(parts: Sequence[TextPart | PhotoPart]) -> bool:
    return len(parts) > 1 or parts[0].sign < 0


def _require_some(k: int) -> None:
    if k < 1:
        raise UsageError(f"{k} results cannot be shown.", "Ask for at least one.")
