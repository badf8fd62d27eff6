"""One piece of the query as a thing that can be taken away, weighed and turned round."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from desktop_app.gui.elided_button import ElidedButton
from desktop_app.gui.glyphs import GlyphButton
from desktop_app.gui.key_table import KeyLine, KeyTable
from desktop_app.gui.search.pictures import RoundPicture
from desktop_app.library.query import Filter, PhotoPart, TextPart, number_text
from desktop_app.library.query_edits import WEIGHTS
from desktop_app.library.query_terms import Term

translate = QCoreApplication.translate

CHIP_HEIGHT = 32
MOST_CHARACTERS = 32


class ChipWish(Enum):
    """What a person wants of a chip."""

    REMOVE = auto()
    HEAVIER = auto()
    LIGHTER = auto()
    TURN = auto()
    EDIT = auto()
    PREVIOUS = auto()
    NEXT = auto()


_KEYS = KeyTable(
    {
        ChipWish.REMOVE: (Qt.Key.Key_Delete, Qt.Key.Key_Backspace),
        ChipWish.HEAVIER: (Qt.Key.Key_Up,),
        ChipWish.LIGHTER: (Qt.Key.Key_Down,),
        ChipWish.TURN: (Qt.Key.Key_Minus,),
        ChipWish.EDIT: (Qt.Key.Key_F2,),
        ChipWish.PREVIOUS: (Qt.Key.Key_Left,),
        ChipWish.NEXT: (Qt.Key.Key_Right,),
    }
)
_MIRRORED = {ChipWish.PREVIOUS: ChipWish.NEXT, ChipWish.NEXT: ChipWish.PREVIOUS}


def chip_key_lines() -> list[KeyLine]:
    """What the keys of a chip do."""
    words = {
        ChipWish.REMOVE: QCoreApplication.translate("QueryChip", "Remove it from the search"),
        ChipWish.HEAVIER: QCoreApplication.translate("QueryChip", "More of it"),
        ChipWish.LIGHTER: QCoreApplication.translate("QueryChip", "Less of it"),
        ChipWish.TURN: QCoreApplication.translate(
            "QueryChip", "Turn it round: with it, or without"
        ),
        ChipWish.EDIT: QCoreApplication.translate("QueryChip", "Change its words"),
        ChipWish.PREVIOUS: QCoreApplication.translate("QueryChip", "To the piece before"),
        ChipWish.NEXT: QCoreApplication.translate("QueryChip", "To the next piece"),
    }
    return [(words[wish], _KEYS.keys_of(wish)) for wish in ChipWish]


class ChipBody(ElidedButton):
    """The words of a chip: a button that opens the chip's menu and knows its keys."""

    wished = Signal(object)
    """A ``ChipWish``."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes, Up and Down weigh, minus turns round, Left and Right walk."""
        wish = _KEYS.command_of(event)
        if wish is not None and self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            wish = _MIRRORED.get(wish, wish)
        if wish is not None:
            self.wished.emit(wish)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class QueryChip(QFrame):
    """Shows one term. Holds nothing but what it shows: whoever listens changes the text."""

    wished = Signal(object)
    """A ``ChipWish``."""

    weight_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queryChip")
        self.setMinimumHeight(CHIP_HEIGHT)
        self.term: Term | None = None
        self._picture = RoundPicture(CHIP_HEIGHT - 2)
        self.body = ChipBody()
        self.body.setObjectName("chipBody")
        self.body.setCursor(Qt.CursorShape.PointingHandCursor)
        self.body.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button = GlyphButton("close", self.tr("Remove from the search"), 22, 11)
        # Delete on the words does the same: one stop of the Tab key for each chip is enough.
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 0, 5, 0)
        layout.setSpacing(2)
        layout.addWidget(self._picture)
        layout.addWidget(self.body)
        layout.addWidget(self.close_button)
        self.body.clicked.connect(self._open_menu)
        self.body.wished.connect(self.wished)
        self.close_button.clicked.connect(lambda: self.wished.emit(ChipWish.REMOVE))

    @property
    def photo(self) -> str | None:
        """The path of the photo that it stands for, as it was typed."""
        if self.term is not None and isinstance(self.term.what, PhotoPart):
            return self.term.what.path
        return None

    @property
    def has_picture(self) -> bool:
        """Whether its photo was decoded and is shown."""
        return self._picture.has_picture

    def show_term(self, term: Term) -> None:
        """Stand for a term; the picture of another photo follows."""
        previous = self.photo
        self.term = term
        if self.photo != previous:
            self._picture.set_picture(QImage())
        self._picture.setVisible(self.photo is not None)
        words = term_words(term)
        shown = words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"
        if term.weight is not None and term.weight != 1:
            shown = f"{shown}  ×{number_text(term.weight)}"
        self.body.setText(shown.replace("&", "&&"))
        self.setProperty("pushed", term.is_pushed)
        self._restyle()
        spoken = spoken_term(term)
        self.body.setAccessibleName(spoken)
        keys = self.tr("Delete removes it, minus turns it round.")
        if term.weight is not None:
            keys = self.tr("Delete removes it, Up and Down weigh it, minus turns it round.")
        self.body.setAccessibleDescription(keys)
        self.body.setToolTip(f"{self.photo or spoken}\n{keys}")
        self.close_button.set_label(self.tr("Remove “{piece}”").format(piece=words))

    def show_picture(self, image: QImage) -> None:
        """Show the photo itself."""
        self._picture.set_picture(image)

    def menu(self) -> QMenu:
        """What can be done with it; the caller shows and owns it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        term = self.term
        if term is None:
            return menu
        if term.weight is not None:
            for weight in reversed(WEIGHTS):
                action = menu.addAction(self.tr("Weight ×{n}").format(n=number_text(weight)))
                action.setCheckable(True)
                action.setChecked(weight == term.weight)
                action.triggered.connect(lambda _=False, w=weight: self.weight_wanted.emit(w))
            menu.addSeparator()
        self._add(menu, _turn_words(term), ChipWish.TURN)
        self._add(menu, self.tr("Edit in the text"), ChipWish.EDIT)
        self._add(menu, self.tr("Remove"), ChipWish.REMOVE)
        return menu

    def changeEvent(self, event: QEvent) -> None:
        """Chips of a text that cannot be read are greyed out, with their pictures."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._restyle()

    def _add(self, menu: QMenu, words: str, wish: ChipWish) -> None:
        menu.addAction(words).triggered.connect(lambda: self.wished.emit(wish))

    def _open_menu(self) -> None:
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _restyle(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)


def term_words(term: Term) -> str:
    """What a chip says, without the weight."""
    what = term.what
    if isinstance(what, Filter):
        words = translate("QueryChip", "{filter}: {value}").format(
            filter=filter_name(term.key), value=term.value
        )
    elif isinstance(what, PhotoPart):
        words = PurePath(what.path).name or what.path
    else:
        words = what.text if isinstance(what, TextPart) else what
    return translate("QueryChip", "not {piece}").format(piece=words) if term.is_pushed else words


def spoken_term(term: Term) -> str:
    """The whole of a chip in words, for who cannot see it."""
    what = term.what
    if isinstance(what, Filter):
        pattern = (
            translate("QueryChip", "Left out: {piece}")
            if term.is_pushed
            else translate("QueryChip", "Filter: {piece}")
        )
        words = translate("QueryChip", "{filter}: {value}").format(
            filter=filter_name(term.key), value=term.value
        )
        return pattern.format(piece=words)
    if isinstance(what, PhotoPart):
        pattern = (
            translate("QueryChip", "Unlike the photo {piece}")
            if term.is_pushed
            else translate("QueryChip", "Photo: {piece}")
        )
        words = PurePath(what.path).name or what.path
    else:
        pattern = (
            translate("QueryChip", "Not: {piece}")
            if term.is_pushed
            else translate("QueryChip", "Text: {piece}")
        )
        words = what.text if isinstance(what, TextPart) else what
    spoken = pattern.format(piece=words)
    if term.weight is not None and term.weight != 1:
        spoken = translate("QueryChip", "{piece}, weight {n}").format(
            piece=spoken, n=number_text(term.weight)
        )
    return spoken


def filter_name(key: str) -> str:
    """A filter's key in the user's language; one that is not known yet as it is typed."""
    names = {
        "date": translate("QueryChip", "date"),
        "camera": translate("QueryChip", "camera"),
        "lens": translate("QueryChip", "lens"),
        "folder": translate("QueryChip", "folder"),
        "keyword": translate("QueryChip", "keyword"),
        "album": translate("QueryChip", "album"),
        "type": translate("QueryChip", "type"),
        "orientation": translate("QueryChip", "shape"),
        "size": translate("QueryChip", "size"),
        "rating": translate("QueryChip", "rating"),
        "has": translate("QueryChip", "has"),
        "near": translate("QueryChip", "near"),
        "place": translate("QueryChip", "place"),
        "in": translate("QueryChip", "in"),
    }
    return names.get(key, key)


def _turn_words(term: Term) -> str:
    if isinstance(term.what, Filter):
        return (
            translate("QueryChip", "Only these photos")
            if term.is_pushed
            else translate("QueryChip", "Leave these photos out")
        )
    return (
        translate("QueryChip", "Look for it")
        if term.is_pushed
        else translate("QueryChip", "Push it away")
    )
