"""Large letters and fine screens: nothing is cut, nothing is blurred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QThreadPool
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.gui.elided_button import ElidedButton
from desktop_app.gui.elided_label import ElidedLabel
from desktop_app.gui.inspector.photo_view import PhotoView
from desktop_app.gui.library.near_model import THUMBNAIL_SIDE
from desktop_app.gui.photo_delegate import PhotoDelegate
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.settings.dialog import SettingsDialog
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.gui.viewer.filmstrip import Filmstrip
from tests.gui.conftest import PATIENCE_MS
from tests.gui.demo_hits import hits_of
from tests.gui.window_tour import (
    Tour,
    furnished_library,
    furnished_paths,
    tiny_bundle,
    tour,
)

__all__ = ["furnished_library", "furnished_paths", "tiny_bundle", "tour"]

USUAL_PT = 10.0


@pytest.fixture(params=[1.0, 1.5, 2.0])
def letters(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    """The size of all letters; asked for before the window is opened."""
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(USUAL_PT * request.param)
    qapp.setFont(font)
    yield request.param
    qapp.setFont(before)


def test_no_words_are_cut(letters: float, tour: Tour) -> None:
    faults: dict[str, list[str]] = {}
    for name, view in tour.views.items():
        if name == "completions":
            continue
        widget = view()
        tour.settle()
        pages = widget.stack.count() if isinstance(widget, SettingsDialog) else 1
        for page in range(pages):
            if isinstance(widget, SettingsDialog):
                widget.names.setCurrentRow(page)
                tour.settle()
            cut = [w for w in widget.window().findChildren(QWidget) if _is_cut(w)]
            if cut:
                faults.setdefault(name, []).extend(_described(w) for w in cut)
        tour.back()
    assert faults == {}


def _described(widget: QWidget) -> str:
    words = getattr(widget, "text", str)()
    hint = widget.sizeHint()
    seen = widget.visibleRegion().boundingRect().width()
    return (
        f"{type(widget).__name__} {words!r}: {widget.width()}x{widget.height()}, wants "
        f"{hint.width()}x{hint.height()}, {seen} seen"
    )


def _is_cut(widget: QWidget) -> bool:
    """Whether a control that has words is too small for them, or partly outside of what holds it.

    Only sideways: what is too high is scrolled.
    """
    if not widget.isVisible() or widget.visibleRegion().isEmpty():
        return False
    if isinstance(widget, QComboBox):
        return widget.width() < widget.minimumSizeHint().width()
    if not isinstance(widget, QLabel | QAbstractButton) or isinstance(widget, PhotoView):
        return False
    if not widget.text():
        return False
    holder = widget.parentWidget()
    if holder is not None and not holder.rect().contains(widget.geometry()):
        return True
    is_outside = widget.visibleRegion().boundingRect().width() < widget.width()
    if is_outside and not _can_be_scrolled_to(widget):
        return True
    if isinstance(widget, ElidedLabel | ElidedButton):
        return widget.height() < widget.sizeHint().height()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    hint = widget.sizeHint()
    return widget.width() < hint.width() or widget.height() < hint.height()


def _can_be_scrolled_to(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent is not None and parent.horizontalScrollBar().isVisible()


def test_the_heading_of_the_month_has_room(letters: float, tour: Tour) -> None:
    tour.months()
    grid = tour.window.grid
    assert grid.heading.height() >= grid.heading.sizeHint().height()
    assert grid.viewport().y() >= grid.heading.height()


@pytest.fixture
def thumbnails(qapp: QApplication) -> Iterator[ThumbnailLoader]:
    pool = QThreadPool()
    loader = ThumbnailLoader(pool)
    yield loader
    loader.drain()


def _paint(delegate: PhotoDelegate, model: PhotoListModel, ratio: float, font_from: QWidget):
    """The first row of a model, on a screen of this many device pixels to a logical one."""
    cell = QSize(200, 230)
    delegate.set_cell(cell)
    image = QImage(cell * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, cell.width(), cell.height())
    option.font = font_from.font()
    option.palette = QPalette(font_from.palette())
    option.state = QStyle.StateFlag.State_Enabled
    with QPainter(image) as painter:
        delegate.paint(painter, option, model.index(0))
    return image


def _sharpness(image: QImage, area: QRect) -> float:
    """Mean difference of neighbours in a row: what is drawn twice as large is half as sharp."""
    total = count = 0
    for y in range(area.top(), area.bottom()):
        row = [image.pixelColor(x, y).lightness() for x in range(area.left(), area.right())]
        total += sum(abs(a - b) for a, b in pairwise(row))
        count += len(row) - 1
    return total / count


def test_a_tile_is_drawn_with_the_pixels_of_a_fine_screen(
    qtbot, qapp, tmp_path: Path, photo_files: dict[str, Path], thumbnails: ThumbnailLoader
) -> None:
    model = PhotoListModel()
    model.show_hits(hits_of([photo_files["coins"]], tmp_path))
    delegate = PhotoDelegate(thumbnails)
    widget = QWidget()
    qtbot.addWidget(widget)
    for ratio in (1.0, 2.0):
        _paint(delegate, model, ratio, widget)
        qtbot.waitUntil(lambda: not len(thumbnails.waiting), timeout=PATIENCE_MS)
        qtbot.waitUntil(
            lambda ratio=ratio: (
                thumbnails.cache.get(model.hits[0].thumbnail) is not None
                and thumbnails.cache.get(model.hits[0].thumbnail)[0] >= 184 * ratio
            ),
            timeout=PATIENCE_MS,
        )
    fine = _paint(delegate, model, 2.0, widget)
    coarse = _paint(delegate, model, 1.0, widget)
    blown_up = coarse.scaled(fine.size())
    tile = QRect(40, 40, 300, 300)
    assert _sharpness(fine, tile) != _sharpness(blown_up, tile)
    caption = QRect(16, 390, 360, 60)
    assert _sharpness(fine, caption) > 1.1 * _sharpness(blown_up, caption)


def test_badges_are_drawn_with_the_pixels_of_a_fine_screen(
    qtbot, tmp_path: Path, photo_files: dict[str, Path], thumbnails: ThumbnailLoader
) -> None:
    (hit,) = hits_of([photo_files["coins"]], tmp_path)
    places = tuple(Path(f"/elsewhere/{n}.png") for n in range(3))
    hit = replace(hit, photo=replace(hit.photo, other_paths=places), thumbnail=tmp_path / "none")
    model = PhotoListModel()
    model.show_hits((hit,))
    delegate = PhotoDelegate(thumbnails)
    widget = QWidget()
    qtbot.addWidget(widget)
    fine = _paint(delegate, model, 2.0, widget)
    blown_up = _paint(delegate, model, 1.0, widget).scaled(fine.size())
    badge = QRect(280, 24, 100, 60)
    assert _sharpness(fine, badge) > 0
    assert _edge(fine, badge) < _edge(blown_up, badge)


def _edge(image: QImage, area: QRect) -> int:
    """Pixels between light and dark: a sharp edge has few."""
    return sum(
        60 < image.pixelColor(x, y).lightness() < 200
        for y in range(area.top(), area.bottom())
        for x in range(area.left(), area.right())
    )


def test_the_filmstrip_asks_for_the_pixels_of_a_fine_screen(
    qtbot, tmp_path: Path, photo_files: dict[str, Path], thumbnails: ThumbnailLoader
) -> None:
    model = PhotoListModel()
    model.show_hits(hits_of([photo_files["coins"]], tmp_path))
    strip = Filmstrip(model, thumbnails)
    qtbot.addWidget(strip)
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 72, 72)
    index: QModelIndex = model.index(0)
    with QPainter(image) as painter:
        strip.itemDelegate().paint(painter, option, index)
    qtbot.waitUntil(
        lambda: thumbnails.cache.get(model.hits[0].thumbnail) is not None, timeout=PATIENCE_MS
    )
    assert thumbnails.cache.get(model.hits[0].thumbnail)[0] == 128


def test_duplicates_are_shown_with_the_pixels_of_a_fine_screen(tour: Tour) -> None:
    dialog = tour.duplicates()
    index = dialog.model.index(0, 0, dialog.model.index(0, 0))
    decoration = Qt.ItemDataRole.DecorationRole
    tour.wait(lambda: index.data(decoration) is not None)
    picture = index.data(decoration)
    assert picture.width() == 2 * THUMBNAIL_SIDE
    assert picture.deviceIndependentSize().width() == THUMBNAIL_SIDE
    assert dialog.view.iconSize().width() == THUMBNAIL_SIDE


def test_a_picture_in_a_panel_keeps_its_pixels(qtbot) -> None:
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    stripes = QImage(600, 400, QImage.Format.Format_RGB32)
    for x in range(600):
        colour = QColor("white" if x % 2 else "black").rgb()
        for y in range(400):
            stripes.setPixel(x, y, colour)
    view.show_picture(stripes, "stripes")
    canvas = QImage(600, 400, QImage.Format.Format_RGB32)
    canvas.setDevicePixelRatio(2.0)
    view.render(canvas)
    middle = [canvas.pixelColor(x, 200).lightness() for x in range(200, 400)]
    assert min(middle) < 20
    assert max(middle) > 235
    assert view.alignment() is not Qt.AlignmentFlag.AlignBottom
