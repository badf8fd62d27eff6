"""The slider of relevance on its histogram, and the menu of orders."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest

from desktop_app.gui.search.score_slider import STEPS, ScoreSlider
from desktop_app.gui.search.search_tools import SearchTools
from desktop_app.gui.theme import LIGHT, palette
from desktop_app.library.query_edits import read_shape
from desktop_app.library.relevance import Background, ScorePicture, least_likely_score

SCORES = np.concatenate([np.random.default_rng(1).normal(0.1, 0.05, 990), np.full(10, 0.5)]).astype(
    np.float32
)
BACKGROUND = Background.of(np.random.default_rng(2).normal(0.1, 0.05, (16, 1000)).astype("f4"))


def _picture(strictness: float = 0.0) -> ScorePicture:
    least = least_likely_score(SCORES, BACKGROUND, strictness=strictness)
    return ScorePicture.of(SCORES, BACKGROUND, least)


@pytest.fixture
def slider(qtbot) -> ScoreSlider:
    widget = ScoreSlider()
    qtbot.addWidget(widget)
    widget.setPalette(palette(LIGHT))
    widget.show_picture(_picture())
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def _at(slider: ScoreSlider, score: float) -> QPoint:
    return QPoint(round(slider.x_of(score)), 15)


def test_without_photos_or_a_picture_there_is_no_slider(slider) -> None:
    assert slider.isVisible()
    slider.show_picture(None)
    assert not slider.isVisible()
    slider.show_picture(_picture())
    assert slider.isVisible()
    slider.show_picture(ScorePicture(-1.0, -1.0, -1.0, 1.0, (0,) * 40, 0, 0.0))
    assert not slider.isVisible()


@pytest.mark.parametrize("strictness", [-1.0, -0.4, 0.0, 0.35, 1.0])
def test_the_bar_stands_where_the_relevance_measure_puts_it(slider, strictness: float) -> None:
    slider.setValue(round(strictness * STEPS))
    wanted = least_likely_score(SCORES, BACKGROUND, strictness=strictness)
    assert slider.likely_from == pytest.approx(wanted, abs=1e-5)
    # A picture that was taken with the bar elsewhere says the same.
    slider.show_picture(_picture(0.5), 0.5)
    assert slider.likely_from == pytest.approx(wanted, abs=1e-5)


def test_the_bar_is_dragged_and_goes_back(slider) -> None:
    moved = QSignalSpy(slider.strictness_changed)
    automatic = slider.likely_from
    wanted = automatic + 0.5 * slider.picture.per_strictness
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=_at(slider, automatic))
    QTest.mouseMove(slider, _at(slider, wanted))
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=_at(slider, wanted))
    assert slider.strictness == pytest.approx(0.5, abs=0.08)
    assert moved.at(moved.count() - 1)[0] == slider.strictness
    QTest.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=_at(slider, 0.5))
    assert slider.strictness == 0
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(155, 15))
    assert slider.strictness == 1


def test_the_bar_is_moved_by_keys(slider) -> None:
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.strictness == pytest.approx(0.05)
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert slider.strictness == 1
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert slider.strictness == -1
    QTest.keyClick(slider, Qt.Key.Key_Delete)
    assert slider.strictness == 0


def test_columns_right_of_the_bar_are_coloured(slider) -> None:
    def colours() -> set[str]:
        image = slider.grab().toImage()
        row = image.height() - 8
        return {image.pixelColor(x, row).name() for x in range(image.width())}

    assert {LIGHT.accent, LIGHT.border} <= colours()
    slider.show_picture(ScorePicture(2.0, 0.1, 0.0, 0.6, (5,) * 40, 200, 0.1))
    assert LIGHT.accent not in colours()


def test_it_is_read_out_as_a_slider(slider) -> None:
    interface = QAccessible.queryAccessibleInterface(slider)
    assert interface.role() == QAccessible.Role.Slider
    assert "Relevance" in interface.text(QAccessible.Text.Name)
    described = slider.accessibleDescription()
    assert f"{slider.likely_from:.2f}" in described
    slider.setValue(40)
    assert "Stricter" in slider.accessibleDescription()
    slider.setValue(-40)
    assert "Looser" in slider.accessibleDescription()


def test_from_right_to_left_everything_is_mirrored(slider) -> None:
    left = slider.x_of(0.5)
    slider.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert slider.x_of(0.5) == pytest.approx(slider.width() - left)
    wanted = slider.likely_from + 0.5 * slider.picture.per_strictness
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=_at(slider, wanted))
    assert slider.strictness == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize(
    ("text", "sort", "wanted"),
    [
        ("a dog", "date", "a dog sort:date"),
        ("a dog sort:name type:png", "date", "a dog type:png sort:date"),
        ("a dog sort:name", "relevance", "a dog"),
        ("type:png", "name", "type:png sort:name"),
        ("type:png sort:name", "date", "type:png"),
        ("", "name", "sort:name"),
    ],
)
def test_an_order_is_chosen_in_the_menu(qtbot, text: str, sort, wanted: str) -> None:
    tools = SearchTools()
    qtbot.addWidget(tools)
    tools.show_query(read_shape(text))
    with qtbot.waitSignal(tools.text_wanted) as caught:
        tools.sort.actions_by_sort[sort].trigger()
    assert caught.args == [wanted]


def test_the_button_names_the_order(qtbot) -> None:
    tools = SearchTools()
    qtbot.addWidget(tools)
    for text, name, has_relevance in (
        ("", "Date", False),
        ("a dog", "Relevance", True),
        ("a dog sort:name", "Name", True),
        ("type:png sort:relevance", "Date", False),
    ):
        tools.show_query(read_shape(text))
        assert tools.sort.text() == f"{name} ▾"
        assert tools.sort.accessibleName() == f"Sorted by: {name}"
        assert tools.sort.actions_by_sort["relevance"].isEnabled() is has_relevance
    tools.show_query(None)
    assert not tools.sort.isEnabled()
