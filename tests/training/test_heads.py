"""Matcher, captioner, compact tokens and the second look, against what they promise."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training.data.vocabulary import CaptionTokens
from training.model.captioner import END, PADDING, START, Captioner, CaptionerConfig
from training.model.compact_tokens import CompactConfig, CompactTokens
from training.model.inception_v3 import _PooledConvolution
from training.model.matcher import Matcher, MatcherConfig
from training.model.query_bank import QueryBank
from training.model.trunk import to_grid
from training.rerank import score_again


@pytest.fixture
def matcher() -> Matcher:
    torch.manual_seed(4)
    matcher = Matcher(MatcherConfig(16, 2, 2), region_width=6, text_width=10, embedding_dim=8)
    with torch.no_grad():
        for parameter in matcher.parameters():  # also what starts at zero
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return matcher.eval()


def pair(count: int, words: int) -> tuple[torch.Tensor, ...]:
    photos, texts = (torch.nn.functional.normalize(torch.randn(count, 8)) for _ in range(2))
    states, mask = torch.randn(count, words, 10), torch.ones(count, words, dtype=torch.long)
    return torch.rand(count, 9, 6) * 2 - 1, photos, states, mask, texts


def test_padding_never_changes_a_match(matcher: Matcher) -> None:
    regions, photos, states, mask, texts = pair(3, 5)
    whole, seen = matcher(regions, photos, states, mask, texts)
    padded = torch.cat([states, torch.randn(3, 4, 10) * 50], 1)
    mask = torch.nn.functional.pad(mask, (0, 4))
    again, seen_again = matcher(regions, photos, padded, mask, texts)
    torch.testing.assert_close(again, whole)
    torch.testing.assert_close(seen_again[:, :5], seen)
    assert seen.shape == (3, 5, 9)


def test_each_pair_is_judged_alone(matcher: Matcher) -> None:
    parts = pair(4, 5)
    together, _ = matcher(*parts)
    alone = [matcher(*(part[n : n + 1] for part in parts))[0] for n in range(4)]
    torch.testing.assert_close(together, torch.cat(alone))


def test_an_untrained_matcher_ranks_like_retrieval() -> None:
    torch.manual_seed(0)
    matcher = Matcher(MatcherConfig(16, 1, 2), 6, 10, 8).eval()
    with torch.no_grad():
        matcher.late_scale.zero_()
    regions, photos, states, mask, texts = pair(6, 4)
    logits, _ = matcher(regions, photos, states, mask, texts)
    cosine = (photos * texts).sum(-1)
    assert logits.argsort().tolist() == cosine.argsort().tolist()


def test_what_is_near_to_everything_counts_less() -> None:
    """The correction against its formula, and a hub that loses its place to the right photo."""
    torch.manual_seed(2)
    bank = QueryBank(3, 4)
    rows = torch.nn.functional.normalize(torch.randn(2, 4))
    bank.fill(rows, 0.1)  # fewer than the bank has rows: they repeat
    assert torch.equal(bank.bank, rows[[0, 1, 0]])
    asked = torch.nn.functional.normalize(torch.randn(1, 4))
    cosines = [float((asked[0] * row).sum()) for row in bank.bank]
    slow = 0.1 * np.log(np.mean([np.exp(cosine / 0.1) for cosine in cosines]))
    assert float(bank(asked)[0]) == pytest.approx(slow, abs=1e-5)

    matcher = Matcher(MatcherConfig(16, 1, 2, bank=8, hubness=1.0), 6, 10, 8).eval()
    with torch.no_grad():
        matcher.late_scale.zero_()
    texts = torch.eye(8)
    hub = torch.nn.functional.normalize(torch.ones(1, 8) + 0.2 * texts[:1])
    right = torch.nn.functional.normalize(0.3 * texts[:1] - 0.3 * texts[1:].sum(0))
    regions, _, states, mask, _ = pair(2, 4)
    pairs = (regions, torch.cat([hub, right]), states, mask, texts[:1].expand(2, -1))
    assert matcher(*pairs)[0].argmax() == 0
    assert matcher.caption_bank is not None
    matcher.caption_bank.fill(texts, 0.05)
    assert matcher(*pairs)[0].argmax() == 1


def test_a_later_word_never_changes_what_was_said_before() -> None:
    torch.manual_seed(5)
    config = CaptionerConfig(tuple(range(20)), width=16, depth=2, heads=2, longest=10)
    captioner = Captioner(config, region_width=6, embedding_dim=8).eval()
    regions, seen = torch.rand(2, 9, 6), torch.randn(2, 8)
    tokens = torch.randint(3, 23, (2, 7))
    before = captioner(regions, seen, tokens)
    changed = tokens.clone()
    changed[:, 4] = (changed[:, 4] - 2) % 20 + 3
    after = captioner(regions, seen, changed)
    torch.testing.assert_close(after[:, :4], before[:, :4])
    assert not torch.allclose(after[:, 4:], before[:, 4:])
    assert not torch.allclose(captioner(None, seen, tokens), before)


def test_compact_tokens_lay_every_grid_over_the_same_photo() -> None:
    compact = CompactTokens((4, 2), 3, CompactConfig(grid=2, width=5))
    context = torch.zeros(1, 16 + 4, 3)
    # row 1, column 2 of the 4 x 4 grid lies in the upper right region, number 1
    changed = context.clone()
    changed[0, 1 * 4 + 2] = torch.tensor([1.0, -2.0, 3.0])
    moved = (compact(changed) - compact(context)).abs().sum(-1)[0]
    assert moved[1] > 0
    assert moved[[0, 2, 3]].max() == 0
    changed = context.clone()
    changed[0, 16 + 1] = torch.tensor([1.0, -2.0, 3.0])  # the same place on the 2 x 2 grid
    moved = (compact(changed) - compact(context)).abs().sum(-1)[0]
    assert moved[1] > 0
    assert moved[[0, 2, 3]].max() == 0
    assert compact(torch.randn(2, 20, 3) * 100).abs().max() <= 1


def test_averaging_cells_and_a_one_by_one_convolution_change_places() -> None:
    torch.manual_seed(1)
    level = torch.randn(2, 6, 7, 7)
    convolution = torch.nn.Conv2d(6, 4, 1)
    torch.testing.assert_close(
        to_grid(convolution(level), 3), convolution(to_grid(level, 3)), rtol=1e-4, atol=1e-5
    )
    cell = to_grid(level, 3)[0, 0, 1, 2]  # stride 2, kernel 3: rows 2-4, columns 4-6
    torch.testing.assert_close(cell, level[0, 0, 2:5, 4:7].mean())


class _Letters:
    """Stands where the tokenizer does: a letter is a token."""

    def encode(self, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        ids = np.array([[100, *map(ord, text), 101] for text in texts], np.int64)
        return ids, np.ones_like(ids)


def test_caption_tokens_begin_end_and_leave_out_rare_words() -> None:
    tokens = CaptionTokens(_Letters(), [ord("b"), ord("a")], longest=4)  # type: ignore[arg-type]
    encoded = tokens.encode(["ab", "x", "abab"])
    assert encoded.tolist() == [
        [START, 4, 3, END, PADDING],
        [START, PADDING, PADDING, PADDING, PADDING],
        [START, 4, 3, 4, END],
    ]


def slow_rank(scores: list[float], judged: list[float], own: set[int], depth: int) -> int:
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    first = sorted(order[:depth], key=lambda n: -judged[n])
    whole = first + order[depth:]
    return 1 + min(whole.index(n) for n in own)


def test_the_second_look_is_the_slow_one() -> None:
    rng = np.random.default_rng(8)
    photos = rng.standard_normal((20, 6)).astype(np.float32)
    owners = np.sort(rng.integers(0, 20, 50))  # some photos have no caption
    texts = (photos[owners] + 2 * rng.standard_normal((50, 6))).astype(np.float32)
    judgement = rng.standard_normal((20, 50)).astype(np.float32)

    def judge(photo_rows: np.ndarray, text_rows: np.ndarray) -> np.ndarray:
        return judgement[photo_rows, text_rows]

    found = score_again(photos, texts, owners, judge, depth=7)
    scores = texts @ photos.T
    to_image = [
        slow_rank(scores[c].tolist(), judgement[:, c].tolist(), {int(owners[c])}, 7)
        for c in range(50)
    ]
    to_text = [
        slow_rank(scores[:, p].tolist(), judgement[p].tolist(), set(np.flatnonzero(owners == p)), 7)
        for p in np.unique(owners)
    ]
    for metrics, ranks in ((found.text_to_image, to_image), (found.image_to_text, to_text)):
        for k in (1, 5, 10):
            assert metrics.recall[k] == pytest.approx(100 * np.mean([r <= k for r in ranks]))
        assert metrics.median_rank == np.median(ranks)


def test_the_moved_average_pool_is_pooling_before_the_convolution() -> None:
    torch.manual_seed(6)
    moved = _PooledConvolution(12, 5, 1)
    with torch.no_grad():
        moved.bn.running_mean.uniform_(-1, 1)
        moved.bn.running_var.uniform_(0.5, 2)
    moved.eval()
    x = torch.randn(2, 12, 7, 7)
    before = torch.nn.functional.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    expected = moved.bn(moved.conv(before)).relu()
    torch.testing.assert_close(moved(x), expected, rtol=1e-4, atol=1e-5)


def test_attention_entropy_of_the_matcher_tells_uniform_maps(matcher: Matcher) -> None:
    parts = pair(3, 5)
    entropies = matcher.attention_entropy(*parts)
    assert len(entropies) == 2
    assert all(0 < entropy <= 1.0001 for entropy in entropies)
    with torch.no_grad():
        matcher.layers[0].words_to_regions.query.weight.zero_()
        matcher.layers[0].words_to_regions.query.bias.zero_()
    assert matcher.attention_entropy(*parts)[0] == pytest.approx(1)
