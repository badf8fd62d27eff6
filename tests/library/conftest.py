"""A library in a temporary folder, and places that refuse: full, read-only, forbidden."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.composition import open_indexer
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.index_control import IndexControl
from desktop_app.library.indexer import Indexer, IndexerOptions
from desktop_app.library.records import IndexProgress, IndexSummary, Photo
from desktop_app.library.schema import Database
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.fakes import ColourEncoder

NOBODY = 65534


class Workbench:
    """One library with everything an indexer needs; the encoder is quick."""

    def __init__(self, root: Path) -> None:
        self.paths = DataPaths(root)
        self.paths.create()
        self.catalogue = Catalogue.open(self.paths.catalogue)
        self.thumbnails = ThumbnailStore(self.paths.thumbnails_dir)
        self.encoder = ColourEncoder()
        self.decoder = Decoder()
        self.control = IndexControl()

    def indexer(self, batch_size: int = 4) -> Indexer:
        return Indexer(
            self.catalogue,
            self.decoder,
            self.encoder,
            self.thumbnails,
            IndexerOptions(self.paths, decode_workers=2, batch_size=batch_size, batches_ahead=2),
        )

    def events(self, *folders: Path) -> list[IndexProgress | IndexSummary]:
        return list(self.indexer().run(folders, self.control))

    def run(self, *folders: Path) -> IndexSummary:
        """Index to the end."""
        summary = self.events(*folders)[-1]
        assert isinstance(summary, IndexSummary)
        return summary

    def counts_of(self, *folders: Path) -> dict[str, int]:
        """Index; what the summary counts, without zeros."""
        summary = self.run(*folders)
        names = ("indexed", "unchanged", "moved", "missing", "failed")
        return {name: getattr(summary, name) for name in names if getattr(summary, name)}

    def photos(self) -> list[Photo]:
        return self.catalogue.newest_photos(1000)

    def photo_at(self, path: Path) -> Photo:
        return next(p for p in self.photos() if path in (p.path, *p.other_paths))

    def failures(self) -> dict[str, str]:
        return {
            failure.path.name: failure.reason
            for failure in self.catalogue.failures(even_no_photos=True)
        }

    def followed(self, after: int = 0) -> set[int]:
        """What an index is told to add that follows every change."""
        changes = self.catalogue.embeddings.changes_after(
            after, self.encoder.manifest.model_id, 10**6
        )
        return set(changes.ids.tolist())

    def verify(self) -> None:
        """The rules that hold at every moment, whatever happened."""
        database = Database(self.paths.catalogue)
        try:
            assert database.rows("PRAGMA integrity_check") == [("ok",)]
            for broken in (
                "PRAGMA foreign_key_check",
                "SELECT id FROM photos WHERE id NOT IN (SELECT photo_id FROM embeddings)",
                "SELECT id FROM photos WHERE NOT EXISTS "
                "(SELECT 1 FROM files f WHERE f.photo_id = photos.id)",
                "SELECT id FROM photos WHERE id IN (SELECT photo_id FROM tombstones)",
                "SELECT id FROM files WHERE state IN ('indexed', 'missing') AND photo_id IS NULL",
                "SELECT id FROM files WHERE state = 'failed' AND photo_id IS NOT NULL",
            ):
                assert database.rows(broken) == [], broken
        finally:
            database.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    workbench = Workbench(tmp_path / "library")
    yield workbench
    workbench.verify()
    workbench.catalogue.close()


@pytest.fixture
def folder(tmp_path: Path, demo_photos: dict[str, Path]) -> Path:
    """A folder with five real photos, one of them in a sub-folder."""
    root = tmp_path / "my photos"
    (root / "trip").mkdir(parents=True)
    for name in ("coffee.png", "chelsea.png", "rocket.jpg", "flower.jpg"):
        shutil.copyfile(demo_photos[name], root / name)
    shutil.copyfile(demo_photos["china.jpg"], root / "trip" / "china.jpg")
    return root


def tiles(sources: Sequence[Path], folder: Path, count: int, side: int = 160) -> list[Path]:
    """Write many different JPEGs cut out of a few real photos."""
    folder.mkdir(parents=True, exist_ok=True)
    images = [Image.open(source).convert("RGB") for source in sources]
    paths: list[Path] = []
    for number in range(count):
        image = images[number % len(images)]
        step = 13 * (number // len(images))
        left, top = step % (image.width - side), 3 * step % (image.height - side)
        paths.append(folder / f"tile {number:03}.jpg")
        image.crop((left, top, left + side, top + side)).save(paths[-1], quality=90)
    return paths


def indexed(root: Path, photos: Iterable[Path], model_dir: Path, settings: Settings) -> DataPaths:
    """A library in a new folder, with copies of these photos, indexed by a real model."""
    folder, paths = root / "photos", DataPaths(root / "library")
    folder.mkdir()
    for photo in photos:
        shutil.copyfile(photo, folder / photo.name)
    list(open_indexer(paths, model_dir, settings).run([folder], IndexControl()))
    return paths


@contextmanager
def mounted_tmpfs(place: Path, size: str) -> Iterator[Callable[[str], None]]:
    """A small disk; yields a function that mounts it again with other options."""
    if not (sys.platform == "linux" and os.geteuid() == 0):
        pytest.skip("a file system of a chosen size needs root on Linux")
    place.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine does not let root mount a file system")

    def remount(options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)

    try:
        yield remount
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def forbidding() -> Iterator[Path]:
    """A folder where file permissions hold, also when the tests are run by root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("file permissions of this kind are POSIX")
    is_root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        shutil.rmtree(folder)
