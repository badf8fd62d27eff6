"""MS-COCO captions: Karpathy's JSON (also of Flickr8k and Flickr30k) and the official one.

Karpathy and Fei-Fei (CVPR 2015): ``dataset_coco.json``, ``dataset_flickr30k.json``, ... =
``{"images": [{"filepath", "filename", "split", "sentences": [{"raw"}]}]}``. Its ``restval`` is
the part of COCO's val that everybody trains on, and is called train here.
Official (Chen et al., arXiv 1504.00325): ``captions_{train,val}{2014,2017}.json`` =
``{"images": [{"id", "file_name"}], "annotations": [{"image_id", "caption"}]}``; the split comes
from the file's name.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict

from training.data.layouts.layout import SPLIT_NAMES, Collector, Layout, Listing, PhotoTree

_OFFICIAL = re.compile(r"captions_(train|val|test)(\d*)\.json")


def _karpathy_files(tree: PhotoTree) -> list[str]:
    return tree.annotations(lambda base: re.fullmatch(r"dataset_\w+\.json", base) is not None)


def _read_karpathy(tree: PhotoTree) -> Listing:
    collector = Collector(tree)
    for name in _karpathy_files(tree):
        try:
            for image in json.loads(tree.files.read(name))["images"]:
                folder = image.get("filepath", "")
                path = f"{folder}/{image['filename']}" if folder else image["filename"]
                split = "train" if image["split"] == "restval" else image["split"]
                captions = [sentence["raw"] for sentence in image["sentences"]]
                collector.add((path,), captions, split=SPLIT_NAMES.get(split, split))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{name} is no Karpathy JSON: {error!r}") from error
    return collector.listing()


def _official_files(tree: PhotoTree) -> list[str]:
    return tree.annotations(lambda base: _OFFICIAL.fullmatch(base) is not None)


def _read_official(tree: PhotoTree) -> Listing:
    collector = Collector(tree)
    for name in _official_files(tree):
        found = _OFFICIAL.fullmatch(name.rpartition("/")[2])
        part, year = found.groups() if found else ("", "")
        try:
            stored = json.loads(tree.files.read(name))
            captions = defaultdict(list)
            for annotation in stored["annotations"]:
                captions[annotation["image_id"]].append(annotation["caption"])
            for image in stored["images"]:
                path = f"{part}{year}/{image['file_name']}"
                collector.add((path,), captions[image["id"]], split=SPLIT_NAMES.get(part))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{name} is no COCO captions file: {error!r}") from error
    return collector.listing()


KARPATHY = Layout("Karpathy JSON", lambda tree: bool(_karpathy_files(tree)), _read_karpathy)
COCO = Layout("MS-COCO captions", lambda tree: bool(_official_files(tree)), _read_official)
