"""The list model of the grid."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from desktop_app.gui.photo_list_model import HIT_ROLE, PHOTO_ID_ROLE, PhotoListModel


def test_it_is_a_sound_model(qtmodeltester: ModelTester, make_hits) -> None:
    model = PhotoListModel()
    qtmodeltester.check(model)
    model.show_hits(make_hits(50))
    qtmodeltester.check(model)
    model.show_hits(())


def test_rows_tell_the_photo(qapp, make_hits) -> None:
    model = PhotoListModel()
    hits = make_hits(10)
    model.show_hits(hits)
    index = model.index(9)
    assert index.data() == "IMG_000009.jpg"
    assert index.data(HIT_ROLE) is hits[9]
    assert index.data(PHOTO_ID_ROLE) == 10
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "IMG_000009.jpg" in spoken
    assert "rank 10" in spoken
    assert "offline" in spoken
    assert "/photos/IMG_000009.jpg" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_outside_the_list_there_is_nothing(qapp, make_hits) -> None:
    model = PhotoListModel()
    model.show_hits(make_hits(3))
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert model.data(QModelIndex()) is None
    assert model.hit(QModelIndex()) is None


def test_the_same_photos_in_the_same_order_do_not_start_over(qtbot, make_hits) -> None:
    model = PhotoListModel()
    model.show_hits(make_hits(5))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        assert model.show_hits(make_hits(5)) is False
    with qtbot.waitSignal(model.modelReset):
        assert model.show_hits(make_hits(6)) is True


def test_photos_leave_as_files(qapp, make_hits) -> None:
    model = PhotoListModel()
    model.show_hits(make_hits(3))
    mime = model.mimeData([model.index(0), model.index(2)])
    assert [url.toLocalFile() for url in mime.urls()] == [
        "/photos/IMG_000000.jpg",
        "/photos/IMG_000002.jpg",
    ]
    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
