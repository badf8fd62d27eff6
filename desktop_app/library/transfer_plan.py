"""What copying or moving photos would do, file by file, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop_app.library.verified_copy import FileMark

TransferKind = Literal["copy", "move"]
Why = Literal[
    "same",  # the same content lies there under this name
    "here",  # it lies in that folder already
    "vanished",
    "link",  # moving a link would break it
    "no_file",
    "cloud",
    "changed",
    "taken",  # another file has the name since the plan was made
    "original_stays",  # it was copied, but its original cannot be removed
    "original_gone",  # the copy is all there is
    "folder_gone",
    "full",
    "too_large",
    "denied",
    "broken",  # what was written reads back as something else
    "failed",
]
"""Why a file is left as it is; a surface puts it into words."""


@dataclass(frozen=True)
class Step:
    """One file and where it goes."""

    source: Path
    target: Path
    """A name that is free when the plan is made."""
    mark: FileMark
    is_sidecar: bool = False
    keeps_source: bool = False
    """Copied even in a move: other photos that stay need this sidecar."""

    @property
    def is_renamed(self) -> bool:
        """Whether another file has its name already, so that it gets a number."""
        return self.source.name != self.target.name


@dataclass(frozen=True)
class LeftOut:
    """A file that is not carried, and why."""

    source: Path
    why: Why
    detail: str = ""
    """What the system said."""


@dataclass(frozen=True)
class TransferPlan:
    """Everything that is to be done, in its order."""

    kind: TransferKind
    folder: Path
    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...]
    bytes_to_write: int
    """What the target's disk has to hold; a move within one file system writes nothing."""
    free_bytes: int
    is_in_library: bool
    """Whether what lies in the folder can be searched."""

    @property
    def photos(self) -> int:
        """How many photos are carried; their sidecars are not counted."""
        return sum(not step.is_sidecar for step in self.steps)

    @property
    def size_bytes(self) -> int:
        """The size of all files that are carried."""
        return sum(step.mark.size_bytes for step in self.steps)

    @property
    def renamed(self) -> tuple[Step, ...]:
        """The steps whose file gets a number."""
        return tuple(step for step in self.steps if step.is_renamed)


@dataclass(frozen=True)
class TransferProgress:
    """How far a transfer is."""

    done_files: int
    total_files: int
    done_bytes: int
    """Of those that are written."""
    total_bytes: int
    current: str
    """The name of the file in work; never has characters that cannot be printed."""


@dataclass(frozen=True)
class TransferSummary:
    """What a transfer did, or what undoing one did."""

    kind: TransferKind
    folder: Path
    photos: int
    """Carried, or brought back; sidecars are not counted."""
    left: tuple[LeftOut, ...]
    """What was to be carried and was not."""
    stopped: bool
    is_undo: bool = False
    carried: tuple[tuple[Path, Path], ...] = ()
    """From where to where: files that are no longer at the first place."""
    touched: tuple[Path, ...] = ()
    """The folders in which files appeared or vanished."""
