"""Files that are only in the cloud are never opened; those that were read stay what they are."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop_app.errors import UnreadablePhoto
from desktop_app.library.file_system import file_system_of, is_in_cloud, is_network, stubbed_name
from desktop_app.library.photo_file import ONLY_IN_CLOUD, read_photo_file
from desktop_app.library.records import FoundFile, Metadata
from desktop_app.library.scanner import Scanner
from desktop_app.library.sidecar import with_sidecar
from tests.library.conftest import Workbench

KNOWN = ("ext2", "ext3", "ext4", "xfs", "btrfs", "tmpfs", "overlay", "f2fs", "zfs")
LARGE = 200_000


@pytest.fixture
def blocks_count(tmp_path: Path) -> None:
    if sys.platform != "linux" or file_system_of(tmp_path) not in KNOWN:
        pytest.skip("the file system does not say how many blocks a file has")


def status(**fields: int) -> os.stat_result:
    values = {"st_mode": stat.S_IFREG | 0o600, "st_size": LARGE, "st_blocks": 400, **fields}
    return SimpleNamespace(**values)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, False),
        ({"st_file_attributes": 0x20}, False),
        ({"st_file_attributes": 0x1000}, True),
        ({"st_file_attributes": 0x40020}, True),
        ({"st_file_attributes": 0x400020}, True),
        ({"st_flags": 0x40}, False),
        ({"st_flags": 0x40000040}, True),
        ({"st_blocks": 0, "st_size": 65_536}, False),
        ({"st_blocks": 0, "st_size": 0}, False),
    ],
)
def test_what_the_system_says(fields: dict[str, int], expected: bool) -> None:
    assert is_in_cloud("/nowhere/a.jpg", status(**fields)) is expected


@pytest.mark.parametrize(
    ("file_system", "expected"),
    [
        *(("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("9p", True), ("ext4", False)),
        *(("ntfs3", False), ("fuseblk", False), ("apfs", False), ("", False), ("tmpfs", False)),
    ],
)
def test_network_drives(file_system: str, expected: bool) -> None:
    assert is_network(file_system) is expected


def test_stubs() -> None:
    assert stubbed_name(".IMG_1.HEIC.icloud") == "IMG_1.HEIC"
    assert stubbed_name("IMG_1.HEIC.icloud") is None
    assert stubbed_name(".icloud") is None


def evict(path: Path) -> None:
    """What a cloud client does to a file: the size and the time stay, the data goes."""
    before = path.stat()
    with path.open("r+b") as stream:
        stream.truncate(0)
        stream.truncate(before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.usefixtures("blocks_count")
def test_a_placeholder_is_listed_and_not_read_until_it_is_local(
    bench: Workbench, folder: Path
) -> None:
    assert (folder / "coffee.png").stat().st_size > 65_536
    content = (folder / "coffee.png").read_bytes()
    evict(folder / "coffee.png")
    with pytest.raises(UnreadablePhoto, match="cloud"):
        read_photo_file(folder / "coffee.png")
    assert bench.counts_of(folder) == {"indexed": 4, "failed": 1}
    (failure,) = bench.catalogue.failures()
    assert (failure.path, failure.reason) == (folder / "coffee.png", ONLY_IN_CLOUD)
    assert bench.counts_of(folder) == {"unchanged": 4, "failed": 1}
    stamp = (folder / "coffee.png").stat().st_mtime_ns
    (folder / "coffee.png").write_bytes(content)
    os.utime(folder / "coffee.png", ns=(stamp, stamp))
    assert bench.counts_of(folder) == {"unchanged": 4, "indexed": 1}
    assert bench.catalogue.failures() == []


@pytest.mark.usefixtures("blocks_count")
def test_a_photo_that_is_evicted_stays_a_photo(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    photo = bench.photo_at(folder / "coffee.png")
    evict(folder / "coffee.png")
    assert bench.counts_of(folder) == {"unchanged": 5}
    os.utime(folder / "coffee.png", ns=(1, 1))  # changed in the cloud: nobody can look
    assert bench.counts_of(folder) == {"unchanged": 5}
    shutil.rmtree(bench.paths.thumbnails_dir)  # every photo is asked for again
    assert bench.counts_of(folder) == {"unchanged": 1, "indexed": 4}
    assert bench.photo_at(folder / "coffee.png") == photo
    shutil.copyfile(folder / "rocket.jpg", folder / "coffee.png")
    assert bench.counts_of(folder)["unchanged"] == 4
    assert bench.photo_at(folder / "coffee.png") == bench.photo_at(folder / "rocket.jpg")


def test_a_stub_of_icloud_stands_for_its_file(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    photo = bench.photo_at(folder / "rocket.jpg")
    content = (folder / "rocket.jpg").read_bytes()
    (folder / "rocket.jpg").unlink()
    (folder / ".rocket.jpg.icloud").write_bytes(b"bplist00")
    (folder / ".new.jpg.icloud").write_bytes(b"bplist00")
    assert bench.counts_of(folder) == {"unchanged": 5, "failed": 1}
    assert [f.path.name for f in bench.catalogue.failures()] == ["new.jpg"]
    assert bench.photo_at(folder / "rocket.jpg") == photo
    (folder / ".rocket.jpg.icloud").unlink()
    (folder / ".new.jpg.icloud").unlink()
    (folder / "rocket.jpg").write_bytes(content)
    assert bench.counts_of(folder)["unchanged"] == 5
    assert bench.photo_at(folder / "rocket.jpg") == photo
    assert bench.catalogue.failures() == []


def test_a_stub_beside_its_file_means_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / ".a.jpg.icloud").write_bytes(b"y")
    (listing,) = Scanner(Path("/nowhere")).walk(tmp_path)
    assert [file.relative_path for file in listing.files] == [b"a.jpg"]
    assert listing.in_cloud == ()
    (tmp_path / "a.jpg").unlink()
    (listing,) = Scanner(Path("/nowhere")).walk(tmp_path)
    stamp = (tmp_path / ".a.jpg.icloud").stat().st_mtime_ns
    assert (listing.files, listing.in_cloud) == ((), (FoundFile(b"a.jpg", 1, stamp),))


@pytest.mark.usefixtures("blocks_count")
def test_a_sidecar_that_is_only_in_the_cloud_is_not_opened(tmp_path: Path) -> None:
    opened: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith(".xmp"):
            opened.append(str(arguments[0]))

    here, away = tmp_path / "here.xmp", tmp_path / "away.xmp"
    for path in (here, away):
        path.write_bytes(b" " * LARGE)
    evict(away)
    sys.addaudithook(note)  # it cannot be taken away again, and does no harm
    for path in (here, away):
        with_sidecar(path.with_suffix(".jpg"), Metadata())
    assert str(here) in opened
    assert str(away) not in opened
