"""What a look into folders found, in words that promise no more than is known."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_app.gui.counted import Counted
from desktop_app.gui.wording import number, photos
from desktop_app.library.folder_probe import TIME_LIMIT_S, FolderEstimate

translate = QCoreApplication.translate

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def headline(estimate: FolderEstimate) -> str:
    """How much there is, and how long it takes once that is known."""
    if not estimate.is_counted:
        return translate("estimate_words", "Counting… {photos} so far").format(
            photos=photos(estimate.photos)
        )
    if not estimate.photos:
        return translate("estimate_words", "No photos were found there.")
    found = translate("estimate_words", "{photos}, {size}").format(
        photos=photos(estimate.photos), size=_size(estimate.size_bytes)
    )
    if estimate.seconds is not None:
        return translate("estimate_words", "About {found}: {duration}").format(
            found=found, duration=about(estimate.seconds)
        )
    return found


def explanation(estimate: FolderEstimate) -> str:
    """How the headline was worked out, and what was passed over; a sentence a line."""
    lines: list[str] = []
    if estimate.seconds is not None:
        lines.append(
            Counted().tried_out(
                estimate.sampled,
                seconds=QLocale().toString(estimate.sample_s, "f", 1),
                size=_size(estimate.library_bytes),
            )
        )
    elif estimate.is_complete and estimate.photos:
        lines.append(
            translate(
                "estimate_words",
                "How long that takes cannot be told: none of those tried out could be read in "
                "{seconds} s.",
            ).format(seconds=round(TIME_LIMIT_S))
        )
    elif estimate.is_counted and estimate.photos:
        lines.append(
            translate("estimate_words", "Trying out a few of them, to tell how long all will take…")
        )
    if estimate.unreadable:
        named = ", ".join(estimate.unreadable)
        if estimate.unreadable_count > len(estimate.unreadable):
            named += ", …"
        lines.append(
            translate(
                "estimate_words",
                "Cannot be looked into, so what is there is passed over: {folders}",
            ).format(folders=named)
        )
    if estimate.in_cloud:
        lines.append(
            translate(
                "estimate_words", "{photos} only in the cloud: nothing is fetched from there."
            ).format(photos=photos(estimate.in_cloud))
        )
    return "\n".join(lines)


def about(seconds: float) -> str:
    """A duration, no more exact than an estimate can be."""
    if seconds < _MINUTE:
        return translate("estimate_words", "less than a minute")
    if seconds < 90 * _MINUTE:
        minutes = round(seconds / _MINUTE)
        # Of half an hour nobody can tell each minute beforehand.
        minutes = minutes if minutes < 10 else 5 * round(minutes / 5)
        return (
            translate("estimate_words", "about one minute") if minutes == 1 else _minutes(minutes)
        )
    if seconds < 2 * _DAY:
        return translate("estimate_words", "about {n} hours").format(
            n=number(round(seconds / _HOUR))
        )
    return translate("estimate_words", "about {n} days").format(n=number(round(seconds / _DAY)))


def _minutes(minutes: int) -> str:
    return translate("estimate_words", "about {n} minutes").format(n=number(minutes))


def _size(size_bytes: int) -> str:
    return QLocale().formattedDataSize(
        size_bytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )
