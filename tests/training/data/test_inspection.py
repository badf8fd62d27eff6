"""Inspection counts, and finds copies, look-alikes and captions on both sides of a split."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from tests.training.data.conftest import jpeg
from training.__main__ import main
from training.data.duplicates import groups, look_of, near_pairs, same_pairs


@pytest.fixture(scope="module")
def leaking(tmp_path_factory: pytest.TempPathFactory, demo_photos: dict[str, Path]) -> Path:
    """Train and val share one photo, one look-alike and one caption."""
    root = tmp_path_factory.mktemp("data") / "leaking"
    root.mkdir()
    cat, coffee = demo_photos["chelsea.png"], demo_photos["coffee.png"]
    photos = {
        "cat.jpg": (jpeg(cat, 96), "train", ["A cat looks.", "the cat"]),
        "cup.jpg": (jpeg(coffee, 96), "train", ["a cup of coffee"]),
        "rocket.jpg": (jpeg(demo_photos["rocket.jpg"], 96), "train", ["a rocket"]),
        "rocket-2.jpg": (jpeg(demo_photos["rocket.jpg"], 96), "train", ["a rocket", "a start"]),
        "cat-2.jpg": (jpeg(cat, 96), "val", ["another one"]),
        "cup-2.jpg": (jpeg(coffee, 64, 50), "val", ["A cup of coffee !"]),
        "flower.jpg": (jpeg(demo_photos["flower.jpg"], 96), "val", []),
        "broken.jpg": (b"no photo", "val", ["broken"]),
    }
    lines = []
    for name, (content, split, captions) in photos.items():
        (root / name).write_bytes(content)
        lines.append(json.dumps({"file": name, "captions": captions, "split": split}))
    (root / "metadata.jsonl").write_text("\n".join(lines))
    return root


def test_inspect_finds_what_leaks(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "inspect", str(leaking), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["layouts"] == {"leaking": "metadata.jsonl"}
    train, val = found["parts"]
    assert (train["name"], train["photos"], train["captions"]) == ("leaking train", 4, 6)
    assert train["caption_words"] == {"smallest": 2, "median": 2, "largest": 4}
    assert train["vocabulary"] == 9  # a the cat looks cup of coffee rocket start
    assert train["widths"] == {"smallest": 96, "median": 96, "largest": 96}
    assert (val["photos"], val["photos_without_text"], val["unreadable"]) == (4, 1, 1)
    (leak,) = found["leaks"]
    assert (leak["one"], leak["other"]) == ("leaking train", "leaking val")
    assert (leak["same_photos"], leak["near_photos"], leak["equal_captions"]) == (1, 1, 1)
    assert ["cat.jpg", "cat-2.jpg"] in leak["examples"]
    assert ["cup.jpg", "cup-2.jpg"] in leak["examples"]
    inside = {part["one"]: part for part in found["duplicates"]}
    assert inside["leaking train"]["same_photos"] == 1
    assert inside["leaking train"]["equal_captions"] == 1
    assert inside["leaking val"]["same_photos"] == 0


def test_inspect_prints_a_table(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "inspect", str(leaking), "--quick"]) == 0
    out = capsys.readouterr().out
    row = next(line for line in out.splitlines() if line.startswith("leaking train | leaking val"))
    assert row.split()[-3:] == ["1", "-", "1"]
    assert "cat.jpg  =  cat-2.jpg" in out
    assert main(["data", "inspect", str(leaking), "--split", "test"]) == 1
    assert "no photos of the split" in capsys.readouterr().err


def test_look_alikes_are_found_and_others_are_not(demo_photos: dict[str, Path]) -> None:
    originals = [Image.open(path).convert("RGB") for path in demo_photos.values()]
    changed = []
    for photo in originals:
        buffer = io.BytesIO()
        smaller = photo.resize((photo.width // 2, photo.height // 2))
        ImageEnhance.Brightness(smaller).enhance(0.9).save(buffer, "JPEG", quality=60)
        changed.append(Image.open(buffer))
    looks = [look_of(photo) for photo in [*originals, *changed]]
    n = len(originals)
    pairs = set(near_pairs(looks))
    assert all(other == one + n for one, other in pairs)
    # stars on black have no look that survives; everything else has
    assert len(pairs) >= n - 2
    for photo in originals:
        photo.close()


def slow_near(looks: list[object], bits: int, least: float) -> list[tuple[int, int]]:
    found = []
    for i, one in enumerate(looks):
        for j in range(i + 1, len(looks)):
            a, b = one.thumbnail.ravel(), looks[j].thumbnail.ravel()  # type: ignore[attr-defined]
            other = looks[j].difference_hash  # type: ignore[attr-defined]
            apart = bin(one.difference_hash ^ other).count("1")  # type: ignore[attr-defined]
            if apart <= bits and min(a.std(), b.std()) > 1 and np.corrcoef(a, b)[0, 1] >= least:
                found.append((i, j))
    return found


def test_near_pairs_are_the_slow_ones(demo_photos: dict[str, Path]) -> None:
    rng = np.random.default_rng(0)
    with Image.open(demo_photos["coffee.png"]) as opened:
        photo = opened.convert("RGB")
    looks = []
    for _ in range(40):
        left, top = rng.integers(0, 60, 2)
        looks.append(look_of(photo.crop((left, top, left + 300, top + 300))))
    looks.append(look_of(Image.new("RGB", (50, 50), "grey")))
    looks.append(look_of(Image.new("RGB", (50, 50), "grey")))
    fast = near_pairs(looks, 12, 0.9)
    assert fast == slow_near(looks, 12, 0.9)
    assert 0 < len(fast) < 40 * 39 / 2
    assert near_pairs([]) == near_pairs(looks[:1]) == []


def test_groups_join_chains() -> None:
    assert groups(6, [(4, 2), (2, 5), (0, 1)]) == [0, 0, 2, 3, 2, 2]
    assert same_pairs(["a", "b", "a", "a"]) == [(0, 2), (0, 3)]
