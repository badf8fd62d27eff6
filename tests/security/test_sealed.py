"""The product at work where the network, pickle and writing to photos are forbidden."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.security.sealed import PHOTO_TOUCHED

Facts = tuple[bytes, int, int, int, dict[str, bytes]]


def sealed(photos: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.security.sealed", str(photos), *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def facts(path: Path) -> Facts:
    """Everything of a file that looking at it must not change."""
    status = path.stat()
    attributes: dict[str, bytes] = {}
    if hasattr(os, "listxattr"):
        attributes = {name: os.getxattr(path, name) for name in os.listxattr(path)}
    # The time of the last change of anything, even of what is not compared here.
    return (path.read_bytes(), status.st_mtime_ns, status.st_ctime_ns, status.st_mode, attributes)


@pytest.fixture
def photos(tmp_path: Path, demo_photos: dict[str, Path]) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("coffee.png", "rocket.jpg", "china.jpg"):
        shutil.copyfile(demo_photos[name], folder / name)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    return folder


def test_no_network_no_pickle_and_photos_are_only_read(
    tmp_path: Path, photos: Path, model_dir: Path
) -> None:
    photo = photos / "rocket.jpg"
    if hasattr(os, "setxattr"):
        with suppress(OSError):  # a file system without them: the rest is shown all the same
            os.setxattr(photo, "user.visita-test", b"a rocket")
    before = {path: facts(path) for path in photos.iterdir()}
    data = tmp_path / "data"
    options = ("--data-dir", data, "--model", model_dir)
    for command in (
        ("index", photos),
        ("index",),
        ("search", "a rocket"),
        ("search", "--photo", photo),
        ("status",),
        ("failures",),
        ("backup",),
        ("check", "--repair"),
        ("restore",),
    ):
        result = sealed(photos, *options, *command)
        assert result.returncode == 0, (command, result)
    assert {path: facts(path) for path in photos.iterdir()} == before
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_the_seal_holds(photos: Path) -> None:
    result = sealed(photos, "write")
    assert result.returncode == PHOTO_TOUCHED
    assert not (photos / "written.jpg").exists()
    if sealed(photos, "can-seal").returncode == 0:
        assert sealed(photos, "open-socket").returncode == -signal.SIGSYS
