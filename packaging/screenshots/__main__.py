"""Take the pictures of the window for the documentation.

Drives the real program, with a real indexer child and the shipped model, over the demo photos,
which are copied to a temporary folder. ``python packaging/screenshots [OUT_DIR]``; runs
without a screen.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

if not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from photo_folders import make_photo_folders
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from scenes import take_all

from desktop_app.gui.language import Speech

REPOSITORY = Path(__file__).resolve().parents[2]
FONTS = ("Inter", "Noto Sans", "Cantarell", "Segoe UI")


def main() -> int:
    """Take the pictures; answers the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=REPOSITORY / "docs" / "images")
    out = parser.parse_args().out
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    family = next((name for name in FONTS if name in QFontDatabase.families()), None)
    if family is not None:
        font = app.font()
        font.setFamily(family)
        app.setFont(font)
    speech = Speech(app)  # kept, or the words that count go with it
    speech.speak("en")
    with tempfile.TemporaryDirectory() as work:
        take_all(app, make_photo_folders(Path(work)), Path(work) / "libraries", out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
