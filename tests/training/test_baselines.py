"""Baselines: their arithmetic against slow twins, and each of them trained for seconds."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from desktop_app.inference.tokenizer import Tokenizer
from tests.training.conftest import SIZE
from training.baselines.albef import Albef, distilled
from training.baselines.baseline import Baseline, Encoded
from training.baselines.build import (
    baseline_tokenizer,
    build_baseline,
    load_baseline,
    save_baseline,
)
from training.baselines.config import (
    PRESETS,
    AlbefConfig,
    BaselineConfig,
    DeviseConfig,
    ScanConfig,
    VseConfig,
)
from training.baselines.encoder import BaselineEncoder
from training.baselines.scan import Scan, relevance
from training.baselines.stage import BaselineStages
from training.baselines.word_gru import WordGru
from training.baselines.word_vectors import learn_word_vectors
from training.build import build_model
from training.config import FitConfig, StageConfig
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.losses import hinge_rank, triplet_of
from training.model.trunk import TrunkConfig
from training.ranking import by_cosine, looked_again
from training.stages.pair_losses import PairLoss
from training.train import Trainer
from training.word_tokenizer import word_tokenizer

SYSTEMS = ("vse++", "scan", "devise", "albef")
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> FeatureCache:
    return FeatureCache(tmp_path_factory.mktemp("cache"))


def preset(system: str, kind: str = "small") -> BaselineConfig:
    return BaselineConfig.load(PRESETS / kind / f"{system}.json")


def shrunk(system: str, text_encoder: str, **stage: Any) -> BaselineConfig:
    """The small recipe on a never trained CNN; losses and optimizers stay what they are."""
    config = preset(system)
    shapes = {
        "vse++": VseConfig(32, 16),
        "scan": ScanConfig(32, 16),
        "devise": DeviseConfig(24),
        "albef": AlbefConfig(
            text_encoder, 32, 1, 2, 16, 16, 1, 0.0, 16, 0.9, distillation_warm_up=20, look_again=4
        ),
    }
    values = {"epochs": 12, "learning_rate": 3e-3, "batch_size": 4, "measure_every": 4, **stage}
    return replace(
        config,
        trunk=TrunkConfig("mobilenet_v2", SIZE, 3),
        shape=shapes[system],
        stages=(replace(config.stages[-1], **values),),
        image_size=SIZE,
        least_count=1,
    )


def built(config: BaselineConfig, photo_set: Path, weights: Path, folder: Path) -> Baseline:
    captions = PhotoDataset(photo_set, "train").captions
    return build_baseline(
        config, weights, captions, baseline_tokenizer(config, captions, folder)
    ).eval()


def fit(
    config: BaselineConfig, photo_set: Path, weights: Path, run: Path, cache: FeatureCache
) -> list[dict[str, Any]]:
    """Train; returns the lines of the log."""
    train, validation = (PhotoDataset(photo_set, split) for split in ("train", "val"))
    tokenizer = baseline_tokenizer(config, train.captions, run)
    model = build_baseline(config, weights, train.captions, tokenizer)
    stages = BaselineStages(config, tokenizer, train, validation, cache, CPU)
    Trainer(config, model, stages, run, CPU).fit()
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_baseline_learns_and_finds_photos_that_it_has_not_seen(
    system: str,
    small: FitConfig,
    photo_set: Path,
    weights: Path,
    tmp_path: Path,
    cache: FeatureCache,
) -> None:
    more = {"text_rate": 1e-3} if system == "albef" else {}
    run = tmp_path / "run"
    lines = fit(shrunk(system, small.text_encoder, **more), photo_set, weights, run, cache)
    assert lines[-1]["loss"] < lines[0]["loss"]
    best = max(line["score"] for line in lines)
    # chance: R@1, R@5, R@10 of 8 photos are 12.5, 62.5, 100
    assert best >= 2 * (37.5 + 75 + 100)

    # the checkpoint gives the same again, and from pixels what bfloat16 leaves of it
    validation = PhotoDataset(photo_set, "val")
    encoder = BaselineEncoder.open(run / "best")
    cached = torch.from_numpy(np.array(cache.tokens(encoder.model.trunk, validation, SIZE)))
    with torch.no_grad():
        photos = encoder.model.photos(cached.float())
    ranked = encoder.ranked(photos, encoder.read(validation.captions))
    again = ranked.evaluation(validation.caption_owners).recall_sum
    assert again == pytest.approx(best, abs=0.1)
    pixels = np.stack([validation.pixels(row, SIZE) for row in range(len(validation))])
    assert float((encoder.see(pixels).vectors * photos.vectors).sum(1).mean()) > 0.97
    assert ranked.photos.shape[1] == ranked.texts.shape[1]
    np.testing.assert_allclose(np.linalg.norm(ranked.photos, axis=1), 1, rtol=1e-5)


def test_a_stopped_run_goes_on(
    small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path, cache: FeatureCache
) -> None:
    once = shrunk("devise", "", epochs=4, measure_every=2)
    two = replace(once, stages=(once.stages[0], replace(once.stages[0], name="more")))
    whole = fit(two, photo_set, weights, tmp_path / "whole", cache)
    assert [line["stage"] for line in whole] == ["frozen"] * 2 + ["more"] * 2
    fit(once, photo_set, weights, tmp_path / "parts", cache)
    parts = fit(two, photo_set, weights, tmp_path / "parts", cache)
    assert [line["loss"] for line in parts] == pytest.approx([line["loss"] for line in whole])


def test_the_trunk_can_be_trained_too(
    photo_set: Path, weights: Path, tmp_path: Path, cache: FeatureCache
) -> None:
    config = shrunk("vse++", "", epochs=1, trunk_rate=1e-3, learning_rate=1e-3, measure_every=1)
    before = built(config, photo_set, weights, tmp_path / "words").trunk.state_dict()
    fit(config, photo_set, weights, tmp_path / "run", cache)
    after = load_baseline(tmp_path / "run" / "best").trunk.state_dict()
    moved = [name for name in before if not torch.equal(before[name], after[name])]
    assert any(name.endswith("weight") for name in moved)
    assert not any("running_" in name for name in moved)


def test_every_recipe_says_what_its_paper_says() -> None:
    for kind in ("small", "paper"):
        for system in SYSTEMS:
            config = preset(system, kind)
            assert config.system == system
            assert BaselineConfig.from_json(config.to_json()) == config
    vse, scan, devise, albef = (preset(system, "paper") for system in SYSTEMS)
    for config in (vse, scan):
        first = config.stages[0]
        assert (first.loss, first.margin, first.optimizer) == ("triplet", 0.2, "adam")
        assert (first.learning_rate, first.batch_size, config.clip_norm) == (2e-4, 128, 2.0)
    assert scan.shape == ScanConfig(1024, 300, "words", 9.0, "log_sum_exp", 6.0)
    assert devise.stages[0].margin == 0.1
    assert isinstance(albef.shape, AlbefConfig)
    assert (albef.shape.queue, albef.shape.momentum, albef.shape.distillation) == (
        65536,
        0.995,
        0.4,
    )
    with pytest.raises(ValueError, match="another system"):
        replace(vse, system="scan")
    with pytest.raises(ValueError, match="one caption"):
        replace(albef, captions_per_photo=2)
    with pytest.raises(ValueError, match="not a baseline"):
        BaselineConfig.from_json('{"system": "vse++", "nonsense": 1}')


def slow_relevance(
    query: list[torch.Tensor], context: list[torch.Tensor], softness: float
) -> list[float]:
    """R of every query, sum by sum as the paper prints it."""
    near = [[max(0.0, float(c @ q)) for c in context] for q in query]
    found = []
    for j, q in enumerate(query):
        weights = []
        for i in range(len(context)):
            norm = math.sqrt(sum(near[other][i] ** 2 for other in range(len(query))))
            weights.append(math.exp(softness * near[j][i] / norm) if norm else 1.0)
        attended = sum(w * c for w, c in zip(weights, context, strict=True)) / sum(weights)
        found.append(float(F.cosine_similarity(q, attended, dim=0)))
    return found


def test_stacked_attention_is_the_slow_one() -> None:
    torch.manual_seed(1)
    words, regions = (F.normalize(torch.randn(3, n, 6), dim=-1) for n in (5, 4))
    lengths = [5, 2, 3]
    is_word = torch.arange(5) < torch.tensor(lengths)[:, None]
    is_region = torch.ones(3, 4, dtype=torch.bool)
    words_ask = relevance(words, regions, is_word, is_region, 9.0)
    regions_ask = relevance(regions, words, is_region, is_word, 4.0)
    for text, length in enumerate(lengths):
        own = list(words[text, :length])
        for photo in range(3):
            slow = slow_relevance(own, list(regions[photo]), 9.0)
            assert words_ask[photo, text, :length].tolist() == pytest.approx(slow, abs=1e-5)
            slow = slow_relevance(list(regions[photo]), own, 4.0)
            assert regions_ask[text, photo].tolist() == pytest.approx(slow, abs=1e-5)


@torch.no_grad()
@pytest.mark.parametrize("asks", ["words", "regions"])
@pytest.mark.parametrize("pooling", ["log_sum_exp", "mean"])
def test_scan_pools_what_is_there(asks: Any, pooling: Any) -> None:
    torch.manual_seed(2)
    shape = ScanConfig(8, 4, asks, 9.0, pooling, 6.0)
    trunk = TrunkConfig("mobilenet_v2", SIZE, 2)
    config = BaselineConfig("scan", trunk, shape, (StageConfig("x", 1, 1e-3),))
    model = Scan(config, shape, 20).eval()
    ids = torch.tensor([[5, 6, 7, 8], [9, 4, 0, 0]])
    mask = (ids > 0).long()
    texts = model.texts(ids, mask)
    photos = model.photos(torch.randn(3, 4, model.trunk.width))
    scores = model.scores(texts, photos)
    assert scores.shape == (2, 3)
    assert texts.parts is not None
    assert photos.parts is not None
    for text, length in enumerate((4, 2)):
        for photo in range(3):
            words, regions = list(texts.parts[text, :length]), list(photos.parts[photo])
            query, context = (words, regions) if asks == "words" else (regions, words)
            found = slow_relevance(query, context, 9.0)
            expected = (
                sum(found) / len(found)
                if pooling == "mean"
                else math.log(sum(math.exp(6 * r) for r in found)) / 6
            )
            assert float(scores[text, photo]) == pytest.approx(expected, abs=1e-5)


def test_triplets_are_the_slow_ones() -> None:
    torch.manual_seed(8)
    scores, owners = torch.rand(5, 3), [0, 0, 1, 2, 2]
    all_of = hardest = 0.0
    for c, owner in enumerate(owners):
        own = float(scores[c, owner])
        to_photos = [max(0.0, 0.2 + float(scores[c, p]) - own) for p in range(3) if p != owner]
        to_texts = [
            max(0.0, 0.2 + float(scores[d, owner]) - own)
            for d, other in enumerate(owners)
            if other != owner
        ]
        all_of += (sum(to_photos) / len(to_photos) + sum(to_texts) / len(to_texts)) / 5
        hardest += (max(to_photos) + max(to_texts)) / 5
    found = triplet_of(scores, torch.tensor(owners), 0.2, hardest=False)
    assert float(found) == pytest.approx(all_of, rel=1e-5)
    assert float(triplet_of(scores, torch.tensor(owners), 0.2)) == pytest.approx(hardest, rel=1e-5)


def test_our_own_model_can_take_all_negatives_too(small: FitConfig, weights: Path) -> None:
    torch.manual_seed(9)
    photos, texts = (F.normalize(torch.randn(n, 4), dim=-1) for n in (3, 5))
    owners = torch.tensor([0, 0, 1, 2, 2])
    loss = PairLoss(StageConfig("x", 1, 1e-3, loss="hinge"), build_model(small, weights))
    expected = triplet_of(texts @ photos.T, owners, 0.2, hardest=False)
    torch.testing.assert_close(loss(photos, texts, owners), expected)


def test_padding_changes_no_state() -> None:
    torch.manual_seed(3)
    for both_ways in (False, True):
        gru = WordGru(20, 4, 6, both_ways).eval()
        alone = gru(torch.tensor([[5, 6]]), torch.tensor([[1, 1]]))
        ids = torch.tensor([[5, 6, 0, 0], [7, 8, 9, 4]])
        states, last = gru(ids, (ids > 0).long())
        torch.testing.assert_close(states[0, :2], alone[0][0])
        torch.testing.assert_close(last[0], alone[1][0])
        assert states.shape == (2, 4, 6)


def test_hinge_rank_is_the_slow_one() -> None:
    torch.manual_seed(4)
    photos, texts = (F.normalize(torch.randn(n, 4), dim=-1) for n in (3, 5))
    owners = [0, 1, 1, 2, 0]
    slow = 0.0
    for c, owner in enumerate(owners):
        own = float(photos[owner] @ texts[c])
        for j, other in enumerate(owners):
            if other != owner:
                slow += max(0.0, 0.1 - own + float(photos[owner] @ texts[j]))
    fast = hinge_rank(photos, texts, torch.tensor(owners), 0.1)
    assert float(fast) == pytest.approx(slow / 5, rel=1e-5)


def test_words_in_the_same_company_have_near_vectors(tmp_path: Path) -> None:
    captions = [
        f"a {animal} {verb} on the {place}"
        for animal in ("dog", "puppy")
        for verb in ("runs", "jumps", "sleeps")
        for place in ("grass", "lawn")
    ] + [f"red {car} in {town} traffic" for car in ("car", "truck") for town in ("city", "town")]
    path = tmp_path / "tokenizer.json"
    tokenizer = word_tokenizer(captions, 1)
    tokenizer.save(str(path))
    count = tokenizer.get_vocab_size()
    vectors = learn_word_vectors(captions, Tokenizer(path, 48), count, 6, 3)
    again = learn_word_vectors(captions, Tokenizer(path, 48), count, 6, 3)
    torch.testing.assert_close(vectors, again)

    def near(one: str, two: str) -> float:
        first, second = (vectors[tokenizer.token_to_id(word)] for word in (one, two))
        return float(first @ second)

    assert near("dog", "puppy") > 0.9
    assert near("car", "truck") > 0.9
    assert abs(near("dog", "car")) < 0.2
    assert vectors[:4].abs().sum() == 0
    wide = learn_word_vectors(captions, Tokenizer(path, 48), count, 100, 3)
    assert wide.shape == (count, 100)
    with pytest.raises(ValueError, match="beside each other"):
        learn_word_vectors(["dog", "puppy"], Tokenizer(path, 48), count, 6, 3)


@pytest.fixture
def albef(small: FitConfig, photo_set: Path, weights: Path, tmp_path: Path) -> Albef:
    model = built(shrunk("albef", small.text_encoder), photo_set, weights, tmp_path)
    assert isinstance(model, Albef)
    return model


def test_the_momentum_model_follows_slowly(albef: Albef) -> None:
    torch.manual_seed(5)
    before = {n: p.clone() for n, p in albef.momentum_towers.named_parameters()}
    with torch.no_grad():
        for parameter in albef.towers.parameters():
            parameter.add_(torch.randn_like(parameter))
    albef.follow()
    now = dict(albef.towers.named_parameters())
    for name, slow in albef.momentum_towers.named_parameters():
        expected = [
            0.9 * old + 0.1 * new
            for old, new in zip(
                before[name].flatten().tolist(), now[name].flatten().tolist(), strict=True
            )
        ]
        assert slow.flatten().tolist() == pytest.approx(expected, abs=1e-5)
        assert not slow.requires_grad


def test_distilled_contrast_is_the_slow_one() -> None:
    torch.manual_seed(6)
    mine, slow = (F.normalize(torch.randn(2, 4), dim=-1) for _ in range(2))
    others = F.normalize(torch.randn(5, 4), dim=-1)
    expected = 0.0
    for row in range(2):
        logits = [float(mine[row] @ other) / 0.2 for other in others]
        thought = [math.exp(float(slow[row] @ other) / 0.2) for other in others]
        for column, logit in enumerate(logits):
            target = 0.3 * thought[column] / sum(thought) + (0.7 if column == row else 0.0)
            share = math.exp(logit) / sum(math.exp(x) for x in logits)
            expected -= target * math.log(share) / 2
    found = distilled(mine, slow, others, torch.tensor(0.2), 0.3)
    assert float(found) == pytest.approx(expected, rel=1e-5)


def test_the_queue_holds_the_last_batches(albef: Albef) -> None:
    albef.train()
    stage = albef.config.stages[0]
    width = albef.trunk.width
    last = torch.zeros(6, 16)
    for step in range(1, 4):
        tokens = torch.randn(6, 9, width)
        ids = torch.randint(1000, 2000, (6, 5))
        albef.losses(tokens, ids, torch.ones_like(ids), torch.arange(6), stage)
        assert int(albef.queued) == min(16, 6 * step)
        newest = albef.momentum_towers.photo(tokens)[1]
        torch.testing.assert_close(albef.photo_queue[:6], newest, rtol=0.05, atol=0.02)
        if step > 1:
            assert torch.equal(albef.photo_queue[6:12], last)
        last = albef.photo_queue[:6].clone()
    assert int(albef.steps) == 3


def test_the_second_look_reads_pairs_and_not_their_padding(albef: Albef) -> None:
    photos = albef.photos(torch.randn(2, 9, albef.trunk.width))
    short = albef.texts(torch.tensor([[101, 2304, 102]]), torch.ones(1, 3).long())
    ids = torch.tensor([[101, 2304, 102, 0, 0]])
    padded = albef.texts(ids, (ids > 0).long())
    with torch.no_grad():
        one = albef.judge(short[[0, 0]], photos)
        two = albef.judge(padded[[0, 0]], photos)
    torch.testing.assert_close(one, two, rtol=1e-4, atol=1e-4)
    assert abs(float(one[0] - one[1])) > 1e-6


def test_momentum_and_queues_come_back_with_the_checkpoint(
    albef: Albef, small: FitConfig, tmp_path: Path
) -> None:
    albef.photo_queue.normal_()
    tokenizer = Path(small.text_encoder) / "tokenizer.json"
    save_baseline(albef, tokenizer, tmp_path / "best")
    again = load_baseline(tmp_path / "best")
    for name, value in albef.state_dict().items():
        assert torch.equal(again.state_dict()[name], value)
    own = sum(p.numel() for p in albef.momentum_towers.parameters())
    assert albef.answering() == sum(p.numel() for p in albef.parameters()) - own
    with pytest.raises(FileNotFoundError, match="no checkpoint"):
        load_baseline(tmp_path)


def test_hits_of_the_second_look_stand_before_all_others() -> None:
    rng = np.random.default_rng(0)
    photos, texts = (
        rows / np.linalg.norm(rows, axis=1, keepdims=True)
        for rows in (rng.normal(size=(n, 4)).astype(np.float32) for n in (6, 9))
    )
    first = by_cosine(photos, texts)
    truth = rng.normal(size=(6, 9)).astype(np.float32)

    def judge(photo_rows: Any, text_rows: Any) -> Any:
        return truth[photo_rows, text_rows]

    again = looked_again(first, judge, 3)
    for query in range(9):
        best = np.argsort(-first.to_photos[query])[:3]
        expected = sorted(best, key=lambda photo: -truth[photo, query])
        order = np.argsort(-again.to_photos[query])
        assert order[:3].tolist() == expected
        behind = [p for p in np.argsort(-first.to_photos[query]) if p not in best]
        assert order[3:].tolist() == behind
    for query in range(6):
        best = np.argsort(-first.to_texts[query])[:3]
        expected = sorted(best, key=lambda text: -truth[query, text])
        assert np.argsort(-again.to_texts[query])[:3].tolist() == expected
    # an oracle puts every answer right that the first look has among its best
    owners = np.arange(9) % 6

    def oracle(photo_rows: Any, text_rows: Any) -> Any:
        return (owners[text_rows] == photo_rows).astype(np.float32)

    perfect = looked_again(first, oracle, 9).evaluation(owners)
    assert perfect.recall_sum == pytest.approx(600)


def test_joined_parts_are_padded() -> None:
    some = [
        Encoded(torch.ones(2, 3), torch.ones(2, n, 4), torch.ones(2, n, dtype=torch.bool))
        for n in (1, 3)
    ]
    joined = Encoded.joined(some)
    assert joined.parts is not None
    assert joined.is_part is not None
    assert joined.parts.shape == (4, 3, 4)
    assert joined.is_part.sum(1).tolist() == [1, 1, 3, 3]
    assert Encoded.joined([Encoded(torch.ones(2, 3))] * 2).parts is None
