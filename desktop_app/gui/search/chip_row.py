"""The pieces of the query, side by side.

Chips and text are two views of one query, and the text is the one that counts. The chips are made
anew from what was read of it after every change, whoever made it, and hold nothing themselves. A
chip that is removed, weighed or turned round asks for another *text* (``query_edits``), which then
comes back as chips. So there is one state only, which can be typed, saved, copied, undone and sent
to the terminal as it stands, and the two views cannot come apart.

While the text makes no sense, because somebody is in the middle of typing it, the chips of the
last sense are shown greyed out: they cannot be changed, because there is nothing to change. After
a moment they are those of the text without the piece that is not understood, which joins them.
"""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop_app.errors import QuerySyntaxError
from desktop_app.gui.error_bar import THINKING_MS
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.key_table import KeyLine
from desktop_app.gui.search.query_chip import ChipWish, QueryChip, chip_key_lines
from desktop_app.gui.search.wrong_piece import WrongPiece, wrong_span
from desktop_app.library.query_edits import next_weight, read_shape, turned, weighted, without
from desktop_app.library.query_terms import ReadQuery, Term


class ChipRow(QWidget):
    """Shows what was read of a text as chips; hidden where there is none."""

    text_wanted = Signal(str)
    """The text as a person changed it by a chip."""

    edit_wanted = Signal(int, int)
    """Put the cursor into the text and select these characters."""

    picture_wanted = Signal(str)
    """A photo came into the query: its path, as it was typed."""

    left = Signal()
    """The last chip is gone: the focus should go back to the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The pieces of the search"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._layout = FlowLayout(self)
        self._read: ReadQuery | None = None
        self._chips: list[QueryChip] = []
        self.wrong = WrongPiece(self)
        self.wrong.edit_wanted.connect(self.edit_wanted)
        self._mistake: QuerySyntaxError | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(THINKING_MS)
        self._later.timeout.connect(self._show_mistake)
        self.hide()

    @property
    def chips(self) -> tuple[QueryChip, ...]:
        """The chips that are shown, in the order in which they begin in the text."""
        return tuple(chip for chip in self._chips if not chip.isHidden())

    @property
    def photo_chips(self) -> tuple[QueryChip, ...]:
        """Those that stand for photos."""
        return tuple(chip for chip in self.chips if chip.photo is not None)

    def show_query(self, read: ReadQuery | QuerySyntaxError) -> None:
        """Show what was read of the text, or why it makes no sense."""
        self._later.stop()
        self._layout.removeWidget(self.wrong)
        self.wrong.hide()
        self._read = read if isinstance(read, ReadQuery) else None
        for chip in self._chips:
            chip.setEnabled(self._read is not None)
        if isinstance(read, QuerySyntaxError):
            self._mistake = read
            self._later.start()
            self._layout.invalidate()
            self.setVisible(bool(self.chips))
            return
        self._show_terms(read)

    def show_picture(self, path: str, image: QImage) -> None:
        """Show a photo in the chips that stand for it."""
        for chip in self.photo_chips:
            if chip.photo == path:
                chip.show_picture(image)

    def key_lines(self) -> list[KeyLine]:
        """What the keys of its chips do."""
        return chip_key_lines()

    def focus_chip(self, number: int) -> None:
        """Give the keyboard to a chip, or to the nearest there is."""
        chips = self.chips
        if not chips:
            self.left.emit()
            return
        chips[min(max(number, 0), len(chips) - 1)].body.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_terms(self, read: ReadQuery) -> None:
        # the order of the results has its own menu
        terms = [term for term in read.as_typed if not isinstance(term.what, str)]
        while len(self._chips) < len(terms):
            self._add_chip()
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < len(terms))
            if number < len(terms):
                self._show_term(chip, terms[number])
        self._layout.invalidate()
        self.setVisible(bool(terms))
        self.updateGeometry()

    def _show_mistake(self) -> None:
        """Show the piece that is not understood behind those that are."""
        error = self._mistake
        assert error is not None
        self.wrong.show_mistake(error)
        start, end = wrong_span(error)
        with suppress(QuerySyntaxError):  # there may be more than one
            self._show_terms(read_shape(error.text[:start] + error.text[end:]))
        for chip in self._chips:
            chip.setEnabled(False)
        self._layout.addWidget(self.wrong)
        self.wrong.show()
        self.show()

    def _add_chip(self) -> None:
        chip = QueryChip(self)
        chip.wished.connect(lambda wish, chip=chip: self._on_wish(chip, wish))
        chip.weight_wanted.connect(lambda weight, chip=chip: self._weigh(chip, weight))
        self._chips.append(chip)
        self._layout.addWidget(chip)

    def _show_term(self, chip: QueryChip, term: Term) -> None:
        before = chip.photo
        chip.show_term(term)
        if chip.photo is not None and (chip.photo != before or not chip.has_picture):
            self.picture_wanted.emit(chip.photo)

    def _on_wish(self, chip: QueryChip, wish: ChipWish) -> None:
        read, term = self._read, chip.term
        if read is None or term is None:
            return
        place = self._chips.index(chip)
        match wish:
            case ChipWish.REMOVE:
                self._change(without(read, term), place)
            case ChipWish.TURN:
                self._change(turned(read, term), place)
            case ChipWish.HEAVIER | ChipWish.LIGHTER if term.weight is not None:
                step = next_weight(term.weight, 1 if wish is ChipWish.HEAVIER else -1)
                self._change(weighted(read, term, step), place)
            case ChipWish.EDIT:
                self.edit_wanted.emit(*term.spans[0])
            case ChipWish.PREVIOUS if place > 0:
                self.focus_chip(place - 1)
            case ChipWish.NEXT if place + 1 < len(self.chips):
                self.focus_chip(place + 1)

    def _weigh(self, chip: QueryChip, weight: float) -> None:
        if self._read is not None and chip.term is not None:
            self._change(weighted(self._read, chip.term, weight), self._chips.index(chip))

    def _change(self, text: str, place: int) -> None:
        """Ask for another text; the chip that stands there afterwards keeps the keyboard."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.text_wanted.emit(text)
        if had_focus or not self.chips:
            self.focus_chip(place)
