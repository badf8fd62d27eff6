"""The window as a program: one application, one library, one exit."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from desktop_app.errors import AppError
from desktop_app.gui.app_icon import app_icon
from desktop_app.gui.crash_dialog import CrashReporter
from desktop_app.gui.language import Speech
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.program import Program
from desktop_app.gui.qt_messages import QtMessages
from desktop_app.gui.quit_signals import QuitSignals
from desktop_app.gui.single_instance import SingleInstance
from desktop_app.gui.start_wish import THE_WINDOW, StartWish
from desktop_app.library.restoring import restore
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

log = logging.getLogger(__name__)


def run_window(
    paths: DataPaths,
    model_dir: Path | None,
    settings: Settings | None = None,
    wish: StartWish | None = None,
) -> int:
    """Open the window on the library in ``paths`` and stay until it is closed.

    Args:
        paths: the library; its folders must be there.
        model_dir: the model bundle, None for the one that answers in the library; when it cannot
            be used, the window says so.
        settings: the user's choices; read from the library's folder when not given.
        wish: what the start asked for; none is the window.

    Returns:
        The exit code of the program.
    """
    messages = QtMessages()
    messages.install()
    try:
        return _run(paths, model_dir, settings, wish or THE_WINDOW)
    finally:
        messages.close()


def _run(
    paths: DataPaths, model_dir: Path | None, settings: Settings | None, wish: StartWish
) -> int:
    app = QApplication(sys.argv[:1])
    app.setApplicationName("VisITA")
    app.setApplicationDisplayName("VisITA")
    app.setDesktopFileName("visita")
    app.setStyle("Fusion")
    app.setWindowIcon(app_icon())
    app.setQuitOnLastWindowClosed(False)
    if b"jpeg" not in QImageReader.supportedImageFormats():
        log.error("Qt's plugin for JPEG is missing: no thumbnail can be shown")
    single = SingleInstance(paths.root)
    if single.call_first(wish):
        return 0
    single.listen()
    crashes = CrashReporter(paths.log_file)
    crashes.install()
    quit_signals = QuitSignals()
    quit_signals.quit_wanted.connect(app.quit)
    trouble: ErrorReport | None = None
    speech = Speech(app)
    try:
        while True:
            chosen = settings if settings is not None else Settings.load(paths.settings_file)
            speech.speak(chosen.language)
            program = Program(app, paths, model_dir and model_dir.resolve(), chosen)
            program.background.quit_wanted.connect(app.quit)
            single.raise_wanted.connect(program.raise_window)
            single.quick_wanted.connect(program.quick.appear)
            single.files_wanted.connect(program.open_files)
            program.start(wish)
            if trouble is not None:
                program.window.error_bar.show_error(trouble)
            try:
                exit_code = app.exec()
            finally:
                program.shut_down()
            if program.restore_wanted is None:
                return exit_code
            single.raise_wanted.disconnect(program.raise_window)
            single.quick_wanted.disconnect(program.quick.appear)
            single.files_wanted.disconnect(program.open_files)
            wish = THE_WINDOW
            trouble = _restore(paths, program.restore_wanted)
    finally:
        single.close()
        quit_signals.close()
        speech.stop()
        sys.excepthook = sys.__excepthook__


def _restore(paths: DataPaths, name: str) -> ErrorReport | None:
    """Go back to a backup while no window has the library open; why not, if it cannot be."""
    try:
        restore(paths, name)
    except AppError as error:
        return ErrorReport.of(error)
    return None
