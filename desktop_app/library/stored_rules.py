"""The user's patterns, as the file of the settings says now: other programs write it, too."""

from __future__ import annotations

import logging
from pathlib import Path

from desktop_app.library.exclusion import ExclusionRules
from desktop_app.settings import Settings

log = logging.getLogger(__name__)

_Stamp = tuple[int, int, int] | None


class StoredRules:
    """Reads the file only when it is another than before: asking costs one look at its entry."""

    def __init__(self, settings_file: Path) -> None:
        self._file = settings_file
        self._stamp: _Stamp = None
        self._rules = ExclusionRules()

    def current(self) -> ExclusionRules:
        """The rules that hold now; the same object as long as the file stays as it is."""
        stamp = self._look()
        if stamp != self._stamp:
            self._stamp = stamp
            self._rules = ExclusionRules(Settings.load(self._file).exclude)
        return self._rules

    def _look(self) -> _Stamp:
        """Settings are saved under another name first: each save is a new file."""
        try:
            status = self._file.stat()
        except OSError as error:
            log.debug("no settings: %s", error)
            return None
        return (status.st_ino, status.st_mtime_ns, status.st_size)
