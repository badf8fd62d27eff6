"""What was dropped: the photo, its captions, its facts, and what looks like it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui import wording
from desktop_app.gui.drop.photo_strip import PhotoStrip
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.inspector.caption_section import CaptionSection
from desktop_app.gui.inspector.facts_section import FactsSection
from desktop_app.gui.inspector.inspector_panel import lay_out
from desktop_app.gui.inspector.messages import SimilarPhotos
from desktop_app.gui.inspector.photo_view import PhotoView
from desktop_app.gui.inspector.section import PanelHead, Section, wrapped_label
from desktop_app.gui.messages import ErrorReport
from desktop_app.library.search import SearchHit

SIMILAR_SIDE = 76


class SimilarSection(Section):
    """The photos of the library that are most like it."""

    opened = Signal(object)
    """The ``SearchHit`` of a double click or Enter."""

    menu_wanted = Signal(object, QPoint)
    """The ``SearchHit`` whose menu is to open, and where on the screen."""

    def __init__(self) -> None:
        super().__init__(self.tr("Similar photos"))
        self.hits: tuple[SearchHit, ...] = ()
        self.note = wrapped_label("muted")
        self.strip = PhotoStrip(self.tr("Similar photos"), SIMILAR_SIDE, is_wrapped=True)
        self.column.addWidget(self.note)
        self.column.addWidget(self.strip)
        self.strip.opened.connect(lambda row: self.opened.emit(self.hits[row]))
        self.strip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.strip.customContextMenuRequested.connect(self._ask_for_menu)
        self.clear()

    def clear(self) -> None:
        """Nothing is known yet."""
        self._show((), self.tr("Looking for similar photos…"))

    def show_found(self, found: SimilarPhotos) -> None:
        """Show what was found."""
        hits = found.hits
        self._show(hits, "" if hits else self.tr("There are no photos in your library yet."))
        for row, hit in enumerate(hits):
            if hit.score is not None:
                score = wording.score(hit.score)
                item = self.strip.item(row)
                item.setToolTip(f"{hit.photo.path}\n{score}")
                spoken = self.tr("{name}, score {score}").format(name=item.text(), score=score)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.strip.show_picture(row, found.pictures[row])

    def show_failure(self, report: ErrorReport) -> None:
        """Why there are none."""
        self._show((), f"{wording.sentence(report.message)} {report.hint}".strip())

    def _ask_for_menu(self, at: QPoint) -> None:
        index = self.strip.indexAt(at)
        if index.isValid():
            self.menu_wanted.emit(self.hits[index.row()], self.strip.viewport().mapToGlobal(at))

    def _show(self, hits: tuple[SearchHit, ...], note: str) -> None:
        self.hits = hits
        self.strip.show_names([hit.photo.path for hit in hits])
        self.strip.setVisible(bool(hits))
        self.note.setText(note)
        self.note.setVisible(bool(note))


class DropPanel(QFrame):
    """Shows one of the dropped photos; finds out nothing by itself."""

    close_wanted = Signal()
    chosen = Signal(object)
    """The ``Path`` of the dropped photo that is looked at from now on."""

    add_wanted = Signal(object)
    """The ``Path`` of a photo that the query should have, too."""

    search_wanted = Signal(object)
    """The ``Path`` of a photo to search by, alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dropPanel")
        self.paths: list[Path] = []
        self.path: Path | None = None
        self.head = PanelHead("", self.tr("Close the panel of dropped photos"))
        self.strip = PhotoStrip(self.tr("Dropped photos"))
        self.view = PhotoView()
        self.name = wrapped_label()
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.trouble = wrapped_label()
        self.add_button = QPushButton(self.tr("Add to query"))
        self.add_button.setProperty("role", "primary")
        self.search_button = QPushButton(self.tr("Search by this photo"))
        self.query_note = wrapped_label("muted")
        self.captions = CaptionSection()
        self.similar = SimilarSection()
        self.facts = FactsSection()
        self._buttons = QWidget()
        row = FlowLayout(self._buttons)
        row.addWidget(self.add_button)
        row.addWidget(self.search_button)
        self._rest = QWidget()
        column = QVBoxLayout(self._rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for widget in (self._buttons, self.query_note, self.captions, self.similar, self.facts):
            column.addWidget(widget)
        self.head.close_button.clicked.connect(self.close_wanted)
        self.strip.chosen.connect(lambda row: self._choose(self.paths[row]))
        self.add_button.clicked.connect(lambda: self.add_wanted.emit(self.path))
        self.search_button.clicked.connect(lambda: self.search_wanted.emit(self.path))
        name = self.tr("Dropped photos")
        lay_out(self, name, self.head, self.strip, self.view, self.name, self.trouble, self._rest)

    def show_photos(self, paths: list[Path], dropped: int) -> None:
        """Begin with what was dropped, perhaps not all of it, and look at the first of it."""
        self.paths = paths
        count = len(paths)
        words = self.tr("{n} dropped photos") if count > 1 else self.tr("Dropped photo")
        if dropped > count:
            words = self.tr("{n} of {all} dropped photos")
        self.head.title.setText(words.format(n=wording.number(count), all=wording.number(dropped)))
        self.strip.show_names(paths)
        self.strip.setVisible(count > 1)
        self._choose(paths[0])
        if count > 1:
            self.strip.blockSignals(True)
            self.strip.setCurrentRow(0)
            self.strip.blockSignals(False)

    def show_photo(self, image: QImage) -> None:
        """The photo itself."""
        self.view.show_picture(image, self.name.text())

    def show_unreadable(self, report: ErrorReport) -> None:
        """Explain why a file cannot be used; the others of the drop can still be chosen."""
        reason = f"{wording.sentence(report.message)} {report.hint}".strip()
        self.trouble.setText(self.tr("This file cannot be used. {reason}").format(reason=reason))
        self.trouble.show()
        self._rest.hide()

    def show_query(self, words: str) -> None:
        """Say what the photo would be added to."""
        text = self.tr("It is added to what you searched for before: {query}").format(query=words)
        _show(self.query_note, text if words else "")

    def _choose(self, path: Path) -> None:
        self.path = path
        self.view.show_picture(QImage(), "")
        self.name.setText(path.name)
        self.name.setToolTip(str(path))
        self.trouble.hide()
        self.captions.clear()
        self.similar.clear()
        self.facts.clear()
        self._rest.show()
        self.chosen.emit(path)


def _show(label: QLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
