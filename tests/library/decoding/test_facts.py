"""What a photo says of itself; damaged words do no harm."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.library.decoder import Decoder
from tests.library.decoding.pictures import SIDE, difference


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
