"""A button whose words are shortened where there is too little room for them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

LEAST_WIDTH = 60


class ElidedButton(QToolButton):
    """Its text is the whole of it: only what is painted is shortened, with three dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> str:
        """What is painted; ``&&`` is one character, as in ``text``."""
        words = self.text().replace("&&", "&")
        metrics = self.fontMetrics()
        lacking = self.sizeHint().width() - self.width()
        if lacking <= 0:  # asked first: letters have fractions of pixels
            return self.text()
        room = max(0, metrics.horizontalAdvance(words) - lacking)
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room).replace("&", "&&")

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        hint = self.sizeHint()
        return QSize(min(LEAST_WIDTH, hint.width()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button as ever, with the shortened text."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = self.shown
        painter = QStylePainter(self)  # in a with statement it would be a plain QPainter
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.end()
