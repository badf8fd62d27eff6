"""Brings the panel of dropped photos, what was dropped and the query together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from desktop_app.gui.drop.drop_panel import DropPanel
from desktop_app.gui.drop.dropped_pictures import DroppedPictures
from desktop_app.gui.inspector.caption_keeper import CaptionKeeper
from desktop_app.gui.inspector.inspection import Inspection
from desktop_app.gui.inspector.messages import Subject
from desktop_app.gui.inspector.side_dock import SideDock
from desktop_app.gui.messages import ErrorReport, NewestQuery, Query, TextQuery
from desktop_app.gui.told import told
from desktop_app.library.query_edits import with_photo

MOST = 200
"""Photos of one drop that are shown: a whole folder is better added to the library."""


class DroppedPhotos(QObject):
    """Opens the panel at a drop, and works for it while it is open. Lives on the GUI thread."""

    def __init__(
        self,
        panel: DropPanel,
        dock: SideDock,
        inspection: Inspection,
        pictures: DroppedPictures,
        keeper: CaptionKeeper,
        temporary_dir: Path,
        current_query: Callable[[], Query],
        type_query: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        """Wire the panel.

        Args:
            panel: shows the photos.
            dock: where it is shown.
            inspection: of its own: that of the inspector follows the selection.
            pictures: reads small pictures of several files.
            keeper: keeps captions.
            temporary_dir: where pictures lie that were dropped without a file.
            current_query: what is searched for now.
            type_query: puts a query into the search field, as if it had been typed.
            parent: the owner.
        """
        super().__init__(parent)
        self.panel = panel
        self._dock = dock
        self._inspection = inspection
        self._pictures = pictures
        self._keeper = keeper
        self._temporary_dir = temporary_dir
        self._current_query = current_query
        self._type_query = type_query
        self._words = ""
        self._searched = ""
        """The query that the last drop made of its first photo."""
        dock.add(panel)
        dock.shown_changed.connect(self._on_shown)
        panel.close_wanted.connect(dock.close_panel)
        panel.chosen.connect(self._look_at)
        panel.add_wanted.connect(self._add)
        pictures.read.connect(panel.strip.show_picture)
        pictures.refused.connect(
            lambda place, reason: panel.strip.show_trouble(place, told(reason))
        )
        inspection.pictured.connect(panel.show_photo)
        inspection.unreadable.connect(panel.show_unreadable)
        inspection.detailed.connect(panel.facts.show_details)
        inspection.captioned.connect(panel.captions.show_captions)
        inspection.captions_failed.connect(panel.captions.show_failure)
        inspection.resembled.connect(panel.similar.show_found)
        inspection.similar_failed.connect(panel.similar.show_failure)
        panel.captions.keep_wanted.connect(self._keep)
        panel.captions.export_wanted.connect(self._export)
        keeper.done.connect(self._on_done)
        keeper.failed.connect(self._on_refused)

    def take(self, paths: list[Path]) -> None:
        """Show what was dropped or pasted; each file once."""
        query = self._current_query()
        # A drop also searches by the photo: what was typed before would be gone with it.
        self._words = query.text if isinstance(query, TextQuery) else ""
        self._searched = with_photo("", paths[0])
        self._dock.open(self.panel)
        dropped = list(dict.fromkeys(paths))
        files = dropped[:MOST]
        self.panel.show_photos(files, len(dropped))
        if len(files) > 1:
            self._pictures.begin(files)
        self.panel.show_query(self._words)

    def stop(self) -> None:
        """Ask nothing more."""
        self._pictures.stop()
        self._inspection.stop()

    def _on_shown(self) -> None:
        if self._dock.current is not self.panel:
            self._inspection.stop()

    def _look_at(self, path: Path) -> None:
        # What is written beside a temporary file would go with it.
        is_lasting = not path.is_relative_to(self._temporary_dir)
        self.panel.captions.editor.export_button.setVisible(is_lasting)
        self._inspection.look_at(Subject(path), NewestQuery())

    def _add(self, path: Path) -> None:
        """Put the photo behind the words that are searched for, or were before the drop."""
        query = self._current_query()
        words = query.text if isinstance(query, TextQuery) else self._words
        if words.strip() == self._searched:  # the drop put it there, in place of what was typed
            words = self._words
        if with_photo("", path) not in words:
            words = with_photo(words, path)
        self._words = words
        self.panel.show_query("")
        self._type_query(words)

    def _keep(self, caption: str) -> None:
        if self.panel.path is not None:
            self._keeper.keep(self.panel.path, caption)

    def _export(self, caption: str) -> None:
        if self.panel.path is not None:
            self._keeper.export(self.panel.path, caption)

    def _on_done(self, photo: Path, words: str) -> None:
        if self.panel.path == photo:
            self.panel.captions.say(words)

    def _on_refused(self, photo: Path, report: ErrorReport) -> None:
        self._on_done(photo, f"{report.message} {report.hint}".strip())
