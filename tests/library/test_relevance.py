"""Where likely ends: on made-up distributions whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.library.likely import LikelyBar
from desktop_app.library.relevance import NEUTRAL_TEXTS, Background, least_likely_score

PHOTOS = 2000


def _crowd(
    middle: float, spread: float, fitting: int = 0, seed: int = 1, at: float = 0.55
) -> NDArray[np.float32]:
    """Scores of a query that ``fitting`` photos fit, and the others do not."""
    random = np.random.default_rng(seed)
    scores = random.normal(middle, spread, PHOTOS)
    scores[:fitting] = random.normal(at, 0.02, fitting)
    return scores.astype(np.float32)


NEUTRAL = np.stack([_crowd(0.15, 0.06, seed=seed) for seed in range(16)])
BACKGROUND = Background.of(NEUTRAL)


def test_the_background_is_that_of_a_normal_distribution() -> None:
    assert BACKGROUND.rise == pytest.approx(2.33, abs=0.15)
    assert BACKGROUND.level == pytest.approx(0.15 + 2.33 * 0.06, abs=0.01)


def test_one_neutral_text_with_a_meaning_changes_little() -> None:
    odd = NEUTRAL.copy()
    odd[3] = _crowd(0.15, 0.06, 700)
    assert Background.of(odd).level == pytest.approx(BACKGROUND.level, abs=0.01)


@pytest.mark.parametrize("fitting", [1, 20, 300, 900])
@pytest.mark.parametrize(("middle", "spread"), [(0.02, 0.1), (0.2, 0.05)])
def test_what_fits_is_likely_however_much_it_is(fitting: int, middle: float, spread: float) -> None:
    scores = _crowd(middle, spread, fitting)
    likely = scores >= least_likely_score(scores, BACKGROUND)
    assert likely[:fitting].mean() > 0.95
    assert likely[fitting:].mean() < 0.04


def test_where_nothing_fits_next_to_nothing_is_likely() -> None:
    scores = _crowd(0.02, 0.08)
    assert (scores >= least_likely_score(scores, BACKGROUND)).mean() < 0.002


def test_the_bar_moves_with_the_scale_of_the_model() -> None:
    scores = _crowd(0.1, 0.08, 20)
    flat = least_likely_score(scores, BACKGROUND)
    halved = least_likely_score(scores / 2, Background.of(NEUTRAL / 2))
    assert halved == pytest.approx(flat / 2, abs=1e-4)


def test_a_mixed_query_has_no_level() -> None:
    scores = _crowd(-0.2, 0.02, 20, at=0.0)
    least = least_likely_score(scores, BACKGROUND, is_mixed=True)
    assert (scores >= least)[:20].all()
    assert least_likely_score(scores, BACKGROUND) > 0.2


def test_a_person_moves_the_bar() -> None:
    scores = _crowd(0.1, 0.08, 20)
    bars = [
        least_likely_score(scores, BACKGROUND, strictness=strictness) for strictness in (-1, 0, 1)
    ]
    assert bars[1] == least_likely_score(scores, BACKGROUND)
    assert bars == pytest.approx([bars[1] - 0.12, bars[1], bars[1] + 0.12], abs=0.01)
    counts = [int((scores >= bar).sum()) for bar in bars]
    assert counts[0] > counts[1] > counts[2]


def test_equal_scores_do_no_harm() -> None:
    same = np.full((3, 5), 0.2, np.float32)
    assert least_likely_score(same[0], Background.of(same)) == pytest.approx(0.2, abs=1e-4)


class _Library:
    def __init__(self) -> None:
        self.vectors = np.zeros((0, 8), np.float32)
        self.seq = 0
        self.sampled = 0

    def grow(self, count: int) -> None:
        rows = np.random.default_rng(self.seq).normal(size=(count, 8)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        self.vectors = np.concatenate([self.vectors, rows])
        self.seq += count

    def sample(self, limit: int) -> NDArray[np.float32]:
        self.sampled += 1
        return self.vectors[:limit]


def test_the_library_is_measured_anew_when_it_has_changed() -> None:
    library = _Library()
    neutral = np.eye(8, dtype=np.float32)
    bar = LikelyBar(library.sample, lambda: library.seq, lambda: neutral)
    query = np.eye(8, dtype=np.float32)[0]
    assert bar.least_score(query, is_text=True) == -1
    library.grow(100)
    first = bar.least_score(query, is_text=True)
    assert 0 < first < 1
    assert bar.least_score(query, is_text=False) < 1
    library.grow(5)
    assert bar.least_score(query, is_text=True) == first
    assert library.sampled == 2
    library.grow(50)
    bar.least_score(query, is_text=True)
    assert library.sampled == 3


def test_the_first_few_photos_are_measured() -> None:
    library = _Library()
    seq = 0
    bar = LikelyBar(library.sample, lambda: seq, lambda: np.eye(8, dtype=np.float32))
    query = np.eye(8, dtype=np.float32)[0]
    assert bar.least_score(query, is_text=False) == -1
    library.grow(5)
    seq = 1  # one batch
    assert bar.least_score(query, is_text=False) > -1


def test_one_photo_is_a_library() -> None:
    library = _Library()
    library.grow(1)
    bar = LikelyBar(library.sample, lambda: 1, lambda: library.vectors)
    for is_text in (True, False):
        assert bar.least_score(library.vectors[0], is_text=is_text) <= 1.0001


def test_a_slider_is_told_how_the_library_scores() -> None:
    library = _Library()
    library.grow(500)
    bar = LikelyBar(library.sample, lambda: 500, lambda: np.eye(8, dtype=np.float32))
    query = np.eye(8, dtype=np.float32)[0]
    picture = bar.picture(query, is_text=True)
    scores = library.vectors @ query
    assert picture.likely_from == bar.least_score(query, is_text=True)
    assert picture.photos == sum(picture.counts) == 500
    assert (picture.lowest, picture.highest) == pytest.approx((scores.min(), scores.max()))
    width = (picture.highest - picture.lowest) / len(picture.counts)
    first = int((scores < picture.lowest + width).sum())
    assert abs(picture.counts[0] - first) <= 1  # on the edge of a bin
    assert (
        picture.neutral_level
        == Background.of(np.eye(8, dtype=np.float32) @ library.vectors.T).level
    )
    strict = bar.picture(query, is_text=True, strictness=1)
    assert strict.likely_from == bar.least_score(query, is_text=True, strictness=1)
    assert strict.likely_from > picture.likely_from
    assert strict.counts == picture.counts


def test_an_empty_library_has_a_picture_too() -> None:
    bar = LikelyBar(_Library().sample, lambda: 0, lambda: np.eye(8, dtype=np.float32))
    assert bar.picture(np.eye(8, dtype=np.float32)[0], is_text=True).photos == 0


def test_neutral_texts_differ() -> None:
    assert len(set(NEUTRAL_TEXTS)) == len(NEUTRAL_TEXTS) >= 12
