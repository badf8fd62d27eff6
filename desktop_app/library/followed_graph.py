"""The graph on its way behind the catalogue: loaded, caught up, renewed, saved as a snapshot."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path

from desktop_app.library.embedding_rows import EmbeddingRows
from desktop_app.library.hnsw_graph import (
    HnswGraph,
    SavedGraph,
    graph_name,
    remove_graph,
    remove_other_graphs,
)
from desktop_app.library.left_overs import remove_left_overs
from desktop_app.library.narrow_path import FolderNotNameable
from desktop_app.library.projection import LEAST_DIM, Projection, samples_for
from desktop_app.library.records import IndexState

log = logging.getLogger(__name__)

PUBLISH_EVERY = 5_000
"""Changes after which a snapshot is saved, in a library for which they are many."""
_PUBLISH_SHARE = 0.2
"""Of a larger one: or a million photos, followed from the start, would be saved 200 times."""
_SLICE = 128
"""Photos between two looks at the clock while catching up."""
_MOST_TOMBSTONES = 0.2


@dataclass
class Followed:
    """A graph, and how far it has followed the catalogue."""

    graph: HnswGraph
    applied_seq: int = 0
    unpublished: int = 0
    """Changes since it was saved last."""


class FollowedGraph:
    """One model's graph, and the snapshot of it that is published. Lives on one thread."""

    def __init__(
        self,
        embeddings: EmbeddingRows,
        folder: Path,
        model_id: str,
        dim: int,
        reduce_from: int,
        publish_every: int,
    ) -> None:
        """Load nothing yet.

        Args:
            embeddings: what is followed.
            folder: of the snapshots.
            model_id: whose embeddings.
            dim: their length.
            reduce_from: photos for which shorter vectors are worth while.
            publish_every: changes after which a snapshot is saved, if they are many.
        """
        self._embeddings = embeddings
        self._folder = folder
        self._model_id = model_id
        self._dim = dim
        self._reduce_from = reduce_from
        self._publish_every = publish_every
        self._current: Followed | None = None
        self._successor: Followed | None = None
        """Built anew while the current one answers."""
        self._generation = 0
        self._may_reduce = dim > LEAST_DIM

    def catch_up(self, slice_s: float) -> bool:
        """Follow the catalogue for about ``slice_s`` seconds; True while there is more to do."""
        current = self.current()
        followed = self._successor or current
        deadline = time.monotonic() + slice_s
        more = True
        while more:
            changes = self._embeddings.changes_after(followed.applied_seq, self._model_id, _SLICE)
            if changes.last_seq < followed.applied_seq:  # an older catalogue came back
                followed = self.start_anew()
                continue
            followed.graph.apply(changes)
            followed.unpublished += len(changes.ids) + len(changes.removed)
            followed.applied_seq, more = changes.last_seq, changes.more
            if time.monotonic() > deadline:
                break
        if not more:
            self._current, self._successor = followed, None
            more = self._is_renewed(followed)
        count = len(followed.graph)
        if followed.unpublished >= max(self._publish_every, int(_PUBLISH_SHARE * count)):
            self.publish()
        return more

    def publish(self) -> None:
        """Save a snapshot that the next start can load.

        Raises:
            DiskFull: it could not be written; the older snapshot stays.
        """
        current = self._current
        if current is None or not current.unpublished or not len(current.graph):
            return
        generation = self._generation + 1
        file = graph_name(self._model_id, generation)
        try:
            saved = current.graph.save(self._folder, file)
        except FolderNotNameable as error:  # nothing that the user does is lost by it
            log.warning("%s %s", error.message, error.hint)
            current.unpublished = 0
            return
        state = IndexState(
            generation=generation,
            file=saved.file,
            size_bytes=saved.size_bytes,
            crc32=saved.crc32,
            count=saved.count,
            model_id=self._model_id,
            dim=self._dim,
            applied_seq=current.applied_seq,
        )
        current.unpublished = 0
        if not self._embeddings.replace_index_state(state, self._generation):
            log.info("another program published an index first, this one is dropped")
            remove_graph(self._folder, file)
            theirs = self._embeddings.index_state(self._model_id)
            self._generation = theirs.generation if theirs is not None else 0
            return
        self._generation = generation
        named = {state.file for state in self._embeddings.index_states()}
        remove_other_graphs(self._folder, self._model_id, named)

    def current(self) -> Followed:
        """The graph that answers; the first time it is loaded, or begun anew."""
        if self._current is not None:
            return self._current
        remove_left_overs(self._folder)
        state = self._embeddings.index_state(self._model_id)
        tried: IndexState | None = None
        # Once more where another process published, and deleted this file, while it was read.
        while state is not None and state != tried and self.is_ours(state):
            saved = SavedGraph(state.file, state.size_bytes, state.crc32, state.count)
            graph = HnswGraph.load(self._folder, saved, self._dim)
            if graph is not None:
                self._current = Followed(graph, state.applied_seq)
                self._generation = state.generation
                return self._current
            state, tried = self._embeddings.index_state(self._model_id), state
        if tried is not None:
            log.warning("the search index is missing or damaged and is rebuilt")
        self._generation = state.generation if state is not None else 0
        return self.start_anew()

    def is_ours(self, state: IndexState) -> bool:
        """Whether a snapshot is of this model."""
        return state.model_id == self._model_id and state.dim == self._dim

    def _is_renewed(self, current: Followed) -> bool:
        """Begin a better graph where that is worth while; the current one answers meanwhile."""
        graph = current.graph
        if graph.tombstones > _MOST_TOMBSTONES * max(len(graph), 1):
            log.info("index rebuilt: %d of %d are tombstones", graph.tombstones, len(graph))
        elif (
            self._may_reduce
            and not graph.is_reduced
            # while exact search still answers
            and len(graph) >= max(self._reduce_from, 2 * samples_for(self._dim))
        ):
            self._may_reduce = False  # asked once: embeddings of all directions stay as they are
            if self._projection() is None:
                return False
            log.info("index rebuilt: there are enough photos for a smaller one")
        else:
            return False
        if not len(graph):  # nothing is left
            self.start_anew()
            return False
        self._successor = self._empty()
        return True

    def start_anew(self) -> Followed:
        """An empty graph that has followed nothing, in the place of the current one."""
        self._current, self._successor = self._empty(), None
        return self._current

    def _empty(self) -> Followed:
        return Followed(HnswGraph.empty(self._dim, self._projection()))

    def _projection(self) -> Projection | None:
        if self._dim <= LEAST_DIM:
            return None
        return Projection.of(
            self._embeddings.sample_vectors(self._model_id, 2 * samples_for(self._dim))
        )
