"""Is the library sound? The catalogue's rows and vectors, the index file, the thumbnails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from desktop_app.errors import CatalogueDamaged
from desktop_app.library.embedding_rows import VECTOR_DTYPE, EmbeddingRows
from desktop_app.library.hnsw_graph import HnswGraph, SavedGraph, remove_graph
from desktop_app.library.photo_rows import IS_LIVE
from desktop_app.library.records import IndexState
from desktop_app.library.row_rules import RULES, encode_again
from desktop_app.library.schema import Database, Row
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.paths import DataPaths

_PAGE = 4_096
_KNOWN_REFERENCES = ("files", "embeddings", "image_tokens")


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be."""

    check: str
    """What was looked at: catalogue, files, photos, embeddings, image_tokens, counter, index,
    thumbnails."""
    message: str
    is_mended: bool
    is_fault: bool = True
    """False: left behind by something that was stopped, as may happen; nothing is wrong."""


class HealthCheck:
    """Looks at a whole library. To be used under ``only_indexer``, on the database's thread."""

    def __init__(
        self,
        database: Database,
        paths: DataPaths,
        thumbnails: ThumbnailStore,
        dims: Mapping[str, int],
    ) -> None:
        """Collaborators; ``dims`` are the lengths of the embeddings of known models."""
        self._database = database
        self._stored = EmbeddingRows(database)
        self._paths = paths
        self._thumbnails = thumbnails
        self._dims = dims

    def run(self, repair: bool) -> Iterator[Finding]:
        """Everything that is wrong, and what lies about; with ``repair`` it is mended where that
        loses nothing.

        What was learnt from a photo can be learnt again: mending at worst makes the next indexing
        run read some files once more.
        """
        try:
            self._database.check()
        except CatalogueDamaged as error:
            yield Finding("catalogue", str(error), is_mended=False)
            return  # what the rest would say of damaged pages means nothing
        yield from self._rows(repair)
        yield from self._references(repair)
        yield from self._embeddings(repair)
        yield from self._index(repair)
        yield from self._thumbnail_files(repair)

    def _rows(self, repair: bool) -> Iterator[Finding]:
        for rule in RULES:
            ids = [row[0] for row in self._database.rows(rule.find)]
            if not ids:
                continue
            if repair:
                with self._database.transaction():
                    rule.mend(self._database, ids)
            yield Finding(rule.table, f"{len(ids)} {rule.words}", repair)

    def _references(self, repair: bool) -> Iterator[Finding]:
        """Rows of other tables that refer to nothing; the rules have dealt with the known ones."""
        broken = [
            (table, row_id)
            for table, row_id, *_ in self._database.rows("PRAGMA foreign_key_check")
            if table not in _KNOWN_REFERENCES
        ]
        for table, count in Counter(table for table, _ in broken).items():
            if repair:
                rows = [(row_id,) for name, row_id in broken if name == table]
                with self._database.transaction():
                    self._database.run_many(f"DELETE FROM {table} WHERE rowid = ?", rows)
            yield Finding(table, f"{count} rows refer to what is not there", repair)

    def _embeddings(self, repair: bool) -> Iterator[Finding]:
        sizes = self._sizes()
        bad: list[Row] = []  # (rowid, photo_id)
        last = 0
        while rows := self._database.rows(
            "SELECT rowid, photo_id, model_id, vector FROM embeddings WHERE rowid > ? "
            "ORDER BY rowid LIMIT ?",
            (last, _PAGE),
        ):
            last = rows[-1][0]
            bad += [row[:2] for row in rows if not _is_unit(row[3], sizes[row[2]])]
        if not bad:
            return
        if repair:
            with self._database.transaction():
                self._database.run_many(
                    "DELETE FROM embeddings WHERE rowid = ?", [(row[0],) for row in bad]
                )
                encode_again(self._database, [row[1] for row in bad])
                # It may hold them, and nothing tells it of an embedding that is no more.
                self._database.run("DELETE FROM index_state")
        yield Finding(
            "embeddings", f"{len(bad)} embeddings of a wrong length or without a direction", repair
        )

    def _sizes(self) -> dict[str, int]:
        """Bytes of a vector by model: as the model says, else as most of them are."""
        rows = self._database.rows(
            "SELECT model_id, length(vector) FROM embeddings "
            "GROUP BY model_id, length(vector) ORDER BY count(*)"
        )
        itemsize = np.dtype(VECTOR_DTYPE).itemsize
        sizes: dict[str, int] = dict(rows)  # the last one, which most have, stays
        return sizes | {m: itemsize * dim for m, dim in self._dims.items()}

    def _index(self, repair: bool) -> Iterator[Finding]:
        for state in self._stored.index_states():
            problem = self._index_problem(state)
            if problem is None:
                continue
            if repair:
                self._database.run("DELETE FROM index_state WHERE model_id = ?", (state.model_id,))
                remove_graph(self._paths.index_dir, state.file)
            yield Finding("index", f"{problem}; searching rebuilds it", repair)

    def _index_problem(self, state: IndexState) -> str | None:
        saved = SavedGraph(state.file, state.size_bytes, state.crc32, state.count)
        if not (self._paths.index_dir / state.file).exists():
            return f"the file {state.file} is missing"
        graph = HnswGraph.load(self._paths.index_dir, saved, state.dim)
        if graph is None:
            return f"the file {state.file} is damaged"
        if state.applied_seq > self._stored.change_seq():
            return f"the file {state.file} is ahead of the catalogue"
        held = graph.ids()
        if len(held) != state.count:
            return f"the file {state.file} holds {len(held)} photos instead of {state.count}"
        rows = self._database.rows(
            "SELECT photos.id FROM photos JOIN embeddings e "
            f"ON e.photo_id = photos.id AND e.model_id = ? WHERE change_seq <= ? AND {IS_LIVE}",
            (state.model_id, state.applied_seq),
        )
        due = {row[0] for row in rows}
        newer = {
            row[0]
            for row in self._database.rows(
                "SELECT id FROM photos WHERE change_seq > ?1 "
                "UNION SELECT photo_id FROM tombstones WHERE change_seq > ?1",
                (state.applied_seq,),
            )
        }
        wrong, lacking = held - due - newer, due - held
        if wrong or lacking:
            return (
                f"the file {state.file} holds {len(wrong)} photos that it should not, "
                f"and lacks {len(lacking)}"
            )
        return None

    def _thumbnail_files(self, repair: bool) -> Iterator[Finding]:
        """Thumbnails that no row tells of: one is written before its photo is committed, so a run
        that is stopped or killed leaves some, which the next one sweeps.
        """
        hashes = self._database.rows("SELECT content_hash FROM photos")
        strays = self._thumbnails.strays(row[0].hex() for row in hashes)
        if not strays:
            return
        if repair:
            for path in strays:
                path.unlink(missing_ok=True)
        files = "1 file is" if len(strays) == 1 else f"{len(strays)} files are"
        words = f"{files} left over from a run that did not finish"
        if not repair:
            words += "; the next `visita index` removes what is left"
        yield Finding("thumbnails", words, repair, is_fault=False)


def _is_unit(blob: object, size: int) -> bool:
    if not isinstance(blob, bytes) or len(blob) != size:
        return False
    if size % np.dtype(VECTOR_DTYPE).itemsize:
        return False
    norm = float(np.linalg.norm(np.frombuffer(blob, VECTOR_DTYPE).astype(np.float32)))
    return 0.5 < norm < 2  # no number compares with NaN
