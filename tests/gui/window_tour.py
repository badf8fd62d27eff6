"""The real window on a small library that has one of everything, and the way to each view."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.composition import open_catalogue, open_indexer
from desktop_app.gui.crash_dialog import ReportDialog
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.messages import ErrorReport, NewestQuery
from desktop_app.gui.program import Program
from desktop_app.inference.bundle import ModelBundle
from desktop_app.library.index_control import IndexControl
from desktop_app.library.records import IndexProgress
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS
from tests.inference.conftest import tiny_bundle

__all__ = ["Tour", "furnished_library", "furnished_paths", "tiny_bundle", "tour"]

QUERY = "a cat looking at the camera -coffee^2 type:jpg"
_TAKEN = 36867  # DateTimeOriginal
_MONTHS = ("2023:05:01", "2023:05:02", "2024:01:15", "2024:01:16", "2024:12:24", "2024:12:25")


@pytest.fixture(scope="session")
def furnished_library(
    tmp_path_factory: pytest.TempPathFactory, photo_files: dict[str, Path], tiny_bundle: ModelBundle
) -> Path:
    """Dates, a photo at two places, one that cannot be read, one that is gone, a drive that is
    not connected, albums, saved searches; copy it, do not write to it.
    """
    root = tmp_path_factory.mktemp("furnished")
    folder, drive = root / "My Photos", root / "Old drive"
    folder.mkdir()
    drive.mkdir()
    stems = ("astronaut", "chelsea", "coffee", "rocket", "china", "flower")
    for stem, day in zip(stems, _MONTHS, strict=True):
        with Image.open(photo_files[stem]) as photo:
            exif = Image.Exif()
            exif.get_ifd(34665)[_TAKEN] = f"{day} 10:00:00"
            photo.convert("RGB").save(folder / f"{stem}.jpg", quality=88, exif=exif)
    shutil.copy(folder / "chelsea.jpg", folder / "chelsea again.jpg")
    shutil.copy(photo_files["coins"], drive)
    shutil.copy(photo_files["coins"], folder / "gone.png")
    broken = (folder / "flower.jpg").read_bytes()[:3000]
    (folder / "broken.jpg").write_bytes(broken)
    paths = DataPaths(root / "data")
    paths.create()
    indexer = open_indexer(paths, tiny_bundle.folder, Settings(provider="cpu"))
    list(indexer.run([folder, drive], IndexControl()))
    (folder / "gone.png").unlink()
    drive.rename(root / "unplugged")
    list(indexer.run([folder, drive], IndexControl()))
    with open_catalogue(paths) as catalogue:
        ids = catalogue.albums.photo_ids_at([folder / "coffee.jpg", folder / "rocket.jpg"])
        catalogue.albums.add("Summer", ids)
        catalogue.albums.set_favourite(ids[:1], True)
        searches = catalogue.searches
        searches.save("Cats", "a cat")
        searches.note("a rocket at night")
    return root


@pytest.fixture
def furnished_paths(tmp_path: Path, furnished_library: Path) -> DataPaths:
    """A private copy of the library; the photos it names are the shared ones."""
    shutil.copytree(furnished_library / "data", tmp_path / "furnished")
    return DataPaths(tmp_path / "furnished")


class Tour:
    """Opens one view after the other, as a user would come there, and closes what it opened."""

    def __init__(self, qtbot: QtBot, program: Program, folder: Path) -> None:
        self.qtbot = qtbot
        self.program = program
        self.window = program.window
        self.folder = folder
        """Where the photos lie."""
        self.views: dict[str, Callable[[], QWidget]] = {
            "months": self.months,
            "results": self.results,
            "viewer": self.viewer,
            "inspector": self.inspector,
            "dropped photos": self.dropped,
            "error": self.error,
            "progress": self.progress,
            "completions": self.completions,
            "problems": self.problems,
            "duplicates": self.duplicates,
            "settings": self.settings,
            "saved searches": self.saved_searches,
            "search help": self.search_help,
            "missing photos": self.missing,
            "remove folder": self.remove_folder,
            "add to album": self.add_to_album,
            "rename album": self.rename_album,
            "forget album": self.forget_album,
            "crash": self.crash,
        }
        """Every view by its name; each call opens it and gives the widget that is to be seen."""

    # -- views of the window ---------------------------------------------------------------

    def months(self) -> QWidget:
        """All photos, the newest first, under the heading of their month."""
        self.window.search_bar.clear()
        self.wait(lambda: self.program.controller._shown == NewestQuery())
        self.wait(lambda: self.window.grid.heading.isVisible())
        return self.window

    def results(self) -> QWidget:
        """What a query found, with chips and the slider of relevance."""
        self.search(QUERY)
        self.wait(lambda: self.window.search_tools.slider.isVisible())
        return self.window

    def viewer(self) -> QWidget:
        """The best hit, large."""
        self.results()
        self.select(0)
        QTest.keyClick(self.window.grid, Qt.Key.Key_Return)
        self.wait(lambda: self.program.viewer.is_sharp)
        return self.window

    def inspector(self) -> QWidget:
        """The best hit's reasons, captions and facts."""
        self.results()
        self.select(0)
        inspector = self.program.side.inspector
        if inspector.panel.isHidden() or self.program.side.dock.isHidden():
            inspector.action.trigger()
        panel = inspector.panel
        self.wait(lambda: bool(panel.match.word_buttons) and bool(panel.facts.rows))
        self.wait(lambda: bool(panel.captions.cards) and panel.view.has_picture)
        return panel

    def dropped(self) -> QWidget:
        """Two dropped photos and a file that is none."""
        names = ("rocket.jpg", "flower.jpg", "broken.jpg")
        self.window._intake.take(mime_of([self.folder / name for name in names]))
        panel = self.program.side.dropped.panel
        self.wait(lambda: bool(panel.similar.hits) and bool(panel.captions.cards))
        self.wait(lambda: bool(panel.facts.rows) and panel.view.has_picture)
        self.wait(lambda: panel.strip.item(2).data(Qt.ItemDataRole.AccessibleTextRole) is not None)
        return panel

    def error(self) -> QWidget:
        """A message above the photos."""
        report = ErrorReport("The disk is full.", "Make room and try again.", "details of it")
        self.window.error_bar.show_error(report)
        return self.window.error_bar

    def progress(self) -> QWidget:
        """The card of the indexer, as it looks while it works."""
        card = self.window.panel.progress
        card.show_state(IndexerState.RUNNING)
        counts = {"indexed": 12_000, "unchanged": 0, "moved": 0, "missing": 0, "failed": 345}
        progress = IndexProgress(
            "encoding", 12_345, 100_000, **counts, photos_per_s=9.5, eta_s=9000.0, current=None
        )
        card.show_progress(progress)
        return card

    def completions(self) -> QWidget:
        """The list below the search field."""
        text = self.window.search_bar.text
        text.setFocus()
        text.replace("")
        QTest.keyClicks(text, "type:")
        self.wait(lambda: text.completions.is_open)
        return text.completions.view

    # -- dialogs ---------------------------------------------------------------------------

    def problems(self) -> QWidget:
        """The files that could not be read."""
        self.window.panel.problems_button.click()
        return self.dialog("Problems")

    def duplicates(self) -> QWidget:
        """Photos that lie at several places."""
        dialog = self.program.tools.near.show()
        self.wait(lambda: len(dialog.model.groups) == 1)
        return dialog

    def settings(self) -> QWidget:
        """The first page of the settings."""
        self.program.tools.settings.action.trigger()
        return self.dialog("Settings")

    def saved_searches(self) -> QWidget:
        """The list of saved searches."""
        self.wait(lambda: bool(self.window.query_aids.saved))
        self.window.query_aids.manage_searches()
        return self.dialog("Saved searches")

    def search_help(self) -> QWidget:
        """What can be typed."""
        self.window.menu.search_help.trigger()
        return self.dialog("What you can type")

    def missing(self) -> QWidget:
        """The question whether missing photos are forgotten."""
        self.window.menu.remove_missing.trigger()
        return self.dialog("Forget missing photos")

    def remove_folder(self) -> QWidget:
        """The question whether a folder is removed."""
        view = self.window.panel.view
        view.setFocus()
        view.setCurrentIndex(view.model().index(0, 0))
        QTest.keyClick(view, Qt.Key.Key_Delete)
        return self.dialog("Remove folder")

    def add_to_album(self) -> QWidget:
        """The question for an album."""
        self.months()
        self.select(0)
        self.program.tools.albums.add_to_album.trigger()
        return self.dialog("Add to album")

    def rename_album(self) -> QWidget:
        """The question for an album's new name."""
        self.choose_album()
        self.program.tools.albums.panel.rename_action.trigger()
        return self.dialog("Rename album")

    def forget_album(self) -> QWidget:
        """The question whether an album is forgotten."""
        self.choose_album()
        self.program.tools.albums.panel.remove_action.trigger()
        return self.dialog("Forget album")

    def crash(self) -> QWidget:
        """The report of a bug."""
        dialog = ReportDialog("Unexpected error", "Sorry.", "Traceback\n" * 40, self.window)
        dialog.open()
        return dialog

    # -- the way there and back ------------------------------------------------------------

    def search(self, text: str) -> None:
        """Type a query, and wait until its answer is shown."""
        self.window.search_bar.search(text)
        controller = self.program.controller
        self.wait(lambda: getattr(controller._shown, "text", None) == text)
        self.wait(lambda: bool(self.window.model.hits))

    def select(self, row: int) -> None:
        """Go to a photo of the grid with the keyboard."""
        self.window.grid.setFocus()
        self.window.grid.setCurrentIndex(self.window.model.index(row))

    def choose_album(self) -> None:
        """Go to the album that is not the favourites."""
        panel = self.program.tools.albums.panel
        self.wait(lambda: panel.model.rowCount() == 2)
        panel.view.setFocus()
        panel.view.setCurrentIndex(panel.model.index(1))

    def dialog(self, title: str) -> QDialog:
        """The dialog that is on the screen, once it is."""

        self.wait(lambda: [d.windowTitle() for d in self.open_dialogs()] == [title])
        return self.open_dialogs()[0]

    def open_dialogs(self) -> list[QDialog]:
        """What is open above the window."""
        return [d for d in self.window.findChildren(QDialog) if d.isVisible()]

    def menus(self) -> Iterator[tuple[str, QMenu]]:
        """The menus of the window, each open while it is looked at."""
        self.results()
        window = self.window
        chip = window.search_bar.chips.chips[0]
        for name, menu in (
            ("main", window.menu),
            ("searches", window.search_bar.searches),
            ("order", window.search_tools.sort.menu()),
            ("chip", chip.menu()),
        ):
            menu.popup(window.mapToGlobal(window.rect().center()))
            self.wait(menu.isVisible)
            yield name, menu
            menu.close()

    def back(self) -> None:
        """Close dialogs and panels, clear the search."""
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        self.activate()
        self.window.search_bar.text.completions.close()
        self.program.viewing.close()
        self.program.side.dock.close_panel()
        self.window.error_bar.dismiss()
        self.window.panel.progress.show_state(IndexerState.IDLE)
        self.months()
        QApplication.processEvents()

    def activate(self) -> None:
        """Give the window the keyboard, as a window manager does when a dialog has closed."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the program run until something holds."""
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Let what is under way be painted."""
        QTest.qWait(50)

    def picture(self, widget: QWidget) -> QImage:
        """What a widget looks like now."""
        self.settle()
        return widget.grab().toImage()


@pytest.fixture
def tour(
    qtbot: QtBot,
    open_program: Callable[..., Program],
    furnished_paths: DataPaths,
    furnished_library: Path,
    tiny_bundle: ModelBundle,
) -> Tour:
    """The window on the furnished library, active, at the photos by month."""
    chosen = Settings(theme="light", provider="cpu")
    program = open_program(furnished_paths, chosen, tiny_bundle.folder, wait=False)
    with qtbot.waitSignal(program.indexer.summarised, timeout=PATIENCE_MS):
        pass  # the look through the folders that every start begins with
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
    tour = Tour(qtbot, program, furnished_library / "My Photos")
    tour.activate()
    tour.wait(lambda: bool(program.window.panel.folders._counts))
    tour.months()
    return tour


def mime_of(paths: list[Path]) -> QMimeData:
    """Files as a file manager drops them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime
