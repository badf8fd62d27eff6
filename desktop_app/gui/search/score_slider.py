"""How the library scores for the query, and the bar of what is likely, which can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSlider, QWidget

from desktop_app.gui import wording
from desktop_app.gui.key_table import KeyLine, KeyTable
from desktop_app.library.relevance import ScorePicture

STEPS = 100
"""Of the slider for a strictness of 1."""
_SIZE = QSize(156, 34)
_MARGIN = 7.0
_KNOB = 4.5
_AUTOMATIC = "automatic"
_KEYS = KeyTable({_AUTOMATIC: (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0)})


class ScoreSlider(QSlider):
    """A histogram of the scores of the library's photos for one query.

    What lies right of the bar is likely. The bar stands where the relevance measure puts it until
    a person drags it: the slider's value is the strictness in hundredths, 0 is automatic. The
    picture moves with the query, the value stays.
    """

    strictness_changed = Signal(float)
    """-1 to 1: a person moved the bar."""

    def __init__(self, strictness: float = 0.0, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(-STEPS, STEPS)
        self.setSingleStep(5)
        self.setPageStep(25)
        self.setValue(round(strictness * STEPS))
        self.setFixedSize(_SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName(self.tr("Relevance: where likely results begin"))
        self._picture: ScorePicture | None = None
        self._automatic = 0.0
        self.valueChanged.connect(self._on_value)
        self._describe()
        self.hide()

    @property
    def strictness(self) -> float:
        """-1 to 1: how far the bar is moved from where it would stand by itself."""
        return self.value() / STEPS

    @property
    def picture(self) -> ScorePicture | None:
        """What is shown."""
        return self._picture

    @property
    def likely_from(self) -> float:
        """The score at which the bar stands now."""
        step = self._picture.per_strictness if self._picture is not None else 0.0
        return self._automatic + self.strictness * step

    def show_picture(self, picture: ScorePicture | None, strictness: float = 0.0) -> None:
        """Show how the library scores; None, or no photos, hides the slider.

        Args:
            picture: as the search service gives it.
            strictness: what the service's bar stood at when it did.
        """
        self._picture = picture if picture is not None and picture.photos else None
        if self._picture is not None:
            per = self._picture.per_strictness
            self._automatic = self._picture.likely_from - strictness * per
        self._describe()
        self.setVisible(self._picture is not None)
        self.update()

    def x_of(self, score: float) -> float:
        """Where in the widget a score is drawn."""
        lowest, highest = self._span()
        share = (score - lowest) / (highest - lowest)
        if self._is_mirrored():
            share = 1 - share
        return _MARGIN + share * (self.width() - 2 * _MARGIN)

    def sizeHint(self) -> QSize:
        """Small: it stands in a line with words."""
        return _SIZE

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The bar jumps to the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._move_to(event.position().x())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The bar follows the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more: the bar stands where it was let go."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to where the bar stands by itself."""
        self.setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete goes back to automatic; arrows, pages, Home and End are any slider's."""
        if _KEYS.command_of(event) is not None:
            self.setValue(0)
            return
        super().keyPressEvent(event)

    def key_lines(self) -> list[KeyLine]:
        """What its own keys do."""
        return [(self.tr("Where likely ends by itself"), _KEYS.keys_of(_AUTOMATIC))]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Columns, the automatic place, the bar."""
        picture = self._picture
        if picture is None:
            return
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        quiet = palette.color(QPalette.ColorRole.Mid)
        text = palette.color(QPalette.ColorRole.Text)
        base = self.height() - 5.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(accent, 1))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
            self._paint_columns(painter, picture, base, (quiet, accent))
            painter.setPen(QPen(quiet, 1))
            painter.drawLine(QLineF(_MARGIN, base, self.width() - _MARGIN, base))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1.2))
            home = self.x_of(self._automatic)
            painter.drawLine(QLineF(home, base, home, base + 3.5))
            at = self.x_of(self.likely_from)
            painter.setPen(QPen(text, 1.6))
            painter.drawLine(QLineF(at, 4.0, at, base))
            painter.setBrush(accent)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Window), 1))
            painter.drawEllipse(QRectF(at - _KNOB, 2.0, 2 * _KNOB, 2 * _KNOB))

    def _paint_columns(
        self, painter: QPainter, picture: ScorePicture, base: float, colours: tuple[QColor, QColor]
    ) -> None:
        # roots, because the few photos that matter would be no pixel high beside the many others
        most = max(picture.counts) ** 0.5
        width = (picture.highest - picture.lowest) / len(picture.counts)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, count in enumerate(picture.counts):
            if not count:
                continue
            score = picture.lowest + number * width
            ends = sorted((self.x_of(score), self.x_of(score + width)))
            height = max(1.5, (count**0.5 / most) * (base - 9.0))
            painter.setBrush(colours[score + width / 2 >= self.likely_from])
            painter.drawRect(QRectF(ends[0], base - height, max(1.0, ends[1] - ends[0]), height))

    def _span(self) -> tuple[float, float]:
        """The scores at both ends: all photos, and everywhere that the bar can be put."""
        picture = self._picture
        if picture is None:
            return 0.0, 1.0
        reach = picture.per_strictness
        lowest = min(picture.lowest, self._automatic - reach)
        highest = max(picture.highest, self._automatic + reach)
        return lowest, max(highest, lowest + 1e-6)

    def _move_to(self, x: float) -> None:
        picture = self._picture
        if picture is None or picture.per_strictness <= 0:
            return
        lowest, highest = self._span()
        share = (x - _MARGIN) / (self.width() - 2 * _MARGIN)
        if self._is_mirrored():
            share = 1 - share
        score = lowest + share * (highest - lowest)
        self.setValue(round((score - self._automatic) / picture.per_strictness * STEPS))

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _on_value(self) -> None:
        self._describe()
        self.update()
        self.strictness_changed.emit(self.strictness)

    def _describe(self) -> None:
        if self.value() == 0:
            place = self.tr("The bar stands where it fits this search.")
        elif self.value() > 0:
            place = self.tr("Stricter than usual: fewer results count as likely.")
        else:
            place = self.tr("Looser than usual: more results count as likely.")
        score = ""
        if self._picture is not None:
            words = self.tr("Likely from a score of {score} on.")
            score = words.format(score=wording.score(self.likely_from))
        back = self.tr("Double-click or Delete: back to automatic.")
        self.setAccessibleDescription(f"{score} {place}".strip())
        self.setToolTip("\n".join(line for line in (score, place, back) if line))
