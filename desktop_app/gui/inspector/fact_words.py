"""What is known of a photo, as pairs of a name and words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from desktop_app.gui import wording
from desktop_app.library.exposure import Exposure
from desktop_app.library.photo_details import PhotoDetails

STARS = 5
_SLOWEST_FRACTION = 0.4
"""Shorter times are written as fractions, as on cameras."""

Fact = tuple[str, str]


def facts(details: PhotoDetails) -> list[Fact]:
    """Everything but the place, which has a link of its own; what is not known is left out."""
    said = details.metadata
    found = [
        (_tr("Folder"), str(details.path.parent)),
        (_tr("Also at"), "\n".join(map(str, details.other_paths))),
        (_tr("Photo"), _picture(details)),
        (_tr("File"), _file(details)),
        (_tr("Taken"), moment(details.taken_at)),
        (_tr("Camera"), said.camera),
        (_tr("Lens"), said.lens),
        (_tr("Exposure"), exposure(details.exposure)),
        (_tr("Rating"), "" if said.rating is None else stars(said.rating)),
        (_tr("Keywords"), ", ".join(said.keywords)),
        (_tr("Caption"), said.caption),
        (_tr("Note"), _trouble(details)),
    ]
    return [(name, words) for name, words in found if words]


def moment(taken_at: str | None) -> str:
    """When a photo was taken: the clock of its place, and its distance from UTC if known."""
    if taken_at is None:
        return ""
    try:
        when = datetime.fromisoformat(taken_at)
    except ValueError:
        return taken_at
    local = QDateTime(when.year, when.month, when.day, when.hour, when.minute, when.second)
    words = QLocale().toString(local, QLocale.FormatType.LongFormat.ShortFormat)
    zone = when.strftime("%z")
    return f"{words} (UTC{zone[:3]}:{zone[3:5]})" if zone else words


def exposure(found: Exposure) -> str:
    """``1/250 s · f/2.8 · ISO 400 · 50 mm``; empty where nothing is known."""
    parts = []
    if found.seconds is not None:
        parts.append(_tr("{time} s").format(time=_shutter(found.seconds)))
    if found.f_number is not None:
        parts.append(f"f/{found.f_number:.2g}")
    if found.iso is not None:
        parts.append(f"ISO {found.iso}")
    if found.focal_mm is not None:
        parts.append(f"{found.focal_mm:.4g} mm")
    if found.focal_35_mm is not None and found.focal_35_mm != found.focal_mm:
        parts.append(_tr("like {n} mm on 35 mm film").format(n=f"{found.focal_35_mm:.4g}"))
    if found.flash is not None:
        parts.append(_tr("flash") if found.flash else _tr("no flash"))
    return " · ".join(parts)


def stars(rating: int) -> str:
    """``★★★☆☆ (3 of 5)``: the number is for those who hear it."""
    count = max(0, min(STARS, rating))
    drawn = "★" * count + "☆" * (STARS - count)
    return _tr("{stars} ({n} of {all})").format(stars=drawn, n=count, all=STARS)


def place(latitude: float, longitude: float) -> str:
    """``48.8583° N, 2.2945° E``: five digits are a metre, four are enough to find a house."""
    north = _tr("{n}° N") if latitude >= 0 else _tr("{n}° S")
    east = _tr("{n}° E") if longitude >= 0 else _tr("{n}° W")
    return ", ".join(
        (north.format(n=f"{abs(latitude):.4f}"), east.format(n=f"{abs(longitude):.4f}"))
    )


def map_address(latitude: float, longitude: float) -> str:
    """Where a browser shows the place; VisITA itself never asks for it."""
    north, east = f"{latitude:.5f}", f"{longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=15/{north}/{east}"


def _picture(details: PhotoDetails) -> str:
    megapixels = details.width * details.height / 1e6
    parts = [
        _tr("{w} × {h} pixels").format(w=details.width, h=details.height),
        _tr("{n} megapixels").format(n=QLocale().toString(megapixels, "f", 1)),
        details.format,
    ]
    return " · ".join(part for part in parts if part)


def _file(details: PhotoDetails) -> str:
    if details.size_bytes is None or details.changed_at is None:
        return ""
    when = QDateTime.fromSecsSinceEpoch(int(details.changed_at))
    return _tr("{size}, changed {when}").format(
        size=QLocale().formattedDataSize(
            details.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat
        ),
        when=QLocale().toString(when, QLocale.FormatType.ShortFormat),
    )


def _trouble(details: PhotoDetails) -> str:
    if not details.trouble:
        return ""
    reason = wording.sentence(details.trouble)
    return _tr("The file cannot be read now. {reason}").format(reason=reason)


def _shutter(seconds: float) -> str:
    if seconds < _SLOWEST_FRACTION:
        return f"1/{round(1 / seconds)}"
    return f"{seconds:.3g}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("facts", text)
