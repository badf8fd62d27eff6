"""Photos that lie at several places, and photos that look almost the same. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.index_control import IndexControl
from desktop_app.library.records import Photo

NEAR_EQUAL = 0.95
"""The cosine from which on two photos are shown together: above what different photos of one
scene usually have, below what a photo keeps that is saved again or made smaller."""
_FIRST_NEIGHBOURS = 8
_PAGE = 512

Neighbours = Callable[[NDArray[np.float32], int], tuple[NDArray[np.int64], NDArray[np.float32]]]
"""From a unit vector (dim,) and k to the ids and cosines of the k nearest photos, best first."""


@dataclass(frozen=True)
class PhotoGroup:
    """Photos that belong together, the largest first."""

    photos: tuple[Photo, ...]
    """One photo where its places are the group; else several, each near the first found."""
    likeness: float
    """The least cosine between a photo and the one that the group was found by; 1 for equal."""

    @property
    def is_equal(self) -> bool:
        """Whether it is one content at several places."""
        return len(self.photos) == 1


@dataclass(frozen=True)
class NearProgress:
    """How far the search for similar photos is."""

    done: int
    total: int


class NearPhotos:
    """Looks through one library. Lives on the thread of its catalogue."""

    def __init__(self, catalogue: Catalogue, model_id: str, neighbours: Neighbours) -> None:
        self._catalogue = catalogue
        self._model_id = model_id
        self._neighbours = neighbours

    def equal(self) -> list[PhotoGroup]:
        """The photos that lie at several places, those with most places first."""
        ids = self._catalogue.photos_at_several_places()
        photos = self._catalogue.photos(ids)
        return [PhotoGroup((photos[i],), 1.0) for i in ids if i in photos]

    def near(
        self, control: IndexControl, least: float = NEAR_EQUAL
    ) -> Iterator[NearProgress | list[PhotoGroup]]:
        """Groups of different photos with a cosine of ``least`` or more, the most alike first.

        A group is a photo with all that are near it, so that no chain of small differences leads
        from one photo to another that nobody would compare with it. Tells its progress; the last
        value is the list. Stopped, it ends without one.
        """
        total = self._catalogue.embeddings.count(self._model_id)
        pairs: dict[int, dict[int, float]] = {}
        done, seq, more = 0, 0, True
        yield NearProgress(0, total)
        while more:
            changes = self._catalogue.embeddings.changes_after(seq, self._model_id, _PAGE)
            seq, more = changes.last_seq, changes.more
            for photo_id, vector in zip(changes.ids.tolist(), changes.vectors, strict=True):
                if control.is_stopped:
                    return
                for other, score in self._near(photo_id, vector, least).items():
                    pairs.setdefault(photo_id, {})[other] = score
                    pairs.setdefault(other, {})[photo_id] = score
                done += 1
                if done % 32 == 0:
                    yield NearProgress(min(done, total), total)
        yield NearProgress(total, total)
        yield self._groups(pairs)

    def _near(self, photo_id: int, vector: NDArray[np.float32], least: float) -> dict[int, float]:
        wanted = _FIRST_NEIGHBOURS
        while True:
            ids, scores = self._neighbours(vector, wanted)
            # A burst of a hundred shots: all of them are asked for.
            if len(ids) < wanted or scores[-1] < least:
                break
            wanted *= 4
        return {
            other: float(score)
            for other, score in zip(ids.tolist(), scores.tolist(), strict=True)
            if score >= least and other != photo_id
        }

    def _groups(self, pairs: dict[int, dict[int, float]]) -> list[PhotoGroup]:
        photos = self._catalogue.photos(list(pairs))
        taken: set[int] = set()
        groups: list[PhotoGroup] = []
        for photo_id in sorted(pairs, key=lambda i: (-len(pairs[i]), i)):
            near = {
                other: score
                for other, score in pairs[photo_id].items()
                if other not in taken and other in photos
            }
            if photo_id in taken or photo_id not in photos or not near:
                continue
            taken.update((photo_id, *near))
            members = sorted(
                (photos[i] for i in (photo_id, *near)),
                key=lambda photo: (-photo.width * photo.height, photo.photo_id),
            )
            groups.append(PhotoGroup(tuple(members), min(1.0, *near.values())))
        return sorted(groups, key=lambda group: -group.likeness)
