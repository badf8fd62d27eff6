"""``visita model``: another model is taken in, shown the photos, switched to and removed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Visita, assert_known_error, last, objects
from tests.twin_bundle import write_twin


@pytest.fixture
def own(visita: Visita, tmp_path: Path, model_dir: Path) -> Visita:
    """An empty library that chooses its own model, and a bundle to take in."""
    write_twin(model_dir, tmp_path / "Twin")
    return OwnChoice(visita.data_dir, model_dir)


class OwnChoice(Visita):
    def command(self, *arguments: str | Path) -> list[str]:
        words = [*map(str, ["--data-dir", self.data_dir, *arguments])]
        return [sys.executable, "-W", "error", "-m", "desktop_app", *words]


def models(visita: Visita) -> dict[str, dict[str, object]]:
    listed = visita.json("model", "list")
    return {str(m["name"] or m["model_id"]): m for m in listed if m["type"] == "model"}


def test_a_life_of_two_models(
    own: Visita, copy_photos: Callable[..., Path], tmp_path: Path
) -> None:
    folder = copy_photos("coffee.png", "flower.jpg", "chelsea.png")
    own.json("index", folder)
    [added] = own.json("model", "import", tmp_path / "Twin", "--name", "second")
    assert (added["name"], added["family"], added["lacking"]) == ("second", "twin", 3)
    assert not added["answering"]

    [chosen] = own.json("model", "use", "second", "--later")
    assert (chosen["wanted"], chosen["answering"]) == (True, False)
    before = own.json("search", "a cup of coffee")
    assert before[0]["match"] is not None  # the shipped model still answers, with its matcher
    finished = last(own.json("index"))
    assert (finished["unchanged"], finished["prepared"]) == (3, 3)
    assert models(own)["second"]["answering"]
    after = own.json("search", "a cup of coffee")
    assert after[0]["path"] == before[0]["path"]
    assert after[0]["match"] is None
    assert own.json("status")[0]["model"]["name"] == "Twin"

    # both have seen all photos: back at once, and nothing is left to do
    [back] = own.json("model", "use", "visita")
    assert back["answering"]
    assert "prepared" not in last(own.json("index"))
    assert [m["photos"] for m in models(own).values()] == [3, 3]

    assert_known_error(own("model", "remove", "visita", "--yes"), "in use")
    asked = own("model", "remove", "second")
    assert (asked.returncode, "nothing was removed" in asked.stderr) == (0, True)
    [removed] = own.json("model", "remove", "second", "--embeddings", "--yes")
    assert removed["embeddings"] == 3
    assert models(own)["second"]["lacking"] == 3
    own.json("model", "remove", "second", "--yes")
    assert set(models(own)) == {"visita"}
    assert not (own.data_dir / "models" / "second").exists()
    assert_known_error(own("model", "use", "second"), "no model second")


def test_it_is_shown_the_photos_at_once_or_answers_without(
    own: Visita, copy_photos: Callable[..., Path], tmp_path: Path
) -> None:
    folder = copy_photos("coffee.png", "flower.jpg")
    own.json("index", folder)
    own.json("model", "import", tmp_path / "Twin")
    forced = own("model", "use", "twin", "--at-once")
    assert "answers from now on; 2 photos it has not seen yet" in forced.stdout
    assert own.json("search", "coffee") == []
    own.json("model", "use", "visita")
    shown = own("model", "use", "twin")
    assert "2 photos are shown to twin now" in shown.stdout
    assert "2 embedded for the next model" in shown.stdout
    assert shown.stdout.endswith("twin answers from now on.\n")
    listed = own("model", "list").stdout
    assert "* twin" in listed
    assert "siglip-b16" in listed


def test_out_and_in_again_with_a_checksum(own: Visita, tmp_path: Path) -> None:
    own.json("model", "import", tmp_path / "Twin")
    [out] = own.json("model", "export", "twin", tmp_path)
    assert out["file"] == str(tmp_path / "twin.zip")
    wrong = own("model", "import", out["file"], "--name", "again", "--sha256", "0" * 64)
    assert_known_error(wrong, str(out["sha256"]))
    [again] = own.json("model", "import", out["file"], "--name", "again", "--sha256", out["sha256"])
    assert again["model_id"] == models(own)["twin"]["model_id"]


def test_a_named_bundle_is_no_choice(own: Visita, tmp_path: Path, copy_photos) -> None:
    folder = copy_photos("coffee.png")
    own.json("index", folder)
    named = replace(Visita(own.data_dir, tmp_path / "Twin"))
    assert named.json("status")[0]["model"]["name"] == "Twin"
    assert models(own)["visita"]["answering"]


def test_adding_says_which_packages_are_missing(own: Visita, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "sitecustomize.py").write_text(
        "import sys\n"
        "class No:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('torch', 'onnx'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, No())\n"
    )
    bare = replace(own, environment={"PYTHONPATH": str(blocked)})
    refused = bare("model", "add", "clip-vit-b32", "--yes")
    assert_known_error(refused, "torch, onnx", "pip install 'visita[hub]'")


def test_known_models_have_sources_and_figures_have_theirs(own: Visita) -> None:
    known = [m for m in own.json("model", "list") if m["type"] == "known"]
    assert len({m["name"] for m in known}) == len(known) > 10
    for model in known:
        assert str(model["source"]).count("/") == 1
        assert model["languages"]
        assert all(source for _, _, source in model["figures"])  # type: ignore[attr-defined]
    families = {m["family"] for m in known}
    assert families >= {"CLIP", "SigLIP", "ALIGN", "AltCLIP", "Chinese-CLIP", "GroupViT", "BLIP"}


def test_adding_a_folder_tells_its_facts_first(own: Visita, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from tests.model_export.hub.tiny_checkpoints import write_chinese_clip

    folder = write_chinese_clip(tmp_path / "a checkpoint")
    (folder / "README.md").write_text("---\nlicense: mit\nlanguage: zh\n---\n")
    offline = replace(own, environment={"HF_HUB_OFFLINE": "1"})
    asked = offline("model", "add", folder)
    assert (asked.returncode, asked.stderr) == (0, "visita: nothing was fetched; --yes does it.\n")
    assert "Licence    mit" in asked.stdout
    assert "Languages  zh" in asked.stdout
    result = offline("--json", "model", "add", folder, "--name", "small", "--yes")
    assert result.returncode == 0, result.stderr
    events = objects(result.stdout)
    assert [e["type"] for e in events] == ["facts", *["step"] * 5, "model"]
    assert (events[0]["licence"], events[-1]["name"]) == ("mit", "small")
    assert events[-1]["family"] == "Chinese-CLIP"
    assert_known_error(offline("model", "add", folder, "--name", "small"), "already")
    assert_known_error(offline("model", "add", tmp_path), "no checkpoint of the hub")
    assert json.dumps(models(own)["small"]["languages"]) == '["zh"]'
