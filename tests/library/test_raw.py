"""Camera raw files: made here, read by LibRaw in its own process, and damaged by the hundred.

No file of a real camera is among them: those are under other people's copyright.
"""

from __future__ import annotations

import random
import sys
import threading
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from desktop_app.errors import PhotoError, PhotoTooLarge, UnreadablePhoto, UnsupportedFormat
from desktop_app.library.decoder import DecodedPhoto, Decoder
from desktop_app.library.file_kind import is_raw
from desktop_app.library.raw_preview import RawReader
from tests.corpus.dng import write_dng
from tests.library.conftest import Workbench
from tests.library.test_metadata import XMP

SIDE = 96


@pytest.fixture(scope="module")
def source(demo_photos: dict[str, Path]) -> Image.Image:
    """A real photo of 1200 x 800 pixels."""
    with Image.open(demo_photos["chelsea.png"]) as image:
        return image.convert("RGB").crop((0, 0, 450, 300)).resize((1200, 800))


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return Decoder()


def jpeg(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def upright(source: Image.Image, orientation: int) -> Image.Image:
    turned = source.copy()
    turned.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(turned)


def likeness(photo: DecodedPhoto, expected: Image.Image) -> float:
    """Correlation of the greys: colours and brightness are the developer's matter."""
    assert photo.image.mode == "RGB"
    greys = [
        np.asarray(image.convert("L").resize((SIDE, SIDE)), np.float64).ravel()
        for image in (photo.image, expected)
    ]
    return float(np.corrcoef(*greys)[0, 1])


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("preview", ["large", "small", "none"])
def test_a_raw_file_gives_the_photo_upright(
    preview: str, orientation: int, decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    # The preview is of another picture: which of the two was taken can be seen.
    other = ImageOps.invert(source)
    previews = {"large": jpeg(other), "small": jpeg(other.resize((96, 64))), "none": None}
    path = tmp_path / "photo.dng"
    path.write_bytes(write_dng(source, orientation, previews[preview]))
    photo = decoder.decode(path, SIDE)
    expected = upright(source, orientation)
    assert (photo.format, photo.width, photo.height) == ("RAW", *expected.size)
    assert min(photo.image.size) >= 320
    if preview == "large":
        expected = ImageOps.invert(expected)
    assert likeness(photo, expected) > 0.97


def test_a_preview_that_is_upright_already_is_not_turned_again(
    decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / "photo.dng"
    path.write_bytes(write_dng(source, 6, jpeg(upright(source, 6))))
    photo = decoder.decode(path, SIDE)
    assert (photo.width, photo.height) == (800, 1200)
    assert likeness(photo, upright(source, 6)) > 0.97


def test_a_broken_preview_is_replaced_by_the_sensor(
    decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    preview = jpeg(ImageOps.invert(source))
    path = tmp_path / "photo.dng"
    path.write_bytes(
        write_dng(source, 1, preview).replace(preview[800:], bytes(len(preview) - 800))
    )
    assert likeness(decoder.decode(path, SIDE), source) > 0.97


def test_what_the_camera_wrote_is_read(
    decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / "photo.nef"
    path.write_bytes(write_dng(source, preview=jpeg(source), xmp=XMP))
    photo = decoder.decode(path, SIDE)
    assert photo.taken_at == "2020-06-15T12:00:00+02:00"
    assert decoder.metadata(path) == photo.metadata
    assert photo.metadata.camera == "Test Camera"
    assert photo.metadata.lens == "Test 50mm F1.8"
    assert (photo.metadata.rating, photo.metadata.keywords) == (4, ("Hochzeit", "Tom & Ann"))


def test_a_raw_file_without_a_date_has_none(
    decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / "photo.dng"
    data = write_dng(source)
    assert b"2020:06:15 12:00:00" in data
    path.write_bytes(data.replace(b"2020:06:15 12:00:00", b"0000:00:00 00:00:00"))
    assert decoder.decode(path, SIDE).taken_at is None  # and not of 1970


@pytest.mark.parametrize(
    ("head", "suffix", "expected"),
    [
        (b"II*\0\x10\0\0\0CR\x02\0", ".tif", True),
        (b"FUJIFILMCCD-RAW 0201", ".raf", True),
        (b"FUJIFILMCCD-RAW 0201", "", True),
        (b"IIU\0\x18\0\0\0", ".rw2", True),
        (b"IIRO\x08\0\0\0", ".orf", True),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", ".cr3", True),
        (b"MM\0*\0\0\0\x08", ".NEF", True),
        (b"II*\0\x08\0\0\0", ".pef", True),
        (b"II*\0\x08\0\0\0", ".tif", False),
        (b"\xff\xd8\xff\xe1", ".arw", False),
        (b"%PDF-1.7", ".arw", False),
        (b"\0\0\0\x18ftypmp42", ".dng", False),
    ],
)
def test_raw_files_are_told_by_their_first_bytes_and_their_names(
    head: bytes, suffix: str, expected: bool
) -> None:
    assert is_raw(head, suffix) is expected


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"II*\0" + bytes(5000), UnsupportedFormat, "camera that is not known"),
        (b"FUJIFILMCCD-RAW 0201" + bytes(900), UnsupportedFormat, "camera that is not known"),
        (b"%PDF-1.7", UnsupportedFormat, "PDF document"),
        (b"", UnreadablePhoto, "empty file"),
    ],
)
def test_what_is_no_raw_file_is_refused_in_plain_words(
    content: bytes, kind: type[PhotoError], words: str, decoder: Decoder, tmp_path: Path
) -> None:
    path = tmp_path / "photo.dng"
    path.write_bytes(content)
    with pytest.raises(kind, match=words):
        decoder.decode(path, SIDE)


def test_a_cut_file_is_refused(decoder: Decoder, source: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "photo.dng"
    path.write_bytes(write_dng(source)[:1_000_000])
    with pytest.raises(PhotoError, match="damaged"):
        decoder.decode(path, SIDE)


def test_a_raw_file_that_needs_too_much_memory_is_refused(
    source: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / "photo.dng"
    path.write_bytes(write_dng(source))
    with pytest.raises(PhotoTooLarge, match=r"needs about 6 MB to decode, the limit is 6 MB"):
        Decoder(memory=6_000_000).decode(path, SIDE)
    path.write_bytes(write_dng(source, preview=jpeg(source)))
    assert Decoder(memory=6_000_000).decode(path, SIDE).width == 1200


# A decoder that breaks down, which LibRaw does not do to order.
_PRELUDE = """
import json, os, sys, time
line = sys.stdin.buffer.readline()
data = sys.stdin.buffer.read(json.loads(line)["size"])
"""


_HALF_A_LINE = """print('{"kind"', end="", flush=True); os._exit(0)"""


@pytest.mark.parametrize(
    "death", ["os.abort()", "os._exit(0)", "os.kill(os.getpid(), 11)", _HALF_A_LINE]
)
def test_a_decoder_that_crashes_costs_one_photo(death: str, tmp_path: Path) -> None:
    reader = RawReader((sys.executable, "-c", f"{_PRELUDE}{death}"))
    for _ in range(2):
        with pytest.raises(UnreadablePhoto, match="broke down"):
            reader.read(b"x" * 100_000, 320, 10**9)


def test_a_decoder_that_hangs_is_killed() -> None:
    reader = RawReader((sys.executable, "-c", f"{_PRELUDE}time.sleep(600)"), limit_s=1.0)
    with pytest.raises(UnreadablePhoto, match="took longer than 1 s to decode"):
        reader.read(b"x", 320, 10**9)


def test_a_child_that_was_killed_meanwhile_is_replaced(source: Image.Image) -> None:
    reader = RawReader()
    data = write_dng(source)
    first = reader.read(data, 320, 10**9)
    assert reader._child is not None
    reader._child.kill()
    assert reader.read(data, 320, 10**9).rgb == first.rgb
    assert (first.width, first.height, first.taken_at) == (1200, 800, "2020-06-15T12:00:00")


def test_many_threads_share_one_child(source: Image.Image, tmp_path: Path) -> None:
    decoder = Decoder()
    for number in range(4):
        turned = source.rotate(90 * (number % 2), expand=True).resize((400 + number, 300))
        (tmp_path / f"{number}.dng").write_bytes(write_dng(turned.resize((400 + 2 * number, 300))))
    widths: dict[int, int] = {}
    threads = [
        threading.Thread(
            target=lambda n=n: widths.update(
                {n: decoder.decode(tmp_path / f"{n}.dng", SIDE).width}  # type: ignore[misc]
            )
        )
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert widths == {0: 400, 1: 402, 2: 404, 3: 406}


def damaged_copies(sources: list[bytes], count: int) -> list[bytes]:
    """Tags, sizes and pixels overwritten, ends cut off."""
    copies = []
    for number in range(count):
        chance = random.Random(number)
        data = bytearray(sources[number % len(sources)])
        kind = chance.choice(("tags", "tags", "flip", "cut", "zero"))
        if kind == "tags":
            start = chance.choice((0, max(0, len(data) - 700)))
            for _ in range(chance.randrange(1, 9)):
                at = chance.randrange(start, min(len(data), start + 700))
                data[at] = chance.choice((0, 255, chance.randrange(256)))
        elif kind == "flip":
            for _ in range(chance.choice((1, 20, 300))):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        elif kind == "cut":
            del data[chance.randrange(len(data)) :]
        else:
            at = chance.randrange(len(data))
            data[at : at + 64] = bytes(len(data[at : at + 64]))
        copies.append(bytes(data))
    return copies


def test_hundreds_of_damaged_raw_files_neither_crash_nor_hang(
    source: Image.Image, tmp_path: Path
) -> None:
    small = source.resize((120, 80))
    sources = [write_dng(small), write_dng(small, 6, jpeg(small)), write_dng(small, 1, None, XMP)]
    decoder = Decoder(raw_reader=RawReader(limit_s=20))
    path = tmp_path / "photo.dng"
    decoded, reasons = 0, []
    for content in damaged_copies(sources, 400):
        path.write_bytes(content)
        try:
            photo = decoder.decode(path, 16)
        except PhotoError as error:
            reasons.append(error.message)
        else:
            decoded += 1
            assert photo.image.mode == "RGB"
    assert decoded > 100
    assert len(reasons) > 50
    assert not [reason for reason in reasons if "\n" in reason or "took longer" in reason]


def test_raw_files_are_indexed(bench: Workbench, source: Image.Image, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "good.dng").write_bytes(write_dng(source))
    (folder / "bad.cr2").write_bytes(b"II*\0" + bytes(900))
    assert bench.counts_of(folder) == {"indexed": 1, "failed": 1}
    assert list(bench.failures()) == ["bad.cr2"]
    # what an earlier version refused is tried again although the file has not changed
    bench.catalogue._database.run(
        "UPDATE files SET failure = 'a camera raw file; export it as JPEG to search it' "
        "WHERE state = 'failed'"
    )
    assert bench.counts_of(folder) == {"unchanged": 1, "failed": 1}
    assert "not known" in bench.failures()["bad.cr2"]
