"""One folder a class: ``class/photo.jpg``, or ``train/class/photo.jpg`` with splits.

The folder's name is the label. Captions are made of labels by ``class_captions``, on demand.
"""

from __future__ import annotations

from training.data.class_captions import readable_label
from training.data.layouts.layout import SPLIT_NAMES, Layout, Listing, PhotoTree
from training.data.photo_files import is_photo
from training.data.source import CaptionedPhoto


def _photos(tree: PhotoTree) -> list[tuple[str, list[str]]]:
    found = []
    for name in sorted(tree.files.names):
        folders = name.split("/")[:-1]
        if is_photo(name) and folders:
            found.append((name, folders))
    # A zip often has everything in one folder of its own: that is no class.
    while found and len({folders[0] for _, folders in found}) == 1 and len(found[0][1]) > 1:
        if not all(len(folders) > 1 for _, folders in found):
            break
        if found[0][1][0].lower() in SPLIT_NAMES:
            break
        found = [(name, folders[1:]) for name, folders in found]
    return found


def _read(tree: PhotoTree) -> Listing:
    photos = []
    for name, folders in _photos(tree):
        split = SPLIT_NAMES.get(folders[0].lower()) if len(folders) > 1 else None
        photos.append(CaptionedPhoto(name, (), (readable_label(folders[-1]),), split))
    return Listing(photos, tree.files)


CLASS_FOLDERS = Layout(
    "class folders", lambda tree: tree.annotation is None and bool(_photos(tree)), _read
)
