"""Photos as Base64 rows of a TSV (S3: ``id TAB base64``), with their texts beside.

Per split, or without the ``SPLIT_`` in front:

* ``SPLIT_imgs.tsv`` or ``SPLIT_images.tsv``: ``id TAB base64`` a line;
* ``SPLIT_texts.jsonl`` or ``SPLIT_captions.jsonl``: ``{"text": .., "image_ids": [..]}`` or
  ``{"image_id" or "id": .., "caption" or "text": ..}``;
* or ``SPLIT_captions.tsv`` / ``SPLIT_texts.tsv``: ``id TAB caption``.

The first is the layout of MUGE and of Chinese-CLIP's data. Image rows are never all in memory:
one pass notes where each row begins, then each photo is read from there.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator

from training.data.layouts.layout import SPLIT_NAMES, Layout, Listing, PhotoTree
from training.data.photo_files import FileTree
from training.data.source import CaptionedPhoto

_IMAGES = re.compile(r"(?:(\w+?)_)?(?:imgs|images)\.tsv")
_TEXTS = ("texts.jsonl", "captions.jsonl", "captions.tsv", "texts.tsv")
_ID_LIMIT = 1024


class Base64Rows:
    """Photos by ``file/id`` from Base64 rows; one seek and one decoding for each."""

    def __init__(self, files: FileTree, names: list[str]) -> None:
        """Note where the rows begin.

        Raises:
            ValueError: a row has no id.
        """
        self._files = files
        self._places: dict[str, tuple[str, int, int]] = {}
        for name in names:
            for key, start, size in _row_places(files, name):
                self._places[f"{name}/{key}"] = (name, start, size)

    @property
    def ids(self) -> dict[str, str]:
        """``file/id`` of every row, in order, and the file that it is in."""
        return {row: file for row, (file, _, _) in self._places.items()}

    def read(self, name: str) -> bytes:
        """The photo of one row.

        Raises:
            KeyError: there is no such row.
            ValueError: the row is no Base64.
        """
        file, start, size = self._places[name]
        text = self._files.read_range(file, start, size).strip()
        # Some exporters use the alphabet for URLs.
        return base64.b64decode(text.translate(bytes.maketrans(b"-_", b"+/")), validate=True)


def _row_places(files: FileTree, name: str) -> Iterator[tuple[str, int, int]]:
    position = 0
    with files.open(name) as stream:
        for number, line in enumerate(stream, 1):
            tab = line.find(b"\t", 0, _ID_LIMIT)
            if tab > 0:
                yield line[:tab].decode("utf-8"), position + tab + 1, len(line) - tab - 1
            elif line.strip():
                raise ValueError(f"{name} line {number}: no 'id TAB base64'")
            position += len(line)


def _image_files(tree: PhotoTree) -> list[str]:
    return tree.annotations(lambda base: _IMAGES.fullmatch(base) is not None)


def _read(tree: PhotoTree) -> Listing:
    rows = Base64Rows(tree.files, _image_files(tree))
    captions: dict[str, list[str]] = {row: [] for row in rows.ids}
    splits: dict[str, str | None] = {}
    for name in _image_files(tree):
        folder, _, base = name.rpartition("/")
        found = _IMAGES.fullmatch(base)
        part = found.group(1) if found else None
        splits[name] = SPLIT_NAMES.get(part or "", part)
        prefix = (f"{folder}/" if folder else "") + (f"{part}_" if part else "")
        for texts in (prefix + end for end in _TEXTS):
            if texts in tree.files.names:
                for key, caption in _text_rows(tree, texts):
                    if f"{name}/{key}" in captions:
                        captions[f"{name}/{key}"].append(caption.strip())
    files = rows.ids
    photos = [
        CaptionedPhoto(row, tuple(found), (), splits[files[row]]) for row, found in captions.items()
    ]
    return Listing(photos, rows)


def _text_rows(tree: PhotoTree, name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(tree.lines(name), 1):
        if name.endswith(".tsv"):
            key, tab, caption = line.partition("\t")
            if not tab:
                raise ValueError(f"{name} line {number}: no 'id TAB caption'")
            yield key, caption
            continue
        try:
            row = json.loads(line)
            text = str(row["caption"] if "caption" in row else row["text"])
            one = row.get("image_id", row.get("id"))
            for key in row.get("image_ids", [one]):
                yield str(key), text
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{name} line {number}: {error!r}") from error


BASE64 = Layout("Base64 rows", lambda tree: bool(_image_files(tree)), _read)
