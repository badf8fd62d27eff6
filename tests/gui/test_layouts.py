"""What narrow windows and large letters ask for: lines that break, words that shorten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.gui.elided_label import ElidedLabel
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.page_stack import PageStack


def _box(width: int, height: int = 20) -> QWidget:
    box = QWidget()
    box.setFixedSize(width, height)
    return box


def _elastic() -> QWidget:
    widget = QWidget()
    widget.setMinimumSize(50, 20)
    return widget


@pytest.fixture
def line(qtbot) -> QWidget:
    """An elastic widget and two of 100 pixels, 10 apart."""
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, 10, fills=True)
    for widget in (_elastic(), _box(100), _box(100, 40)):
        layout.addWidget(widget)
    return holder


def _places(holder: QWidget, width: int) -> list[tuple[int, int, int]]:
    """Left edge, upper edge and width of each."""
    holder.resize(width, holder.heightForWidth(width))
    holder.layout().activate()
    widgets = [holder.layout().itemAt(n).widget() for n in range(holder.layout().count())]
    return [(w.x(), w.y(), w.width()) for w in widgets]


def test_the_first_takes_what_its_line_has_left(line: QWidget) -> None:
    line.show()
    assert _places(line, 500) == [(0, 10, 280), (290, 10, 100), (400, 0, 100)]
    assert line.heightForWidth(500) == 40
    assert _places(line, 270)[0] == (0, 10, 50)  # as small as may be, before a line is begun


def test_a_line_is_begun_where_the_room_ends(line: QWidget) -> None:
    line.show()
    assert _places(line, 220) == [(0, 0, 110), (120, 0, 100), (0, 30, 100)]
    assert line.heightForWidth(220) == 70
    assert _places(line, 120) == [(0, 0, 120), (0, 30, 100), (0, 60, 100)]


def test_margins_are_kept_and_the_right_comes_first(line: QWidget) -> None:
    line.layout().setContentsMargins(5, 1, 15, 2)
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    line.show()
    assert line.heightForWidth(520) == 43
    assert _places(line, 520) == [(225, 11, 280), (115, 11, 100), (5, 1, 100)]


def test_words_are_shortened_and_kept_whole(qtbot) -> None:
    label = ElidedLabel(Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.setText("a rather long name of a photo.jpg")
    label.resize(80, 30)
    label.show()
    label.grab()
    assert "…" in label.shown
    assert label.shown.startswith("a")
    assert label.text() == label.toolTip() == "a rather long name of a photo.jpg"
    label.resize(800, 30)
    label.grab()
    assert label.shown == label.text()
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() == 0


def test_a_page_that_nobody_sees_asks_for_no_room(qtbot) -> None:
    stack = PageStack()
    qtbot.addWidget(stack)
    words = QLabel("words " * 200)
    words.setWordWrap(True)
    stack.addWidget(_box(100, 50))
    stack.addWidget(words)
    assert stack.minimumSizeHint() == QSize(100, 50)
    assert not stack.hasHeightForWidth()
    stack.setCurrentIndex(1)
    assert stack.hasHeightForWidth()
    assert stack.heightForWidth(200) == words.heightForWidth(200)
