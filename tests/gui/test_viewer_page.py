"""The viewer's page with real photos: what keys, mouse and time do."""

from __future__ import annotations

import os
from dataclasses import replace
from threading import Event

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QThreadPool
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest

from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.gui.viewer.photo_viewer import PhotoViewer
from desktop_app.gui.viewer.picture_loader import PictureLoader
from desktop_app.gui.viewer.viewer_keys import Command, keys_of, viewer_key_lines
from desktop_app.library.decoder import Decoder
from tests.gui.conftest import PATIENCE_MS
from tests.gui.demo_hits import hits_of

SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def hits(photo_files, tmp_path):
    large = tmp_path / "large.jpg"
    with Image.open(photo_files["china"]) as image:
        image.resize((2400, 1600)).save(large)
    return hits_of([large, *photo_files.values()], tmp_path)


@pytest.fixture
def viewer(qtbot, hits):
    pool = QThreadPool()
    model = PhotoListModel()
    model.show_hits(hits)
    pictures = PictureLoader(Decoder(), pool)
    thumbnails = ThumbnailLoader(pool)
    viewer = PhotoViewer(model, pictures, thumbnails)
    viewer.model = model
    viewer.pictures = pictures
    viewer.resize(900, 700)
    qtbot.addWidget(viewer)
    viewer.show()
    qtbot.waitExposed(viewer)
    yield viewer
    viewer.close_threads()
    pictures.close()
    thumbnails.drain()


def _sharp(qtbot, viewer) -> None:
    qtbot.waitUntil(lambda: viewer.is_sharp, timeout=PATIENCE_MS)


class PatientDecoder(Decoder):
    """Waits until it is told to decode."""

    def __init__(self) -> None:
        super().__init__()
        self.go = Event()

    def decode(self, path, side):
        assert self.go.wait(PATIENCE_MS / 1000)
        return super().decode(path, side)


def test_a_photo_opens_from_its_thumbnail_and_sharpens(qtbot, viewer, hits) -> None:
    viewer.pictures.decoder = decoder = PatientDecoder()
    shown = QSignalSpy(viewer.photo_shown)
    viewer.open(hits[0])
    assert shown.at(0) == [hits[0].photo]
    qtbot.waitUntil(lambda: viewer.canvas.picture is not None, timeout=PATIENCE_MS)
    assert viewer.canvas.picture.is_preview
    assert not viewer.is_sharp
    place = viewer.canvas.place.shown
    decoder.go.set()
    _sharp(qtbot, viewer)
    assert not viewer.canvas.picture.is_preview
    assert viewer.canvas.place.shown == place
    assert viewer.bar.name.text() == "large.jpg"
    assert viewer.bar.position.text() == "1 of 8"
    # fitted, half of its pixels are enough
    assert viewer.canvas.picture.levels[0].width() == 1200
    assert viewer.canvas.picture.full_size == QSize(2400, 1600)
    assert "large.jpg" in viewer.canvas.accessibleName()


def test_all_pixels_come_when_they_are_looked_at(qtbot, viewer, hits) -> None:
    viewer.open(hits[0])
    _sharp(qtbot, viewer)
    QTest.keyClick(viewer.canvas, KEY.Key_1)
    assert viewer.canvas.place.zoom == pytest.approx(1.0)
    assert viewer.bar.zoom.text() == "100 %"
    qtbot.waitUntil(lambda: viewer.canvas.picture.is_full, timeout=PATIENCE_MS)
    assert viewer.canvas.place.zoom == pytest.approx(1.0)
    QTest.keyClick(viewer.canvas, KEY.Key_0)
    assert viewer.canvas.place.is_fitted


def test_what_is_painted_is_the_photo(qtbot, viewer, hits) -> None:
    row = next(n for n, hit in enumerate(hits) if hit.photo.path.stem == "flower")
    viewer.show_row(row)
    _sharp(qtbot, viewer)
    QTest.keyClick(viewer.canvas, KEY.Key_1)
    with Image.open(hits[row].photo.path) as image:
        photo = image.convert("RGB")
    seen = viewer.canvas.grab().toImage()
    right, wrong = [], []
    for x in range(200, 700, 20):
        for y in range(120, 480, 20):
            at = viewer.canvas.photo_point(QPoint(x, y))
            colour = seen.pixelColor(x, y).getRgb()[:3]
            for differences, left in ((right, at.x()), (wrong, photo.width - 1 - at.x())):
                expected = photo.getpixel((int(left), int(at.y())))
                differences += [abs(a - b) for a, b in zip(colour, expected, strict=True)]
    assert sum(right) / len(right) < 10
    assert sum(wrong) / len(wrong) > 20  # mirrored, say


def test_keys_lead_through_the_photos(qtbot, viewer, hits) -> None:
    viewer.open(hits[0])
    canvas = viewer.canvas
    shown = QSignalSpy(viewer.photo_shown)
    for key, row in (
        (KEY.Key_Right, 1),
        (KEY.Key_PageDown, 2),
        (KEY.Key_Left, 1),
        (KEY.Key_End, 7),
        (KEY.Key_Right, 7),
        (KEY.Key_PageUp, 6),
        (KEY.Key_Home, 0),
        (KEY.Key_Left, 0),
    ):
        QTest.keyClick(canvas, key)
        assert viewer.hit == hits[row]
        assert viewer.strip.currentIndex().row() == row
    assert shown.count() == 6
    assert not viewer.bar.buttons[Command.PREVIOUS].isEnabled()
    viewer.bar.buttons[Command.NEXT].click()
    assert viewer.hit == hits[1]
    viewer.strip.clicked.emit(viewer.model.index(4))
    assert viewer.hit == hits[4]
    _sharp(qtbot, viewer)


def test_the_photo_ahead_is_decoded_before_it_is_asked_for(qtbot, viewer, hits) -> None:
    viewer.open(hits[2])
    pictures = viewer.pictures
    ids = [hit.photo.photo_id for hit in hits]
    qtbot.waitUntil(
        lambda: all(pictures.picture(ids[row]) is not None for row in (1, 2, 3)),
        timeout=PATIENCE_MS,
    )
    assert pictures.picture(ids[4]) is None
    viewer.step(1)
    assert viewer.is_sharp  # at once
    qtbot.waitUntil(lambda: pictures.picture(ids[4]) is not None, timeout=PATIENCE_MS)
    assert pictures.picture(ids[1]) is None


def test_keys_zoom_turn_and_move(qtbot, viewer, hits) -> None:
    viewer.open(hits[0])
    canvas, place = viewer.canvas, viewer.canvas.place
    fitted = place.zoom
    QTest.keyClick(canvas, KEY.Key_Plus, SHIFT)
    assert place.zoom > fitted
    QTest.keyClick(canvas, KEY.Key_Minus)
    assert place.is_fitted
    QTest.keyClick(canvas, KEY.Key_R)
    assert place.quarters == 1
    QTest.keyClick(canvas, KEY.Key_R, SHIFT)
    assert place.quarters == 0
    QTest.keyClick(canvas, KEY.Key_1)
    before = canvas.photo_point(QPoint(0, 0))
    QTest.keyClick(canvas, KEY.Key_Right, SHIFT)
    QTest.keyClick(canvas, KEY.Key_Down)
    after = canvas.photo_point(QPoint(0, 0))
    assert after.x() > before.x()
    assert after.y() > before.y()
    assert viewer.hit == hits[0]
    QTest.keyClick(canvas, KEY.Key_R)
    viewer.step(1)
    assert place.quarters == 0  # a view is turned, never a photo
    assert place.is_fitted


def _wheel(canvas, at: QPointF, delta: int) -> None:
    QGuiApplication.sendEvent(
        canvas,
        QWheelEvent(
            at,
            canvas.mapToGlobal(at),
            QPoint(),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_the_wheel_zooms_to_the_pointer_and_the_mouse_moves_the_photo(viewer, hits) -> None:
    viewer.open(hits[0])
    canvas = viewer.canvas
    at = QPoint(300, 250)
    before = canvas.photo_point(at)
    for _ in range(8):
        _wheel(canvas, QPointF(at), 120)
    assert canvas.place.zoom > 1.0
    after = canvas.photo_point(at)
    assert abs(after.x() - before.x()) < 1
    assert abs(after.y() - before.y()) < 1
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, pos=at)
    to = QPointF(at + QPoint(-60, 30))
    QGuiApplication.sendEvent(
        canvas,
        QMouseEvent(
            QEvent.Type.MouseMove,
            to,
            canvas.mapToGlobal(to),
            Qt.MouseButton.NoButton,
            left,
            Qt.KeyboardModifier.NoModifier,
        ),
    )
    QTest.mouseRelease(canvas, left, pos=to.toPoint())
    moved = canvas.photo_point(to.toPoint())
    assert abs(moved.x() - after.x()) < 1
    assert abs(moved.y() - after.y()) < 1
    QTest.mouseDClick(canvas, left, pos=at)
    assert canvas.place.is_fitted
    QTest.mouseDClick(canvas, left, pos=at)
    assert canvas.place.zoom == pytest.approx(1.0)


def test_esc_leaves_one_thing_at_a_time(qtbot, viewer, hits) -> None:
    viewer.open(hits[0])
    canvas = viewer.canvas
    viewer.full_screen_wanted.connect(viewer.set_full_screen)
    QTest.keyClick(canvas, KEY.Key_F11)
    assert viewer.is_full_screen
    assert not viewer.bar.isVisible()
    assert not viewer.strip.isVisible()
    canvas.moved.emit()
    assert viewer.bar.isVisible()
    QTest.keyClick(canvas, KEY.Key_Space)
    assert viewer.slideshow.is_running
    with qtbot.assertNotEmitted(viewer.closed):
        QTest.keyClick(canvas, KEY.Key_Escape)
        assert not viewer.slideshow.is_running
        QTest.keyClick(canvas, KEY.Key_Escape)
    assert not viewer.is_full_screen
    assert viewer.bar.isVisible()
    assert viewer.strip.isVisible()
    with qtbot.waitSignal(viewer.closed):
        QTest.keyClick(canvas, KEY.Key_Escape)


def test_the_filmstrip_stays_away_when_it_was_sent_away(viewer, hits) -> None:
    viewer.open(hits[0])
    QTest.keyClick(viewer.canvas, KEY.Key_T)
    assert not viewer.strip.isVisible()
    viewer.set_full_screen(True)
    viewer.set_full_screen(False)
    assert not viewer.strip.isVisible()
    QTest.keyClick(viewer.canvas, KEY.Key_T)
    assert viewer.strip.isVisible()


def test_a_slideshow_goes_on_by_itself_and_round(qtbot, viewer, hits) -> None:
    viewer.slideshow.set_seconds(0.01)
    viewer.open(hits[6])
    shown = QSignalSpy(viewer.photo_shown)
    QTest.keyClick(viewer.canvas, KEY.Key_Space)
    qtbot.waitUntil(lambda: shown.count() >= 3, timeout=PATIENCE_MS)
    QTest.keyClick(viewer.canvas, KEY.Key_Space)
    photos = [hit.photo for hit in hits]
    assert [photos.index(shown.at(n)[0]) for n in range(3)] == [7, 0, 1]


def test_a_slideshow_waits_for_a_photo_to_be_sharp(qtbot, viewer, hits) -> None:
    viewer.pictures.decoder = decoder = PatientDecoder()
    viewer.slideshow.set_seconds(0.001)
    viewer.open(hits[0])
    wanted = QSignalSpy(viewer.slideshow.next_wanted)
    viewer.slideshow.start()
    QTest.qWait(400)  # twice as long as it waits between two looks
    assert wanted.count() == 0
    decoder.go.set()
    qtbot.waitUntil(lambda: wanted.count() > 0, timeout=PATIENCE_MS)
    viewer.slideshow.stop()


def test_what_cannot_be_shown_is_told_in_a_sentence(qtbot, viewer, hits, tmp_path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(hits[0].photo.path.read_bytes()[:500])
    elsewhere = replace(hits[1].photo, path=tmp_path / "x" / "a.jpg", offline=True)
    gone = replace(hits[1], photo=elsewhere)
    bad = replace(hits[0], photo=replace(hits[0].photo, path=broken))
    viewer.model.show_hits((bad, gone, *hits[2:]))
    viewer.open(bad)
    qtbot.waitUntil(lambda: viewer.notice.isVisible(), timeout=PATIENCE_MS)
    assert viewer.notice.text().startswith("broken.jpg cannot be shown: damaged")
    assert viewer.notice.accessibleName() == viewer.notice.text()
    assert viewer.canvas.rect().contains(viewer.notice.geometry())
    qtbot.waitUntil(lambda: viewer.canvas.picture is not None, timeout=PATIENCE_MS)
    assert viewer.canvas.picture.is_preview
    viewer.step(1)
    qtbot.waitUntil(lambda: viewer.notice.isVisible(), timeout=PATIENCE_MS)
    assert "cannot be reached now" in viewer.notice.text()
    viewer.step(1)
    assert not viewer.notice.isVisible()
    _sharp(qtbot, viewer)


def test_more_pixels_than_memory_allows_are_told(qtbot, viewer, hits) -> None:
    viewer.open(hits[0])
    _sharp(qtbot, viewer)
    os.truncate(hits[0].photo.path, 4000)  # as if the whole of it could not be had
    QTest.keyClick(viewer.canvas, KEY.Key_1)
    qtbot.waitUntil(lambda: viewer.notice.isVisible(), timeout=PATIENCE_MS)
    assert "Only a smaller version of large.jpg" in viewer.notice.text()
    assert viewer.canvas.picture.levels[0].width() == 1200
    assert viewer.is_sharp  # as sharp as it gets: it is not tried again


def test_a_refresh_stays_at_the_photo_and_a_removed_one_gives_way(qtbot, viewer, hits) -> None:
    viewer.open(hits[3])
    viewer.model.show_hits((hits[7], *hits[:7]))
    assert viewer.hit == hits[3]
    assert viewer.bar.position.text() == "5 of 8"
    assert viewer.strip.currentIndex().row() == 4
    shown = QSignalSpy(viewer.photo_shown)
    viewer.model.show_hits((*hits[:3], *hits[4:]))
    assert viewer.hit in hits[4:]
    assert shown.count() == 1
    with qtbot.waitSignal(viewer.closed):
        viewer.model.show_hits(())


def test_copy_and_the_menu_are_of_the_photo_that_is_shown(qtbot, viewer, hits) -> None:
    viewer.open(hits[2])
    with qtbot.waitSignal(viewer.copied) as copied:
        QTest.keyClick(viewer.canvas, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == [[hits[2]]]
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(9, 9), QPoint(30, 40))
    with qtbot.waitSignal(viewer.menu_wanted) as wanted:
        QGuiApplication.sendEvent(viewer.canvas, event)
    assert wanted.args == [hits[2], QPoint(30, 40)]


def test_keys_of_other_scripts_do_no_harm(viewer, hits) -> None:
    viewer.open(hits[1])
    for key in (0, 0x42F, 0x5D0, int(KEY.Key_unknown)):  # a Russian and a Hebrew letter
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "x")
        QGuiApplication.sendEvent(viewer.canvas, event)
    assert viewer.hit == hits[1]


def test_every_command_has_words_and_a_key(viewer) -> None:
    listed = viewer_key_lines()
    assert len({words for words, _ in listed}) == len(Command)
    assert len({keys[0] for _, keys in listed}) == len(Command)
    assert set(viewer._do) == set(Command)
    for command, button in viewer.bar.buttons.items():
        assert keys_of(command) in button.toolTip()
        assert button.accessibleName()


def test_photos_that_rush_by_are_not_decoded(qtbot, viewer, hits, monkeypatch) -> None:
    monkeypatch.setattr("desktop_app.gui.viewer.photo_viewer.HURRY_MS", 3_600_000)
    viewer.open(hits[0])
    asked = []
    want = viewer.pictures.want
    viewer.pictures.want = lambda wishes, keep: (asked.append(wishes), want(wishes, keep))
    for _ in range(5):
        viewer.step(1)
    assert asked == []
    _sharp(qtbot, viewer)
    assert viewer.hit == hits[5]
