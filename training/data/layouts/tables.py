"""A folder of photos with a CSV, TSV or JSONL table that tells of them.

Columns are known by name: the photo by ``file``, ``image``, ``filename``, ...; its text by
``caption``, ``text``, ...; its class by ``label``, ...; ``split``. A photo may have several rows.
In JSONL each may be a list.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping

from training.data.dataset import METADATA_NAME, read_metadata
from training.data.layouts.layout import SPLIT_NAMES, Collector, Layout, Listing, PhotoTree
from training.data.photo_files import is_photo

_FILE = ("file", "image", "image_name", "filename", "file_name", "filepath", "path", "photo")
_TEXT = ("captions", "caption", "comment", "text", "sentence", "title", "description")
_LABEL = ("labels", "label", "class", "category")
_SPLIT = ("split", "set", "partition")
_SEPARATORS = ("\t", "|", ";", ",")


def _has_metadata(tree: PhotoTree) -> bool:
    return tree.annotation in (None, METADATA_NAME) and METADATA_NAME in tree.files.names


def _tables(tree: PhotoTree) -> list[str]:
    named = tree.annotations(lambda base: base.lower().endswith((".csv", ".tsv", ".jsonl", ".txt")))
    return [name for name in named if _is_table(tree, name)]


def _is_table(tree: PhotoTree, name: str) -> bool:
    # Only the beginning: a TSV may hold gigabytes of Base64.
    with tree.files.open(name) as stream:
        first = stream.readline(65_536).decode("utf-8-sig", "replace").strip()
    if name.lower().endswith(".jsonl"):
        try:
            row = json.loads(first)
        except ValueError:
            return False
        return isinstance(row, dict) and _column(row, _FILE) is not None
    header = _header(first)
    return _first(header, _FILE) is not None and _first(header, (*_TEXT, *_LABEL)) is not None


def _read(tree: PhotoTree) -> Listing:
    collector = Collector(tree)
    for name in _tables(tree):
        rows = _json_rows(tree, name) if name.lower().endswith(".jsonl") else _rows(tree, name)
        for number, row in rows:
            file = _column(row, _FILE)
            if not isinstance(file, str) or not is_photo(file):
                raise ValueError(f"{name} line {number}: no photo is named")
            split = str(_column(row, _SPLIT) or "") or None
            split = SPLIT_NAMES.get((split or "").lower(), split)
            texts, labels = _strings(_column(row, _TEXT)), _strings(_column(row, _LABEL))
            # A table in a sub-folder may name its photos from there.
            beside = name.rpartition("/")[0]
            names = (f"{beside}/{file}", file) if beside else (file,)
            collector.add(names, texts, labels, split)
    return collector.listing()


def _rows(tree: PhotoTree, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    text = tree.files.read(name).decode("utf-8-sig").splitlines(keepends=True)
    header = _header(text[0])
    separator = _separator(text[0])
    # Where cells are separated by tabs or bars, a quotation mark is only a character.
    plain = separator in "\t|"
    reader = csv.reader(
        text[1:], delimiter=separator, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL
    )
    for row in reader:
        if row:
            yield reader.line_num + 1, dict(zip(header, (c.strip() for c in row), strict=False))


def _json_rows(tree: PhotoTree, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(tree.lines(name), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ValueError(f"{name} line {number}: {error}") from error
        if not isinstance(row, dict):
            raise ValueError(f"{name} line {number}: no object")
        yield number, row


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count)


def _header(line: str) -> list[str]:
    return [cell.strip().strip('"').lower() for cell in line.strip().split(_separator(line))]


def _first(columns: Mapping[str, object] | list[str], known: tuple[str, ...]) -> str | None:
    return next((name for name in known if name in columns), None)


def _column(row: Mapping[str, object], known: tuple[str, ...]) -> object:
    name = _first(row, known)
    return None if name is None else row[name]


def _strings(value: object) -> list[str]:
    if value is None or value == "":
        return []
    return [str(part) for part in value] if isinstance(value, list) else [str(value)]


METADATA = Layout(
    "metadata.jsonl",
    _has_metadata,
    lambda tree: Listing(list(read_metadata(tree.files, tree.source)), tree.files),
)
TABLE = Layout("table of captions", lambda tree: bool(_tables(tree)), _read)
