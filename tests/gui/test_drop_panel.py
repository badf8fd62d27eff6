"""The panel of dropped photos: several at once, broken ones, from a browser, into the query."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QThreadPool, QUrl
from PySide6.QtTest import QSignalSpy

from desktop_app.gui.drop.offered_picture import ending_of, offered_bytes, offers_bytes
from desktop_app.gui.messages import TextQuery
from desktop_app.gui.photo_intake import Dropped, PhotoIntake
from desktop_app.gui.photo_menu import PhotoMenu
from desktop_app.library.pasted_pictures import PastedPictures
from tests.gui.conftest import PATIENCE_MS
from tests.gui.inspector_parts import CPU, tiny_bundle, tiny_library, tiny_paths

__all__ = ["tiny_bundle", "tiny_library", "tiny_paths"]


def _files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


@pytest.fixture
def dropped(tmp_path: Path, photo_files: dict[str, Path]) -> tuple[Path, Path, Path]:
    """A photo, a broken one, another photo."""
    folder = tmp_path / "on the desktop"
    folder.mkdir()
    cat, broken, rocket = folder / "my cat.jpg", folder / "broken.jpg", folder / "rocket.jpg"
    Image.open(photo_files["chelsea"]).convert("RGB").resize((300, 200)).save(cat)
    broken.write_bytes(cat.read_bytes()[:700])
    shutil.copy(photo_files["rocket"], rocket)
    return cat, broken, rocket


def test_several_photos_are_shown_and_one_goes_into_the_query(
    qtbot, open_program, tiny_paths, tiny_bundle, dropped, no_desktop
) -> None:
    cat, broken, rocket = dropped
    program = open_program(tiny_paths, CPU, tiny_bundle.folder)
    window, panel = program.window, program.side.dropped.panel
    window.search_bar.type("a dog")
    qtbot.waitUntil(lambda: program.controller._shown == TextQuery("a dog"), timeout=PATIENCE_MS)
    program.intake.take(_files(cat, broken, rocket, cat))
    assert panel.isVisible()
    assert panel.head.title.text() == "3 dropped photos"
    assert panel.name.text() == "my cat.jpg"
    assert "a dog" in panel.query_note.text()
    qtbot.waitUntil(
        lambda: bool(panel.similar.hits and panel.captions.cards and panel.facts.rows),
        timeout=PATIENCE_MS,
    )
    assert panel.similar.hits[0].photo.path.name == "chelsea.png"
    assert panel.view.has_picture
    # A similar photo opens in the viewer, which goes through the similar ones ...
    similar = panel.similar
    similar.strip.opened.emit(1)
    assert program.viewing.is_open
    assert program.viewer.hit == similar.hits[1]
    assert program.viewer.photos.hits == similar.hits
    program.viewer.step(-1)
    assert program.viewer.hit == similar.hits[0]
    qtbot.waitUntil(lambda: program.viewer.is_sharp, timeout=PATIENCE_MS)
    program.viewing.close()
    program.viewing.open(window.model.hits[2])
    assert program.viewer.photos is window.model
    assert program.viewer.strip.model() is window.model
    program.viewing.close()
    assert no_desktop == []
    # ... and another program is a wish of its own.
    at = similar.strip.visualRect(similar.strip.model().index(0, 0)).center()
    similar.strip.customContextMenuRequested.emit(at)
    menu = window.findChild(PhotoMenu)
    menu.open.trigger()
    menu.close()
    wanted = [str(similar.hits[0].photo.path)]
    qtbot.waitUntil(lambda: no_desktop == wanted, timeout=PATIENCE_MS)
    # The strip marks what cannot be used, and says why when it is looked at.
    qtbot.waitUntil(lambda: "\n" in panel.strip.item(1).toolTip(), timeout=PATIENCE_MS)
    panel.strip.setCurrentRow(1)
    qtbot.waitUntil(panel.trouble.isVisible, timeout=PATIENCE_MS)
    assert panel.trouble.text().startswith("This file cannot be used. ")
    assert len(panel.trouble.text()) > 40
    assert not panel.add_button.isVisible()
    panel.strip.setCurrentRow(2)
    assert not panel.trouble.isVisible()
    qtbot.waitUntil(
        lambda: [hit.photo.path.name for hit in panel.similar.hits[:1]] == ["rocket.jpg"],
        timeout=PATIENCE_MS,
    )
    panel.add_button.click()
    wanted = f'a dog photo:"{rocket}"'
    assert window.search_bar.text.text() == wanted
    qtbot.waitUntil(lambda: program.controller._shown == TextQuery(wanted), timeout=PATIENCE_MS)
    panel.add_button.click()  # it is there already
    assert window.search_bar.text.text() == wanted
    # The inspector takes the place of this panel, and the other way round.
    program.side.inspector.action.trigger()
    assert program.side.inspector.panel.isVisible()
    assert not panel.isVisible()
    program.intake.take(_files(cat))
    assert panel.isVisible()
    assert panel.head.title.text() == "Dropped photo"
    assert not panel.strip.isVisible()
    panel.search_button.click()
    assert window.search_bar.is_by_photo
    panel.head.close_button.click()
    assert program.side.dock.isHidden()
    # A picture without a file lies in a folder of ours: nothing is written beside it.
    panel.captions.own_button.click()
    assert not panel.captions.editor.export_button.isHidden()
    program.intake.take(_from_browser(cat.read_bytes(), "application/octet-stream"))
    qtbot.waitUntil(lambda: panel.name.text().startswith("pasted"), timeout=PATIENCE_MS)
    panel.captions.own_button.click()
    assert panel.captions.editor.export_button.isHidden()


def _from_browser(content: bytes, kind: str) -> QMimeData:
    mime = QMimeData()
    link = QUrl("https://example.org/photos/1")
    if kind == "data":
        link = QUrl(f"data:image/jpeg;base64,{base64.b64encode(content).decode()}")
    else:
        mime.setData(kind, content)
    mime.setUrls([link])
    return mime


@pytest.mark.parametrize("kind", ["application/octet-stream", "data"])
def test_a_browser_may_give_the_file_itself(qtbot, tmp_path, dropped, kind) -> None:
    content = dropped[0].read_bytes()
    mime = _from_browser(content, kind)
    assert Dropped.of(mime).has_picture
    pool = QThreadPool()
    intake = PhotoIntake(PastedPictures(tmp_path), pool)
    with qtbot.waitSignal(intake.photos_given, timeout=PATIENCE_MS) as caught:
        intake.take(mime)
    [path] = caught.args[0]
    assert path.parent == tmp_path
    assert path.suffix == ".jpg"
    assert path.read_bytes() == content
    pool.waitForDone()


def test_a_link_alone_is_not_followed(qtbot, tmp_path) -> None:
    intake = PhotoIntake(PastedPictures(tmp_path), QThreadPool())
    given, refused = QSignalSpy(intake.photos_given), QSignalSpy(intake.refused)
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.jpg")])
    intake.take(mime)
    broken = QMimeData()
    broken.setUrls([QUrl("data:image/png;base64,!!!")])
    intake.take(broken)
    assert given.count() == 0
    assert "never connects" in refused.at(0)[0]
    assert "cannot be read" in refused.at(1)[0]


def test_bytes_that_are_offered() -> None:
    nothing = QMimeData()
    nothing.setText("words")
    assert not offers_bytes(nothing)
    assert offered_bytes(nothing) == b""
    plain = QMimeData()
    plain.setUrls([QUrl("data:image/svg+xml,%3Csvg%2F%3E")])
    assert offered_bytes(plain) == b"<svg/>"
    assert ending_of(b"\x89PNG\r\n") == ".png"
    assert ending_of(b"words") == ""
