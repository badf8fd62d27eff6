"""What is known of a photo, as pairs of a name and words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from desktop_app.gui import wording
from desktop_app.library.exposure import Exposure
from desktop_app.library.photo_details import PhotoDetails

translate = QCoreApplication.translate

STARS = 5
_SLOWEST_FRACTION = 0.4
"""Shorter times are written as fractions, as on cameras."""

Fact = tuple[str, str]


def facts(details: PhotoDetails) -> list[Fact]:
    """Everything but the place, which has a link of its own; what is not known is left out."""
    said = details.metadata
    found = [
        (translate("facts", "Folder"), str(details.path.parent)),
        (translate("facts", "Also at"), "\n".join(map(str, details.other_paths))),
        (translate("facts", "Photo"), _picture(details)),
        (translate("facts", "File"), _file(details)),
        (translate("facts", "Taken"), wording.moment(details.taken_at or "")),
        (translate("facts", "Camera"), said.camera),
        (translate("facts", "Lens"), said.lens),
        (translate("facts", "Exposure"), exposure(details.exposure)),
        (translate("facts", "Rating"), "" if said.rating is None else stars(said.rating)),
        (translate("facts", "Keywords"), ", ".join(said.keywords)),
        (translate("facts", "Caption"), said.caption),
        (translate("facts", "Note"), _trouble(details)),
    ]
    return [(name, words) for name, words in found if words]


def exposure(found: Exposure) -> str:
    """``1/250 s · f/2.8 · ISO 400 · 50 mm``; empty where nothing is known."""
    parts = []
    if found.seconds is not None:
        parts.append(translate("facts", "{time} s").format(time=_shutter(found.seconds)))
    if found.f_number is not None:
        parts.append(f"f/{found.f_number:.2g}")
    if found.iso is not None:
        parts.append(f"ISO {found.iso}")
    if found.focal_mm is not None:
        parts.append(f"{found.focal_mm:.4g} mm")
    if found.focal_35_mm is not None and found.focal_35_mm != found.focal_mm:
        parts.append(
            translate("facts", "like {n} mm on 35 mm film").format(n=f"{found.focal_35_mm:.4g}")
        )
    if found.flash is not None:
        parts.append(translate("facts", "flash") if found.flash else translate("facts", "no flash"))
    return " · ".join(parts)


def stars(rating: int) -> str:
    """``★★★☆☆ (3 of 5)``: the number is for those who hear it."""
    count = max(0, min(STARS, rating))
    drawn = "★" * count + "☆" * (STARS - count)
    return translate("facts", "{stars} ({n} of {all})").format(stars=drawn, n=count, all=STARS)


def place(latitude: float, longitude: float) -> str:
    """``48.8583° N, 2.2945° E``: five digits are a metre, four are enough to find a house."""
    north = translate("facts", "{n}° N") if latitude >= 0 else translate("facts", "{n}° S")
    east = translate("facts", "{n}° E") if longitude >= 0 else translate("facts", "{n}° W")
    return ", ".join(
        (
            north.format(n=wording.decimal(abs(latitude), 4)),
            east.format(n=wording.decimal(abs(longitude), 4)),
        )
    )


def map_address(latitude: float, longitude: float) -> str:
    """Where a browser shows the place; VisITA itself never asks for it."""
    north, east = f"{latitude:.5f}", f"{longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=15/{north}/{east}"


def _picture(details: PhotoDetails) -> str:
    megapixels = details.width * details.height / 1e6
    parts = [
        translate("facts", "{w} × {h} pixels").format(w=details.width, h=details.height),
        translate("facts", "{n} megapixels").format(n=wording.decimal(megapixels, 1)),
        details.format,
    ]
    return " · ".join(part for part in parts if part)


def _file(details: PhotoDetails) -> str:
    if details.size_bytes is None or details.changed_at is None:
        return ""
    when = QDateTime.fromSecsSinceEpoch(int(details.changed_at))
    return translate("facts", "{size}, changed {when}").format(
        size=QLocale().formattedDataSize(
            details.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat
        ),
        when=wording.date_time(when),
    )


def _trouble(details: PhotoDetails) -> str:
    if not details.trouble:
        return ""
    reason = wording.sentence(details.trouble)
    return translate("facts", "The file cannot be read now. {reason}").format(reason=reason)


def _shutter(seconds: float) -> str:
    if seconds < _SLOWEST_FRACTION:
        return f"1/{round(1 / seconds)}"
    return f"{seconds:.3g}"
