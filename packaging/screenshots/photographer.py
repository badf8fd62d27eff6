"""The photographer: a running program, and pictures of its window and dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QDeadlineTimer,
    QEventLoop,
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QUrl,
)
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImageWriter, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.messages import TextQuery
from desktop_app.gui.program import Program
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings, Theme

SIZE = (1280, 800)
PATIENCE_MS = 180_000
SETTLED_MS = 600
QUALITY = 88
"""Of WebP: letters stay sharp, and a picture takes some 60 kB."""


class Photographer:
    """Opens the program on one data folder; a picture's name ends in ``-dark`` in the dark."""

    def __init__(self, app: QApplication, data_dir: Path, out: Path, theme: Theme) -> None:
        self._out = out
        self._suffix = "-dark" if theme == "dark" else ""
        paths = DataPaths(data_dir)
        paths.create()
        self.program = Program(app, paths, None, Settings(theme=theme))
        self.window = self.program.window
        self.window.resize(*SIZE)
        self.program.start()
        self.wait(lambda: self.program.session.library is not None)
        self.wait_idle()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the program run until something holds.

        Raises:
            TimeoutError: it does not come to hold.
        """
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not condition():
            if deadline.hasExpired():
                raise TimeoutError("the window did not get there")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def wait_idle(self) -> None:
        """Wait for the indexer, and for the last refresh after it."""
        self.wait(lambda: self.program.indexer.state is IndexerState.IDLE)
        QTest.qWait(2500)

    def wait_answer(self) -> None:
        """Wait for the answer to what is in the search field."""
        self.wait(lambda: self.window.status.text().endswith(" ms"))
        QTest.qWait(SETTLED_MS)

    def search(self, words: str) -> None:
        """Type words and wait for their answer, and for the matcher's second look."""
        bar = self.window.search_bar
        bar.clear()
        QTest.keyClicks(bar.text, words)
        self.wait(lambda: self.program.controller.query == TextQuery(words))
        self.wait_answer()
        QTest.qWait(2 * SETTLED_MS)

    def wait_words(self, widget: QWidget) -> None:
        """Wait until nothing in a widget says that it is still looking."""

        def is_looking() -> bool:
            labels = [label for label in widget.findChildren(QLabel) if label.isVisible()]
            return any(label.text().rstrip().endswith("…") for label in labels)

        self.wait(lambda: not is_looking())
        QTest.qWait(SETTLED_MS)

    def select(self, row: int) -> None:
        """Select one photo of the grid."""
        self.window.grid.setCurrentIndex(self.window.model.index(row, 0))
        QTest.qWait(SETTLED_MS)

    def drop(self, *paths: Path) -> None:
        """Drop files onto the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            self.window, QDragEnterEvent(QPoint(700, 400), copy, mime, button, none)
        )
        QApplication.sendEvent(self.window, QDropEvent(QPointF(700, 400), copy, mime, button, none))

    def shoot(self, name: str, dialog: QWidget | None = None) -> None:
        """Save what the window shows, with a dialog in front of it where one is given.

        Raises:
            OSError: the picture cannot be written.
        """
        QApplication.processEvents()
        picture = self.window.grab()
        if dialog is not None:
            is_popup = dialog.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            place = self.window.mapFromGlobal(dialog.pos()) if is_popup else None
            _lay_over(picture, dialog.grab(), place)
        self._out.mkdir(parents=True, exist_ok=True)
        file = self._out / f"{name}{self._suffix}.webp"
        writer = QImageWriter(str(file), QByteArray(b"webp"))
        writer.setQuality(QUALITY)
        if not writer.write(picture.toImage()):
            raise OSError(f"{file.name} cannot be written: {writer.errorString()}")

    def close(self) -> None:
        """End the program."""
        self.program.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()


def _lay_over(picture: QPixmap, dialog: QPixmap, place: QPoint | None) -> None:
    """Draw a list at its place, or a dialog in the middle of a window that is dimmed behind it."""
    painter = QPainter(picture)
    area = QRect(QPoint(), dialog.deviceIndependentSize().toSize())
    if place is None:
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
        area.moveCenter(picture.rect().center())
    else:
        area.moveTopLeft(place)
    painter.drawPixmap(area, dialog)
    painter.setPen(QColor(128, 128, 128))
    painter.drawRect(area)
    painter.end()
