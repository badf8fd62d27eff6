"""Looks at a library after a round: is anything lost, is anything served that should not be?"""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.health import HealthCheck
from desktop_app.library.schema import Database
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.library.vector_index import VectorIndex
from desktop_app.paths import DataPaths
from tests.fakes import ColourEncoder
from tests.torture.photos import PhotoFolder

K = 10
_QUERIES = 8
_HALF_PRECISION = 4e-3


@dataclass
class Verdict:
    """Everything that was ever found wrong; all but the recall must stay empty."""

    lost: set[str] = field(default_factory=set)
    """Contents that were known, are still in the folder, and are not known any more."""
    wrong: list[str] = field(default_factory=list)
    """Hits that were removed, or are not what their score says."""
    broken: list[str] = field(default_factory=list)
    """Rules of the catalogue that did not hold."""
    recalls: list[float] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)

    @property
    def recall(self) -> float:
        return float(np.mean(self.recalls)) if self.recalls else 1.0

    def look(
        self,
        paths: DataPaths,
        photos: PhotoFolder,
        blamed: set[str],
        chance: random.Random,
        damaged: set[str],
        is_settled: bool,
    ) -> None:
        """Compare the library with the folder.

        Args:
            paths: the library.
            photos: the folder.
            blamed: contents of files that were given up for the kills; known to be unknown.
            chance: chooses the queries.
            damaged: names of the index files that were damaged on purpose.
            is_settled: whether a run has finished: then both must agree in everything.
        """
        manifest = ColourEncoder().manifest
        with closing(Database(paths.catalogue)) as database:
            store = ThumbnailStore(paths.thumbnails_dir)
            health = HealthCheck(database, paths, store, {manifest.model_id: manifest.dim})
            self.broken += [
                f"{f.check}: {f.message}"
                for f in health.run(repair=False)
                if f.is_fault and not any(name in f.message for name in damaged)
            ]
            rows = database.rows(
                "SELECT content_hash FROM photos WHERE id IN (SELECT photo_id FROM embeddings)"
            )
        known = {row[0].hex() for row in rows}
        here = set(photos.contents.values())
        self.lost |= (self._known & here) - known - blamed
        self._known |= known
        with closing(Catalogue.open(paths.catalogue)) as catalogue:
            index = VectorIndex(
                catalogue.embeddings, paths.index_dir, manifest.model_id, manifest.dim, 0
            )
            self._search(catalogue, index, photos, chance)
            if is_settled:
                self._compare(catalogue, photos, blamed)

    def _search(
        self, catalogue: Catalogue, index: VectorIndex, photos: PhotoFolder, chance: random.Random
    ) -> None:
        truth = catalogue.embeddings.changes_after(0, ColourEncoder().manifest.model_id, 10**9)
        if not len(truth.ids):
            return
        live = catalogue.photos(truth.ids.tolist())
        for content in chance.sample(sorted(photos.vectors), min(_QUERIES, len(photos.vectors))):
            query = photos.vectors[content]
            exact = truth.ids[np.argsort(-(truth.vectors @ query), kind="stable")[:K]]
            ids, scores = index.search(query, K)
            self.recalls.append(len(np.intersect1d(ids, exact)) / len(exact))
            for photo_id, score in zip(ids.tolist(), scores.tolist(), strict=True):
                photo = live.get(photo_id)
                if photo is None:
                    self.wrong.append(f"{photo_id} is not to be found")
                    continue
                due = float(photos.vectors[photo.content_hash] @ query)
                if abs(due - score) > _HALF_PRECISION:
                    self.wrong.append(f"{photo_id} scores {score:.4f} instead of {due:.4f}")

    def _compare(self, catalogue: Catalogue, photos: PhotoFolder, blamed: set[str]) -> None:
        served = {
            path: photo.content_hash
            for photo in catalogue.newest_photos(10**9)
            for path in (photo.path, *photo.other_paths)
        }
        self.lost |= set(photos.contents.values()) - set(served.values()) - blamed
        self.wrong += [
            f"{path} is served, and is not what the folder holds"
            for path, content in served.items()
            if photos.contents.get(path) != content
        ]
