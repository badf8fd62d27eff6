"""The kernels of a model in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

_WIDE = 0.75
"""A Gaussian kernel of this bandwidth and more, on unit vectors, forgives a lot."""


@dataclass(frozen=True)
class KernelWords:
    """What a kernel looks at."""

    title: str
    meaning: str


def kernel_words(name: str) -> KernelWords:
    """Words for a kernel that the bundle calls so; an unknown one keeps its name."""
    kind, _, rest = name.partition(" ")
    if kind == "linear":
        return KernelWords(
            translate("kernels", "In common"),
            translate(
                "kernels",
                "How much query and photo share as a whole: each feature counts by itself.",
            ),
        )
    if kind == "polynomial":
        return KernelWords(
            translate("kernels", "In combination"),
            translate(
                "kernels", "Features that must come together count: red and car, not red or car."
            ),
        )
    if kind == "gaussian":
        bandwidth = _number(rest)
        if bandwidth is None or bandwidth >= _WIDE:
            return KernelWords(
                translate("kernels", "Alike"),
                translate(
                    "kernels", "Near in meaning: grows evenly, the more alike query and photo are."
                ),
            )
        return KernelWords(
            translate("kernels", "Very much alike"),
            translate(
                "kernels", "Only what is very near in meaning counts; small differences cost a lot."
            ),
        )
    return KernelWords(
        name, translate("kernels", "A kernel of this model that has no description.")
    )


def _number(text: str) -> float | None:
    try:
        return float(text.partition(" ")[0])
    except ValueError:
        return None
