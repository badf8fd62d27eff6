"""Forgetting missing photos: asked for with the count, told with the count."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.gui.counted import Counted
from desktop_app.library.removal import MissingCount

translate = QCoreApplication.translate


def forget_missing_dialog(count: MissingCount, parent: QWidget) -> QMessageBox:
    """A question that names the count; ``accepted`` means yes."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("missing", "Forget missing photos"))
    box.setText(Counted().forget_missing(count.files, count.photos))
    words = [
        translate("missing", "Nothing on your disks is touched. The library is backed up before.")
    ]
    if count.offline:
        words.append(Counted().more_kept(count.offline))
    box.setInformativeText(" ".join(words))
    box.addButton(translate("missing", "Forget"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    return box


def nothing_missing(count: MissingCount) -> str:
    """Why nothing can be forgotten."""
    if count.offline:
        return Counted().missing_kept(count.offline)
    return translate("missing", "No photo is missing.")


def missing_forgotten(count: MissingCount) -> str:
    """What was forgotten."""
    return Counted().missing_forgotten(count.files, count.photos)
