"""Groups of equal or similar photos as a tree: a heading for each group, its files below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QPixmap

from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.gui.wording import number, photos
from desktop_app.library.near_photos import PhotoGroup
from desktop_app.library.thumbnails import ThumbnailStore

THUMBNAIL_SIDE = 64
FINEST = 2.0
"""Device pixels to a logical one that pictures are made for."""
NAME, FOLDER, SIZE = range(3)
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class GroupFile:
    """One file of a group."""

    path: Path
    thumbnail: Path
    width: int
    height: int
    is_offline: bool


class NearModel(QAbstractItemModel):
    """Two levels; holds the groups as they came.

    The internal id of a file is the row of its group + 1, that of a group is 0.
    """

    def __init__(
        self, thumbnails: ThumbnailLoader, store: ThumbnailStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._store = store
        self._groups: tuple[PhotoGroup, ...] = ()
        self._files: list[tuple[GroupFile, ...]] = []
        self._headings = (self.tr("Photo"), self.tr("Folder"), self.tr("Size"))

    @property
    def groups(self) -> tuple[PhotoGroup, ...]:
        """The groups in the order of the rows."""
        return self._groups

    def show_groups(self, groups: Sequence[PhotoGroup]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self._files = [self._files_of(group) for group in groups]
        self.endResetModel()

    def file(self, index: Index) -> GroupFile | None:
        """The file of a row; None for the heading of a group."""
        group = index.internalId() - 1 if index.isValid() else -1
        if 0 <= group < len(self._files) and index.row() < len(self._files[group]):
            return self._files[group][index.row()]
        return None

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        """A heading, or a file below one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NO_PARENT) -> QModelIndex:  # type: ignore[override]
        """The heading of a file."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The number of groups, or of files in one."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() or parent.column():
            return 0
        return len(self._files[parent.row()])

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Name, folder, size."""
        return len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the view or a screen reader asks about a cell."""
        if not index.isValid():
            return None
        file = self.file(index)
        if file is None:
            # The heading spans all columns; whoever asks for another one hears it, too.
            is_shown = index.column() == NAME and role == Qt.ItemDataRole.DisplayRole
            if is_shown or role == Qt.ItemDataRole.AccessibleTextRole:
                return self._heading(self._groups[index.row()])
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cell(file, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return str(file.path)
            case Qt.ItemDataRole.AccessibleTextRole:
                cells = (self._cell(file, column) for column in (NAME, FOLDER, SIZE))
                return ", ".join(cells) if index.column() == NAME else None
            case Qt.ItemDataRole.DecorationRole if index.column() == NAME:
                return self._picture(file)
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, THUMBNAIL_SIDE + 8)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section] if 0 <= section < len(self._headings) else None
        return None

    def _picture(self, file: GroupFile) -> QPixmap | None:
        """The thumbnail, with enough pixels for a screen that is twice as fine."""
        found = self._thumbnails.pixmap(file.thumbnail, round(FINEST * THUMBNAIL_SIDE))
        if found is None or found.isNull():
            return found
        picture = QPixmap(found)  # the loader's own has no ratio
        picture.setDevicePixelRatio(FINEST)
        return picture

    def _files_of(self, group: PhotoGroup) -> tuple[GroupFile, ...]:
        return tuple(
            GroupFile(
                path,
                self._store.path(photo.content_hash),
                photo.width,
                photo.height,
                photo.offline,
            )
            for photo in group.photos
            for path in ((photo.path, *photo.other_paths) if group.is_equal else (photo.path,))
        )

    def _heading(self, group: PhotoGroup) -> str:
        if group.is_equal:
            count = 1 + len(group.photos[0].other_paths)
            return self.tr("The same photo at {n} places").format(n=number(count))
        alike = self.tr("{photos}, {percent} % alike")
        percent = int(100 * group.likeness)
        return alike.format(photos=photos(len(group.photos)), percent=percent)

    def _cell(self, file: GroupFile, column: int) -> str:
        if column == NAME:
            return file.path.name
        if column == FOLDER:
            folder = str(file.path.parent)
            return (
                self.tr("{folder} (not connected)").format(folder=folder)
                if (file.is_offline)
                else folder
            )
        return f"{number(file.width)} × {number(file.height)}"
