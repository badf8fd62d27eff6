"""What stands beside the count of results: how strict, and in which order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from desktop_app.gui.search.score_slider import ScoreSlider
from desktop_app.library.query import Sort
from desktop_app.library.query_edits import with_sort
from desktop_app.library.query_terms import ReadQuery


class SortButton(QToolButton):
    """Names the order of the results, and opens a menu with the others."""

    sort_wanted = Signal(str)
    """``relevance``, ``date`` or ``name``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sortButton")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._names: dict[Sort, str] = {
            "relevance": self.tr("Relevance"),
            "date": self.tr("Date"),
            "name": self.tr("Name"),
        }
        menu = QMenu(self)
        group = QActionGroup(menu)
        self.actions_by_sort: dict[Sort, QAction] = {}
        for sort, name in self._names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, sort=sort: self.sort_wanted.emit(sort))
            group.addAction(action)
            self.actions_by_sort[sort] = action
        self.setMenu(menu)
        self.setToolTip(self.tr("The order of the results"))
        self.show_order("date", can_be_relevance=False)

    def show_order(self, order: Sort, *, can_be_relevance: bool) -> None:
        """Name the order; without texts and photos there is no relevance."""
        self.actions_by_sort[order].setChecked(True)
        self.actions_by_sort["relevance"].setEnabled(can_be_relevance)
        self.setText(self.tr("{order} ▾").format(order=self._names[order]))
        self.setAccessibleName(self.tr("Sorted by: {order}").format(order=self._names[order]))


class SearchTools(QWidget):
    """The slider of relevance and the menu of orders. The order is a part of the text as well.

    The window takes both out into a line of its own, which breaks where it is narrow.
    """

    text_wanted = Signal(str)
    """The text with another order."""

    def __init__(self, strictness: float = 0.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = ScoreSlider(strictness)
        # The line keeps its height when the slider comes and goes.
        self.setMinimumHeight(self.slider.height())
        self.sort = SortButton()
        self.sort.setMinimumHeight(self.slider.height())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.slider)
        layout.addWidget(self.sort)
        self._read: ReadQuery | None = None
        self.sort.sort_wanted.connect(self._on_sort)

    def show_query(self, read: ReadQuery | None) -> None:
        """Show the order of a query; None while the text makes no sense."""
        self._read = read
        self.sort.setEnabled(read is not None)
        if read is None:
            return
        query = read.query
        order: Sort = query.order
        self.sort.show_order(order, can_be_relevance=bool(query.parts))
        if not query.parts:
            self.slider.show_picture(None)

    def _on_sort(self, sort: Sort) -> None:
        if self._read is None:
            return
        is_usual = sort == ("relevance" if self._read.query.parts else "date")
        self.text_wanted.emit(with_sort(self._read, None if is_usual else sort))
