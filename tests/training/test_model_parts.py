"""The towers' parts: shapes, sources of weights, attention."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import ResNetConfig, ResNetModel

from training.data.augment import augment_photos
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.ema import WeightAverage
from training.model.trunk import Trunk, TrunkConfig, load_trunk_weights
from training.model.vision_transformer import SelfAttention, VisionTransformer


@pytest.mark.parametrize(
    ("name", "size", "grid", "width"),
    [("mobilenet_v2", 96, 3, 576 + 1280), ("inception_v3", 128, 2, 768 + 1280)],
)
def test_trunks_give_tokens_of_both_levels(name: str, size: int, grid: int, width: int) -> None:
    trunk = Trunk(TrunkConfig(name, size, grid)).eval()
    with torch.no_grad():
        tokens = trunk(torch.rand(2, 3, 64, 64))
    assert tokens.shape == (2, grid * grid, width) == (2, trunk.tokens, trunk.width)
    assert torch.isfinite(tokens).all()


def test_any_cnn_of_the_hub_is_a_trunk(tmp_path: Path) -> None:
    tiny = ResNetConfig(embedding_size=8, hidden_sizes=[8, 16], depths=[1, 1], layer_type="basic")
    ResNetModel(tiny).save_pretrained(tmp_path)
    trunk = Trunk(TrunkConfig(str(tmp_path), 64, 4)).eval()
    assert trunk(torch.rand(1, 3, 64, 64)).shape == (1, 16, 8 + 16)


def test_weights_that_do_not_fit_are_refused(weights: Path) -> None:
    trunk = Trunk(TrunkConfig("inception_v3", 128, 2))
    with pytest.raises(RuntimeError, match="Missing key"):
        load_trunk_weights(trunk, weights / "mobilenet_v2.safetensors")


def test_attention_is_the_formula() -> None:
    torch.manual_seed(0)
    attention = SelfAttention(12, 3)
    x = torch.randn(2, 5, 12)
    query, key, value = attention.query_key_value(x).chunk(3, -1)
    mixed = []
    for head in range(3):
        part = slice(head * 4, head * 4 + 4)
        scores = query[..., part] @ key[..., part].transpose(1, 2) / 2.0
        mixed.append(scores.softmax(-1) @ value[..., part])
        torch.testing.assert_close(attention.weights(x)[:, head], scores.softmax(-1))
    torch.testing.assert_close(attention(x), attention.output(torch.cat(mixed, -1)))


def test_attention_entropy_tells_uniform_maps() -> None:
    transformer = VisionTransformer(6, 8, 1, 2, 16, 0.0)
    tokens = torch.randn(4, 6, 8)
    assert 0 < transformer.attention_entropy(tokens)[0] <= 1
    with torch.no_grad():
        transformer.layers[0].attention.query_key_value.weight.zero_()
    assert transformer.attention_entropy(tokens)[0] == pytest.approx(1)


def test_kept_tokens_keep_their_positions() -> None:
    transformer = VisionTransformer(6, 8, 0, 2, 16, 0.0).eval()
    tokens = torch.randn(1, 6, 8)
    whole = transformer(tokens)
    torch.testing.assert_close(transformer(tokens, torch.tensor([4, 1])), whole[:, [4, 1]])


def test_features_are_cached_until_the_weights_change(photo_set: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    trunk = Trunk(TrunkConfig("mobilenet_v2", 96, 3)).eval()
    dataset, cache = PhotoDataset(photo_set, "val"), FeatureCache(tmp_path)
    first = cache.tokens(trunk, dataset, 96)
    with torch.no_grad():
        pixels = torch.from_numpy(dataset.pixels(2, 96))[None]
        direct = trunk(pixels)[0].numpy()
    assert abs(first[2].astype("f4") - direct).max() < 0.05 * abs(direct).max()
    assert len(list(tmp_path.iterdir())) == 1
    assert (cache.tokens(trunk, dataset, 96) == first).all()
    assert len(list(tmp_path.iterdir())) == 1
    with torch.no_grad():
        next(trunk.parameters()).add_(1)
    cache.tokens(trunk, dataset, 96)
    assert len(list(tmp_path.iterdir())) == 2


def test_augmentation_keeps_shape_and_range_and_repeats_with_its_seed() -> None:
    photos = torch.rand(6, 3, 32, 32)
    one, two = (augment_photos(photos, 0.5, torch.Generator().manual_seed(4)) for _ in range(2))
    assert torch.equal(one, two)
    assert one.shape == photos.shape
    assert 0 <= float(one.min()) <= float(one.max()) <= 1
    assert not torch.allclose(one, photos, atol=0.1)


def test_weight_average_is_the_recurrence_and_swaps_back() -> None:
    model = torch.nn.Linear(3, 2)
    average = WeightAverage(model, 0.9)
    expected = model.weight.detach().clone()
    for step in range(5):
        with torch.no_grad():
            model.weight.add_(float(step))
        average.update(model)
        expected = 0.9 * expected + 0.1 * model.weight.detach()
    trained = model.weight.detach().clone()
    average.swap(model)
    torch.testing.assert_close(model.weight.detach(), expected)
    average.swap(model)
    torch.testing.assert_close(model.weight.detach(), trained)
