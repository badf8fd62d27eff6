"""Brings the inspector's panel, the grid's selection and the query together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop_app.gui.inspector.caption_keeper import CaptionKeeper
from desktop_app.gui.inspector.inspection import Inspection
from desktop_app.gui.inspector.inspector_panel import InspectorPanel
from desktop_app.gui.inspector.messages import Subject
from desktop_app.gui.inspector.side_dock import SideDock, inspector_action
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.messages import ErrorReport, NewestQuery, Query
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.viewer.photo_viewer import PhotoViewer
from desktop_app.library.search import SearchHit


class Inspector(QObject):
    """Follows the selection, or the viewer, while the panel is open. Lives on the GUI thread."""

    def __init__(
        self,
        window: MainWindow,
        dock: SideDock,
        controller: SearchController,
        inspection: Inspection,
        keeper: CaptionKeeper,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._dock = dock
        self._controller = controller
        self._inspection = inspection
        self._keeper = keeper
        self._viewer: PhotoViewer | None = None
        self._shown: tuple[Subject, Query] | None = None
        self.panel = InspectorPanel()
        dock.add(self.panel)
        self.action = inspector_action(self.tr("Inspector"), dock)
        window.menu.insertAction(window.menu.quit, self.action)
        window.addAction(self.action)
        # Several signals tell of one change: it is looked at once, when all of them were sent.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._follow)
        self.action.triggered.connect(self._toggle)
        dock.shown_changed.connect(self._on_shown)
        controller.answered.connect(lambda: self._soon.start())
        window.grid.selectionModel().selectionChanged.connect(lambda: self._soon.start())
        window.grid.selectionModel().currentChanged.connect(lambda: self._soon.start())
        window.grid.model().modelReset.connect(self._soon.start)
        self._wire_panel()

    def follow(self, viewer: PhotoViewer) -> None:
        """Be about the photo in the viewer while it is open, else about that of the grid."""
        self._viewer = viewer
        viewer.photo_shown.connect(self._soon.start)
        self._window.pages.currentChanged.connect(self._soon.start)

    def stop(self) -> None:
        """Ask nothing more."""
        self._soon.stop()
        self._inspection.stop()

    def _wire_panel(self) -> None:
        panel, found, keeper = self.panel, self._inspection, self._keeper
        panel.close_wanted.connect(self._dock.close_panel)
        found.pictured.connect(panel.show_photo)
        found.detailed.connect(panel.facts.show_details)
        found.captioned.connect(panel.captions.show_captions)
        found.captions_failed.connect(panel.captions.show_failure)
        found.reasoned.connect(panel.show_reasons)
        found.reasons_failed.connect(panel.match.show_failure)
        panel.captions.keep_wanted.connect(self._keep)
        panel.captions.export_wanted.connect(self._export)
        keeper.done.connect(self._on_done)
        keeper.failed.connect(self._on_refused)

    def _toggle(self) -> None:
        if self._dock.current is self.panel:
            self._dock.close_panel()
        else:
            self._dock.open(self.panel)

    def _on_shown(self) -> None:
        self.action.setChecked(self._dock.current is self.panel)
        self._soon.start()

    def _follow(self) -> None:
        if self._dock.current is not self.panel:
            self._inspection.stop()
            self._shown = None
            return
        hit = self._hit()
        if hit is None:
            self._inspection.stop()
            self._shown = None
            self.panel.show_nothing()
            return
        query = self._controller.query
        subject = Subject(hit.photo.path, hit)
        if self._is_shown(subject, query):
            return  # what is read or typed there stays
        self._shown = (subject, query)
        self.panel.show_subject(subject, has_reasons=not isinstance(query, NewestQuery))
        self._inspection.look_at(subject, query)

    def _hit(self) -> SearchHit | None:
        """What is looked at: in the viewer, or the current one of the selected photos."""
        if self._viewer is not None and self._viewer.hit is not None:
            return self._viewer.hit
        selected = self._window.grid.selected_hits()
        current = self._window.model.hit(self._window.grid.currentIndex())
        return current if current in selected else (selected[0] if selected else None)

    def _is_shown(self, subject: Subject, query: Query) -> bool:
        if self._shown is None:
            return False
        shown, asked = self._shown
        return (shown.photo_id, shown.path, asked) == (subject.photo_id, subject.path, query)

    def _keep(self, caption: str) -> None:
        if self.panel.subject is not None:
            self._keeper.keep(self.panel.subject.path, caption)

    def _export(self, caption: str) -> None:
        if self.panel.subject is not None:
            self._keeper.export(self.panel.subject.path, caption)

    def _on_done(self, photo: Path, words: str) -> None:
        if self.panel.subject is not None and self.panel.subject.path == photo:
            self.panel.captions.say(words)

    def _on_refused(self, photo: Path, report: ErrorReport) -> None:
        self._on_done(photo, f"{report.message} {report.hint}".strip())
