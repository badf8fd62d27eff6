"""Caption cleaning: S3's removal of redundant text tokens, as a list of documented rules.

S3 says that redundant tokens are removed from the text before training, not which. Redundant
here is what says nothing about the photo: markup, addresses, phrases that only say that there is
a photo, doubled words, doubled or stray punctuation, the final full stop, shouting. Every rule is
deterministic, the rules run in the order of ``RULES``, and cleaning a clean caption changes
nothing. A caption of which nothing would be left stays as it was.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from training.data.source import PhotoSet, PhotoSource

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_BOILERPLATE = re.compile(
    r"^(?:(?:this|here|it)\s+is\s+|this\s+|here's\s+|it's\s+)?"
    r"(?:an?\s+|the\s+|some\s+)?(?:stock\s+|royalty[- ]free\s+)?"
    r"(?:photo(?:graph)?s?|images?|pictures?|pics?|snapshots?)\s+"
    r"(?:of|showing|shows|depicting|depicts)\s+(?=\S)",
    re.I,
)
_PUNCTUATION = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"([.,;:!?])(?:\s*\1)+", r"\1"),
        (r"\s+([.,;:!?%)\]])", r"\1"),
        (r"([(\[])\s+", r"\1"),
        (r"\(\)|\[\]", ""),
        (r"\s+('(?:s|re|ve|ll|d|m|t)|n't)\b", r"\1"),
        (r"([,;!?])(?=[^\W\d_])", r"\1 "),
        (r"^[\s.,;:!?*_-]+", ""),
    )
]
_MEANT_TWICE = frozenset(("bora", "cha", "choo", "had", "pom", "that", "tuk", "yo"))
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn")


def _markup(text: str) -> str:
    # Asked first: most captions have none of it, and there may be millions.
    text = html.unescape(text) if "&" in text else text
    text = _TAG.sub(" ", text) if "<" in text else text
    return _ADDRESS.sub(" ", text) if "://" in text or "www." in text.lower() else text


def _characters(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return "".join(" " if unicodedata.category(c) in _INVISIBLE else c for c in plain)


def _spaces(text: str) -> str:
    return " ".join(text.split())


def _shouting(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text)
    # One short word may be an acronym: TV, USA.
    shouted = text.isupper() and (len(words) > 1 or any(len(word) > 4 for word in words))
    return text.lower() if shouted else text


def _boilerplate(text: str) -> str:
    return _BOILERPLATE.sub("", text)


def _punctuation(text: str) -> str:
    if text.replace(" ", "").isalnum():
        return text
    for pattern, replacement in _PUNCTUATION:
        text = pattern.sub(replacement, text)
    return text


def _final_stop(text: str) -> str:
    return text.rstrip(" .,;:_-")


def _doubled_words(text: str) -> str:
    # One word only: of two, "hand in hand in the grass" would lose its sense.
    kept: list[str] = []
    for word in text.split(" "):
        plain = word.rstrip(".,;:!?").lower()
        doubled = kept and kept[-1].lower() == plain and plain.isalpha()
        if doubled and plain not in _MEANT_TWICE:
            kept[-1] += word[len(plain) :]  # its punctuation stays
        else:
            kept.append(word)
    return " ".join(kept)


RULES: dict[str, Callable[[str], str]] = {
    "markup": _markup,
    "characters": _characters,
    "spaces": _spaces,
    "shouting": _shouting,
    "punctuation": _punctuation,
    "doubled words": _doubled_words,
    "boilerplate": _boilerplate,
    "final stop": _final_stop,
}
"""markup: tags, entities, web addresses. characters: NFKC, plain quotes and dashes, no control
characters. spaces: single. shouting: ALL CAPS to lower case. punctuation: none before, doubled or
in front. doubled words: a word said twice in a row. boilerplate: a leading "a photo of".
final stop: full stop, comma or dash at the end."""

_PASSES = 8


def clean_caption(caption: str) -> tuple[str, frozenset[str]]:
    """One clean caption, and the names of the rules that changed it."""
    text, applied = caption, set()
    # A rule may make work for an earlier one ("photo of photo of a cat"): until nothing changes.
    for _ in range(_PASSES):
        before = text
        for name, rule in RULES.items():
            changed = rule(text)
            if changed != text:
                applied.add(name)
                text = changed
        if text == before:
            break
    if not any(c.isalnum() for c in text):
        return caption, frozenset()
    return text, frozenset(applied)


@dataclass
class CleaningReport:
    """What cleaning changed: captions seen and changed, and per rule how many and an example."""

    captions: int = 0
    changed: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[str, str]] = field(default_factory=dict)

    def clean(self, captions: Iterable[str]) -> tuple[str, ...]:
        """Clean captions and count; captions that became equal stay once."""
        cleaned = []
        for caption in captions:
            text, rules = clean_caption(caption)
            cleaned.append(text)
            self.captions += 1
            self.changed += text != caption
            self.by_rule.update(rules)
            for rule in rules:
                self.examples.setdefault(rule, (caption, text))
        return tuple(dict.fromkeys(cleaned))

    def to_json(self) -> dict[str, Any]:
        """``{"captions", "changed", "rules": {rule: {"changed", "before", "after"}}}``."""
        rules = {
            rule: {
                "changed": self.by_rule[rule],
                "before": self.examples[rule][0],
                "after": self.examples[rule][1],
            }
            for rule in RULES
            if self.by_rule[rule]
        }
        return {"captions": self.captions, "changed": self.changed, "rules": rules}


class CleanCaptions(PhotoSet):
    """A photo set with clean captions; ``report`` says what changed."""

    def __init__(self, photos: PhotoSource) -> None:
        self.report = CleaningReport()
        cleaned = [replace(p, captions=self.report.clean(p.captions)) for p in photos.photos]
        super().__init__(photos.source, photos.split, cleaned)
        self._inner = photos

    @property
    def sampling_weights(self) -> NDArray[np.float64]:
        """(photos,) float64: those of the set within."""
        return self._inner.sampling_weights

    def read(self, index: int) -> bytes:
        """The encoded bytes of one photo."""
        return self._inner.read(index)

    def open(self, index: int) -> Image.Image:
        """Decode one photo to RGB."""
        return self._inner.open(index)
