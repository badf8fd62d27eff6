"""The app's icon."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from desktop_app.paths import default_model_dir

ICON_FILES = (*(f"visita-{side}.png" for side in (16, 32, 64, 128, 256)), "visita.png")


def app_icon() -> QIcon:
    """The app's icon in all its sizes."""
    icon = QIcon()
    folder = default_model_dir().parent / "icons"
    for name in ICON_FILES:
        icon.addFile(str(folder / name))
    return icon
