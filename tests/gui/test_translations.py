"""The window in other languages: every string can be translated, is, and is seen so."""

from __future__ import annotations

import importlib
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QWidget,
)

from desktop_app.errors import UnreadablePhoto
from desktop_app.gui import wording
from desktop_app.gui.grid.section_heading import month_name
from desktop_app.gui.language import LANGUAGES, TRANSLATIONS, Speech, compiled, language_of
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.search_help import SearchHelp
from desktop_app.gui.settings.dialog import SettingsDialog
from desktop_app.gui.told import told
from desktop_app.gui.translations.library_sentences import LIBRARY_SENTENCES
from desktop_app.library.query_parser import parse_query
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.window_strings import Asked, WindowSource, placeholders, window_sources

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@pytest.fixture
def translations(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``packaging/translations.py``, which ``make translations`` runs."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    return importlib.import_module("translations")


@pytest.fixture
def german(qapp: QApplication) -> Iterator[Speech]:
    speech = Speech(qapp, QLocale("de_DE"))
    speech.speak("de")
    yield speech
    speech.stop()


def read_ts(file: Path) -> dict[Asked, ElementTree.Element]:
    """The entries of a ``.ts`` file; one that is there twice would be lost by lrelease."""
    found: dict[Asked, ElementTree.Element] = {}
    for context in ElementTree.parse(file).iter("context"):
        for message in context.iter("message"):
            texts = (context.findtext("name"), message.findtext("source"))
            asked = Asked(*map(str, texts), message.findtext("comment") or "")
            assert asked not in found, asked
            found[asked] = message
    return found


def forms(message: ElementTree.Element) -> list[str]:
    """The translation; of what is counted, for each of the language's numbers."""
    translation = message.find("translation")
    assert translation is not None
    plurals = [form.text or "" for form in translation.iter("numerusform")]
    return plurals or [translation.text or ""]


# -- what could be translated -------------------------------------------------------------


def test_every_string_of_the_window_can_be_translated() -> None:
    assert [fault for source in window_sources() for fault in source.wrong()] == []


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ('label.setText("Good morning")', "nobody translates: 'Good morning'"),
        ('QLabel(f"{name} is here")', "nobody translates: ' is here'"),
        ('QAction("Open" if fresh else self.tr("Open again"), self)', "'Open'"),
        ('words = "Hello"\n    label.setToolTip(words)', "'Hello'"),
        ('menu.addAction("Show {n}".format(n=1))', "'Show {n}'"),
        ("label.setText(self.tr(words))", "no literal"),
        ('label.setText(self.tr(f"{name}!"))', "no literal"),
        ("label.setText(f\"{self.tr('Yes')}!\")", "inside an f-string"),
        ('label.setText(label.tr("Yes"))', "another object"),
        ('label.setText(_tr("Yes"))', "_tr"),
        ('label.setText(self.tr("{n} of {all}").format(n=1, total=2))', "is filled with"),
        ('return "Nothing was found."', "Nothing was found."),
    ],
)
def test_what_cannot_be_translated_is_found(tmp_path: Path, code: str, complaint: str) -> None:
    file = tmp_path / "window.py"
    file.write_text(f"def f(self):\n    {code}\n", "utf-8")
    faults = list(WindowSource(file).wrong())
    assert len(faults) == 1, faults
    assert complaint in faults[0]


def test_what_is_translated_or_has_no_words_is_fine(tmp_path: Path) -> None:
    file = tmp_path / "window.py"
    file.write_text(
        'def f(self):\n    """Nothing to see."""\n    label.setText(self.tr("Yes") + " · ")\n'
        '    log.warning("not kept: %s", x)\n    self.tr("{n} of {n}").format(n=1)\n',
        "utf-8",
    )
    assert list(WindowSource(file).wrong()) == []


# -- what is translated -------------------------------------------------------------------


def test_the_list_of_what_the_library_says_is_complete(translations: ModuleType) -> None:
    """If not: make translations."""
    written = (TRANSLATIONS / "library_sentences.py").read_text("utf-8")
    assert written == translations.library_sentences()


@pytest.mark.parametrize("language", TRANSLATED)
def test_lupdate_finds_nothing_new_and_misses_nothing(
    translations: ModuleType, tmp_path: Path, language: str
) -> None:
    """If it does: make translations."""
    fresh = tmp_path / f"visita_{language}.ts"
    translations.look_for_strings([fresh])
    in_source = set(read_ts(fresh))
    assert in_source == set(read_ts(translations.ts_file(language)))
    asked = {asked for source in window_sources() for asked in source.asked()}
    assert asked <= in_source
    assert {Asked("library", str(text)) for text in LIBRARY_SENTENCES} <= in_source


def test_what_is_counted_has_its_english_forms(translations: ModuleType, tmp_path: Path) -> None:
    """If not: make translations."""
    fresh = tmp_path / "visita_en.ts"
    translations.look_for_strings([fresh], "-pluralonly")
    entries = read_ts(translations.ts_file("en"))
    assert set(read_ts(fresh)) == set(entries)
    assert entries
    assert all(len(forms(message)) == 2 for message in entries.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_translated_well(translations: ModuleType, language: str) -> None:
    for asked, message in read_ts(translations.ts_file(language)).items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, f"unfinished or vanished: {asked}"
        for text in forms(message):
            assert text.strip(), f"empty: {asked}"
            assert placeholders(text) == placeholders(asked.text), asked
            assert text.count("%Ln") == asked.text.count("%Ln"), asked
            assert "(s)" not in text, asked
            assert text.startswith(" ") == asked.text.startswith(" "), asked
            assert text.endswith("…") == asked.text.endswith("…"), asked
            assert text.endswith((":", "：")) == asked.text.endswith(":"), asked
            assert text.count("&") == asked.text.count("&"), asked
            assert text.count("\n") == asked.text.count("\n"), asked
            assert "ß" not in text or language == "de"
            for typed in re.findall(r"`[^`]*`|--\w[\w-]*|\b[a-z]+:[\w.>=<\"]*\w", asked.text):
                assert typed in text, f"{typed} is typed as it stands: {asked}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_what_its_source_says(
    translations: ModuleType, language: str
) -> None:
    """If not: make translations."""
    translator = QTranslator()
    assert translator.load(str(compiled(language)))
    for asked, message in read_ts(translations.ts_file(language)).items():
        # one, and any other number: none of the languages has a third form
        for number, text in zip((1, 2), forms(message), strict=False):
            how_many = number if message.get("numerus") else -1
            found = translator.translate(asked.context, asked.text, asked.comment or None, how_many)
            assert found == text, asked


# -- what is said by the library ----------------------------------------------------------


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_library_is_recognised(qapp: QApplication, language: str) -> None:
    speech = Speech(qapp, QLocale("C"))
    speech.speak(language)
    try:
        for template in map(str, LIBRARY_SENTENCES):
            names = sorted(placeholders(template))
            values = {name: f"/x y/{string.ascii_uppercase[n]}.1" for n, name in enumerate(names)}
            words = QCoreApplication.translate("library", template)
            assert told(template.format(**values)) == words.format(**values)
    finally:
        speech.stop()


def test_words_of_the_system_inside_a_sentence_are_translated(german: Speech) -> None:
    sentence = "/a/b.jpg cannot be used: cannot be read (Input/output error)."
    assert told(sentence) == (
        "/a/b.jpg kann nicht verwendet werden: kann nicht gelesen werden (Ein-/Ausgabefehler)."
    )
    assert told("something that nobody ever said") == "something that nobody ever said"
    assert told("") == ""


def test_an_error_reports_in_german(german: Speech) -> None:
    with pytest.raises(Exception, match="no date") as raised:
        parse_query("date:soon")
    report = ErrorReport.of(raised.value)
    assert report.message == ("„soon“ ist kein Datum: Schreiben Sie 2020, 2020-06 oder 2020-06-15.")
    assert report.hint == "In Anführungszeichen gilt alles so, wie es dasteht."
    assert "no date" in report.details  # for those who mend it
    assert wording.sentence(UnreadablePhoto("empty file").message) == "Leere Datei."


# -- what is seen -------------------------------------------------------------------------


def test_numbers_and_dates_follow_the_language(german: Speech) -> None:
    assert wording.photos(12_345) == "12.345 Fotos"
    assert wording.photos(1) == "1 Foto"
    assert wording.score(0.314) == "0,31"
    assert wording.time_left(3_720) == "noch 1 h 2 min"
    assert month_name("2021-05") == "Mai 2021"
    assert wording.moment("2021-05-01T12:30:00") == "01.05.2021 12:30"
    german.speak("zh_CN")
    assert wording.photos(12_345) == "12,345 张照片"
    assert month_name("2021-05") == "2021年5月"
    german.speak("en")
    assert wording.photos(12_345) == "12.345 photos"  # the fixture's user lives in Germany


def test_buttons_of_qt_speak_it_too(qtbot, tmp_path: Path, german: Speech) -> None:
    dialog = SettingsDialog(Settings(), DataPaths(tmp_path), [])
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Einstellungen"
    cancel = dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    assert cancel.text().replace("&", "") == "Abbrechen"
    assert dialog.appearance.language.accessibleName() == "Sprache"


def test_the_grammar_is_explained_in_it(qtbot, german: Speech) -> None:
    help_ = SearchHelp()
    qtbot.addWidget(help_)
    root = help_.view.invisibleRootItem()
    meanings = {root.child(n).text(0): root.child(n).text(1) for n in range(root.childCount())}
    assert meanings['"a dog"^2 beach^0.5'] == "Gewichte"
    assert meanings['album:"Rome 2019"'] == "auch in:favourites"


def test_no_english_is_left_in_the_window(
    open_program, qtbot, library_paths: DataPaths, german: Speech, translations: ModuleType
) -> None:
    """Whatever can be seen or heard of the open program is in no list of English words."""
    program = open_program(library_paths, Settings(language="de"))
    program.tools.settings.show()
    qtbot.waitUntil(lambda: program.tools.settings.dialog is not None)
    english = {
        asked.text
        for asked, message in read_ts(translations.ts_file("de")).items()
        if message.findtext("translation") != asked.text
    }
    german_words = {m.findtext("translation") for m in read_ts(translations.ts_file("de")).values()}
    # „Album“ and „Name“ are both: English of one entry, German of another
    english -= german_words
    seen = shown_texts(program.window)
    assert "Ordner hinzufügen" in seen
    assert "Einstellungen" in seen
    assert seen & english == set()


def shown_texts(window: QWidget) -> set[str]:
    """Every text of a window, its dialogs and menus."""
    found: list[str] = []
    for widget in [window, *window.findChildren(QWidget)]:
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        found.append(widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QMenu):
            found.append(widget.title())
        if hasattr(widget, "placeholderText"):
            found.append(widget.placeholderText())
    for action in window.findChildren(QAction):
        found += [action.text(), action.toolTip()]
    return {text.replace("&", "") for text in found}


# -- which language -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "language"),
    [
        (["de-AT", "de"], "de"),
        (["en-Latn-GB", "en-GB", "en"], "en"),
        (["fr-FR", "fr", "de-DE", "de"], "de"),
        (["fr-FR", "fr"], "en"),
        (["C"], "en"),
        ([], "en"),
        (["zh-Hans-CN", "zh-CN", "zh-Hans", "zh"], "zh_CN"),
        (["zh"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW", "zh-Hant", "zh"], "en"),
        (["zh-Hant-TW", "zh-TW", "zh-Hant", "zh", "zh-Hans-CN"], "zh_CN"),
    ],
)
def test_the_language_of_the_system(system: list[str], language: str) -> None:
    assert language_of(system) == language


@pytest.mark.parametrize(
    ("system", "chosen", "language", "locale"),
    [
        ("de_AT", "", "de", "de_AT"),
        ("en_GB", "", "en", "en_GB"),
        ("en_GB", "de", "de", "de_DE"),
        ("de_DE", "en", "en", "en_DE"),
        ("zh_TW", "zh_CN", "zh_CN", "zh_CN"),
        ("fr_FR", "", "en", "en_FR"),
        ("C", "", "en", "C"),
        ("C", "de", "de", "de_DE"),
    ],
)
def test_the_users_own_country_is_kept(
    qapp: QApplication, system: str, chosen: str, language: str, locale: str
) -> None:
    before = QLocale()
    speech = Speech(qapp, QLocale(system))
    speech.speak(chosen)
    spoken = QLocale().name() if QLocale().territory() != QLocale.Country.World else "en_001"
    assert (speech.language, spoken) in [(language, locale), (language, f"{language}_US")]
    speech.stop()
    assert QLocale() == before
    assert wording.photos(1) == "1 photo"


def test_another_language_takes_the_place_of_the_last(german: Speech) -> None:
    german.speak("zh_CN")
    assert wording.selected(2) == "已选择 2 张照片"
    german.speak("")
    assert wording.selected(2) == "2 Fotos ausgewählt"  # the system's, of this fixture


def test_the_direction_follows_the_language(qapp: QApplication, monkeypatch) -> None:
    speech = Speech(qapp, QLocale("de_DE"))
    monkeypatch.setattr(speech, "_locale", lambda: QLocale("ar_EG"))
    speech.speak("de")
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    speech.stop()
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


LOOKS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop_app.gui import app
from desktop_app.paths import DataPaths

class Looked(app.Program):
    def start(self, *how):
        super().start(*how)
        print(self.window.menu.quit.text(), self.window.error_bar.close_button.accessibleName())
        QTimer.singleShot(0, self.window.close)

app.Program = Looked
sys.exit(app.run_window(DataPaths(Path(sys.argv[1])), Path(sys.argv[2])))
"""


def test_the_program_speaks_the_language_of_the_settings(tmp_path: Path, model_dir: Path) -> None:
    paths = DataPaths(tmp_path / "data")
    paths.create()
    Settings(language="de").save(paths.settings_file)
    done = subprocess.run(
        [sys.executable, "-c", LOOKS, str(paths.root), str(model_dir)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        cwd=PACKAGING.parent,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "Beenden Diese Meldung schließen\n"), done.stderr


def test_the_choice_is_kept(qtbot, tmp_path: Path) -> None:
    dialog = SettingsDialog(Settings(language="zh_CN"), DataPaths(tmp_path), [])
    qtbot.addWidget(dialog)
    assert dialog.chosen().language == "zh_CN"
    dialog.appearance.language.setCurrentIndex(0)
    assert dialog.chosen().language == ""
    assert {dialog.appearance.language.itemData(n) for n in range(1, 4)} == set(LANGUAGES)
