"""Another program on the same screen: takes its picture, and offers a file to drag away.

Lines on stdin: ``shoot PATH``, ``offer PATH`` (a small window shows it), ``hide``. Each is
answered by ``done`` on stdout.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QSocketNotifier, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

SIDE = 120
TITLE = "a file manager"


class DragSource(QLabel):
    """A file that can be dragged out of a window."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setStyleSheet("background: #f3d9a4; color: black;")
        self.setFixedSize(SIDE, SIDE)
        self._path = Path()

    def offer(self, path: Path) -> None:
        self._path = path
        self.setText(path.name)
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.move(QPoint(screen.right() - SIDE - 10, screen.bottom() - SIDE - 40))
        self.show()
        self.raise_()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self._path))])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)


class Companion(QObject):
    """Does what stdin says."""

    def __init__(self) -> None:
        super().__init__()
        self._source = DragSource()
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._read)

    def _read(self) -> None:
        word, _, rest = sys.stdin.readline().strip().partition(" ")
        if word == "shoot":
            QGuiApplication.primaryScreen().grabWindow(0).save(rest)
        elif word == "offer":
            self._source.offer(Path(rest))
        elif word == "hide":
            self._source.hide()
        else:  # the end of the input
            QApplication.quit()
        print("done", flush=True)


def main() -> int:
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    companion = Companion()
    code = app.exec()
    companion.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
