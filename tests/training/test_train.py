"""Real training for a few seconds: it learns, goes on where it stopped, and says how it went."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.training.conftest import make_trainer
from training.__main__ import main
from training.config import FitConfig, StageConfig
from training.data.dataset import PhotoDataset
from training.evaluate import evaluate, open_encoder
from training.train import Trainer


def metrics_of(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


def test_training_learns_photos_it_has_not_seen(run: Path, photo_set: Path) -> None:
    evaluation = evaluate(open_encoder(run), PhotoDataset(photo_set, "val"))
    assert (evaluation.photos, evaluation.captions) == (8, 16)
    # chance is 12.5 %; a CNN that was never trained gives no more from so few photos
    assert evaluation.text_to_image.recall[1] >= 31.25
    assert evaluation.image_to_text.recall[1] >= 31.25
    assert evaluation.text_to_image.recall[1] + evaluation.image_to_text.recall[1] >= 75


def test_metrics_show_the_failure_signs(run: Path) -> None:
    lines = metrics_of(run)
    assert [line["stage"] for line in lines] == ["frozen"] * 12 + ["finetune"]
    assert lines[11]["contrastive"] < lines[0]["contrastive"] / 2
    last = lines[-1]
    assert sum(last["kernel_weights"].values()) == pytest.approx(1)
    assert all(0 < entropy <= 1 for entropy in last["attention_entropy"])
    assert last["validation"]["text_to_image"]["median_rank"] >= 1
    frozen, tuned = lines[0]["gradient_norms"], last["gradient_norms"]
    assert not any("trunks" in part or "encoder" in part for part in frozen)
    for part in ("image_tower.trunks", "text_tower.encoder", "image_tower.transformer"):
        assert any(name.startswith(part) and norm > 0 for name, norm in tuned.items()), part


def test_finetuning_changes_every_layer_of_every_tower(
    config: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    # a step of AdamW is as large as its rate, so this one can be seen in every weight
    only = StageConfig("finetune", 1, 1e-3, 1e-3, 1e-3, batch_size=20, warm_up_epochs=0)
    trainer = make_trainer(replace(config, stages=(only,)), photo_set, weights, tmp_path / "run")
    before = {k: v.clone() for k, v in trainer._model.named_parameters()}
    trainer.fit()
    unchanged = [k for k, v in trainer._model.named_parameters() if torch.equal(v, before[k])]
    # words that no caption uses are only decayed, which rounds to nothing for zero rows
    assert unchanged == []


class Interrupted(Trainer):
    """Stops like Ctrl+C in the fourth epoch."""

    def _log(self, stage: StageConfig, epoch: int, *rest: Any) -> None:
        if epoch == 3:
            raise KeyboardInterrupt
        super()._log(stage, epoch, *rest)


def test_a_resumed_run_ends_like_an_uninterrupted_one(
    config: FitConfig, photo_set: Path, weights: Path, run: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    with pytest.raises(KeyboardInterrupt):
        make_trainer(config, photo_set, weights, folder, Interrupted).fit()
    assert len(metrics_of(folder)) == 3
    make_trainer(config, photo_set, weights, folder).fit()
    resumed, whole = metrics_of(folder), metrics_of(run)
    assert [line["epoch"] for line in resumed] == [line["epoch"] for line in whole]
    assert resumed[-1]["loss"] == pytest.approx(whole[-1]["loss"], rel=0.02)


def test_the_command_line_evaluates(
    run: Path, photo_set: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--model", str(run / "best"), "--data", str(photo_set), "--split", "val"]
    assert main(["evaluate", *arguments, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {"photos", "captions", "text_to_image", "image_to_text"}
    assert set(result["text_to_image"]) == {"R@1", "R@5", "R@10", "median_rank", "mean_rank"}
    assert main(["evaluate", "--model", str(photo_set), "--data", str(photo_set)]) == 1
    assert "no checkpoint" in capsys.readouterr().err


def test_bad_data_is_said_plainly(
    photo_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match="no photos of the split"):
        PhotoDataset(photo_set, "nonsense")
    (tmp_path / "metadata.jsonl").write_text('{"captions": []}\n')
    with pytest.raises(ValueError, match="line 1"):
        PhotoDataset(tmp_path)
    recipe = tmp_path / "recipe.json"
    recipe.write_text('{"trunks": [], "stages": [], "text_encoder": "x", "typo": 1}')
    common = ["--data", str(photo_set), "--weights", str(tmp_path), "--run", str(tmp_path / "r")]
    assert main(["fit", "--config", str(recipe), *common]) == 1
    assert "typo" in capsys.readouterr().err
