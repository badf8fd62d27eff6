"""What a walk finds, what it leaves out, and what it makes of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PosixPath

import pytest

from desktop_app.library.comparison import Comparison
from desktop_app.library.photo_file import PERMISSION_DENIED
from desktop_app.library.records import FileState, FoundFile, KnownFile, ScanDelta
from desktop_app.library.scanner import Listing, Scanner, is_reachable
from tests.library.conftest import mounted_tmpfs


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def found(root: Path, sub_folder: str = "", data_dir: Path = Path("/nowhere")) -> list[str]:
    listings = Scanner(data_dir).walk(root, sub_folder)
    return [os.fsdecode(file.relative_path) for listing in listings for file in listing.files]


def test_every_file_is_found_with_its_size_and_time(tmp_path: Path) -> None:
    put(tmp_path, "b.jpg", "a.jpg", "trip/c.HEIC", "trip/day 1/notes.txt")
    os.utime(tmp_path / "a.jpg", ns=(5, 1_234_567_890_123_456_789))
    listings = list(Scanner(Path("/nowhere")).walk(tmp_path))
    assert listings == [
        Listing(b"", listings[0].files),
        Listing(b"trip/", listings[1].files),
        Listing(b"trip/day 1/", listings[2].files),
    ]
    assert listings[0].files[0] == FoundFile(b"a.jpg", 1, 1_234_567_890_123_456_789)
    assert found(tmp_path) == ["a.jpg", "b.jpg", "trip/c.HEIC", "trip/day 1/notes.txt"]
    assert found(tmp_path, "trip") == ["trip/c.HEIC", "trip/day 1/notes.txt"]


def test_hidden_side_cars_and_the_systems_folders_are_left_out(tmp_path: Path) -> None:
    put(
        tmp_path,
        *(".hidden.jpg", ".thumbnails/a.jpg", ".Trash-1000/a.jpg", "@eaDir/a.jpg"),
        *("$RECYCLE.BIN/a.jpg", "lost+found/a.jpg", "System Volume Information/a.jpg"),
        *("__MACOSX/a.jpg", "Thumbs.db", "desktop.ini", ".DS_Store", "a.xmp", "a.AAE", "a.thm"),
        *("deep/.git/a.jpg", "kept.jpg", "deep/kept too.jpg"),
    )
    assert found(tmp_path) == ["kept.jpg", "deep/kept too.jpg"]


def test_a_hidden_folder_that_was_asked_for_is_walked(tmp_path: Path) -> None:
    put(tmp_path / ".private", "a.jpg")
    assert found(tmp_path / ".private") == ["a.jpg"]


def test_visitas_own_folder_is_left_out_but_for_the_demo_photos(tmp_path: Path) -> None:
    data = tmp_path / "apps" / "VisITA"
    put(tmp_path, "a.jpg")
    put(data, "thumbnails/ab/t.jpg", "catalogue.sqlite", "demo photos/coffee.png")
    inner = "apps/VisITA/demo photos/coffee.png"
    assert found(tmp_path, data_dir=data) == ["a.jpg", inner]
    assert found(data, data_dir=data) == ["demo photos/coffee.png"]
    assert found(data / "demo photos", data_dir=data) == ["coffee.png"]
    assert found(data / "thumbnails", data_dir=data) == []
    assert found(tmp_path, "apps/VisITA/thumbnails", data_dir=data) == []
    (tmp_path / "link").symlink_to(data / "thumbnails", target_is_directory=True)
    assert found(tmp_path, data_dir=data)[:2] == ["a.jpg", inner]


def test_links_are_followed_once(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    put(root, "z/a.jpg", "z/deep/b.jpg")
    put(outside, "c.jpg")
    (root / "alias.jpg").symlink_to(root / "z" / "a.jpg")
    (root / "z" / "loop").symlink_to(root, target_is_directory=True)
    (root / "a link to deep").symlink_to(root / "z" / "deep", target_is_directory=True)
    (root / "elsewhere").symlink_to(outside, target_is_directory=True)
    (root / "broken.jpg").symlink_to(root / "nothing")
    (root / "itself.jpg").symlink_to("itself.jpg")
    # The real name of a folder wins, although its link comes first in the alphabet.
    assert found(root) == ["alias.jpg", "z/a.jpg", "z/deep/b.jpg", "elsewhere/c.jpg"]


def test_loops_of_links_end_and_nothing_is_listed_twice(tmp_path: Path) -> None:
    put(tmp_path, "a/x.jpg", "b/y.jpg")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "to b").symlink_to(tmp_path / "b", target_is_directory=True)
    (tmp_path / "b" / "to a").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "one").symlink_to(tmp_path / "two", target_is_directory=True)
    (tmp_path / "two").symlink_to(tmp_path / "one", target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self", target_is_directory=True)
    assert found(tmp_path) == ["a/x.jpg", "b/y.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux")
def test_names_that_are_no_text_survive(tmp_path: Path) -> None:
    name = b"caf\xe9\n.jpg"
    (tmp_path / os.fsdecode(b"d\xff")).mkdir()
    (tmp_path / os.fsdecode(b"d\xff") / os.fsdecode(name)).write_bytes(b"x")
    listings = list(Scanner(Path("/nowhere")).walk(tmp_path))
    assert listings[1].files[0].relative_path == b"d\xff/" + name


def test_what_is_no_regular_file_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
    assert found(tmp_path) == ["a.jpg"]


def test_a_folder_that_may_not_be_listed_is_told(forbidding: Path) -> None:
    put(forbidding, "a.jpg", "closed/b.jpg")
    (forbidding / "closed").chmod(0)
    listings = list(Scanner(Path("/nowhere")).walk(forbidding))
    (forbidding / "closed").chmod(0o700)
    assert [(listing.prefix, listing.is_readable) for listing in listings] == [
        (b"", True),
        (b"closed/", False),
    ]


def test_a_sub_folder_that_is_gone_is_no_unreadable_one(tmp_path: Path) -> None:
    assert list(Scanner(Path("/nowhere")).walk(tmp_path, "gone")) == []


def known(file_id: int, state: FileState, size: int = 1, failure: str | None = None) -> KnownFile:
    return KnownFile(file_id, size, 10, state, failure)


def test_comparison() -> None:
    comparison = Comparison(
        {
            b"same": known(1, "indexed"),
            b"larger": known(2, "indexed", size=7),
            b"back": known(3, "missing"),
            b"back but changed": known(4, "missing", size=7),
            b"waits": known(5, "pending"),
            b"bad": known(6, "failed", failure="empty file"),
            b"locked": known(7, "failed", failure=PERMISSION_DENIED),
            b"repaired": known(8, "failed", size=7, failure="empty file"),
            b"gone": known(9, "indexed"),
            b"long gone": known(10, "missing"),
            b"closed/inside": known(11, "indexed"),
            b"closed/bad": known(12, "failed"),
        }
    )
    names = [
        *(b"same", b"larger", b"back", b"back but changed", b"waits"),
        *(b"bad", b"locked", b"repaired", b"new"),
    ]
    files = {name: FoundFile(name, 1, 10) for name in names}
    comparison.take(Listing(b"", tuple(files.values())))
    comparison.take(Listing(b"closed/", (), is_readable=False))
    assert (comparison.seen, comparison.unchanged, comparison.failed) == (9, 2, 1)
    assert comparison.size == 6
    changed = ((2, b"larger"), (4, b"back but changed"), (7, b"locked"), (8, b"repaired"))
    assert comparison.drain() == ScanDelta(
        added=(files[b"new"],),
        changed=tuple((file_id, files[name]) for file_id, name in changed),
        returned=(3,),
    )
    assert comparison.drain() == ScanDelta()
    assert [file.file_id for file in comparison.missing()] == [9, 10]
    assert (comparison.unchanged, comparison.failed) == (3, 2)  # with those behind the door


def test_reachable(forbidding: Path) -> None:
    assert is_reachable(forbidding)
    assert not is_reachable(forbidding / "gone")
    put(forbidding, "file")
    assert not is_reachable(forbidding / "file")
    (forbidding / "closed").mkdir(mode=0)
    assert not is_reachable(forbidding / "closed")


def test_an_unplugged_disk_leaves_an_empty_folder_that_is_not_reachable(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    with mounted_tmpfs(place, "1m"):
        assert is_reachable(place, was_mount_point=True)
    assert list(place.iterdir()) == []
    assert not is_reachable(place, was_mount_point=True)
    assert is_reachable(place, was_mount_point=False)


def test_a_part_has_no_files_that_the_whole_does_not_have(tmp_path: Path) -> None:
    root = tmp_path / "root"
    put(root, "real/x.jpg", "part/y.jpg", ".hidden/z.jpg")
    put(tmp_path, "outside/o.jpg")
    for name, target in (
        ("to real", root / "real"),
        ("up", root),
        ("above", tmp_path),
        ("to hidden", root / ".hidden"),
        ("to outside", tmp_path / "outside"),
    ):
        (root / "part" / name).symlink_to(target, target_is_directory=True)
    whole = found(root)
    assert {"real/x.jpg", "part/y.jpg", "part/to hidden/z.jpg"} <= set(whole)
    for part in ("part", "real"):
        assert sorted(found(root, part)) == sorted(n for n in whole if n.startswith(f"{part}/"))


class PathAsOnWindows(PosixPath):
    """Where ``pathlib`` of Python 3.11 does not know mount points."""

    def is_mount(self) -> bool:
        raise NotImplementedError("Path.is_mount() is unsupported on this system")


@pytest.mark.skipif(os.name == "nt", reason="Windows itself is what this imitates")
def test_mount_points_are_known_on_windows_too(tmp_path: Path) -> None:
    assert is_reachable(PathAsOnWindows("/"), was_mount_point=True)
    assert not is_reachable(PathAsOnWindows(tmp_path), was_mount_point=True)
