"""The inspector beside the viewer, and the picture under its heat."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.errors import UnreadablePhoto
from desktop_app.gui.inspector.messages import Subject
from desktop_app.gui.inspector.subject_pictures import SubjectPictures
from desktop_app.library.decoder import Decoder
from desktop_app.library.photo_details import DetailReader
from tests.gui.demo_hits import hits_of
from tests.gui.window_tour import (
    Tour,
    furnished_library,
    furnished_paths,
    tiny_bundle,
    tour,
)

__all__ = ["furnished_library", "furnished_paths", "tiny_bundle", "tour"]


def test_it_is_about_the_photo_that_is_looked_at(tour: Tour) -> None:
    panel = tour.inspector()
    names = [hit.photo.path.name for hit in tour.window.model.hits]
    assert panel.name.text() == names[0]
    QTest.keyClick(tour.window.grid, Qt.Key.Key_Return)
    viewer = tour.program.viewer
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    tour.wait(lambda: panel.name.text() == names[2])
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    tour.wait(lambda: not tour.program.viewing.is_open)
    tour.settle()
    assert panel.name.text() == names[2]  # where the grid is now
    tour.select(1)
    tour.wait(lambda: panel.name.text() == names[1])


def test_the_word_that_was_chosen_stays_when_a_sharper_picture_comes(tour: Tour) -> None:
    panel = tour.inspector()
    tour.wait(lambda: panel._photo.width() > 320)  # the photo itself, no thumbnail
    panel.match.word_buttons[1].click()
    heat = panel.view.pixmap().toImage()
    assert max(heat.width(), heat.height()) > 320
    panel.show_photo(panel._photo)
    assert panel.view.pixmap().toImage() == heat


class CountingDecoder(Decoder):
    """Counts what it decodes."""

    decoded = 0

    def decode(self, path: Path, side: int):
        """As any decoder."""
        self.decoded += 1
        return super().decode(path, side)


def test_the_best_picture_is_the_photo_itself(tmp_path: Path, photo_files: dict[str, Path]) -> None:
    large = tmp_path / "large.jpg"
    with Image.open(photo_files["coffee"]) as photo:
        photo.convert("RGB").resize((3000, 2000)).save(large)
    (hit,) = hits_of([large], tmp_path)
    decoder = CountingDecoder()
    pictures = SubjectPictures(DetailReader(decoder))
    subject = Subject(large, hit)
    assert max(pictures.thumbnail(subject).size) == 320
    assert decoder.decoded == 0
    best = pictures.best(subject)
    assert max(best.size) == 960
    assert best.mode == "RGB"
    best.paste((0, 0, 0), (0, 0, 960, 960))  # a copy: the next one is whole
    assert pictures.best(subject).getextrema() != ((0, 0), (0, 0), (0, 0))
    assert decoder.decoded == 1


def test_the_thumbnail_stands_in(tmp_path: Path, photo_files: dict[str, Path]) -> None:
    gone = tmp_path / "gone.png"
    gone.write_bytes(photo_files["coffee"].read_bytes())
    (hit,) = hits_of([gone], tmp_path)
    gone.unlink()
    pictures = SubjectPictures(DetailReader(Decoder()))
    assert max(pictures.best(Subject(gone, hit)).size) == 320
    hit.thumbnail.unlink()
    assert pictures.best(Subject(gone, hit)) is None
    assert pictures.thumbnail(Subject(gone)) is None
    with pytest.raises(UnreadablePhoto):
        DetailReader(Decoder()).picture(gone)
