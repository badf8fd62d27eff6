"""A sentence at the lower edge of the photo: what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

WIDEST = 560
EDGE = 16


class Notice(QLabel):
    """Lies over its parent and lets the mouse through."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("viewerNotice")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence until it is hidden."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self._place()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where it is when the photo gets more room, or less."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.ensurePolished()
        room = self._over.size()
        width = min(WIDEST, room.width() - 2 * EDGE)
        height = self.heightForWidth(width)
        self.setGeometry((room.width() - width) // 2, room.height() - height - EDGE, width, height)
