"""Captions for photos that have only a class: readable labels put into templates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from training.data.source import CaptionedPhoto, PhotoSet, PhotoSource

TEMPLATES = ("{}", "a {}", "a photo of a {}", "a picture of a {}", "there is a {} in the photo")
"""``a {}`` is the label with the article that it takes, ``{}`` the bare label."""

READABLE_LABELS = {
    "binocular": "binoculars",
    "butchers shop": "butcher's shop",
    "car side": "car seen from the side",
    "cougar body": "cougar",
    "cougar face": "face of a cougar",
    "crocodile head": "head of a crocodile",
    "faces": "person's face",
    "faces easy": "face of a person",
    "flamingo head": "head of a flamingo",
    "hawksbill": "hawksbill turtle",
    "kindergarden classroom": "kindergarten classroom",
    "longsleeve": "long-sleeved shirt",
    "outwear": "jacket",
    "tick": "tick, an insect",
    "water lilly": "water lily",
    "yard": "garden or yard",
}
"""Labels of public sets that nobody would type, and what they mean."""

_BARE = frozenset(("garfield", "snoopy", "yin yang", "clothing", "food", "grass", "water", "sky"))
_NOT_PLURAL = ("ss", "us", "is", "as", "lens")
_SOUNDS_LIKE_A_CONSONANT = re.compile(r"(?:eu|ew|uni(?!n)|use|ut[ei]|ukulele|one\b|once\b)", re.I)
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.I)
_QUALIFIER = re.compile(r"^(?P<what>.*?)\s*[(/](?P<kind>[^()/]+)\)?$")
_AFTER = frozenset(("shop", "platform", "store", "room", "court"))
"""Qualifiers that follow what they qualify: ``bakery (shop)`` is a bakery shop."""


def readable_label(name: str) -> str:
    """A class name as one would say it.

    Underscores become spaces, of synonyms (``tench, Tinca tinca``) the first stays, and a kind in
    brackets or behind a slash takes its place: ``church (outdoor)`` -> ``outdoor church``,
    ``bakery/shop`` -> ``bakery shop``, ``desert (sand)`` -> ``sand desert``.
    """
    text = " ".join(name.replace("_", " ").split())
    text = text.split(", ")[0]
    found = _QUALIFIER.match(text)
    if found and found["what"]:
        what, kind = found["what"].strip(), found["kind"].strip()
        text = f"{what} {kind}" if kind.lower() in _AFTER else f"{kind} {what}"
    return text


def with_article(label: str) -> str:
    """``a kitchen``, ``an abbey``; plurals and names of stuff stay bare.

    The rule goes by spelling, with the common exceptions (``a unicorn``, ``an hour``, ``a bus``).
    """
    first_part = re.split(r",| of | seen | or ", label)[0]
    last = first_part.split()[-1].lower() if first_part.split() else ""
    if label.lower() in _BARE or (last.endswith("s") and not last.endswith(_NOT_PLURAL)):
        return label
    vowel = label[:1].lower() in "aeiou" and not _SOUNDS_LIKE_A_CONSONANT.match(label)
    return f"{'an' if vowel or _SILENT_H.match(label) else 'a'} {label}"


def fill(template: str, label: str) -> str:
    """Put a label into a template; ``a {}`` in it takes the right article, or none.

    Raises:
        ValueError: the template has no place for a label.
    """
    if "{}" not in template:
        raise ValueError(f"the template {template!r} has no {{}}")
    return re.sub(r"\ban? \{\}", lambda _: with_article(label), template).replace("{}", label)


def label_captions(label: str, templates: Sequence[str] = TEMPLATES) -> tuple[str, ...]:
    """The captions of one class, without repetitions."""
    name = readable_label(label)
    name = READABLE_LABELS.get(name.lower(), name)
    return tuple(dict.fromkeys(fill(template, name) for template in templates))


class LabelCaptions(PhotoSet):
    """A photo set in which photos without captions get those of their labels."""

    def __init__(self, photos: PhotoSource, templates: Sequence[str] = TEMPLATES) -> None:
        captioned = (
            photo if photo.captions else replace(photo, captions=_of_labels(photo, templates))
            for photo in photos.photos
        )
        super().__init__(photos.source, photos.split, captioned)
        self._inner = photos

    @property
    def sampling_weights(self) -> NDArray[np.float64]:
        """(photos,) float64: those of the set within."""
        return self._inner.sampling_weights

    def read(self, index: int) -> bytes:
        """The encoded bytes of one photo."""
        return self._inner.read(index)


def _of_labels(photo: CaptionedPhoto, templates: Sequence[str]) -> tuple[str, ...]:
    captions = [c for label in photo.labels for c in label_captions(label, templates)]
    return tuple(dict.fromkeys(captions))
