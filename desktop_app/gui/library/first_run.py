"""The first page: what the program does, what it does not, which folders, and how long it takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.glyphs import Glyph, GlyphName
from desktop_app.gui.inspector.section import link_button, wrapped_label
from desktop_app.gui.library.chosen_folders import ChosenFolders
from desktop_app.gui.library.estimate_words import explanation, headline
from desktop_app.gui.settings.pattern_editor import PatternEditor
from desktop_app.library.folder_probe import FolderEstimate

WIDEST = 620


class FirstRunPage(QScrollArea):
    """Folders are collected here, and nothing happens to them before the button is pressed."""

    choice_wanted = Signal()
    """The user wants to choose a folder."""

    folders_changed = Signal()
    """Other folders are chosen now."""

    start_wanted = Signal()
    entered = Signal()
    left = Signal()
    """The page is on the screen now, or not any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Welcome"))
        self.chosen = ChosenFolders()
        self.choose_button = QPushButton(self.tr("Choose a folder…"))
        self.choose_button.setProperty("role", "primary")
        self._pictures = pictures_folder()
        name = self._pictures.name if self._pictures is not None else ""
        self.offer = link_button(self.tr("or take “{name}”").format(name=name))
        self.estimate = wrapped_label()
        self.estimate.setFont(_bold(self.estimate.font()))
        self.explanation = wrapped_label("muted")
        self.fold_button = link_button("")
        self.patterns = PatternEditor()
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.setMinimumHeight(44)
        self.start_button.setAutoDefault(True)
        self.start_button.setProperty("role", "primary")
        self._arrange()
        self.choose_button.clicked.connect(self.choice_wanted)
        self.offer.clicked.connect(self._take_offer)
        self.chosen.changed.connect(self._on_folders)
        self.fold_button.clicked.connect(lambda: self._fold(self.patterns.isVisible()))
        self.patterns.changed.connect(self._judge)
        self.start_button.clicked.connect(self.start_wanted)
        self._fold(True)
        self._on_folders()

    def show_estimate(self, estimate: FolderEstimate | None) -> None:
        """Say what is known of the chosen folders; None: nothing yet."""
        is_known = estimate is not None and bool(self.chosen.folders)
        self.estimate.setText(headline(estimate) if estimate is not None and is_known else "")
        self.explanation.setText(explanation(estimate) if estimate is not None and is_known else "")
        self.estimate.setVisible(bool(self.estimate.text()))
        self.explanation.setVisible(bool(self.explanation.text()))

    def show_no_estimate(self) -> None:
        """The look into the folders went wrong, which does not keep anybody from starting."""
        self.estimate.setText(self.tr("How long it takes cannot be told beforehand."))
        self.estimate.setVisible(bool(self.chosen.folders))
        self.explanation.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell it, unless the whole window was only minimised."""
        super().showEvent(event)
        if not event.spontaneous():
            self.entered.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``showEvent``."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    # -- parts -----------------------------------------------------------------------------

    def _arrange(self) -> None:
        title = QLabel(self.tr("Find your photos by what is in them"))
        title.setFont(_bold(title.font(), 1.7))
        words = QLabel(
            self.tr(
                "VisITA looks at every photo once. Then you say in your own words which one you "
                "mean, or show it a photo like it."
            )
        )
        self.button_row = QHBoxLayout()
        self.button_row.addWidget(self.choose_button)
        self.button_row.addWidget(self.offer)
        self.button_row.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        layout = QVBoxLayout(column)
        layout.setSpacing(12)
        layout.addStretch(2)
        for label in (title, words):
            label.setWordWrap(True)
            layout.addWidget(label)
        words.setProperty("tone", "muted")
        layout.addLayout(self._promises())
        layout.addSpacing(6)
        layout.addWidget(self.chosen)
        layout.addLayout(self.button_row)
        layout.addWidget(self.estimate)
        layout.addWidget(self.explanation)
        layout.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.patterns)
        layout.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(3)
        whole = QWidget()
        outer = QHBoxLayout(whole)
        outer.addStretch(1)
        outer.addWidget(column, 100)
        outer.addStretch(1)
        self.setWidget(whole)

    def _promises(self) -> QGridLayout:
        lines: tuple[tuple[GlyphName, str], ...] = (
            ("info", self.tr("Everything happens here: nothing leaves this computer.")),
            (
                "photo",
                self.tr(
                    "Your photos are only read, never changed; they are copied or moved only when "
                    "you ask for it."
                ),
            ),
            (
                "clock",
                self.tr(
                    "It works in the background, and you can search from the first photo on. "
                    "Pause or quit whenever you like: it goes on where it was."
                ),
            ),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (glyph, words) in enumerate(lines):
            label = QLabel(words)
            label.setWordWrap(True)
            grid.addWidget(Glyph(glyph, 18), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, row, 1)
        return grid

    def _fold(self, is_shut: bool) -> None:
        self.patterns.setVisible(not is_shut)
        mark = "▸" if is_shut else "▾"
        words = self.tr("What is left out: hidden folders, trash, caches, and what you say")
        self.fold_button.setText(f"{mark}  {words}")
        state = self.tr("shown") if not is_shut else self.tr("not shown")
        self.fold_button.setAccessibleName(f"{words}, {state}")

    def _take_offer(self) -> None:
        if self._pictures is not None:
            self.chosen.add([self._pictures])

    def _on_folders(self) -> None:
        folders = self.chosen.folders
        self.choose_button.setText(
            self.tr("Choose another folder…") if folders else self.tr("Choose a folder…")
        )
        # One thing at a time is the next one to do.
        self.choose_button.setProperty("role", "" if folders else "primary")
        self.choose_button.style().unpolish(self.choose_button)
        self.choose_button.style().polish(self.choose_button)
        is_offered = self._pictures is not None and self._pictures.resolve() not in folders
        self.offer.setVisible(is_offered)
        is_first = bool(folders) and not self.start_button.isVisibleTo(self)
        self.start_button.setVisible(bool(folders))
        if is_first:  # Enter goes on from here
            self.start_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_estimate(None)
        self._judge()
        self.folders_changed.emit()

    def _judge(self) -> None:
        self.start_button.setEnabled(not self.patterns.problem)


def pictures_folder() -> Path | None:
    """The system's folder for pictures, if there is one with something in it."""
    place = QStandardPaths.StandardLocation.PicturesLocation
    name = QStandardPaths.writableLocation(place)
    folder = Path(name) if name else None
    try:
        if folder is None or folder == Path.home() or next(folder.iterdir(), None) is None:
            return None
    except OSError:  # not there, or not to be read
        return None
    return folder


def _bold(font: QFont, factor: float = 1.0) -> QFont:
    bold = QFont(font)
    bold.setPointSizeF(font.pointSizeF() * factor)
    bold.setBold(True)
    return bold
