"""A card in the side panel about work that goes on: what, how far, and two buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop_app.gui.glyphs import GlyphButton

BAR_STEPS = 1000


class WorkCard(QFrame):
    """Where things stand on such a card; what they say is for who derives from it."""

    def __init__(
        self, bar_name: str, pause_label: str, cancel_label: str, parent: QWidget | None = None
    ) -> None:
        """Build it, hidden; the three are names for who cannot see bar and buttons."""
        super().__init__(parent)
        self.setObjectName("progressCard")
        self.title = QLabel()
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(bar_name)
        self.pause_button = GlyphButton("pause", pause_label, 28, 16)
        self.cancel_button = GlyphButton("close", cancel_label, 28, 14)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title, 1)
        head.addWidget(self.pause_button)
        head.addWidget(self.cancel_button)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 4, 0)
        self._lines.setSpacing(4)
        self._lines.addWidget(self.bar)
        self._lines.addSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 12)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(self._lines)
        self.count = self.add_line()
        self.hide()

    def add_line(self) -> QLabel:
        """One more line of quiet words below the bar."""
        line = QLabel()
        line.setProperty("tone", "muted")
        self._lines.addWidget(line)
        return line

    def show_part(self, done: float, total: float) -> None:
        """Fill the bar; where nobody knows how much there is, it moves to and fro."""
        self.bar.setRange(0, BAR_STEPS if total > 0 else 0)
        self.bar.setValue(round(BAR_STEPS * done / max(1, total)))

    def show_paused(self, is_paused: bool, label: str) -> None:
        """What the first button does now."""
        self.pause_button.set_glyph("play" if is_paused else "pause")
        self.pause_button.set_label(label)
