"""hnswlib is told of folders with any name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop_app.library.hnsw_graph import HnswGraph
from desktop_app.library.narrow_path import FolderNotNameable, ascii_path
from desktop_app.library.records import Changes


def graph() -> HnswGraph:
    made = HnswGraph.empty(8)
    vectors = np.eye(8, dtype=np.float32)
    made.apply(Changes(np.arange(1, 9), vectors, np.zeros(0, np.int64), 1, more=False))
    return made


@pytest.mark.parametrize(
    "name",
    [
        b"plain",
        "Fötös – 写真".encode(),
        pytest.param(
            b"not text \xff",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="such names exist on Linux"),
        ),
    ],
)
def test_a_graph_is_saved_and_loaded_in_a_folder_of_any_name(tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / os.fsdecode(name)
    folder.mkdir()
    saved = graph().save(folder, "a.hnsw")
    assert [path.name for path in folder.iterdir()] == ["a.hnsw"]
    loaded = HnswGraph.load(folder, saved, 8)
    assert loaded is not None
    assert loaded.search(np.eye(8, dtype=np.float32)[2], 1)[0].tolist() == [3]


def test_a_short_name_stands_for_letters_of_other_alphabets(tmp_path: Path) -> None:
    asked: list[str] = []

    def short_name(folder: str) -> str:
        asked.append(folder)
        return "/FOTOS~1"

    assert ascii_path(Path("/Fötös/a.hnsw"), short_name) == os.path.join("/FOTOS~1", "a.hnsw")  # noqa: PTH118
    assert asked == [str(Path("/Fötös"))]
    assert ascii_path(Path("/fotos/a.hnsw"), short_name) == str(Path("/fotos/a.hnsw"))
    assert len(asked) == 1


def test_without_a_short_name_it_is_said_in_words() -> None:
    with pytest.raises(FolderNotNameable, match="no short name") as caught:
        ascii_path(Path("/Fötös/a.hnsw"), lambda folder: folder)
    assert "--data-dir" in (caught.value.hint or "")
