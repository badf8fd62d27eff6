"""What a path is: one function recognises the layout and opens it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from training.data.layouts.base64_rows import BASE64
from training.data.layouts.class_folders import CLASS_FOLDERS
from training.data.layouts.coco import COCO, KARPATHY
from training.data.layouts.flickr import FLICKR30K_CSV, FLICKR_TOKENS
from training.data.layouts.layout import Layout, PhotoTree
from training.data.layouts.nus_wide import NUS_WIDE
from training.data.layouts.tables import METADATA, TABLE
from training.data.photo_files import FolderFiles, ZipFiles
from training.data.source import PhotoRecords

# The surest signs first: Karpathy's JSON has splits that the token file beside it lacks, and
# anything with sub-folders of photos could be taken for class folders.
LAYOUTS: tuple[Layout, ...] = (
    METADATA,
    KARPATHY,
    COCO,
    FLICKR_TOKENS,
    FLICKR30K_CSV,
    BASE64,
    NUS_WIDE,
    TABLE,
    CLASS_FOLDERS,
)


def recognise(path: Path) -> tuple[Layout, PhotoTree]:
    """The layout of a folder, a zip, or an annotation file with its photos around it.

    Raises:
        FileNotFoundError: there is nothing at this path.
        ValueError: nothing known is in it.
    """
    if path.is_file() and zipfile.is_zipfile(path):
        tree = PhotoTree(ZipFiles(path), path)
    elif path.is_file():
        # COCO keeps annotations/ beside the folders of photos.
        root = path.parent.parent if path.parent.name == "annotations" else path.parent
        tree = PhotoTree(FolderFiles(root), path, path.relative_to(root).as_posix())
    elif path.is_dir():
        tree = PhotoTree(FolderFiles(path), path)
    else:
        raise FileNotFoundError(f"there is no photo set at {path}")
    for layout in LAYOUTS:
        if layout.recognises(tree):
            return layout, tree
    known = ", ".join(layout.name for layout in LAYOUTS)
    raise ValueError(f"{path} is no photo set that is known here ({known})")


def open_dataset(path: Path, split: str | None = None) -> PhotoRecords:
    """Open a photo set of any known layout.

    Args:
        path: a folder, a zip of one, or the annotation file of one (``dataset_coco.json``).
        split: keep only this split (train, val or test); None keeps everything.

    Raises:
        FileNotFoundError: there is nothing at this path.
        ValueError: its layout is not known, an annotation makes no sense, or the split is empty.
    """
    layout, tree = recognise(path)
    listing = layout.read(tree)
    return PhotoRecords(path, split, listing.photos, listing.files)
