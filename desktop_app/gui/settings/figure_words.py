"""The figures of a model bundle in words, as a manifest nests them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_app.gui import wording

translate = QCoreApplication.translate

_RECALL = re.compile(r"R@([0-9]+)")
_DIGITS = 4


@dataclass(frozen=True)
class FigureGroup:
    """Figures that were measured in the same way."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """Names and values."""


def figure_groups(metrics: Mapping[str, Any]) -> list[FigureGroup]:
    """Nested figures, a group for each mapping that holds any itself; lists are left out."""
    return list(_groups(metrics, ()))


def _groups(metrics: Mapping[str, Any], above: tuple[str, ...]) -> list[FigureGroup]:
    here = tuple(
        (_name(key), _value(value))
        for key, value in metrics.items()
        if isinstance(value, str | int | float)
    )
    title = " · ".join(map(_name, above)) or translate("figures", "Figures")
    groups = [FigureGroup(title, here)] if here else []
    for key, value in metrics.items():
        if isinstance(value, Mapping):
            groups += _groups(value, (*above, key))
    return groups


def _name(key: str) -> str:
    """What a manifest calls by a key, in words; the key itself where nobody knows them."""
    if found := _RECALL.fullmatch(key):
        if found[1] == "1":
            return translate("figures", "R@1: found in the first place, %")
        return translate("figures", "R@{k}: found among the first {k}, %").format(k=found[1])
    names = {
        "retrieval": translate("figures", "Retrieval"),
        "text_to_image": translate("figures", "text to image"),
        "image_to_text": translate("figures", "image to text"),
        "reranked": translate("figures", "with the second look"),
        "data": translate("figures", "Measured on"),
        "photos": translate("figures", "Photos"),
        "captions": translate("figures", "Captions"),
        "depth": translate("figures", "Hits that are looked at again"),
        "median_rank": translate("figures", "Median rank (1 is the best)"),
        "mean_rank": translate("figures", "Mean rank (1 is the best)"),
        "parity": translate("figures", "Shipped model against the trained one"),
        "image_embedding": translate("figures", "embedding of a photo"),
        "text_embedding": translate("figures", "embedding of a text"),
        "image_tokens": translate("figures", "tokens of a photo"),
        "text_states": translate("figures", "tokens of a text"),
        "match_logit": translate("figures", "match of a photo and a text"),
        "word_regions": translate("figures", "regions of a word"),
        "next_logits": translate("figures", "next word of a caption"),
        "cosine": translate("figures", "Least cosine (1: the same direction)"),
        "difference": translate("figures", "Largest difference of a number"),
    }
    return names.get(key, key.replace("_", " "))


def _value(value: str | float) -> str:
    match value:
        case str():
            return value
        case int():
            return wording.number(value)
        case _:
            return QLocale().toString(value, "g", _DIGITS)
