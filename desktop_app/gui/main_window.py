"""The window: where things stand, and which signal goes where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.crash_dialog import ReportDialog
from desktop_app.gui.drop_overlay import DropOverlay
from desktop_app.gui.elided_label import ElidedLabel
from desktop_app.gui.empty_state import Emptiness, EmptyState, why_empty
from desktop_app.gui.error_bar import ErrorBar
from desktop_app.gui.file_dialogs import folder_dialog, photo_dialog
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.glyphs import Glyph
from desktop_app.gui.indexer_process import IndexerProcess, IndexerState
from desktop_app.gui.library_panel import LibraryPanel
from desktop_app.gui.library_session import LibrarySession
from desktop_app.gui.main_menu import MainMenu
from desktop_app.gui.messages import (
    Answer,
    ErrorReport,
    LibraryState,
    Query,
    TextQuery,
)
from desktop_app.gui.page_stack import PageStack
from desktop_app.gui.photo_actions import PhotoActions
from desktop_app.gui.photo_grid import LARGEST_SIDE, SMALLEST_SIDE, PhotoGrid
from desktop_app.gui.photo_intake import Dropped, PhotoIntake
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.photo_menu import PhotoMenu
from desktop_app.gui.search.query_aids import QueryAids
from desktop_app.gui.search.search_tools import SearchTools
from desktop_app.gui.search_bar import SearchBar
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.search_help import SearchHelp
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.theme import ThemeSwitch
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.gui.wording import answer_words, selected, summary
from desktop_app.library.records import IndexSummary
from desktop_app.library.search import SearchHit

PASSING_WORD_MS = 5000


class MainWindow(QMainWindow):
    """Side panel, search field, grid. Holds no state of its own beyond what is on the screen."""

    closing = Signal()
    """The user closed the window; the program may stay in the tray."""

    quit_wanted = Signal()
    """The user wants the program to end."""

    photo_menu_opening = Signal(object, object)
    """A photo's ``PhotoMenu``, about to be shown, and the hits that it is for."""

    def __init__(
        self,
        search: SearchThread,
        controller: SearchController,
        session: LibrarySession,
        indexer: IndexerProcess,
        thumbnails: ThumbnailLoader,
        intake: PhotoIntake,
        actions: PhotoActions,
        theme: ThemeSwitch,
        thumbnail_side: int,
        strictness: float = 0.0,
    ) -> None:
        super().__init__()
        self._search = search
        self._controller = controller
        self._session = session
        self._indexer = indexer
        self._intake = intake
        self._photo_actions = actions
        self.setWindowTitle("VisITA")
        self.resize(1280, 800)
        self.setMinimumSize(720, 480)
        self.setAcceptDrops(True)
        self.menu = MainMenu(theme, self)
        self.panel = LibraryPanel(self.menu)
        self.search_bar = SearchBar()
        self.search_tools = SearchTools(strictness)
        self.query_aids = QueryAids(search, controller, self.search_bar, self.search_tools, self)
        self.error_bar = ErrorBar()
        # In a narrow window these words are shortened before the controls beside them are.
        self.status = ElidedLabel()
        self.status.setProperty("tone", "muted")
        self.status.setMinimumWidth(80)
        self.model = PhotoListModel(self)
        self.grid = PhotoGrid(self.model, thumbnails, thumbnail_side)
        self.empty = EmptyState()
        self.pages = PageStack()
        self.stack = PageStack()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(SMALLEST_SIDE, LARGEST_SIDE)
        self.size_slider.setValue(self.grid.side)
        self.size_slider.setFixedWidth(110)
        self.size_slider.setAccessibleName(self.tr("Thumbnail size"))
        self.size_slider.setToolTip(self.tr("Thumbnail size (Ctrl and the mouse wheel)"))
        self.size_control = _row(Glyph("grid_small", 18), self.size_slider, Glyph("grid_large", 18))
        self._answer_words = ""
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(PASSING_WORD_MS)
        self._passing.timeout.connect(self._show_answer_words)
        self._arrange()
        self.overlay = DropOverlay(self)
        self._wire_search()
        self._wire_library()
        self._wire_photos()
        self._wire_menu()
        self.search_bar.text.setFocus()

    # -- layout ----------------------------------------------------------------------------

    def _arrange(self) -> None:
        # Large letters or a panel beside may leave too little room for one line.
        tools = QWidget()
        line = FlowLayout(tools, 8, fills=True)
        line.setContentsMargins(6, 0, 14, 0)
        asked = self.search_tools
        for widget in (self.status, asked.slider, asked.sort, self.size_control):
            line.addWidget(widget)
        above = QVBoxLayout()
        above.setContentsMargins(8, 0, 14, 0)
        above.setSpacing(12)
        above.addWidget(self.search_bar)
        above.addWidget(self.error_bar)
        above.addWidget(tools)
        content = QVBoxLayout()
        content.setContentsMargins(16, 16, 2, 0)
        content.setSpacing(8)
        content.addLayout(above)
        content.addWidget(self.stack, 1)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.panel)
        whole.addLayout(content, 1)
        browsing = QWidget()
        browsing.setLayout(whole)
        self.pages.addWidget(browsing)
        self.setCentralWidget(self.pages)

    # -- wiring ----------------------------------------------------------------------------

    def _wire_search(self) -> None:
        bar, controller = self.search_bar, self._controller
        bar.text_wanted.connect(controller.search_text)
        bar.text_wanted.connect(self.error_bar.dismiss)
        bar.photo_file_wanted.connect(self.choose_photo)
        bar.pasted.connect(self._intake.take)
        controller.answered.connect(self._on_answer)
        controller.failed.connect(self._on_query_failed)
        controller.busy_changed.connect(self._on_busy)
        self.query_aids.failed.connect(self.error_bar.show_error)

    def _wire_library(self) -> None:
        session, indexer, panel = self._session, self._indexer, self.panel
        session.changed.connect(self._on_library)
        session.open_failed.connect(self._on_open_failed)
        session.watch_changed.connect(panel.folders.show_watches)
        indexer.state_changed.connect(self._on_indexer_state)
        indexer.progressed.connect(panel.progress.show_progress)
        indexer.summarised.connect(self._on_summary)
        indexer.failed.connect(self.error_bar.show_error)
        indexer.crashed.connect(self._on_crash)
        panel.progress.pause_wanted.connect(indexer.pause)
        panel.progress.resume_wanted.connect(indexer.resume)
        panel.progress.cancel_wanted.connect(indexer.stop)
        panel.add_folder_wanted.connect(self.choose_folder)
        panel.remove_folder_wanted.connect(session.remove_folder)
        panel.rescan_wanted.connect(session.rescan)
        panel.reveal_wanted.connect(self._photo_actions.reveal)
        panel.problems_wanted.connect(self._search.list_failures)
        self.empty.add_folder_wanted.connect(self.choose_folder)
        self.error_bar.details_wanted.connect(self._show_report)
        self._search.trouble.connect(self.error_bar.show_error)

    def _wire_photos(self) -> None:
        grid, actions, intake = self.grid, self._photo_actions, self._intake
        grid.copied.connect(actions.copy_paths)
        grid.customContextMenuRequested.connect(self._show_photo_menu)
        grid.side_changed.connect(self.size_slider.setValue)
        grid.selection_counted.connect(lambda n: self.say(selected(n)) if n > 1 else None)
        self.size_slider.valueChanged.connect(grid.set_side)
        actions.failed.connect(self._show_failure)
        actions.done.connect(self.say)
        intake.folders_given.connect(self.take_folders)
        intake.photo_given.connect(self.search_by_photo)
        intake.note.connect(self.error_bar.show_note)
        intake.refused.connect(self._show_failure)

    def _wire_menu(self) -> None:
        menu = self.menu
        menu.add_folder.triggered.connect(self.choose_folder)
        menu.search_photo.triggered.connect(self.choose_photo)
        menu.paste.triggered.connect(self.paste)
        menu.rescan.triggered.connect(self._session.rescan)
        menu.go_to_search.triggered.connect(self.search_bar.focus)
        menu.save_search.triggered.connect(self.query_aids.save_search)
        menu.search_help.triggered.connect(self.show_search_help)
        menu.problems.triggered.connect(self._search.list_failures)
        menu.remove_missing.triggered.connect(self._search.count_missing)
        menu.quit.triggered.connect(self.quit_wanted)
        self.addActions(menu.shortcuts)

    # -- what the user asks for ------------------------------------------------------------

    def search_by_photo(self, path: Path) -> None:
        """Search by a photo alone, which takes the place of what is in the search field."""
        self.search_bar.show_photo(path)

    def show_search_help(self) -> None:
        """Show what can be typed into the search field."""
        dialog = SearchHelp(self)
        dialog.example_wanted.connect(self.search_bar.type)
        dialog.open()

    def take_folders(self, folders: Sequence[Path]) -> None:
        """Add folders; the first page collects them until the user says that it may begin."""
        if self.empty.emptiness is Emptiness.NO_FOLDER and not self.model.hits:
            self.empty.first_run.chosen.add(folders)
        else:
            self._session.add_folders(folders)

    def choose_folder(self) -> None:
        """Ask for a folder and add it."""
        dialog = folder_dialog(self)
        dialog.fileSelected.connect(lambda name: self.take_folders([Path(name)]))
        dialog.open()

    def choose_photo(self) -> None:
        """Ask for a photo and search by it, and by what is typed already."""
        dialog = photo_dialog(self)
        dialog.fileSelected.connect(lambda name: self.search_bar.add_photo(Path(name)))
        dialog.open()

    def paste(self) -> None:
        """Search by the photo on the clipboard, or add the folder that lies there."""
        self._intake.take(QGuiApplication.clipboard().mimeData())

    # -- what comes back -------------------------------------------------------------------

    def _on_answer(self, answer: Answer, is_same_query: bool) -> None:
        self.grid.show_hits(answer.hits, keep_place=is_same_query)
        library = self._session.library
        total = library.counts.photos if library is not None else len(answer.hits)
        self._answer_words = answer_words(answer, total)
        if not is_same_query:
            self._passing.stop()
        self._show_answer_words()
        self._show_grid_or_reason()

    def _on_query_failed(self, query: Query, report: ErrorReport) -> None:
        if isinstance(query, TextQuery) and self.search_bar.take_back_photo(query.text):
            # What was there before is still true: back to it, under the message.
            self.error_bar.show_error(ErrorReport(report.message, report.hint))
        else:
            # a quotation or a filter that is not typed to its end is no mistake yet
            self.error_bar.show_error_later(ErrorReport(report.message, report.hint))

    def _on_busy(self, is_busy: bool) -> None:
        if is_busy and self.search_bar.is_by_photo:
            self.status.setText(self.tr("Searching…"))

    def _on_library(self, library: LibraryState) -> None:
        self.panel.show_library(library)
        self._show_grid_or_reason()

    def _on_open_failed(self, report: ErrorReport) -> None:
        self.empty.show_error(report)
        self.stack.setCurrentWidget(self.empty)

    def _on_indexer_state(self, state: IndexerState) -> None:
        self.panel.show_indexer(state)
        self._show_grid_or_reason()

    def _on_summary(self, run: IndexSummary) -> None:
        if words := summary(run):
            self.say(words)

    def _on_crash(self, report: ErrorReport) -> None:
        self.error_bar.show_note(report.message, report.hint, report.details)

    def _show_grid_or_reason(self) -> None:
        is_empty = not self.model.hits
        if is_empty and self._session.library is not None:
            self.empty.show_reason(
                why_empty(self._session.library, self._indexer.state, self._controller.query)
            )
        self.stack.setCurrentWidget(self.empty if is_empty else self.grid)
        self.size_control.setVisible(not is_empty)

    def _show_answer_words(self) -> None:
        if not self._passing.isActive():
            self.status.setText(self._answer_words)

    def say(self, words: str) -> None:
        """Show a word in the status line for a moment."""
        self.status.setText(words)
        self._passing.start()

    def _show_failure(self, message: str, hint: str) -> None:
        self.error_bar.show_error(ErrorReport(message, hint))

    def _show_report(self, report: ErrorReport) -> None:
        ReportDialog(self.tr("Details"), report.message, report.details, self).open()

    def _show_photo_menu(self, at: QPoint) -> None:
        hit: SearchHit | None = self.model.hit(self.grid.indexAt(at))
        if hit is not None:
            menu = PhotoMenu(hit, self.grid.selected_hits(), self._photo_actions, self)
            menu.view_wanted.connect(self.grid.opened)
            menu.similar_wanted.connect(self.search_by_photo)
            selected = self.grid.selected_hits()
            self.photo_menu_opening.emit(menu, selected if hit in selected else [hit])
            menu.popup(self.grid.viewport().mapToGlobal(at))

    # -- Qt's events -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what letting go would do; our own photos are on their way out, not in."""
        dropped = Dropped.of(event.mimeData())
        if event.source() is not None or dropped.is_nothing:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.overlay.show_words(self._intake.promise(dropped))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing was dropped."""
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add folders, search by a photo."""
        self.overlay.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._intake.take(event.mimeData())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The veil covers the window whatever its size."""
        super().resizeEvent(event)
        self.overlay.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whether the program ends too is not decided here."""
        event.accept()
        self.closing.emit()


def _row(*widgets: QWidget) -> QWidget:
    """Widgets in a row, as one that can be hidden."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    return row
