"""A caption as a file beside the photo: read back, never in another's place, whole or not."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from desktop_app.errors import CatalogueReadOnly, UnreadablePhoto, UsageError
from desktop_app.library.caption_export import export_caption, sidecar_path
from desktop_app.library.records import Metadata
from desktop_app.library.sidecar import with_sidecar


@pytest.fixture
def photo(tmp_path: Path, demo_photos: dict[str, Path]) -> Path:
    path = tmp_path / "photo.of mine.png"
    shutil.copyfile(demo_photos["coffee.png"], path)
    return path


def test_what_is_written_is_read_back(photo: Path) -> None:
    before = (photo.read_bytes(), photo.stat().st_mtime_ns)
    caption = 'Tea & "biscuits" <for> two,  \x07\nin Köln 茶'
    written = export_caption(photo, caption)
    assert written == sidecar_path(photo)
    assert written.name == "photo.of mine.png.xmp"
    found = with_sidecar(photo, Metadata())
    assert found.caption == 'Tea & "biscuits" <for> two, in Köln 茶'
    assert found.keywords == ()
    assert (photo.read_bytes(), photo.stat().st_mtime_ns) == before
    assert sorted(photo.parent.iterdir()) == sorted((photo, written))


@pytest.mark.parametrize("links", [True, False])
def test_no_file_is_replaced(photo: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        _refuse_links(monkeypatch)
    other = sidecar_path(photo)
    other.write_text("somebody's work")
    with pytest.raises(UsageError, match="exists already"):
        export_caption(photo, "a cup")
    assert other.read_text() == "somebody's work"
    assert sorted(photo.parent.iterdir()) == sorted((photo, other))


def test_where_there_are_no_hard_links_it_is_written_too(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refuse_links(monkeypatch)
    written = export_caption(photo, "a cup")
    assert with_sidecar(photo, Metadata()).caption == "a cup"
    assert sorted(photo.parent.iterdir()) == sorted((photo, written))


def test_a_write_that_fails_leaves_nothing(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr("desktop_app.library.caption_export.os.fsync", full)
    with pytest.raises(CatalogueReadOnly, match="disk is broken"):
        export_caption(photo, "a cup")
    assert list(photo.parent.iterdir()) == [photo]


def test_what_makes_no_sense_is_said(photo: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="empty"):
        export_caption(photo, " \n 12 ")
    with pytest.raises(UnreadablePhoto, match="not there"):
        export_caption(tmp_path / "absent.jpg", "a cup")
    assert list(photo.parent.iterdir()) == [photo]


def _refuse_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
