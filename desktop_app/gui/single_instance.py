"""One window per library: a second start raises the first window and ends."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

CONNECT_MS = 300


class SingleInstance(QObject):
    """Listens under a name made from the library's folder."""

    raise_wanted = Signal()
    """Somebody started the program again."""

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.blake2b(str(data_dir.resolve()).encode(errors="replace"), digest_size=8)
        self._name = f"visita-{digest.hexdigest()}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def raise_first(self) -> bool:
        """Raise the window that is open already; False when there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        is_there = socket.waitForConnected(CONNECT_MS)
        socket.abort()
        return is_there

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
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.abort()
            self.raise_wanted.emit()
