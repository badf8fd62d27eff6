"""The page about the library's own files: where they lie, how large they are, their copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.settings.pages import SettingsPage, spin
from desktop_app.gui.wording import date_time
from desktop_app.library.backups import Backup
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

MOST_CAP_MB = 1_000_000
CAP_STEP_MB = 250

_TIME = "yyyy-MM-ddTHH-mm-ss"
"""``backups.TIME_FORMAT`` in Qt's words."""


@dataclass(frozen=True)
class LibrarySizes:
    """What the library takes on the disk, in bytes."""

    catalogue: int
    index: int
    thumbnails: int
    thumbnail_count: int

    @classmethod
    def measure(cls, paths: DataPaths) -> LibrarySizes:
        """Look at every file of the library; takes a while where there are many thumbnails."""
        thumbnails = _files(paths.thumbnails_dir)
        catalogue = [p for p in paths.root.glob(f"{paths.catalogue.name}*") if p.is_file()]
        return cls(
            _bytes(catalogue), _bytes(_files(paths.index_dir)), _bytes(thumbnails), len(thumbnails)
        )


class LibraryPage(SettingsPage):
    """Data folder, sizes, backups."""

    reveal_wanted = Signal(object)
    """The ``Path`` of the data folder."""

    backup_wanted = Signal()
    restore_wanted = Signal(str)
    """The name of a backup, after the user confirmed."""

    def __init__(self, settings: Settings, paths: DataPaths) -> None:
        super().__init__()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        folder = QLabel(str(paths.root))
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        folder.setWordWrap(True)
        self.reveal_button = QPushButton(self.tr("Show the data folder"))
        self.sizes = QLabel(self.tr("…"))
        self.sizes.setWordWrap(True)
        self.add_row(self.tr("Data folder:"), folder)
        self.add_row(self.tr("On the disk:"), self.sizes)
        self.cap = spin(0, MOST_CAP_MB, settings.thumbnail_disk_mb, " MB", step=CAP_STEP_MB)
        self.cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.cap.setSpecialValueText(self.tr("As much as they need"))
        self.cap.setToolTip(
            self.tr(
                "Where they take more, those that were not seen for the longest time are deleted, "
                "and made again when they are to be seen. Those of folders that are not connected "
                "stay longest."
            )
        )
        self.add_row(self.tr("Thumbnails may take:"), self.cap)
        label = QLabel(self.tr("Backups of the catalogue (your photos are not in them):"))
        label.setWordWrap(True)
        self.backups = QListWidget()
        self.backups.setObjectName("backups")
        self.backups.setAccessibleName(self.tr("Backups"))
        label.setBuddy(self.backups)
        self.backup_button = QPushButton(self.tr("Back up now"))
        self.restore_button = QPushButton(self.tr("Go back to this one…"))
        self.column.addWidget(label)
        self.column.addWidget(self.backups, 1)
        buttons = QWidget()
        line = FlowLayout(buttons)
        for button in (self.backup_button, self.restore_button, self.reveal_button):
            line.addWidget(button)
        self.column.addWidget(buttons)
        self.add_note(
            self.tr(
                "Another folder: start VisITA with --data-dir. Copies are taken daily, before "
                "anything is forgotten, and before the library's format changes."
            )
        )
        self.reveal_button.clicked.connect(lambda: self.reveal_wanted.emit(paths.root))
        self.backup_button.clicked.connect(self._back_up)
        self.restore_button.clicked.connect(self._confirm)
        self.backups.currentRowChanged.connect(lambda row: self.restore_button.setEnabled(row >= 0))
        self.restore_button.setEnabled(False)

    def changed(self, settings: Settings) -> Settings:
        """With the cap for thumbnails on the disk."""
        return replace(settings, thumbnail_disk_mb=self.cap.value())

    def show_sizes(self, sizes: LibrarySizes) -> None:
        """What the library takes."""
        text = QLocale().formattedDataSize
        words = self.tr(
            "Catalogue {catalogue}, search index {index}, %Ln thumbnail(s) {thumbnails}",
            "",
            sizes.thumbnail_count,
        )
        self.sizes.setText(
            words.format(
                catalogue=text(sizes.catalogue),
                index=text(sizes.index),
                thumbnails=text(sizes.thumbnails),
            )
        )

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """The copies that there are, the newest first."""
        kinds = {
            "daily": self.tr("daily"),
            "migration": self.tr("before a new format"),
            "manual": self.tr("asked for"),
            "removal": self.tr("before photos were forgotten"),
        }
        self.backups.clear()
        for backup in backups:
            when = date_time(QDateTime.fromString(backup.taken_at, _TIME))
            size = QLocale().formattedDataSize(backup.size_bytes)
            words = f"{when}, {kinds[backup.kind]}, {size}"
            item = QListWidgetItem(words)
            item.setSizeHint(QSize(0, 2 * self.fontMetrics().height()))
            item.setData(Qt.ItemDataRole.UserRole, backup.name)
            self.backups.addItem(item)
        self.backup_button.setEnabled(True)

    def _back_up(self) -> None:
        self.backup_button.setEnabled(False)
        self.backup_wanted.emit()

    def _confirm(self) -> None:
        if self.backups.currentRow() < 0:
            return
        item = self.backups.currentItem()
        name = item.data(Qt.ItemDataRole.UserRole)
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Go back"))
        box.setText(self.tr("Go back to the backup of {when}?").format(when=item.text()))
        box.setInformativeText(
            self.tr(
                "The window opens anew. The catalogue of now is set aside, not deleted; your "
                "photos are not touched, and what is newer is found again by indexing."
            )
        )
        box.addButton(self.tr("Go back"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(lambda: self.restore_wanted.emit(name))
        box.open()


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _bytes(files: Sequence[Path]) -> int:
    total = 0
    for path in files:
        try:
            total += path.stat().st_size
        except OSError:  # deleted meanwhile
            continue
    return total
