"""One program per library: a second start tells the first one what is wanted, and ends."""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_app.gui.start_wish import THE_WINDOW, StartWish

log = logging.getLogger(__name__)

CONNECT_MS = 300
WRITE_MS = 5_000
LONGEST_CALL = 1_000_000
"""Bytes; a desktop hands over some thousand selected photos at most."""
_TOKEN = "XDG_ACTIVATION_TOKEN"


class SingleInstance(QObject):
    """Listens under a name made from the library's folder."""

    raise_wanted = Signal()
    """Somebody started the program again."""

    quick_wanted = Signal()
    """Somebody wants the quick search."""

    files_wanted = Signal(list)
    """Somebody opened photos or folders (absolute paths) with the program."""

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.blake2b(str(data_dir.resolve()).encode(errors="replace"), digest_size=8)
        self._name = f"visita-{digest.hexdigest()}"
        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def call_first(self, wish: StartWish = THE_WINDOW) -> bool:
        """Tell the program that runs already what is wanted; False when there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(CONNECT_MS):
            socket.abort()
            return False
        told = replace(wish, activation=os.environ.get(_TOKEN, ""))
        socket.write(told.to_line())
        while socket.bytesToWrite() and socket.waitForBytesWritten(WRITE_MS):
            pass
        socket.disconnectFromServer()
        return True

    def listen(self) -> None:
        """Be the first; the name of a first one that was killed is taken over."""
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            if not self._server.listen(self._name):
                log.warning("a second start will not be noticed: %s", self._server.errorString())

    def close(self) -> None:
        """Give the name back."""
        self._server.close()

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._callers.append(socket)
            socket.readyRead.connect(self._listen_to_callers)
            socket.disconnected.connect(self._listen_to_callers)
        self._listen_to_callers()

    def _listen_to_callers(self) -> None:
        for socket in list(self._callers):
            is_here = socket.state() is QLocalSocket.LocalSocketState.ConnectedState
            if socket.canReadLine():
                line = bytes(socket.readLine(LONGEST_CALL).data())
            elif is_here and socket.bytesAvailable() <= LONGEST_CALL:
                continue  # the rest is on its way
            else:
                line = b""
            self._callers.remove(socket)
            socket.deleteLater()  # which ends the connection
            if line:
                self._obey(line)

    def _obey(self, line: bytes) -> None:
        try:
            wish = StartWish.from_line(line)
        except ValueError:
            log.warning("a second start said what is not understood; its window is shown")
            wish = THE_WINDOW
        if wish.activation:
            os.environ[_TOKEN] = wish.activation  # where Qt looks when a window comes to the front
        if wish.quick:
            self.quick_wanted.emit()
            return
        self.raise_wanted.emit()
        if wish.files:
            self.files_wanted.emit(list(wish.files))
