"""Where the files come from: packages made to test decoders, and photos that we damage."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import appdirs
import pillow_heif
from PIL import Image

PACKAGES = ("pillow==13.0.0", "pillow-heif==1.8.1")
# fmt: off
_SUFFIXES = frozenset((
    ".png", ".apng", ".tif", ".tiff", ".bmp", ".dib", ".jpg", ".jpeg", ".jpe", ".gif", ".webp",
    ".avif", ".jp2", ".j2k", ".jpx", ".mpo", ".heic", ".heif", ".hif", ".ppm", ".pgm", ".pbm",
    ".pnm", ".psd", ".tga", ".fli", ".flc", ".dds", ".ico", ".icns", ".eps", ".pcx", ".im", ".sgi",
    ".xbm", ".xpm", ".wmf", ".emf", ".cur", ".blp", ".qoi", ".msp", ".sun", ".ras", ".pcd", ".raw",
    ".bin", ".pfm", ".cin", ".dcx", ".fits", ".gbr", ".iptc", ".mic", ".spider", ".mpeg", ".mpg",
))
# fmt: on
_PATIENCE_S = 600
_LARGEST_TO_DAMAGE = 400_000
_SIDE = 200
_FORMATS: Sequence[tuple[str, str, dict[str, object]]] = (
    ("jpg", "JPEG", {"quality": 85}),
    ("progressive.jpg", "JPEG", {"quality": 85, "progressive": True}),
    ("png", "PNG", {}),
    ("webp", "WEBP", {"quality": 80}),
    ("lossless.webp", "WEBP", {"lossless": True}),
    ("gif", "GIF", {}),
    ("lzw.tif", "TIFF", {"compression": "tiff_lzw"}),
    ("jpeg.tif", "TIFF", {"compression": "jpeg"}),
    ("deflate.tif", "TIFF", {"compression": "tiff_adobe_deflate"}),
    ("bmp", "BMP", {}),
    ("ppm", "PPM", {}),
    ("jp2", "JPEG2000", {}),
    ("avif", "AVIF", {"speed": 9}),
    ("heic", "HEIF", {"quality": 60}),
)


class Unreachable(Exception):
    """The packages are neither here nor to be had."""


def cached() -> Path:
    """Where the packages' images lie once they are fetched."""
    return Path(appdirs.user_cache_dir("visita-tests", appauthor=False)) / "corpus-1"


def fetch() -> Path:
    """The folder with the packages' images; they are downloaded once.

    Raises:
        Unreachable: they could not be downloaded.
    """
    folder = cached()
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        _download(Path(temporary))
        unpacked = Path(temporary) / "images"
        for archive in sorted(Path(temporary).glob("*.tar.gz")):
            _unpack(archive, unpacked)
        unpacked.rename(folder)
    return folder


def files_of(folder: Path) -> list[Path]:
    """Every file of the corpus, in an order that does not change."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def encoded(photos: Sequence[Path], folder: Path) -> list[Path]:
    """Photographs, small, in every format that is read here."""
    folder.mkdir(parents=True, exist_ok=True)
    pillow_heif.register_heif_opener()
    paths: list[Path] = []
    for number, (name, kind, options) in enumerate(_FORMATS):
        for photo in (photos[number % len(photos)], photos[(3 * number + 1) % len(photos)]):
            with Image.open(photo) as image:
                image.thumbnail((_SIDE, _SIDE))
                buffer = BytesIO()
                image.convert("RGB").save(buffer, kind, **options)  # type: ignore[arg-type]
            paths.append(folder / f"{photo.stem}.{name}")
            paths[-1].write_bytes(buffer.getvalue())
    return paths


def damaged(sources: Sequence[Path], folder: Path, count: int, seed: int) -> list[Path]:
    """Damaged copies of files: bits flipped, ends cut off, headers and lengths overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    usable = [path for path in sources if 0 < path.stat().st_size <= _LARGEST_TO_DAMAGE]
    chance.shuffle(usable)
    paths: list[Path] = []
    for number in range(count):
        source = usable[number % len(usable)]
        content = bytearray(source.read_bytes())
        _damage(content, chance)
        paths.append(folder / f"{number:05} {source.name}")
        paths[-1].write_bytes(content)
    return paths


def _damage(content: bytearray, chance: random.Random) -> None:
    kind = chance.choice(("flip", "flip", "header", "header", "cut", "huge", "zero", "repeat"))
    size = len(content)
    at = chance.randrange(size)
    if kind == "flip":
        for _ in range(chance.choice((1, 3, 20, 200))):
            content[chance.randrange(size)] ^= 1 << chance.randrange(8)
    elif kind == "header":  # behind the magic number, where sizes and depths are
        for _ in range(chance.randrange(1, 6)):
            content[chance.randrange(min(4, size - 1), min(200, size))] = chance.randrange(256)
    elif kind == "cut":
        del content[at:]
    elif kind == "huge":  # a length or a dimension that is absurd
        place = chance.randrange(min(8, size - 1), min(600, size))
        content[place : place + 4] = chance.choice(
            (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\xff\xff", b"\xff\xff\xff\x7f")
        )
    elif kind == "zero":
        content[at : at + 512] = bytes(len(content[at : at + 512]))
    else:
        content[at:at] = content[: chance.randrange(1, 4096)]


def _download(folder: Path) -> None:
    names = ",".join(package.partition("==")[0] for package in PACKAGES)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--no-binary", names, "--dest", str(folder), *PACKAGES]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreachable(f"pip took longer than {_PATIENCE_S} s") from error
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["pip gives no reason"])[-1]
        raise Unreachable(f"the packages cannot be downloaded ({last})")


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as tar:
        for member in tar:
            path = Path(member.name)
            if not member.isfile() or path.suffix.lower() not in _SUFFIXES:
                continue
            if not {"Tests", "tests"} & set(path.parts):
                continue
            stream = tar.extractfile(member)
            if stream is None:
                continue
            target = folder.joinpath(*path.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with stream, target.open("wb") as out:
                shutil.copyfileobj(stream, out)
