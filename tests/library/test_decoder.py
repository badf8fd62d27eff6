"""The decoder on real photos in every format, and on files that are none."""

from __future__ import annotations

import os
import random
import re
import struct
import threading
import time
import warnings
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from desktop_app.errors import PhotoError, PhotoTooLarge, UnreadablePhoto, UnsupportedFormat
from desktop_app.inference.preprocess import preprocess
from desktop_app.library.decode_memory import DecodeBudget
from desktop_app.library.decoder import LEAST_SIDE, MODEL_SPARE, DecodedPhoto, Decoder
from desktop_app.library.photo_file import PERMISSION_DENIED, hash_content
from desktop_app.library.to_rgb import reduced_to_rgb, to_rgb

SIDE = 96
# What a format loses, as the mean difference of 255 levels from the source.
FORMATS: dict[str, tuple[str, dict[str, object], float]] = {
    ".jpg": ("JPEG", {"quality": 95}, 2),
    ".png": ("PNG", {}, 0.6),
    ".webp": ("WEBP", {"lossless": True}, 0.6),
    ".tif": ("TIFF", {"compression": "tiff_lzw"}, 0.6),
    ".bmp": ("BMP", {}, 0.6),
    ".ppm": ("PPM", {}, 0.6),
    ".gif": ("GIF", {}, 9),
    ".avif": ("AVIF", {"quality": 95}, 2),
    ".jp2": ("JPEG2000", {}, 0.6),
    ".heic": ("HEIF", {"quality": 95}, 2),
}


@pytest.fixture
def decoder() -> Decoder:
    return Decoder()


@pytest.fixture(scope="module")
def source(demo_photos: dict[str, Path]) -> Image.Image:
    """A real photo, 451 x 300: no square, so a wrong turn shows."""
    with Image.open(demo_photos["chelsea.png"]) as image:
        return image.convert("RGB")


def pixels(image: Image.Image) -> NDArray[np.float32]:
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BICUBIC), np.float32)


def difference(photo: DecodedPhoto, expected: Image.Image) -> float:
    assert photo.image.mode == "RGB"
    return float(np.abs(pixels(photo.image) - pixels(expected)).mean())


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_photo(
    suffix: str, decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    name, options, allowed = FORMATS[suffix]
    path = tmp_path / f"photo{suffix}"
    source.save(path, name, **options)
    photo = decoder.decode(path, SIDE)
    assert (photo.format, photo.width, photo.height) == (name, *source.size)
    assert photo.content_hash == hash_content(path.read_bytes())
    assert difference(photo, source) < allowed


def test_a_reduced_photo_equals_a_fully_decoded_one(
    decoder: Decoder, demo_photos: dict[str, Path]
) -> None:
    for path in demo_photos.values():
        photo = decoder.decode(path, SIDE)
        with Image.open(path) as full:
            assert (photo.width, photo.height) == full.size
            assert difference(photo, full.convert("RGB")) < 2.5, path
            assert min(photo.image.size) >= min(2 * SIDE, *full.size)


def test_large_photos_come_back_small(decoder: Decoder, tmp_path: Path) -> None:
    for suffix in (".jpg", ".png"):
        path = tmp_path / f"large{suffix}"
        Image.linear_gradient("L").resize((4000, 3000)).convert("RGB").save(path)
        image = decoder.decode(path, SIDE).image
        assert LEAST_SIDE <= min(image.size) < 2 * LEAST_SIDE
        if suffix == ".jpg":  # by the codec itself, at an eighth: that is what makes it quick
            with Image.open(path) as scaled:
                scaled.draft("RGB", (LEAST_SIDE, LEAST_SIDE))
                assert image.tobytes() == scaled.tobytes()
        image = decoder.decode(path, 400).image
        assert 800 <= min(image.size) < 1600


@pytest.mark.parametrize("orientation", [1, 6])
def test_the_models_input_of_12_megapixels_is_decoded_at_an_eighth(
    orientation: int, decoder: Decoder, demo_photos: dict[str, Path], tmp_path: Path
) -> None:
    path, side = tmp_path / "large.jpg", 224
    exif = Image.Exif()
    exif[0x0112] = orientation
    with Image.open(demo_photos["coffee.png"]) as coffee:
        coffee.convert("RGB").resize((4000, 3000)).save(path, quality=90, exif=exif)
    photo = decoder.decode(path, side, MODEL_SPARE)
    with Image.open(path) as scaled, Image.open(path) as full:
        scaled.draft("RGB", (500, 375))
        assert scaled.size == (500, 375)
        assert photo.image.tobytes() == ImageOps.exif_transpose(scaled).tobytes()
        slow = preprocess(ImageOps.exif_transpose(full), side)
    quick = preprocess(photo.image, side)
    assert np.abs(slow - quick).mean() < 0.006
    # an eighth would be too little for 299 pixels
    image = decoder.decode(path, 299, MODEL_SPARE).image
    assert sorted(image.size) == [750, 1000]


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_the_models_input_in_one_pass_is_that_of_the_formula(
    mode: str, demo_photos: dict[str, Path]
) -> None:
    with Image.open(demo_photos["chelsea.png"]) as image:
        photo = image.convert(mode)
    found = preprocess(photo, 96)
    resized = photo.convert("RGB").resize((96, 96), Image.Resampling.BICUBIC, reducing_gap=3.0)
    slow = (np.asarray(resized, np.float32) / 255).transpose(2, 0, 1)
    assert (found.dtype, found.shape) == (np.float32, (3, 96, 96))
    assert found.flags.c_contiguous
    assert np.array_equal(found, slow)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".avif", ".heic"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(
    suffix: str, orientation: int, decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned{suffix}"
    source.save(path, exif=exif)
    with Image.open(path) as stored:  # Pillow's own way, on all pixels
        expected = ImageOps.exif_transpose(stored).convert("RGB")
    photo = decoder.decode(path, SIDE)
    assert (photo.width, photo.height) == expected.size
    assert difference(photo, expected) < 2
    if suffix in (".jpg", ".png", ".tif") and orientation >= 5:
        assert expected.size == source.size[::-1]  # the test itself turned something


def test_a_small_turned_jpeg_is_reduced_before_it_is_turned(
    decoder: Decoder, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "portrait.jpg"
    Image.new("RGB", (1600, 1200), "navy").save(path, exif=exif)
    photo = decoder.decode(path, SIDE)
    assert (photo.width, photo.height) == (1200, 1600)
    assert photo.image.width < photo.image.height <= 800


def grey_ramp(low: float, high: float, dtype: type) -> NDArray[np.generic]:
    return np.linspace(low, high, 256).astype(dtype)[None].repeat(200, 0)


@pytest.mark.parametrize(
    "image",
    [
        Image.fromarray(grey_ramp(0, 255, np.uint8)),
        Image.fromarray(grey_ramp(0, 65535, np.uint16)),
        Image.fromarray(grey_ramp(0, 4000, np.uint16)),
        Image.fromarray(grey_ramp(-5, 2.5, np.float32)),
        Image.fromarray(grey_ramp(0, 1 << 30, np.int32)),
        Image.fromarray(grey_ramp(0, 255, np.uint8)).convert("P"),
        Image.fromarray(grey_ramp(0, 255, np.uint8)).convert("LA"),
    ],
    ids=["8 bit", "16 bit", "12 bit in 16", "float", "32 bit", "palette", "grey with alpha"],
)
def test_greys_of_any_depth_keep_their_contrast(
    image: Image.Image, decoder: Decoder, tmp_path: Path
) -> None:
    path = tmp_path / "grey.tif"
    image.save(path)
    ramp = np.asarray(decoder.decode(path, SIDE).image, np.int16)
    assert ramp.shape[2] == 3
    assert ramp[:, 0].max() <= 4
    assert ramp[:, -1].min() >= 251
    assert (np.diff(ramp[0, :, 0]) >= 0).all()
    assert abs(int(ramp[0, ramp.shape[1] // 2, 0]) - 128) <= 4


def test_what_is_transparent_is_white(decoder: Decoder, tmp_path: Path) -> None:
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 150, 300))
    half = Image.new("RGBA", (300, 300), (0, 0, 0, 128))
    image.save(tmp_path / "rgba.png")
    image.save(tmp_path / "rgba.webp", lossless=True)
    image.quantize(8).save(tmp_path / "palette.png")
    half.save(tmp_path / "half.png")
    keyed = Image.new("RGB", (300, 300), (1, 2, 3))
    keyed.paste((200, 0, 0), (0, 0, 150, 300))
    keyed.save(tmp_path / "keyed.png", transparency=(1, 2, 3))
    for name in ("rgba.png", "rgba.webp", "palette.png", "keyed.png"):
        shown = decoder.decode(tmp_path / name, SIDE).image
        assert shown.getpixel((shown.width - 1, 5)) == (255, 255, 255), name
        assert shown.getpixel((0, 5)) == (200, 0, 0), name
    assert decoder.decode(tmp_path / "half.png", SIDE).image.getpixel((5, 5)) == (127, 127, 127)


def test_cmyk_and_bilevel_photos(decoder: Decoder, source: Image.Image, tmp_path: Path) -> None:
    source.convert("CMYK").save(tmp_path / "print.jpg", quality=95)
    assert difference(decoder.decode(tmp_path / "print.jpg", SIDE), source) < 4
    source.convert("1").save(tmp_path / "fax.tif")
    fax = decoder.decode(tmp_path / "fax.tif", SIDE)
    assert difference(fax, source.convert("L").convert("RGB")) < 30


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".avif"])
def test_the_first_picture_of_an_animation_is_taken(
    suffix: str, decoder: Decoder, tmp_path: Path
) -> None:
    path = tmp_path / f"moving{suffix}"
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue", "green")]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    colour = decoder.decode(path, SIDE).image.getpixel((32, 32))
    assert np.abs(np.subtract(colour, (255, 0, 0))).max() < 8


@pytest.mark.parametrize("suffix", [".tif", ".mpo"])
def test_the_first_of_several_pictures_is_taken(
    suffix: str, decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / f"pages{suffix}"
    other = Image.new("RGB", (64, 64), "blue")
    kind = "MPO" if suffix == ".mpo" else "TIFF"
    source.save(path, kind, save_all=True, append_images=[other, other])
    photo = decoder.decode(path, SIDE)
    assert (photo.width, photo.height) == source.size
    assert photo.format == kind
    assert difference(photo, source) < 5


def png_16_bit(rgb: NDArray[np.uint16]) -> bytes:
    """Pillow reads such files and cannot write them."""
    header = struct.pack(">IIBBBBB", rgb.shape[1], rgb.shape[0], 16, 2, 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in rgb)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def test_sixteen_bits_a_colour(decoder: Decoder, source: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    path.write_bytes(png_16_bit(np.asarray(source, np.uint16) * 257))
    assert difference(decoder.decode(path, SIDE), source) < 1


@pytest.mark.parametrize("mode", ["P", "PA", "I;16", "F", "1", "RGBA", "keyed"])
def test_strips_give_what_the_whole_photo_gives(
    mode: str, source: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    if mode == "I;16":
        image = Image.fromarray(np.asarray(source.convert("L"), np.uint16) * 100)
    elif mode == "keyed":
        image = source.copy()
        image.info["transparency"] = source.getpixel((5, 5))
    else:
        image = source.convert(mode)
    assert to_rgb(image).size == source.size
    whole = reduced_to_rgb(image, 70)
    monkeypatch.setattr("desktop_app.library.to_rgb._PIXELS_AT_ONCE", 5000)
    assert reduced_to_rgb(image, 70).tobytes() == whole.tobytes()
    expected = to_rgb(image).reduce(min(source.size) // 70)
    assert whole.size == expected.size
    assert np.abs(np.subtract(whole, expected, dtype=np.int16)).max() <= 1


@pytest.mark.parametrize(
    ("suffix", "options", "megabytes"),
    [
        (".jpg", {}, 1),
        (".jpg", {"progressive": True, "subsampling": 0}, 25),
        (".jpg", {"progressive": True, "subsampling": 2}, 13),
        (".png", {"compress_level": 1}, 17),
        (".webp", {"quality": 10, "method": 0}, 65),
        (".bmp", {}, 29),
    ],
)
def test_each_format_claims_the_memory_that_it_needs(
    suffix: str, options: dict[str, object], megabytes: int, tmp_path: Path
) -> None:
    path = tmp_path / f"large{suffix}"
    Image.new("RGB", (2400, 1700), "teal").save(path, **options)  # type: ignore[arg-type]
    assert Decoder(memory=(megabytes + 1) * 1_000_000).decode(path, SIDE).width == 2400
    with pytest.raises(PhotoTooLarge) as caught:
        Decoder(memory=(megabytes - 1) * 1_000_000 + 1).decode(path, SIDE)
    assert re.fullmatch(
        r"needs about \d+ MB to decode, the limit is \d+ MB \(setting decode_memory_mb\)",
        caught.value.message,
    )


def test_a_heic_with_a_large_thumbnail_is_not_decoded_whole(tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    pillow_heif.from_pillow(Image.new("RGB", (1500, 1000), "teal")).save(path, thumbnails=[700])
    photo = Decoder(memory=5_000_000).decode(path, SIDE)  # all of it takes 12 MB
    assert (photo.width, photo.height) == (1500, 1000)
    with pytest.raises(PhotoTooLarge):
        Decoder(memory=5_000_000).decode(path, 600)


def test_large_photos_wait_for_each_other(tmp_path: Path) -> None:
    budget = DecodeBudget(100)
    inside, most = 0, 0
    lock = threading.Lock()

    def decode(need: int) -> None:
        nonlocal inside, most
        with budget.reserved(need):
            with lock:
                inside += need
                most = max(most, inside)
            time.sleep(0.002)
            with lock:
                inside -= need

    needs = [90, 10, 60, 40, 100, 30, 30, 30, 1] * 4
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decode, needs))
    assert 60 < most <= 100
    with pytest.raises(PhotoTooLarge, match="needs about"), budget.reserved(101):
        pass


@pytest.mark.parametrize(
    ("taken", "offset", "expected"),
    [
        ("2019:07:14 09:05:01", None, "2019-07-14T09:05:01"),
        ("2019:07:14 09:05:01", "+02:00", "2019-07-14T09:05:01+02:00"),
        ("2019:07:14 09:05:01\0", "nonsense", "2019-07-14T09:05:01"),
        ("0000:00:00 00:00:00", None, None),
        ("    :  :     :  :  ", None, None),
        ("yesterday", "+02:00", None),
        (None, None, None),
    ],
)
def test_when_it_was_taken(
    taken: str | None, offset: str | None, expected: str | None, decoder: Decoder, tmp_path: Path
) -> None:
    exif = Image.Exif()
    camera = exif.get_ifd(0x8769)
    if taken is not None:
        camera[36867] = taken
    if offset is not None:
        camera[36881] = offset
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (32, 32)).save(path, exif=exif)
    assert decoder.decode(path, SIDE).taken_at == expected


def test_damaged_exif_does_no_harm_and_warns_nobody(
    decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 1
    exif[0x010F] = "a maker with a long name" * 4
    good = BytesIO()
    source.save(good, "JPEG", exif=exif, quality=95)
    data = good.getvalue()
    directory = data.index(b"MM\0*") + 8
    path = tmp_path / "photo.jpg"
    for damage in (b"\xff\xff", b"\x00\x40"):  # more entries than there are
        path.write_bytes(data[:directory] + damage + data[directory + 2 :])
        assert difference(decoder.decode(path, SIDE), source) < 2


def jpeg(source: Image.Image) -> bytes:
    stream = BytesIO()
    source.save(stream, "JPEG")
    return stream.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG of any size in 70 bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


VIDEO = (UnsupportedFormat, "a video; only photos are searched")
PDF = (UnsupportedFormat, "not a photo (PDF document)")
POSTSCRIPT = (UnsupportedFormat, "not a photo (PostScript)")
AUDIO = (UnsupportedFormat, "not a photo (audio)")
RAW = (
    UnsupportedFormat,
    "a camera raw file that is damaged, or of a camera that is not known",
)
PIXEL_CAP = 89_000_000
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
