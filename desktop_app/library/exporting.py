"""A list of hits as a file for other programs: CSV for tables, JSON for scripts."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop_app.errors import UsageError
from desktop_app.library.search import SearchHit

SUFFIXES = (".csv", ".json")
_COLUMNS = (
    *("rank", "score", "match", "likely", "path", "other_paths", "width", "height"),
    *("taken_at", "favourite", "offline"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_hits(hits: Sequence[SearchHit], target: Path) -> int:
    """Write hits in their order, whole or not at all; how many. The suffix says which format.

    CSV is UTF-8 with a mark for spreadsheets, a cell that one would take for a formula gets an
    apostrophe in front, other paths are lines of one cell. JSON is a list of objects.

    Raises:
        UsageError: the suffix is neither, or the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"{target.name} ends in none of {', '.join(SUFFIXES)}.", "The ending says the format."
        )
    rows = [_row(hit) for hit in hits]
    text = _csv(rows) if suffix == ".csv" else json.dumps(rows, ensure_ascii=True, indent=1)
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        try:
            # Names that are no text come out as question marks in CSV, as escapes in JSON.
            temporary.write_bytes(
                text.encode("utf-8-sig" if suffix == ".csv" else "utf-8", "replace")
            )
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"{target} cannot be written: {error.strerror}.", "Choose another place."
        ) from error
    return len(rows)


def _row(hit: SearchHit) -> dict[str, Any]:
    photo = hit.photo
    return {
        "rank": hit.rank,
        "score": None if hit.score is None else round(hit.score, 4),
        "match": None if hit.match is None else round(hit.match, 4),
        "likely": hit.likely,
        "path": str(photo.path),
        "other_paths": [str(path) for path in photo.other_paths],
        "width": photo.width,
        "height": photo.height,
        "taken_at": photo.taken_at,
        "favourite": photo.is_favourite,
        "offline": photo.offline,
    }


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in _COLUMNS])
    return stream.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = "\n".join(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
