"""The page of the settings about the tray, and about a key that opens the quick search."""

from __future__ import annotations

import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QSystemTrayIcon

from desktop_app.gui.settings.pages import SettingsPage
from desktop_app.paths import command_line_program, default_data_dir
from desktop_app.settings import Settings


class BackgroundPage(SettingsPage):
    """Stay in the tray or not; the command that desktops can bind to a key."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.keep = self.add_check(self.tr("Keep running in the tray when the window is closed"))
        self.keep.setChecked(settings.keep_in_tray)
        if not QSystemTrayIcon.isSystemTrayAvailable():
            self.keep.setEnabled(False)
            self.add_note(self.tr("This desktop has no tray that VisITA could stay in."))
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.add_note(
            self.tr(
                "The quick search is a small window above all others. To open it with a key from "
                "anywhere, give a key to this command in the keyboard settings of your desktop:"
            )
        )
        self.command.setAccessibleName(self.tr("Command that opens the quick search"))
        self.column.addWidget(self.command)
        self.column.addStretch(1)

    def show_command(self, command: list[str]) -> None:
        """Show what ``quick_command`` found; looking for it reads the disk."""
        self.command.setText(shlex.join(command))
        self.command.setCursorPosition(0)

    def changed(self, settings: Settings) -> Settings:
        """With the tray."""
        return replace(settings, keep_in_tray=self.keep.isChecked())


def quick_command(data_dir: Path) -> list[str]:
    """The command that shows the quick search of this library."""
    beside = shutil.which("visita", path=str(Path(sys.executable).parent))
    program = [beside] if beside else command_line_program()
    is_usual = data_dir.resolve() == default_data_dir().resolve()
    return [*program, *([] if is_usual else ["--data-dir", str(data_dir)]), "--quick"]
