"""The month of the photos at the top of the grid, and the way to another month."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop_app.gui import wording
from desktop_app.gui.grid.date_sections import DateSection, DateSections

FLAT_MENU = 18
"""More months than this are sorted into years."""


class DateHeading(QPushButton):
    """Stays above the tiles while they scroll; opens a menu of the months."""

    row_wanted = Signal(int)
    """Go to this row: the first of the month that was chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "heading")
        self.setAccessibleName(self.tr("Month"))  # until there is one
        self._sections = DateSections()
        self._number = -1
        self.clicked.connect(self._show_months)
        self.hide()

    def show_sections(self, sections: DateSections) -> None:
        """Other photos are shown; without sections there is nothing to say."""
        self._sections = sections
        self._number = -1
        self.setVisible(len(sections) > 0)

    def show_row(self, row: int) -> None:
        """This row is the first one on the screen."""
        if not len(self._sections):
            return
        number = self._sections.number_at(row)
        if number == self._number:
            return
        self._number = number
        section = self._sections[number]
        words = f"{month_name(section.month)}  ·  {wording.photos(section.count)}"
        self.setText(words)
        self.setAccessibleName(self.tr("{month}; choose another month").format(month=words))
        self.setToolTip(self.tr("Choose a month (Ctrl+Page Up and Ctrl+Page Down go to the next)"))

    def months(self) -> QMenu:
        """The menu of the months, by years where there are many."""
        menu = QMenu(self)
        if len(self._sections) <= FLAT_MENU:
            for section in self._sections:
                self._add(menu, section)
            return menu
        for year, sections in groupby(self._sections, key=lambda section: section.month[:4]):
            part = menu.addMenu(year or month_name(""))
            for section in sections:
                self._add(part, section)
        return menu

    def _add(self, menu: QMenu, section: DateSection) -> None:
        count = wording.number(section.count)
        action = menu.addAction(f"{month_name(section.month)}\t{count}")
        action.triggered.connect(lambda _=False: self.row_wanted.emit(section.first_row))

    def _show_months(self) -> None:
        menu = self.months()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


def month_name(month: str, is_short: bool = False) -> str:
    """``2021-06`` in the words of the user's language; words as well where it is empty."""
    date = QDate.fromString(f"{month}-01", "yyyy-MM-dd")
    if not date.isValid():
        return _tr("No date")
    # translated as well: not every language puts the month before the year
    return QLocale().toString(date, _tr("MMM yyyy") if is_short else _tr("MMMM yyyy"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("dates", text)
