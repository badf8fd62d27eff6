"""Where a photo lies in the window: fitted or at a scale of its own, turned by quarters."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

LARGEST_ZOOM = 16.0
"""Device pixels a photo pixel may take on each side."""

FIT_ENLARGES_TO = 2.0
"""A small photo is fitted to at most twice its pixels: beyond, only blur would grow."""

_FULL_TURN = 4
_NEARLY = 1.001


class ViewPlace:
    """The arithmetic of zooming, panning and turning; knows no widget.

    Lengths of the view are in logical pixels, those of the photo in its own; "turned" is the
    photo as it is looked at, with its upper left corner at (0, 0).
    """

    def __init__(self) -> None:
        self._photo = QSizeF(1, 1)
        self._view = QSizeF(1, 1)
        self._ratio = 1.0
        self._quarters = 0
        self._scale = 1.0
        self._centre = QPointF()
        self.is_fitted = True

    @property
    def quarters(self) -> int:
        """How often the photo is turned to the right, 0 to 3."""
        return self._quarters

    @property
    def zoom(self) -> float:
        """Device pixels of the view for one of the photo; 1 is 100 %."""
        return self._scale * self._ratio

    @property
    def can_pan(self) -> bool:
        """Whether a part of the photo is outside the view."""
        size = self._turned() * self._scale
        return (
            size.width() > self._view.width() * _NEARLY
            or size.height() > self._view.height() * _NEARLY
        )

    @property
    def shown(self) -> QRectF:
        """Where the whole photo lies in the view, even if parts are outside."""
        return self.transform().mapRect(QRectF(QPointF(), self._photo))

    def fit_zoom(self, size: QSizeF) -> float:
        """The zoom that a photo of this size, upright, would be fitted with."""
        return self._ratio * min(
            self._view.width() / max(1.0, size.width()),
            self._view.height() / max(1.0, size.height()),
            FIT_ENLARGES_TO / self._ratio,
        )

    def set_photo(self, size: QSizeF) -> None:
        """Another photo, or the same with other numbers: upright and fitted."""
        self._photo = QSizeF(max(1.0, size.width()), max(1.0, size.height()))
        self._quarters = 0
        self.fit()

    def set_view(self, size: QSizeF, ratio: float) -> None:
        """The window has another size, or another number of device pixels to a logical one."""
        zoom = self.zoom
        self._view = QSizeF(max(1.0, size.width()), max(1.0, size.height()))
        self._ratio = ratio
        if self.is_fitted:
            self.fit()
        else:
            self._scale = zoom / ratio
            self._stay_inside()

    def fit(self) -> None:
        """Show all of it."""
        turned = self._turned()
        self._scale = self._fit_scale()
        self._centre = QPointF(turned.width() / 2, turned.height() / 2)
        self.is_fitted = True

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Show it at a zoom; what is at the point ``at`` of the view, its middle, stays there."""
        middle = QPointF(self._view.width() / 2, self._view.height() / 2)
        offset = (middle if at is None else at) - middle
        least = min(self._fit_scale(), 1 / self._ratio)
        most = max(self._fit_scale(), LARGEST_ZOOM / self._ratio)
        scale = max(least, min(most, zoom / self._ratio))
        self._centre += offset / self._scale - offset / scale
        self._scale = scale
        self.is_fitted = False
        self._stay_inside()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller; zooming out ends where all of the photo is seen."""
        wanted = self._scale * factor
        fitted = self._fit_scale()
        if factor < 1 and wanted <= fitted < self._scale * _NEARLY:
            self.fit()
            return
        self.zoom_to(wanted * self._ratio, at)

    def pan(self, offset: QPointF) -> None:
        """Move the photo by so many pixels of the view."""
        self._centre -= offset / self._scale
        self._stay_inside()

    def turn(self, quarters: int) -> None:
        """Turn what is looked at, to the right for a positive number; the file stays as it is."""
        for _ in range(quarters % _FULL_TURN):
            self._quarters = (self._quarters + 1) % _FULL_TURN
            # the turned photo is now as wide as it was high
            self._centre = QPointF(self._turned().width() - self._centre.y(), self._centre.x())
        if self.is_fitted:
            self.fit()
        else:
            self._stay_inside()

    def transform(self) -> QTransform:
        """From the photo's pixels to the view's."""
        place = QTransform.fromTranslate(self._view.width() / 2, self._view.height() / 2)
        place.scale(self._scale, self._scale)
        place.translate(-self._centre.x(), -self._centre.y())
        return self._turning() * place

    def _turning(self) -> QTransform:
        width, height = self._photo.width(), self._photo.height()
        return (
            QTransform(),
            QTransform(0, 1, -1, 0, height, 0),
            QTransform(-1, 0, 0, -1, width, height),
            QTransform(0, -1, 1, 0, 0, width),
        )[self._quarters]

    def _turned(self) -> QSizeF:
        return self._photo.transposed() if self._quarters % 2 else self._photo

    def _fit_scale(self) -> float:
        return self.fit_zoom(self._turned()) / self._ratio

    def _stay_inside(self) -> None:
        """No empty edge where the photo is larger than the view, else in its middle."""
        turned = self._turned()
        self._centre = QPointF(
            _inside(self._centre.x(), turned.width(), self._view.width() / self._scale),
            _inside(self._centre.y(), turned.height(), self._view.height() / self._scale),
        )


def _inside(centre: float, length: float, seen: float) -> float:
    if length <= seen:
        return length / 2
    return max(seen / 2, min(length - seen / 2, centre))
