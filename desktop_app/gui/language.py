"""Which language the window speaks, and having it speak that one."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)

LANGUAGES = {"en": "English", "de": "Deutsch", "zh_CN": "简体中文"}
"""By the name in the settings, each as those who speak it call it."""
TRANSLATIONS = Path(__file__).parent / "translations"


class Speech:
    """Has the application speak one language at a time: words, dates, numbers, direction."""

    def __init__(self, app: QApplication, system: QLocale | None = None) -> None:
        """``system``: what the user chose for the whole computer; asked of Qt when not given."""
        self._app = app
        self._system = QLocale.system() if system is None else system
        self._before = QLocale()
        self._translators: list[QTranslator] = []
        self.language = "en"

    def speak(self, chosen: str) -> None:
        """Speak this language of ``LANGUAGES``; empty: the system's, or English.

        Widgets keep the words that they were made with: for those that are made from now on.
        """
        self.stop()
        self.language = chosen or language_of(self._system.uiLanguages())
        locale = self._locale()
        QLocale.setDefault(locale)
        self._app.setLayoutDirection(locale.textDirection())
        if self.language != "en":
            qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            self._install(qt / f"qtbase_{self.language}.qm")
        self._install(compiled(self.language))

    def stop(self) -> None:
        """Speak as before the first ``speak``."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators.clear()
        self.language = "en"
        QLocale.setDefault(self._before)
        self._app.setLayoutDirection(self._before.textDirection())

    def _locale(self) -> QLocale:
        """The user's own where it is of this language, else the language in the user's country."""
        language = QLocale(self.language)
        system = self._system
        if (system.language(), system.script()) == (language.language(), language.script()):
            return system
        if system.language() == QLocale.Language.C:  # no country: of English it is the plainest
            return system if self.language == "en" else language
        return QLocale(language.language(), language.script(), system.territory())

    def _install(self, file: Path) -> None:
        translator = QTranslator()
        if translator.load(str(file)):
            self._app.installTranslator(translator)
            self._translators.append(translator)
        else:
            log.warning("no translation can be read from %s", file)


def compiled(language: str) -> Path:
    """The file with the window's words in one of ``LANGUAGES``; of English, which is their source,
    only what is counted: ``%Ln photo(s)`` in the source is "1 photo" and "2 photos" there.
    """
    return TRANSLATIONS / f"visita_{language}.qm"


def language_of(wanted: list[str]) -> str:
    """The first language that the window speaks of those a user reads; English if none.

    Args:
        wanted: names as ``QLocale.uiLanguages`` gives them (``de-AT``, ``zh-Hans-CN``).
    """
    simplified = QLocale.Script.SimplifiedHanScript
    known: set[QLocale.Language] = set()
    for name in wanted:
        locale = QLocale(name)
        if "-" not in name and locale.language() in known:
            continue  # the bare zh behind zh-Hant-TW is no wish for simplified Chinese
        known.add(locale.language())
        match locale.language():
            case QLocale.Language.German:
                return "de"
            case QLocale.Language.English:
                return "en"
            case QLocale.Language.Chinese if locale.script() == simplified:
                return "zh_CN"
    return "en"
