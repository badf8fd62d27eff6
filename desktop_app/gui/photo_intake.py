"""What is dropped or pasted: folders to add, a photo to search by, or an explanation."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage

from desktop_app.gui.drop.offered_picture import (
    LARGEST,
    ending_of,
    is_encoded,
    offered_bytes,
    offers_bytes,
)
from desktop_app.library.pasted_pictures import PastedPictures

log = logging.getLogger(__name__)

QUICK_PNG = 80
"""Qt's scale turned round: high quality is low compression, and somebody waits for this file."""


@dataclass(frozen=True)
class Dropped:
    """The local files of a drop, sorted by what is done with them."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]
    has_picture: bool = False
    """Pixels without a file, as browsers and screenshot tools offer."""
    has_web_link: bool = False

    @classmethod
    def of(cls, mime: QMimeData) -> Dropped:
        """Sort what a mime object offers; looks at file types, opens nothing."""
        local = [Path(u.toLocalFile()) for u in mime.urls() if u.isLocalFile()]
        return replace(
            cls.of_files(local),
            has_picture=mime.hasImage() or offers_bytes(mime),
            has_web_link=any(u.scheme() in ("http", "https") for u in mime.urls()),
        )

    @classmethod
    def of_files(cls, local: Sequence[Path]) -> Dropped:
        """Sort what lies on this computer."""
        folders = tuple(path for path in local if path.is_dir())
        return cls(folders, tuple(path for path in local if path not in folders))

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing that could be used or explained."""
        return not (self.folders or self.files or self.has_picture or self.has_web_link)


class PhotoIntake(QObject):
    """Accepts drops and pastes. Lives on the GUI thread; pictures are written in the pool."""

    folders_given = Signal(list)
    photo_given = Signal(object)
    photos_given = Signal(list)
    """All photos of one drop or paste, before ``photo_given`` tells the first of them."""

    note = Signal(str)
    refused = Signal(str, str)

    choice_wanted = Signal(object)
    """A ``Dropped`` with folders and photos: the user says what to do with it, by way of
    ``add_folders`` and ``search_by``."""

    _written = Signal(object, bool)

    def __init__(
        self, pasted: PastedPictures, pool: QThreadPool, parent: QObject | None = None
    ) -> None:
        """Prepare.

        Args:
            pasted: says where pasted pictures are written, and lets them go.
            pool: writes them.
            parent: the owner.
        """
        super().__init__(parent)
        self._pasted = pasted
        self._pool = pool
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)

    def promise(self, dropped: Dropped) -> str:
        """What letting go would do, in words."""
        if dropped.folders and dropped.files:
            return self.tr("Drop to search by the photo, or to add the folder")
        if dropped.folders:
            return self.tr("Drop to add the folder to your library")
        return self.tr("Drop to find similar photos")

    def take(self, mime: QMimeData) -> None:
        """Use what was dropped or pasted."""
        dropped = Dropped.of(mime)
        if self.take_files(dropped):
            return
        if dropped.has_picture:
            self._take_picture(mime)
        elif dropped.has_web_link:
            self.refused.emit(
                self.tr("This is a link to the web, and VisITA never connects to it."),
                self.tr("Save the photo first, then drop the file."),
            )

    def take_files(self, dropped: Dropped) -> bool:
        """Use files and folders; False when there are none."""
        if dropped.folders and dropped.files:
            self.choice_wanted.emit(dropped)
        elif dropped.folders:
            self.add_folders(dropped)
        elif dropped.files:
            self.search_by(dropped)
        return bool(dropped.folders or dropped.files)

    def add_folders(self, dropped: Dropped) -> None:
        """Add the folders of a drop to the library."""
        self.folders_given.emit(list(dropped.folders))

    def search_by(self, dropped: Dropped) -> None:
        """Search by the first photo of a drop."""
        first = dropped.files[0]
        self.photos_given.emit(list(dropped.files))
        self.photo_given.emit(first)
        if len(dropped.files) > 1:
            self.note.emit(
                self.tr("{n} photos were dropped: the search is by the first, {name}.").format(
                    n=len(dropped.files), name=first.name
                )
            )

    def _take_picture(self, mime: QMimeData) -> None:
        if is_encoded(mime) or not mime.hasImage():
            self._take_bytes(offered_bytes(mime))
            return
        image = QImage(mime.imageData())
        if image.isNull():
            self.refused.emit(self.tr("The picture on the clipboard cannot be read."), "")
            return
        pasted = self._pasted
        self._pool.start(
            lambda: self._written.emit(
                *_kept(pasted, ".png", lambda path: image.save(str(path), None, QUICK_PNG))
            )
        )

    def _take_bytes(self, data: bytes) -> None:
        """A picture as its file's bytes: they are kept as they are, whoever decodes them judges."""
        if not data or len(data) > LARGEST:
            self.refused.emit(self.tr("The picture that was dropped cannot be read."), "")
            return
        pasted = self._pasted
        self._pool.start(
            lambda: self._written.emit(
                *_kept(pasted, ending_of(data), lambda path: path.write_bytes(data) > 0)
            )
        )

    def _on_written(self, path: Path | None, is_written: bool) -> None:
        if is_written:
            self.photos_given.emit([path])
            self.photo_given.emit(path)
        else:
            self.refused.emit(
                self.tr("The picture cannot be kept while it is searched by."),
                self.tr("Is the disk full?"),
            )


def _kept(
    pasted: PastedPictures, suffix: str, write: Callable[[Path], bool]
) -> tuple[Path | None, bool]:
    """Write a picture; where it lies, and whether it does."""
    try:
        path = pasted.new_path(suffix)
        return path, write(path)
    except OSError as error:
        log.warning("a pasted picture is not kept: %s", error)
        return None, False
