"""Finds out about one photo at a time, off the GUI thread: the newest subject wins."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage

from desktop_app.errors import AppError, PhotoError
from desktop_app.gui.inspector.messages import (
    FoundCaptions,
    ShownReasons,
    SimilarPhotos,
    Subject,
    to_qimage,
)
from desktop_app.gui.inspector.subject_pictures import SubjectPictures
from desktop_app.gui.messages import ErrorReport, NewestQuery, Query
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.thumbnails import Tile, cut_tile
from desktop_app.library.captions import Caption
from desktop_app.library.heat_picture import heat_layers
from desktop_app.library.match_reasons import MatchReasons
from desktop_app.library.photo_details import DetailReader
from desktop_app.library.query import Query as LibraryQuery
from desktop_app.library.records import Metadata
from desktop_app.library.search import SearchHit, SearchService

log = logging.getLogger(__name__)

REST_MS = 150
"""Somebody who walks through the photos with the arrow keys wants none of them explained."""
CAPTIONS = 3
SIMILAR = 9
SIMILAR_SIDE = 160
"""Pixels of their pictures: twice what is shown, for screens that are twice as fine."""

Task = Callable[[SearchService], object]


class Inspection(QObject):
    """Asks the search thread and the pool, one question after the other. Lives on the GUI thread.

    What it emits is about the newest subject only, and comes in any order.
    """

    detailed = Signal(object)
    """``PhotoDetails``."""

    pictured = Signal(object)
    """The photo as a ``QImage``; once more where a sharper one was read."""

    captioned = Signal(object)
    """``FoundCaptions``."""

    reasoned = Signal(object)
    """``ShownReasons``, where the query has words or a photo."""

    resembled = Signal(object)
    """``SimilarPhotos``, those most like a dropped one."""

    unreadable = Signal(object)
    """An ``ErrorReport``: the dropped file cannot be used, nothing else follows."""

    captions_failed = Signal(object)
    reasons_failed = Signal(object)
    similar_failed = Signal(object)

    _answered = Signal(int, object)
    """A request id, and what is to be done on the GUI thread if that is still the newest."""

    def __init__(
        self,
        search: SearchThread,
        pool: QThreadPool,
        details: DetailReader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._pool = pool
        self._details = details
        self._pictures = SubjectPictures(details)
        self._request = 0
        self._subject: Subject | None = None
        self._query: Query = NewestQuery()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def look_at(self, subject: Subject, query: Query) -> None:
        """Find out about a photo, and why it is a hit of this query; soon, not at once."""
        self._request += 1
        self._subject, self._query = subject, query
        self._rest.start()

    def stop(self) -> None:
        """Whatever was asked and not begun is dropped, what comes is not told."""
        self._request += 1
        self._rest.stop()

    # -- questions -------------------------------------------------------------------------

    def _begin(self) -> None:
        self._rest.stop()
        subject, request = self._subject, self._request
        if subject is None:
            return
        if subject.hit is None:
            self._in_pool(partial(self._read_file, request, subject))
        else:
            self._in_pool(partial(self._read_pictures, request, subject))
            self._ask(request, partial(self._known, request, subject))
            self._ask_model(request, subject)

    def _ask_model(self, request: int, subject: Subject) -> None:
        if subject.hit is None:
            self._ask(request, partial(self._similar, request, subject))
        elif not isinstance(self._query, NewestQuery):
            self._ask(request, partial(self._reasons, request, subject, self._query))
        self._ask(request, partial(self._captions, request, subject))

    def _ask(self, request: int, task: Task) -> None:
        """One task for each answer: what is typed meanwhile is searched for between them."""
        self._search.serve(lambda service: request == self._request and task(service))

    def _in_pool(self, task: Callable[[], object]) -> None:
        request = self._request
        self._pool.start(lambda: task() if request == self._request else None)

    # -- on the search thread --------------------------------------------------------------

    def _known(self, request: int, subject: Subject, service: SearchService) -> None:
        photo_id = subject.photo_id
        try:
            known = None if photo_id is None else service.catalogue.metadata.metadata(photo_id)
        except AppError as error:
            log.warning("the catalogue does not tell what a photo says: %s", error)
            known = None
        self._tell(
            request, lambda: self._in_pool(partial(self._read_details, request, subject, known))
        )

    def _captions(self, request: int, subject: Subject, service: SearchService) -> None:
        heads = service.heads
        try:
            captions: tuple[Caption, ...] = ()
            if heads.has_captioner or service.collections.all():
                found = service.captioner.captions_of(subject.path, CAPTIONS, subject.photo_id)
                captions = found.captions
        except AppError as error:
            report = ErrorReport.of(error)
            self._tell(request, lambda: self.captions_failed.emit(report))
            return
        answer = FoundCaptions(captions, heads.has_matcher, heads.has_captioner)
        self._tell(request, lambda: self.captioned.emit(answer))

    def _reasons(
        self, request: int, subject: Subject, query: Query, service: SearchService
    ) -> None:
        try:
            asked = _asked(query, service)
            why = service.reasons.why(asked, subject.path, subject.photo_id)
        except AppError as error:
            report = ErrorReport.of(error)
            self._tell(request, lambda: self.reasons_failed.emit(report))
            return
        can_point = service.heads.has_matcher
        self._tell(
            request,
            lambda: self._in_pool(partial(self._draw, request, subject, why, can_point)),
        )

    def _similar(self, request: int, subject: Subject, service: SearchService) -> None:
        try:
            hits = tuple(service.search_photo(subject.path, SIMILAR))
        except AppError as error:
            report = ErrorReport.of(error)
            self._tell(request, lambda: self.similar_failed.emit(report))
            return
        self._tell(request, lambda: self._in_pool(partial(self._cut, request, hits)))

    # -- in the pool -----------------------------------------------------------------------

    def _read_pictures(self, request: int, subject: Subject) -> None:
        """The thumbnail at once, then the photo itself."""
        for read in (self._pictures.thumbnail, self._pictures.best):
            photo = read(subject)
            if photo is not None and request == self._request:
                self._picture(request, to_qimage(photo))

    def _picture(self, request: int, image: QImage) -> None:
        self._tell(request, lambda: self.pictured.emit(image))

    def _read_details(self, request: int, subject: Subject, known: Metadata | None) -> None:
        if subject.hit is not None:
            details = self._details.of_library(subject.hit.photo, known)
            self._tell(request, lambda: self.detailed.emit(details))

    def _read_file(self, request: int, subject: Subject) -> None:
        try:
            details, photo = self._details.of_file(subject.path)
        except PhotoError as error:
            report = ErrorReport.of(error)
            self._tell(request, lambda: self.unreadable.emit(report))
            return
        image = to_qimage(photo)

        def show() -> None:
            self.pictured.emit(image)
            self.detailed.emit(details)
            self._ask_model(request, subject)

        self._tell(request, show)

    def _cut(self, request: int, hits: tuple[SearchHit, ...]) -> None:
        # The grid's loader keeps one size of each thumbnail: another one would take its place.
        pictures = tuple(cut_tile(Tile(hit.thumbnail, SIMILAR_SIDE)) for hit in hits)
        found = SimilarPhotos(hits, pictures)
        self._tell(request, lambda: self.resembled.emit(found))

    def _draw(self, request: int, subject: Subject, why: MatchReasons, can_point: bool) -> None:
        photo = self._pictures.best(subject) if why.words else None
        together = QImage()
        layers: tuple[QImage, ...] = ()
        if photo is not None:
            drawn, each = heat_layers(photo, why.words)
            together, layers = to_qimage(drawn), tuple(map(to_qimage, each))
        shown = ShownReasons(why, can_point, together, layers)
        self._tell(request, lambda: self.reasoned.emit(shown))

    # -- back on the GUI thread ------------------------------------------------------------

    def _tell(self, request: int, answer: Callable[[], object]) -> None:
        self._answered.emit(request, answer)

    def _on_answered(self, request: int, answer: Callable[[], object]) -> None:
        if request == self._request:
            answer()


def _asked(query: Query, service: SearchService) -> LibraryQuery:
    return LibraryQuery() if isinstance(query, NewestQuery) else service.parse(query.text)
