"""The packed app as an installer for Windows, per user, by NSIS. Compiled, but never run yet."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from frozen_app import FrozenApp
from product import Product

_SCRIPT = Path(__file__).resolve().parent / "windows" / "visita.nsi"


def build_setup(app: FrozenApp, documents: Path, output: Path, product: Product) -> Path | None:
    """Make ``VisITA-VERSION-setup.exe``; None where makensis is not installed.

    Raises:
        subprocess.CalledProcessError: makensis refused; its words are on stderr.
    """
    makensis = shutil.which("makensis")
    if makensis is None:
        return None
    setup = output / f"{product.name}-{product.version}-setup.exe"
    defines = {
        "VERSION": product.version,
        "APP": str(app.folder),
        "LICENCES": str(documents / "licences"),
        "BILL": str(documents / "visita.cdx.json"),
        "OUTPUT": str(setup),
        "KIB": str(app.size_bytes // 1024),
    }
    words = [f"-D{name}={value}" for name, value in defines.items()]
    subprocess.run([makensis, "-V2", *words, str(_SCRIPT)], check=True)
    return setup
