"""Calibration chooses on held-out photos, and what it predicts is what the model then does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from training.__main__ import main
from training.build import build_model
from training.calibration import HUBNESS, SHARES, calibrate
from training.checkpoint import load_model, save_model
from training.config import FitConfig
from training.data.dataset import PhotoDataset
from training.evaluate import CheckpointEncoder
from training.model.matcher import MatcherConfig
from training.pretrained import text_encoder_source, tokenizer_file
from training.second_look import evaluate_again


@pytest.fixture
def checkpoint(with_heads: FitConfig, photo_set: Path, weights: Path, tmp_path: Path) -> Path:
    """A model whose matcher knows nothing and says it loudly."""
    config = replace(
        with_heads, matcher=MatcherConfig(32, 1, 2, bank=8, hubness=0.5, residual_share=0.9)
    )
    torch.manual_seed(6)
    model = build_model(config, weights, PhotoDataset(photo_set, "train").captions)
    matcher = model.matcher
    assert matcher is not None
    assert matcher.caption_bank is not None
    assert matcher.photo_bank is not None
    with torch.no_grad():
        for parameter in matcher.head.parameters():
            parameter.add_(torch.randn_like(parameter))
    dim = model.config.dim
    for bank in (matcher.caption_bank, matcher.photo_bank):
        bank.fill(torch.nn.functional.normalize(torch.randn(8, dim)), 0.1)
    folder = tmp_path / "best"
    save_model(model, tokenizer_file(text_encoder_source(config.text_encoder)), folder)
    return folder


def test_the_best_choice_is_kept_and_holds(checkpoint: Path, photo_set: Path) -> None:
    dataset = PhotoDataset(photo_set, "train")
    before = evaluate_again(CheckpointEncoder(checkpoint), dataset, 6).reranked
    choices = calibrate(checkpoint, dataset, depth=6)

    assert len(choices) == len(SHARES) * len(HUBNESS)
    sums = [choice.evaluation.recall_sum for choice in choices]
    assert sums == sorted(sums, reverse=True)
    assert sums[0] > sums[-1], "the parts weigh nothing: this test would see no mistake"
    assert sums[0] > before.recall_sum

    best = choices[0]
    matcher = load_model(checkpoint).matcher
    assert matcher is not None
    assert matcher.config.residual_share == best.residual_share
    assert matcher.config.hubness == best.hubness
    # The slow way: the matcher itself, pair by pair, with what was chosen.
    again = evaluate_again(CheckpointEncoder(checkpoint), dataset, 6).reranked
    assert again.recall_sum == pytest.approx(best.evaluation.recall_sum, abs=0.5)


def test_training_uses_the_whole_residual(checkpoint: Path) -> None:
    matcher = load_model(checkpoint).matcher
    assert matcher is not None
    parts = (
        torch.randn(3, 9, 16),
        torch.nn.functional.normalize(torch.randn(3, matcher.photo_projection.in_features)),
        torch.randn(3, 4, matcher.word_projection.in_features),
        torch.ones(3, 4, dtype=torch.long),
        torch.nn.functional.normalize(torch.randn(3, matcher.text_projection.in_features)),
    )
    for module in matcher.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    served, _ = matcher(*parts)
    trained, _ = matcher.train()(*parts)
    matcher.config = replace(matcher.config, residual_share=1.0)
    whole, _ = matcher.eval()(*parts)
    torch.testing.assert_close(trained, whole)
    assert not torch.allclose(served, whole)


def test_the_command_prints_every_choice(
    checkpoint: Path, photo_set: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--checkpoint", str(checkpoint), "--data", str(photo_set), "--split", "val"]
    assert main(["calibrate", *arguments]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(SHARES) * len(HUBNESS)


def test_a_model_without_a_matcher_is_said_plainly(
    run: Path, photo_set: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--checkpoint", str(run / "best"), "--data", str(photo_set), "--split", "val"]
    assert main(["calibrate", *arguments]) == 1
    assert "no matcher" in capsys.readouterr().err
