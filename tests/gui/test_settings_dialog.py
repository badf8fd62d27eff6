"""The settings: what is shown is what holds, and what is chosen is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QMessageBox, QPlainTextEdit, QSpinBox

from desktop_app.gui.photo_grid import SMALLEST_SIDE
from desktop_app.gui.settings.dialog import SettingsDialog
from desktop_app.gui.settings.figure_words import FigureGroup, figure_groups
from desktop_app.gui.settings.model_page import ModelPage
from desktop_app.gui.settings.settings_tools import keep_changes
from desktop_app.inference.bundle import ModelBundle
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS


@pytest.fixture
def dialog(qtbot, tmp_path) -> SettingsDialog:
    shown = Settings(exclude=("drafts/",), decode_workers=3, provider="cpu")
    dialog = SettingsDialog(shown, DataPaths(tmp_path), [])
    qtbot.addWidget(dialog)
    return dialog


def test_every_choice_comes_back(dialog: SettingsDialog) -> None:
    before = Settings(exclude=("drafts/",), decode_workers=3, provider="cpu")
    assert dialog.chosen() == before
    dialog.appearance.theme.setCurrentIndex(2)
    dialog.appearance.cache.setValue(200)
    dialog.indexing.threads.setValue(0)
    dialog.indexing.memory.setValue(800)
    dialog.indexing.rescan.setValue(5)
    dialog.indexing.pixels.setValue(300)
    dialog.appearance.side.setValue(240)
    dialog.library.cap.setValue(750)
    dialog.indexing.patterns.text.setPlainText("*.gif\n\n  *.gif\n!thumbs/\n")
    dialog.search.provider.setCurrentIndex(0)
    dialog.search.rerank.setChecked(False)
    assert dialog.chosen() == Settings(
        theme="dark",
        thumbnail_cache_mb=200,
        thumbnail_side=240,
        thumbnail_disk_mb=750,
        pixel_cap_mp=300,
        decode_memory_mb=800,
        rescan_minutes=5,
        exclude=("*.gif", "!thumbs/"),
        rerank=False,
    )


def test_a_pattern_without_meaning_cannot_be_kept(dialog: SettingsDialog) -> None:
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    dialog.indexing.patterns.text.setPlainText("*.gif\n# a remark")
    assert not ok.isEnabled()
    assert "matches nothing" in dialog.indexing.patterns.trouble.text()
    dialog.indexing.patterns.text.setPlainText("*.gif")
    assert ok.isEnabled()


def test_every_control_has_a_name(dialog: SettingsDialog) -> None:
    for kind in (QComboBox, QSpinBox, QPlainTextEdit):
        for control in dialog.findChildren(kind):
            assert control.accessibleName(), control


def test_only_what_changed_is_written(tmp_path) -> None:
    file = tmp_path / "settings.json"
    before = Settings(exclude=("a/",))
    replace(before, exclude=("a/", "b/"), thumbnail_side=99).save(file)  # meanwhile
    keep_changes(file, before, replace(before, rescan_minutes=7))
    assert Settings.load(file) == Settings(
        exclude=("a/", "b/"), thumbnail_side=99, rescan_minutes=7
    )


def test_figures_are_told_in_words() -> None:
    metrics = {
        "retrieval": {
            "data": "flickr",
            "photos": 31,
            "text_to_image": {"R@1": 25.681, "R@10": 70.0, "median_rank": 4.0},
            "reranked": {"image_to_text": {"R@1": 30.5}},
        },
        "list": [1],
        "of_its_own": 2,
    }
    assert figure_groups(metrics) == [
        FigureGroup("Figures", (("of its own", "2"),)),
        FigureGroup("Retrieval", (("Measured on", "flickr"), ("Photos", "31"))),
        FigureGroup(
            "Retrieval · text to image",
            (
                ("R@1: found in the first place, %", "25.68"),
                ("R@10: found among the first 10, %", "70"),
                ("Median rank (1 is the best)", "4"),
            ),
        ),
        FigureGroup(
            "Retrieval · with the second look · image to text",
            (("R@1: found in the first place, %", "30.5"),),
        ),
    ]


def test_every_figure_of_the_shipped_model_has_words(qtbot, model_dir) -> None:
    page = ModelPage()
    qtbot.addWidget(page)
    manifest = ModelBundle.open(model_dir).manifest
    page.show_manifest(manifest)
    assert f"Licence: {manifest.licence}" in page.terms.text()
    shown = [
        item.child(n).text(0)
        for item in map(page.figures.topLevelItem, range(page.figures.topLevelItemCount()))
        for n in range(item.childCount())
    ]
    assert bool(shown) == bool(manifest.metrics)
    assert not any("_" in name or name.islower() for name in shown), shown


def test_the_window_shows_and_keeps_them(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    tools = program.tools.settings
    tools.action.trigger()
    qtbot.waitUntil(lambda: tools.dialog is not None, timeout=PATIENCE_MS)
    dialog = tools.dialog
    qtbot.waitUntil(lambda: dialog.model.figures.topLevelItemCount() > 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "Provider" in dialog.search.obtained.text(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "7 thumbnails" in dialog.library.sizes.text(), timeout=PATIENCE_MS)
    shown = dialog.shortcuts.keys
    places = [shown.topLevelItem(n) for n in range(shown.topLevelItemCount())]
    keys = {
        place.text(0): {
            place.child(n).text(0): place.child(n).text(1) for n in range(place.childCount())
        }
        for place in places
    }
    everywhere = keys.pop("Everywhere in the window")
    assert {"Settings", "Quit", "Add to album"} <= everywhere.keys()
    assert everywhere["Quit"] == "Ctrl+Q"
    assert {"Favourite", "Open the photo"} <= keys.pop("Photos").keys()
    assert "Full screen" in keys.pop("A photo in the viewer")
    assert set(keys) >= {"Folders", "Albums", "The pieces of the search", "Search photos by words"}
    dialog.library.backup_button.click()
    qtbot.waitUntil(lambda: dialog.library.backups.count() > 0, timeout=PATIENCE_MS)
    dialog.indexing.rescan.setValue(44)
    dialog.appearance.side.setValue(SMALLEST_SIDE)
    dialog.appearance.theme.setCurrentIndex(2)
    dialog.accept()
    assert program.theme.theme == "dark"
    assert program.window.grid.side == program.window.size_slider.value() == SMALLEST_SIDE
    qtbot.waitUntil(
        lambda: Settings.load(library_paths.settings_file).rescan_minutes == 44,
        timeout=PATIENCE_MS,
    )
    assert tools.dialog is None


def test_going_back_ends_this_window(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    tools = program.tools.settings
    tools.show()
    qtbot.waitUntil(lambda: tools.dialog is not None, timeout=PATIENCE_MS)
    page = tools.dialog.library
    tools.dialog.show_page(page)
    page.backup_button.click()
    qtbot.waitUntil(lambda: page.backups.count() > 0, timeout=PATIENCE_MS)
    page.backups.setCurrentRow(0)
    page.restore_button.click()
    (box,) = tools.dialog.findChildren(QMessageBox)
    with qtbot.waitSignal(program.window.quit_wanted, timeout=PATIENCE_MS):
        next(b for b in box.buttons() if "Go back" in b.text()).click()
    assert program.restore_wanted == page.backups.item(0).data(Qt.ItemDataRole.UserRole)
