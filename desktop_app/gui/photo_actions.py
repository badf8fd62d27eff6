"""What can be done with a photo that was found. Nothing here changes a photo."""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QProcess, Qt, QThreadPool, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QImageReader

from desktop_app.library.search import SearchHit

log = logging.getLogger(__name__)


class PhotoActions(QObject):
    """Open, show in the file manager, copy. Lives on the GUI thread."""

    failed = Signal(str, str)
    """A sentence and a hint."""

    done = Signal(str)
    """A short word of success for the status line."""

    _picture_read = Signal(object, QImage)
    _looked = Signal(object, bool, object)
    """A path, whether something lies there, and what to do then."""

    def __init__(self, pool: QThreadPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._picture_read.connect(self._copy_picture, Qt.ConnectionType.QueuedConnection)
        self._looked.connect(self._on_looked, Qt.ConnectionType.QueuedConnection)

    def open(self, hit: SearchHit) -> None:
        """Open the photo with the system's viewer."""
        self._when_there(hit.photo.path, self._open)

    def reveal(self, path: Path) -> None:
        """Show the file, selected, in the file manager."""
        self._when_there(path, self._reveal)

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.failed.emit(
                self.tr("No program opens {name}.").format(name=path.name),
                self.tr("Choose a photo viewer in your system's settings."),
            )

    def _reveal(self, path: Path) -> None:
        command = reveal_command(path, sys.platform)
        if command is None:
            self._open_folder(path)
            return
        process = QProcess(self)
        process.finished.connect(lambda code, _: self._on_revealed(process, path, code))
        process.errorOccurred.connect(lambda _: self._on_revealed(process, path, -1))
        process.start(command[0], command[1:])

    def copy_paths(self, hits: Sequence[SearchHit]) -> None:
        """Put the files on the clipboard: as text, and as files for file managers."""
        mime = QMimeData()
        mime.setText("\n".join(str(hit.photo.path) for hit in hits))
        mime.setUrls([QUrl.fromLocalFile(str(hit.photo.path)) for hit in hits])
        # setUrls replaces the text by URLs on some platforms: plain paths are what people want.
        mime.setText("\n".join(str(hit.photo.path) for hit in hits))
        QGuiApplication.clipboard().setMimeData(mime)
        self.done.emit(self.tr("Path copied") if len(hits) == 1 else self.tr("Paths copied"))

    def copy_photo(self, hit: SearchHit) -> None:
        """Put the picture itself on the clipboard; it is decoded in the pool."""
        self._when_there(hit.photo.path, self._read)

    def _read(self, path: Path) -> None:
        self._pool.start(lambda: self._picture_read.emit(path, _read_picture(path)))

    def _copy_picture(self, path: Path, image: QImage) -> None:
        if image.isNull():
            self.failed.emit(
                self.tr("{name} cannot be copied as a picture.").format(name=path.name),
                self.tr("Copy its path, or drag the file."),
            )
            return
        QGuiApplication.clipboard().setImage(image)
        self.done.emit(self.tr("Photo copied"))

    def _when_there(self, path: Path, then: Callable[[Path], object]) -> None:
        """Look in the pool: a network drive may take its time, and the window must not."""
        self._pool.start(lambda: self._looked.emit(path, path.exists(), then))

    def _on_looked(self, path: Path, is_there: bool, then: Callable[[Path], object]) -> None:
        if is_there:
            then(path)
            return
        self.failed.emit(
            self.tr("{name} is not there any more.").format(name=path.name),
            self.tr("It was moved or deleted, or its drive is not connected: {folder}").format(
                folder=path.parent
            ),
        )

    def _on_revealed(self, process: QProcess, path: Path, code: int) -> None:
        process.deleteLater()
        # The Windows explorer says 1 even when it did what it should.
        if code != 0 and sys.platform != "win32":
            log.info("no file manager answers, the folder is opened instead")
            self._open_folder(path)

    def _open_folder(self, path: Path) -> None:
        folder = path if path.is_dir() else path.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.failed.emit(self.tr("No file manager was found."), str(folder))


def reveal_command(path: Path, platform: str) -> list[str] | None:
    """Program and arguments that select a file in the platform's file manager.

    None where no such program is known; then only the folder can be opened.
    """
    if platform == "win32":
        return ["explorer", "/select,", str(path)]
    if platform == "darwin":
        return ["open", "-R", str(path)]
    dbus_send = shutil.which("dbus-send")
    if dbus_send is None:
        return None
    # A comma separates array members for dbus-send; encoded, it is part of the name.
    url = bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()).decode().replace(",", "%2C")
    return [
        dbus_send,
        "--session",
        "--print-reply",
        "--reply-timeout=3000",
        "--dest=org.freedesktop.FileManager1",
        "--type=method_call",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1.ShowItems",
        f"array:string:{url}",
        "string:",
    ]


def _read_picture(path: Path) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    return reader.read()
