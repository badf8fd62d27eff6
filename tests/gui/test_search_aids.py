"""Search bar and library together: the real program on real photos."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from desktop_app.gui.messages import TextQuery
from desktop_app.gui.search.requests import LibraryRequests
from desktop_app.gui.search.saved_dialog import SavedSearchesDialog
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.search_rows import SavedSearch
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS


@pytest.fixture
def program(qtbot, open_program, library_paths):
    opened = open_program(library_paths)
    aids = opened.window.query_aids
    qtbot.waitUntil(lambda: aids.vocabulary.values != {}, timeout=PATIENCE_MS)
    return opened


def _wait_for(qtbot, program, text: str) -> None:
    qtbot.waitUntil(lambda: program.controller._shown == TextQuery(text), timeout=PATIENCE_MS)


def _search(qtbot, program, text: str) -> None:
    program.window.search_bar.search(text)
    _wait_for(qtbot, program, text)


def _labels(program) -> list[str]:
    completions = program.window.search_bar.text.completions
    return [c.label for c in completions.completions] if completions.is_open else []


def test_names_of_the_library_and_filters_are_offered(qtbot, program) -> None:
    bar = program.window.search_bar
    QTest.keyClicks(bar.text, "a cat fol")
    assert _labels(program) == ["folder:"]
    bar.text.completions.view.setCurrentIndex(bar.text.completions.view.model().index(0, 0))
    QTest.keyClick(bar.text, Qt.Key.Key_Return)
    assert bar.text.text() == "a cat folder:"
    # The next list follows at once: the folders that there are.
    assert _labels(program) == ["photos"]
    bar.text.completions.view.setCurrentIndex(bar.text.completions.view.model().index(0, 0))
    QTest.keyClick(bar.text, Qt.Key.Key_Tab)
    assert bar.text.text() == "a cat folder:photos "
    _wait_for(qtbot, program, "a cat folder:photos")
    assert len(program.window.model.hits) == 7


def test_chips_narrow_and_widen_the_search(qtbot, program) -> None:
    bar, model = program.window.search_bar, program.window.model
    _search(qtbot, program, "a cat type:png -coins")
    names = {hit.photo.path.suffix for hit in model.hits}
    assert names == {".png"}
    QTest.keyClick(bar.chips.chips[1].body, Qt.Key.Key_Minus)
    _wait_for(qtbot, program, "a cat -type:png -coins")
    assert {hit.photo.path.suffix for hit in model.hits} == {".jpg"}
    QTest.mouseClick(bar.chips.chips[1].close_button, Qt.MouseButton.LeftButton)
    _wait_for(qtbot, program, "a cat -coins")
    assert len(model.hits) == 7


def test_searches_are_remembered_and_come_back(qtbot, program, library_paths) -> None:
    bar, aids = program.window.search_bar, program.window.query_aids
    QTest.keyClicks(bar.text, "a flower in the sun")
    QTest.keyClick(bar.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: aids.recent == ("a flower in the sun",), timeout=PATIENCE_MS)
    # One that is looked at for a while was meant, too.
    aids._note.setInterval(1)
    QTest.keyClicks(bar.text, " type:jpeg")
    qtbot.waitUntil(lambda: aids.recent[0].endswith("type:jpeg"), timeout=PATIENCE_MS)
    bar.clear()
    QTest.keyClick(bar.text, Qt.Key.Key_Down)
    assert _labels(program) == ["a flower in the sun type:jpeg"]
    bar.text.completions.view.setCurrentIndex(bar.text.completions.view.model().index(0, 0))
    QTest.keyClick(bar.text, Qt.Key.Key_Return)
    _wait_for(qtbot, program, "a flower in the sun type:jpeg")
    forget = next(a for a in bar.searches.actions() if a.text() == "Forget recent searches")
    forget.trigger()
    qtbot.waitUntil(lambda: aids.recent == (), timeout=PATIENCE_MS)
    assert [a.text() for a in bar.searches.actions()] == ["Save this search…"]


def test_a_search_is_saved_found_again_renamed_and_removed(qtbot, program, library_paths) -> None:
    window, bar, aids = program.window, program.window.search_bar, program.window.query_aids
    assert not bar.searches.save.isEnabled()
    _search(qtbot, program, "a cat type:png")
    window.menu.save_search.trigger()
    dialog = window.findChild(QInputDialog)
    assert dialog.textValue() == "a cat type:png"
    dialog.setTextValue("My cats")
    dialog.accept()
    saved = (SavedSearch("My cats", "a cat type:png"),)
    qtbot.waitUntil(lambda: aids.saved == saved, timeout=PATIENCE_MS)
    with Catalogue.open(library_paths.catalogue) as catalogue:
        assert catalogue.searches.saved() == list(saved)
    bar.clear()
    QTest.keyClicks(bar.text, "my c")
    assert _labels(program) == ["My cats"]
    bar.clear()
    next(a for a in bar.searches.actions() if a.text() == "My cats").trigger()
    _wait_for(qtbot, program, "a cat type:png")
    bar.searches.manage_wanted.emit()
    manage = window.findChild(SavedSearchesDialog)
    manage.view.topLevelItem(0).setText(0, "Cats")
    qtbot.waitUntil(lambda: [s.name for s in aids.saved] == ["Cats"], timeout=PATIENCE_MS)
    manage.view.topLevelItem(0).setText(0, "  ")
    qtbot.waitUntil(manage.reason.isVisible, timeout=PATIENCE_MS)
    assert "needs a name" in manage.reason.text()
    assert manage.view.topLevelItem(0).text(0) == "Cats"
    manage.remove_button.click()
    qtbot.waitUntil(lambda: aids.saved == (), timeout=PATIENCE_MS)
    assert manage.view.topLevelItemCount() == 0
    assert not manage.search_button.isEnabled()
    manage.reject()


def test_the_bar_of_likely_is_moved_and_kept(qtbot, program, library_paths) -> None:
    window, slider = program.window, program.window.search_tools.slider
    assert not slider.isVisible()
    _search(qtbot, program, "a cup of coffee")
    qtbot.waitUntil(slider.isVisible, timeout=PATIENCE_MS)
    assert slider.picture.photos == 7
    assert sum(slider.picture.counts) == 7
    assert window.model.hits[0].likely_from == pytest.approx(slider.likely_from, abs=1e-5)
    before = sum(hit.likely for hit in window.model.hits)
    slider.setValue(-100)
    qtbot.waitUntil(
        lambda: sum(hit.likely for hit in window.model.hits) > before, timeout=PATIENCE_MS
    )
    assert window.model.hits[0].likely_from == pytest.approx(slider.likely_from, abs=1e-5)
    _search(qtbot, program, "a rocket")
    qtbot.waitUntil(
        lambda: window.model.hits[0].likely_from == pytest.approx(slider.likely_from, abs=1e-5),
        timeout=PATIENCE_MS,
    )
    window.search_bar.clear()
    qtbot.waitUntil(lambda: not slider.isVisible(), timeout=PATIENCE_MS)
    program.shut_down()
    assert Settings.load(library_paths.settings_file).strictness == -1


def test_the_order_is_chosen_beside_the_count(qtbot, program) -> None:
    window = program.window
    _search(qtbot, program, "a cat")
    assert "in " in window.status.text()
    assert window.status.text().endswith(" ms")
    window.search_tools.sort.actions_by_sort["name"].trigger()
    _wait_for(qtbot, program, "a cat sort:name")
    likely = [hit.photo.path.name for hit in window.model.hits if hit.likely]
    others = [hit.photo.path.name for hit in window.model.hits if not hit.likely]
    assert likely == sorted(likely)
    assert others == sorted(others)
    assert len(others) > 2


def test_a_bad_filter_is_explained_and_the_chips_wait(qtbot, program) -> None:
    window, bar = program.window, program.window.search_bar
    _search(qtbot, program, "a cat type:png")
    QTest.keyClicks(bar.text, " date:never")
    qtbot.waitUntil(window.error_bar.isVisible, timeout=PATIENCE_MS)
    assert "never" in window.error_bar.message.text()
    assert not any(chip.isEnabled() for chip in bar.chips.chips)
    assert not window.search_tools.sort.isEnabled()
    bar.search("a cat")
    qtbot.waitUntil(lambda: not window.error_bar.isVisible(), timeout=PATIENCE_MS)
    assert window.search_tools.sort.isEnabled()


def test_of_a_topic_the_last_request_wins(qtbot, program) -> None:
    requests = LibraryRequests(program.search)
    may_go = threading.Event()
    done: list[str] = []

    def block(service) -> str:
        assert may_go.wait(60)
        return "first"

    requests.ask("a", block, done.append)
    began: list[str] = []
    for name in ("second", "third"):
        requests.ask("a", lambda _, name=name: began.append(name) or name, done.append)
    requests.ask("b", lambda service: service.catalogue.counts().photos, done.append)
    requests.ask("c", lambda _: "dropped", done.append)
    requests.drop("c")
    may_go.set()
    qtbot.waitUntil(lambda: 7 in done, timeout=PATIENCE_MS)
    assert done == ["third", 7]
    assert began == ["third"]
