"""The arithmetic of zooming, panning and turning."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop_app.gui.viewer.view_place import FIT_ENLARGES_TO, LARGEST_ZOOM, ViewPlace


def _place(photo=(4000, 3000), view=(1000, 600), ratio=1.0) -> ViewPlace:
    place = ViewPlace()
    place.set_view(QSizeF(*view), ratio)
    place.set_photo(QSizeF(*photo))
    return place


def _on_photo(place: ViewPlace, at: QPointF) -> QPointF:
    back, can = place.transform().inverted()
    assert can
    return back.map(at)


def _near(one: QPointF, other: QPointF, within: float = 0.01) -> bool:
    return abs(one.x() - other.x()) < within and abs(one.y() - other.y()) < within


def test_fitted_it_is_whole_and_in_the_middle() -> None:
    place = _place()
    assert place.zoom == pytest.approx(0.2)
    assert place.shown == QRectF(100, 0, 800, 600)
    assert not place.can_pan
    place.turn(1)
    assert place.shown.height() == pytest.approx(600)
    assert place.shown.width() == pytest.approx(450)


def test_a_small_photo_is_not_blown_up() -> None:
    assert _place(photo=(100, 80)).zoom == FIT_ENLARGES_TO


def test_a_hundred_per_cent_are_device_pixels() -> None:
    place = _place(ratio=2.0)
    place.zoom_to(1.0)
    assert place.zoom == pytest.approx(1.0)
    assert place.shown.width() == pytest.approx(2000)  # logical pixels: 4000 of the screen's
    place.set_view(QSizeF(1000, 600), 1.0)
    assert place.zoom == pytest.approx(1.0)


@settings(deadline=None)
@given(
    x=st.floats(300, 700),
    y=st.floats(200, 400),
    factors=st.lists(st.sampled_from([1.25, 1.5, 3.0]), min_size=1, max_size=6),
)
def test_what_is_under_the_pointer_stays_there(x, y, factors) -> None:
    place = _place()
    at = QPointF(x, y)
    before = _on_photo(place, at)
    place.zoom_to(1.0, at)
    for factor in factors:
        place.zoom_by(factor, at)
    assert _near(_on_photo(place, at), before)
    assert place.zoom <= LARGEST_ZOOM


@settings(deadline=None)
@given(
    moves=st.lists(st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000)), max_size=8),
    zoom=st.floats(0.01, 40),
    quarters=st.integers(-5, 5),
)
def test_no_empty_edge_is_ever_seen(moves, zoom, quarters) -> None:
    place = _place()
    place.zoom_to(zoom)
    place.turn(quarters)
    for x, y in moves:
        place.pan(QPointF(x, y))
    shown = place.shown
    for low, high, seen in (
        (shown.left(), shown.right(), 1000),
        (shown.top(), shown.bottom(), 600),
    ):
        if high - low >= seen:
            assert low <= 0.01
            assert high >= seen - 0.01
        else:
            assert low + high == pytest.approx(seen, abs=0.01)


def test_panning_moves_by_what_was_dragged() -> None:
    place = _place()
    place.zoom_to(1.0)
    before = _on_photo(place, QPointF(0, 0))
    place.pan(QPointF(-30, 12))
    assert _near(_on_photo(place, QPointF(0, 0)), before + QPointF(30, -12))


def test_turned_four_times_it_is_as_it_was() -> None:
    place = _place()
    place.zoom_to(1.0, QPointF(100, 100))
    before = place.transform()
    corners = []
    for _ in range(4):
        corners.append(place.transform().map(QPointF(0, 0)))
        place.turn(1)
    assert place.transform() == before
    assert len({(round(c.x()), round(c.y())) for c in corners}) == 4
    place.turn(-1)
    place.turn(1)
    assert place.transform() == before


def test_turning_right_puts_the_top_to_the_right() -> None:
    place = _place()
    place.turn(1)
    top = place.transform().map(QPointF(2000, 0))
    assert top.x() == pytest.approx(place.shown.right())
    assert top.y() == pytest.approx(300)


def test_turning_keeps_what_is_in_the_middle() -> None:
    place = _place()
    place.zoom_to(2.0)
    place.pan(QPointF(-700, 400))
    middle = QPointF(500, 300)
    before = _on_photo(place, middle)
    for quarters in (1, 1, -1, 3):
        place.turn(quarters)
        assert _near(_on_photo(place, middle), before)


def test_zooming_out_ends_fitted_and_in_ends_at_the_largest() -> None:
    place = _place()
    place.zoom_to(1.0)
    for _ in range(20):
        place.zoom_by(1 / 1.5)
    assert place.is_fitted
    assert place.zoom == pytest.approx(0.2)
    for _ in range(30):
        place.zoom_by(1.5)
    assert place.zoom == pytest.approx(LARGEST_ZOOM)


def test_another_window_fits_again_or_keeps_the_zoom() -> None:
    place = _place()
    place.set_view(QSizeF(500, 300), 1.0)
    assert place.zoom == pytest.approx(0.1)
    place.zoom_to(1.0)
    place.set_view(QSizeF(800, 300), 1.0)
    assert place.zoom == pytest.approx(1.0)
    assert not place.is_fitted
