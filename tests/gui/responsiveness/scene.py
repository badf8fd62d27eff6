"""What a busy user does: everything at once, while photos are indexed."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.messages import Answer, NewestQuery, TextQuery
from desktop_app.gui.program import Program
from desktop_app.gui.search_worker import NEWEST_PHOTOS
from desktop_app.gui.settings.dialog import SettingsDialog
from desktop_app.gui.viewer.viewer_keys import Command
from desktop_app.library.records import Photo
from desktop_app.library.search import SearchHit
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.responsiveness.watch import Watch, pace

PATIENCE_MS = 240_000
MANY_ROWS = 2 * NEWEST_PHOTOS
"""Twice what the window ever shows; `tests.bench.grid` has the figures for 100,000."""


class Scene:
    """Drives one program; each step has a name, and what it calls counts as a delivery."""

    def __init__(self, app: QApplication, watch: Watch, data: Path, model: Path) -> None:
        self._watch = watch
        paths = DataPaths(data)
        paths.create()
        self.program = Program(app, paths, model, Settings())
        self.window = self.program.window

    def play(self, photos: Path, dropped: Path) -> None:
        """Everything, from the first window to the last."""
        self.program.start()
        self._until("open", lambda: self.program.session.library is not None)
        self._index(photos)
        self._search_and_scroll()
        self._look_closely(dropped)
        self._open_dialogs()
        self._wait_for_the_end()
        self._near_photos()
        self._many_rows()
        self._close()

    # -- the steps -------------------------------------------------------------------------

    def _index(self, photos: Path) -> None:
        self._do("add a folder", lambda: self.program.session.add_folders([photos]))
        self._until("first photos", lambda: len(self.window.model.hits) > 20)

    def _search_and_scroll(self) -> None:
        bar, grid = self.window.search_bar, self.window.grid
        for words in ("a cat on a chair", "coffee -tea", "type:jpg rocket sort:date"):
            for letter in words:
                self._key("type", bar.text, letter)
            self._until("answer", lambda words=words: self._has_answered(words))
            for _ in range(6):
                self._wheel(grid.viewport(), -240)
            self._key("to the end", grid, Qt.Key.Key_End)
            self._do("clear the search", bar.clear)
        self._until("newest", lambda: isinstance(self.program.controller._shown, NewestQuery))
        for _ in range(4):
            self._do("larger tiles", grid.larger)
            self._rest(30)
        for _ in range(4):
            self._do("smaller tiles", grid.smaller)
            self._rest(30)
        self._do("another size of the window", lambda: self.window.resize(1600, 1000))
        self._rest(200)
        self._do("dark", lambda: self.program.theme.choose("dark"))
        self._rest(200)
        self._do("light", lambda: self.program.theme.choose("light"))
        self._rest(200)
        self._do("select all", grid.selectAll)
        self._do("copy paths", lambda: self.program.actions.copy_paths(grid.selected_hits()))
        self._do("let go", grid.clearSelection)

    def _look_closely(self, dropped: Path) -> None:
        grid, viewer = self.window.grid, self.program.viewer
        self._do("a query", lambda: self.window.search_bar.search("a cat"))
        self._until("answer", lambda: self._has_answered("a cat"))
        self._do("inspector", self.program.side.inspector.action.trigger)
        for row in range(6):
            index = self.window.model.index(row)
            self._do("select", lambda index=index: grid.setCurrentIndex(index))
            self._rest(400)
        self._do("close the inspector", self.program.side.inspector.action.trigger)
        self._do("viewer", lambda: self.program.viewing.open(self.window.model.hits[0]))
        self._until("sharp", lambda: viewer.is_sharp)
        for command in (Command.NEXT, Command.ACTUAL_SIZE, Command.TURN_RIGHT, Command.FIT):
            self._do("in the viewer", lambda command=command: viewer.do(command))
            self._rest(150)
        for _ in range(8):
            self._do("hurry on", lambda: viewer.do(Command.NEXT))
            self._rest(40)
        self._do("full screen", lambda: viewer.do(Command.FULL_SCREEN))
        self._rest(200)
        self._do("back", lambda: viewer.do(Command.BACK))
        self._do("back", lambda: viewer.do(Command.BACK))
        self._drop(dropped)
        self._until("dropped", lambda: bool(self.program.side.dropped.panel.similar.hits))
        image = QImage(1600, 1200, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkCyan)
        with self._watch.unwatched():
            QApplication.clipboard().setImage(image)
        self._do("paste", self.window.paste)
        self._rest(500)
        self._do("close the panel", self.program.side.dock.close_panel)
        self._do("clear the search", self.window.search_bar.clear)

    def _open_dialogs(self) -> None:
        window, tools = self.window, self.program.tools
        for name, trigger in (
            ("settings", tools.settings.action.trigger),
            ("help", window.show_search_help),
            ("problems", window.menu.problems.trigger),
            ("add a folder", window.choose_folder),
            ("choose a photo", window.choose_photo),
        ):
            self._do(name, trigger)
            self._until(name, lambda: self._dialog() is not None)
            self._rest(300)
            dialog = self._dialog()
            if isinstance(dialog, SettingsDialog):
                for row in range(dialog.names.count()):
                    self._do(
                        "turn a page",
                        lambda dialog=dialog, row=row: dialog.names.setCurrentRow(row),
                    )
                    self._rest(150)
            if dialog is not None:
                self._do(f"close {name}", dialog.reject)
            self._until(name, lambda: self._dialog() is None)
        self._do("menu", lambda: window.menu.popup(QPoint(100, 100)))
        self._rest(100)
        self._do("close the menu", window.menu.close)
        at = window.grid.visualRect(window.model.index(0)).center()
        self._do("menu of a photo", lambda: window.grid.customContextMenuRequested.emit(at))
        self._rest(100)
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            self._do("close the menu", menu.close)
        self._do("pause", self.program.indexer.pause)
        self._rest(200)
        self._do("go on", self.program.indexer.resume)

    def _wait_for_the_end(self) -> None:
        self._until("index", lambda: self.program.indexer.state is IndexerState.IDLE)
        self._rest(2500)

    def _near_photos(self) -> None:
        dialog = self.program.tools.near.show
        self._do("near photos", dialog)
        box = self.program.tools.near._dialog
        assert box is not None
        for kind in (2, 1):
            self._do("look for similar", lambda kind=kind: box.kind.setCurrentIndex(kind))
            self._until("groups", lambda: not box.cancel_button.isVisible())
            self._rest(300)
        self._do("close near photos", box.reject)

    def _many_rows(self) -> None:
        """More rows than the window ever gives to the grid."""
        grid, window = self.window.grid, self.window
        with self._watch.unwatched():
            hits = many_hits(MANY_ROWS, window.model.hits)
            gc.freeze()  # no answer is so long: the grid is asked, not Python's collector
        controller = self.program.controller
        for again in (False, True, True):
            answer = Answer(0, NewestQuery(), hits, 5.0)
            self._do(
                "many rows again" if again else "many rows",
                lambda answer=answer, again=again: controller.answered.emit(answer, again),
            )
            self._rest(200)
            for _ in range(5):
                self._wheel(grid.viewport(), -1200)
            self._do("to the middle", lambda: self._scroll(0.5))
            self._rest(100)
            hits = hits[1:]  # what is new, or gone: other rows the next time
        self._key("to the end", grid, Qt.Key.Key_End)
        self._rest(200)
        self._do("select all", grid.selectAll)
        self._rest(100)
        self._do("let go", grid.clearSelection)
        self._do("larger tiles", grid.larger)
        self._rest(300)
        self._do("another size of the window", lambda: window.resize(1200, 800))
        self._rest(300)
        self._key("to the start", grid, Qt.Key.Key_Home)
        self._rest(300)

    def _close(self) -> None:
        """Until the window is gone: what is saved then keeps nobody waiting."""
        self._do("close", self.window.close)
        self._watch.stop()
        self.program.shut_down()

    # -- how -------------------------------------------------------------------------------

    def _do(self, step: str, action: Callable[[], object]) -> None:
        """Call what a click or a key would have called, and let what follows be delivered."""
        self._watch.step = step
        self._watch.pace = pace()
        self._watch.deliver(lambda: "the call itself", action)
        QApplication.processEvents()

    def _key(self, step: str, widget: QWidget, key: str | Qt.Key) -> None:
        self._watch.step = step
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key)
        self._rest(25)

    def _wheel(self, widget: QWidget, angle: int) -> None:
        self._watch.step = "scroll"
        middle = QPointF(widget.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(widget.mapToGlobal(middle)),
            QPoint(0, angle),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        self._rest(20)

    def _scroll(self, part: float) -> None:
        bar = self.window.grid.verticalScrollBar()
        bar.setValue(round(bar.maximum() * part))

    def _drop(self, path: Path) -> None:
        self._watch.step = "drop"
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        at = QPoint(700, 400)
        QApplication.sendEvent(self.window, QDragEnterEvent(at, copy, mime, button, none))
        self._rest(50)
        QApplication.sendEvent(self.window, QDropEvent(QPointF(at), copy, mime, button, none))

    def _has_answered(self, words: str) -> bool:
        return self.program.controller._shown == TextQuery(words)

    def _dialog(self) -> QDialog | None:
        shown = [w for w in self.window.findChildren(QDialog) if w.isVisible()]
        return shown[0] if shown else None

    def _rest(self, milliseconds: int) -> None:
        deadline = QDeadlineTimer(milliseconds)
        while not deadline.hasExpired():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            QTest.qSleep(1)

    def _until(self, step: str, condition: Callable[[], bool]) -> None:
        self._watch.step = f"{self._watch.step}, then {step}"
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not condition():
            if deadline.hasExpired():
                raise TimeoutError(self._watch.step)
            self._rest(10)


def many_hits(count: int, like: tuple[SearchHit, ...]) -> tuple[SearchHit, ...]:
    """So many hits, newest first, with the thumbnails of a few."""
    day = datetime(2024, 6, 1)
    return tuple(
        SearchHit(
            rank=n + 1,
            score=None,
            photo=Photo(
                photo_id=1_000_000 + n,
                path=Path(f"/photos/{n % 400}/IMG_{n:06}.jpg"),
                other_paths=(),
                content_hash=f"{n:064x}",
                width=4000,
                height=3000,
                taken_at=None,
                offline=n % 10 == 9,
                sort_date=(day - timedelta(hours=n)).isoformat(),
            ),
            thumbnail=like[n % len(like)].thumbnail,
        )
        for n in range(count)
    )


def told(watch: Watch) -> str:
    """What was found, as JSON."""
    worked, where = watch.longest
    return json.dumps(
        {
            "deliveries": watch.deliveries,
            "longest": [round(worked * 1000, 1), where],
            "findings": [asdict(finding) for finding in watch.findings],
        },
        indent=1,
    )
