"""Lists of hits as files: read back by other readers, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from desktop_app.errors import UsageError
from desktop_app.library.exporting import export_hits
from desktop_app.library.records import Photo
from desktop_app.library.search import SearchHit


def hit(rank: int, path: str, *others: str, score: float | None = 0.51239) -> SearchHit:
    photo = Photo(
        rank, Path(path), tuple(map(Path, others)), "00" * 32, 40, 30, "2020-06-15T10:00:00", False
    )
    return SearchHit(rank, score, photo, Path("/t.jpg"))


HITS = (
    hit(1, "/photos/a, b.jpg", "/photos/c\nd.jpg"),
    hit(2, '/photos/"é".jpg', score=None),
    hit(3, os.fsdecode(b"/photos/\xff.jpg")),
)


def test_csv_is_read_back(tmp_path: Path) -> None:
    target = tmp_path / "hits.csv"
    assert export_hits(HITS, target) == 3
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["rank"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["path"] == "/photos/a, b.jpg"
    assert rows[0]["other_paths"] == "/photos/c\nd.jpg"
    assert (rows[0]["score"], rows[1]["score"]) == ("0.5124", "")
    assert rows[1]["path"] == '/photos/"é".jpg'
    assert rows[2]["path"] == "/photos/?.jpg"


def test_a_cell_is_never_a_formula(tmp_path: Path) -> None:
    export_hits([hit(1, "=HYPERLINK(1).jpg"), hit(2, "-1.jpg")], tmp_path / "hits.csv")
    with (tmp_path / "hits.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["path"] for row in csv.DictReader(stream)] == ["'=HYPERLINK(1).jpg", "'-1.jpg"]


def test_json_is_read_back(tmp_path: Path) -> None:
    target = tmp_path / "hits.JSON"
    export_hits(HITS, target)
    rows = json.loads(target.read_text("utf-8"))
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert os.fsencode(rows[2]["path"]) == b"/photos/\xff.jpg"
    assert rows[1]["score"] is None
    assert rows[0]["other_paths"] == ["/photos/c\nd.jpg"]


def test_a_place_that_refuses_keeps_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ends in none"):
        export_hits(HITS, tmp_path / "hits.xlsx")
    target = tmp_path / "taken.csv"
    target.mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        export_hits(HITS, target)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.csv"]
