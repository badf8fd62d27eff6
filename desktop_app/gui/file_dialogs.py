"""The two questions for a place on the disk; neither blocks the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

translate = QCoreApplication.translate

PHOTO_PATTERNS = "*.jpg *.jpeg *.png *.webp *.heic *.heif *.avif *.tif *.tiff *.gif *.bmp"


def folder_dialog(parent: QWidget) -> QFileDialog:
    """Asks for a folder to add; ``fileSelected`` tells it."""
    dialog = QFileDialog(
        parent, translate("file_dialogs", "Add a folder with photos"), str(Path.home())
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog


def photo_dialog(parent: QWidget) -> QFileDialog:
    """Asks for a photo to search by; ``fileSelected`` tells it."""
    dialog = QFileDialog(parent, translate("file_dialogs", "Search by a photo"), str(Path.home()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    photos = translate("file_dialogs", "Photos ({patterns})").format(patterns=PHOTO_PATTERNS)
    dialog.setNameFilters([photos, translate("file_dialogs", "All files (*)")])
    return dialog
