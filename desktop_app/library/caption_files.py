"""Captions out of a file that somebody has: a table, JSON, or plain lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from desktop_app.errors import UsageError

LONGEST_CAPTION = 500
"""Characters; the rest is cut. The model reads a few dozen words at most."""
LARGEST_FILE = 500_000_000
"""Bytes."""
CAPTION_NAMES = (
    "caption",
    "captions",
    "text",
    "sentence",
    "sentences",
    "description",
    "comment",
    "raw",
    "title",
)
"""What a column or a JSON key with captions is called, the best first."""

_TABLES = (".csv", ".tsv")
_JSON = (".json", ".jsonl", ".ndjson")
_DELIMITERS = "\t;,|"
_LINE_END = re.compile(r"\r\n|\n|\r")
_LOOKED_AT = 100
"""Rows that show which column of a table without a header has the captions."""


def read_captions(path: Path) -> list[str]:
    """The captions of a file, each once, in their order; nothing that has no letter.

    The name's ending says whether it is a table (csv, tsv) or JSON (an array, or one value per
    line); else the first line does. Of a table the column with a known name counts
    (``CAPTION_NAMES``), or without a header the one with most words.

    Raises:
        UsageError: the file cannot be read, or holds no captions.
    """
    text = _content(path)
    lines = _LINE_END.split(text)  # `splitlines` knows more ends, which stand in sentences
    first = next((line.strip() for line in lines if line.strip()), "")
    ending = path.suffix.casefold()
    try:
        if ending in _JSON or (ending not in _TABLES and first[:1] in ("{", "[")):
            found = _from_json(text, lines)
        elif ending in _TABLES or "\t" in first:
            found = _from_table(lines, first)
        else:
            found = iter(lines)
        captions = list(distinct(found))
    except (ValueError, csv.Error, RecursionError) as error:
        raise UsageError(f"The captions {path} cannot be read: {error}.") from error
    if not captions:
        raise UsageError(
            f"There are no captions in {path}.",
            "One on each line, or a CSV or JSON Lines file with a column `caption`.",
        )
    return captions


def distinct(texts: Iterable[str]) -> Iterator[str]:
    """Clean captions, each once; upper and lower case do not make two."""
    seen: set[str] = set()
    for text in texts:
        printable = "".join(c if c.isprintable() else " " for c in text)
        caption = " ".join(printable.split())[:LONGEST_CAPTION].strip()
        if any(c.isalpha() for c in caption) and caption.casefold() not in seen:
            seen.add(caption.casefold())
            yield caption


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The captions {path} cannot be read: {error.strerror}.") from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise UsageError(f"{path} is no text file.")
    return data.decode("utf-8-sig", "replace")


def _from_json(text: str, lines: Sequence[str]) -> Iterator[str]:
    if text.lstrip().startswith("["):
        try:
            yield from _texts_in(json.loads(text))
            return
        except ValueError:  # perhaps one array on each line
            pass
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise ValueError(f"line {number} is no JSON") from error
        yield from _texts_in(value)


def _texts_in(value: object) -> Iterator[str]:
    """The captions of one JSON value: itself, its items, or what its keys promise."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts_in(item)
    elif isinstance(value, dict):
        by_name = {str(key).casefold(): item for key, item in value.items()}
        for name in CAPTION_NAMES:
            if name in by_name:
                yield from _texts_in(by_name[name])
                return


def _from_table(lines: Sequence[str], first: str) -> Iterator[str]:
    # A quoted cell may hold delimiters: those outside of quotation marks tell which one it is.
    bare = "".join(first.split('"')[::2])
    delimiter = max(_DELIMITERS, key=bare.count)
    rows = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    head = list(islice(rows, _LOOKED_AT))
    names = [cell.strip().casefold() for cell in head[0]] if head else []
    known = [name for name in CAPTION_NAMES if name in names]
    if known:
        column, head = names.index(known[0]), head[1:]
    else:
        column = _wordiest(head)
    for row in (*head, *rows):
        if column < len(row):
            yield row[column]


def _wordiest(rows: Sequence[Sequence[str]]) -> int:
    """The column with most words."""
    words = [0] * max((len(row) for row in rows), default=1)
    for row in rows:
        for column, cell in enumerate(row):
            words[column] += len(cell.split())
    return words.index(max(words))
