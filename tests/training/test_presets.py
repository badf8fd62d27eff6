"""Every recipe trains for seconds on real photos and finds photos that it has not seen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import ViTConfig, ViTModel

from tests.training.conftest import write_photos
from training.__main__ import main
from training.config import FitConfig, StageConfig
from training.data.dataset import PhotoDataset
from training.data.splits import assign, split_keys
from training.fit import PRESETS
from training.model.compact_tokens import CompactConfig
from training.model.matcher import MatcherConfig
from training.model.multi_kernel import KernelConfig
from training.model.recurrent import RecurrentConfig
from training.model.trunk import TrunkConfig

SIZE = 96


def metrics_of(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


def preset(name: str) -> FitConfig:
    return FitConfig.load(PRESETS / f"{name}.json")


def shrunk(config: FitConfig, text_encoder: str, stages: list[StageConfig]) -> FitConfig:
    """The recipe on small, never trained towers; losses and stages stay what they are."""
    return replace(
        config,
        trunks=(TrunkConfig("mobilenet_v2", SIZE, 3),),
        text_encoder=text_encoder,
        stages=tuple(stages),
        kernels=tuple(
            KernelConfig(k.kind, 32, k.initial_weight, k.bandwidth) for k in config.kernels
        ),
        width=32,
        feature_width=48,
        dropout=0.0,
        ema_decay=min(config.ema_decay, 0.5),
        image_size=SIZE,
    )


def fit(config: FitConfig, photo_set: Path, weights: Path, folder: Path, *more: str) -> Path:
    recipe, run = folder / "recipe.json", folder / "run"
    recipe.write_text(config.to_json())
    arguments = ["--config", str(recipe), "--data", str(photo_set), "--weights", str(weights)]
    arguments += ["--cache", str(folder / "cache"), "--device", "cpu"]
    assert main(["fit", *arguments, "--run", str(run), *more]) == 0
    assert (run / "report.html").is_file()
    return run


def quick(stage: StageConfig, epochs: int, rate: float, **more: Any) -> StageConfig:
    values = {"batch_size": 8, "micro_batch": 0, "drop_words": 0.0, "warm_up_epochs": 1.0, **more}
    return replace(stage, epochs=epochs, learning_rate=rate, **values)


def text_recall(run: Path, k: int = 1) -> float:
    """Of the best epoch, which is the one that is kept; chance is 12.5 %."""
    lines = [line for line in metrics_of(run) if "validation" in line]
    return max(line["validation"]["text_to_image"][f"R@{k}"] for line in lines)


def test_every_recipe_can_be_read_and_says_what_its_source_says() -> None:
    names = sorted(path.stem for path in PRESETS.glob("*.json"))
    assert {
        "paper",
        "contrastive",
        "hard-negative",
        "single-responsibility",
        "bert-vit",
    } <= set(names)
    for name in names:
        assert FitConfig.from_json(preset(name).to_json()) == preset(name)
    paper = preset("paper")
    (stage,) = paper.stages
    assert (stage.kind, stage.optimizer, stage.schedule) == ("match", "sgd", "plateau")
    assert (stage.learning_rate, stage.batch_size, stage.epochs) == (0.001, 64, 100)
    assert paper.shares == "70/15/15"
    assert {s.loss for s in preset("hard-negative").stages} == {"triplet"}
    assert {(s.loss, s.optimizer) for s in preset("bert-vit").stages} == {("cosine", "adam")}
    for name in ("single-responsibility", "single-responsibility-stated"):
        assert [s.kind for s in preset(name).stages] == ["texts", "images", "map"]


def paper(epochs: int) -> FitConfig:
    config = preset("paper")
    # a run of seconds has a hundredth of the steps, so each is larger
    stage = quick(config.stages[0], epochs, 0.1, trunk_rate=0.0, text_rate=0.1)
    return replace(
        shrunk(config, "gru", [stage]),
        recurrent=RecurrentConfig("gru", 16, 32),
        compact=CompactConfig(3, 16),
        matcher=MatcherConfig(32, 1, 2, 0.0),
    )


def test_paper(demo_photos: dict[str, Path], weights: Path, tmp_path: Path) -> None:
    # a matcher that begins with nothing needs more photos than the other recipes
    write_photos(tmp_path / "photos", demo_photos, {"train": 20, "val": 1})
    # by the splits of the set, so that no two validation photos are of one picture
    run = fit(replace(paper(12), shares=None), tmp_path / "photos", weights, tmp_path)
    lines = metrics_of(run)
    assert lines[-1]["match_error"] < lines[0]["match_error"] * 0.7
    assert max(line["match_accuracy"] for line in lines) > 0.7
    assert text_recall(run) >= 37.5
    assert (run / "best" / "tokenizer.json").read_text().count("astronaut") == 1


def test_paper_splits_the_photos_anew(photo_set: Path, weights: Path, tmp_path: Path) -> None:
    config = replace(paper(1), shares="50/50")
    run = fit(config, photo_set, weights, tmp_path)
    whole = PhotoDataset(photo_set)
    assigned = assign(split_keys(whole), {"train": 0.5, "val": 0.5}, config.seed)
    (line,) = metrics_of(run)
    assert line["validation"]["photos"] == assigned.count("val")
    assert assigned.count("val") > len(PhotoDataset(photo_set, "val"))


@pytest.mark.parametrize("name", ["contrastive", "sigmoid", "hard-negative"])
def test_losses_between_pairs(
    name: str, small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    config = preset(name)
    stage = quick(config.stages[0], 10, 3e-3, text_rate=1e-3, batch_size=4)
    run = fit(shrunk(config, small.text_encoder, [stage]), photo_set, weights, tmp_path)
    # several crops of a picture in one batch are wrong negatives, which the hardest one is most
    assert text_recall(run) >= (37.5 if name == "hard-negative" else 50)


def test_bert_vit(small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path) -> None:
    config = preset("bert-vit")
    vit = ViTConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        image_size=SIZE,
        patch_size=16,
        initializer_range=0.2,
    )
    torch.manual_seed(2)
    ViTModel(vit).save_pretrained(tmp_path / "vit")
    stage = quick(config.stages[0], 8, 3e-3, text_rate=1e-3, batch_size=4)
    config = replace(
        shrunk(config, small.text_encoder, [stage]),
        trunks=(replace(config.trunks[0], name=str(tmp_path / "vit"), input_size=SIZE, grid=6),),
    )
    run = fit(config, photo_set, weights, tmp_path)
    assert text_recall(run) >= 50
    assert str(tmp_path) not in (run / "best" / "model.json").read_text()


def test_single_responsibility(
    small: FitConfig, photo_set: Path, labelled_folder: Path, weights: Path, tmp_path: Path
) -> None:
    config = preset("single-responsibility")
    texts, images, across = config.stages
    stages = [
        quick(texts, 15, 3e-3, text_rate=2e-3),
        quick(images, 8, 2e-3, views=2, smallest_crop=0.7),
        quick(across, 15, 5e-3, batch_size=4),
    ]
    config = shrunk(config, small.text_encoder, stages)
    run = fit(config, photo_set, weights, tmp_path, "--labelled", str(labelled_folder))
    lines = metrics_of(run)
    by_kind = {kind: [x for x in lines if x["stage"] == kind] for kind in ("texts", "images")}
    assert by_kind["texts"][-1]["R@1"] >= 60  # chance is 6.7 %
    assert max(line["R@1"] for line in by_kind["images"]) >= 37.5  # chance is 12.5 %
    assert text_recall(run) >= 37.5
    trained = set(lines[-1]["gradient_norms"])
    assert trained == {"linear_map.weight", "linear_map.bias", "log_temperature"}

    # the map alone again, on the features that are there already
    (tmp_path / "again").mkdir()
    cached = sorted(path.name for path in (tmp_path / "cache").iterdir())
    again = fit(
        config,
        photo_set,
        weights,
        tmp_path / "again",
        *("--start", str(run), "--stages", "map", "--cache", str(tmp_path / "cache")),
    )
    assert [line["stage"] for line in metrics_of(again)] == ["map"] * 15
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == cached
    assert sum(line["seconds"] for line in metrics_of(again)) < 60


def test_an_unknown_stage_is_said_plainly(
    small: FitConfig, photo_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--preset", "contrastive", "--data", str(photo_set), "--weights", str(tmp_path)]
    assert main(["fit", *arguments, "--run", str(tmp_path / "r"), "--stages", "nonsense"]) == 1
    assert "frozen, finetune" in capsys.readouterr().err
