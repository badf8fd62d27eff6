"""The photos of an experiment, and what each variant gets of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.data.class_captions import LabelCaptions
from training.data.joined import JoinedDataset
from training.data.opening import open_dataset
from training.data.source import PhotoSource
from training.data.splits import SplitPhotos, assign, split_keys
from training.experiments.changed_captions import only, with_share, with_wrong

_HELD_OUT = {"train": 0.8, "held out": 0.2}


@dataclass(frozen=True)
class LabelledSet:
    """Photos with class names, a fifth of which no variant is trained on."""

    name: str
    photos: PhotoSource
    assigned: tuple[str, ...]
    """``train`` or ``held out`` of each photo, by its content."""

    @classmethod
    def open(cls, path: Path) -> LabelledSet:
        """Open a set and split it."""
        photos = open_dataset(path)
        return cls(path.stem, photos, tuple(assign(split_keys(photos), _HELD_OUT)))

    def held_out(self) -> PhotoSource:
        """The part that is only measured."""
        return SplitPhotos(self.photos, self.assigned, "held out")


@dataclass(frozen=True)
class Material:
    """Captioned photos to train on and to measure on, and labelled sets of other kinds."""

    train: PhotoSource
    validation: PhotoSource
    labelled: tuple[LabelledSet, ...] = ()

    @classmethod
    def open(
        cls,
        data: Path,
        train_split: str,
        validation_split: str,
        labelled: Sequence[Path] = (),
    ) -> Material:
        """Open everything.

        Raises:
            FileNotFoundError: a set is missing.
            ValueError: a set cannot be read, or two labelled sets have one name.
        """
        sets = tuple(LabelledSet.open(path) for path in labelled)
        if len({own.name for own in sets}) < len(sets):
            raise ValueError("two labelled sets have the same name")
        return cls(open_dataset(data, train_split), open_dataset(data, validation_split), sets)

    def captioned(self, share: float, wrong: float, seed: int) -> PhotoSource:
        """The training photos of a variant: a share of the pairs, some of them wrong."""
        return with_wrong(with_share(self.train, share, seed), wrong, seed)

    def class_captioned(self, names: Sequence[str]) -> PhotoSource | None:
        """The training parts of these labelled sets with captions of their labels.

        All sets are in it, so that one file of cached features serves every variant; what does
        not take part has no captions.
        """
        if not names:
            return None
        joined = JoinedDataset([(LabelCaptions(own.photos), 1.0) for own in self.labelled])
        kept = [
            own.name in names and split == "train"
            for own in self.labelled
            for split in own.assigned
        ]
        return only(joined, kept)

    def measured(self, name: str) -> PhotoSource:
        """The held-out part of a labelled set."""
        (found,) = (own for own in self.labelled if own.name == name)
        return found.held_out()

    def digest(self) -> str:
        """A hash of all that is known of the photos, to tell other photos from these."""
        sets = [self.train, self.validation, *(own.photos for own in self.labelled)]
        known = [[(p.file, p.captions, p.labels) for p in own.photos] for own in sets]
        return hashlib.sha256(json.dumps(known).encode()).hexdigest()

    def described(self) -> list[dict[str, Any]]:
        """Name, photos and captions of every part."""
        parts = [
            ("training", self.train),
            ("validation", self.validation),
            *(("labelled", own.photos) for own in self.labelled),
        ]
        return [
            {
                "part": part,
                "set": photos.source.name,
                "split": photos.split,
                "photos": len(photos),
                "captions": len(photos.captions),
            }
            for part, photos in parts
        ]
