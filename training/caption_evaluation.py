"""How good generated captions are: CIDEr-D, BLEU-4, and whether every photo gets its own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from training.data.source import PhotoSource
from training.metrics.captions import bleu, cider_d
from training.second_look import MatchingEncoder

BEAMS = 8
CANDIDATES = 8
"""As the app: so many sentences are found, and the matcher chooses among them."""
_DRAWS = 1000
_DRAWN = 10

Array = NDArray[np.float32]


@runtime_checkable
class CaptioningEncoder(MatchingEncoder, Protocol):
    """An encoder that also says what it sees."""

    can_caption: bool

    def captions(self, embedding: Array, tokens: Array, beams: int, count: int) -> list[str]:
        """Sentences for one photo, the likeliest first."""


@dataclass(frozen=True)
class CaptionExample:
    """One photo, and what is said of it."""

    file: str
    caption: str
    truth: str
    """One of the captions that people wrote."""
    cider: float


@dataclass(frozen=True)
class CaptionEvaluation:
    """Generated captions of captioned photos."""

    photos: int
    cider: float
    """CIDEr-D, 0 to 10; the usual way to print it is a hundred times that."""
    bleu4: float
    """In [0, 1]."""
    likeliest_cider: float
    """The same of the beam search's first sentence, without the matcher's choice."""
    likeliest_bleu4: float
    different: int
    """Sentences among those of all photos."""
    ten_differ: float
    """Share of draws of ten photos whose sentences all differ."""
    examples: tuple[CaptionExample, ...]

    def to_json(self) -> dict[str, Any]:
        """Every figure, and the examples."""
        return {
            "photos": self.photos,
            "cider": round(self.cider, 4),
            "bleu4": round(self.bleu4, 4),
            "likeliest": {
                "cider": round(self.likeliest_cider, 4),
                "bleu4": round(self.likeliest_bleu4, 4),
            },
            "different_sentences": self.different,
            "ten_photos_all_differ": round(self.ten_differ, 4),
            "examples": [vars(example) for example in self.examples],
        }


def evaluate_captions(
    encoder: object, dataset: PhotoSource, examples: int = 0, seed: int = 1
) -> CaptionEvaluation:
    """Generate a caption for every captioned photo, as the app does, and hold it against the true.

    Args:
        encoder: has a captioner and a matcher.
        dataset: photos with captions.
        examples: photos to show, drawn by the seed: good ones and bad ones as they come.
        seed: of the draws.

    Raises:
        ValueError: the model cannot caption, or there are no captions to compare with.
    """
    if not isinstance(encoder, CaptioningEncoder) or not encoder.can_caption:
        raise ValueError("this model has no captioner; a checkpoint has to be exported first")
    rows = [row for row, photo in enumerate(dataset.photos) if photo.captions]
    if not rows:
        raise ValueError(f"{dataset.source} has no captions in the split {dataset.split!r}")
    chosen, likeliest = [], []
    for row in tqdm(rows, desc="captioning", unit="photo", disable=None):
        embedding, tokens = encoder.see(dataset.pixels(row, encoder.image_size)[None])
        found = encoder.captions(embedding[0], tokens[0], BEAMS, CANDIDATES)
        likeliest.append(found[0] if found else "")
        chosen.append(_best(encoder, found, embedding, tokens) if found else "")
    truths = [dataset.photos[row].captions for row in rows]
    cider, each = cider_d(chosen, truths)
    chance = random.Random(seed)
    shown = chance.sample(range(len(rows)), min(examples, len(rows)))
    return CaptionEvaluation(
        len(rows),
        cider,
        bleu(chosen, truths)[-1],
        cider_d(likeliest, truths)[0],
        bleu(likeliest, truths)[-1],
        len(set(chosen)),
        _share_that_differ(chosen, chance),
        tuple(
            CaptionExample(dataset.photos[rows[n]].file, chosen[n], truths[n][0], round(each[n], 2))
            for n in shown
        ),
    )


def caption_lines(found: CaptionEvaluation) -> list[str]:
    """The figures for people, then the examples."""
    lines = [
        f"captions of {found.photos} photos: CIDEr {100 * found.cider:.1f}, BLEU-4 "
        f"{100 * found.bleu4:.1f} (likeliest sentence: {100 * found.likeliest_cider:.1f}, "
        f"{100 * found.likeliest_bleu4:.1f})",
        f"{found.different} different sentences; of ten photos at random all differ in "
        f"{100 * found.ten_differ:.1f} % of {_DRAWS} draws",
    ]
    for example in found.examples:
        lines += [f"{example.file}  (CIDEr {example.cider})", f"  {example.caption}"]
        lines.append(f"  {example.truth}  [a person]")
    return lines


def _best(encoder: CaptioningEncoder, found: Sequence[str], photo: Array, tokens: Array) -> str:
    texts = encoder.read(found)
    n = len(texts)
    logits = encoder.match(texts, np.repeat(photo, n, 0), np.repeat(tokens, n, 0))
    return found[int(logits.argmax())]


def _share_that_differ(captions: Sequence[str], chance: random.Random) -> float:
    size = min(_DRAWN, len(captions))
    return sum(len(set(chance.sample(captions, size))) == size for _ in range(_DRAWS)) / _DRAWS
