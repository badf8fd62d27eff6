"""What is known of a checkpoint before it is fetched, and what is made of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from desktop_app.errors import ModelMismatch
from desktop_app.inference.bundle import ModelBundle
from model_export.hub.__main__ import main
from model_export.hub.checkpoint import Checkpoint, require_sha256
from tests.model_export.hub.conftest import Specimens
from tests.model_export.hub.tiny_checkpoints import write_clip


def test_a_folder_tells_what_it_is(tmp_path: Path) -> None:
    folder = write_clip(tmp_path / "a clip")
    (folder / "README.md").write_text("---\nlicense: mit\nlanguage:\n- en\n- de\n---\n# A model\n")
    (folder / "flax_model.msgpack").write_bytes(b"not needed" * 1000)
    (folder / "pytorch_model.bin").write_bytes(b"the same weights, pickled" * 1000)
    checkpoint = Checkpoint(str(folder))
    facts = checkpoint.facts()
    assert (facts.name, facts.model_type, facts.licence) == ("a clip", "clip", "mit")
    assert facts.languages == ("en", "de")
    assert (facts.to_fetch_bytes, facts.revision, facts.source) == (0, "", "a clip")
    weights = (folder / "model.safetensors").stat().st_size
    assert weights < facts.size_bytes < weights + 25_000  # safe weights, and nothing else's
    assert checkpoint.fetch() == folder


def test_what_is_no_checkpoint_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelMismatch, match="holds no checkpoint of the hub"):
        Checkpoint(str(tmp_path)).facts()


def test_a_file_that_is_another_is_found(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    right = hashlib.sha256(b"weights").hexdigest()
    require_sha256(tmp_path, [("model.safetensors", right)])
    with pytest.raises(ModelMismatch, match="not the one that the hub states"):
        require_sha256(tmp_path, [("model.safetensors", "0" * 64)])


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_command_tells_every_step(
    specimens: Specimens, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = specimens("chinese_clip").checkpoint
    assert main([str(folder), "--facts"]) == 0
    [facts] = said(capsys)
    assert (facts["type"], facts["family"]) == ("facts", "Chinese-CLIP")
    assert facts["licence"] == "not stated by the checkpoint; see its page"
    assert main([str(folder), "--output", str(tmp_path / "b"), "--title", "My model"]) == 0
    events = said(capsys)
    assert [e["type"] for e in events] == ["facts", *["step"] * 5, "finished"]
    assert [e.get("step") for e in events[1:-1]] == ["fetch", "load", "image", "text", "parity"]
    manifest = ModelBundle.open(tmp_path / "b").manifest
    assert (manifest.name, manifest.model_id) == ("My model", events[-1]["model_id"])
    assert manifest.precision == "half"
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_the_command_tells_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "gpt2"}')
    assert main([str(tmp_path), "--facts"]) == 1
    [error] = said(capsys)
    assert error["type"] == "error"
    assert error["message"] == "Models of the kind gpt2 cannot be added."
    assert "SigLIP" in str(error["hint"])
