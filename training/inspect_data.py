"""``python -m training data inspect``: prints what photo sets hold and where they leak."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from training.data.inspection import Inspection, Overlap, PartFacts, Spread, inspect
from training.data.opening import open_dataset, recognise


def add_inspect(commands: Any) -> None:
    """The sub-command ``inspect`` of ``data``; argparse's own type of ``commands`` is private."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "inspect", help="counts, sizes, examples, duplicates and leaks between splits"
    )
    parser.set_defaults(command=_inspect)
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="folder, zip or list")
    parser.add_argument("--split", default=None, help="only the photos of this split")
    parser.add_argument("--quick", action="store_true", help="decode no photo: compare bytes only")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def _inspect(options: argparse.Namespace) -> int:
    names = _names(options.paths)
    layouts = {n: recognise(p)[0].name for n, p in zip(names, options.paths, strict=True)}
    opened = [
        (n, open_dataset(p, options.split)) for n, p in zip(names, options.paths, strict=True)
    ]
    found = inspect(opened, decode=not options.quick)
    if options.json:
        print(json.dumps({"layouts": layouts, **found.to_json()}))
    else:
        print(_table(found, layouts))
    return 0


def _names(paths: list[Path]) -> list[str]:
    short = [path.name for path in paths]
    return [p.name if short.count(p.name) == 1 else str(p) for p in paths]


def _table(found: Inspection, layouts: dict[str, str]) -> str:
    lines = [f"{name}: {layout}" for name, layout in layouts.items()]
    head = ("part", "photos", "captions", "labels", "a photo", "words", "vocabulary", "pixels")
    lines += ["", *_columns([head, *(_row(part) for part in found.parts)])]
    for part in found.parts:
        lines += ["", f"{part.name}:"]
        lines += [f"  {e['file']}  {_text(e)}" for e in part.examples]
        if part.photos_without_text:
            lines.append(f"  {part.photos_without_text} photos have neither caption nor label")
        if part.unreadable:
            lines.append(f"  {part.unreadable} photos cannot be decoded")
    lines += ["", "inside a part"]
    inside = ("", "same photo", "nearly the same", "captions of several photos")
    lines += _columns([inside, *(_shared(o, o.one) for o in found.duplicates)])
    if not found.leaks:
        return "\n".join([*lines, "", "nothing is in two parts"])
    lines += ["", "in two parts"]
    head4 = ("", "same photo", "nearly the same", "equal captions")
    lines += _columns([head4, *(_shared(o, f"{o.one} | {o.other}") for o in found.leaks)])
    lines += [f"  {a}  =  {b}" for overlap in found.leaks for a, b in overlap.examples]
    return "\n".join(lines)


def _row(part: PartFacts) -> tuple[str, ...]:
    pixels = f"{_spread(part.widths)} x {_spread(part.heights)}" if part.widths else "-"
    numbers = (part.photos, part.captions, part.labels)
    per_photo, words = _spread(part.captions_per_photo), _spread(part.caption_words)
    return (part.name, *map(str, numbers), per_photo, words, str(part.vocabulary), pixels)


def _shared(overlap: Overlap, name: str) -> tuple[str, ...]:
    near = "-" if overlap.near_photos is None else str(overlap.near_photos)
    return name, str(overlap.same_photos), near, str(overlap.equal_captions)


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return "-"
    if spread.smallest == spread.largest:
        return f"{spread.smallest:g}"
    return f"{spread.smallest:g}..{spread.median:g}..{spread.largest:g}"


def _text(example: dict[str, Any]) -> str:
    return " | ".join(example["captions"] or example["labels"])


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
