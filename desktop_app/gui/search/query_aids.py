"""What helps to ask, and to judge the answer: completions, earlier searches, the score picture."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop_app.gui.messages import Answer, ErrorReport, TextQuery
from desktop_app.gui.search.pictures import small_picture
from desktop_app.gui.search.requests import LibraryRequests
from desktop_app.gui.search.saved_dialog import SavedSearchesDialog, save_dialog
from desktop_app.gui.search.search_tools import SearchTools
from desktop_app.gui.search_bar import SearchBar
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.search_thread import SearchThread
from desktop_app.library.completion import Completion, complete
from desktop_app.library.query_paths import photo_path
from desktop_app.library.relevance import ScorePicture
from desktop_app.library.search import SearchService
from desktop_app.library.search_rows import SavedSearch, SearchRows
from desktop_app.library.vocabulary import Vocabulary

NOTE_MS = 3000
"""A search that was looked at for so long was meant, and is remembered."""
PICTURE_MS = 120
"""While somebody types, the score picture of every letter is not needed."""

Searches = tuple[tuple[SavedSearch, ...], tuple[str, ...]]


class QueryAids(QObject):
    """Brings the search bar and the library together. Lives on the GUI thread, never waits.

    What the library holds is asked for on the search thread and kept here, so that completions
    come with the letter that is typed.
    """

    failed = Signal(object)
    """An ``ErrorReport``: a search could not be saved."""

    searches_changed = Signal()
    """Other searches are saved, or remembered, than before."""

    def __init__(
        self,
        thread: SearchThread,
        controller: SearchController,
        bar: SearchBar,
        tools: SearchTools,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._controller = controller
        self._bar = bar
        self._tools = tools
        self._requests = LibraryRequests(thread, self)
        self.vocabulary = Vocabulary()
        self.saved: tuple[SavedSearch, ...] = ()
        self.recent: tuple[str, ...] = ()
        self._is_stale = True
        self._changes = 0
        self._dialog: SavedSearchesDialog | None = None
        self._note = self._timer(NOTE_MS, self._note_query)
        self._picture = self._timer(PICTURE_MS, self._ask_for_picture)
        thread.opened.connect(self._on_opened)
        thread.library_changed.connect(self._on_library)
        controller.answered.connect(self._on_answer)
        controller.failed.connect(self._note.stop)
        bar.edited.connect(self._offer)
        bar.text.completions_wanted.connect(self._offer)
        bar.text.completions.chosen.connect(self._complete)
        bar.settled.connect(self._remember)
        bar.read_changed.connect(tools.show_query)
        bar.chips.picture_wanted.connect(self._ask_for_photo)
        bar.searches.aboutToShow.connect(self._read_searches)
        bar.searches.save_wanted.connect(self.save_search)
        bar.searches.manage_wanted.connect(self.manage_searches)
        bar.searches.forget_wanted.connect(self._forget_recent)
        tools.text_wanted.connect(bar.search)
        tools.slider.strictness_changed.connect(self._on_strictness)

    def save_search(self) -> None:
        """Ask for a name and save what is typed."""
        text = self._bar.text.text().strip()
        if text:
            dialog = save_dialog(text, self._bar.window())
            dialog.textValueSelected.connect(lambda name: self._save(name, text))
            dialog.open()

    def manage_searches(self) -> None:
        """Show the saved searches."""
        self._dialog = dialog = SavedSearchesDialog(self.saved, self._bar.window())
        dialog.chosen.connect(self._bar.search)
        dialog.renamed.connect(self._rename)
        dialog.removed.connect(self._remove)
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()

    def forget_names(self) -> None:
        """The library's names have changed, of albums for instance: they are read when needed."""
        self._is_stale = True

    # -- completions -----------------------------------------------------------------------

    def _on_opened(self) -> None:
        self._read_vocabulary()
        self._read_searches()

    def _on_library(self, _: object, has_changed: bool) -> None:
        self._is_stale |= has_changed

    def _offer(self) -> None:
        if self._is_stale:
            self._read_vocabulary()
        text = self._bar.text
        found = complete(
            text.text(), text.cursorPosition(), self.vocabulary, self.saved, self.recent
        )
        field = self._bar.field
        area = field.rect().translated(field.mapTo(self._bar, field.rect().topLeft()))
        area.moveTopLeft(text.mapFrom(self._bar, area.topLeft()))
        text.completions.offer(found, area)

    def _complete(self, completion: Completion) -> None:
        text = self._bar.text
        if completion.kind in ("saved", "recent"):
            self._bar.search(completion.text)
            return
        text.replace(completion.text, completion.cursor)
        text.typed.emit()  # as if it had been: the next list opens, and the search runs

    def _read_vocabulary(self) -> None:
        self._is_stale = False

        def keep(vocabulary: Vocabulary) -> None:
            self.vocabulary = vocabulary

        self._requests.ask("vocabulary", lambda s: s.catalogue.vocabulary.read(), keep)

    # -- saved and recent searches ---------------------------------------------------------

    def _read_searches(self) -> None:
        self._requests.ask("searches", _searches, self._keep_searches)

    def _keep_searches(self, searches: Searches) -> None:
        if searches == (self.saved, self.recent):
            return
        self.saved, self.recent = searches
        self.searches_changed.emit()
        self._bar.searches.show_searches(self.saved, self.recent)
        if self._dialog is not None:
            self._dialog.show_searches(self.saved)

    def _change(self, work: Callable[[SearchRows], object]) -> None:
        def task(service: SearchService) -> Searches:
            work(service.catalogue.searches)
            return _searches(service)

        # each with a topic of its own: none of them may be skipped
        self._changes += 1
        self._requests.ask(f"change {self._changes}", task, self._keep_searches, self._on_refused)

    def _save(self, name: str, text: str) -> None:
        self._change(lambda searches: searches.save(name, text))

    def _rename(self, old: str, new: str) -> None:
        self._change(lambda searches: searches.rename(old, new))

    def _remove(self, name: str) -> None:
        self._change(lambda searches: searches.forget(name))

    def _forget_recent(self) -> None:
        self._change(lambda searches: searches.forget_recent())

    def _remember(self, text: str) -> None:
        self._note.stop()
        if text.strip():
            self._change(lambda searches: searches.note(text))

    def _note_query(self) -> None:
        query = self._controller.query
        if isinstance(query, TextQuery):
            self._remember(query.text)

    def _on_refused(self, report: ErrorReport) -> None:
        if self._dialog is not None:
            self._dialog.show_searches(self.saved)
            self._dialog.show_reason(f"{report.message} {report.hint}".strip())
        else:
            self.failed.emit(report)

    def _on_dialog_closed(self) -> None:
        self._dialog = None

    # -- how the library scores ------------------------------------------------------------

    def _on_answer(self, answer: Answer, is_same_query: bool) -> None:
        if isinstance(answer.query, TextQuery):
            self._picture.start()
            if not is_same_query:
                self._note.start()
        else:
            self._note.stop()
            self._picture.stop()
            self._requests.drop("scores")
            self._tools.slider.show_picture(None)

    def _ask_for_picture(self) -> None:
        query = self._controller.query
        if not isinstance(query, TextQuery):
            return

        def work(service: SearchService) -> tuple[ScorePicture | None, float]:
            return service.score_picture(service.parse(query.text)), service.strictness

        def show(answer: tuple[ScorePicture | None, float]) -> None:
            if self._controller.query == query:
                self._tools.slider.show_picture(*answer)

        self._requests.ask("scores", work, show)

    def _on_strictness(self, strictness: float) -> None:
        def work(service: SearchService) -> None:
            service.strictness = strictness

        self._requests.ask("strictness", work, lambda _: None)
        if isinstance(self._controller.query, TextQuery):
            self._controller.ask_again()

    # -- pictures of photos ----------------------------------------------------------------

    def _ask_for_photo(self, path: str) -> None:
        decoder = self._thread.decoder

        def show(image: QImage) -> None:
            self._bar.chips.show_picture(path, image)

        self._requests.ask(
            f"picture {path}", lambda _: small_picture(decoder, photo_path(path)), show
        )

    def _timer(self, milliseconds: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer


def _searches(service: SearchService) -> Searches:
    searches = service.catalogue.searches
    return tuple(searches.saved()), tuple(searches.recent())
