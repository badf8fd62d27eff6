"""Has files decoded in a child process, and notes what becomes of each."""

from __future__ import annotations

import json
import queue
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
LIMIT_S = 60.0
UNDERSTOOD = re.compile(
    r"empty file|not a file|not a photo( \([\w .]+\))?|a video; only photos are searched"
    r"|a camera raw file (that is damaged, or of a camera that is not known"
    r"|without a picture that can be decoded)|took longer than \d+ s to decode"
    r"|damaged: the decoder of raw files broke down on it"
    r"|needs about (more memory|[\d.]+ [MG]B to decode), the limit is [\d.]+ [MG]B "
    r"\(setting decode_memory_mb\)"
    r"|damaged: (the file ends too early|the picture cannot be decoded"
    r"|this is not what a \.\w+ file holds)|damaged, or of a kind that cannot be decoded"
    r"|larger than \d[\d.]* megapixels( \(this one has \d[\d.]*\))?"
    r"|larger than the memory that is free|of a kind that cannot be decoded"
    r"|in a colour space that is not read \(\w+\)"
)
"""Every reason that a person may get to read for a file of the corpus."""


@dataclass
class Outcome:
    """What became of many files."""

    files: int = 0
    decoded: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    crashed: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    peak_rss: int = 0

    @property
    def not_understood(self) -> list[str]:
        """Reasons in words that are not ours."""
        return [reason for reason in self.refused if not UNDERSTOOD.fullmatch(reason)]

    @property
    def is_clean(self) -> bool:
        return not (self.crashed or self.hung or self.bugs or self.not_understood)

    def rows(self) -> list[tuple[str, str]]:
        """Name and value of every line of the table."""
        by_kind: Counter[str] = Counter()
        for reason, count in self.refused.items():
            by_kind[re.sub(r"\d[\d.]*", "N", reason)] += count
        table = [("files", f"{self.files}"), ("decoded", f"{self.decoded}")]
        table += [("refused", f"{self.refused.total()}")]
        table += [(f"  {reason}", f"{count}") for reason, count in by_kind.most_common()]
        table += [
            ("crashed", f"{len(self.crashed)}"),
            ("hung", f"{len(self.hung)}"),
            ("raised what they should not", f"{len(self.bugs)}"),
            ("slowest", f"{self.slowest[0]:.1f} s, {self.slowest[1]}"),
            ("peak memory", f"{self.peak_rss / 1e6:.0f} MB"),
        ]
        wrong = [*self.crashed, *self.hung, *self.bugs, *self.not_understood]
        return table + [("!", words) for words in wrong[:20]]


class _Child:
    """One decoding process."""

    def __init__(self, thumbnails: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.corpus.child", str(thumbnails)],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._answers: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ask(self, path: Path) -> dict[str, Any] | str:
        """What the child says of a file, or ``crashed`` or ``hung``: then it is gone."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(str(path)) + "\n")
            self._process.stdin.flush()
            line = self._answers.get(timeout=LIMIT_S)
        except queue.Empty:
            self.close()
            return "hung"
        except BrokenPipeError:
            line = ""
        if not line:
            code = self._process.wait(10)
            self.close()
            return f"crashed with {code}"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        self._process.kill()
        self._process.wait(10)
        self._listener.join(10)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None and not stream.closed:
                _close_quietly(stream)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")


def _close_quietly(stream: Any) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        return  # what was to be said to a process that is gone


def decode_all(paths: Iterable[Path], thumbnails: Path) -> Outcome:
    """Have every file decoded; a child that dies of one is replaced."""
    outcome = Outcome()
    child: _Child | None = None
    try:
        for path in paths:
            child = child or _Child(thumbnails)
            answer = child.ask(path)
            outcome.files += 1
            if isinstance(answer, str):
                child = None
                (outcome.hung if answer == "hung" else outcome.crashed).append(
                    f"{path.name}: {answer}"
                )
                continue
            _note(outcome, path, answer)
    finally:
        if child is not None:
            child.close()
    return outcome


def _note(outcome: Outcome, path: Path, answer: dict[str, Any]) -> None:
    if answer["bug"]:
        outcome.bugs.append(f"{path.name}: {answer['bug']}")
    elif answer["reason"]:
        outcome.refused[answer["reason"]] += 1
    else:
        outcome.decoded += 1
    outcome.slowest = max(outcome.slowest, (answer["seconds"], path.name))
    outcome.peak_rss = max(outcome.peak_rss, answer["peak_rss"])
