"""What an experiment varies, and that it varies nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.build import build_model
from training.config import FitConfig, StageConfig
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.experiments.ablation import ABLATION
from training.experiments.changed_captions import captioned_rows, with_share, with_wrong
from training.experiments.kernels import KERNELS, beside_linear, equal
from training.experiments.low_resource import stretched
from training.experiments.material import Material
from training.fit import PRESETS
from training.model.state_memory import StateMemory
from training.model.trunk import Trunk, TrunkConfig


@pytest.fixture
def material(photo_set: Path) -> Material:
    return Material(PhotoDataset(photo_set, "train"), PhotoDataset(photo_set, "val"))


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
