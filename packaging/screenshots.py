"""Take the pictures of the window for the documentation.

Drives the real program, with a real indexer child and the shipped model, over the demo photos,
which are copied to a temporary folder. ``python packaging/screenshots.py [OUT_DIR]``; runs
without a screen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

if not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.cli.demo_command import demo_photos
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.messages import TextQuery
from desktop_app.gui.program import Program
from desktop_app.paths import DataPaths, default_model_dir
from desktop_app.settings import Settings, Theme

SIZE = (1280, 800)
FONTS = ("Inter", "Noto Sans", "Cantarell", "Segoe UI")
QUERY = "a cat"
CUT_PHOTOS = ("astronaut", "chelsea", "china", "coffee", "flower", "motorcycle_left", "rocket")
CUTS = 400
PATIENCE_MS = 180_000


class Photographer:
    """Opens the program on one folder and takes pictures of its window."""

    def __init__(self, app: QApplication, data_dir: Path, out: Path, theme: Theme) -> None:
        self._out = out
        paths = DataPaths(data_dir)
        paths.create()
        self.program = Program(app, paths, default_model_dir(), Settings(theme=theme))
        self.window = self.program.window
        self.window.resize(*SIZE)
        self.program.start()
        self.wait(lambda: self.program.session.library is not None)
        self.wait_idle()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the program run until something holds."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not condition():
            if deadline.hasExpired():
                raise TimeoutError("the window did not get there")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def wait_idle(self) -> None:
        """Wait for the indexer, and for the last refresh after it."""
        self.wait(lambda: self.program.indexer.state is IndexerState.IDLE)
        QTest.qWait(2500)

    def search(self, words: str) -> None:
        """Type words and wait for their answer."""
        bar = self.window.search_bar
        bar.clear()
        QTest.keyClicks(bar.text, words)
        self.wait(lambda: self.window.status.text().endswith(" ms"))
        self.wait(lambda: self.program.controller.query == TextQuery(words))
        QTest.qWait(600)

    def drop(self, path: Path) -> None:
        """Drop a file onto the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            self.window, QDragEnterEvent(QPoint(700, 400), copy, mime, button, none)
        )
        QApplication.sendEvent(self.window, QDropEvent(QPointF(700, 400), copy, mime, button, none))

    def view(self, name: str) -> None:
        """Take a picture of the best hit in the viewer."""
        self.program.viewing.open(self.window.model.hits[0])
        self.wait(lambda: self.program.viewer.is_sharp)
        QTest.qWait(600)
        self.shoot(name)
        self.program.viewing.close()

    def shoot(self, name: str) -> None:
        """Save what the window shows."""
        QApplication.processEvents()
        picture = self.window.grab()
        self._out.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(self._out / f"{name}.png")):
            raise OSError(f"{name}.png cannot be written")

    def close(self) -> None:
        """End the program."""
        self.program.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()


def cut_photos(sources: list[Path], folder: Path) -> None:
    """Many different cuts of a few photos, so that indexing takes long enough to be seen."""
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


def take_all(app: QApplication, work: Path, out: Path) -> None:
    """Every picture, one after the other."""
    demo = demo_photos()
    photos = work / "Demo photos"
    photos.mkdir()
    for path in demo:
        shutil.copy(path, photos)
    cuts = work / "Holiday 2024"
    cut_photos([p for p in demo if p.stem in CUT_PHOTOS], cuts)
    outside = work / "my cat.jpg"
    cat = Image.open(next(p for p in demo if p.stem == "chelsea")).convert("RGB")
    cat.crop((60, 30, 400, 270)).save(outside)
    broken = work / "birthday.jpg"
    broken.write_bytes(outside.read_bytes()[:900])

    camera = Photographer(app, work / "library", out, "light")
    camera.shoot("empty")
    camera.program.session.add_folders([photos])
    camera.wait_idle()
    camera.search(QUERY)
    camera.shoot("results")
    camera.view("viewer")
    camera.drop(outside)
    camera.wait(lambda: any(c.has_picture for c in camera.window.search_bar.chips.photo_chips))
    camera.wait(lambda: camera.window.status.text().endswith(" ms"))
    QTest.qWait(600)
    camera.shoot("dropped-photo")
    camera.window.search_bar.clear()
    camera.drop(broken)
    camera.wait(lambda: camera.window.error_bar.isVisible())
    QTest.qWait(600)
    camera.shoot("error")
    camera.close()

    camera = Photographer(app, work / "library", out, "dark")
    camera.search(QUERY)
    camera.shoot("results-dark")
    camera.view("viewer-dark")
    camera.close()

    camera = Photographer(app, work / "library", out, "light")
    camera.program.session.add_folders([cuts])
    camera.wait(lambda: _is_under_way(camera))
    camera.shoot("indexing")
    camera.close()


def _is_under_way(camera: Photographer) -> bool:
    window = camera.window
    return window.panel.progress.bar.value() > 350 and len(window.model.hits) > 60


def main() -> int:
    """Take the pictures; answers the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    repository = Path(__file__).resolve().parent.parent
    parser.add_argument("out", nargs="?", type=Path, default=repository / "docs" / "images")
    out = parser.parse_args().out
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    family = next((name for name in FONTS if name in QFontDatabase.families()), None)
    if family is not None:
        font = app.font()
        font.setFamily(family)
        app.setFont(font)
    with tempfile.TemporaryDirectory() as work:
        take_all(app, Path(work), out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
