"""Settings and paths."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from desktop_app.errors import CatalogueReadOnly
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


def test_settings_survive_the_round_trip_with_keys_of_other_versions(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "from_the_future": [1, 2]}))
    settings = Settings.load(path)
    assert settings.theme == "dark"
    settings.save(path)
    stored = json.loads(path.read_text())
    assert stored["from_the_future"] == [1, 2]
    assert Settings.load(path) == settings
    assert [p.name for p in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"theme": "pink", "decode_workers": "x"}', '{"decode_workers": -1}'],
)
def test_bad_settings_give_the_defaults(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    assert Settings.load(path) == Settings()
    assert "default" in caplog.text


def test_a_whole_number_is_a_number(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"strictness": 1}')
    strictness = Settings.load(path).strictness
    assert (strictness, type(strictness)) == (1.0, float)
    assert not caplog.records


def test_settings_with_a_slip_of_the_pen_are_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark",}')
    Settings.load(path).save(path)
    assert Settings.load(path) == Settings()
    assert (tmp_path / "settings.unreadable.json").read_text() == '{"theme": "dark",}'


def test_no_settings_are_no_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert Settings.load(tmp_path / "none.json") == Settings()
    assert not caplog.records


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_data_folder_is_private(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "data")
    paths.create()
    for folder in (paths.root, paths.index_dir, paths.thumbnails_dir):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_made_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CatalogueReadOnly, match="cannot be made"):
        DataPaths(tmp_path / "file" / "data").create()
