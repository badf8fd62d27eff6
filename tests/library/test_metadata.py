"""What files say about their photos: read, stored, read later, and never trusted."""

from __future__ import annotations

import os
import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, JpegImagePlugin, TiffImagePlugin

from desktop_app.library import schema
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.metadata import _text, read_metadata
from desktop_app.library.records import Metadata
from desktop_app.library.sidecar import with_sidecar
from desktop_app.library.xmp import Xmp
from tests.corpus.dng import write_tiff
from tests.library.conftest import Workbench

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xap="http://ns.adobe.com/xap/1.0/"
 xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 xap:Rating="4" aux:Lens="EF50mm f/1.8">
<d:subject><rdf:Bag><rdf:li>Hochzeit</rdf:li><rdf:li>Tom &amp; Ann</rdf:li></rdf:Bag></d:subject>
<d:description><rdf:Alt><rdf:li xml:lang="x-default">The cake</rdf:li></rdf:Alt></d:description>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()

BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY f SYSTEM "file:///etc/hostname">]>""" + XMP.replace(b"The cake", b"&b;&f;")


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "NIKON CORPORATION"
    exif[ExifTags.Base.Model] = "NIKON D90"
    exif[ExifTags.Base.ImageDescription] = "A square in the rain"
    exif[0x9C9E] = "street;Paris".encode("utf-16-le")
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.LensModel] = "18-55mm"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 36.0)
    gps[ExifTags.GPS.GPSLongitudeRef] = "W"
    gps[ExifTags.GPS.GPSLongitude] = (2.0, 30.0, 0.0)
    return exif


def _saved(path: Path, exif: Image.Exif | None = None, **options: object) -> Path:
    image = Image.effect_noise((64, 48), 90).convert("RGB")
    image.save(path, exif=exif or Image.Exif(), **options)  # type: ignore[arg-type]
    return path


def _read(path: Path) -> Metadata:
    found = Decoder().metadata(path)
    assert Decoder().decode(path, 32).metadata == found
    return found


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.heic"])
def test_exif_is_read_from_every_format(tmp_path: Path, name: str) -> None:
    found = _read(_saved(tmp_path / name, _exif()))
    assert (found.camera, found.lens) == ("NIKON D90", "18-55mm")
    assert found.latitude == pytest.approx(48.86)
    assert found.longitude == pytest.approx(-2.5)
    assert found.caption == "A square in the rain"
    assert found.keywords == ("street", "Paris")


def test_tiff_keeps_its_tags_in_the_file_itself(tmp_path: Path) -> None:
    found = _read(_saved(tmp_path / "a.tif", _exif()))
    assert (found.camera, found.caption) == ("NIKON D90", "A square in the rain")


def test_texts_of_every_encoding_become_one_clean_line() -> None:
    assert _text("Café".encode().decode("latin-1")) == "Café"
    assert _text("Caf\xe9") == _text("Café".encode("latin-1")) == "Café"
    assert _text(tuple("Café\0".encode("utf-16-le"))) == "Café"
    assert _text(" a\0\r\n b\ud800 ") == "a b"
    assert _text(None) == _text(17) == ""


def test_xmp_is_read(tmp_path: Path) -> None:
    found = _read(_saved(tmp_path / "a.jpg", xmp=XMP))
    assert found == Metadata(
        lens="EF50mm f/1.8",
        rating=4,
        caption="The cake",
        keywords=("Hochzeit", "Tom & Ann"),
    )


PLACE = (
    XMP.replace(b'xap:Rating="4"', b'xap:Rating="4" xmlns:e="http://ns.adobe.com/exif/1.0/"')
    .replace(b"<d:subject>", b"<e:GPSLatitude>48,51.6N</e:GPSLatitude><d:subject>")
    .replace(b"<d:subject>", b"<e:GPSLongitude>2,30,0W</e:GPSLongitude><d:subject>", 1)
)


def test_the_place_of_an_xmp_packet_is_read(tmp_path: Path) -> None:
    found = _read(_saved(tmp_path / "a.jpg", xmp=PLACE))
    assert (found.latitude, found.longitude) == pytest.approx((48.86, -2.5))
    assert found.lens == "EF50mm f/1.8"
    both = _read(_saved(tmp_path / "b.jpg", _exif(), xmp=PLACE.replace(b"48,51.6N", b"10,0N")))
    assert both.latitude == pytest.approx(48.86)  # EXIF is trusted more
    for wrong in (b"48,51.6E", b"north", b"95,0N", b"48.8600N2", b"48,61.5,70.2,1N"):
        found = _read(_saved(tmp_path / "c.jpg", xmp=PLACE.replace(b"48,51.6N", wrong)))
        assert (found.latitude, found.longitude) == (None, None), wrong


def test_tiff_says_which_lens_and_when(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(write_tiff(Image.new("RGB", (64, 48))))
    assert _read(path).lens == "Test 50mm F1.8"
    assert Decoder().decode(path, 32).taken_at == "2020-06-15T12:00:00+02:00"


@pytest.mark.parametrize("name", ["a.xmp", "a.jpg.xmp", "a.XMP"])
def test_a_file_beside_the_photo_adds_to_it(bench: Workbench, tmp_path: Path, name: str) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    _saved(photos / "a.jpg", _exif())
    (photos / name).write_bytes(XMP)
    assert bench.counts_of(photos) == {"indexed": 1}
    photo_id = bench.photos()[0].photo_id
    found = bench.catalogue.metadata.metadata(photo_id)
    assert found is not None
    assert (found.camera, found.lens, found.rating) == ("NIKON D90", "18-55mm", 4)
    assert found.caption == "A square in the rain\nThe cake"
    assert found.keywords == ("street", "Paris", "Hochzeit", "Tom & Ann")
    # and for a library of an earlier version
    bench.catalogue._database.run("UPDATE photos SET metadata_version = 1, keywords = ''")
    bench.run(photos)
    assert bench.catalogue.metadata.metadata(photo_id) == found


def test_a_hostile_file_beside_the_photo_does_no_harm(tmp_path: Path) -> None:
    own = Metadata(camera="x", keywords=("a",))
    for content in (b"", BOMB, b"<a>" * 1_000_000, bytes(5_000_000)):
        (tmp_path / "a.xmp").write_bytes(content)
        assert with_sidecar(tmp_path / "a.jpg", own) == own
    (tmp_path / "b.xmp").mkdir()
    assert with_sidecar(tmp_path / "b.jpg", own) == own
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "c.xmp")
        assert with_sidecar(tmp_path / "c.jpg", own) == own


def test_iptc_is_read(tmp_path: Path) -> None:
    def record(number: int, text: str) -> bytes:
        return bytes([0x1C, 2, number]) + len(text.encode()).to_bytes(2, "big") + text.encode()

    iptc = record(120, "Zwei Füchse") + record(25, "fox") + record(25, "snow")
    block = b"8BIM\x04\x04\0\0" + len(iptc).to_bytes(4, "big") + iptc + b"\0" * (len(iptc) % 2)
    segment = b"Photoshop 3.0\0" + block
    plain = _saved(tmp_path / "plain.jpg").read_bytes()
    app13 = b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment
    (tmp_path / "a.jpg").write_bytes(plain[:2] + app13 + plain[2:])
    found = _read(tmp_path / "a.jpg")
    assert (found.caption, found.keywords) == ("Zwei Füchse", ("fox", "snow"))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)), ((95.0, 0.0, 0.0), (1.0, 0.0, 0.0)), ((1.0,), None)],
)
def test_places_that_make_no_sense_are_none(
    tmp_path: Path, latitude: tuple[float, ...], longitude: tuple[float, ...] | None
) -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitude] = latitude
    if longitude is not None:
        gps[ExifTags.GPS.GPSLongitude] = longitude
    found = _read(_saved(tmp_path / "a.jpg", exif))
    assert (found.latitude, found.longitude) == (None, None)


def test_a_fraction_by_zero_is_no_place(tmp_path: Path) -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    nothing = TiffImagePlugin.IFDRational(0, 0)
    gps[ExifTags.GPS.GPSLatitude] = (nothing, nothing, nothing)
    gps[ExifTags.GPS.GPSLongitude] = (nothing, nothing, nothing)
    assert _read(_saved(tmp_path / "a.jpg", exif)) == Metadata()


def test_what_the_camera_writes_into_every_photo_is_no_caption(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "OLYMPUS DIGITAL CAMERA         "
    assert _read(_saved(tmp_path / "a.jpg", exif)).caption == ""


def test_entities_are_never_expanded() -> None:
    assert Xmp.parse(XMP).captions == ("The cake",)
    assert Xmp.parse(BOMB) == Xmp()
    assert Xmp.parse(XMP[:-90]) == Xmp()
    assert Xmp.parse(b"<a>" * 100_000) == Xmp()


@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damage_never_breaks_a_photo(data: st.DataObject) -> None:
    buffer = BytesIO()
    Image.new("RGB", (32, 24)).save(buffer, "JPEG", exif=_exif(), xmp=XMP)
    content = bytearray(buffer.getvalue())
    head = content.index(b"\xff\xdb")
    for _ in range(data.draw(st.integers(1, 12))):
        # inside of the two segments: their lengths and names stay
        content[data.draw(st.integers(30, head - 1))] = data.draw(st.integers(0, 255))
    try:
        image = Image.open(BytesIO(content), formats=["JPEG"])
    except (SyntaxError, OSError):
        return
    assert isinstance(image, JpegImagePlugin.JpegImageFile)
    found = read_metadata(image)
    for text in (found.camera, found.lens, found.caption, *found.keywords):
        text.encode()
    assert found.latitude is None or -90 <= found.latitude <= 90


def test_an_index_run_stores_it(bench: Workbench, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    _saved(photos / "a.jpg", _exif())
    bench.run(photos)
    found = bench.catalogue.metadata.metadata(bench.photos()[0].photo_id)
    assert found is not None
    assert found.camera == "NIKON D90"
    assert found.keywords == ("street", "Paris")


def test_a_library_of_the_first_version_gets_it_at_the_next_run(
    bench: Workbench, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _saved(folder / "a.jpg", _exif())
    bench.run(folder)
    encoded = bench.encoder.encoded
    photo_id = bench.photo_at(folder / "a.jpg").photo_id
    database = bench.catalogue._database
    database.run("UPDATE photos SET metadata_version = 0, camera = '', caption = '', keywords = ''")
    assert bench.catalogue.metadata.metadata(photo_id) is None
    assert bench.counts_of(folder) == {"unchanged": 6}
    assert bench.encoder.encoded == encoded
    found = bench.catalogue.metadata.metadata(photo_id)
    assert found is not None
    assert found.camera == "NIKON D90"
    assert database.number("SELECT count(*) FROM photos WHERE metadata_version = 0") == 0


def test_a_catalogue_of_the_first_version_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library" / "catalogue.sqlite"
    with monkeypatch.context() as old:
        old.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        with Catalogue.open(path) as catalogue:
            catalogue._database.run(
                "INSERT INTO photos VALUES (7, x'00', 4, 3, 'JPEG', NULL, '2020', 1)"
            )
    with Catalogue.open(path) as catalogue:
        assert catalogue.metadata.metadata(7) is None
        catalogue.metadata.store([(7, Metadata(caption="a dog", keywords=("rex", "park")))])
        assert catalogue.metadata.metadata(7) == Metadata(caption="a dog", keywords=("rex", "park"))
    with sqlite3.connect(path) as connection:
        words = "SELECT rowid FROM photo_words WHERE photo_words MATCH ?"
        assert connection.execute(words, ("dogs",)).fetchall() == [(7,)]
        connection.execute("UPDATE photos SET caption = 'a cat' WHERE id = 7")
        assert connection.execute(words, ("dogs",)).fetchall() == []
        assert connection.execute(words, ("parks",)).fetchall() == [(7,)]
        connection.execute("DELETE FROM photos")
        assert connection.execute(words, ("parks",)).fetchall() == []
    connection.close()
