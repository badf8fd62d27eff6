"""Flickr8k and Flickr30k as they were published.

Flickr8k (Hodosh, Young and Hockenmaier, JAIR 2013): ``Flickr8k.token.txt`` with lines
``name.jpg#number TAB caption``, and ``Flickr_8k.{train,dev,test}Images.txt`` with a name a line.
Flickr30k (Young et al., TACL 2014): ``results_20130124.token`` with the same lines, or
``results.csv`` with ``name.jpg| number| caption``; it comes without splits (Karpathy's JSON has
them, see ``coco``).
"""

from __future__ import annotations

import re

from training.data.layouts.layout import Collector, Layout, Listing, PhotoTree

_SPLIT_LISTS = {
    "Flickr_8k.trainImages.txt": "train",
    "Flickr_8k.devImages.txt": "val",
    "Flickr_8k.testImages.txt": "test",
}
# One line of the published results.csv lacks its second bar: "2199200615.jpg| 4   A dog runs".
_BAR_LINE = re.compile(r"(?P<name>[^|]+?)\s*\|\s*(?P<number>\d+)\s*[|\s]\s*(?P<caption>.+)")


def _token_files(tree: PhotoTree) -> list[str]:
    return tree.annotations(
        lambda base: base == "Flickr8k.token.txt" or (base[:7] == "results" and ".token" in base)
    )


def _read_tokens(tree: PhotoTree) -> Listing:
    splits: dict[str, str] = {}
    # The lists lie beside the token file even where that one was named.
    for name in sorted(tree.files.names):
        split = _SPLIT_LISTS.get(name.rpartition("/")[2])
        if split is not None:
            splits |= {line.strip(): split for line in tree.lines(name)}
    collector = Collector(tree)
    for name in _token_files(tree):
        for number, line in enumerate(tree.lines(name), 1):
            key, tab, caption = line.partition("\t")
            photo = key.rpartition("#")[0]
            if not tab or not photo:
                raise ValueError(f"{name} line {number}: no 'name#number TAB caption'")
            collector.add((photo,), (caption,), split=splits.get(photo))
    return collector.listing()


def _bar_files(tree: PhotoTree) -> list[str]:
    named = tree.annotations(lambda base: base == "results.csv")
    return [n for n in named if next(tree.lines(n), "").replace(" ", "").startswith("image_name|")]


def _read_bars(tree: PhotoTree) -> Listing:
    collector = Collector(tree)
    for name in _bar_files(tree):
        for number, line in enumerate(tree.lines(name), 1):
            if number == 1:
                continue
            parts = _BAR_LINE.fullmatch(line)
            if parts is None:
                raise ValueError(f"{name} line {number}: no 'name| number| caption'")
            collector.add((parts["name"],), (parts["caption"],))
    return collector.listing()


FLICKR_TOKENS = Layout("Flickr token file", lambda tree: bool(_token_files(tree)), _read_tokens)
FLICKR30K_CSV = Layout("Flickr30k results.csv", lambda tree: bool(_bar_files(tree)), _read_bars)
