"""Parts that a configuration may choose instead of the usual ones."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import MobileNetV2Config, MobileNetV2Model, ViTConfig, ViTModel

from desktop_app.inference.tokenizer import Tokenizer
from training.build import build_model, tokenizer_of
from training.checkpoint import load_model, save_model
from training.config import FitConfig
from training.model.multi_kernel import (
    KernelConfig,
    ProjectedWeights,
    combine,
    project_to_simplex,
)
from training.model.recurrent import RecurrentConfig, RecurrentEncoder
from training.model.trunk import Trunk, TrunkConfig
from training.model.vision_transformer import VisionTransformer
from training.word_tokenizer import word_tokenizer


@pytest.mark.parametrize("kind", ["rnn", "gru"])
def test_padding_changes_nothing_for_a_recurrent_encoder(kind: str) -> None:
    torch.manual_seed(0)
    encoder = RecurrentEncoder(RecurrentConfig(kind, 8, 12, layers=2, words=30)).eval()
    ids = torch.randint(4, 30, (3, 6))
    mask = torch.ones_like(ids)
    mask[1, 4:] = 0
    states = encoder(ids, mask).last_hidden_state
    assert states.shape == (3, 6, 12)
    alone = encoder(ids[1:2, :4], mask[1:2, :4]).last_hidden_state
    torch.testing.assert_close(states[1:2, :4], alone)
    other = ids.clone()
    other[0, 5] = (ids[0, 5] - 3) % 26 + 4
    moved = encoder(other, mask).last_hidden_state
    assert not torch.allclose(moved[0, 0], states[0, 0])  # both directions are read


def test_the_backward_direction_reads_from_the_last_word() -> None:
    torch.manual_seed(0)
    encoder = RecurrentEncoder(RecurrentConfig("gru", 4, 6, words=9)).eval()
    ids = torch.tensor([[3, 5, 7]])
    states = encoder(ids, torch.ones_like(ids)).last_hidden_state
    x = encoder.words(ids)
    slow = torch.cat([encoder.forwards[0](x)[0], encoder.backwards[0](x.flip(1))[0].flip(1)], -1)
    torch.testing.assert_close(states, slow)


def test_own_vocabulary_knows_frequent_words_whatever_the_order(tmp_path: Path) -> None:
    captions = ["A red dog.", "a red house", "a cat", "a dog"]
    tokenizer = word_tokenizer(captions, least_count=2)
    assert tokenizer.get_vocab_size() == 4 + 3
    assert tokenizer.encode("a RED cat").tokens == ["[CLS]", "a", "red", "[UNK]", "[SEP]"]
    assert word_tokenizer(captions[::-1], 2).get_vocab() == tokenizer.get_vocab()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    ids, mask = Tokenizer(tmp_path / "tokenizer.json", 4).encode(["a dog a dog a dog", "a"])
    assert ids.shape == (2, 4)
    assert mask.sum(1).tolist() == [4, 3]


def test_a_recurrent_model_comes_back_from_its_checkpoint(
    small: FitConfig, weights: Path, tmp_path: Path
) -> None:
    config = replace(
        small, recurrent=RecurrentConfig("rnn", 8, 12, least_count=1), class_token=True
    )
    config = replace(config, kernel_simplex="projection", linear_map=True, sigmoid_bias=True)
    config = FitConfig.from_json(config.to_json())
    tokenizer = tokenizer_of(config, ["a cat", "a dog"], tmp_path)
    model = build_model(config, weights, (), tokenizer).eval()
    save_model(model, tokenizer, tmp_path / "best")
    again = load_model(tmp_path / "best")
    ids = torch.tensor([[2, 4, 5, 3]])
    photos = torch.rand(1, 3, 96, 96)
    with torch.no_grad():
        mask = torch.ones_like(ids)
        torch.testing.assert_close(again.encode_text(ids, mask), model.encode_text(ids, mask))
        torch.testing.assert_close(again.encode_image(photos), model.encode_image(photos))


@pytest.mark.parametrize("kind", ["cnn", "vit"])
def test_a_trunk_of_the_hub_needs_no_hub_to_come_back(kind: str, tmp_path: Path) -> None:
    torch.manual_seed(1)
    if kind == "cnn":
        shape = MobileNetV2Config(depth_multiplier=0.1, image_size=64)
        MobileNetV2Model(shape).save_pretrained(tmp_path / "hub")
    else:
        vit = ViTConfig(
            hidden_size=16,
            num_hidden_layers=3,
            num_attention_heads=2,
            intermediate_size=32,
            image_size=64,
            patch_size=16,
        )
        ViTModel(vit).save_pretrained(tmp_path / "hub")
    trunk = Trunk(TrunkConfig(str(tmp_path / "hub"), 64, 4, levels=3)).eval()
    assert len(trunk.channels) == 3
    assert trunk.config.name == "hub"
    photos = torch.rand(2, 3, 64, 64)
    with torch.no_grad():
        tokens = trunk(photos)
        assert tokens.shape == (2, 16, trunk.width)
        # through JSON, as in a checkpoint, and without the folder
        stored = json.loads(json.dumps(trunk.config.architecture))
        (tmp_path / "hub" / "config.json").unlink()
        again = Trunk(replace(trunk.config, architecture=stored)).eval()
        again.load_state_dict(trunk.state_dict())
        torch.testing.assert_close(again(photos), tokens)


def test_patches_keep_their_place_in_a_hub_vision_transformer() -> None:
    vit = ViTConfig(
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        image_size=32,
        patch_size=8,
    )
    trunk = Trunk(TrunkConfig("x", 32, 4, 2, architecture=_described(vit))).eval()
    photos = torch.zeros(1, 3, 32, 32)
    changed = photos.clone()
    changed[..., 8:16, 24:32] = 1  # row 1, column 3
    with torch.no_grad():
        # the lower level comes before any attention
        moved = (trunk(changed) - trunk(photos))[0, :, :8].abs().sum(-1)
    assert moved.nonzero().flatten().tolist() == [1 * 4 + 3]


def _described(config: ViTConfig) -> dict[str, object]:
    described: dict[str, object] = json.loads(config.to_json_string(use_diff=False))
    return described


def test_too_many_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="levels"):
        Trunk(TrunkConfig("mobilenet_v2", 64, 2, levels=3))
    one = Trunk(TrunkConfig("mobilenet_v2", 64, 2, levels=1)).eval()
    assert one(torch.rand(1, 3, 64, 64)).shape == (1, 4, 1280)


def test_the_simplex_projection_is_the_nearest_point() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        point = rng.standard_normal(3)
        found = project_to_simplex(torch.from_numpy(point)).numpy()
        assert found.min() >= 0
        assert found.sum() == pytest.approx(1)
        others = rng.dirichlet(np.ones(3) * 0.5, 4000)
        distances = ((others - point) ** 2).sum(1)
        assert ((found - point) ** 2).sum() <= distances.min() + 1e-9


def test_classical_weights_stay_on_the_simplex_and_can_come_back() -> None:
    kernels = tuple(KernelConfig("gaussian", 8, 1.0, 0.5 + n) for n in range(5))
    weights = ProjectedWeights(kernels)
    torch.testing.assert_close(weights(), torch.full((5,), 0.2))
    optimizer = torch.optim.SGD(weights.parameters(), 0.05)
    parts = torch.nn.functional.normalize(torch.randn(5, 4, 8), dim=-1)
    for wanted in (0, 3):
        for _ in range(60):
            optimizer.zero_grad()
            embedding = combine(list(parts), weights())
            (1 - embedding[:, 8 * wanted : 8 * wanted + 8].norm(dim=1)).mean().backward()
            optimizer.step()
            weights.project()
        alpha = weights().detach()
        assert float(alpha.sum()) == pytest.approx(1, abs=1e-5)
        assert float(alpha.min()) >= weights.floor * 0.99
        assert int(alpha.argmax()) == wanted
        assert torch.isfinite(weights.weights.grad).all()


def test_the_class_token_is_read_and_lies_nowhere() -> None:
    torch.manual_seed(0)
    transformer = VisionTransformer(6, 8, 1, 2, 16, 0.0, class_token=True).eval()
    tokens = torch.randn(2, 6, 8)
    context = transformer(tokens, torch.tensor([4, 1]))
    assert context.shape == (2, 3, 8)
    torch.testing.assert_close(transformer.summary(context), context[:, 0])
    assert transformer.places(transformer(tokens)).shape == (2, 6, 8)
    context[0, 0].sum().backward()
    assert transformer.class_token is not None
    assert transformer.class_token.grad is not None
