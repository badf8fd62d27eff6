"""Which files and folders are left out: patterns in gitignore's syntax."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

from desktop_app.errors import UsageError

log = logging.getLogger(__name__)

IGNORE_FILE = ".visitaignore"
"""In any folder: patterns for what lies in it."""
# Matched in lower case: systems write these names in several ways.
DEFAULT_FOLDERS = (
    *("**/*.photoslibrary/*", "!**/*.photoslibrary/originals/", "!**/*.photoslibrary/masters/"),
    *("**/*.photolibrary/*", "!**/*.photolibrary/masters/", "!**/*.photolibrary/originals/"),
    *("**/*.aplibrary/*", "!**/*.aplibrary/masters/", "*.lrdata/", "captureone/cache/"),
    *(".*", "@eadir/", "\\#recycle/", "\\#snapshot/", "@recycle/", "@recently-snapshot/"),
    *("$recycle.bin/", "recycler/", "system volume information/", "lost+found/", "lost.dir/"),
    *("__macosx/", "thumbs/", "node_modules/", "__pycache__/"),
)
"""Folders that nobody means: hidden ones, trash, caches of thumbnails, insides of catalogues.
Of an Apple photo library, the originals alone are photos of the user's."""
DEFAULT_FILES = (".*", "thumbs.db", "ehthumbs.db", "desktop.ini", "*.xmp", "*.aae", "*.thm")
"""Files that nobody means: hidden ones and side-cars."""
_LIBRARIES = (".photoslibrary", ".photolibrary", ".aplibrary")
_MOST_BYTES = 1 << 20
_FOLDER_MARK = "ps_d"
"""pathspec's name for the slash that shows a match of a folder above."""

_Chain = tuple[tuple[int, GitIgnoreSpec], ...]


def pattern_of(relative_path: str) -> str:
    """The pattern that leaves out one file, given by its path relative to a root."""
    slashed = _slashed(relative_path)
    escaped = "".join(f"\\{c}" if c in "\\*?[]!#" else c for c in slashed)
    # git drops spaces at the end of a line unless the last one is escaped
    return f"/{escaped[:-1]}\\ " if escaped.endswith(" ") else f"/{escaped}"


class ExclusionRules:
    """What holds in every folder: the defaults, and above them the user's patterns."""

    def __init__(self, patterns: Sequence[str] = ()) -> None:
        """``patterns``: the user's; ``!`` takes a default back. One that means nothing is logged
        and passed over.
        """
        self.patterns = tuple(patterns)
        """The user's, as they were given."""
        self._user = _spec(patterns, "the settings") if patterns else None
        self._folders = GitIgnoreSpec.from_lines(DEFAULT_FOLDERS)
        self._files = GitIgnoreSpec.from_lines(DEFAULT_FILES)

    def leaves_out(self, path: str, is_folder: bool, root_name: str = "") -> bool:
        """Whether a path below a root is left out by itself, whatever its parents are.

        Args:
            path: relative to the root, with slashes, without one at its end.
            is_folder: what it is.
            root_name: of the root's folder; inside of an Apple photo library other rules hold.
        """
        verdict = _verdict(self._user, path, is_folder) if self._user is not None else None
        if verdict is not None:
            return verdict
        if not is_folder:
            return bool(_verdict(self._files, path.rpartition("/")[2].lower(), False))
        seen = path.lower()
        if root_name.lower().endswith(_LIBRARIES):
            seen = f"{root_name.lower()}/{seen}"
        return bool(_verdict(self._folders, seen, True))

    def leaves_out_below(self, path: str, root_name: str = "") -> bool:
        """Whether a file's path is left out, by itself or with a folder that it lies in."""
        folders = [path[:at] for at, character in enumerate(path) if character == "/"]
        return any(self.leaves_out(folder, True, root_name) for folder in folders) or (
            self.leaves_out(path, False, root_name)
        )


class Exclusion:
    """The rules of one root, with those that its folders hold. For one walk: files are kept."""

    def __init__(self, rules: ExclusionRules, root: Path) -> None:
        self._rules = rules
        self._root = root
        self._chains: dict[str, _Chain] = {}

    def leaves_out(self, path: str, is_folder: bool) -> bool:
        """Whether a path is left out, given that the folder it lies in is not.

        The file of rules nearest to the path decides; then the user's patterns, then the
        defaults.

        Raises:
            OSError: a file of rules is there, and cannot be read.
        """
        path = _slashed(path)
        folder = path.rpartition("/")[0]
        for start, spec in reversed(self._chain(folder)):
            verdict = _verdict(spec, path[start:], is_folder)
            if verdict is not None:
                return verdict
        return self._rules.leaves_out(path, is_folder, self._root.name)

    def leaves_out_folder(self, folder: str) -> bool:
        """Whether a folder is left out, by itself or with one that it lies in.

        Raises:
            OSError: as ``leaves_out``.
        """
        parts = _slashed(folder).split("/") if folder else []
        return any(self.leaves_out("/".join(parts[:n]), True) for n in range(1, len(parts) + 1))

    def leaves_out_file(self, path: str) -> bool:
        """Whether a file is left out, by itself or with a folder that it lies in.

        Raises:
            OSError: as ``leaves_out``.
        """
        folder = _slashed(path).rpartition("/")[0]
        return self.leaves_out_folder(folder) or self.leaves_out(path, False)

    def _chain(self, folder: str) -> _Chain:
        """The rules that hold in a folder, each with the length of what it is relative to."""
        known = self._chains.get(folder)
        if known is not None:
            return known
        above = self._chain(folder.rpartition("/")[0]) if folder else ()
        lines = _read(self._root / folder / IGNORE_FILE)
        own = _spec(lines, str(self._root / folder / IGNORE_FILE)) if lines else None
        length = len(folder) + 1 if folder else 0
        chain = above if own is None else (*above, (length, own))
        self._chains[folder] = chain
        return chain


def require_pattern(pattern: str) -> None:
    """Refuse a pattern that means nothing.

    Raises:
        UsageError: gitignore's syntax has no such pattern, or it is empty or a comment.
    """
    try:
        spec = GitIgnoreSpec.from_lines([pattern])
    except ValueError as error:
        raise UsageError(
            f"{pattern} is no pattern.", "The syntax is that of .gitignore files."
        ) from error
    if "\n" in pattern or not any(one.include is not None for one in spec.patterns):
        raise UsageError(
            f"The pattern {pattern!r} matches nothing.", "The syntax is that of .gitignore files."
        )


def _verdict(spec: GitIgnoreSpec, path: str, is_folder: bool) -> bool | None:
    """True: left out; False: taken back; None: the patterns do not speak of it.

    The last pattern that matches the path itself decides. One that matches a folder above it does
    not: that folder was judged already, and a nearer rule may have taken it back.
    """
    slashed = f"{path}/" if is_folder else path
    for pattern in reversed(list(spec.patterns)):
        if pattern.regex is None or pattern.include is None:
            continue
        # Without the mark it is `a/**`: what is in a, never a itself.
        name = slashed if _FOLDER_MARK in pattern.regex.groupindex else path
        found = pattern.regex.match(name)
        if found is None:
            continue
        is_above = found.groupdict().get(_FOLDER_MARK) and found.end(_FOLDER_MARK) < len(name)
        if not is_above:
            return pattern.include
    return None


def _spec(lines: Sequence[str], origin: str) -> GitIgnoreSpec:
    good: list[str] = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError as error:
            log.warning("a pattern in %s is passed over: %s", origin, error)
        else:
            good.append(line)
    return GitIgnoreSpec.from_lines(good)


def _read(path: Path) -> list[str]:
    """The lines of a file of rules; none where there is no such file."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return []
    # Names that are no UTF-8 can be written as they are.
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return [line.removesuffix("\r") for line in text.split("\n")]


def _slashed(path: str) -> str:
    return path if os.sep == "/" else path.replace(os.sep, "/")
