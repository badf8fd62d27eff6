"""What there is to see: one function for each picture of the guide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from photo_folders import PhotoFolders
from photographer import SETTLED_MS, Photographer
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog

from desktop_app.gui.crash_dialog import ReportDialog
from desktop_app.gui.drop.drop_panel import DropPanel
from desktop_app.gui.library.near_dialog import NearDialog
from desktop_app.gui.library.transfer_dialog import TransferDialog
from desktop_app.gui.problems_dialog import ProblemsDialog
from desktop_app.gui.search.saved_dialog import SavedSearchesDialog
from desktop_app.gui.search_help import SearchHelp

QUERY = "a cat"
SENTENCE = "a man with a camera"
DialogType = TypeVar("DialogType", bound=QDialog)


def first_run(camera: Photographer, folders: PhotoFolders) -> None:
    """An empty library, a folder chosen and looked into."""
    page = camera.window.empty.first_run
    camera.window.take_folders([folders.demo])
    camera.wait(lambda: page.explanation.text().count("tried out") > 0)
    QTest.qWait(SETTLED_MS)
    camera.shoot("first-run")
    page.chosen.clear()


def results(camera: Photographer, folders: PhotoFolders) -> None:
    """What a text finds."""
    camera.search(QUERY)
    camera.shoot("results")


def mixed_query(camera: Photographer, folders: PhotoFolders) -> None:
    """Text, something pushed away, a weight and a filter."""
    camera.search('"an animal"^1.5 -people type:png')
    camera.shoot("mixed-query")


def by_date(camera: Photographer, folders: PhotoFolders) -> None:
    """Months as headings."""
    camera.search("sort:date")
    camera.shoot("by-date")


def completion(camera: Photographer, folders: PhotoFolders) -> None:
    """What is offered while somebody types."""
    camera.search("a flower")
    QTest.keyClicks(camera.window.search_bar.text, " ori")
    QTest.qWait(2 * SETTLED_MS)
    popups = [w for w in QApplication.allWidgets() if w.objectName() == "completions"]
    camera.shoot("completion", popups[0])
    QTest.keyClick(camera.window.search_bar.text, Qt.Key.Key_Escape)


def typo(camera: Photographer, folders: PhotoFolders) -> None:
    """A mistyped filter."""
    bar = camera.window.search_bar
    bar.clear()
    QTest.keyClicks(bar.text, "a boat date:2019-13")
    camera.wait(camera.window.error_bar.isVisible)
    QTest.qWait(SETTLED_MS)
    camera.shoot("typo")


def search_help(camera: Photographer, folders: PhotoFolders) -> None:
    """What can be typed."""
    camera.search(QUERY)
    camera.window.menu.search_help.trigger()
    _shoot_dialog(camera, "search-help", SearchHelp)


def inspector(camera: Photographer, folders: PhotoFolders) -> None:
    """Why a photo matched."""
    camera.search(SENTENCE)
    camera.select(0)
    side = camera.program.side
    side.inspector.action.trigger()
    QTest.qWait(SETTLED_MS)
    camera.wait_words(side.dock)
    match = side.inspector.panel.match
    match.word_buttons[-1].click()
    QTest.qWait(SETTLED_MS)
    camera.shoot("inspector")
    side.dock.close_panel()


def viewer(camera: Photographer, folders: PhotoFolders) -> None:
    """One photo, large."""
    camera.search(QUERY)
    camera.program.viewing.open(camera.window.model.hits[0])
    camera.wait(lambda: camera.program.viewer.is_sharp)
    QTest.qWait(SETTLED_MS)
    camera.shoot("viewer")
    camera.program.viewing.close()


def dropped_photo(camera: Photographer, folders: PhotoFolders) -> None:
    """A photo from outside: captions, similar photos."""
    camera.drop(folders.outside)
    chips = camera.window.search_bar.chips
    camera.wait(lambda: any(chip.has_picture for chip in chips.photo_chips))
    camera.wait_answer()
    QTest.qWait(SETTLED_MS)
    camera.wait_words(camera.program.side.dock)
    camera.shoot("dropped-photo")
    camera.program.side.dock.close_panel()
    camera.window.search_bar.clear()


def broken_photo(camera: Photographer, folders: PhotoFolders) -> None:
    """A dropped file that is no photo any more."""
    camera.drop(folders.broken)
    camera.wait(camera.window.error_bar.isVisible)
    panel = camera.window.findChild(DropPanel)
    camera.wait(lambda: panel is not None and panel.trouble.isVisible())
    QTest.qWait(SETTLED_MS)
    camera.shoot("broken-photo")
    camera.window.error_bar.dismiss()
    camera.program.side.dock.close_panel()
    camera.window.search_bar.clear()


def problems(camera: Photographer, folders: PhotoFolders) -> None:
    """What could not be read, and why."""
    camera.window.menu.problems.trigger()
    _shoot_dialog(camera, "problems", ProblemsDialog)


def similar(camera: Photographer, folders: PhotoFolders) -> None:
    """The same photo at two places."""
    camera.program.tools.near.show()
    _shoot_dialog(camera, "duplicates", NearDialog)


def saved_searches(camera: Photographer, folders: PhotoFolders) -> None:
    """Searches with names."""
    for name, text in (("Cats", QUERY), ("Cameras", SENTENCE), ("Portraits", "people type:png")):
        camera.search(text)
        camera.window.query_aids.save_search()
        QTest.qWait(SETTLED_MS)
        dialog = camera.window.findChildren(QInputDialog)[-1]
        dialog.setTextValue(name)
        dialog.accept()
        QTest.qWait(SETTLED_MS)
    camera.window.query_aids.manage_searches()
    _shoot_dialog(camera, "saved-searches", SavedSearchesDialog)


def albums(camera: Photographer, folders: PhotoFolders) -> None:
    """An album, and favourites."""
    tools = camera.program.tools.albums
    camera.search(QUERY)
    camera.select(0)
    tools.toggle_favourite()
    camera.search("a building")
    tools.put("Rome 2019", camera.window.model.hits[:3])
    QTest.qWait(2 * SETTLED_MS)
    camera.search('album:"Rome 2019"')
    camera.shoot("album")


def moving(camera: Photographer, folders: PhotoFolders) -> None:
    """The question before photos are moved; the answer is no."""
    goal = folders.demo / "Best of 2019"
    goal.mkdir(exist_ok=True)
    camera.search("a building")
    camera.program.tools.transfer.plan("move", camera.window.model.hits[:3], goal)
    _shoot_dialog(camera, "move", TransferDialog)


def quick_search(camera: Photographer, folders: PhotoFolders) -> None:
    """The small window above all others."""
    quick = camera.program.quick
    quick.appear()
    QTest.keyClicks(quick.text, QUERY)
    camera.wait(lambda: bool(quick.model.hits) and quick.model.hits[0].score is not None)
    QTest.qWait(2 * SETTLED_MS)
    camera.shoot("quick-search", quick)
    quick.hide()


def settings(camera: Photographer, folders: PhotoFolders) -> None:
    """Every page of the settings."""
    tools = camera.program.tools.settings
    tools.show()
    camera.wait(lambda: tools.dialog is not None)
    QTest.qWait(6 * SETTLED_MS)
    dialog = tools.dialog
    assert dialog is not None
    dialog.background.show_command(["visita", "--quick"])  # not where this computer has it
    for number, page in enumerate(dialog.pages, 1):
        dialog.show_page(page)
        QTest.qWait((4 if page is dialog.model else 1) * SETTLED_MS)
        camera.shoot(f"settings-{number}", dialog)
    dialog.reject()
    QTest.qWait(SETTLED_MS)


def crash(camera: Photographer, folders: PhotoFolders) -> None:
    """What an unexpected error looks like."""
    report = "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero"
    dialog = ReportDialog(
        "VisITA has met an error",
        "Something unexpected happened. Your photos and your library are safe.",
        report,
        camera.window,
    )
    dialog.show()
    QTest.qWait(SETTLED_MS)
    camera.shoot("crash", dialog)
    dialog.reject()


def indexing(camera: Photographer, folders: PhotoFolders) -> None:
    """Photos can be searched while more are read."""
    camera.program.session.add_folders([folders.cuts])
    window = camera.window
    camera.wait(lambda: window.panel.progress.bar.value() > 350 and len(window.model.hits) > 60)
    camera.shoot("indexing")


Scene = Callable[[Photographer, PhotoFolders], None]

SCENES: tuple[Scene, ...] = (
    results,
    mixed_query,
    by_date,
    completion,
    typo,
    search_help,
    inspector,
    viewer,
    dropped_photo,
    broken_photo,
    problems,
    similar,
    saved_searches,
    albums,
    moving,
    quick_search,
    settings,
    crash,
    indexing,
)
"""All but ``first_run``, in an order in which one leads to the next."""


def take_all(app: QApplication, folders: PhotoFolders, data_dir: Path, out: Path) -> None:
    """Every picture in the light, then every picture in the dark, each with a new library."""
    for theme in ("light", "dark"):
        camera = Photographer(app, data_dir / theme, out, theme)
        first_run(camera, folders)
        camera.program.session.add_folders([folders.demo])
        camera.wait_idle()
        for scene in SCENES:
            scene(camera, folders)
        camera.close()


def _shoot_dialog(camera: Photographer, name: str, kind: type[DialogType]) -> None:
    found: list[DialogType] = []

    def is_there() -> bool:
        found[:] = [d for d in camera.window.findChildren(kind) if d.isVisible()]
        return bool(found)

    camera.wait(is_there)
    QTest.qWait(2 * SETTLED_MS)
    camera.wait_words(found[0])
    camera.shoot(name, found[0])
    found[0].reject()
    QTest.qWait(SETTLED_MS)
