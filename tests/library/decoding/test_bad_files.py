"""What is no photo, or a damaged or dangerous one, is refused in plain words."""

from __future__ import annotations

import os
import random
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.errors import PhotoError, PhotoTooLarge, UnreadablePhoto, UnsupportedFormat
from desktop_app.library.decoder import Decoder
from desktop_app.library.photo_file import PERMISSION_DENIED
from tests.library.decoding.pictures import FORMATS, PIXEL_CAP, SIDE, jpeg, png_header

VIDEO = (UnsupportedFormat, "a video; only photos are searched")
PDF = (UnsupportedFormat, "not a photo (PDF document)")
POSTSCRIPT = (UnsupportedFormat, "not a photo (PostScript)")
AUDIO = (UnsupportedFormat, "not a photo (audio)")
RAW = (
    UnsupportedFormat,
    "a camera raw file that is damaged, or of a camera that is not known",
)


NO_JPEG = (UnreadablePhoto, "damaged: this is not what a .jpg file holds")
CUT = (UnreadablePhoto, "damaged: the file ends too early")
UNKNOWN = (UnreadablePhoto, "damaged, or of a kind that cannot be decoded")
BOMB = (PhotoTooLarge, "larger than 89 megapixels (this one has 3000)")
BIG = (PhotoTooLarge, "larger than 89 megapixels (this one has 100)")
BAD_FILES: dict[str, tuple[Callable[[Image.Image], bytes], tuple[type[PhotoError], str]]] = {
    "empty.jpg": (lambda _: b"", (UnreadablePhoto, "empty file")),
    "report.pdf": (lambda _: b"%PDF-1.7 ...", PDF),
    "scan.jpg": (lambda _: b"%PDF-1.7 ...", PDF),
    "notes.txt": (lambda _: b"milk, eggs", (UnsupportedFormat, "not a photo (.txt)")),
    "README": (lambda _: b"read me", (UnsupportedFormat, "not a photo")),
    "figure.eps": (lambda _: b"%!PS-Adobe-3.0 EPSF-3.0\n", POSTSCRIPT),
    "figure.png": (lambda _: b"%!PS-Adobe-3.0 EPSF-3.0\n", POSTSCRIPT),
    "clip.mp4": (lambda _: b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", VIDEO),
    "clip.mov": (lambda _: b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", VIDEO),
    "clip.mkv": (lambda _: b"\x1aE\xdf\xa3....", VIDEO),
    "clip.avi": (lambda _: b"RIFF\0\0\0\0AVI LIST", VIDEO),
    "song.wav": (lambda _: b"RIFF\0\0\0\0WAVEfmt ", AUDIO),
    "raw.nef": (lambda _: b"MM\0*" + bytes(99), RAW),
    "picture.cr2": (lambda _: b"%PDF-1.7 ...", PDF),
    "zeros.jpg": (lambda _: bytes(5000), NO_JPEG),
    "cut.jpg": (lambda photo: jpeg(photo)[:-3000], CUT),
    "head.jpg": (lambda photo: jpeg(photo)[:20], UNKNOWN),
    "cut.png": (lambda _: png_header(9, 9)[:50], CUT),
    "bomb.png": (lambda _: png_header(60000, 50000), BOMB),
    "big.png": (lambda _: png_header(10000, 9999), BIG),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_in_plain_words(
    name: str, source: Image.Image, tmp_path: Path
) -> None:
    content, (kind, reason) = BAD_FILES[name]
    path = tmp_path / name
    path.write_bytes(content(source))
    with pytest.raises(kind) as caught:
        Decoder(PIXEL_CAP).decode(path, SIDE)
    assert caught.value.message == reason


def test_a_video_is_told_by_its_head_alone(decoder: Decoder, tmp_path: Path) -> None:
    path = tmp_path / "holiday.mp4"
    with path.open("wb") as stream:
        stream.write(b"\0\0\0\x18ftypmp42\0\0\0\0isom")
        stream.truncate(1 << 37)  # 128 GiB on paper: reading it would not end
    with pytest.raises(UnsupportedFormat, match="video"):
        decoder.decode(path, SIDE)


def test_a_file_above_the_cap_is_not_read(source: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "photo.bmp"
    source.save(path)
    with path.open("ab") as stream:
        stream.truncate(1 << 37)
    with pytest.raises(PhotoTooLarge, match=r"more than 512 MB \(this one has 131072 MB\)"):
        Decoder().decode(path, SIDE)
    small = tmp_path / "small.bmp"
    source.save(small)
    with pytest.raises(PhotoTooLarge):
        Decoder(file_cap_bytes=1000).decode(small, SIDE)


def test_the_pixel_cap_is_the_decoders_own(source: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    source.save(path)
    pixel_count = source.width * source.height
    assert Decoder(pixel_count).decode(path, SIDE).width == source.width
    with pytest.raises(PhotoTooLarge, match=r"0\.1 megapixels \(this one has 0\.1\)"):
        Decoder(pixel_count - 1).decode(path, SIDE)


def test_what_is_no_file_never_blocks(decoder: Decoder, tmp_path: Path) -> None:
    with pytest.raises(UnreadablePhoto, match="not there any more"):
        decoder.decode(tmp_path / "nothing.jpg", SIDE)
    with pytest.raises(UnreadablePhoto, match="not a file"):
        decoder.decode(tmp_path, SIDE)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        with pytest.raises(UnreadablePhoto, match="not a file"):
            decoder.decode(tmp_path / "pipe.jpg", SIDE)


def test_permission_denied(decoder: Decoder, forbidding: Path) -> None:
    path = forbidding / "secret.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    path.chmod(0)
    with pytest.raises(UnreadablePhoto) as caught:
        decoder.decode(path, SIDE)
    assert caught.value.message == PERMISSION_DENIED


def test_damaged_files_of_every_format_never_raise_anything_else(
    decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    chance = random.Random(20)
    small = source.resize((90, 60))
    decoded = 0
    reasons: list[str] = []
    for suffix, (name, options, _) in FORMATS.items():
        stream = BytesIO()
        small.save(stream, name, **options)
        good = stream.getvalue()
        path = tmp_path / f"damaged{suffix}"
        for _ in range(25):
            data = bytearray(good)
            if chance.random() < 0.5:
                del data[chance.randrange(len(data)) :]
            for _ in range(chance.randrange(1, 12)):
                if data:
                    data[chance.randrange(len(data))] = chance.randrange(256)
            path.write_bytes(data)
            try:
                assert decoder.decode(path, 16).image.mode == "RGB"
            except PhotoError as error:
                reasons.append(error.message)
            else:
                decoded += 1
    assert decoded > 20  # both ways were really tried
    assert len(reasons) > 20
    assert all(reason and "\n" not in reason for reason in reasons)


def test_many_threads_share_a_decoder_and_leave_the_warnings_alone(
    decoder: Decoder, demo_photos: dict[str, Path]
) -> None:
    before = list(warnings.filters)
    alone = {path: decoder.decode(path, SIDE) for path in demo_photos.values()}
    paths = list(alone) * 3
    with ThreadPoolExecutor(6) as pool:
        together = pool.map(lambda path: decoder.decode(path, SIDE), paths)
        for path, photo in zip(paths, together, strict=True):
            assert photo.image.tobytes() == alone[path].image.tobytes()
            assert photo.content_hash == alone[path].content_hash
    assert list(warnings.filters) == before


def test_the_original_is_not_touched(decoder: Decoder, source: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    source.save(path)
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
    decoder.decode(path, SIDE)
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode) == before
    assert list(tmp_path.iterdir()) == [path]
