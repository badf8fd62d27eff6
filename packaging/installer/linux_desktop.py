"""What makes a program part of a Linux desktop: menu entry, icons, software centre, manual."""

from __future__ import annotations

import gzip
import shutil
from datetime import UTC, datetime
from pathlib import Path

from product import ROOT, Product

_HERE = Path(__file__).resolve().parent / "linux"
_ICONS = ROOT / "assets" / "icons"
_SIDES = (16, 32, 64, 128, 256)


def install_desktop_files(share: Path, product: Product) -> None:
    """Write them below a ``share`` folder (freedesktop.org's places; man-pages(7))."""
    applications = share / "applications"
    applications.mkdir(parents=True)
    shutil.copyfile(_HERE / "visita.desktop", applications / f"{product.package}.desktop")
    for side in _SIDES:
        _install_icon(_ICONS / f"visita-{side}.png", share, f"{side}x{side}", product)
    _install_icon(_ICONS / "visita.svg", share, "scalable", product)
    metainfo = share / "metainfo"
    metainfo.mkdir()
    name = f"{product.application_id}.metainfo.xml"
    (metainfo / name).write_text(_filled(_HERE / name, product), "utf-8")
    manual = share / "man" / "man1"
    manual.mkdir(parents=True)
    page = _filled(_HERE / "visita.1", product).encode()
    (manual / "visita.1.gz").write_bytes(gzip.compress(page, 9, mtime=0))


def _install_icon(source: Path, share: Path, size: str, product: Product) -> None:
    folder = share / "icons" / "hicolor" / size / "apps"
    folder.mkdir(parents=True)
    shutil.copyfile(source, folder / f"{product.package}{source.suffix}")


def _filled(path: Path, product: Product) -> str:
    today = datetime.now(UTC).date().isoformat()
    return path.read_text("utf-8").replace("@VERSION@", product.version).replace("@DATE@", today)
