"""Word vectors out of captions: positive pointwise mutual information, factored.

DeViSE needs vectors of words that were learned from text alone. Levy and Goldberg (2014) show that
skip-gram with negative sampling factors the matrix of pointwise mutual information of words and
their company; Levy, Goldberg and Dagan (2015) that factoring its positive part by a truncated
singular value decomposition, with smoothed counts and weights of U sqrt(S), does as well on small
corpora. That is what is done here, in seconds, with torch's randomised decomposition.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from desktop_app.inference.tokenizer import Tokenizer

_SPECIAL = 4
"""Padding, unknown, beginning and end: the first ids, which are no words."""
_SMOOTHING = 0.75
"""Power of the counts of company, so that rare words are not overrated (Levy et al. 2015)."""
_CHUNK = 10_000


def learn_word_vectors(
    captions: Sequence[str], tokenizer: Tokenizer, words: int, width: int, window: int
) -> Tensor:
    """Learn a vector for every word of a vocabulary.

    M_wc = max(0, log(#(w, c) #total / (#(w) #(c)^0.75 normalised))), #(w, c) counted within
    ``window`` words to each side; M = U S V^T; vectors are the rows of U sqrt(S), scaled to 1.

    Args:
        captions: the corpus.
        tokenizer: of whole words, special ids first.
        words: size of its vocabulary.
        width: of a vector; fewer words than that leave the last numbers 0.
        window: words to each side.

    Returns:
        (words, width) float32, unit rows; zeros for special ids and words without company.
    """
    first, second, counts = _company(captions, tokenizer, words, window)
    total = counts.sum()
    of_word = np.bincount(first, counts, words)
    smooth = np.bincount(second, counts, words) ** _SMOOTHING
    smooth /= smooth.sum()
    information = np.log(counts / total / (of_word[first] / total * smooth[second]))
    kept = information > 0
    matrix = torch.sparse_coo_tensor(
        torch.from_numpy(np.stack([first[kept], second[kept]])),
        torch.from_numpy(information[kept].astype(np.float32)),
        (words, words),
        check_invariants=True,
    )
    rank = min(width, words)
    torch.manual_seed(0)  # of the random projection
    u, s, _ = torch.svd_lowrank(matrix.coalesce(), rank, niter=4)
    vectors = torch.zeros(words, width)
    vectors[:, :rank] = torch.nn.functional.normalize(u * s.sqrt(), dim=-1)
    # without company a row is rounding noise, which must not be blown up to length 1
    vectors[torch.from_numpy(of_word == 0)] = 0
    return vectors


def _company(
    captions: Sequence[str], tokenizer: Tokenizer, words: int, window: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Words, their company, and how often they meet: three (pairs,) arrays.

    Raises:
        ValueError: no two known words stand near each other.
    """
    codes: list[NDArray[np.int64]] = []
    times: list[NDArray[np.int64]] = []
    for start in range(0, len(captions), _CHUNK):
        ids, _ = tokenizer.encode(captions[start : start + _CHUNK])
        found = []
        for apart in range(1, min(window, ids.shape[1] - 1) + 1):
            left, right = ids[:, :-apart].ravel(), ids[:, apart:].ravel()
            kept = (left >= _SPECIAL) & (right >= _SPECIAL)
            left, right = left[kept], right[kept]
            found += [left * words + right, right * words + left]
        values, count = np.unique(np.concatenate(found), return_counts=True)
        codes.append(values)
        times.append(count)
    values, places = np.unique(np.concatenate(codes), return_inverse=True)
    if not len(values):
        raise ValueError("the captions have no two known words beside each other")
    counts = np.bincount(places, np.concatenate(times)).astype(np.float64)
    return values // words, values % words, counts
