"""The experiments: what each changes, and the commands from photos to table, on real photos."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from tests.conftest import REPOSITORY
from tests.training.conftest import make_trainer
from training.__main__ import main
from training.build import build_model
from training.config import FitConfig, StageConfig
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.experiments.ablation import ABLATION
from training.experiments.attention import EXAMPLES
from training.experiments.changed_captions import captioned_rows, with_share, with_wrong
from training.experiments.command import EXPERIMENTS
from training.experiments.kernels import KERNELS, beside_linear, equal
from training.experiments.low_resource import LOW_RESOURCE, stretched
from training.experiments.material import Material
from training.experiments.page import filled
from training.experiments.result import ExperimentResult
from training.experiments.word_heat import WordHeat
from training.fit import PRESETS
from training.model.state_memory import StateMemory
from training.model.trunk import Trunk, TrunkConfig
from training.train import Trainer

DOCS = REPOSITORY / "docs"


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


@pytest.fixture
def material(photo_set: Path) -> Material:
    return Material(PhotoDataset(photo_set, "train"), PhotoDataset(photo_set, "val"))


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


def test_smaller_shares_lie_within_larger_ones_and_the_photos_stay(material: Material) -> None:
    photos = material.train
    shares = [with_share(photos, share, seed=3) for share in (0.01, 0.25, 0.5)]
    rows = [set(captioned_rows(share)) for share in shares]
    assert [len(own) for own in rows] == [1, 24, 48]
    assert rows[0] < rows[1] < rows[2]
    assert all([p.file for p in s.photos] == [p.file for p in photos.photos] for s in shares)
    assert captioned_rows(with_share(photos, 0.5, seed=3)) == sorted(rows[2])
    assert captioned_rows(with_share(photos, 0.5, seed=4)) != sorted(rows[2])
    assert all(shares[2].photos[row].captions == photos.photos[row].captions for row in rows[2])
    with pytest.raises(ValueError, match="above 0"):
        with_share(photos, 0, seed=3)


def test_wrong_captions_change_places_and_none_is_lost(tmp_path: Path) -> None:
    records = [{"file": f"{n}.png", "captions": [f"photo {n}"] if n % 5 else []} for n in range(50)]
    (tmp_path / "metadata.jsonl").write_text("\n".join(map(json.dumps, records)))
    photos = PhotoDataset(tmp_path)
    right = [photo.captions for photo in photos.photos]
    mixed = [photo.captions for photo in with_wrong(photos, 0.4, seed=1).photos]
    assert sum(a != b for a, b in zip(mixed, right, strict=True)) == 16  # of 40 with captions
    assert sorted(mixed) == sorted(right)
    assert all(bool(a) == bool(b) for a, b in zip(mixed, right, strict=True))
    again, other = (with_wrong(photos, 0.4, seed=seed).photos for seed in (1, 2))
    assert [photo.captions for photo in again] == mixed
    assert [photo.captions for photo in other] != mixed
    assert with_wrong(photos, 0.0, seed=1) is photos


@pytest.mark.parametrize("photos", [61, 305, 1523, 6091])
def test_few_photos_get_as_many_steps_and_measurements(photos: int) -> None:
    stage = StageConfig("frozen", 6, 1e-3, batch_size=128)
    found = stretched(stage, photos, 6091)
    steps = found.epochs * (photos // found.batch_size)
    assert steps == pytest.approx(6 * 47, rel=0.05)
    assert found.batch_size <= photos
    assert 5 <= found.epochs / found.measure_every <= 7
    warm_up = found.warm_up_epochs * (photos // found.batch_size)
    assert warm_up == pytest.approx(47, rel=0.05)
    assert (found == stage) == (photos == 6091)


def test_every_kernel_set_has_the_same_width(config: FitConfig, material: Material) -> None:
    shipped = FitConfig.load(PRESETS / "experiment.json")
    for recipe, dim in ((shipped, 512), (config, 64)):
        variants = KERNELS.plan(recipe, material).variants
        assert len({variant.name for variant in variants}) == len(variants)
        for variant in variants:
            kernels = variant.config.kernels
            assert sum(kernel.dim for kernel in kernels) == dim
            assert sum(kernel.initial_weight for kernel in kernels) == pytest.approx(1)
            assert all(kernel.dim % 2 == 0 and kernel.dim > 0 for kernel in kernels)
    assert [len(equal(512, count)) for count in (2, 4, 8)] == [2, 4, 8]
    assert {kernel.dim for kernel in equal(512, 8)} == {64}
    assert [k.dim for k in beside_linear(512, [("gaussian", 1.0)] * 3)] == [320, 64, 64, 64]


def test_the_ablation_changes_one_part_at_a_time(material: Material) -> None:
    recipe = FitConfig.load(PRESETS / "experiment.json")
    everything, *others = ABLATION.plan(recipe, material).variants
    assert [stage.kind for stage in everything.config.stages] == ["pairs", "heads"]
    plain = replace(everything.config, stages=everything.config.stages[:1])
    for variant, part in zip(
        others, ("kernels", "depth", "trunks", "late_fusion", "both levels"), strict=True
    ):
        changed = {
            name for name in vars(plain) if getattr(variant.config, name) != getattr(plain, name)
        }
        assert changed == ({"trunks", "late_fusion"} if part == "both levels" else {part})


def test_a_part_that_is_left_out_is_out(small: FitConfig, weights: Path) -> None:
    pixels = torch.rand(2, 3, 96, 96)
    whole = build_model(small, weights).eval()
    names = {name for name, _ in whole.named_parameters()}
    for change, missing in (
        ({"late_fusion": False}, "image_tower.local_"),
        ({"depth": 0}, "image_tower.transformer.layers."),
    ):
        model = build_model(replace(small, **change), weights).eval()
        gone = names - {name for name, _ in model.named_parameters()}
        assert gone == {name for name in names if name.startswith(missing)}
        embedding = model.encode_image(pixels)
        torch.testing.assert_close(embedding.norm(dim=-1), torch.ones(2))


def test_cached_features_of_one_level_are_not_taken_for_those_of_two(
    photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    photos, cache = PhotoDataset(photo_set, "val"), FeatureCache(tmp_path)
    torch.manual_seed(1)
    both = Trunk(TrunkConfig("mobilenet_v2", 96, 3)).eval()
    last = Trunk(TrunkConfig("mobilenet_v2", 96, 3, levels=1)).eval()
    last.load_state_dict(both.state_dict())
    of_both, of_last = (cache.tokens(trunk, photos, 96) for trunk in (both, last))
    assert of_last.shape == (8, 9, last.width)
    np.testing.assert_array_equal(of_last, of_both[:, :, -last.width :])


def test_a_text_is_read_once_and_means_the_same(small: FitConfig, weights: Path) -> None:
    tower = build_model(small, weights).eval().text_tower
    ids = torch.tensor([[101, 2304, 2103, 102], [101, 3899, 102, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    with torch.no_grad():
        plain = tower(ids, mask)
        tower.memory = StateMemory()
        first = tower(ids, mask)
        asked: list[int] = []

        def encode(ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            asked.append(len(ids))
            return torch.ones(*ids.shape, 32)

        again = tower.memory.states(ids[1:, :3], mask[1:, :3], encode)
        torch.testing.assert_close(first, plain, rtol=1e-2, atol=1e-2)
        assert not torch.allclose(first[0], first[1])
        assert asked == []
        new = torch.tensor([[101, 7, 102]])
        tower.memory.states(torch.cat([ids[:1, :3], new]), torch.ones(2, 3).long(), encode)
    # the first three tokens of a longer text are another text
    assert asked == [2]
    assert torch.equal(again[0], tower.memory.states(ids[1:, :3], mask[1:, :3], encode)[0])
    assert len(tower.memory) == 4


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


def test_entropy_is_one_where_all_regions_fit_alike() -> None:
    assert WordHeat("w", np.full((3, 3), 0.2, np.float32)).entropy == pytest.approx(1)
    peak = np.full((3, 3), -1.0, np.float32)
    peak[1, 2] = 1.0
    heat = WordHeat("w", peak)
    assert heat.entropy < 1e-3
    assert heat.best == 1.0


def test_the_page_shows_what_the_results_say() -> None:
    page = (DOCS / "experiments.md").read_text("utf-8")
    assert filled(page, DOCS / "experiments", "experiments/") == page
    for experiment in (*(e.name for e in EXPERIMENTS), "attention"):
        assert f"<!-- results: {experiment} -->" in page
        assert f"python -m training experiment {experiment} " in page


def test_a_result_gets_into_its_place_of_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, results = tmp_path / "page.md", tmp_path / "results"
    page.write_text("# A\n\n<!-- results: noise -->\nold\n<!-- end -->\n\nafter\n")
    table = (("", "recall sum"), ("10% wrong", "201.5"))
    result = ExperimentResult("noise", "python", {}, table, ("a note",), (), "p.jpg")
    result.write(results / "noise.json")
    assert ExperimentResult.read(results / "noise.json") == result
    arguments = ["experiment", "tables", "--page", str(page), "--results", str(results)]
    assert main(arguments) == 0
    text = page.read_text()
    assert "| 10% wrong | 201.5 |" in text
    assert "![noise](results/p.jpg)" in text
    assert "old" not in text
    assert text.endswith("after\n")
    assert main(arguments) == 0
    assert page.read_text() == text
    result.write(results / "nobody.json")
    assert main(arguments) == 1
    assert "no place for nobody" in capsys.readouterr().err
