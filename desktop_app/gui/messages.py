"""What travels between the window and its search thread: frozen, and safe to share."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from desktop_app.errors import AppError, PhotoError, UsageError
from desktop_app.gui.told import told
from desktop_app.library.records import Counts, Folder
from desktop_app.library.search import SearchHit


@dataclass(frozen=True)
class NewestQuery:
    """No words and no photo: the newest photos."""


@dataclass(frozen=True)
class TextQuery:
    """Photos that fit these words."""

    text: str


Query = NewestQuery | TextQuery


@dataclass(frozen=True)
class Answer:
    """The hits for one query."""

    request_id: int
    query: Query
    hits: tuple[SearchHit, ...]
    milliseconds: float


@dataclass(frozen=True)
class LibraryState:
    """What the library holds at one moment."""

    folders: tuple[Folder, ...]
    counts: Counts


@dataclass(frozen=True)
class ErrorReport:
    """An error in words; ``details`` is only there for a bug report."""

    message: str
    hint: str = ""
    details: str = ""
    is_lasting: bool = False
    """Whether the same would fail again: what was asked makes no sense, or a photo is broken."""

    @classmethod
    def of(cls, error: AppError) -> ErrorReport:
        """The report of a known error, in the user's language; the details are as they are.

        A photo is called by its name: where it was pasted or dropped from, its path tells nothing.
        """
        details = "".join(traceback.format_exception(error))
        is_lasting = isinstance(error, UsageError | PhotoError)
        message = told(error.message)
        if isinstance(error, PhotoError) and error.named is not None:
            message = message.replace(str(error.named), error.named.name)
        return cls(message, told(error.hint), details, is_lasting)
