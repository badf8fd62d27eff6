"""The packed app as a disk image for macOS, by hdiutil. Never run yet; not signed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from frozen_app import FrozenApp
from product import Product


def build_dmg(
    app: FrozenApp, documents: Path, output: Path, scratch: Path, product: Product
) -> Path:
    """Make ``VisITA-VERSION.dmg``: the app, a link to Applications, the licences.

    Raises:
        subprocess.CalledProcessError: hdiutil refused; its words are on stderr.
    """
    tree = scratch / "dmg"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir()
    bundle = f"{product.name}.app"
    shutil.copytree(app.folder.parent / bundle, tree / bundle, symlinks=True)
    shutil.copytree(documents / "licences", tree / "licences")
    shutil.copyfile(documents / "visita.cdx.json", tree / "licences" / "visita.cdx.json")
    (tree / "Applications").symlink_to("/Applications")
    dmg = output / f"{product.name}-{product.version}.dmg"
    command = ["hdiutil", "create", "-volname", product.name, "-srcfolder", str(tree), "-ov"]
    subprocess.run([*command, "-format", "UDZO", str(dmg)], check=True)
    return dmg
