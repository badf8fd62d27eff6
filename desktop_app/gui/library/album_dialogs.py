"""The questions about albums: which one, what name, really?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.counted import Counted
from desktop_app.gui.wording import photos
from desktop_app.library.albums import Album

translate = QCoreApplication.translate


class AlbumNameDialog(QDialog):
    """Asks for an album's name: one of those that there are, or a new one."""

    name_chosen = Signal(str)

    def __init__(
        self, title: str, words: str, names: Sequence[str], name: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        label = QLabel(words)
        label.setWordWrap(True)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.addItems(list(names))
        self.name.setCurrentText(name)
        self.name.setAccessibleName(self.tr("Name of the album"))
        field = self.name.lineEdit()
        if isinstance(field, QLineEdit):
            field.setMaxLength(100)
            field.setAccessibleName(self.tr("Name of the album"))
            field.setPlaceholderText(self.tr("Name of the album"))
            field.selectAll()
        label.setBuddy(self.name)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(label)
        layout.addWidget(self.name)
        layout.addWidget(self.buttons)
        self.name.currentTextChanged.connect(self._judge)
        self._judge(self.name.currentText())
        self.accepted.connect(lambda: self.name_chosen.emit(self.name.currentText().strip()))

    def _judge(self, text: str) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(text.strip()) and text.strip().isprintable())


def add_to_album_dialog(count: int, albums: Sequence[Album], parent: QWidget) -> AlbumNameDialog:
    """Asks which album photos are put into."""
    names = [album.name for album in albums if not album.is_favourites]
    words = translate("albums", "Put {photos} into this album, or type the name of a new one:")
    return AlbumNameDialog(
        translate("albums", "Add to album"),
        words.format(photos=photos(count)),
        names,
        names[0] if names else "",
        parent,
    )


def rename_dialog(album: Album, parent: QWidget) -> AlbumNameDialog:
    """Asks for an album's new name."""
    return AlbumNameDialog(
        translate("albums", "Rename album"),
        translate("albums", "The new name of “{name}”:").format(name=album.name),
        [],
        album.name,
        parent,
    )


def forget_album_dialog(album: Album, parent: QWidget) -> QMessageBox:
    """A question; ``accepted`` means yes."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("albums", "Forget album"))
    box.setText(translate("albums", "Forget the album “{name}”?").format(name=album.name))
    box.setInformativeText(Counted().photos_stay(album.count))
    box.addButton(translate("albums", "Forget"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    return box
