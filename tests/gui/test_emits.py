"""A guard against PySide 6.12 on Python 3.11, which loses one reference to True per emit."""

from __future__ import annotations

import sys

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal


class _Emitter(QObject):
    said = Signal(bool)


def test_ten_thousand_emits_lose_no_reference(qapp) -> None:
    emitter = _Emitter()
    heard = []
    emitter.said.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(10_000):
        emitter.said.emit(True)
    assert len(heard) == 10_000
    heard.clear()
    assert abs(sys.getrefcount(True) - before) < 100


class _Nothing(QAbstractListModel):
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 1

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> None:
        return None


def test_ten_thousand_empty_answers_lose_no_reference(qapp) -> None:
    model = _Nothing()
    index = model.index(0, 0)
    before = sys.getrefcount(None)
    for _ in range(10_000):
        index.data()
    assert abs(sys.getrefcount(None) - before) < 1000
