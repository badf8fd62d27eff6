"""Forgetting missing photos: asked for with the count, told with the count."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.gui.wording import number, photos
from desktop_app.library.removal import MissingCount

translate = QCoreApplication.translate


def forget_missing_dialog(count: MissingCount, parent: QWidget) -> QMessageBox:
    """A question that names the count; ``accepted`` means yes."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("missing", "Forget missing photos"))
    box.setText(
        translate(
            "missing", "Forget {files} missing files ({photos} that lie nowhere else)?"
        ).format(files=number(count.files), photos=photos(count.photos))
    )
    words = [
        translate("missing", "Nothing on your disks is touched. The library is backed up before.")
    ]
    if count.offline:
        words.append(
            translate("missing", "{n} more are kept: their folder is not connected.").format(
                n=number(count.offline)
            )
        )
    box.setInformativeText(" ".join(words))
    box.addButton(translate("missing", "Forget"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    return box


def nothing_missing(count: MissingCount) -> str:
    """Why nothing can be forgotten."""
    if count.offline:
        return translate(
            "missing", "{n} missing files are kept: their folder is not connected."
        ).format(n=number(count.offline))
    return translate("missing", "No photo is missing.")


def missing_forgotten(count: MissingCount) -> str:
    """What was forgotten."""
    return translate("missing", "{files} missing files forgotten, {photos}").format(
        files=number(count.files), photos=photos(count.photos)
    )
