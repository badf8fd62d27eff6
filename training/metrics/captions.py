"""BLEU-4 and CIDEr-D of generated captions, as the COCO caption evaluation defines them.

Sources: BLEU: Papineni et al., ACL 2002; CIDEr-D: Vedantam, Zitnick and Parikh, arXiv 1411.5726;
both with the choices of the coco-caption evaluation code (Chen et al., arXiv 1504.00325), which
published figures come from:

* BLEU of the whole corpus, not a mean over photos; the reference length of a photo is the one
  closest to the candidate's (the shorter of two); no smoothing but 1e-15 against log 0.
* CIDEr-D: document frequencies from the references of the very photos that are measured, so a
  figure belongs to its photo set; sigma = 6; the length difference counts bigrams, as that code
  does; times 10.

Only the tokenizer differs: coco-caption runs Stanford's PTBTokenizer in Java, ``words`` follows
its rules for what captions contain. Expect differences in the third digit.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

_MOST = 4
_SIGMA = 6.0
_TINY, _SMALL = 1e-15, 1e-9

Ngram = tuple[str, ...]


def words(caption: str) -> tuple[str, ...]:
    """Lower-case tokens without punctuation.

    As PTBTokenizer with coco-caption's list of dropped punctuation: ``dog's`` -> ``dog 's``,
    ``don't`` -> ``do n't``, hyphenated words and numbers such as 1,000 or 3.5 stay whole.
    """
    text = caption.lower().replace("’", "'").replace("cannot", "can not")
    text = re.sub(r"n't\b", " n't", text)
    text = re.sub(r"(?<=\w)'(s|re|ve|ll|d|m)\b", r" '\1", text)
    return tuple(re.findall(r"n't|'(?:s|re|ve|ll|d|m)\b|\w+(?:[-.,/]\w+)*|[&%$#@+=*]", text))


def bleu(
    candidates: Sequence[str], references: Sequence[Sequence[str]], most: int = _MOST
) -> list[float]:
    """BLEU-1 to BLEU-``most`` of a corpus, each in [0, 1].

    Args:
        candidates: one caption a photo.
        references: for each photo one or more true captions.
        most: longest n-gram.

    Raises:
        ValueError: the counts differ, or a photo has no reference.
    """
    _check(candidates, references)
    guessed, correct = [0] * most, [0] * most
    candidate_length = reference_length = 0
    for candidate, own in zip(candidates, references, strict=True):
        tokens = words(candidate)
        truths = [words(reference) for reference in own]
        candidate_length += len(tokens)
        lengths = (len(truth) for truth in truths)
        reference_length += min(lengths, key=lambda n: (abs(n - len(tokens)), n))
        for size in range(1, most + 1):
            found = _ngrams(tokens, size)
            allowed: Counter[Ngram] = Counter()
            for truth in truths:
                allowed |= _ngrams(truth, size)
            guessed[size - 1] += max(0, len(tokens) - size + 1)
            correct[size - 1] += (found & allowed).total()
    ratio = (candidate_length + _TINY) / (reference_length + _SMALL)
    brevity = 1.0 if ratio >= 1 else math.exp(1 - 1 / ratio)
    scores, product = [], 1.0
    for size in range(most):
        product *= (correct[size] + _TINY) / (guessed[size] + _SMALL)
        scores.append(product ** (1 / (size + 1)) * brevity)
    return scores


def cider_d(
    candidates: Sequence[str], references: Sequence[Sequence[str]]
) -> tuple[float, list[float]]:
    """CIDEr-D: the mean over photos, and the score of each (0 to 10 each).

    For n = 1 to 4, candidate and reference become TF-IDF vectors of n-grams (idf = log(photos) -
    log(max(1, photos whose references have it))); the similarity is sum of min(candidate,
    reference) * reference over both norms, times exp(-(length difference)^2 / (2 sigma^2)); the
    score is 10 times the mean over n and over the references.

    Args:
        candidates: one caption a photo.
        references: for each photo one or more true captions.

    Raises:
        ValueError: the counts differ, or a photo has no reference.
    """
    _check(candidates, references)
    truths = [[_counts(words(reference)) for reference in own] for own in references]
    seen_in = Counter(ngram for own in truths for ngram in set().union(*own))
    log_photos = math.log(len(candidates))

    def weigh(counts: Counter[Ngram]) -> list[dict[Ngram, float]]:
        vectors: list[dict[Ngram, float]] = [{} for _ in range(_MOST)]
        for ngram, count in counts.items():
            idf = log_photos - math.log(max(1, seen_in[ngram]))
            vectors[len(ngram) - 1][ngram] = count * idf
        return vectors

    scores = []
    for candidate, own in zip(candidates, truths, strict=True):
        counts = _counts(words(candidate))
        vectors, length = weigh(counts), _bigrams(counts)
        total = 0.0
        for reference in own:
            apart = length - _bigrams(reference)
            penalty = math.exp(-(apart**2) / (2 * _SIGMA**2))
            for mine, true in zip(vectors, weigh(reference), strict=True):
                total += penalty * _clipped_cosine(mine, true)
        scores.append(10 * total / _MOST / len(own))
    return sum(scores) / len(scores), scores


def _check(candidates: Sequence[str], references: Sequence[Sequence[str]]) -> None:
    if not candidates or len(candidates) != len(references) or not all(references):
        raise ValueError("every photo needs one candidate and at least one reference")


def _ngrams(tokens: tuple[str, ...], size: int) -> Counter[Ngram]:
    return Counter(tokens[i : i + size] for i in range(len(tokens) - size + 1))


def _counts(tokens: tuple[str, ...]) -> Counter[Ngram]:
    return sum((_ngrams(tokens, size) for size in range(1, _MOST + 1)), Counter())


def _bigrams(counts: Counter[Ngram]) -> int:
    return sum(count for ngram, count in counts.items() if len(ngram) == 2)


def _clipped_cosine(mine: dict[Ngram, float], true: dict[Ngram, float]) -> float:
    dot = sum(min(value, true[n]) * true[n] for n, value in mine.items() if n in true)
    norms = math.hypot(*mine.values()) * math.hypot(*true.values())
    return dot / norms if norms > 0 else dot
