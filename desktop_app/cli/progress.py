"""How far the indexer is: JSON lines for programs, a bar for people."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from types import TracebackType
from typing import Protocol, Self

from tqdm import tqdm

from desktop_app.cli import output
from desktop_app.library.records import IndexProgress, IndexSummary

MIN_INTERVAL_S = 0.1
"""At most ten progress lines per second: a window repaints no faster."""


class Reporter(Protocol):
    """Tells of an indexing run; entered when it begins, left when it ends."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def progress(self, progress: IndexProgress) -> None:
        """Tell how far it is."""

    def finished(self, summary: IndexSummary) -> None:
        """Tell what came of it."""


class JsonReporter:
    """One object per line."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._last_at = float("-inf")
        self._last_phase: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def progress(self, progress: IndexProgress) -> None:
        """Print progress, unless the last line is too young; a new phase is never left out."""
        too_early_by = self._last_at + MIN_INTERVAL_S - self._now()
        if too_early_by > 0:
            if progress.phase == self._last_phase:
                return
            self._sleep(too_early_by)
        self._last_at = self._now()
        self._last_phase = progress.phase
        output.print_json(type="progress", **asdict(progress))

    def finished(self, summary: IndexSummary) -> None:
        """Print the last line; ``stopped`` and ``prepared`` are there only when there is need."""
        fields = asdict(summary)
        fields["seconds"] = round(summary.seconds, 3)
        for name in ("stopped", "prepared"):
            if not fields[name]:
                del fields[name]
        output.print_json(type="finished", **fields)


class BarReporter:
    """A bar on a terminal, one sentence at the end; no bar where stderr is no terminal."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None

    def __enter__(self) -> Self:
        self._bar = tqdm(
            unit=" photos",
            disable=None,  # tqdm's word for: only on a terminal
            leave=False,
            dynamic_ncols=True,
            bar_format="{desc}",
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def progress(self, progress: IndexProgress) -> None:
        """Redraw the bar; the rate and the time to go are the indexer's, which knows pauses."""
        bar = self._bar
        if bar is None or bar.disable:
            return
        if progress.phase == "scanning":
            bar.bar_format = "{desc}"
            bar.set_description_str(f"looking for photos: {progress.done}")
            return
        bar.bar_format = "{desc} {percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt}{postfix}"
        bar.total = progress.total
        bar.n = progress.done
        bar.set_description_str("paused" if progress.phase == "paused" else "indexing", False)
        eta = "" if progress.eta_s is None else f", {bar.format_interval(progress.eta_s)} to go"
        failed = f", {progress.problems} failed" if progress.problems else ""
        bar.set_postfix_str(f"{progress.photos_per_s:.1f} photos/s{eta}{failed}")

    def finished(self, summary: IndexSummary) -> None:
        """Print what came of it."""
        output.print_line(sentence(summary))


def sentence(summary: IndexSummary) -> str:
    """The outcome of a run in words."""
    counts = [f"{summary.indexed} indexed"]
    counts += [
        f"{number} {word}"
        for number, word in (
            (summary.unchanged, "unchanged"),
            (summary.moved, "moved"),
            (summary.missing, "missing"),
            (summary.excluded, "left out from now on"),
            (summary.prepared, "embedded for the next model"),
            (summary.problems, "failed (`visita failures` says why)"),
            (summary.others, "no photos" if summary.others > 1 else "no photo"),
        )
        if number
    ]
    begin = "Stopped early: " if summary.stopped else ""
    return f"{begin}{', '.join(counts)}; {summary.seconds:.1f} s."
