"""Details of a photo: what its file says, with and without the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from desktop_app.errors import PhotoError
from desktop_app.library.decoder import Decoder
from desktop_app.library.exposure import Exposure
from desktop_app.library.photo_details import DetailReader
from desktop_app.library.records import Metadata, Photo
from tests.corpus.dng import write_dng

CAMERA = {
    ExifTags.Base.ExposureTime: 1 / 250,
    ExifTags.Base.FNumber: 2.8,
    ExifTags.Base.ISOSpeedRatings: 400,
    ExifTags.Base.FocalLength: 50.0,
    ExifTags.Base.FocalLengthIn35mmFilm: 75,
    ExifTags.Base.Flash: 9,
    ExifTags.Base.DateTimeOriginal: "2024:05:01 12:30:00",
}


@pytest.fixture
def taken(tmp_path: Path, demo_photos: dict[str, Path]) -> Path:
    """A photo held upright, with all that a camera writes."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Canon", "EOS 5D"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif).update(CAMERA)
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)}
    )
    path = tmp_path / "taken.jpg"
    Image.open(demo_photos["rocket.jpg"]).save(path, exif=exif)
    return path


def test_any_file_is_told_with_its_picture(taken: Path) -> None:
    taken.with_name("taken.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>launch</rdf:li>'
        "</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    details, picture = DetailReader(Decoder()).of_file(taken)
    with Image.open(taken) as stored:
        assert (details.height, details.width) == stored.size  # upright
    assert picture.height > picture.width
    assert max(picture.size) <= 640
    assert details.format == "JPEG"
    assert details.size_bytes == taken.stat().st_size
    assert details.changed_at == taken.stat().st_mtime
    assert details.taken_at == "2024-05-01T12:30:00"
    assert details.metadata.camera == "Canon EOS 5D"
    assert details.metadata.latitude == pytest.approx(48.8583, abs=1e-3)
    assert details.metadata.keywords == ("launch",)
    assert details.exposure == Exposure(1 / 250, 2.8, 400, 50, 75, True)
    assert details.trouble == ""


def _photo(path: Path) -> Photo:
    return Photo(7, path, (Path("/elsewhere/x.jpg"),), "0" * 64, 427, 640, None, False)


def test_a_photo_of_the_library_needs_no_file(taken: Path) -> None:
    reader, known = DetailReader(Decoder()), Metadata(camera="Canon", rating=4)
    there = reader.of_library(_photo(taken), known)
    assert there.exposure.iso == 400
    assert there.metadata == known
    taken.unlink()
    gone = reader.of_library(_photo(taken), known)
    assert gone.size_bytes is None
    assert gone.exposure == Exposure()
    assert gone.trouble
    assert (gone.metadata, gone.width, gone.other_paths) == (known, 427, there.other_paths)
    assert reader.of_library(_photo(taken), None).metadata == Metadata()


def test_what_is_no_photo_has_a_reason(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF and then nothing")
    for path in (broken, tmp_path / "absent.jpg", tmp_path / ("x" * 300)):
        with pytest.raises(PhotoError) as caught:
            DetailReader(Decoder()).of_file(path)
        assert len(caught.value.message) > 8


def test_a_raw_file_tells_its_exposure_by_its_own_tags(
    tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    path = tmp_path / "raw.dng"
    path.write_bytes(write_dng(Image.open(demo_photos["coffee.png"])))
    assert Decoder().exposure(path) == ("RAW", Exposure(seconds=1 / 125, f_number=1.8))


def test_exposures_that_make_no_sense_are_none() -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.ExposureTime: "soon",
            ExifTags.Base.FNumber: -2.0,
            ExifTags.Base.ISOSpeedRatings: (800, 0),
            ExifTags.Base.FocalLength: float("nan"),
            ExifTags.Base.Flash: 16,
        }
    )
    assert Exposure.read(lambda: exif) == Exposure(iso=800, flash=False)

    def damaged() -> Image.Exif:
        raise SyntaxError("not a TIFF file")

    assert Exposure.read(damaged) == Exposure()


def test_reading_details_changes_nothing(taken: Path) -> None:
    before = (taken.read_bytes(), taken.stat().st_mtime_ns, sorted(taken.parent.iterdir()))
    copy = taken.with_name("copy.jpg")
    shutil.copyfile(taken, copy)
    DetailReader(Decoder()).of_file(taken)
    copy.unlink()
    assert (taken.read_bytes(), taken.stat().st_mtime_ns, sorted(taken.parent.iterdir())) == before
