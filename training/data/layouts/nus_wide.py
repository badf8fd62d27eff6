"""NUS-WIDE-10K: photos with one of ten categories, and their Flickr tags for a text.

NUS-WIDE (Chua et al., CIVR 2009) has 269,648 photos; the 10K subset (Feng, Wang and Li, ACM MM
2014) has 1,000 of each of ten categories, 8,000 / 1,000 / 1,000 for training, validation and
test. There is no official file of it; read here is the layout of parallel lists in which such
subsets are handed on:

* ``train_img.txt``, ``val_img.txt``, ``test_img.txt``: a photo's relative path a line
  (``database_img.txt`` counts as train; a single ``img.txt`` has no splits);
* ``train_label.txt`` ...: the category of the same line, a name or a number; several are
  separated by commas or spaces, or, all numbers 0 and 1, form one row of flags;
* ``train_tags.txt`` ... (optional): the tags of the same line, separated by spaces; they are the
  photo's caption;
* ``Concepts.txt`` or ``classes.txt`` (optional): category names, line n for number n from 0.

Without split lists, ``splits`` cuts the set 8:1:1 by a hash.
"""

from __future__ import annotations

import re
from itertools import repeat

from training.data.layouts.layout import SPLIT_NAMES, Collector, Layout, Listing, PhotoTree

_IMAGE_LIST = re.compile(r"(?:(train|database|val|dev|test)_)?img\.txt")
_CLASS_LIST = re.compile(r"(?:concepts\d*|classes)\.txt", re.IGNORECASE)


def _image_lists(tree: PhotoTree) -> list[str]:
    lists = tree.annotations(lambda base: _IMAGE_LIST.fullmatch(base) is not None)
    return [name for name in lists if _beside(name, "label") in tree.files.names]


def _beside(image_list: str, what: str) -> str:
    return image_list[: -len("img.txt")] + f"{what}.txt"


def _read(tree: PhotoTree) -> Listing:
    class_lists = sorted(n for n in tree.files.names if _CLASS_LIST.fullmatch(n.split("/")[-1]))
    classes = [line.strip() for line in tree.lines(class_lists[0])] if class_lists else []
    collector = Collector(tree)
    for name in _image_lists(tree):
        found = _IMAGE_LIST.fullmatch(name.rpartition("/")[2])
        part = found.group(1) if found else None
        photos, labels = list(tree.lines(name)), list(tree.lines(_beside(name, "label")))
        # A photo may have no tags: here an empty line is a line.
        tag_list = _beside(name, "tags")
        has_tags = tag_list in tree.files.names
        tags = tree.files.read(tag_list).decode("utf-8").splitlines() if has_tags else []
        if len(photos) != len(labels) or (has_tags and len(tags) != len(photos)):
            raise ValueError(f"{name} has {len(photos)} lines, the lists beside it have others")
        split = {"database": "train", None: None}.get(part, SPLIT_NAMES.get(part or ""))
        for photo, label, words in zip(photos, labels, tags or repeat(""), strict=False):
            names = (photo.strip().replace("\\", "/"),)
            collector.add(names, (words,), _categories(label, classes, name), split)
    return collector.listing()


def _categories(line: str, classes: list[str], name: str) -> list[str]:
    parts = [part for part in re.split(r"[,\s]+", line.strip()) if part]
    if len(parts) > 1 and set(parts) <= {"0", "1"}:
        parts = [str(number) for number, flag in enumerate(parts) if flag == "1"]
    if not classes:
        return parts
    try:
        return [classes[int(part)] if part.isdigit() else part for part in parts]
    except IndexError as error:
        raise ValueError(f"{name}: category {line.strip()} has no name") from error


NUS_WIDE = Layout("NUS-WIDE lists", lambda tree: bool(_image_lists(tree)), _read)
