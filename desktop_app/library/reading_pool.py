"""Threads that read files ahead; one that hangs in a decoder is left behind."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from queue import SimpleQueue

from desktop_app.library.photo_reader import NotRead, PhotoReader, Reading
from desktop_app.library.records import PendingFile

log = logging.getLogger(__name__)

DECODE_LIMIT_S = 60.0
"""What the slowest camera photo needs a hundred times over."""
_LIMIT_PER_BYTE_S = 1 / (1 << 20)


class _Job:
    """A file on its way through a thread."""

    def __init__(self, file: PendingFile) -> None:
        self.file = file
        self.future: Future[Reading] = Future()
        self.size_bytes = 0
        self.decoding_since: float | None = None
        self.is_abandoned = False

    def begin_decoding(self, size_bytes: int) -> None:
        """The file is read; a slow disk is not what the limit is about."""
        self.size_bytes = size_bytes
        self.decoding_since = time.monotonic()


class ReadingPool:
    """Reads files on threads of its own. Used by one thread.

    A thread inside a decoder cannot be stopped. So the threads are daemons: one that takes too
    long is forgotten, another takes its place, and the process can end without it.
    """

    def __init__(self, reader: PhotoReader, workers: int, limit_s: float = DECODE_LIMIT_S) -> None:
        """Start the threads.

        Args:
            reader: reads one file.
            workers: how many at once.
            limit_s: what a photo may take to decode while nothing else is finished; a second
                more for every megabyte of its file.
        """
        self._reader = reader
        self._limit_s = limit_s
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._running: dict[_Job, threading.Thread] = {}
        self._last_finish = time.monotonic()
        self._threads: set[threading.Thread] = set()
        for _ in range(workers):
            self._start_thread()

    def submit(self, file: PendingFile) -> Future[Reading]:
        """Have a file read as soon as a thread is free."""
        job = _Job(file)
        self._queue.put(job)
        return job.future

    def abandon_overdue(self) -> None:
        """Give up the photo that has been decoded for too long, if there is one.

        Only while nothing else is finished: a photo that waits for another one's memory, or for
        its share of a busy computer, is not at fault.
        """
        with self._lock:
            decoding = [job for job in self._running if job.decoding_since is not None]
            oldest = min(decoding, key=lambda job: job.decoding_since or 0, default=None)
            if oldest is None or not self._is_overdue(oldest):
                return
            oldest.is_abandoned = True
            self._threads.discard(self._running.pop(oldest))
            self._last_finish = time.monotonic()
        limit_s = self._limit_of(oldest)
        log.warning("given up after %.0f s in its decoder: %s", limit_s, oldest.file.path)
        reason = f"took longer than {limit_s:.0f} s to decode"
        oldest.future.set_result(NotRead(oldest.file, reason, by_system=False))
        self._start_thread()

    def close(self) -> None:
        """Wait for the files that are being read, no longer than the limit, and end the threads.

        Files that wait are left; whoever submitted them cancels them before.
        """
        for _ in self._threads:
            self._queue.put(None)
        deadline = time.monotonic() + self._limit_s
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                log.warning("a decoder hangs and is left behind")

    def _limit_of(self, job: _Job) -> float:
        return self._limit_s + job.size_bytes * _LIMIT_PER_BYTE_S

    def _is_overdue(self, job: _Job) -> bool:
        since = max(job.decoding_since or 0.0, self._last_finish)
        return time.monotonic() - since > self._limit_of(job)

    def _start_thread(self) -> None:
        thread = threading.Thread(target=self._work, name="decoder", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            with self._lock:
                self._running[job] = threading.current_thread()
            result: Reading | BaseException
            try:
                result = self._reader.read(job.file, job.begin_decoding)
            except BaseException as error:  # raised again where the result is asked for
                result = error
            with self._lock:
                if job.is_abandoned:
                    return  # it came back after all; another thread has taken this one's place
                del self._running[job]
                self._last_finish = time.monotonic()
            if isinstance(result, BaseException):
                job.future.set_exception(result)
            else:
                job.future.set_result(result)
