"""What a photo set holds, and what its splits have in common that they should not."""

from __future__ import annotations

import itertools
import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from PIL import Image
from tqdm import tqdm

from training.data.duplicates import Look, content_hash, look_of, near_pairs, same_pairs
from training.data.source import CaptionedPhoto, PhotoSource

log = logging.getLogger(__name__)

_EXAMPLES = 3


@dataclass(frozen=True)
class Spread:
    """Smallest, median and largest."""

    smallest: float
    median: float
    largest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread | None:
        """The spread of some numbers; None of no numbers."""
        return cls(min(values), float(np.median(values)), max(values)) if values else None


@dataclass(frozen=True)
class PartFacts:
    """One split of one set."""

    name: str
    photos: int
    captions: int
    labels: int
    """Different labels."""
    photos_without_text: int
    """Photos with neither caption nor label."""
    captions_per_photo: Spread | None
    caption_words: Spread | None
    vocabulary: int
    """Different words of the captions, in lower case."""
    most_frequent_labels: dict[str, int]
    widths: Spread | None
    heights: Spread | None
    unreadable: int
    examples: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Overlap:
    """What two parts, or a part with itself, share."""

    one: str
    other: str
    same_photos: int
    """Pairs with the same bytes; each photo is paired with the first of its kind in a part."""
    near_photos: int | None
    """Pairs that look the same but are other bytes; None if no photo was decoded."""
    equal_captions: int
    """Different captions, but for case and punctuation, that both have; inside a part: captions
    that several of its photos share."""
    examples: tuple[tuple[str, str], ...]
    """Pairs of photos."""


@dataclass(frozen=True)
class Inspection:
    """All that was found."""

    parts: tuple[PartFacts, ...]
    duplicates: tuple[Overlap, ...]
    """Within each part."""
    leaks: tuple[Overlap, ...]
    """Between parts; only pairs of parts that share something."""

    def to_json(self) -> dict[str, Any]:
        """``{"parts": [..], "duplicates": [..], "leaks": [..]}``."""
        return asdict(self)


def inspect(sources: Iterable[tuple[str, PhotoSource]], decode: bool = True) -> Inspection:
    """Inspect photo sets, each split of each set being a part.

    Args:
        sources: (name, set) pairs.
        decode: decode every photo, for sizes and near duplicates; without it bytes alone are
            compared, which is many times faster.
    """
    parts: dict[str, list[_Seen]] = {}
    for name, photos in sources:
        for index in tqdm(range(len(photos)), desc=name, unit="photo", disable=None):
            record = photos.photos[index]
            part = f"{name} {record.split}" if record.split else name
            parts.setdefault(part, []).append(_see(photos, index, decode))
    facts = tuple(_facts(name, seen) for name, seen in parts.items())
    everything = [(name, seen) for name, own in parts.items() for seen in own]
    pairs = _pairs([seen for _, seen in everything], decode)
    found: dict[tuple[str, str], _Pairs] = {}
    order = {name: number for number, name in enumerate(parts)}
    for one, other, same in pairs:
        a, b = sorted((everything[one][0], everything[other][0]), key=order.__getitem__)
        found.setdefault((a, b), _Pairs()).add(everything[one][1], everything[other][1], same)
    captions = {name: _caption_counts(own) for name, own in parts.items()}
    duplicates = tuple(
        _overlap(n, n, found, sum(c > 1 for c in captions[n].values()), decode) for n in parts
    )
    between = (
        _overlap(a, b, found, len(captions[a].keys() & captions[b].keys()), decode)
        for a, b in itertools.combinations(parts, 2)
    )
    leaks = tuple(o for o in between if o.same_photos or o.near_photos or o.equal_captions)
    return Inspection(facts, duplicates, leaks)


@dataclass(frozen=True)
class _Seen:
    """One photo as inspected."""

    record: CaptionedPhoto
    content: str
    size: tuple[int, int] | None
    look: Look | None


class _Pairs:
    """Pairs of photos that two parts share."""

    def __init__(self) -> None:
        self.same = self.near = 0
        self.examples: list[tuple[str, str]] = []

    def add(self, one: _Seen, other: _Seen, same: bool) -> None:
        """Count a pair."""
        self.same += same
        self.near += not same
        if len(self.examples) < _EXAMPLES:
            self.examples.append((one.record.file, other.record.file))


def _see(photos: PhotoSource, index: int, decode: bool) -> _Seen:
    record = photos.photos[index]
    content = content_hash(photos.read(index))
    if not decode:
        return _Seen(record, content, None, None)
    try:
        image = photos.open(index)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        log.warning("%s cannot be decoded: %s", record.file, error)
        return _Seen(record, content, None, None)
    return _Seen(record, content, image.size, look_of(image))


def _facts(name: str, seen: list[_Seen]) -> PartFacts:
    records = [photo.record for photo in seen]
    captions = [_words(caption) for record in records for caption in record.captions]
    labels = Counter(label for record in records for label in record.labels)
    sizes = [photo.size for photo in seen if photo.size is not None]
    decoded = any(photo.look for photo in seen)
    return PartFacts(
        name,
        len(seen),
        len(captions),
        len(labels),
        sum(not record.captions and not record.labels for record in records),
        Spread.of([len(record.captions) for record in records]),
        Spread.of([len(caption) for caption in captions]),
        len({word for caption in captions for word in caption}),
        dict(labels.most_common(_EXAMPLES)),
        Spread.of([width for width, _ in sizes]),
        Spread.of([height for _, height in sizes]),
        len(seen) - len(sizes) if decoded else 0,
        tuple(
            {"file": r.file, "captions": list(r.captions[:2]), "labels": list(r.labels)}
            for r in records[:: max(1, len(records) // _EXAMPLES)][:_EXAMPLES]
        ),
    )


def _pairs(seen: list[_Seen], decode: bool) -> list[tuple[int, int, bool]]:
    """(one, other, same bytes?) of everything that belongs together."""
    same = same_pairs([photo.content for photo in seen])
    result = [(one, other, True) for one, other in same]
    if decode:
        rows = [row for row, photo in enumerate(seen) if photo.look is not None]
        looks = [photo.look for photo in seen if photo.look is not None]
        for one, other in near_pairs(looks):
            a, b = rows[one], rows[other]
            if seen[a].content != seen[b].content:
                result.append((a, b, False))
    return result


def _overlap(
    one: str,
    other: str,
    found: dict[tuple[str, str], _Pairs],
    equal_captions: int,
    decode: bool,
) -> Overlap:
    pairs = found.get((one, other), _Pairs())
    near = pairs.near if decode else None
    return Overlap(one, other, pairs.same, near, equal_captions, tuple(pairs.examples))


def _caption_counts(seen: list[_Seen]) -> Counter[str]:
    return Counter(
        key for photo in seen for key in {" ".join(_words(c)) for c in photo.record.captions}
    )


def _words(caption: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*", caption.lower())
