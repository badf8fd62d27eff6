"""A checkpoint is looked up, fetched, resumed and compared by the hub's own client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.model_export.hub.local_hub import NAME, REVISION, LocalHub, local_hub
from tests.model_export.hub.tiny_checkpoints import write_siglip2


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    folder = write_siglip2(tmp_path / "published")
    (folder / "model.onnx").write_bytes(b"another format")
    with local_hub(folder) as served:
        yield served


def fetch(hub: LocalHub, cache: Path, name: str = NAME, offline: str = "0") -> list[Any]:
    """What the child says, line by line."""
    environment = {
        **os.environ,
        "HF_ENDPOINT": hub.address,
        "HF_HOME": str(cache),
        "HF_HUB_OFFLINE": offline,
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }
    result = subprocess.run(
        [sys.executable, "-m", "tests.model_export.hub.fetch_child", name],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode in (0, 1), result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_it_is_looked_up_fetched_and_not_fetched_again(hub: LocalHub, tmp_path: Path) -> None:
    facts, folder = fetch(hub, tmp_path / "cache")
    assert (facts["name"], facts["revision"], facts["model_type"]) == (NAME, REVISION, "siglip")
    assert (facts["licence"], facts["languages"]) == ("mit", ["en", "de"])
    weights = (hub.folder / "model.safetensors").stat().st_size
    assert weights < facts["to_fetch_bytes"] <= facts["size_bytes"]
    assert [name for name, _ in facts["sha256"]] == ["model.safetensors"]
    fetched = {path.name for path in Path(folder).iterdir()}
    assert {"model.safetensors", "config.json", "tokenizer.json"} <= fetched
    assert "model.onnx" not in fetched
    sent = dict(hub.sent)
    facts, _ = fetch(hub, tmp_path / "cache")
    assert facts["to_fetch_bytes"] == 0
    assert hub.sent == sent


def test_what_was_begun_is_resumed(hub: LocalHub, tmp_path: Path) -> None:
    whole = (hub.folder / "model.safetensors").stat().st_size
    hub.breaks_off_after = 50_000
    *_, error = fetch(hub, tmp_path / "cache")
    assert "cannot be reached" in error
    begun = hub.sent["model.safetensors"]
    assert 0 < begun < whole
    hub.is_down = False
    facts, folder = fetch(hub, tmp_path / "cache")
    assert facts["to_fetch_bytes"] < facts["size_bytes"] - begun + 100_000
    found = (Path(folder) / "model.safetensors").read_bytes()
    assert found == (hub.folder / "model.safetensors").read_bytes()
    assert hub.sent["model.safetensors"] == whole  # not a byte twice


def test_a_file_that_the_hub_states_otherwise_is_refused(hub: LocalHub, tmp_path: Path) -> None:
    hub.stated_sha256["model.safetensors"] = "0" * 64
    _, error = fetch(hub, tmp_path / "cache")
    assert "model.safetensors is not the one that the hub states" in error


def test_without_a_network_one_sentence_says_so(hub: LocalHub, tmp_path: Path) -> None:
    [error] = fetch(hub, tmp_path / "cache", offline="1")
    assert error == f"The hub cannot be reached for {NAME}."
    [error] = fetch(hub, tmp_path / "cache", "a/b/c")
    assert error == "There is no model a/b/c on the hub, and no folder of that name."


def test_a_name_that_nobody_has_is_said(hub: LocalHub, tmp_path: Path) -> None:
    [error] = fetch(hub, tmp_path / "cache", "somebody/else")
    assert "somebody/else" in error
