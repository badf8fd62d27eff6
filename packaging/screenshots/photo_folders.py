"""Folders of photos to take pictures with: made of the demo photos, and of nothing else."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

from desktop_app.cli.demo_command import demo_photos

CUT_PHOTOS = ("astronaut", "chelsea", "china", "coffee", "flower", "motorcycle_left", "rocket")
CUTS = 400
FIRST_DAY = datetime(2024, 3, 2, tzinfo=UTC)
DAYS_BETWEEN = 9


@dataclass(frozen=True)
class PhotoFolders:
    """Where everything lies."""

    demo: Path
    """The demo photos, some days apart, one of them twice, and one damaged file."""
    cuts: Path
    """Many cuts of some of them: enough to see an index run, and near duplicates."""
    outside: Path
    """A photo that is in no folder of the library."""
    broken: Path
    """A file that ends in its middle."""


def make_photo_folders(work: Path) -> PhotoFolders:
    """Make them below ``work``."""
    sources = demo_photos()
    demo = work / "Demo photos"
    demo.mkdir()
    for number, source in enumerate(sources):
        copy = Path(shutil.copy(source, demo))
        moment = (FIRST_DAY + timedelta(days=DAYS_BETWEEN * number)).timestamp()
        os.utime(copy, (moment, moment))
    cat_photo = next(path for path in sources if path.stem == "chelsea")
    shutil.copy(cat_photo, demo / "chelsea (copy).png")
    outside = work / "my cat.jpg"
    with Image.open(cat_photo) as cat:
        cat.convert("RGB").crop((60, 30, 400, 270)).save(outside)
    (demo / "birthday.jpg").write_bytes(outside.read_bytes()[:900])
    broken = work / "party.jpg"
    broken.write_bytes(outside.read_bytes()[:900])
    cuts = work / "Holiday 2024"
    _cut([path for path in sources if path.stem in CUT_PHOTOS], cuts)
    return PhotoFolders(demo, cuts, outside, broken)


def _cut(sources: list[Path], folder: Path) -> None:
    folder.mkdir()
    photos = [Image.open(path).convert("RGB") for path in sources]
    for number in range(CUTS):
        photo = photos[number % len(photos)]
        shift = number // len(photos)
        width, height = photo.width * 3 // 4, photo.height * 3 // 4
        left = (photo.width - width) * (shift % 7) // 6
        top = (photo.height - height) * (shift % 5) // 4
        cut = photo.crop((left, top, left + width, top + height)).resize((1600, 1200))
        cut.save(folder / f"IMG_{2000 + number}.jpg", quality=88)
