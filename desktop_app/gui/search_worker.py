"""The search thread: everything that reads the library or runs a model for the window."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from desktop_app.errors import AppError
from desktop_app.gui.messages import (
    Answer,
    ErrorReport,
    LibraryState,
    NewestQuery,
    Query,
    TextQuery,
)
from desktop_app.library.removal import MissingPhotos
from desktop_app.library.search import SearchHit, SearchService

log = logging.getLogger(__name__)

BEST_HITS = 200
"""How many hits a query shows: beyond them similarity is noise."""

NEWEST_PHOTOS = 10_000
"""Of what stands in an order of its own, by filters alone or by nothing: an album has no noise."""
RERANK_MS = 250
"""Without another query for so long, typing rests: the best hits are looked at again."""
RELEASE_ENCODER_MS = 5 * 60 * 1000
"""The image encoder is large and used for dropped photos only."""


class LatestRequest:
    """The newest request id: written by the GUI thread, read by the search thread."""

    def __init__(self) -> None:
        self.request_id = 0


class SearchWorker(QObject):
    """Answers queries and keeps the index up with the catalogue.

    Lives on the search thread: its slots are only reached by queued signals.
    """

    opened = Signal(object)
    open_failed = Signal(object)
    answered = Signal(object)
    query_failed = Signal(int, object)
    library_changed = Signal(object, bool)
    failures_listed = Signal(object)
    missing_counted = Signal(object)
    missing_forgotten = Signal(object)
    trouble = Signal(object)

    def __init__(
        self,
        open_service: Callable[[], SearchService],
        latest: LatestRequest,
        answering: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._open_service = open_service
        self._answering = answering
        self._answered_by: object = None
        self._latest = latest
        self._service: SearchService | None = None
        self._slices: QTimer | None = None
        self._release: QTimer | None = None
        self._rest: QTimer | None = None
        self._resting: tuple[int, TextQuery] | None = None
        self._reranked: TextQuery | None = None
        self._seen_change = -1

    @Slot()
    def open(self) -> None:
        """Open the library; the timers are made here because they belong to this thread."""
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._catch_up_slice)
        self._release = QTimer(self)
        self._release.setSingleShot(True)
        self._release.setInterval(RELEASE_ENCODER_MS)
        self._release.timeout.connect(self._release_image_encoder)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RERANK_MS)
        self._rest.timeout.connect(self._look_again)
        try:
            self._answered_by = self._answering()
            service = self._open_service()
            self._service = service
            self._seen_change = service.catalogue.change_seq()
            state = _library_state(service)
        except AppError as error:
            log.error("the library cannot be opened: %s", error)
            self.open_failed.emit(ErrorReport.of(error))
            return
        self.opened.emit(state)
        self._slices.start()

    @Slot(int, object)
    def answer(self, request_id: int, query: Query) -> None:
        """Search, unless a newer query waits already."""
        service = self._service
        if service is not None and request_id == self._latest.request_id:
            self._resting = None
            self._answer(request_id, query, lambda: self._hits(service, request_id, query))

    def _answer(self, request_id: int, query: Query, search: Callable[[], list[SearchHit]]) -> None:
        started = time.perf_counter()
        try:
            hits = search()
        except AppError as error:
            self.query_failed.emit(request_id, ErrorReport.of(error))
            return
        milliseconds = (time.perf_counter() - started) * 1000
        self.answered.emit(Answer(request_id, query, tuple(hits), milliseconds))

    @Slot(object)
    def serve(self, task: Callable[[SearchService], object]) -> None:
        """Do what something else than the grid asks of the library; its errors are its own."""
        if self._service is not None:
            task(self._service)
            self._release_later()

    @Slot()
    def poke(self) -> None:
        """The catalogue may have changed: catch up in slices between queries."""
        if self._service is not None and self._slices is not None:
            self._slices.start()

    @Slot()
    def follow_model(self) -> None:
        """Answer with the model that answers in the library now, if that is another one.

        Where it cannot be opened, the one of before goes on.
        """
        before, answering = self._service, self._answering()
        if before is None or answering == self._answered_by:
            return
        try:
            self._service = self._open_service()
        except AppError as error:
            self.trouble.emit(ErrorReport.of(error))
            return
        self._answered_by = answering
        self._resting = self._reranked = None
        self._seen_change = -1  # every answer may be another now
        self._guarded(before.close)
        self._guarded(self._service.warm_up)
        self.poke()

    @Slot()
    def warm_up(self) -> None:
        """Load the text encoder before the first query needs it."""
        service = self._service
        if service is not None:
            self._guarded(service.warm_up)

    @Slot()
    def list_failures(self) -> None:
        """Read the photos that could not be indexed."""
        service = self._service
        if service is not None:
            self._guarded(lambda: self.failures_listed.emit(tuple(service.catalogue.failures())))

    @Slot(int)
    def remove_folder(self, folder_id: int) -> None:
        """Forget a folder and its photos; the files on the disk stay as they are."""
        service = self._service
        if service is not None:
            self._guarded(lambda: service.catalogue.remove_folder(folder_id))
            self.poke()

    @Slot()
    def count_missing(self) -> None:
        """Count what forgetting the missing photos would do."""
        service = self._service
        if service is not None:
            missing = MissingPhotos(service.catalogue)
            self._guarded(lambda: self.missing_counted.emit(missing.count()))

    @Slot()
    def forget_missing(self) -> None:
        """Forget the missing photos, after a backup; the user has confirmed it."""
        service = self._service
        if service is not None:
            missing = MissingPhotos(service.catalogue)
            self._guarded(lambda: self.missing_forgotten.emit(missing.forget()))
            self.poke()

    @Slot()
    def close(self) -> None:
        """Publish the index, close the library, end the thread."""
        for timer in (self._slices, self._release, self._rest):
            if timer is not None:
                timer.stop()
        service, self._service = self._service, None
        try:
            if service is not None:
                service.close()
        except AppError as error:
            # The index is a cache and the catalogue is whole: the next start catches up.
            log.warning("the index was not published: %s", error)
        finally:
            QThread.currentThread().quit()

    def _hits(self, service: SearchService, request_id: int, query: Query) -> list[SearchHit]:
        match query:
            case TextQuery(text):
                if "photo:" in text.lower():
                    self._release_later()
                if query == self._reranked:  # asked again while photos are indexed
                    return service.search_typed(text, BEST_HITS)
                limit = BEST_HITS if service.parse(text).parts else NEWEST_PHOTOS
                hits = service.search_typed(text, limit, rerank=False)
                if self._rest is not None and service.reranks(text):
                    self._resting = (request_id, query)
                    self._rest.start()
                return hits
            case NewestQuery():
                return service.newest(NEWEST_PHOTOS)

    @Slot()
    def _look_again(self) -> None:
        """Typing rests: give the same hits in the order of the matcher."""
        service, resting = self._service, self._resting
        if service is None or resting is None or resting[0] != self._latest.request_id:
            return
        request_id, query = resting
        self._reranked = query
        self._answer(request_id, query, lambda: service.search_typed(query.text, BEST_HITS))

    @Slot()
    def _catch_up_slice(self) -> None:
        service, slices = self._service, self._slices
        if service is None or slices is None:
            return
        try:
            if service.catch_up():
                return
            slices.stop()
            change = service.catalogue.change_seq()
            state = _library_state(service)
        except AppError as error:
            slices.stop()
            self.trouble.emit(ErrorReport.of(error))
            return
        changed = change != self._seen_change
        self._seen_change = change
        self.library_changed.emit(state, changed)

    @Slot()
    def _release_image_encoder(self) -> None:
        if self._service is not None:
            self._service.release_image_encoder()

    def _release_later(self) -> None:
        if self._release is not None:
            self._release.start()

    def _guarded(self, action: Callable[[], object]) -> None:
        try:
            action()
        except AppError as error:
            self.trouble.emit(ErrorReport.of(error))


def _library_state(service: SearchService) -> LibraryState:
    return LibraryState(tuple(service.catalogue.folders()), service.catalogue.counts())
