"""Why a photo matched: a button for each word, and what its score is made of."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from desktop_app.gui import wording
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.inspector.kernel_words import kernel_words
from desktop_app.gui.inspector.messages import ShownReasons
from desktop_app.gui.inspector.section import Section, wrapped_label
from desktop_app.gui.messages import ErrorReport
from desktop_app.library.explaining import WordMap

BAR_WIDTH, BAR_HEIGHT = 84, 8
MOST_WORDS = 12


class ShareBar(QWidget):
    """A number as a bar; to the other side, in another colour, where it is negative."""

    def __init__(self, share: float, largest: float) -> None:
        super().__init__()
        self._part = share / largest if largest else 0.0
        self.setFixedSize(BAR_WIDTH, BAR_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A groove, and the bar in it."""
        role = QPalette.ColorRole
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            area = QRectF(self.rect())
            painter.setBrush(self.palette().color(role.Midlight))
            painter.drawRoundedRect(area, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
            length = abs(self._part) * area.width()
            if length < 1:
                return
            is_helping = self._part > 0
            painter.setBrush(
                self.palette().color(role.Highlight if is_helping else role.PlaceholderText)
            )
            left = area.left() if is_helping else area.right() - length
            bar = QRectF(left, area.top(), length, area.height())
            painter.drawRoundedRect(bar, BAR_HEIGHT / 2, BAR_HEIGHT / 2)


class MatchSection(Section):
    """The words of the query and the parts of the score."""

    layer_wanted = Signal(QImage, str)
    """A picture of the photo under heat, and what it shows; null: the photo itself."""

    def __init__(self) -> None:
        super().__init__(self.tr("Why it matched"))
        self.match = wrapped_label()
        self.words_note = wrapped_label("muted")
        self.score = wrapped_label()
        self.kernels_note = wrapped_label("muted")
        self.word_buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._layers: list[tuple[QImage, str]] = []
        self._row = QWidget()
        self._buttons = FlowLayout(self._row)
        self._table_area = QWidget()
        self._table = QGridLayout(self._table_area)
        self._table.setContentsMargins(0, 0, 0, 0)
        self._table.setHorizontalSpacing(10)
        self._table.setVerticalSpacing(4)
        self._table.setColumnStretch(0, 1)
        self._cells: list[QWidget] = []
        self.shares: list[tuple[str, str]] = []
        """What the table says: titles and numbers, as they are written."""
        for widget in (
            self.match,
            self._row,
            self.words_note,
            self.score,
            self._table_area,
            self.kernels_note,
        ):
            self.column.addWidget(widget)
        self._group.buttonClicked.connect(self._on_word)
        self.clear()

    def clear(self) -> None:
        """Nothing is known yet."""
        for button in self.word_buttons:
            self._group.removeButton(button)
        self._buttons.clear()
        self.word_buttons, self._layers = [], []
        for cell in self._cells:
            self._table.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells, self.shares = [], []
        self._row.hide()
        self._table_area.hide()
        _say(self.match, self.tr("Looking for reasons…"))
        for label in (self.words_note, self.score, self.kernels_note):
            _say(label, "")

    def show_failure(self, report: ErrorReport) -> None:
        """Why there are no reasons."""
        self.clear()
        _say(self.match, f"{report.message} {report.hint}".strip())

    def show_reasons(self, shown: ShownReasons, likely_from: float | None) -> None:
        """Show what was found; ``likely_from`` is the score from which on hits are likely."""
        self.clear()
        self._show_words(shown)
        self._show_score(shown, likely_from)

    # -- words -----------------------------------------------------------------------------

    def _show_words(self, shown: ShownReasons) -> None:
        why = shown.why
        match = "" if why.match is None else self.tr("The words describe it: {n} % sure.")
        _say(self.match, match.format(n=round((why.match or 0) * 100)))
        if not shown.can_point:
            note = self.tr("This model cannot point at what answers a word: it has no matcher.")
        elif not why.words:
            note = self.tr("There are no words to point at: the search is by a photo.")
        elif not shown.layers:
            note = self.tr("There is no picture of this photo to draw on.")
        else:
            note = self.tr("Red is what answers the word best.")
            self._add_word(QImage(), self.tr("Photo only"), self.tr("The photo without colours"))
            if len(why.words) > 1:
                self._add_word(shown.together, self.tr("All words"), self.tr("All words together"))
            each = zip(why.words[:MOST_WORDS], shown.layers, strict=False)
            for word, layer in each:
                self._add_word(layer, word.word, self._described(word))
            self._row.show()
        _say(self.words_note, note)

    def _add_word(self, layer: QImage, words: str, description: str) -> None:
        button = QPushButton(words)
        button.setCheckable(True)
        button.setAutoExclusive(True)  # told as one of several, not as a box to tick
        button.setProperty("role", "word")
        button.setToolTip(description)
        button.setAccessibleDescription(description)
        button.setChecked(not self.word_buttons)
        self._group.addButton(button, len(self._layers))
        self._buttons.addWidget(button)
        self.word_buttons.append(button)
        self._layers.append((layer, description))

    def _described(self, word: WordMap) -> str:
        row, column = word.best_region
        vertical = (self.tr("top"), self.tr("middle"), self.tr("bottom"))
        horizontal = (self.tr("left"), self.tr("centre"), self.tr("right"))
        return self.tr("“{word}” fits best: {vertical}, {horizontal} ({score})").format(
            word=word.word,
            vertical=vertical[3 * row // len(word.grid)],
            horizontal=horizontal[3 * column // len(word.grid[0])],
            score=wording.score(word.best),
        )

    def _on_word(self, button: QAbstractButton) -> None:
        layer, description = self._layers[self._group.id(button)]
        self.layer_wanted.emit(layer, description)

    # -- score -----------------------------------------------------------------------------

    def _show_score(self, shown: ShownReasons, likely_from: float | None) -> None:
        why = shown.why
        words = self.tr("Score {score}").format(score=wording.score(why.score))
        if likely_from is not None:
            is_likely = why.score >= likely_from
            bar = (
                self.tr("likely, which begins at {bar}")
                if is_likely
                else self.tr("likely begins at {bar}")
            )
            bar = bar.format(bar=wording.score(likely_from))
            words = self.tr("{score} ({bar})").format(score=words, bar=bar)
        _say(self.score, wording.sentence(words))
        parts = [
            (kernel_words(kernel.name).title, kernel_words(kernel.name).meaning, kernel.share)
            for kernel in why.kernels
        ]
        if why.bonus:
            parts.append(
                (
                    self.tr("Written down"),
                    self.tr("Its caption or keywords have the words of the query."),
                    why.bonus,
                )
            )
        largest = max((abs(share) for _, _, share in parts), default=0.0)
        for title, meaning, share in parts:
            self._add_share(title, meaning, share, largest)
        self._table_area.setVisible(bool(parts))
        if not why.kernels:
            _say(self.kernels_note, self.tr("This model does not tell what its score is made of."))

    def _add_share(self, title: str, meaning: str, share: float, largest: float) -> None:
        row = len(self.shares)
        number = f"{share:+.2f}"
        label, value = QLabel(title), QLabel(number)
        label.setProperty("tone", "muted")
        bar = ShareBar(share, largest)
        for cell in (label, bar, value):
            cell.setToolTip(meaning)
        label.setAccessibleName(f"{title}: {number}")
        label.setAccessibleDescription(meaning)
        self._table.addWidget(label, row, 0)
        self._table.addWidget(bar, row, 1)
        self._table.addWidget(value, row, 2, Qt.AlignmentFlag.AlignRight)
        self._cells += [label, bar, value]
        self.shares.append((title, number))


def _say(label: QLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
