"""A name that replaces nothing, whatever else is done meanwhile."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from desktop_app.library.free_name import name_key, numbered, take_name

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and modes are POSIX's here")


def test_a_name_that_is_taken_is_not_taken_again(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    with pytest.raises(FileExistsError):
        take_name(one, two)
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    take_name(one, tmp_path / "three")
    assert not one.exists()
    assert (tmp_path / "three").read_bytes() == b"1"


def test_what_somebody_else_saves_meanwhile_is_not_removed(tmp_path: Path, monkeypatch) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"before")
    link = os.link

    def link_and_save(source: Path, target: Path, **named: bool) -> None:
        link(source, target, **named)
        (tmp_path / "new").write_bytes(b"edited")
        (tmp_path / "new").replace(photo)  # how editors save

    monkeypatch.setattr(os, "link", link_and_save)
    with pytest.raises(OSError, match="busy"):
        take_name(photo, tmp_path / "moved.jpg")
    assert photo.read_bytes() == b"edited"
    assert not (tmp_path / "moved.jpg").exists()


def test_without_hard_links_nothing_is_replaced_either(tmp_path: Path, monkeypatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")  # what FAT says

    monkeypatch.setattr(os, "link", no_links)
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    with pytest.raises(FileExistsError):
        take_name(one, two)
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    take_name(one, tmp_path / "three")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["three", "two"]
    assert (tmp_path / "three").read_bytes() == b"1"


def test_numbers_stand_before_what_tells_files_apart() -> None:
    assert numbered("a.jpg", "a", 1) == "a.jpg"
    assert numbered("a.jpg.xmp", "a", 2) == "a (2).jpg.xmp"
    assert name_key("STRASSE.JPG") == name_key("straße.jpg")
    assert name_key("e\u0301.jpg") == name_key("É.jpg")
