"""Feature entropy and mutual information, S3's two measures of features.

S3 reports both without naming an estimator, unit or normalisation, so its figures cannot be
compared with these; figures made here can be compared with each other. In natural units (nats).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_CHUNK = 512


def feature_entropy(features: NDArray[np.float32], bins: int = 64) -> float:
    """Mean entropy of the components' histograms, in nats: 0 (constant) to log(bins).

    Plug-in (maximum likelihood) estimator: each component's values are counted in equal bins
    between its 0.5th and 99.5th percentile (values beyond fall into the outer bins, so that one
    outlier does not empty the rest), H = -sum p log p, and the mean over components is taken. It
    ignores how components depend on each other. Biased low by about (bins - 1) / (2 n) (Miller,
    1955): use at least ten rows a bin.

    Args:
        features: (n, dim).
        bins: bins of each histogram.

    Raises:
        ValueError: no rows, or fewer than two bins.
    """
    if features.ndim != 2 or not len(features) or bins < 2:
        raise ValueError("feature entropy needs rows and at least two bins")
    values = features.astype(np.float64)
    low, high = np.percentile(values, (0.5, 99.5), axis=0)
    width = np.where(high > low, high - low, 1.0)
    places = np.clip(((values - low) / width * bins).astype(np.int64), 0, bins - 1)
    places[:, high <= low] = 0  # a constant component, but for outliers, says nothing
    entropies = []
    for column in places.T:
        counts = np.bincount(column, minlength=bins)
        shares = counts[counts > 0] / len(column)
        entropies.append(-(shares * np.log(shares)).sum())
    return float(np.mean(entropies))


def mutual_information(
    x: NDArray[np.float32], y: NDArray[np.float32], neighbours: int = 3
) -> float:
    """Mutual information of two matched variables, in nats; may come out slightly below 0.

    The first estimator of Kraskov, Stögbauer and Grassberger (Phys. Rev. E 69, 066138, 2004,
    eq. 8): psi(k) - <psi(n_x + 1) + psi(n_y + 1)> + psi(n), with the maximum norm inside and
    between the variables. It needs a continuous density: equal rows make it meaningless, and in
    more than a few dimensions it is biased towards 0 (see ``shared_information``).

    Args:
        x: (n, a) or (n,).
        y: (n, b) or (n,), row i belonging to row i of x.
        neighbours: k.

    Raises:
        ValueError: the rows do not match, or there are not more of them than neighbours.
    """
    first = np.asarray(x, np.float64).reshape(len(x), -1)
    second = np.asarray(y, np.float64).reshape(len(y), -1)
    n = len(first)
    if n != len(second) or not 1 <= neighbours < n:
        raise ValueError(f"{n} and {len(second)} rows for {neighbours} neighbours")
    total = 0.0
    table = _digamma_table(n + 1)
    for start in range(0, n, _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, n))
        apart_x = _maximum_norm(first[rows], first)
        apart_y = _maximum_norm(second[rows], second)
        for apart in (apart_x, apart_y):
            apart[np.arange(len(rows)), rows] = np.inf
        reach = np.partition(np.maximum(apart_x, apart_y), neighbours - 1, 1)[:, neighbours - 1]
        near_x = (apart_x < reach[:, None]).sum(1)
        near_y = (apart_y < reach[:, None]).sum(1)
        total += float((table[near_x + 1] + table[near_y + 1]).sum())
    return float(table[neighbours] + table[n] - total / n)


def shared_information(
    photos: NDArray[np.float32],
    texts: NDArray[np.float32],
    owners: NDArray[np.int64],
    components: int = 4,
    neighbours: int = 3,
) -> float:
    """Mutual information between matched photo and text features, in nats, as a sum of parts.

    Nearest-neighbour estimators fail in hundreds of dimensions, so both sides are projected on
    the directions in which they vary together: the leading left and right singular vectors of
    the cross-covariance of photos and the mean of their texts (partial least squares, Wold). The
    result is the sum over the components of the Kraskov estimate of each pair of projections. A
    sum ignores what components share, and the directions are fitted to the same rows: it is a
    figure to compare features of one size on one photo set, nothing absolute.

    Args:
        photos: (n, dim) features.
        texts: (c, dim2) features.
        owners: (c,) the photo of each text; photos without one are left out.
        components: how many projections.
        neighbours: k of the estimator.

    Raises:
        ValueError: fewer photos with texts than neighbours + 1.
    """
    asking, row = np.unique(owners, return_inverse=True)
    means = np.zeros((len(asking), texts.shape[1]))
    np.add.at(means, row, texts)
    means /= np.bincount(row)[:, None]
    left = photos[asking].astype(np.float64)
    left = left - left.mean(0)
    right = means - means.mean(0)
    directions_left, _, directions_right = np.linalg.svd(left.T @ right, full_matrices=False)
    count = min(components, directions_left.shape[1])
    projected_left = left @ directions_left[:, :count]
    projected_right = right @ directions_right[:count].T
    parts = [
        mutual_information(projected_left[:, i], projected_right[:, i], neighbours)
        for i in range(count)
    ]
    return float(sum(parts))


def _maximum_norm(rows: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    apart = np.zeros((len(rows), len(others)))
    for column in range(rows.shape[1]):
        np.maximum(apart, np.abs(rows[:, column, None] - others[None, :, column]), out=apart)
    return apart


def _digamma_table(largest: int) -> NDArray[np.float64]:
    # psi(1) = -Euler's constant, psi(m + 1) = psi(m) + 1/m; entry 0 is not used
    table = np.full(largest + 1, -math.inf)
    table[1:] = -np.euler_gamma + np.concatenate([[0.0], np.cumsum(1 / np.arange(1, largest))])
    return table
