"""The pages of the settings need no scrolling sideways, whatever the letters and the language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from desktop_app.gui.language import LANGUAGES, Speech
from desktop_app.gui.settings.check_row import CheckRow
from desktop_app.gui.settings.dialog import SettingsDialog
from desktop_app.gui.settings.library_page import LibrarySizes
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

NARROW = 900


@pytest.fixture
def large_letters(qapp: QApplication) -> Iterator[None]:
    before, font = qapp.font(), qapp.font()
    font.setPointSizeF(20.0)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways(qtbot, qapp, large_letters, language: str) -> None:
    speech = Speech(qapp, QLocale("C"))
    speech.speak(language)
    folder = Path("/home/somebody/.local/share/visita with a name that is long")
    dialog = SettingsDialog(Settings(), DataPaths(folder), [])
    speech.stop()
    qtbot.addWidget(dialog)
    dialog.library.show_sizes(LibrarySizes(123_456_789, 23_456_789, 1_234_567_890, 123_456))
    dialog.search.show_obtained("CPUExecutionProvider; CUDA cannot be had: a library is missing.")
    dialog.resize(NARROW, dialog.height())
    dialog.show()
    for page in dialog.pages:
        dialog.show_page(page)
        qapp.processEvents()
        area = dialog.stack.currentWidget()
        assert isinstance(area, QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0, area.accessibleName()


def test_the_words_of_a_box_belong_to_it(qtbot) -> None:
    row = CheckRow("Look again at the best photos")
    qtbot.addWidget(row)
    row.resize(300, 60)
    row.show()
    QTest.mouseClick(row.words, Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert row.box.isChecked()
    assert row.box.accessibleName() == "Look again at the best photos"
    row.box.setEnabled(False)
    QTest.mouseClick(row.words, Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert row.box.isChecked()
