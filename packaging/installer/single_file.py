"""The packed app as one file that installs itself for one person, without root, by makeself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from frozen_app import FrozenApp
from linux_desktop import install_desktop_files
from product import Product

_INSTALL = Path(__file__).resolve().parent / "linux" / "install.sh"


def build_run(
    app: FrozenApp, documents: Path, output: Path, scratch: Path, product: Product
) -> Path | None:
    """Make ``visita-VERSION-x86_64.run``; None where makeself is not installed.

    Raises:
        subprocess.CalledProcessError: makeself failed; its words are on stderr.
    """
    if shutil.which("makeself") is None:
        return None
    tree = scratch / "run"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(app.folder, tree / "visita", symlinks=True)
    shutil.copytree(documents / "licences", tree / "visita" / "licences")
    shutil.copyfile(documents / "visita.cdx.json", tree / "visita" / "visita.cdx.json")
    install_desktop_files(tree / "share", product)
    shutil.copy(_INSTALL, tree / "install.sh")
    run = output / f"{product.package}-{product.version}-x86_64.run"
    words = f"{product.name} {product.version}: {product.summary}"
    # gzip: every system can unpack it.
    command = ["makeself", "--gzip", "--complevel", "6", "--sha256", "--nox11", "--quiet"]
    command += ["--tar-quietly", "--tar-extra", "--owner=0 --group=0", str(tree), str(run), words]
    subprocess.run([*command, "sh", "./install.sh"], check=True)
    return run
