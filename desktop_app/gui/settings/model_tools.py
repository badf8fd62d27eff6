"""What the models' page asks of the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.composition import open_model_switch, read_manifest
from desktop_app.gui.library.desk import Desk
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.settings.model_page import ModelPage
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.models.model_switch import ModelState
from desktop_app.paths import DataPaths

LOOK_MS = 2000
"""While a model is shown photos, the page looks so often how many."""


class ModelTools(QObject):
    """Fills the page, switches and removes. Lives on the GUI thread."""

    changed = Signal()
    """Another model is wanted, or answers."""

    def __init__(
        self, desk: Desk, paths: DataPaths, model_dir: Path | None, parent: QObject
    ) -> None:
        """Collaborators; ``model_dir`` is a bundle that the command line named, or None."""
        super().__init__(parent)
        self._desk = desk
        self._paths = paths
        self._model_dir = model_dir
        self._page: ModelPage | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._read)

    def serve(self, page: ModelPage) -> None:
        """Fill a page, and do what it asks for, until it is released."""
        self._page = page
        page.use_wanted.connect(self._use)
        page.remove_wanted.connect(self._remove)
        self._read_manifest()
        if self._model_dir is None:  # else the command line has chosen
            self._read()

    def release(self) -> None:
        """The page is going away."""
        self._page = None
        self._look.stop()

    def _read(self) -> None:
        self._ask(lambda catalogue: open_model_switch(catalogue, self._paths).states())

    def _use(self, name: str) -> None:
        paths = self._paths

        def use(catalogue: Catalogue) -> list[ModelState]:
            switch = open_model_switch(catalogue, paths)
            switch.use(name)
            return switch.states()

        self._ask(use, then=self.changed.emit)

    def _remove(self, name: str) -> None:
        paths = self._paths

        def remove(catalogue: Catalogue) -> list[ModelState]:
            with only_indexer(paths):
                switch = open_model_switch(catalogue, paths)
                switch.remove(name)
                return switch.states()

        self._ask(remove)

    def _ask(
        self,
        work: Callable[[Catalogue], list[ModelState]],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        def show(states: list[ModelState]) -> None:
            then()
            was_waiting = self._look.isActive()
            if self._page is None:
                return
            self._page.show_models(states)
            if self._page.is_waiting:
                self._look.start()
            else:
                self._look.stop()
                if was_waiting:  # it answers now
                    self._read_manifest()

        self._desk.ask(work, show, otherwise=self._refused, key="models")

    def _read_manifest(self) -> None:
        paths, model_dir = self._paths, self._model_dir

        def show(manifest: object) -> None:
            if self._page is not None:
                self._page.show_manifest(manifest)  # type: ignore[arg-type]

        def refused(report: ErrorReport) -> None:
            if self._page is not None:
                self._page.terms.setText(f"{report.message} {report.hint}".strip())

        self._desk.ask(lambda _: read_manifest(paths, model_dir), show, otherwise=refused)

    def _refused(self, report: ErrorReport) -> None:
        if self._page is not None:
            self._page.progress.setText(f"{report.message} {report.hint}".strip())
