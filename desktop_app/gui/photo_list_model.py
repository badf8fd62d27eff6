"""The photos of one answer, as the rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from desktop_app.gui import wording
from desktop_app.gui.grid.badges import badges_of
from desktop_app.gui.told import told
from desktop_app.library.search import SearchHit

HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The row's whole ``SearchHit``."""

PHOTO_ID_ROLE = HIT_ROLE + 1
"""The row's photo id."""

_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class PhotoListModel(QAbstractListModel):
    """A list of hits; holds them as they came and computes nothing until a row is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[SearchHit, ...] = ()

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """The hits in the order of the rows."""
        return self._hits

    def show_hits(self, hits: Sequence[SearchHit]) -> bool:
        """Replace the rows.

        Returns:
            False when the same photos stand in the same order, so that no view has to start over.
        """
        fresh = tuple(hits)
        if len(fresh) == len(self._hits) and all(
            new.photo.photo_id == old.photo.photo_id
            for new, old in zip(fresh, self._hits, strict=True)
        ):
            self._hits = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return False
        self.beginResetModel()
        self._hits = fresh
        self.endResetModel()
        return True

    def hit(self, index: Index) -> SearchHit | None:
        """The hit of a row, None outside the list."""
        if index.isValid() and 0 <= index.row() < len(self._hits):
            return self._hits[index.row()]
        return None

    def rows_of(self, photo_ids: set[int]) -> list[int]:
        """Where these photos stand now; photos that are gone are left out."""
        return [row for row, hit in enumerate(self._hits) if hit.photo.photo_id in photo_ids]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The number of photos; a row has no children."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a view, a delegate or a screen reader asks about a row."""
        hit = self.hit(index)
        if hit is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return hit.photo.path.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(hit)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(hit)
            case _ if role == HIT_ROLE:
                return hit
            case _ if role == PHOTO_ID_ROLE:
                return hit.photo.photo_id
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected and dragged out; outside the list there is nothing."""
        if self.hit(index) is None:
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return (
            flag.ItemIsEnabled
            | flag.ItemIsSelectable
            | flag.ItemIsDragEnabled
            | flag.ItemNeverHasChildren
        )

    def roleNames(self) -> dict[int, QByteArray]:
        """The usual names and our own two."""
        return {
            **super().roleNames(),
            HIT_ROLE: QByteArray(b"hit"),
            PHOTO_ID_ROLE: QByteArray(b"photoId"),
        }

    def mimeTypes(self) -> list[str]:
        """Photos leave as files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The photos' files, for a drag or the clipboard."""
        mime = QMimeData()
        hits = [hit for hit in map(self.hit, indexes) if hit is not None]
        mime.setUrls([QUrl.fromLocalFile(str(hit.photo.path)) for hit in hits])
        return mime

    def _tool_tip(self, hit: SearchHit) -> str:
        lines = [str(hit.photo.path), f"{hit.photo.width} × {hit.photo.height}"]
        if words := self._taken(hit):
            lines.append(words)
        if hit.photo.other_paths:
            lines.append(self.tr("Also at:"))
            lines.extend(str(path) for path in hit.photo.other_paths[:5])
        if hit.photo.offline:
            lines.append(self.tr("Its folder cannot be reached just now."))
        elif hit.photo.trouble:
            words = self.tr("It could not be read the last time: {reason}.")
            lines.append(words.format(reason=told(hit.photo.trouble)))
        return "\n".join(lines)

    def _taken(self, hit: SearchHit) -> str:
        """When a photo was taken, in words; empty where nobody knows."""
        if not hit.photo.taken_at:
            return ""
        return self.tr("Taken {moment}").format(moment=wording.moment(hit.photo.taken_at))

    def _spoken(self, hit: SearchHit) -> str:
        parts = [hit.photo.path.name]
        if hit.score is not None:
            parts.append(self.tr("rank {rank}").format(rank=hit.rank))
            parts.append(self.tr("score {score}").format(score=wording.score(hit.score)))
            if not hit.likely:
                parts.append(self.tr("less likely"))
        if words := self._taken(hit):
            parts.append(words)
        if hit.photo.is_favourite:
            parts.append(self.tr("favourite"))
        parts.extend(badge.words for badge in badges_of(hit.photo))
        return ", ".join(parts)
