"""Splits depend on nothing but the photos and the seed; joined sets keep their weights."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.training.data.conftest import jpeg
from training.config import StageConfig
from training.data.augment import jitter_colours
from training.data.batches import BatchSource
from training.data.joined import JoinedDataset, draw_rows
from training.data.photo_files import FolderFiles
from training.data.source import CaptionedPhoto, PhotoRecords
from training.data.splits import S1_SHARES, SplitPhotos, assign, parse_shares, split_keys


def photo_set(root: Path, contents: dict[str, bytes]) -> PhotoRecords:
    root.mkdir()
    for name, content in contents.items():
        (root / name).write_bytes(content)
    records = [CaptionedPhoto(name, (f"about {name}",), (), None) for name in contents]
    return PhotoRecords(root, None, records, FolderFiles(root))


def test_shares_are_met_and_no_photo_depends_on_the_others() -> None:
    keys = [f"photo {i}" for i in range(4000)]
    splits = assign(keys, S1_SHARES, seed=3)
    counts = Counter(splits)
    for name, share in S1_SHARES.items():
        # four standard deviations
        assert abs(counts[name] - 4000 * share) < 4 * (4000 * share * (1 - share)) ** 0.5
    assert assign(keys[::-7], S1_SHARES, seed=3) == splits[::-7]
    assert assign(keys, S1_SHARES, seed=4) != splits
    assert set(assign(keys, {"train": 1.0, "val": 0.0})) == {"train"}
    # known values: a split must be the same in the next release
    assert "".join(name[1] for name in splits[:20]) == "rrearerrrrrrrrarerre"


def test_equal_photos_are_never_in_two_splits(tmp_path: Path, jpegs: list[bytes]) -> None:
    contents = {f"{i}-{copy}.jpg": jpegs[i] for i in range(6) for copy in range(5)}
    photos = photo_set(tmp_path / "set", contents)
    for by in ("content", "name"):
        for seed in range(5):
            assigned = assign(split_keys(photos, by), {"train": 0.5, "val": 0.5}, seed)
            for i in range(6):
                assert len(set(assigned[5 * i : 5 * i + 5])) == 1
    # by the plain name, copies would have been torn apart
    torn = assign(list(contents), {"train": 0.5, "val": 0.5})
    assert any(len(set(torn[5 * i : 5 * i + 5])) > 1 for i in range(6))


def test_photos_that_look_the_same_can_be_kept_together(
    tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    cat, coffee = demo_photos["chelsea.png"], demo_photos["coffee.png"]
    contents = {"a": jpeg(cat), "b": jpeg(cat, 64, 60), "c": jpeg(coffee)}
    keys = split_keys(photo_set(tmp_path / "set", contents), near=True)
    assert keys[0] == keys[1] != keys[2]


def test_split_photos_are_those_of_the_split(tmp_path: Path, jpegs: list[bytes]) -> None:
    photos = photo_set(tmp_path / "set", {f"{i}": jpegs[i] for i in range(6)})
    part = SplitPhotos(photos, ["train", "val", "train", "val", "train", "train"], "val")
    assert [(p.file, p.split) for p in part.photos] == [("1", "val"), ("3", "val")]
    assert part.read(1) == jpegs[3]
    with pytest.raises(ValueError, match="'test'"):
        SplitPhotos(photos, ["train"] * 6, "test")


def test_shares_in_words() -> None:
    assert parse_shares("70/15/15") == pytest.approx(dict(S1_SHARES))
    assert parse_shares("90/10") == {"train": 0.9, "val": 0.1}
    for wrong in ("70/15", "100", "a/b", "120/-20"):
        with pytest.raises(ValueError, match="shares"):
            parse_shares(wrong)


def test_joined_sets_serve_each_photo_from_its_own(tmp_path: Path, jpegs: list[bytes]) -> None:
    first = photo_set(tmp_path / "first", {"1": jpegs[0], "2": jpegs[1]})
    second = photo_set(tmp_path / "second", {"1": jpegs[2]})
    joined = JoinedDataset([(first, 1.0), (second, 3.0), (first, 0.5)])
    assert [p.file for p in joined.photos] == [
        "first/1",
        "first/2",
        "second/1",
        "first-2/1",
        "first-2/2",
    ]
    expected = [jpegs[0], jpegs[1], jpegs[2], jpegs[0], jpegs[1]]
    assert [joined.read(i) for i in range(5)] == expected
    assert np.array_equal(joined.pixels(2, 16), second.pixels(0, 16))
    assert joined.sampling_weights.tolist() == [1, 1, 3, 0.5, 0.5]
    with pytest.raises(ValueError, match="above zero"):
        JoinedDataset([(first, 0.0)])
    with pytest.raises(IndexError):
        joined.read(-1)


def test_an_epoch_shows_photos_as_often_as_their_weights_say() -> None:
    weights = np.array([1.0, 1.0, 2.5, 0.25, 0.25, 0.25, 0.25, 0.5])
    counts = np.zeros(8)
    for epoch in range(400):
        rows = draw_rows(np.arange(8), weights, np.random.default_rng(epoch))
        drawn = np.bincount(rows, minlength=8)
        assert len(rows) == 6
        assert (drawn >= np.floor(weights)).all()
        assert (drawn <= np.ceil(weights)).all()
        counts += drawn
    assert counts / 400 == pytest.approx(weights, abs=0.12)
    rows = np.array([4, 2, 9])
    assert draw_rows(rows, np.ones(3), np.random.default_rng(0)).tolist() == [4, 2, 9]


class Words:
    """Stands in for the tokenizer: the number in the caption is its only token."""

    def encode(self, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        ids = np.array([[int(text.split()[-1])] for text in texts], np.int64)
        return ids, np.ones_like(ids)


def test_batches_follow_the_weights(tmp_path: Path, jpegs: list[bytes]) -> None:
    one = photo_set(tmp_path / "one", {str(i): jpegs[0] for i in range(8)})
    two = photo_set(tmp_path / "two", {str(i): jpegs[1] for i in range(8, 12)})
    joined = JoinedDataset([(one, 0.5), (two, 2.0)])
    tokens = [np.arange(12, dtype=np.float16)[:, None, None]]
    source = BatchSource([joined], [4], Words(), 1, seed=1, tokens=[tokens])  # type: ignore[arg-type]
    stage = StageConfig("frozen", 1, 1e-3, batch_size=4, drop_words=0.0)
    assert source.steps() == 3
    seen = Counter(int(i) for batch in source.epoch(0, stage) for i in batch.ids[:, 0])
    assert [seen[i] for i in range(8, 12)] == [2, 2, 2, 2]
    assert sum(seen[i] for i in range(8)) == 4
    for batch in source.epoch(1, stage):
        assert batch.tokens is not None
        assert batch.tokens[0][:, 0, 0].tolist() == batch.ids[:, 0].tolist()


def test_colour_jitter_changes_colours_and_nothing_else(jpegs: list[bytes], tmp_path: Path) -> None:
    photos = photo_set(tmp_path / "set", {str(i): jpegs[i] for i in range(6)})
    pixels = torch.from_numpy(np.stack([photos.pixels(i, 48) for i in range(6)]))
    same = jitter_colours(pixels, 0.0, torch.Generator().manual_seed(1))
    assert torch.allclose(same, pixels, atol=1e-3)
    changed = jitter_colours(pixels, 0.4, torch.Generator().manual_seed(1))
    again = jitter_colours(pixels, 0.4, torch.Generator().manual_seed(1))
    assert torch.equal(changed, again)
    assert changed.min() >= 0
    assert changed.max() <= 1
    assert ((changed - pixels).abs().mean((1, 2, 3)) > 0.005).all()
    # edges stay where they were: rank correlation of the grey values is high
    for before, after in zip(pixels.mean(1), changed.mean(1), strict=True):
        assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.9
    grey = torch.full((2, 3, 4, 4), 0.5)
    jittered = jitter_colours(grey, 0.4, torch.Generator().manual_seed(2))
    assert torch.allclose(jittered, grey, atol=1e-3)  # grey has no hue, and is its own mean
