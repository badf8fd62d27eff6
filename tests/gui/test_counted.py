"""One and many, in every language of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from desktop_app.gui import wording
from desktop_app.gui.language import Speech
from desktop_app.gui.missing_dialog import forget_missing_dialog, nothing_missing
from desktop_app.library.removal import MissingCount


@pytest.mark.parametrize(
    ("language", "one", "many", "none"),
    [
        ("en", "1 photo", "2,300 photos", "0 photos"),
        ("de", "1 Foto", "2.300 Fotos", "0 Fotos"),
        ("zh_CN", "1 张照片", "2,300 张照片", "0 张照片"),
    ],
)
def test_photos_are_counted(qapp, language: str, one: str, many: str, none: str) -> None:
    places = {"en": "en_US", "de": "de_DE", "zh_CN": "zh_CN"}
    speech = Speech(qapp, QLocale(places[language]))
    speech.speak(language)
    assert [wording.photos(count) for count in (1, 2300, 0)] == [one, many, none]
    speech.stop()


def test_missing_files_are_forgotten_by_ones_and_twos(qtbot) -> None:
    one = forget_missing_dialog(MissingCount(files=1, photos=1, offline=1), None)
    qtbot.addWidget(one)
    assert one.text().startswith("Forget 1 missing file?")
    assert "1 more is kept: its folder" in one.informativeText()
    many = forget_missing_dialog(MissingCount(files=3, photos=0, offline=2), None)
    qtbot.addWidget(many)
    assert many.text().startswith("Forget 3 missing files?")
    assert "2 more are kept: their folder" in many.informativeText()
    assert nothing_missing(MissingCount(files=0, photos=0, offline=1)).startswith("1 missing file ")
