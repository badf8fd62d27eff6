"""Copy and move in the window: choose a folder, confirm the plan, follow it, undo it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_app.gui.file_dialogs import folder_dialog
from desktop_app.gui.library.desk import Desk
from desktop_app.gui.library.transfer_card import TransferCard
from desktop_app.gui.library.transfer_dialog import TransferDialog
from desktop_app.gui.library.transfer_words import (
    interrupted_words,
    nothing_to_do,
    summary_words,
    undo_words,
    why_lines,
)
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.messages import ErrorReport
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.index_control import IndexControl
from desktop_app.library.search import SearchHit
from desktop_app.library.transfer_journal import TransferRecord
from desktop_app.library.transfer_plan import TransferKind, TransferPlan, TransferSummary
from desktop_app.library.transfers import Transfers

OpenTransfers = Callable[[Catalogue], Transfers]


class TransferTools(QObject):
    """Lives on the GUI thread; files are touched on the desk's thread alone, one job at a time."""

    files_changed = Signal(object)
    """A tuple of ``Path``: folders in which files appeared or vanished."""

    _progressed = Signal(object)
    """Emitted on the desk's thread: a ``TransferProgress``."""

    def __init__(self, window: MainWindow, desk: Desk, open_transfers: OpenTransfers) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._open = open_transfers
        self._control = IndexControl()
        self._record: TransferRecord | None = None
        self._folder = ""
        self.is_busy = False
        self.card = TransferCard()
        window.panel.add_section(self.card)
        self.copy = QAction(self.tr("Copy to folder…"), self)
        self.copy.setShortcut(QKeySequence("Ctrl+Shift+C"))
        self.move = QAction(self.tr("Move to folder…"), self)
        self.move.setShortcut(QKeySequence("Ctrl+Shift+M"))
        self.undo = QAction(self.tr("Undo"), self)
        self.undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        before = window.menu.problems
        window.menu.insertActions(before, [self.copy, self.move, self.undo])
        window.menu.insertSeparator(before)
        window.addActions([self.copy, self.move, self.undo])
        self.copy.triggered.connect(lambda: self.choose("copy", self._selected()))
        self.move.triggered.connect(lambda: self.choose("move", self._selected()))
        self.undo.triggered.connect(self.undo_latest)
        self.card.pause_wanted.connect(self._pause)
        self.card.cancel_wanted.connect(lambda: self._control.stop())
        self._progressed.connect(self.card.show_progress)
        window.photo_menu_opening.connect(self._extend_menu)
        self._show_undo(None)

    def recover(self) -> None:
        """At the start: look after what was killed, and learn what can be undone."""
        open_transfers = self._open

        def look(catalogue: Catalogue) -> tuple[list[TransferRecord], TransferRecord | None]:
            transfers = open_transfers(catalogue)
            return transfers.recover(), transfers.latest()

        self._desk.ask(look, self._on_recovered, key="recover")

    def choose(self, kind: TransferKind, hits: Sequence[SearchHit]) -> QFileDialog | None:
        """Ask where photos are to be copied or moved."""
        if self._refuse(hits):
            return None
        dialog = folder_dialog(self._window)
        dialog.setWindowTitle(
            self.tr("Copy to folder") if kind == "copy" else self.tr("Move to folder")
        )
        if self._folder:
            dialog.setDirectory(self._folder)
        dialog.fileSelected.connect(lambda name: self.plan(kind, hits, Path(name)))
        dialog.open()
        return dialog

    def plan(self, kind: TransferKind, hits: Sequence[SearchHit], folder: Path) -> None:
        """Make the plan, and ask for a yes."""
        if self._refuse(hits):
            return
        self._folder = str(folder)
        photos = [hit.photo.path for hit in hits]
        elsewhere = sum(bool(hit.photo.other_paths) for hit in hits)
        control = self._begin(self.tr("Looking at the files"))
        open_transfers = self._open
        self._desk.ask(
            lambda catalogue: open_transfers(catalogue).plan(kind, photos, folder, control),
            lambda plan: self._on_plan(plan, elsewhere),
            otherwise=self._on_error,
            control=control,
        )

    def run(self, plan: TransferPlan) -> None:
        """Carry out a plan that the user has confirmed."""
        if self._refuse(plan.steps):
            return
        name = self.tr("Copying") if plan.kind == "copy" else self.tr("Moving")
        self._carry(name, lambda transfers, control, tell: transfers.run(plan, control, tell))

    def undo_latest(self) -> None:
        """Undo the latest transfer of which something is left to undo."""
        record = self._record
        if record is None or self._refuse(record.items):
            return
        self._carry(
            self.tr("Undoing"),
            lambda transfers, control, tell: transfers.undo(record, control, tell),
        )

    def stop(self) -> None:
        """Let what goes on end after this piece; what is done stays done."""
        self._control.stop()

    def _carry(self, name: str, work: Callable[..., TransferSummary]) -> None:
        control = self._begin(name)
        self._show_undo(None)
        open_transfers, tell = self._open, self._progressed.emit

        def carry(catalogue: Catalogue) -> tuple[TransferSummary, TransferRecord | None]:
            transfers = open_transfers(catalogue)
            summary = work(transfers, control, tell)
            return summary, transfers.latest()

        self._desk.ask(carry, self._on_carried, otherwise=self._on_error, control=control)

    def _on_plan(self, plan: TransferPlan | None, elsewhere: int) -> None:
        self._end()
        if plan is None:
            return
        if not plan.steps:
            self._window.error_bar.show_note(nothing_to_do(plan))
            return
        dialog = TransferDialog(plan, elsewhere, self._window)
        dialog.accepted.connect(lambda: self.run(plan))
        dialog.open()

    def _on_carried(self, done: tuple[TransferSummary, TransferRecord | None]) -> None:
        summary, latest = done
        self._end()
        self._show_undo(latest)
        self._tell(summary_words(summary), "\n".join(why_lines(summary.left)), not summary.is_undo)
        if summary.touched:
            self.files_changed.emit(summary.touched)

    def _on_recovered(self, found: tuple[list[TransferRecord], TransferRecord | None]) -> None:
        interrupted, latest = found
        self._show_undo(latest)
        if interrupted:
            hint = self.tr("What was copied completely is there; nothing was lost.")
            words = interrupted_words(interrupted[0])
            self._tell(words, hint, offers_undo=latest == interrupted[0])
            folders = [interrupted[0].folder]
            folders += [item.step.source.parent for item in interrupted[0].items]
            self.files_changed.emit(tuple(dict.fromkeys(folders)))

    def _on_error(self, report: ErrorReport) -> None:
        self._end()
        self._window.error_bar.show_error(report)
        self.recover()

    def _tell(self, words: str, hint: str, offers_undo: bool) -> None:
        action = self.undo if offers_undo and self._record is not None else None
        self._window.error_bar.show_note(words, hint, action=action)

    def _begin(self, name: str) -> IndexControl:
        self.is_busy = True
        self._control = IndexControl()
        self.card.begin(name)
        return self._control

    def _end(self) -> None:
        self.is_busy = False
        self.card.end()

    def _pause(self, is_paused: bool) -> None:
        if is_paused:
            self._control.pause()
        else:
            self._control.resume()

    def _refuse(self, what: Sequence[object]) -> bool:
        if not what:
            self._window.say(self.tr("Select photos first."))
            return True
        if self.is_busy:
            self._window.say(self.tr("Files are being copied or moved already."))
            return True
        return False

    def _show_undo(self, record: TransferRecord | None) -> None:
        self._record = record
        self.undo.setEnabled(record is not None)
        words = self.tr("Undo copying or moving") if record is None else undo_words(record)
        # An ampersand in the folder's name is no mnemonic.
        self.undo.setText(words.replace("&", "&&"))

    def _extend_menu(self, menu: QMenu, hits: list[SearchHit]) -> None:
        menu.addSeparator()
        copy, move = self.tr("Copy to folder…"), self.tr("Move to folder…")
        menu.addAction(copy).triggered.connect(lambda: self.choose("copy", hits))
        menu.addAction(move).triggered.connect(lambda: self.choose("move", hits))

    def _selected(self) -> list[SearchHit]:
        return self._window.grid.selected_hits()
