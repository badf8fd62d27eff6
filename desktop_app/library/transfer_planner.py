"""Makes the plan of a transfer: names that clash, sidecars that go along, space that is free."""

from __future__ import annotations

import itertools
import os
import shutil
import stat
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from desktop_app.errors import DiskFull, FolderUnavailable, LeftAlone, UsageError
from desktop_app.library.exclusion import Exclusion, ExclusionRules
from desktop_app.library.file_system import is_in_cloud
from desktop_app.library.free_name import name_key, numbered
from desktop_app.library.scanner import is_left_out
from desktop_app.library.transfer_plan import LeftOut, Step, TransferKind, TransferPlan, Why
from desktop_app.library.verified_copy import FileMark, hash_file

_SIDECAR_SUFFIXES = (".xmp", ".XMP")
_MEGA = 1_000_000
Verdict = Literal["free", "same", "taken"]


@dataclass
class _Group:
    """Photos of one name and folder (a raw file and its JPEG) with what lies beside them."""

    folder: Path
    stem: str
    photos: list[Path] = field(default_factory=list)
    sidecars: list[Path] = field(default_factory=list)
    number: int = 1

    def target_name(self, file: Path) -> str:
        return numbered(file.name, self.stem, self.number)


class TransferPlanner:
    """Looks at files and names; writes nothing."""

    def __init__(self, data_dir: Path, roots: Sequence[Path], rules: ExclusionRules) -> None:
        """``roots``: the library's folders; ``rules``: what is left out of them."""
        self._data_dir = data_dir
        self._roots = tuple(roots)
        self._rules = rules

    def plan(
        self, kind: TransferKind, photos: Sequence[Path], folder: Path
    ) -> Generator[int, None, TransferPlan]:
        """Plan to copy or move photos into a folder; yields often, so that it can be stopped.

        Raises:
            FolderUnavailable: the folder is not there, is no folder or may not be written.
            UsageError: VisITA's own data lies there.
            DiskFull: there is not enough space.
        """
        home = self._require(folder)
        work = _Planning(kind, home)
        for photo in dict.fromkeys(photos):
            work.take(photo)
            yield 0
        yield from work.place()
        steps = work.steps()
        device = home.stat().st_dev
        needed = sum(
            step.mark.size_bytes
            for step in steps
            if kind == "copy" or step.keeps_source or step.mark.device != device
        )
        free = shutil.disk_usage(home).free
        if needed > free:
            raise DiskFull(
                f"{_megabytes(needed)} are needed in {home}, and {_megabytes(free)} are free.",
                "Choose fewer photos, or a folder on another disk.",
            )
        return TransferPlan(
            kind, home, steps, tuple(work.left_out), needed, free, self._is_in_library(home)
        )

    def _require(self, folder: Path) -> Path:
        try:
            home = folder.resolve(strict=True)
            is_folder = home.is_dir()
        except OSError as error:
            raise FolderUnavailable(
                f"The folder {folder} cannot be opened: {error.strerror}.", "Choose another one."
            ) from error
        if not is_folder:
            raise FolderUnavailable(f"{folder} is no folder.", "Choose another one.")
        if home.is_relative_to(self._data_dir.resolve()):
            raise UsageError(
                f"{folder} belongs to VisITA's own data.", "Choose a folder of your own."
            )
        effective = os.access in os.supports_effective_ids
        if not os.access(home, os.W_OK | os.X_OK, effective_ids=effective):
            raise FolderUnavailable(
                f"The folder {folder} may not be written.", "Choose another one."
            )
        return home

    def _is_in_library(self, folder: Path) -> bool:
        for root in self._roots:
            if folder.is_relative_to(root):
                inner = "" if folder == root else str(folder.relative_to(root))
                return not is_left_out(Exclusion(self._rules, root), inner)
        return False


class _Planning:
    """The work on one plan."""

    def __init__(self, kind: TransferKind, folder: Path) -> None:
        self._kind = kind
        self._folder = folder
        self._groups: dict[tuple[Path, str], _Group] = {}
        self._marks: dict[Path, FileMark] = {}
        self._origins: dict[Path, Path] = {}
        self._there = {name_key(entry.name): Path(entry.path) for entry in os.scandir(folder)}
        self._planned: dict[str, Path] = {}
        self._hashes: dict[Path, bytes | None] = {}
        self._listings: dict[Path, list[str]] = {}
        self._placed: list[tuple[_Group, Path]] = []
        self.left_out: list[LeftOut] = []

    def take(self, photo: Path) -> None:
        """Look at one photo, and for what lies beside it."""
        why = self._look(photo)
        if why is not None:
            self.left_out.append(LeftOut(photo, why))
            return
        key = (photo.parent, photo.stem)
        group = self._groups.setdefault(key, _Group(*key))
        group.photos.append(photo)
        beside = [photo.with_suffix(suffix) for suffix in _SIDECAR_SUFFIXES]
        beside += [photo.with_name(photo.name + suffix) for suffix in _SIDECAR_SUFFIXES]
        for sidecar in beside:
            # One file may answer to both spellings of its suffix.
            if sidecar not in self._marks and self._look(sidecar) is None:
                known = {(self._marks[s].device, self._marks[s].inode) for s in group.sidecars}
                mark = self._marks[sidecar]
                if (mark.device, mark.inode) not in known:
                    group.sidecars.append(sidecar)

    def place(self) -> Generator[int, None, None]:
        """Give each group names that are free."""
        for group in self._groups.values():
            for number in itertools.count(1):
                group.number = number
                verdicts: dict[Path, Verdict] = {}
                for file in (*group.photos, *group.sidecars):
                    verdicts[file] = yield from self._judge(file, group.target_name(file))
                    if verdicts[file] == "taken":
                        break
                else:
                    break
            self._settle(group, verdicts)

    def steps(self) -> tuple[Step, ...]:
        """The steps, photos before their sidecars."""
        leaving = {photo for _, photo in self._placed}
        steps: list[Step] = []
        for group, file in self._placed:
            is_sidecar = file in group.sidecars
            target = self._folder / group.target_name(file)
            step = Step(self._origins[file], target, self._marks[file], is_sidecar)
            if is_sidecar and self._kind == "move":
                step = replace(step, keeps_source=self._is_needed(group, file, leaving))
            steps.append(step)
        return tuple(steps)

    def _look(self, file: Path) -> Why | None:
        """Note what a file is; why it cannot be carried."""
        try:
            status = file.lstat()
            origin = file
            if stat.S_ISLNK(status.st_mode):
                if self._kind == "move":
                    return "link"
                origin = file.resolve(strict=True)
                status = origin.lstat()
            if not stat.S_ISREG(status.st_mode):
                return "no_file"
            if is_in_cloud(origin, status):
                return "cloud"
            if file.parent.samefile(self._folder):
                return "here"
        except FileNotFoundError:
            return "vanished"
        except OSError:
            return "denied"
        self._marks[file] = FileMark.of_status(status)
        self._origins[file] = origin
        return None

    def _judge(self, file: Path, name: str) -> Generator[int, None, Verdict]:
        key = name_key(name)
        there = self._there.get(key) or self._planned.get(key)
        if there is None:
            return "free"
        try:
            if there.lstat().st_size != self._marks[file].size_bytes:
                return "taken"
        except OSError:
            return "taken"
        there_hash = yield from self._hash(there)
        own_hash = yield from self._hash(self._origins[file])
        return "same" if own_hash is not None and own_hash == there_hash else "taken"

    def _hash(self, file: Path) -> Generator[int, None, bytes | None]:
        """Of what cannot be read, nobody knows whether it is the same: None."""
        if file not in self._hashes:
            try:
                self._hashes[file] = yield from hash_file(file)
            except (OSError, LeftAlone):
                self._hashes[file] = None
        return self._hashes[file]

    def _settle(self, group: _Group, verdicts: dict[Path, Verdict]) -> None:
        placed = [photo for photo in group.photos if verdicts[photo] == "free"]
        self.left_out += [
            LeftOut(photo, "same") for photo in group.photos if verdicts[photo] == "same"
        ]
        if placed:  # what lies beside a photo that is there already belongs to that one
            placed += [sidecar for sidecar in group.sidecars if verdicts[sidecar] == "free"]
        for file in placed:
            self._placed.append((group, file))
            self._planned[name_key(group.target_name(file))] = self._origins[file]

    def _is_needed(self, group: _Group, sidecar: Path, leaving: set[Path]) -> bool:
        """Whether a sidecar belongs to a photo that stays, too."""
        if sidecar.stem != group.stem:  # IMG_1.jpg.xmp belongs to IMG_1.jpg alone
            return False
        if group.folder not in self._listings:
            self._listings[group.folder] = [entry.name for entry in os.scandir(group.folder)]
        return any(
            Path(name).stem == group.stem
            and Path(name).suffix not in _SIDECAR_SUFFIXES
            and group.folder / name not in leaving
            for name in self._listings[group.folder]
        )


def _megabytes(size: int) -> str:
    return f"{-(-size // _MEGA):,} MB"
