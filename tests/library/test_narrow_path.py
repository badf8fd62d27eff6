"""hnswlib is told of folders with any name."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop_app.library import hnsw_graph
from desktop_app.library.hnsw_graph import HnswGraph
from desktop_app.library.narrow_path import (
    LONGEST_PATH,
    FolderNotNameable,
    ascii_path,
    short_name,
)
from desktop_app.library.records import Changes
from desktop_app.library.vector_index import VectorIndex
from tests.library.conftest import Workbench


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

    def short_folder(folder: str) -> str:
        asked.append(folder)
        return "/FOTOS~1"

    assert ascii_path(Path("/Fötös/a.hnsw"), short_folder) == os.path.join("/FOTOS~1", "a.hnsw")  # noqa: PTH118
    assert asked == [str(Path("/Fötös"))]
    assert ascii_path(Path("/fotos/a.hnsw"), short_folder) == str(Path("/fotos/a.hnsw"))
    assert len(asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "/Fötös",  # the disk keeps no short names
        "/FOTOS~1/Fötös",  # it does not keep all of them
        "/FÖTOS~1",  # short, in letters of the old code page
        "",  # Windows failed
        "/" + "F" * LONGEST_PATH,
    ],
)
def test_without_a_short_name_it_is_said_in_words(answer: str) -> None:
    with pytest.raises(FolderNotNameable, match="no short name") as caught:
        ascii_path(Path("/Fötös/a.hnsw"), lambda folder: answer)
    assert "--data-dir" in (caught.value.hint or "")


def test_a_path_that_is_too_long_is_asked_for_too() -> None:
    long = Path("/" + "f" * LONGEST_PATH) / "a.hnsw"
    assert ascii_path(long, lambda folder: "/FFFFFF~1") == os.path.join("/FFFFFF~1", "a.hnsw")  # noqa: PTH118
    with pytest.raises(FolderNotNameable):
        ascii_path(long, lambda folder: folder)


class Windows:
    """GetShortPathNameW as its documentation describes it: 0 for what is not there."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def __call__(self, folder: str, buffer: ctypes.Array[ctypes.c_wchar], size: int) -> int:
        if folder not in self._names:
            return 0
        answer = self._names[folder]
        if len(answer) + 1 > size:
            return len(answer) + 1
        buffer.value = answer
        return len(answer)


def test_what_windows_answers_is_read() -> None:
    long = "\\".join(["long"] * 8000)
    windows = Windows({"C:\\Fötös": "C:\\FOTOS~1", "C:\\off": "C:\\off", "C:\\deep": long})
    assert short_name("C:\\Fötös", windows) == "C:\\FOTOS~1"
    assert short_name("C:\\off", windows) == "C:\\off"
    assert short_name("C:\\gone", windows) == ""
    assert short_name("C:\\deep", windows) == ""


@pytest.fixture
def misread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """hnswlib opens what it reads in its bytes, which is no folder that exists."""
    elsewhere = tmp_path / "F?t?s"
    monkeypatch.setattr(
        hnsw_graph, "bytes_for_hnswlib", lambda path: os.fsencode(elsewhere / path.name)
    )
    return elsewhere


def test_a_name_that_is_misread_is_noticed(tmp_path: Path, misread: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    with pytest.raises(FolderNotNameable, match=str(folder)):
        graph().save(folder, "a.hnsw")
    assert list(folder.iterdir()) == []
    assert not misread.exists()


@pytest.mark.usefixtures("misread")
def test_where_no_index_can_be_kept_photos_are_found(
    bench: Workbench, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bench.run(folder)
    manifest = bench.encoder.manifest
    for _ in range(2):  # as often as the program is started
        index = VectorIndex(
            bench.catalogue.embeddings, bench.paths.index_dir, manifest.model_id, manifest.dim, 0, 1
        )
        while index.catch_up(5):
            pass
        index.publish()
        for photo_id in bench.followed():
            _, vectors = bench.catalogue.embeddings.vectors([photo_id], manifest.model_id)
            assert index.search(vectors[0], 1)[0].tolist() == [photo_id]
    assert bench.catalogue.embeddings.index_state(bench.encoder.manifest.model_id) is None
    assert "no short name" in caplog.text
