"""A line of words that is shortened to the room there is, and tells all of them all the same."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget


class ElidedLabel(QLabel):
    """Its text is the whole of it: only what is painted is shortened, with three dots."""

    def __init__(
        self, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.explanation = ""
        """What the tool tip says besides."""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def shown(self) -> str:
        """What is painted."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The shortened text; what is left out is in the tool tip."""
        shown = self.shown
        lines = ["" if shown == self.text() else self.text(), self.explanation]
        if (tip := "\n".join(line for line in lines if line)) != self.toolTip():
            self.setToolTip(tip)
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                self.contentsRect(),
                int(align),
                self.palette(),
                self.isEnabled(),
                shown,
                self.foregroundRole(),
            )
