"""The folder under torture: photos come, go, move, change, and have impossible dates."""

from __future__ import annotations

import hashlib
import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.inference.preprocess import preprocess
from desktop_app.library.decoder import Decoder
from tests.fakes import ColourEncoder

SIDE = 96
FEWEST, MOST = 60, 140


@dataclass
class PhotoFolder:
    """A folder, and what must be true of every content that was ever in it."""

    root: Path
    sources: list[Image.Image]
    chance: random.Random
    contents: dict[Path, str] = field(default_factory=dict)
    """Content hash by path: what is in the folder now."""
    vectors: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    """What the encoder makes of every content, computed here."""
    made: int = 0
    renamed: int = 0
    deleted: int = 0

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self._decoder = Decoder()
        self._encoder = ColourEncoder()

    def disturb(self) -> None:
        """What a user, a camera and a synchroniser do between two runs."""
        for _ in range(max(self.chance.randrange(20, 40), FEWEST - len(self.contents))):
            self._make(self.root / f"{self.chance.choice('abc')}/photo {self.made:05}.jpg")
        for path in self._some(3):
            target = path.with_name(f"{path.stem}-r.jpg")
            path.rename(target)
            self.contents[target] = self.contents.pop(path)
            self.renamed += 1
        for path in self._some(max(2, len(self.contents) - MOST)):
            path.unlink()
            del self.contents[path]
            self.deleted += 1
        for path in self._some(1):  # another picture under the same name
            self._make(path)
        for path in self._some(2):  # a time before all others, or after
            when = self.chance.choice((0, 86_400, 2_000_000_000, 4_000_000_000))
            os.utime(path, (when, when))

    def touch(self, paths: list[Path]) -> None:
        """Make a scan look at files again."""
        for path in paths:
            os.utime(path)

    def _some(self, count: int) -> list[Path]:
        return self.chance.sample(sorted(self.contents), min(count, len(self.contents)))

    def _make(self, path: Path) -> None:
        self.made += 1
        source = self.chance.choice(self.sources)
        left = self.chance.randrange(source.width - SIDE)
        top = self.chance.randrange(source.height - SIDE)
        path.parent.mkdir(exist_ok=True)
        tile = source.crop((left, top, left + SIDE, top + SIDE))
        tile.save(path, quality=90, comment=str(self.made).encode())
        content_hash = hashlib.blake2b(path.read_bytes(), digest_size=32).hexdigest()
        self.contents[path] = content_hash
        size = self._encoder.manifest.image_size
        pixels = preprocess(self._decoder.decode(path, size).image, size)
        self.vectors[content_hash] = self._encoder.encode(pixels[None])[0]
