"""What Qt complains about goes to the log; a terminal is no place for it."""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

log = logging.getLogger(__name__)


class QtMessages:
    """Takes Qt's messages, from whatever thread; most are about the desktop that it runs on."""

    def install(self) -> None:
        """From now on."""
        qInstallMessageHandler(self.take)

    def close(self) -> None:
        """To stderr again, as Qt does by itself."""
        qInstallMessageHandler(None)

    @staticmethod
    def take(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Log one message under the name of its category; a fatal one is the program's last."""
        log.log(LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "Qt", text)
        if kind == QtMsgType.QtFatalMsg and sys.__stderr__ is not None:
            sys.__stderr__.write(f"visita: {text}\n")
