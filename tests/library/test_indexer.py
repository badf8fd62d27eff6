"""The indexer on real photos: every way in which a folder can differ from the catalogue."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.errors import DiskFull, FolderUnavailable, IndexerRunning
from desktop_app.inference.encoders import ImageEncoder
from desktop_app.inference.preprocess import preprocess
from desktop_app.library import photo_file
from desktop_app.library.decoder import Decoder
from desktop_app.library.indexer import IndexControl, Indexer, IndexerOptions
from desktop_app.library.ledger import MAX_ATTEMPTS
from desktop_app.library.photo_file import PhotoFile, hash_content
from desktop_app.library.records import Counts, Folder, IndexProgress, IndexSummary, Scope
from desktop_app.library.scanner import Listing, Scanner
from desktop_app.library.scanning import ScanningPhase, ScanTarget
from desktop_app.library.tally import Tally
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench, mounted_tmpfs, tiles
from tests.library.test_scanner import PathAsOnWindows


def state_of(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file's bytes, time and mode."""
    return {
        str(path.relative_to(folder)): (
            path.read_bytes(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_is_indexed_and_its_files_are_not_touched(bench: Workbench, folder: Path) -> None:
    before = state_of(folder)
    assert bench.counts_of(folder) == {"indexed": 5}
    assert state_of(folder) == before
    assert bench.catalogue.counts() == Counts(5, 5, 0, 0, 0)
    assert {photo.path for photo in bench.photos()} == {folder / name for name in before}
    assert bench.followed() == {photo.photo_id for photo in bench.photos()}
    for photo in bench.photos():
        with Image.open(photo.path) as original:
            assert (photo.width, photo.height) == original.size
        with Image.open(bench.thumbnails.path(photo.content_hash)) as thumbnail:
            assert max(thumbnail.size) == 320
    [root] = bench.catalogue.folders()
    assert (root.path, root.state) == (folder, "online")
    assert root.last_scan_at is not None


def test_embeddings_are_those_of_the_photos_one_by_one(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    model_id = bench.encoder.manifest.model_id
    changes = bench.catalogue.embeddings.changes_after(0, model_id, 99)
    stored = dict(zip(changes.ids.tolist(), changes.vectors, strict=True))
    for photo in bench.photos():
        image = Decoder().decode(photo.path, 32).image
        [alone] = ColourEncoder().encode(preprocess(image, 32)[None])
        assert np.abs(stored[photo.photo_id] - alone).max() < 2e-3


def test_the_real_encoder(tmp_path: Path, folder: Path, encoder: ImageEncoder) -> None:
    bench = Workbench(tmp_path / "library")
    indexer = Indexer(
        bench.catalogue, bench.decoder, encoder, bench.thumbnails, IndexerOptions(bench.paths)
    )
    *_, summary = indexer.run([folder], bench.control)
    assert isinstance(summary, IndexSummary)
    assert summary.indexed == 5
    changes = bench.catalogue.embeddings.changes_after(0, encoder.manifest.model_id, 99)
    assert changes.vectors.shape == (5, encoder.manifest.dim)
    bench.catalogue.close()


def test_a_second_run_finds_everything_unchanged(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    seq = bench.catalogue.change_seq()
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.counts_of() == {"unchanged": 5}  # no folder: all that are known
    assert bench.encoder.encoded == 5
    assert bench.catalogue.change_seq() == seq


def test_a_new_photo_is_added(bench: Workbench, folder: Path, demo_photos: dict[str, Path]) -> None:
    bench.run(folder)
    shutil.copyfile(demo_photos["moon.png"], folder / "trip" / "moon.png")
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 5}
    assert bench.encoder.encoded == 6


def test_a_moved_photo_keeps_its_embedding(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    before = bench.photo_at(folder / "coffee.png")
    (folder / "new").mkdir()
    (folder / "coffee.png").rename(folder / "new" / "renamed.png")
    assert bench.counts_of(folder) == {"moved": 1, "unchanged": 4}
    after = bench.photo_at(folder / "new" / "renamed.png")
    assert after.photo_id == before.photo_id
    assert after.other_paths == ()
    assert bench.encoder.encoded == 5
    assert bench.catalogue.counts() == Counts(5, 5, 0, 0, 0)


def test_a_renamed_folder_with_doubles_is_moved_whole(bench: Workbench, folder: Path) -> None:
    shutil.copyfile(folder / "trip" / "china.jpg", folder / "trip" / "china again.jpg")
    bench.run(folder)
    (folder / "trip").rename(folder / "journey")
    assert bench.counts_of(folder) == {"moved": 2, "unchanged": 4}
    assert bench.catalogue.counts() == Counts(5, 6, 0, 0, 0)
    photo = bench.photo_at(folder / "journey" / "china.jpg")
    assert photo.path.parent == folder / "journey"
    assert len(photo.other_paths) == 1


def test_a_photo_moved_to_another_root(bench: Workbench, folder: Path, tmp_path: Path) -> None:
    bench.run(folder)
    other = tmp_path / "other root"
    other.mkdir()
    photo_id = bench.photo_at(folder / "coffee.png").photo_id
    (folder / "coffee.png").rename(other / "coffee.png")
    # Only the new root is scanned: that the old place is empty is seen nevertheless.
    assert bench.counts_of(other) == {"moved": 1}
    assert bench.photo_at(other / "coffee.png").photo_id == photo_id
    assert bench.counts_of() == {"unchanged": 5}


def test_a_photo_that_comes_back_elsewhere_after_it_was_missed(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    bench.run(folder)
    photo_id = bench.photo_at(folder / "coffee.png").photo_id
    (folder / "coffee.png").rename(tmp_path / "coffee.png")
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert photo_id not in bench.followed()
    seq = bench.catalogue.change_seq()
    (tmp_path / "coffee.png").rename(folder / "trip" / "coffee.png")
    assert bench.counts_of(folder) == {"moved": 1, "unchanged": 4}
    assert bench.photo_at(folder / "trip" / "coffee.png").photo_id == photo_id
    assert bench.followed(seq) == {photo_id}  # an index that had dropped it is told
    assert bench.encoder.encoded == 5


def test_the_same_photo_twice_is_one_photo_with_two_paths(bench: Workbench, folder: Path) -> None:
    shutil.copyfile(folder / "coffee.png", folder / "a copy of coffee.png")
    assert bench.counts_of(folder) == {"indexed": 6}
    assert bench.catalogue.counts() == Counts(5, 6, 0, 0, 0)
    shutil.copyfile(folder / "coffee.png", folder / "trip" / "third.png")
    encoded = bench.encoder.encoded
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 6}
    assert bench.encoder.encoded == encoded  # known content: linked, not encoded
    photo = bench.photo_at(folder / "coffee.png")
    assert {photo.path, *photo.other_paths} == {
        folder / "coffee.png",
        folder / "a copy of coffee.png",
        folder / "trip" / "third.png",
    }
    (folder / "coffee.png").unlink()
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 6}
    assert len(bench.photo_at(folder / "trip" / "third.png").other_paths) == 1


def test_a_deleted_photo_is_missing_until_it_comes_back(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    path = folder / "coffee.png"
    photo_id = bench.photo_at(path).photo_id
    content, times = path.read_bytes(), (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.unlink()
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert bench.catalogue.counts() == Counts(4, 4, 0, 0, 1)
    assert bench.catalogue.photos([photo_id]) == {}
    path.write_bytes(content)
    os.utime(path, ns=times)
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.photo_at(path).photo_id == photo_id
    assert photo_id in bench.followed()
    assert bench.encoder.encoded == 5
    # The same again, but with another time: read, and found to be the same.
    path.unlink()
    bench.run(folder)
    path.write_bytes(content)
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert photo_id in bench.followed()


def test_a_touched_file_is_read_but_not_encoded(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    os.utime(folder / "coffee.png")
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.encoder.encoded == 5


def test_a_changed_photo_is_another_photo(
    bench: Workbench, folder: Path, demo_photos: dict[str, Path]
) -> None:
    bench.run(folder)
    old = bench.photo_at(folder / "coffee.png")
    shutil.copyfile(demo_photos["moon.png"], folder / "coffee.png")
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4}
    new = bench.photo_at(folder / "coffee.png")
    assert new.photo_id != old.photo_id
    changes = bench.catalogue.embeddings.changes_after(0, bench.encoder.manifest.model_id, 99)
    assert old.photo_id in changes.removed
    assert new.photo_id in changes.ids
    assert bench.catalogue.counts() == Counts(5, 5, 0, 0, 0)
    bench.run(folder)
    assert not bench.thumbnails.path(old.content_hash).exists()


def test_bad_files_are_recorded_and_the_run_goes_on(bench: Workbench, folder: Path) -> None:
    (folder / "empty.jpg").touch()
    (folder / "notes.txt").write_text("milk, eggs")
    (folder / "cut.jpg").write_bytes((folder / "rocket.jpg").read_bytes()[:-5000])
    (folder / "noise.png").write_bytes(os.urandom(3000))
    expected = {
        "empty.jpg": "empty file",
        "notes.txt": "not a photo (.txt)",
        "cut.jpg": "damaged: the file ends too early",
        "noise.png": "damaged: this is not what a .png file holds",
    }
    assert bench.counts_of(folder) == {"indexed": 5, "failed": 4}
    assert bench.failures() == expected
    shown = {failure.path.name for failure in bench.catalogue.failures()}
    assert shown == expected.keys() - {"notes.txt"}
    assert bench.counts_of(folder) == {"unchanged": 5, "failed": 4}
    assert bench.failures() == expected
    # Repaired, deleted, and good but damaged now.
    shutil.copyfile(folder / "rocket.jpg", folder / "cut.jpg")
    (folder / "notes.txt").unlink()
    (folder / "coffee.png").write_bytes(b"")
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4, "failed": 3}
    assert set(bench.failures()) == {"empty.jpg", "noise.png", "coffee.png"}
    assert bench.catalogue.counts() == Counts(4, 5, 0, 3, 0)


def test_a_file_that_may_be_read_later_is_tried_again(
    forbidding: Path, demo_photos: dict[str, Path]
) -> None:
    (forbidding / "photos").mkdir()
    secret = forbidding / "photos" / "secret.jpg"
    secret.write_bytes(b"")
    with Image.open(demo_photos["rocket.jpg"]) as image:
        image.save(secret)
    secret.chmod(0)
    bench = Workbench(forbidding / "library")
    assert bench.counts_of(forbidding / "photos") == {"failed": 1}
    assert bench.failures() == {"secret.jpg": "may not be read (permission denied)"}
    assert bench.counts_of() == {"failed": 1}
    secret.chmod(0o600)
    assert bench.counts_of() == {"indexed": 1}
    # A folder that is closed loses nothing.
    secret.parent.chmod(0)
    assert bench.counts_of() == {}
    assert [photo.offline for photo in bench.photos()] == [True]
    secret.parent.chmod(0o700)
    assert bench.counts_of() == {"unchanged": 1}
    bench.catalogue.close()


def test_a_closed_sub_folder_loses_nothing(forbidding: Path, demo_photos: dict[str, Path]) -> None:
    inner = forbidding / "photos" / "inner"
    inner.mkdir(parents=True)
    with Image.open(demo_photos["rocket.jpg"]) as image:
        image.save(inner / "rocket.jpg")
    bench = Workbench(forbidding / "library")
    bench.run(forbidding / "photos")
    inner.chmod(0)
    assert bench.counts_of() == {"unchanged": 1}
    inner.chmod(0o700)
    assert len(bench.photos()) == 1
    bench.catalogue.close()


def test_an_unreachable_folder_is_offline_and_keeps_everything(
    bench: Workbench, folder: Path, tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(demo_photos["moon.png"], other / "moon.png")
    bench.run(folder, other)
    folder.rename(tmp_path / "unplugged")
    assert bench.counts_of(folder, other) == {"unchanged": 1}
    assert {f.path: f.state for f in bench.catalogue.folders()} == {
        folder: "offline",
        other: "online",
    }
    assert {p.path: p.offline for p in bench.photos()}[folder / "coffee.png"]
    assert bench.catalogue.counts() == Counts(6, 6, 0, 0, 0)
    assert len(bench.followed()) == 6
    assert bench.counts_of(folder / "trip") == {}  # a part of what is known to be offline
    (tmp_path / "unplugged").rename(folder)
    assert bench.counts_of() == {"unchanged": 6}
    assert {f.state for f in bench.catalogue.folders()} == {"online"}
    assert not any(photo.offline for photo in bench.photos())


def test_an_unplugged_disk_is_offline_although_its_mount_point_is_there(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "disk"
    with mounted_tmpfs(place, "8m"):
        shutil.copyfile(folder / "coffee.png", place / "coffee.png")
        assert bench.counts_of(place) == {"indexed": 1}
    assert list(place.iterdir()) == []
    assert bench.counts_of(place) == {}
    assert [photo.offline for photo in bench.photos()] == [True]


class UnpluggingDecoder(Decoder):
    """The disk goes away when a certain file is read."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self._folder = folder
        self._name = name

    def read(self, path: Path) -> PhotoFile:
        if path.name == self._name:
            self._folder.rename(self._folder.with_name("unplugged"))
        return super().read(path)


def test_a_disk_unplugged_in_the_middle(bench: Workbench, tmp_path: Path, folder: Path) -> None:
    disk = tmp_path / "disk"
    tiles([folder / "coffee.png"], disk, 30)
    bench.decoder = UnpluggingDecoder(disk, "tile 012.jpg")
    summary = bench.run(disk)
    assert summary.failed == summary.missing == 0
    assert 0 < summary.indexed < 30
    counts = bench.catalogue.counts()
    assert (counts.indexed, counts.pending) == (summary.indexed, 30 - summary.indexed)
    disk.with_name("unplugged").rename(disk)
    bench.decoder = Decoder()
    bench.run(disk)
    assert bench.catalogue.counts() == Counts(30, 30, 0, 0, 0)


class UnpluggingScanner(Scanner):
    """The disk goes away while it is scanned: all that follows looks deleted."""

    def walk(self, root: Path, sub_folder: str = "") -> Iterator[Listing]:
        for listing in super().walk(root, sub_folder):
            yield listing
            if root.exists():
                root.rename(root.with_name("unplugged"))


def test_a_disk_unplugged_while_it_is_scanned(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    tally = Tally()
    tally.start("scanning")
    phase = ScanningPhase(bench.catalogue.ledger, UnpluggingScanner(bench.paths.root), tally)
    list(phase.run(ScanTarget(root), bench.control))
    assert tally.missing == 0
    assert bench.catalogue.counts() == Counts(5, 5, 0, 0, 0)
    assert [f.state for f in bench.catalogue.folders()] == ["offline"]


class VanishingDecoder(Decoder):
    """Each file is deleted just before it is read."""

    def read(self, path: Path) -> PhotoFile:
        path.unlink()
        return super().read(path)


def test_a_file_that_vanishes_before_it_is_read(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    os.utime(folder / "coffee.png")
    shutil.copyfile(folder / "rocket.jpg", folder / "new.jpg")
    bench.decoder = VanishingDecoder()
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert bench.catalogue.counts() == Counts(4, 4, 0, 0, 1)


def test_a_folder_that_is_neither_there_nor_known(bench: Workbench, folder: Path) -> None:
    seq = bench.catalogue.change_seq()
    with pytest.raises(FolderUnavailable, match="does not exist"):
        bench.run(folder, folder / "nothing")
    with pytest.raises(FolderUnavailable, match="is not a folder"):
        bench.run(folder, folder / "coffee.png")
    assert bench.catalogue.folders() == []
    assert bench.catalogue.change_seq() == seq


def test_an_empty_folder_is_no_error(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert bench.counts_of(tmp_path / "empty") == {}
    assert bench.counts_of() == {}


def test_a_sub_folder_is_scanned_alone(
    bench: Workbench, folder: Path, demo_photos: dict[str, Path]
) -> None:
    bench.run(folder)
    shutil.copyfile(demo_photos["moon.png"], folder / "moon.png")
    shutil.copyfile(demo_photos["moon.png"], folder / "trip" / "moon.png")
    (folder / "coffee.png").unlink()
    assert bench.counts_of(folder / "trip") == {"indexed": 1, "unchanged": 1}
    assert bench.counts_of(folder / "trip", folder) == {
        "indexed": 1,
        "unchanged": 5,
        "missing": 1,
    }
    assert [f.path for f in bench.catalogue.folders()] == [folder]
    shutil.rmtree(folder / "trip")
    assert bench.counts_of(folder / "trip") == {"missing": 2}
    assert bench.counts_of(folder.parent) == {"missing": 3, "unchanged": 4}
    assert [f.path for f in bench.catalogue.folders()] == [folder.parent]


def test_the_library_is_never_a_part_of_itself(bench: Workbench, tmp_path: Path) -> None:
    photos = tmp_path / "library" / "demo photos"
    photos.mkdir()
    Image.new("RGB", (50, 50), "teal").save(photos / "teal.png")
    for _ in range(2):
        bench.run(tmp_path)
    assert [photo.path for photo in bench.photos()] == [photos / "teal.png"]
    assert bench.catalogue.counts() == Counts(1, 1, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux")
def test_a_name_that_is_no_text(bench: Workbench, tmp_path: Path, folder: Path) -> None:
    strange = tmp_path / os.fsdecode(b"d\xffr")
    strange.mkdir()
    shutil.copyfile(folder / "coffee.png", strange / os.fsdecode(b"caf\xe9.png"))
    events = bench.events(strange)
    assert os.fsencode(bench.photos()[0].path.name) == b"caf\xe9.png"
    for event in events:
        if isinstance(event, IndexProgress) and event.current is not None:
            event.current.encode()  # can be printed
    assert bench.counts_of() == {"unchanged": 1}


def test_a_new_model_encodes_everything_again(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    ids = bench.followed()
    old = bench.encoder.manifest.model_id
    bench.encoder = ColourEncoder("colour-encoder-2")
    (folder / "coffee.png").rename(folder / "moved.png")
    assert bench.counts_of(folder) == {"indexed": 4, "moved": 1}
    assert bench.encoder.encoded == 5
    assert bench.followed() == ids
    assert bench.catalogue.embeddings.count(old) == 0
    assert bench.counts_of(folder) == {"unchanged": 5}


def test_deleted_thumbnails_are_made_again(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    shutil.rmtree(bench.paths.thumbnails_dir)
    bench.run(folder)
    for photo in bench.photos():
        assert bench.thumbnails.path(photo.content_hash).is_file()
    assert bench.counts_of(folder) == {"unchanged": 5}


def test_a_removed_folder_leaves_no_thumbnails(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    assert bench.catalogue.remove_folder(root.folder_id) == 5
    bench.run()
    assert list(bench.paths.thumbnails_dir.rglob("*.jpg")) == []


# -- progress and control --------------------------------------------------------------------


def test_progress_is_told_and_adds_up(bench: Workbench, folder: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png", folder / "rocket.jpg"], many, 40)
    *progress, summary = bench.events(many, folder)
    assert isinstance(summary, IndexSummary)
    assert not summary.stopped
    phases = [event.phase for event in progress if isinstance(event, IndexProgress)]
    assert len(phases) == len(progress)
    assert phases == sorted(phases, key=["scanning", "encoding"].index)
    last = progress[-1]
    assert isinstance(last, IndexProgress)
    assert (last.done, last.total, last.indexed) == (45, 45, 45)
    assert last.photos_per_s > 0
    assert last.eta_s == 0


def test_stop_keeps_what_is_committed_and_the_next_run_goes_on(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png"], many, 40)
    bench.encoder = StoppingEncoder(bench.control, after=12)
    summary = bench.run(many)
    assert summary.stopped
    assert summary.indexed == 12
    assert bench.catalogue.counts() == Counts(12, 12, 28, 0, 0)
    bench.control = IndexControl()
    bench.encoder = ColourEncoder()
    assert bench.counts_of(many) == {"indexed": 28, "unchanged": 12}


class StoppingEncoder(ColourEncoder):
    """Somebody stops the run, or pauses it, while a photo is encoded."""

    def __init__(self, control: IndexControl, after: int, *, pause: bool = False) -> None:
        super().__init__()
        self._control = control
        self._after = after
        self._pause = pause

    def encode(self, pixels: np.ndarray) -> np.ndarray:
        vectors = super().encode(pixels)
        if self.encoded == self._after:
            (self._control.pause if self._pause else self._control.stop)()
        return vectors


def test_a_stopped_run_makes_nobody_a_suspect(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png"], many, 40)
    for _ in range(MAX_ATTEMPTS + 1):
        bench.control = IndexControl()
        bench.encoder = StoppingEncoder(bench.control, after=4)
        assert bench.run(many).stopped
        [root] = bench.catalogue.folders()
        waiting = bench.catalogue.ledger.pending(Scope(root.folder_id))
        assert {attempts for attempts, _ in waiting} == {0}
    bench.control = IndexControl()
    bench.encoder = ColourEncoder()
    assert bench.counts_of(many) == {"indexed": 24, "unchanged": 16}


def test_stop_before_the_start(bench: Workbench, folder: Path) -> None:
    bench.control.stop()
    assert bench.run(folder).stopped
    assert bench.photos() == []


def test_pause_waits_after_a_commit_until_resumed(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png"], many, 24)
    bench.encoder = StoppingEncoder(bench.control, after=8, pause=True)
    run = bench.indexer().run([many], bench.control)
    for event in run:
        assert isinstance(event, IndexProgress)
        if event.phase == "paused":
            break
    assert bench.catalogue.counts().indexed == 8  # all that was encoded is committed
    resumed_at: list[float] = []

    def resume() -> None:
        resumed_at.append(time.monotonic())
        bench.control.resume()

    timer = threading.Timer(0.2, resume)
    timer.start()
    rest = list(run)
    timer.join()
    assert isinstance(rest[-1], IndexSummary)
    assert rest[-1].indexed == 24
    assert rest[-1].seconds >= 0.2
    assert len(resumed_at) == 1


def test_a_paused_run_can_be_stopped(bench: Workbench, folder: Path) -> None:
    bench.control.pause()
    run = bench.indexer().run([folder], bench.control)
    assert any(isinstance(e, IndexProgress) and e.phase == "paused" for e in run_until_paused(run))
    bench.control.stop()
    *_, summary = run
    assert isinstance(summary, IndexSummary)
    assert summary.stopped


def run_until_paused(run: object) -> list[object]:
    seen: list[object] = []
    for event in run:  # type: ignore[attr-defined]
        seen.append(event)
        if isinstance(event, IndexProgress) and event.phase == "paused":
            break
    return seen


def test_an_abandoned_run_lets_go_of_everything(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png"], many, 24)
    threads = threading.active_count()
    for _ in range(MAX_ATTEMPTS + 1):
        bench.encoder = StoppingEncoder(bench.control, after=4, pause=True)
        run = bench.indexer().run([many], bench.control)
        run_until_paused(run)
        run.close()  # type: ignore[attr-defined]
        bench.control.resume()
        assert threading.active_count() == threads
    bench.encoder = ColourEncoder()
    bench.run(many)
    assert bench.catalogue.counts() == Counts(24, 24, 0, 0, 0)


def test_only_one_indexer_works_on_a_library(bench: Workbench, folder: Path) -> None:
    first = bench.indexer().run([folder], bench.control)
    next(first)
    with pytest.raises(IndexerRunning):
        bench.run(folder)
    *_, summary = first
    assert isinstance(summary, IndexSummary)
    assert bench.counts_of(folder) == {"unchanged": 5}


# -- trouble in the middle ---------------------------------------------------------------------


class RemovingEncoder(ColourEncoder):
    """Somebody removes the folder while its photos are encoded."""

    bench: Workbench

    def encode(self, pixels: np.ndarray) -> np.ndarray:
        for folder in self.bench.catalogue.folders():
            self.bench.catalogue.remove_folder(folder.folder_id)
        return super().encode(pixels)


def test_a_folder_removed_in_the_middle_stays_removed(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    tiles([folder / "coffee.png"], tmp_path / "many", 40)
    encoder = RemovingEncoder()
    encoder.bench = bench
    bench.encoder = encoder
    assert bench.counts_of(tmp_path / "many") == {}
    assert bench.catalogue.folders() == []
    assert bench.catalogue.counts() == Counts(0, 0, 0, 0, 0)


def test_a_known_content_that_was_removed_meanwhile_is_decoded(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    shutil.copyfile(folder / "coffee.png", copy / "0.png")
    bench.decoder = RemovingDecoder(bench, root.folder_id)
    assert bench.counts_of(copy) == {"indexed": 6}
    assert bench.catalogue.counts() == Counts(5, 6, 0, 0, 0)


class RemovingDecoder(Decoder):
    """Another process removes a folder when the first file is read."""

    def __init__(self, bench: Workbench, folder_id: int) -> None:
        super().__init__()
        self._bench = bench
        self._folder_id = folder_id
        self._lock = threading.Lock()
        self._is_done = False

    def read(self, path: Path) -> PhotoFile:
        from desktop_app.library.catalogue import Catalogue

        with self._lock:
            if not self._is_done:
                self._is_done = True
                with Catalogue.open(self._bench.paths.catalogue) as other:
                    other.remove_folder(self._folder_id)
        return super().read(path)


class BuggyDecoder(Decoder):
    """Trips over one file in a way that nobody foresaw."""

    def read(self, path: Path) -> PhotoFile:
        if path.name == "coffee.png":
            raise ZeroDivisionError
        return super().read(path)


def test_a_file_that_a_bug_trips_over_is_given_up_in_the_end(
    bench: Workbench, folder: Path
) -> None:
    bench.decoder = BuggyDecoder()
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            bench.run(folder)
    summary = bench.run(folder)
    assert (summary.failed, bench.catalogue.counts().indexed) == (1, 4)
    assert set(bench.failures()) == {"coffee.png"}


def test_a_file_that_a_new_model_trips_over_is_given_up_in_the_end(
    bench: Workbench, folder: Path
) -> None:
    bench.run(folder)
    bench.encoder = ColourEncoder("colour-encoder-2")
    bench.decoder = BuggyDecoder()
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            bench.run(folder)
    bench.run(folder)
    assert set(bench.failures()) == {"coffee.png"}
    assert len(bench.followed()) == 4


def test_a_full_disk_keeps_what_was_done(tmp_path: Path, folder: Path) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png", folder / "rocket.jpg"], many, 120, side=256)
    place = tmp_path / "small disk"
    with mounted_tmpfs(place, "900k") as remount:
        bench = Workbench(place)
        with pytest.raises(DiskFull):
            bench.run(many)
        kept = bench.catalogue.counts().indexed
        assert kept > 0
        assert len(bench.followed()) == kept
        bench.verify()
        for _ in range(MAX_ATTEMPTS):  # a full disk is nobody's crash
            with pytest.raises(DiskFull):
                bench.run(many)
        remount("size=16m")
        bench.run(many)
        assert bench.catalogue.counts() == Counts(120, 120, 0, 0, 0)
        bench.verify()
        bench.catalogue.close()


@pytest.mark.parametrize("name", ["COFFEE.PNG", "Coffee.png"])
def test_a_rename_of_case_only_keeps_the_embedding_and_leaves_no_ghost(
    bench: Workbench, folder: Path, name: str
) -> None:
    bench.run(folder)
    photo = bench.photo_at(folder / "coffee.png")
    encoded = bench.encoder.encoded
    (folder / "coffee.png").rename(folder / name)
    (folder / "trip").rename(folder / "Trip")
    assert bench.counts_of(folder) == {"unchanged": 3, "moved": 2}
    assert bench.encoder.encoded == encoded
    assert bench.photo_at(folder / name).photo_id == photo.photo_id
    assert bench.catalogue.counts().missing == 0
    assert bench.counts_of(folder) == {"unchanged": 5}


def test_a_link_to_a_photo_is_one_more_place_of_it(bench: Workbench, folder: Path) -> None:
    (folder / "favourite.png").symlink_to(folder / "coffee.png")
    (folder / "trip" / "loop").symlink_to(folder, target_is_directory=True)
    bench.run(folder)
    assert bench.catalogue.counts().photos == 5
    photo = bench.photo_at(folder / "coffee.png")
    assert {photo.path, *photo.other_paths} == {folder / "coffee.png", folder / "favourite.png"}


def scan(bench: Workbench, root: Folder) -> Tally:
    """Bring the catalogue in line with a folder, and read nothing."""
    tally = Tally()
    tally.start("scanning")
    phase = ScanningPhase(bench.catalogue.ledger, Scanner(bench.paths.root), tally)
    list(phase.run(ScanTarget(root), bench.control))
    return tally


@pytest.mark.skipif(os.name == "nt", reason="Windows itself is what this imitates")
def test_folders_are_scanned_on_windows_too(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    assert scan(bench, replace(root, path=PathAsOnWindows(root.path))).unchanged == 5


def test_a_photo_that_changed_and_went_before_it_was_read_is_read_when_it_is_back(
    bench: Workbench, folder: Path, tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    coffee = folder / "coffee.png"
    shutil.copyfile(demo_photos["moon.png"], coffee)
    scan(bench, root)
    assert bench.catalogue.counts().pending == 1
    coffee.rename(tmp_path / "away.png")
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    (tmp_path / "away.png").rename(coffee)
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4}
    moon = hash_content(demo_photos["moon.png"].read_bytes())
    assert bench.photo_at(coffee).content_hash == moon.hex()


def test_a_file_that_the_network_did_not_give_is_tried_again(
    bench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(path: Path, status: os.stat_result) -> bool:
        if path.name == "coffee.png":
            raise OSError(errno.ESTALE, "Stale file handle")
        return False

    monkeypatch.setattr(photo_file, "is_in_cloud", stale)
    assert bench.counts_of(folder) == {"indexed": 4, "failed": 1}
    assert bench.failures() == {"coffee.png": "cannot be read (Stale file handle)"}
    monkeypatch.undo()
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4}


def test_a_copy_on_an_unplugged_disk_is_no_photo_that_was_moved(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    copy = disk / "coffee.png"
    shutil.copyfile(folder / "coffee.png", copy)
    bench.run(disk)
    [root] = bench.catalogue.folders()
    # Unplugged: its mount point stays, an empty folder.
    bench.catalogue.ledger.set_online(root.folder_id, is_mount_point=True)
    copy.unlink()
    assert bench.counts_of(folder) == {"indexed": 5}
    photo = bench.photo_at(folder / "coffee.png")
    assert {photo.path, *photo.other_paths} == {folder / "coffee.png", copy}


def test_a_change_behind_a_closed_door_loses_nothing(
    forbidding: Path, demo_photos: dict[str, Path]
) -> None:
    photos = forbidding / "photos"
    inner = photos / "closed" / "inner"
    inner.mkdir(parents=True)
    with Image.open(demo_photos["rocket.jpg"]) as image:
        image.save(inner / "rocket.jpg")
    bench = Workbench(forbidding / "library")
    assert bench.counts_of(photos) == {"indexed": 1}
    inner.parent.chmod(0)
    list(bench.indexer().run([inner], bench.control, only_known=True))
    assert bench.catalogue.counts() == Counts(1, 1, 0, 0, 0)
    inner.parent.chmod(0o700)
    (photos / ".visitaignore").touch(mode=0)
    list(bench.indexer().run([inner], bench.control))
    assert bench.catalogue.counts() == Counts(1, 1, 0, 0, 0)
    bench.catalogue.close()
