"""``visita index --estimate``: counts, tries out, and leaves everything as it is."""

from __future__ import annotations

from pathlib import Path

from desktop_app.cli.estimate import duration
from tests.cli.conftest import PHOTOS, TIMEOUT_S, Visita, assert_known_error, objects


def test_folders_are_counted_and_nothing_is_indexed(visita: Visita, photos: Path) -> None:
    told = visita.json("index", "--estimate", photos, photos / "space")
    assert {line["type"] for line in told} == {"estimate"}
    assert [line["is_complete"] for line in told[-2:]] == [False, True]
    last = told[-1]
    assert last["photos"] == PHOTOS
    assert last["size_bytes"] == sum(p.stat().st_size for p in photos.rglob("*.*"))
    assert 0 < last["sampled"] <= PHOTOS
    assert last["seconds"] > 0
    assert last["bytes_per_photo"] > 1000
    assert visita.json("status")[0]["counts"]["photos"] == 0
    assert not list(visita.data_dir.rglob("*.jpg"))


def test_people_get_a_sentence(visita: Visita, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    result = visita("index", "--estimate", photos, tmp_path / "gone")
    assert result.returncode == 0
    assert result.stdout.startswith(f"{PHOTOS} photos, ")
    assert "for the library." in result.stdout
    assert f"{tmp_path / 'gone'} cannot be read" in result.stderr
    assert visita("index", "--estimate", tmp_path / "nothing").stdout == "No photos.\n"
    assert_known_error(visita("index", "--estimate"), "No folder was named")


def test_its_parent_can_end_it(visita: Visita, photos: Path) -> None:
    child = visita.start("--json", "index", "--control", "--estimate", photos)
    out, err = child.communicate("stop\n", timeout=TIMEOUT_S)
    assert child.returncode == 0
    assert err == ""
    assert not any(line["is_complete"] for line in objects(out))


def test_durations() -> None:
    assert [duration(s) for s in (0.2, 80, 120, 6000, 7300, 90_000)] == [
        "1 s",
        "80 s",
        "2 min",
        "100 min",
        "2 h",
        "25 h",
    ]
