"""Optimizers, schedules, early stopping, accumulation, and several processes as one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.distributed as dist
import torch.multiprocessing as processes
import torch.nn.functional as F

from tests.training.conftest import make_stages, make_trainer
from training.build import build_model
from training.config import FitConfig, StageConfig
from training.data.dataset import PhotoDataset
from training.early_stopping import EarlyStopping
from training.losses import info_nce
from training.optimizer import build_optimizer
from training.process_group import ProcessGroup
from training.schedule import build_schedule
from training.stages.pairs import PairStage


def a_weight() -> list[tuple[float, list[torch.nn.Parameter], bool]]:
    return [(0.1, [torch.nn.Parameter(torch.ones(2, 2))], True)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("sgd", torch.optim.SGD), ("adam", torch.optim.Adam), ("adamw", torch.optim.AdamW)],
)
def test_the_stage_chooses_the_optimizer(name: Any, kind: type[torch.optim.Optimizer]) -> None:
    stage = StageConfig("s", 1, 0.1, optimizer=name, momentum=0.5)
    optimizer = build_optimizer(stage, a_weight(), 0.01)
    assert type(optimizer) is kind
    assert optimizer.param_groups[0]["lr"] == 0.1
    assert optimizer.param_groups[0].get("momentum", 0.5) == 0.5


def test_plateau_lowers_the_rate_when_the_score_stands_still() -> None:
    stage = StageConfig(
        "s", 9, 0.1, optimizer="sgd", schedule="plateau", plateau_patience=2, plateau_factor=0.5
    )
    optimizer = build_optimizer(stage, a_weight(), 0.0)
    schedule = build_schedule(stage, optimizer, 10)
    rates = []
    for score in (1.0, 2.0, 2.0, 1.9, 2.0, 3.0):
        schedule.after_step()
        schedule.after_epoch(score)
        rates.append(optimizer.param_groups[0]["lr"])
    assert rates == pytest.approx([0.1, 0.1, 0.1, 0.1, 0.05, 0.05])


def test_early_stopping_counts_from_the_best() -> None:
    stopping = EarlyStopping(2)
    assert [stopping.sees(s) for s in (1, 3, 2, 4, 4, 3.9)] == [False] * 5 + [True]
    never = EarlyStopping(0)
    assert not any(never.sees(s) for s in (3, 2, 1, 0, 0, 0))


def test_a_stage_ends_early_and_stays_ended(
    small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    # a rate of nothing: no epoch is better than the first
    only = StageConfig("s", 9, 1e-12, batch_size=20, patience=2)
    config = replace(small, stages=(only,))
    for _ in range(2):
        make_trainer(config, photo_set, weights, tmp_path / "run").fit()
        lines = (tmp_path / "run" / "metrics.jsonl").read_text().splitlines()
        assert [json.loads(line)["epoch"] for line in lines] == [1, 2, 3]


def test_accumulated_steps_are_the_mean_of_their_batches(
    small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    only = StageConfig(
        "s",
        1,
        0.1,
        batch_size=48,
        keep_tokens=1.0,
        accumulate=2,
        optimizer="sgd",
        momentum=0.0,
        schedule="constant",
        warm_up_epochs=0,
    )
    config = replace(small, stages=(only,), dropout=0.0, clip_norm=1e9, weight_decay=0.0)
    trainer = make_trainer(config, photo_set, weights, tmp_path / "run")
    model = build_model(config, weights)
    stage = make_stages(config, photo_set, tmp_path / "cache").build(only, model)
    groups = stage.parameters()
    model.train()
    for batch in stage.batches(0):
        stage.backward(batch)  # gradients add up
    expected = {
        name: parameter.detach() - 0.1 * parameter.grad / 2
        for name, parameter in model.named_parameters()
        if parameter.grad is not None
    }
    assert sum(len(parameters) for _, parameters, _ in groups) == len(expected)
    trainer.fit()
    for name, parameter in trainer._model.named_parameters():
        if name in expected:
            torch.testing.assert_close(parameter.detach(), expected[name], rtol=1e-3, atol=1e-4)


class Towers(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(7)
        self.photo, self.text = torch.nn.Linear(6, 4), torch.nn.Linear(5, 4)
        self.unused = torch.nn.Linear(2, 2)
        self.temperature = torch.nn.Parameter(torch.tensor(0.2))


def joint_batch() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(9)
    photos, texts = (torch.randn(n, w, generator=generator) for n, w in ((5, 6), (8, 5)))
    return photos, texts, torch.tensor([0, 0, 1, 2, 2, 3, 3, 4])


def gradients_of(
    towers: Towers,
    photos: torch.Tensor,
    texts: torch.Tensor,
    owners: torch.Tensor,
    group: ProcessGroup,
) -> dict[str, torch.Tensor]:
    seen = group.gather(F.normalize(towers.photo(photos), dim=-1))
    read = group.gather(F.normalize(towers.text(texts), dim=-1))
    info_nce(seen, read, group.gather_owners(owners, len(photos)), towers.temperature).backward()
    group.average_gradients(towers)
    return {n: p.grad.clone() for n, p in towers.named_parameters() if p.grad is not None}


def one_process(rank: int, folder: str) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo", f"file://{folder}/store", rank=rank, world_size=2)
    group = ProcessGroup(rank, 2)
    photos, texts, owners = joint_batch()
    towers = Towers()
    if rank == 1:
        with torch.no_grad():
            towers.photo.weight.add_(1)
    group.share_model(towers)
    # parts of unequal size: 2 photos with 3 texts, 3 photos with 5 texts
    part = (slice(0, 2), slice(0, 3)) if rank == 0 else (slice(2, 5), slice(3, 8))
    own = owners[part[1]] - (0 if rank == 0 else 2)
    found = gradients_of(towers, photos[part[0]], texts[part[1]], own, group)
    shared = group.share({"from": rank})
    torch.save({"gradients": found, "shared": shared}, f"{folder}/{rank}.pt")
    dist.barrier()
    dist.destroy_process_group()


def test_two_processes_have_the_gradient_of_one_with_both_batches(tmp_path: Path) -> None:
    processes.spawn(one_process, (str(tmp_path),), nprocs=2)
    whole = gradients_of(Towers(), *joint_batch(), ProcessGroup())
    for rank in range(2):
        found = torch.load(tmp_path / f"{rank}.pt", weights_only=True)
        assert found["shared"] == {"from": 0}
        for name, gradient in whole.items():
            torch.testing.assert_close(found["gradients"][name], gradient)
        assert not found["gradients"]["unused.weight"].any()


def test_shards_are_equal_and_together_everything(photo_set: Path) -> None:
    photos = PhotoDataset(photo_set, "train")
    shards = [ProcessGroup(rank, 3).shard(photos) for rank in range(3)]
    assert [len(shard) for shard in shards] == [32, 32, 32]
    files = [photo.file for shard in shards for photo in shard.photos]
    assert len(set(files)) == 96
    assert set(files) == {photo.file for photo in photos.photos}
    assert ProcessGroup().shard(photos) is photos


def test_a_stage_in_a_group_of_one_is_unchanged_by_it(
    small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    only = StageConfig("s", 1, 1e-3, batch_size=20, loss="siglip")
    stages = make_stages(small, photo_set, tmp_path)
    with pytest.raises(ValueError, match="sigmoid_bias"):
        stages.build(only, build_model(small, weights))
    model = build_model(replace(small, sigmoid_bias=True), weights)
    stage = stages.build(only, model)
    assert isinstance(stage, PairStage)
    stage.parameters()
    losses = stage.backward(next(stage.batches(0)))
    assert losses["loss"] > 0
    assert model.sigmoid_bias is not None
    assert model.sigmoid_bias.grad is not None
