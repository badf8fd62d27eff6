"""Themes, words and names: what everybody must be able to read, or to hear."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QLineEdit,
    QProgressBar,
    QScrollBar,
)

from desktop_app.gui import wording
from desktop_app.gui.empty_state import Emptiness, why_empty
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.messages import Answer, LibraryState, NewestQuery, TextQuery
from desktop_app.gui.theme import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    Colours,
    ThemeSwitch,
    colours_of,
)
from desktop_app.library.records import Counts, Folder, IndexSummary


def _luminance(colour: str) -> float:
    parts = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "light contrast": LIGHT_CONTRAST,
    "dark contrast": DARK_CONTRAST,
}


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_text_can_be_read(colours: Colours) -> None:
    grounds = (colours.window, colours.panel, colours.raised, colours.field)
    for ground in grounds:
        assert _contrast(colours.text, ground) >= 7, ground
        assert _contrast(colours.muted, ground) >= 4.5, ground
    for ground in (colours.hover, colours.selection, colours.danger_soft, colours.note_soft):
        assert _contrast(colours.text, ground) >= 7, ground
    for ground in (colours.hover, colours.selection):  # the second line of a row, a chip at rest
        assert _contrast(colours.muted, ground) >= 4.5, ground
    assert _contrast(colours.text, colours.pressed) >= 4.5
    for ground in (colours.accent, colours.accent_hover):
        assert _contrast(colours.on_accent, ground) >= 4.5, ground
    for ground in (colours.window, colours.panel, colours.raised):  # links are words, too
        assert _contrast(colours.accent, ground) >= 4.5, ground


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_rings_and_frames_can_be_seen(colours: Colours) -> None:
    grounds = (colours.window, colours.panel, colours.raised, colours.field)
    for ground in (*grounds, colours.hover, colours.selection):
        assert _contrast(colours.accent, ground) >= 3, ground
    assert _contrast(colours.danger, colours.danger_soft) >= 3


@pytest.mark.parametrize("colours", [LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark"])
def test_high_contrast_is_higher(colours: Colours) -> None:
    for ground in (colours.window, colours.panel, colours.raised, colours.field):
        assert _contrast(colours.muted, ground) >= 7, ground
        assert _contrast(colours.border, ground) >= 7, ground  # every field has a frame
        assert _contrast(colours.accent, ground) >= 7, ground
        assert _contrast(colours.pressed, ground) >= 3, ground  # the groove of a slider


def test_the_theme_changes_at_once(qapp) -> None:
    theme = ThemeSwitch(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    theme.choose("light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    theme.choose("system")
    assert theme.theme == "system"
    assert colours_of(is_dark=True, is_high=True) is DARK_CONTRAST
    theme.choose("contrast")
    assert qapp.palette().color(QPalette.ColorRole.Window) in (
        QColor(LIGHT_CONTRAST.window),
        QColor(DARK_CONTRAST.window),
    )
    assert qapp.palette().color(QPalette.ColorRole.Mid) in (
        QColor(LIGHT_CONTRAST.border),
        QColor(DARK_CONTRAST.border),
    )
    theme.choose("system")
    assert qapp.palette().color(QPalette.ColorRole.Window) in (
        QColor(LIGHT.window),
        QColor(DARK.window),
    )


def test_every_control_has_a_name(qtbot, open_program, library_paths) -> None:
    window = open_program(library_paths).window
    kinds = (QAbstractButton, QAbstractItemView, QAbstractSlider, QLineEdit, QProgressBar)
    nameless = [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if not isinstance(widget, QScrollBar)
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and widget is not window.empty.button
    ]
    assert nameless == []


def _library(folders: int, photos: int) -> LibraryState:
    folder = Folder(1, None, "online", "", None)  # type: ignore[arg-type]
    return LibraryState((folder,) * folders, Counts(photos, photos, 0, 0, 0))


@pytest.mark.parametrize(
    ("library", "state", "query", "reason"),
    [
        (None, IndexerState.IDLE, NewestQuery(), Emptiness.OPENING),
        (_library(0, 0), IndexerState.IDLE, NewestQuery(), Emptiness.NO_FOLDER),
        (_library(0, 0), IndexerState.RUNNING, NewestQuery(), Emptiness.INDEXING),
        (_library(1, 0), IndexerState.PAUSED, TextQuery("cat"), Emptiness.INDEXING),
        (_library(1, 0), IndexerState.IDLE, NewestQuery(), Emptiness.NO_PHOTOS),
        (_library(1, 9), IndexerState.IDLE, TextQuery("cat"), Emptiness.NO_MATCH),
        (_library(1, 9), IndexerState.IDLE, NewestQuery(), Emptiness.OPENING),
    ],
)
def test_an_empty_grid_says_why(library, state, query, reason) -> None:
    assert why_empty(library, state, query) is reason


def test_numbers_in_words(qapp) -> None:
    assert wording.photos(1) == "1 photo"
    assert wording.photos(12345).replace(QLocale().groupSeparator(), "") == "12345 photos"
    assert wording.results(200) == "200 results"
    assert wording.score(0.314) == "0.31"
    assert wording.score(-0.001) == "0.00"
    assert wording.score(-0.2) == "-0.20"
    assert wording.milliseconds(0.2) == "1 ms"
    assert wording.time_left(4) == "a few seconds left"
    assert wording.time_left(44) == "45 s left"
    assert wording.time_left(58.5) == "1 min left"
    assert wording.time_left(150) == "2 min left"
    assert wording.time_left(3599) == "1 h 0 min left"
    assert wording.time_left(2 * 3600 + 3599) == "3 h 0 min left"
    now = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    assert wording.time_since("2026-05-01T11:59:30+00:00", now) == "just now"
    assert wording.time_since("2026-05-01T11:30:00", now) == "30 minutes ago"
    assert wording.time_since("2026-04-25T12:00:00+00:00", now) == "6 days ago"


def test_reasons_become_sentences() -> None:
    assert wording.sentence("damaged: too short") == "Damaged: too short."
    assert wording.sentence("It is no photo.") == "It is no photo."
    assert wording.sentence("") == ""


def test_an_answer_in_words(qapp, make_hits) -> None:
    newest = Answer(1, NewestQuery(), make_hits(5), 3.0)
    assert wording.answer_words(newest, 5) == "5 photos, newest first"
    assert wording.answer_words(newest, 900) == "The newest 5 of 900 photos"
    assert wording.answer_words(Answer(1, NewestQuery(), (), 3.0), 0) == ""
    found = Answer(1, TextQuery("cat"), make_hits(1), 12.4)
    assert wording.answer_words(found, 900) == "1 result in 12 ms"


def test_a_run_in_words(qapp) -> None:
    assert wording.summary(IndexSummary(0, 9, 0, 0, 0, 1.0, False)) == ""
    run = IndexSummary(12, 9, 1, 2, 3, 1.0, False)
    assert wording.summary(run) == "12 photos added · 1 moved · 2 missing · 3 problems"
