"""Each kind of stage learns what it is for, and its shortcuts change nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.training.conftest import CAPTIONS, make_stages, make_trainer
from training.build import build_model
from training.config import FitConfig, StageConfig
from training.data.caption_groups import CaptionGroup
from training.data.class_captions import LabelCaptions
from training.data.dataset import PhotoDataset
from training.data.source import PhotoSource
from training.stages.pairs import PairStage
from training.train import Trainer


def metrics_of(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def labelled(labelled_folder: Path) -> PhotoSource:
    return LabelCaptions(PhotoDataset(labelled_folder))


def test_texts_learn_which_captions_are_of_one_photo(
    small: FitConfig,
    photo_set: Path,
    weights: Path,
    groups: list[CaptionGroup],
    tmp_path: Path,
) -> None:
    only = StageConfig("texts", 30, 2e-3, text_rate=1e-3, batch_size=8, kind="texts")
    trainer = make_trainer(
        replace(small, stages=(only,), dropout=0.0),
        photo_set,
        weights,
        tmp_path / "run",
        groups=groups,
    )
    before = {k: v.clone() for k, v in trainer._model.named_parameters()}
    trainer.fit()
    lines = metrics_of(tmp_path / "run")
    assert lines[-1]["contrastive"] < lines[0]["contrastive"] / 2
    # each of 16 captions asks the 15 others: chance is 6.7 %
    assert lines[-1]["R@1"] >= 70
    for name, parameter in trainer._model.named_parameters():
        if name.startswith("image"):
            assert torch.equal(parameter, before[name]), name


def test_stages_say_what_they_lack(
    small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    stages = make_stages(small, photo_set, tmp_path)
    model = build_model(small, weights)
    with pytest.raises(ValueError, match="--captions"):
        stages.build(StageConfig("t", 1, 1e-3, kind="texts"), model)
    with pytest.raises(ValueError, match="--labelled"):
        stages.build(StageConfig("p", 1, 1e-3, labelled=4), model)


@pytest.mark.parametrize("trunk_rate", [0.0, 1e-5])
def test_labelled_photos_join_every_batch(
    small: FitConfig,
    photo_set: Path,
    weights: Path,
    labelled: PhotoSource,
    tmp_path: Path,
    trunk_rate: float,
) -> None:
    stages = make_stages(small, photo_set, tmp_path, labelled)
    only = StageConfig("both", 1, 1e-3, trunk_rate, batch_size=8, labelled=3)
    stage = stages.build(only, build_model(small, weights))
    batches = list(stage.batches(0))
    assert len(batches) == stage.steps() == 12
    for batch in batches:
        rows = batch.photos if batch.tokens is None else batch.tokens[0]
        assert (batch.tokens is None) == (trunk_rate > 0)
        assert len(rows) == 11
        of_labels = [c for c, o in zip(batch.captions, batch.owners, strict=True) if o >= 8]
        assert set(batch.owners.tolist()) == set(range(11))
        assert not {c for known in CAPTIONS.values() for c in known}.intersection(of_labels)


def _first_ranks(validation: dict[str, Any]) -> float:
    return float(validation["text_to_image"]["R@1"] + validation["image_to_text"]["R@1"])


def test_pairs_and_heads_learn_to_look_again_and_to_speak(
    with_heads: FitConfig,
    photo_set: Path,
    weights: Path,
    groups: Sequence[CaptionGroup],
    tmp_path: Path,
) -> None:
    stages = (
        StageConfig(
            "pairs", 8, 2e-3, text_rate=1e-3, batch_size=8, match_loss=0.5, caption_loss=0.5
        ),
        StageConfig(
            "heads", 6, 2e-3, batch_size=8, kind="heads", views=2, match_loss=1, caption_loss=1
        ),
    )
    folder = tmp_path / "run"
    make_trainer(
        replace(with_heads, stages=stages), photo_set, weights, folder, groups=groups
    ).fit()
    lines = metrics_of(folder)
    pairs, heads = lines[:8], lines[8:]
    assert [line["stage"] for line in lines] == ["pairs"] * 8 + ["heads"] * 6
    for name in ("contrastive", "match", "caption"):
        assert pairs[-1][name] < pairs[0][name] * 0.8, name
    for name in ("caption", "text_caption"):
        assert heads[-1][name] < heads[0][name], name
    towers = {part for part in heads[-1]["gradient_norms"] if "tower" in part}
    assert towers == {"image_tower.compact_tokens"}
    assert any(part.startswith("matcher") for part in heads[-1]["gradient_norms"])
    validation = max((line["validation"] for line in heads), key=_first_ranks)
    assert _first_ranks(validation) >= 62.5  # chance is 25


class InterruptedInHeads(Trainer):
    """Stops like Ctrl+C in the second epoch of the second stage."""

    def _log(self, stage: StageConfig, epoch: int, *rest: Any) -> None:
        if stage.kind == "heads" and epoch == 1:
            raise KeyboardInterrupt
        super()._log(stage, epoch, *rest)


def test_a_run_goes_on_in_the_middle_of_a_later_stage(
    with_heads: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    stages = (
        StageConfig("pairs", 1, 2e-3, batch_size=20, match_loss=0.5),
        StageConfig("heads", 3, 1e-3, batch_size=20, kind="heads", match_loss=1),
    )
    config = replace(with_heads, stages=stages)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    make_trainer(config, photo_set, weights, whole).fit()
    with pytest.raises(KeyboardInterrupt):
        make_trainer(config, photo_set, weights, broken, InterruptedInHeads).fit()
    assert [line["stage"] for line in metrics_of(broken)] == ["pairs", "heads"]
    views = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").glob("view-*")}
    assert views
    make_trainer(config, photo_set, weights, broken).fit()
    # the towers are the same ones: what they see of the photos was not computed again
    assert views == {p: p.stat().st_mtime_ns for p in (tmp_path / "cache").glob("view-*")}
    expected, found = metrics_of(whole), metrics_of(broken)
    assert [(x["stage"], x["epoch"]) for x in found] == [(x["stage"], x["epoch"]) for x in expected]
    assert found[-1]["match"] == pytest.approx(expected[-1]["match"], rel=0.05)


def test_gradient_caching_gives_the_gradients_of_one_pass(
    with_heads: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    only = StageConfig("tune", 1, 1e-3, 1e-4, 1e-4, batch_size=20, keep_tokens=1.0)
    model = build_model(with_heads, weights, ["a cat"])
    stages = make_stages(with_heads, photo_set, tmp_path)
    gradients = []
    for micro_batch in (0, 7):
        stage = stages.build(replace(only, micro_batch=micro_batch), model)
        assert isinstance(stage, PairStage)
        stage.parameters()
        model.eval()  # no dropout: the two ways must agree
        model.zero_grad()
        stage.backward(next(stage.batches(0)))
        first = next(iter(model.image_tower.trunks.parameters()))
        assert first.grad is not None
        gradients.append(first.grad.clone())
    difference = (gradients[0] - gradients[1]).norm() / gradients[0].norm()
    assert float(difference) < 0.05  # bfloat16
