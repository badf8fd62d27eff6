"""The search field: a text and its chips, which are two views of one query."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.gui.search.query_chip import QueryChip
from desktop_app.gui.search_bar import SearchBar
from desktop_app.gui.theme import DARK, LIGHT, palette, style_sheet

MIXED = 'a dog -people type:png "on a beach"^2 photo:"/photos/my cat.jpg"'


@pytest.fixture
def bar(qtbot) -> Iterator[SearchBar]:
    widget = SearchBar()
    qtbot.addWidget(widget)
    widget.resize(900, 120)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    widget.text.setFocus()
    return widget


def _words(bar: SearchBar) -> list[str]:
    return [chip.body.text() for chip in bar.chips.chips]


def _chip(bar: SearchBar, words: str) -> QueryChip:
    return next(chip for chip in bar.chips.chips if words in chip.body.text())


def _press(bar: SearchBar, words: str, key: Qt.Key) -> None:
    QTest.keyClick(_chip(bar, words).body, key)


def test_each_piece_of_the_text_is_a_chip(bar) -> None:
    assert not bar.chips.isVisible()
    QTest.keyClicks(bar.text, MIXED)
    assert _words(bar) == ["a dog", "not people", "type: png", "on a beach  ×2", "my cat.jpg"]
    assert bar.chips.isVisible()
    assert bar.is_by_photo
    names = [chip.body.accessibleName() for chip in bar.chips.chips]
    assert names == [
        "Text: a dog",
        "Not: people",
        "Filter: type: png",
        "Text: on a beach, weight 2",
        "Photo: my cat.jpg",
    ]
    bar.clear()
    assert _words(bar) == []
    assert not bar.chips.isVisible()


def test_only_typing_asks_for_completions(bar) -> None:
    edited = QSignalSpy(bar.edited)
    bar.search("a dog type:png")
    QTest.keyClick(bar.chips.chips[0].body, Qt.Key.Key_Delete)
    bar.type("sort:date")
    bar.show_photo(Path("/a.jpg"))
    bar.clear()
    assert edited.count() == 0
    QTest.keyClicks(bar.text, "ab")
    assert edited.count() == 2


def test_what_is_typed_is_asked_after_a_moment_and_by_enter_at_once(bar, qtbot) -> None:
    wanted, settled = QSignalSpy(bar.text_wanted), QSignalSpy(bar.settled)
    QTest.keyClicks(bar.text, "a dog")
    assert wanted.count() == 0
    qtbot.waitUntil(lambda: wanted.count() == 1)
    assert wanted.at(0) == ["a dog"]
    assert settled.count() == 0
    QTest.keyClicks(bar.text, "s")
    QTest.keyClick(bar.text, Qt.Key.Key_Return)
    assert wanted.at(1) == ["a dogs"]
    assert settled.at(0) == ["a dogs"]
    assert not bar._debounce.isActive()


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("a dog", MIXED.replace("a dog ", "")),
        ("not people", MIXED.replace("-people ", "")),
        ("type", MIXED.replace("type:png ", "")),
        ("beach", MIXED.replace('"on a beach"^2 ', "")),
        ("my cat", MIXED.replace(' photo:"/photos/my cat.jpg"', "")),
    ],
)
def test_a_chip_is_removed_by_mouse_and_by_key(bar, words: str, left: str) -> None:
    bar.search(MIXED)
    QTest.mouseClick(_chip(bar, words).close_button, Qt.MouseButton.LeftButton)
    assert bar.text.text() == left
    assert bar.text.hasFocus()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        bar.search(MIXED)
        wanted = QSignalSpy(bar.text_wanted)
        _press(bar, words, key)
        assert bar.text.text() == left
        assert wanted.at(wanted.count() - 1) == [left]
        assert len(bar.chips.chips) == 4


def test_removing_a_chip_can_be_undone(bar) -> None:
    bar.search(MIXED)
    _press(bar, "type", Qt.Key.Key_Delete)
    assert bar.text.text() != MIXED
    bar.text.undo()
    assert bar.text.text() == MIXED
    assert len(bar.chips.chips) == 5


def test_a_chip_is_weighed(bar) -> None:
    bar.search("a dog -people")
    _press(bar, "a dog", Qt.Key.Key_Up)
    assert bar.text.text() == '"a dog"^2 -people'
    assert _words(bar)[0] == "a dog  ×2"
    _press(bar, "a dog", Qt.Key.Key_Up)
    _press(bar, "a dog", Qt.Key.Key_Up)
    assert bar.text.text() == '"a dog"^4 -people'
    for _ in range(3):
        _press(bar, "a dog", Qt.Key.Key_Down)
    assert bar.text.text() == '"a dog"^0.5 -people'
    menu = _chip(bar, "a dog").menu()
    checked = [action.text() for action in menu.actions() if action.isChecked()]
    assert checked == ["Weight ×0.5"]
    next(a for a in menu.actions() if a.text() == "Weight ×1").trigger()
    assert bar.text.text() == '"a dog" -people'
    menu.deleteLater()


def test_a_filter_has_no_weight(bar) -> None:
    bar.search("type:png")
    _press(bar, "type", Qt.Key.Key_Up)
    assert bar.text.text() == "type:png"
    menu = _chip(bar, "type").menu()
    assert [a.text() for a in menu.actions()] == [
        "Leave these photos out",
        "Edit in the text",
        "Remove",
    ]
    menu.deleteLater()


def test_a_chip_is_turned_round_and_edited(bar) -> None:
    bar.search("a dog type:png")
    _press(bar, "type", Qt.Key.Key_Minus)
    assert bar.text.text() == "a dog -type:png"
    assert _chip(bar, "not type").property("pushed") is True
    _press(bar, "a dog", Qt.Key.Key_Minus)
    assert bar.text.text() == '-"a dog" -type:png'
    _press(bar, "a dog", Qt.Key.Key_F2)
    assert bar.text.hasFocus()
    assert bar.text.selectedText() == '-"a dog"'


def test_the_keyboard_walks_along_the_chips(bar) -> None:
    bar.search("a dog -people type:png")
    first, second, third = (chip.body for chip in bar.chips.chips)
    QTest.keyClick(bar.text, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in bar.findChildren(QWidget)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Left)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Right)
    QTest.keyClick(third, Qt.Key.Key_Right)
    assert third.hasFocus()
    # What is removed hands the keyboard to its neighbour, the last one to the text.
    QTest.keyClick(third, Qt.Key.Key_Delete)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Delete)
    QTest.keyClick(first, Qt.Key.Key_Delete)
    assert bar.text.text() == ""
    assert bar.text.hasFocus()


def test_chips_of_an_unfinished_text_wait(bar) -> None:
    bar.search("a dog type:png")
    reads = QSignalSpy(bar.read_changed)
    QTest.keyClicks(bar.text, ' "unfin')
    assert reads.at(reads.count() - 1) == [None]
    assert _words(bar) == ["a dog", "type: png"]
    assert not any(chip.isEnabled() for chip in bar.chips.chips)
    QTest.mouseClick(bar.chips.chips[0].close_button, Qt.MouseButton.LeftButton)
    assert bar.text.text() == 'a dog type:png "unfin'
    QTest.keyClicks(bar.text, 'ished"')
    assert _words(bar) == ["a dog", "type: png", "unfinished"]
    assert all(chip.isEnabled() for chip in bar.chips.chips)


def test_what_is_not_understood_is_shown_as_it_was_typed(qtbot, bar) -> None:
    wrong, selected = bar.chips.wrong, lambda: bar.text.selectedText()
    for text, piece, others in (
        ("a dog type:png date:20x0", "date:20x0", ["a dog", "type: png"]),
        ("dtae:2020 a dog", "dtae:2020", ["a dog"]),
        ('a dog keyword:"old barn ', 'keyword:"old barn', ["a dog"]),
        ("rating:many", "rating:many", []),
    ):
        bar.search(text)
        assert not wrong.isVisible()  # somebody may be in the middle of typing
        qtbot.waitUntil(wrong.isVisible)
        assert wrong.body.text() == piece
        assert piece in wrong.body.accessibleName()
        assert _words(bar) == others
        assert not any(chip.isEnabled() for chip in bar.chips.chips)
        assert wrong.x() >= max((chip.x() for chip in bar.chips.chips), default=0)
        wrong.body.click()
        assert selected() == piece
    assert "stars" in wrong.body.toolTip()
    bar.search("a dog")
    assert not wrong.isVisible()
    assert _words(bar) == ["a dog"]
    assert bar.chips.chips[0].isEnabled()


def test_a_chip_is_shortened_where_there_is_no_room(bar) -> None:
    bar.resize(220, 160)
    bar.search("a dog & a cat on a sunny beach")
    QApplication.processEvents()
    body = bar.chips.chips[0].body
    assert body.text() == "a dog && a cat on a sunny beach"
    assert body.shown.startswith("a dog && a")
    assert body.shown.endswith("…")
    assert bar.chips.rect().contains(bar.chips.chips[0].geometry())
    bar.resize(900, 160)
    bar.setStyleSheet(style_sheet(LIGHT))
    for text in ("a dog & a cat on a sunny beach", "type:png", "a cat"):
        bar.search(text)
        QApplication.processEvents()
        assert [chip.body.shown for chip in bar.chips.chips] == [body.text()]


def test_an_order_is_no_chip_and_an_unknown_place_is_one(bar) -> None:
    bar.search("a dog sort:date place:Nowhere")
    assert _words(bar) == ["a dog", "place: Nowhere"]


def test_long_words_are_cut_and_ampersands_shown(bar) -> None:
    bar.search(f'"{"very long words " * 9}" "rock & roll"')
    assert len(_words(bar)[0]) == 32
    assert _words(bar)[0].endswith("…")
    assert _words(bar)[1] == "rock && roll"


def test_photos_replace_or_join_what_is_typed(bar) -> None:
    cat, dog = Path("/photos/my cat.jpg"), Path("/photos/dog.jpg")
    QTest.keyClicks(bar.text, "a beach")
    bar.add_photo(cat)
    assert bar.text.text() == 'a beach photo:"/photos/my cat.jpg"'
    bar.show_photo(dog)
    assert bar.text.text() == 'photo:"/photos/dog.jpg"'
    assert bar.take_back_photo('photo:"/photos/dog.jpg"')
    assert bar.text.text() == 'a beach photo:"/photos/my cat.jpg"'
    # Whatever was typed since is the user's own.
    bar.show_photo(dog)
    QTest.keyClicks(bar.text, "s")
    assert not bar.take_back_photo(bar.text.text())


def _files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    mime.setText("\n".join(map(str, paths)))
    return mime


def _drop(bar: SearchBar, mime: QMimeData) -> None:
    entered = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entered.ignore()
    QApplication.sendEvent(bar.text, entered)  # Qt delivers a drop only where a drag has entered
    assert entered.isAccepted()
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(bar.text, event)


def test_photos_that_are_dropped_or_pasted_into_the_field_join_the_query(bar, tmp_path) -> None:
    one, other = tmp_path / "one.jpg", tmp_path / "other.jpg"
    one.touch()
    other.touch()
    QTest.keyClicks(bar.text, "a beach")
    _drop(bar, _files(one, other))
    assert bar.text.text() == f'a beach photo:"{one}" photo:"{other}"'
    bar.search("sand")
    QApplication.clipboard().setMimeData(_files(one))
    QTest.keyClick(bar.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bar.text.text() == f'sand photo:"{one}"'
    # Folders and pictures without a file are for the window to judge.
    handed_on = QSignalSpy(bar.pasted)
    _drop(bar, _files(tmp_path))
    assert handed_on.count() == 1
    assert bar.text.text() == f'sand photo:"{one}"'


def test_pictures_are_asked_for_once_and_shown(bar) -> None:
    wanted = QSignalSpy(bar.chips.picture_wanted)
    bar.search('photo:"/a.jpg"')
    assert wanted.count() == 1
    (chip,) = bar.chips.photo_chips
    assert not chip.has_picture
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    bar.chips.show_picture("/b.jpg", picture)
    assert not chip.has_picture
    bar.chips.show_picture("/a.jpg", picture)
    assert chip.has_picture
    QTest.keyClicks(bar.text, " dog")
    assert wanted.count() == 1
    assert bar.chips.photo_chips[0].has_picture


def test_many_chips_take_many_lines(bar) -> None:
    bar.search(" ".join(f'"text number {n}"' for n in range(12)))
    QApplication.processEvents()
    rows = {chip.y() for chip in bar.chips.chips}
    assert len(rows) > 1
    rights = [chip.geometry().right() for chip in bar.chips.chips]
    assert max(rights) <= bar.chips.width()
    assert bar.chips.heightForWidth(400) > bar.chips.heightForWidth(900)
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert bar.chips.chips[0].geometry().right() == bar.chips.width() - 1


def test_screen_readers_find_every_chip(bar) -> None:
    bar.search(MIXED)
    for chip in bar.chips.chips:
        interface = QAccessible.queryAccessibleInterface(chip.body)
        assert interface.role() == QAccessible.Role.Button
        assert interface.text(QAccessible.Text.Name) == chip.body.accessibleName()
        assert "Delete" in interface.text(QAccessible.Text.Description)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_chips_are_seen_in_both_themes(bar, colours, qapp) -> None:
    bar.setPalette(palette(colours))
    bar.setStyleSheet(style_sheet(colours))
    bar.search("a dog -people")
    QApplication.processEvents()
    image = bar.grab().toImage()
    chip, pushed = bar.chips.chips
    grounds = []
    for widget in (chip, pushed):
        at = widget.mapTo(bar, QPoint(widget.width() - 26, 5))
        grounds.append(image.pixelColor(at).name())
    assert grounds == [colours.selection, colours.danger_soft]
