"""The photo itself: painted, zoomed with the wheel, moved with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.gui.viewer.picture import Picture
from desktop_app.gui.viewer.view_place import ViewPlace

WHEEL_STEP = 1.25
KEY_STEP = 1.5
PIXELS_FROM = 4.0
"""From this zoom on a photo's pixels are shown as squares."""
RING = 2.0
_NOTCH = 120


class PhotoCanvas(QLabel):
    """Shows one ``Picture``; sharper ones of the same photo take its place without a move.

    A label, because that is what assistive programs know as a picture; it paints itself.
    """

    zoomed = Signal()
    """The zoom, or what can be seen, is another one now."""

    moved = Signal()
    """The mouse was moved over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._frame: QImage | None = None
        self._full_size = QSize()
        self._drag_from: QPointF | None = None
        self._is_dark = False
        self._is_ringed = False
        self.place = ViewPlace()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setPixmap(QPixmap(1, 1))  # with none it would be a text to assistive programs

    @property
    def picture(self) -> Picture | None:  # type: ignore[override]
        """What is painted."""
        return self._picture

    def show_photo(self, full_size: QSize) -> None:
        """Another photo, of which nothing can be seen yet."""
        self._picture = self._frame = None
        self._full_size = full_size
        self.place.set_photo(QSizeF(full_size))
        self._changed()

    def show_picture(self, picture: Picture) -> None:
        """The photo that was announced, or the same one sharper."""
        self._picture = picture
        if picture.full_size != self._full_size:  # the file is not what the catalogue remembers
            self._full_size = picture.full_size
            self.place.set_photo(QSizeF(picture.full_size))
        self._changed()

    def show_frame(self, frame: QImage) -> None:
        """A frame of a photo that moves."""
        self._frame = frame
        self.update()

    def set_dark(self, is_dark: bool) -> None:
        """Black around the photo, as on a full screen; else the theme's colour."""
        self._is_dark = is_dark
        self.update()

    def fit(self) -> None:
        """All of the photo."""
        self.place.fit()
        self._changed()

    def actual_size(self, at: QPointF | None = None) -> None:
        """One pixel of the photo on one of the screen, whatever the system scales by."""
        self.place.zoom_to(1.0, at)
        self._changed()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller around a point, or around the middle."""
        self.place.zoom_by(factor, at)
        self._changed()

    def pan(self, x: float, y: float) -> None:
        """Move the photo by so many pixels of the window."""
        self.place.pan(QPointF(x, y))
        self._changed()

    def turn(self, quarters: int) -> None:
        """Turn what is looked at."""
        self.place.turn(quarters)
        self._changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The level that fits the zoom, without a conversion and nearly without scaling."""
        ground = self.palette().color(QPalette.ColorRole.AlternateBase)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(Qt.GlobalColor.black) if self._is_dark else ground)
            self._paint_photo(painter)
            if self._is_ringed:
                painter.resetTransform()
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), RING))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring for who comes here with Tab; everybody else sees the photo alone."""
        super().focusInEvent(event)
        reasons = Qt.FocusReason
        is_by_tab = event.reason() in (reasons.TabFocusReason, reasons.BacktabFocusReason)
        self._show_ring(is_by_tab)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See ``focusInEvent``."""
        super().focusOutEvent(event)
        self._show_ring(False)

    def _show_ring(self, is_ringed: bool) -> None:
        self._is_ringed = is_ringed
        self.update()

    def _paint_photo(self, painter: QPainter) -> None:
        picture = self._picture
        if picture is not None:
            image = self._frame or picture.level_for(self._full_size.width() * self.place.zoom)
            is_smooth = self.place.zoom < PIXELS_FROM or picture.is_preview
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
            painter.setTransform(self.place.transform(), True)
            target = QRectF(QPointF(), QSizeF(self._full_size))
            painter.drawImage(target, image, QRectF(image.rect()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again, or keep the zoom."""
        super().resizeEvent(event)
        self.place.set_view(QSizeF(self.size()), self.devicePixelRatioF())
        self._changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to what is under the pointer."""
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            self.zoom_by(WHEEL_STEP**notches, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers on a touchpad zoom too."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1.0 + event.value(), event.position())
                return True
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self.place.set_view(QSizeF(self.size()), self.devicePixelRatioF())
            self._changed()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the photo."""
        if event.button() is Qt.MouseButton.LeftButton and self.place.can_pan:
            self._drag_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it while it is held."""
        self.moved.emit()
        if self._drag_from is not None:
            offset = event.position() - self._drag_from
            self._drag_from = event.position()
            self.pan(offset.x(), offset.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._drag_from = None
        self._show_hand()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between all of the photo and its own pixels."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.place.is_fitted:
            self.actual_size(event.position())
        else:
            self.fit()

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(800, 600)

    def photo_point(self, at: QPoint) -> QPointF:
        """Which pixel of the photo is at a point of the canvas."""
        back, _ = self.place.transform().inverted()
        return back.map(QPointF(at))

    def _changed(self) -> None:
        if self._drag_from is None:
            self._show_hand()
        self.update()
        self.zoomed.emit()

    def _show_hand(self) -> None:
        if self.place.can_pan:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
