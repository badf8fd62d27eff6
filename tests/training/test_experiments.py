"""Experiments: variants of one recipe are trained, measured, resumed and reported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from tests.training.conftest import make_trainer
from training.__main__ import main
from training.config import FitConfig, StageConfig
from training.experiments.attention import EXAMPLES
from training.experiments.command import EXPERIMENTS
from training.experiments.low_resource import LOW_RESOURCE
from training.experiments.material import Material
from training.experiments.result import ExperimentResult
from training.train import Trainer


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory, with_heads: FitConfig) -> Path:
    """A recipe of seconds, with a matcher."""
    stages = (
        StageConfig("frozen", 3, 3e-3, batch_size=16, keep_tokens=0.8, drop_words=0.0),
        StageConfig("heads", 1, 2e-3, batch_size=16, kind="heads", match_loss=1.0),
    )
    config = replace(with_heads, stages=stages, captioner=None)
    path = tmp_path_factory.mktemp("recipe") / "recipe.json"
    path.write_text(config.to_json())
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def lines_of(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


def stopped(*arguments: Any) -> Iterator[Any]:
    raise KeyboardInterrupt


class Experiments:
    """The command line on the small photo set."""

    def __init__(self, recipe: Path, photos: Path, weights: Path, cache: Path, run: Path) -> None:
        self.run = run
        self._usual = ["--data", photos, "--weights", weights, "--cache", cache, "--run", run]
        self._usual += ["--config", recipe, "--device", "cpu"]

    def __call__(self, name: str, *more: Any) -> int:
        return main(["experiment", name, *map(str, self._usual), *map(str, more)])

    def result(self, name: str) -> ExperimentResult:
        return ExperimentResult.read(self.run / f"{name}.json")


@pytest.fixture
def experiments(
    recipe: Path, photo_set: Path, weights: Path, cache: Path, tmp_path: Path
) -> Experiments:
    return Experiments(recipe, photo_set, weights, cache, tmp_path / "run")


def test_an_epoch_that_is_not_measured_is_trained_all_the_same(
    small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    states = []
    for measure_every in (1, 2):
        stage = StageConfig("s", 3, 1e-3, batch_size=48, measure_every=measure_every)
        run = tmp_path / str(measure_every)
        make_trainer(replace(small, stages=(stage,)), photo_set, weights, run).fit()
        states.append(torch.load(run / "last.pt", weights_only=True)["model"])
    assert [line["epoch"] for line in lines_of(tmp_path / "1")] == [1, 2, 3]
    assert [line["epoch"] for line in lines_of(tmp_path / "2")] == [2, 3]
    for one, other in zip(states[0].values(), states[1].values(), strict=True):
        torch.testing.assert_close(one, other)


def test_an_experiment_is_stopped_resumed_and_read_again(
    experiments: Experiments, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[int] = []
    train_epoch = Trainer._train_epoch

    def stop_in_the_second_variant(self: Trainer, *arguments: Any) -> dict[str, Any]:
        seen.append(1)
        if len(seen) == 5:
            raise KeyboardInterrupt
        return train_epoch(self, *arguments)

    rows = ("--only", "0% wrong", "40% wrong")
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "_train_epoch", stop_in_the_second_variant)
        assert experiments("noise", *rows) == 130
    runs = [path for path in experiments.run.iterdir() if path.is_dir()]
    finished = [path for path in runs if (path / "result.json").is_file()]
    assert (len(runs), len(finished)) == (2, 1)
    assert not list(finished[0].glob("last.pt"))
    before = lines_of(finished[0])
    assert experiments("noise", *rows) == 0
    assert lines_of(finished[0]) == before
    (other,) = (path for path in runs if path not in finished)
    # the epoch that was finished before the interruption is not trained again
    assert [line["epoch"] for line in lines_of(other)] == [1, 2, 3]
    result = experiments.result("noise")
    assert [row[0] for row in result.table] == ["", "0% wrong", "40% wrong"]
    by_name = {row["variant"]: row["runs"][0]["figures"] for row in result.details}
    best = max(line["score"] for line in before)
    assert by_name["0% wrong"]["recall sum"] == best
    assert float(result.table[1][1]) == pytest.approx(best, abs=0.06)
    assert result.markdown() == (experiments.run / "noise.md").read_text()
    assert "--epochs" not in result.command
    assert str(experiments.run.parent) not in json.dumps(result.details) + result.command
    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "fit", stopped)
        assert experiments("noise", *rows) == 0  # nothing is left to train
        # the recipe as it is was trained already, whatever the experiment calls it
        assert experiments("low-resource", "--only", "100%: 96 photos") == 0
        assert experiments("noise", *rows, "--epochs", "2") == 130
    assert "| 0% wrong |" in capsys.readouterr().out


def test_the_ablation_has_a_matcher_and_seeds_a_spread(experiments: Experiments) -> None:
    rows = ("everything", "without early fusion: last CNN level alone")
    assert experiments("ablation", "--only", *rows, "--seeds", 2, "--epochs", 2) == 0
    result = experiments.result("ablation")
    head, everything, one_level = result.table
    assert head[2] == "recall sum with matcher"
    assert everything[2] != "–"
    assert one_level[2] == "–"
    assert everything[3] == "–"
    runs = result.details[0]["runs"]
    sums = [run["figures"]["recall sum"] for run in runs]
    assert [run["seed"] for run in runs] == [1, 2]
    mean, spread = (float(part) for part in everything[1].split(" ± "))
    assert mean == pytest.approx(sum(sums) / 2, abs=0.06)
    assert spread == pytest.approx(abs(sums[0] - sums[1]) / 2, abs=0.06)
    assert result.facts["seeds"] == [1, 2]
    assert "--seeds 2" in result.command


def test_kernels_report_their_weights_and_cost(experiments: Experiments) -> None:
    rows = ("linear", "4 kernels of 16")
    assert experiments("kernels", "--only", *rows, "--epochs", 1) == 0
    result = experiments.result("kernels")
    assert result.table[0][-1] == "learned weights"
    assert result.table[1][-1] == "linear 1.00"
    weights = result.details[1]["runs"][0]["kernel_weights"]
    assert list(weights) == ["linear", "polynomial", "gaussian 1", "gaussian 0.5"]
    assert sum(weights.values()) == pytest.approx(1, abs=1e-3)
    figures = result.details[0]["runs"][0]["figures"]
    assert figures["kernel parameters, M"] * 1e6 == pytest.approx(2 * (48 * 64 + 64), abs=51)
    assert 0 < figures["kernel ms"] < figures["head ms"]
    assert figures["step seconds"] > 0


def test_few_pairs_are_trained_with_many_epochs(experiments: Experiments) -> None:
    assert experiments("low-resource", "--only", "10%: 10 photos", "--epochs", 1) == 0
    (folder,) = (path for path in experiments.run.iterdir() if path.is_dir())
    config = FitConfig.load(folder / "config.json")
    assert (config.stages[0].batch_size, config.stages[0].epochs) == (10, 6)
    assert len(lines_of(folder)) == 1
    assert LOW_RESOURCE in EXPERIMENTS


def test_other_domains_are_measured_on_photos_that_nobody_saw(
    experiments: Experiments, labelled_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("captioned photos alone", "and all labelled sets")
    labelled = ("--labelled", labelled_folder)
    assert experiments("domain", "--only", *rows) == 1
    assert "--labelled" in capsys.readouterr().err
    assert experiments("domain", *labelled, "--only", *rows) == 0
    result = experiments.result("domain")
    assert result.table[0][3].endswith("top-1")
    for row in result.details:
        figures = row["runs"][0]["figures"]
        assert 0 <= figures[f"{labelled_folder.stem} top-1"] <= 100
        assert figures[f"{labelled_folder.stem} P@10"] >= 0
    material = Material.open(experiments._usual[1], "train", "val", [labelled_folder])
    trained = material.class_captioned([labelled_folder.stem])
    assert trained is not None
    held_out = {photo.file for photo in material.measured(labelled_folder.stem).photos}
    seen = {photo.file.split("/")[-1] for photo in trained.photos if photo.captions}
    assert seen.isdisjoint(held_out)
    assert len(seen) + len(held_out) == len(trained)
    assert min(len(seen), len(held_out)) > 5
    assert material.class_captioned([]) is None


def test_attention_is_drawn_and_its_uniformity_told(
    with_heads: FitConfig,
    photo_set: Path,
    weights: Path,
    run: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stages = (
        StageConfig("frozen", 1, 3e-3, batch_size=16),
        StageConfig("heads", 1, 2e-3, batch_size=16, kind="heads", match_loss=1.0),
    )
    config = replace(with_heads, stages=stages, captioner=None)
    make_trainer(config, photo_set, weights, tmp_path / "trained").fit()
    output = tmp_path / "attention.json"
    arguments = ["experiment", "attention", "--model", str(tmp_path / "trained")]
    assert main([*arguments, "--output", str(output)]) == 0
    result = ExperimentResult.read(output)
    assert result.picture == "attention.jpg"
    assert len(result.table) == 1 + len(EXAMPLES)
    for example, found in zip(EXAMPLES, result.details, strict=True):
        assert list(found["words"]) == list(example.words)
        assert all(0 < word["entropy"] <= 1 for word in found["words"].values())
        assert len(found["layer_entropy"]) == 1
    with Image.open(tmp_path / "attention.jpg") as sheet:
        assert sheet.width > 4 * 160
        assert sheet.height > len(EXAMPLES) * 160
    assert str(tmp_path) not in output.read_text()
    assert main(["experiment", "attention", "--model", str(run), "--output", str(output)]) == 1
    assert "no matcher" in capsys.readouterr().err
