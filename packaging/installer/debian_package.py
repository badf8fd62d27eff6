"""The packed app as a Debian package (Debian Policy 4.6; deb-control(5))."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from frozen_app import FrozenApp
from linux_desktop import install_desktop_files
from product import ROOT, Product

LIBRARY = Path("usr/lib/visita")
# What Qt loads from the system: found by bisecting in an empty Debian 12. The packed app has the
# X11 libraries beside these; alternatives are the names in newer systems.
DEPENDS = (
    "libc6 (>= 2.36)",
    "libgl1",
    "libegl1",
    "libfontconfig1",
    "libglib2.0-0 | libglib2.0-0t64",
    "libdbus-1-3",
    "libxkbcommon0",
)
RECOMMENDS = ("fonts-dejavu-core | fonts-noto-core | fonts-liberation",)
_CONTROL = """\
Package: {package}
Version: {version}
Section: graphics
Priority: optional
Architecture: amd64
Maintainer: The VisITA project <maintainers@visita.invalid>
Installed-Size: {kibibytes}
Depends: {depends}
Recommends: {recommends}
Description: find photos by what is in them
 VisITA finds the photos of a personal library by what can be seen on them:
 type a sentence, or drop a photo. It says why a photo was found, drawn on
 the photo itself, and writes captions for photos that are dropped on it.
 .
 Everything stays on this computer, and photos are never changed. The package
 carries its own Python, Qt and model, and works on any processor.
"""
_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: VisITA

Files: *
Copyright: The VisITA project
License: Apache-2.0
 On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.
Comment:
 The licences of the model and of everything else that is packed are in
 /usr/share/doc/visita/licences, with a list in README.txt; visita.cdx.json
 beside it lists all parts for machines.
"""
_CHANGELOG = """\
visita ({version}) stable; urgency=medium

  * See /usr/share/doc/visita/CHANGELOG.md.gz for what is new.

 -- The VisITA project <maintainers@visita.invalid>  {date}
"""


def build_deb(
    app: FrozenApp, documents: Path, output: Path, scratch: Path, product: Product
) -> Path:
    """Make the package; needs dpkg-deb.

    Args:
        app: what it installs.
        documents: the folder ``licences`` and ``visita.cdx.json`` lie here.
        output: where the package goes.
        scratch: for the tree that is packed; one of an earlier run is replaced.
        product: its names.

    Returns:
        The package: ``visita_VERSION_amd64.deb``.

    Raises:
        subprocess.CalledProcessError: dpkg-deb refused; its words are on stderr.
    """
    tree = scratch / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(app.folder, tree / LIBRARY, symlinks=True)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/visita").symlink_to(f"../lib/{LIBRARY.name}/visita")
    install_desktop_files(tree / "usr/share", product)
    _write_documents(tree / "usr/share/doc" / product.package, documents, product)
    _set_modes(tree)
    control = tree / "DEBIAN"
    control.mkdir(mode=0o755)
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(path.stat().st_size for path in files) // 1024
    (control / "control").write_text(
        _CONTROL.format(
            package=product.package,
            version=product.version,
            kibibytes=size,
            depends=", ".join(DEPENDS),
            recommends=", ".join(RECOMMENDS),
        ),
        "utf-8",
    )
    sums = (f"{hashlib.md5(p.read_bytes()).hexdigest()}  {p.relative_to(tree)}\n" for p in files)
    (control / "md5sums").write_text("".join(sums), "utf-8")
    deb = output / f"{product.package}_{product.version}_amd64.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z10", "--build"]
    subprocess.run([*build, str(tree), str(deb)], check=True, stdout=subprocess.DEVNULL)
    return deb


def _write_documents(folder: Path, documents: Path, product: Product) -> None:
    shutil.copytree(documents / "licences", folder / "licences")
    shutil.copyfile(documents / "visita.cdx.json", folder / "visita.cdx.json")
    (folder / "copyright").write_text(_COPYRIGHT, "utf-8")
    date = subprocess.run(["date", "-R"], capture_output=True, text=True, check=True).stdout.strip()
    changelog = _CHANGELOG.format(version=product.version, date=date)
    news = (ROOT / "CHANGELOG.md").read_bytes()
    for name, data in (("changelog.gz", changelog.encode()), ("CHANGELOG.md.gz", news)):
        (folder / name).write_bytes(gzip.compress(data, 9, mtime=0))


def _set_modes(tree: Path) -> None:
    """Policy 10.9: nothing that others may write, and no library that may be executed."""
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        is_program = path.is_file() and os.access(path, os.X_OK) and ".so" not in path.name
        path.chmod(0o755 if path.is_dir() or is_program else 0o644)
