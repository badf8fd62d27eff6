"""Captions without photos: groups of captions of one photo, for training the text tower."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STOP_WORDS = frozenset(
    """a an the of in on at with and is are was to by for from his her its their that there it this
    these some another near while up down out over under into onto as""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class CaptionGroup:
    """Captions of one photo: they mean the same (the positives of S2's first stage)."""

    key: str
    """The photo's name, or the line's number where captions stand alone."""
    captions: tuple[str, ...]
    split: str | None = None


def read_caption_groups(path: Path, split: str | None = None) -> list[CaptionGroup]:
    """Read a text file, gzipped if its name ends in ``.gz``; the columns tell what it is.

    * four columns, Flickr30k: image, split, split in Flickr8k (``-`` for none), caption. A photo
      that Flickr8k has in val or test is left out, whatever its own split, so that nothing is
      trained on captions that something else is measured with;
    * two columns, MS-COCO: image, caption, without the lines that ``is_stemmed`` finds;
    * one column: a caption a line, each a group of its own.

    Args:
        path: ``.tsv``, ``.txt``, ``.tsv.gz`` or ``.txt.gz``.
        split: keep only this split (Flickr30k has them).

    Raises:
        ValueError: a line has another number of columns than the first, or nothing is left.
    """
    captions: dict[str, list[str]] = {}
    splits: dict[str, str | None] = {}
    for key, own_split, caption in _rows(path):
        if split is None or own_split == split:
            captions.setdefault(key, []).append(caption)
            splits[key] = own_split
    if not captions:
        raise ValueError(f"{path} has no captions of the split {split!r}")
    return [CaptionGroup(k, tuple(dict.fromkeys(v)), splits[k]) for k, v in captions.items()]


def is_stemmed(caption: str) -> bool:
    """Whether a line is a bag of stemmed words ("tabl pizza") instead of a sentence.

    Some COCO captions in circulation were replaced by what a search engine's preprocessing left
    of other captions: lower case, stemmed, no stop words, no full stop. Found by that: two words
    or more, all in lower case, no punctuation but hyphens, not one stop word, and no ending that
    a stemmer would have taken ("-ing", "-ed", "-es"). Tried on 25,014 captions of val2017: finds
    27, each rightly. It is for MS-COCO only: a short sound caption of another set ("black dog")
    looks the same.
    """
    words = caption.split()
    return (
        len(words) > 1
        and caption == caption.lower()
        and re.fullmatch(r"[\w\s-]+", caption) is not None
        and not _STOP_WORDS.intersection(words)
        and not any(re.search(r"\w{3}(?:ing|ed|es)$", word) for word in words)
    )


def _rows(path: Path) -> Iterator[tuple[str, str | None, str]]:
    columns = None
    for number, line in enumerate(_lines(path), 1):
        parts = line.rstrip("\r\n").split("\t")
        columns = columns or len(parts)
        if len(parts) != columns or columns not in (1, 2, 4):
            raise ValueError(f"{path} line {number}: {len(parts)} columns")
        caption = parts[-1].strip()
        if not caption:
            continue
        if columns == 1:
            yield str(number), None, caption
        elif columns == 2 and not is_stemmed(caption):
            yield parts[0], None, caption
        elif columns == 4 and parts[2] not in ("val", "dev", "test"):
            yield parts[0], parts[1], caption


def _lines(path: Path) -> Iterator[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as stream:
        yield from stream
