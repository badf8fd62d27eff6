"""Garbage is collected on the GUI thread and on no other."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from desktop_app.gui.garbage import GarbageCollector


class _Knot(QObject):
    """An object that only the collector can free."""

    def __init__(self, freed_on: list[threading.Thread]) -> None:
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: freed_on.append(threading.current_thread()))


def test_other_threads_do_not_collect(qapp) -> None:
    collector = GarbageCollector()
    gc.collect()
    collector.start()
    freed_on: list[threading.Thread] = []
    _Knot(freed_on)

    keep: list[list[int]] = []

    def allocate() -> None:
        keep.extend([n] for n in range(200_000))

    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert freed_on == []
    assert collector.collect_if_due() is not None
    gc.collect()
    assert freed_on == [threading.main_thread()]
    collector.stop()
    assert gc.isenabled()


def test_it_collects_only_when_due(qapp) -> None:
    gc.collect()
    assert GarbageCollector.collect_if_due() is None


def test_what_was_there_before_is_not_looked_at(qapp) -> None:
    before = [[] for _ in range(1000)]
    collector = GarbageCollector()
    collector.start()
    looked_at = {id(thing) for thing in gc.get_objects()}
    collector.stop()
    assert not any(id(thing) in looked_at for thing in before)
    assert {id(thing) for thing in before} <= {id(thing) for thing in gc.get_objects()}
