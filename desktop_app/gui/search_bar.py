"""The search field: words, or one photo shown as a chip."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from desktop_app.gui.glyphs import Glyph, GlyphButton

DEBOUNCE_MS = 150
CHIP_SIDE = 32
CHIP_NAME_CHARACTERS = 28
FIELD_HEIGHT = 44


class SearchText(QLineEdit):
    """A line of text that hands pasted files and pictures on, because they are no text."""

    pasted = Signal(object)
    """The ``QMimeData`` of a paste that is not text."""

    escaped = Signal()
    focused = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, Ctrl+V may bring a photo; the rest is the line's own."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            mime = QGuiApplication.clipboard().mimeData()
            if is_photo_or_file(mime):
                self.pasted.emit(mime)
                return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The whole field shows the focus, not only the line."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See ``focusInEvent``."""
        super().focusOutEvent(event)
        self.focused.emit(False)


class PhotoChip(QFrame):
    """The photo that is searched by, with a button that goes back to words."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photoChip")
        self.setFixedHeight(CHIP_SIDE)
        self._picture = RoundPicture(CHIP_SIDE)
        self._name = QLabel()
        self.close_button = GlyphButton("close", self.tr("Stop searching by this photo"), 22, 12)
        self.close_button.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(6)
        layout.addWidget(self._picture)
        layout.addWidget(self._name)
        layout.addWidget(self.close_button)

    @property
    def has_picture(self) -> bool:
        """Whether the photo was decoded and is shown."""
        return self._picture.has_picture

    def show_photo(self, path: Path) -> None:
        """Name the photo; its picture follows."""
        self._name.setText(_shortened(path.name))
        self._name.setToolTip(str(path))
        self.setAccessibleName(self.tr("Searching by the photo {name}").format(name=path.name))
        self._picture.set_picture(QImage())

    def show_picture(self, image: QImage) -> None:
        """Show the photo itself."""
        self._picture.set_picture(image)


class RoundPicture(QWidget):
    """A picture cut to a circle; an empty disc without one."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self._pixmap = QPixmap()

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to paint."""
        return not self._pixmap.isNull()

    def set_picture(self, image: QImage) -> None:
        """Show another picture, or none when it is null."""
        self._pixmap = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the circle with the middle of the picture."""
        circle = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        brush = QBrush(self.palette().color(QPalette.ColorRole.Midlight))
        if self.has_picture:
            scale = circle.width() / min(self._pixmap.width(), self._pixmap.height())
            move = QTransform.fromTranslate(
                circle.center().x() - self._pixmap.width() * scale / 2,
                circle.center().y() - self._pixmap.height() * scale / 2,
            )
            brush = QBrush(self._pixmap)
            brush.setTransform(QTransform.fromScale(scale, scale) * move)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush)
            painter.drawEllipse(circle)


class SearchBar(QFrame):
    """Words are searched while they are typed; a photo takes their place until it is closed."""

    text_wanted = Signal(str)
    """Search by these words now; empty means the newest photos."""

    photo_closed = Signal()
    pasted = Signal(object)
    photo_file_wanted = Signal()
    """The user wants to choose a photo file to search by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchField")
        self.setFixedHeight(FIELD_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chip = PhotoChip()
        self.chip.hide()
        self.text = SearchText()
        self.text.setObjectName("searchText")
        self.text.setFrame(False)
        self.text.setAccessibleName(self.tr("Search photos by words"))
        self.clear_button = GlyphButton("close", self.tr("Clear the search"), 28, 14)
        self.clear_button.hide()
        self.photo_button = GlyphButton("photo", self.tr("Search by a photo file…"), 32, 20)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 6, 0)
        layout.setSpacing(8)
        layout.addWidget(Glyph("search", 20))
        layout.addWidget(self.chip)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.clear_button)
        layout.addWidget(self.photo_button)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE_MS)
        self._debounce.timeout.connect(self._search_now)
        self.text.textEdited.connect(self._on_edit)
        self.text.returnPressed.connect(self._search_now)
        self.text.escaped.connect(self.clear)
        self.text.pasted.connect(self.pasted)
        self.text.focused.connect(self._show_focus)
        self.clear_button.clicked.connect(self.clear)
        self.photo_button.clicked.connect(self.photo_file_wanted)
        self.chip.closed.connect(self._close_photo)
        self._name_field()

    @property
    def is_by_photo(self) -> bool:
        """Whether a photo stands in the field."""
        return not self.chip.isHidden()

    def focus(self) -> None:
        """Put the cursor into the field and select what is there."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def clear(self) -> None:
        """Back to the newest photos."""
        self._debounce.stop()
        self.text.clear()
        self._hide_chip()
        self._name_field()
        self.text_wanted.emit("")

    def type(self, text: str) -> None:
        """Put a text into the field, as if it had been typed."""
        self.text.setText(text)
        self._on_edit(text)
        self.text.setFocus()

    def show_photo(self, path: Path) -> None:
        """Say that the search is by this photo; the words go."""
        self._debounce.stop()
        self.text.clear()
        self.chip.show_photo(path)
        self.chip.show()
        self._name_field()

    def show_picture(self, image: QImage) -> None:
        """Show the photo in its chip."""
        self.chip.show_picture(image)

    def drop_photo(self) -> None:
        """The photo cannot be searched by: take its chip away without asking for anything."""
        self._hide_chip()
        self._name_field()

    def _on_edit(self, text: str) -> None:
        self._hide_chip()
        self._name_field()
        self._debounce.start()

    def _search_now(self) -> None:
        self._debounce.stop()
        if not self.is_by_photo:
            self.text_wanted.emit(self.text.text())

    def _close_photo(self) -> None:
        self._hide_chip()
        self._name_field()
        self.text.setFocus()
        self.photo_closed.emit()

    def _hide_chip(self) -> None:
        self.chip.hide()

    def _name_field(self) -> None:
        self.clear_button.setVisible(bool(self.text.text()))
        self.text.setPlaceholderText(
            self.tr("Type to search by words instead")
            if self.is_by_photo
            else self.tr("Describe a photo, or drop one here")
        )

    def _show_focus(self, has_focus: bool) -> None:
        self.setProperty("active", has_focus)
        self.style().unpolish(self)
        self.style().polish(self)


def is_photo_or_file(mime: QMimeData) -> bool:
    """Whether something other than text lies on the clipboard or is dropped."""
    return mime.hasImage() or (mime.hasUrls() and any(u.isLocalFile() for u in mime.urls()))


def _shortened(name: str) -> str:
    if len(name) <= CHIP_NAME_CHARACTERS:
        return name
    half = CHIP_NAME_CHARACTERS // 2
    return f"{name[: half - 1]}…{name[-half:]}"
