"""The line above the photo: what it is, which of how many, and a button for each command."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop_app.gui import wording
from desktop_app.gui.elided_label import ElidedLabel
from desktop_app.gui.glyphs import GlyphButton, GlyphName
from desktop_app.gui.viewer.viewer_keys import Command, keys_of, words_of

HEIGHT = 48


class ViewerBar(QFrame):
    """Says what is shown; its buttons only emit."""

    wanted = Signal(object)
    """The ``Command`` of a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerBar")
        self.setMinimumHeight(HEIGHT)
        self.name = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.position = QLabel()
        self.position.setProperty("tone", "muted")
        self.zoom = QLabel()
        self.zoom.setProperty("tone", "muted")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1600 %") + 8)
        self.buttons: dict[Command, GlyphButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(4)
        line.addWidget(self._button("back", Command.BACK))
        line.addSpacing(6)
        line.addWidget(self.name, 1)
        line.addWidget(self.position)
        line.addSpacing(6)
        line.addWidget(self._button("previous", Command.PREVIOUS))
        line.addWidget(self._button("next", Command.NEXT))
        line.addSpacing(10)
        line.addWidget(self._button("zoom_out", Command.ZOOM_OUT))
        line.addWidget(self.zoom)
        line.addWidget(self._button("zoom_in", Command.ZOOM_IN))
        line.addWidget(self._button("fit", Command.FIT))
        line.addWidget(self._button("actual_size", Command.ACTUAL_SIZE))
        line.addSpacing(10)
        line.addWidget(self._button("turn_left", Command.TURN_LEFT))
        line.addWidget(self._button("turn_right", Command.TURN_RIGHT))
        line.addSpacing(10)
        line.addWidget(self._button("filmstrip", Command.FILMSTRIP))
        line.addWidget(self._button("play", Command.SLIDESHOW))
        line.addWidget(self._button("full_screen", Command.FULL_SCREEN))

    def show_photo(self, name: str, row: int, count: int) -> None:
        """Name the photo, and which one it is of how many."""
        self.name.setText(name)
        self.position.setText(
            self.tr("{n} of {count}").format(n=wording.number(row + 1), count=wording.number(count))
        )
        self.buttons[Command.PREVIOUS].setEnabled(row > 0)
        self.buttons[Command.NEXT].setEnabled(row < count - 1)

    def show_zoom(self, zoom: float) -> None:
        """Show a zoom as per cent."""
        self.zoom.setText(f"{round(zoom * 100)} %")

    def show_slideshow(self, is_running: bool) -> None:
        """The button pauses what runs."""
        self.buttons[Command.SLIDESHOW].set_glyph("pause" if is_running else "play")

    def show_full_screen(self, is_full: bool) -> None:
        """The button leads back."""
        glyph: GlyphName = "leave_full_screen" if is_full else "full_screen"
        self.buttons[Command.FULL_SCREEN].set_glyph(glyph)

    def _button(self, glyph: GlyphName, command: Command) -> GlyphButton:
        button = GlyphButton(glyph, words_of(command), 34, 18)
        button.setToolTip(f"{words_of(command)} ({keys_of(command)})")
        button.clicked.connect(lambda _=False: self.wanted.emit(command))
        self.buttons[command] = button
        return button
