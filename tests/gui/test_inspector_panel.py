"""The inspector in the window: selection, words, captions, keys; with the tiny model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QPlainTextEdit, QScrollArea

from desktop_app.gui.inspector.caption_section import CaptionSection
from desktop_app.gui.inspector.match_section import MatchSection
from desktop_app.gui.inspector.messages import FoundCaptions, ShownReasons, to_qimage
from desktop_app.gui.messages import ErrorReport, TextQuery
from desktop_app.library.captions import Caption
from desktop_app.library.explaining import WordMap
from desktop_app.library.heat_picture import heat_layers
from desktop_app.library.match_reasons import KernelShare, MatchReasons
from tests.gui.conftest import PATIENCE_MS
from tests.gui.inspector_parts import CPU, headless_model, tiny_bundle, tiny_library, tiny_paths

__all__ = ["headless_model", "tiny_bundle", "tiny_library", "tiny_paths"]


def _word(word: str, hot: int) -> WordMap:
    cells = [1.0 if n == hot else 0.0 for n in range(9)]
    return WordMap(word, tuple(tuple(cells[row : row + 3]) for row in (0, 3, 6)))


def _reasons(photo, words: tuple[WordMap, ...] = (), **changed) -> ShownReasons:
    why = MatchReasons(
        path=photo,
        score=0.31,
        cosine=0.21,
        bonus=0.1,
        kernels=(KernelShare("linear", 0.6, 0.25), KernelShare("gaussian 0.5", 0.4, -0.04)),
        words=words,
        match=0.83 if words else None,
    )
    from PIL import Image

    drawn, each = heat_layers(Image.open(photo).convert("RGB"), words or (_word("x", 0),))
    values = {
        "why": why,
        "can_point": True,
        "together": to_qimage(drawn),
        "layers": tuple(map(to_qimage, each)) if words else (),
    }
    return ShownReasons(**(values | changed))


def test_there_is_a_button_for_each_word(qtbot, photo_files) -> None:
    section = MatchSection()
    qtbot.addWidget(section)
    section.show()
    shown = _reasons(photo_files["coffee"], (_word("red", 0), _word("cup", 8)))
    section.show_reasons(shown, 0.24)
    assert [b.text() for b in section.word_buttons] == ["Photo only", "All words", "red", "cup"]
    assert section.word_buttons[0].isChecked()
    assert section.match.text() == "The words describe it: 83 % sure."
    assert section.score.text() == "Score 0.31 (likely, which begins at 0.24)."
    assert section.shares == [
        ("In common", "+0.25"),
        ("Very much alike", "-0.04"),
        ("Written down", "+0.10"),
    ]
    assert not section.kernels_note.isVisible()
    told = []
    section.layer_wanted.connect(lambda layer, words: told.append((layer, words)))
    section.word_buttons[3].setFocus()
    QTest.keyClick(section.word_buttons[3], Qt.Key.Key_Space)
    assert told[0][0] == shown.layers[1]
    assert told[0][1] == "“cup” fits best: bottom, right (1.00)"
    assert section.word_buttons[3].accessibleDescription() == told[0][1]
    section.word_buttons[1].click()
    assert told[1][0] == shown.together
    section.word_buttons[0].click()
    assert told[2][0].isNull()
    assert [b.isChecked() for b in section.word_buttons] == [True, False, False, False]
    one = _reasons(photo_files["coffee"], (_word("cup", 4),))
    section.show_reasons(one, 0.5)
    assert [b.text() for b in section.word_buttons] == ["Photo only", "cup"]
    assert "likely begins at 0.50" in section.score.text()


def test_what_a_model_cannot_do_is_said_in_a_sentence(qtbot, photo_files) -> None:
    section, photo = MatchSection(), photo_files["coffee"]
    qtbot.addWidget(section)
    section.show()
    blind = _reasons(photo, can_point=False)
    section.show_reasons(
        ShownReasons(MatchReasons(photo, 0.3, 0.3, 0.0, (), (), None), False, blind.together, ()),
        None,
    )
    assert "no matcher" in section.words_note.text()
    assert section.word_buttons == []
    assert "does not tell" in section.kernels_note.text()
    assert section.score.text() == "Score 0.30."
    section.show_reasons(_reasons(photo), 0.2)
    assert "search is by a photo" in section.words_note.text()
    section.show_reasons(_reasons(photo, (_word("cup", 0),), layers=()), 0.2)
    assert "no picture" in section.words_note.text()
    section.show_failure(ErrorReport("The model is damaged.", "Reinstall it."))
    assert section.match.text() == "The model is damaged. Reinstall it."
    assert section.shares == []


def test_captions_are_copied_edited_and_kept(qtbot) -> None:
    section = CaptionSection()
    qtbot.addWidget(section)
    section.show()
    kept, exported = [], []
    section.keep_wanted.connect(kept.append)
    section.export_wanted.connect(exported.append)
    captions = (Caption("A cup.", 0.834, "generated"), Caption("my cup", 0.1, "collection"))
    section.show_captions(FoundCaptions(captions, is_judged=True, can_write=True))
    assert [card.text.text() for card in section.cards] == ["A cup.", "my cup"]
    sources = [card.source.text() for card in section.cards]
    assert sources == ["by the model · 83 %", "your captions · 10 %"]
    assert not section.note.isVisible()
    section.cards[0].copy_button.click()
    assert QGuiApplication.clipboard().text() == "A cup."
    assert section.status.text() == "Caption copied."
    section.cards[1].keep_button.click()
    assert kept == ["my cup"]
    assert not section.editor.isVisible()
    section.cards[0].edit_button.click()
    editor = section.editor
    assert editor.isVisible()
    assert editor.text.toPlainText() == "A cup."
    QTest.keyClicks(editor.text, "A red  cup")  # replaces what is selected
    editor.keep_button.click()
    assert kept[1:] == ["A red cup"]
    assert exported == []  # only when it is asked for
    editor.export_button.click()
    assert exported == ["A red cup"]
    editor.text.clear()
    assert not editor.keep_button.isEnabled()
    assert not editor.export_button.isEnabled()
    QTest.keyClick(editor.text, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    section.own_button.click()
    assert editor.isVisible()
    assert editor.caption == ""
    section.clear()
    assert not editor.isVisible()
    assert section.cards == []


@pytest.mark.parametrize(
    ("captions", "can_write", "said"),
    [
        ((), True, "No caption was found."),
        ((), False, "cannot write captions, and there are none of yours"),
        ((Caption("a", 0.5, "collection"),), False, "the nearest of yours"),
        ((Caption("a", 0.5, "generated"),), True, ""),
    ],
)
def test_why_there_are_no_captions(qtbot, captions, can_write, said) -> None:
    section = CaptionSection()
    qtbot.addWidget(section)
    section.show_captions(FoundCaptions(captions, is_judged=False, can_write=can_write))
    assert said in section.note.text()
    assert bool(section.note.text()) == bool(said)
    assert [card.source.text()[-4:] for card in section.cards] == ["0.50"] * len(captions)


def _search(qtbot, program, words: str) -> None:
    QTest.keyClicks(program.window.search_bar.text, words)
    qtbot.waitUntil(lambda: program.controller._shown == TextQuery(words), timeout=PATIENCE_MS)


def test_the_inspector_follows_the_selection(qtbot, open_program, tiny_paths, tiny_bundle) -> None:
    program = open_program(tiny_paths, CPU, tiny_bundle.folder)
    window, side = program.window, program.side
    panel = side.inspector.panel
    assert side.dock.isHidden()
    _search(qtbot, program, "a dog with in it")  # the letter of the key is typed, too
    assert side.dock.isHidden()
    window.grid.setFocus()
    QTest.keyClick(window.grid, Qt.Key.Key_I)
    qtbot.waitUntil(panel.isVisible, timeout=PATIENCE_MS)
    assert side.inspector.action.isChecked()
    assert panel.hint.isVisible()
    window.grid.setCurrentIndex(window.model.index(1))
    hit = window.model.hits[1]
    qtbot.waitUntil(
        lambda: bool(panel.facts.rows and panel.captions.cards and panel.match.word_buttons),
        timeout=PATIENCE_MS,
    )
    assert panel.name.text() == hit.photo.path.name
    assert str(hit.photo.path.parent) == panel.facts.rows["Folder"].text().replace("\u200b", "")
    assert [b.text() for b in panel.match.word_buttons] == ["Photo only", "dog"]
    qtbot.waitUntil(lambda: panel.view.has_picture, timeout=PATIENCE_MS)
    plain = panel.view.grab().toImage()
    panel.match.word_buttons[1].click()
    assert panel.view.grab().toImage() != plain
    assert panel.view.accessibleName().startswith("“dog” fits best")
    panel.match.word_buttons[0].click()
    assert panel.view.grab().toImage() == plain
    panel.captions.cards[0].keep_button.click()
    qtbot.waitUntil(lambda: "Kept" in panel.captions.status.text(), timeout=PATIENCE_MS)
    # The library grows and the same is asked again: what is typed here stays.
    panel.captions.edit("My dog")
    program.controller._submit()
    qtbot.wait(300)
    assert panel.captions.editor.caption == "My dog"
    kinds = (QAbstractButton, QAbstractItemView, QPlainTextEdit, QScrollArea)
    nameless = [
        widget
        for kind in kinds
        for widget in side.dock.findChildren(kind)
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
    window.search_bar.clear()
    qtbot.waitUntil(lambda: not panel.match.isVisible(), timeout=PATIENCE_MS)
    panel.head.close_button.setFocus()
    QTest.keyClick(panel.head.close_button, Qt.Key.Key_Escape)
    assert side.dock.isHidden()
    assert not side.inspector.action.isChecked()
    assert window.focusWidget() is window.grid


def test_with_a_model_without_heads_the_inspector_says_so(
    qtbot, open_program, tiny_paths, headless_model
) -> None:
    program = open_program(tiny_paths, CPU, headless_model)
    window, panel = program.window, program.side.inspector.panel
    program.side.inspector.action.trigger()
    _search(qtbot, program, "a dog")
    window.grid.setCurrentIndex(window.model.index(0))
    qtbot.waitUntil(
        lambda: (
            "no matcher" in panel.match.words_note.text()
            and "cannot write captions" in panel.captions.note.text()
        ),
        timeout=PATIENCE_MS,
    )
    assert panel.match.score.text().startswith("Score ")
    assert panel.captions.own_button.isVisible()


@pytest.mark.parametrize(
    ("score", "is_judged", "is_doubted"),
    [(0.01, True, True), (0.4, True, False), (0.01, False, False)],
)
def test_guesses_are_called_guesses(qtbot, score, is_judged, is_doubted) -> None:
    section = CaptionSection()
    qtbot.addWidget(section)
    captions = (Caption("a man", score, "generated"), Caption("a dog", score / 2, "generated"))
    section.show_captions(FoundCaptions(captions, is_judged=is_judged, can_write=True))
    assert ("not sure" in section.note.text()) is is_doubted
