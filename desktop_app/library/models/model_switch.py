"""Models of one library: what each has made, which answers, and how to change that."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.errors import CatalogueBusy, DiskFull, ModelMismatch, UsageError
from desktop_app.inference.bundle import ModelManifest
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.hnsw_graph import remove_graph
from desktop_app.library.models.model_choice import ModelChoice
from desktop_app.library.models.model_shelf import ModelShelf, ShelvedModel


@dataclass(frozen=True)
class ModelState:
    """One model, as a list shows it."""

    name: str
    """Empty: no bundle is there any more, its embeddings are left."""
    model_id: str
    manifest: ModelManifest | None
    problem: str
    is_shipped: bool
    is_answering: bool
    is_wanted: bool
    photos: int
    """Photos that it can find now."""
    lacking: int
    """Photos that can be read now and that it has not seen."""
    bundle_bytes: int
    library_bytes: int
    """What it has made: embeddings, image tokens, captions' embeddings, and its index."""

    @property
    def is_complete(self) -> bool:
        """Whether switching to it takes no time."""
        return self.manifest is not None and not self.lacking


class ModelSwitch:
    """Lists and changes models. Lives on the thread of its catalogue."""

    def __init__(
        self, catalogue: Catalogue, shelf: ModelShelf, choice: ModelChoice, index_dir: Path
    ) -> None:
        self._catalogue = catalogue
        self.shelf = shelf
        self._choice = choice
        self._index_dir = index_dir

    def states(self) -> list[ModelState]:
        """Every model on this computer, and every one that has left embeddings behind."""
        states = [self._state(model) for model in self.shelf.all()]
        known = {state.model_id for state in states}
        gone = [model_id for model_id in self._catalogue.models.ids() if model_id not in known]
        return states + [self._left_behind(model_id) for model_id in gone]

    def state_of(self, name: str) -> ModelState:
        """One model by its name.

        Raises:
            ModelMissing: there is none of that name.
        """
        return self._state(self.shelf.find(name))

    def use(self, name: str, *, at_once: bool = False) -> ModelState:
        """Choose a model. It answers at once if it lacks no photo, or if that is asked for.

        Else the next indexing run embeds what it lacks, and has it take over.

        Raises:
            ModelError: there is none of that name, or it cannot be used.
            LibraryError: the choice cannot be written down.
        """
        state = self.state_of(name)
        if state.manifest is None:
            raise ModelMismatch(f"The model {name} cannot be used: {state.problem}")
        self._choice.want(name)
        if at_once or state.is_complete:
            self._choice.take_over(name)
        return self.state_of(name)

    def find(self, name: str) -> ModelState:
        """A model by its name, or what one left behind by its id.

        Raises:
            UsageError: there is none.
        """
        for state in self.states():
            if name in (state.name, state.name or state.model_id):
                return state
        raise UsageError(
            f"There is no model {name}.", "`visita model list` lists those that there are."
        )

    def remove(self, name: str, *, only_embeddings: bool = False) -> int:
        """Remove what a model has made, and its bundle; how many embeddings that were.

        The bundle that came with the app stays. To be used under ``only_indexer``.

        Raises:
            UsageError: it is in use, or nobody knows it.
            LibraryError: the bundle cannot be deleted.
        """
        state = self.find(name)
        forgotten = self.forget(name)
        if state.name and not state.is_shipped and not only_embeddings:
            self.shelf.remove(name)
        with suppress(DiskFull, CatalogueBusy):  # then the room is used by what comes next
            self._catalogue.models.compact()
        return forgotten

    def forget(self, name: str) -> int:
        """Remove all that a model has made of the library; how many embeddings that were.

        Args:
            name: of a model, or the id of one whose bundle is gone.

        Raises:
            UsageError: it answers, or is about to; or nobody knows it.
        """
        state = self.find(name)
        self.require_idle(name)
        if not state.model_id:
            return 0
        twins = [s for s in self.states() if s.model_id == state.model_id and s.name != name]
        if any(twin.is_answering or twin.is_wanted for twin in twins):
            raise UsageError(f"{name} is the same model as {twins[0].name}, which is in use.")
        index = self._catalogue.embeddings.index_state(state.model_id)
        forgotten = self._catalogue.models.forget([state.model_id])
        if index is not None:
            remove_graph(self._index_dir, index.file)
        return forgotten

    def require_idle(self, name: str) -> None:
        """Refuse to remove what is in use.

        Raises:
            UsageError: the model answers, or is about to.
        """
        if name in (self._choice.answering, self._choice.wanted):
            raise UsageError(
                f"The model {name} is in use.", "`visita model use` another one first."
            )

    def _state(self, model: ShelvedModel) -> ModelState:
        manifest = model.manifest
        state = ModelState(
            name=model.name,
            model_id="" if manifest is None else manifest.model_id,
            manifest=manifest,
            problem=model.problem,
            is_shipped=model.is_shipped,
            is_answering=model.name == self._choice.answering,
            is_wanted=model.name == self._choice.wanted,
            photos=0,
            lacking=0,
            bundle_bytes=0 if manifest is None else manifest.size_bytes,
            library_bytes=0,
        )
        if manifest is None:
            return state
        lacking = self._catalogue.models.lacking(
            manifest.model_id, manifest.image_tokens is not None
        )
        return replace(self._with_use(state), lacking=lacking)

    def _left_behind(self, model_id: str) -> ModelState:
        words = "Its bundle is no longer there."
        state = ModelState("", model_id, None, words, False, False, False, 0, 0, 0, 0)
        return self._with_use(state)

    def _with_use(self, state: ModelState) -> ModelState:
        use = self._catalogue.models.use(state.model_id)
        index = self._catalogue.embeddings.index_state(state.model_id)
        size = use.size_bytes + (0 if index is None else index.size_bytes)
        return replace(state, photos=use.findable, library_bytes=size)
