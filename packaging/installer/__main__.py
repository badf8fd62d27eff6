"""``make package``: what a person installs, for the system this runs on, in ``dist/``, tried out.

Linux (x86-64): a Debian package and one file that installs itself. Windows: an installer (needs
NSIS's makensis). macOS: a disk image. Beside them SHA256SUMS and the bill of materials.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bill_of_materials import write_bill
from contents import components
from debian_package import LIBRARY, build_deb
from disk_image import build_dmg
from frozen_app import FrozenApp, freeze
from licences import write_licences
from product import ROOT, Product
from single_file import build_run
from smoke_test import SmokeTestFailed, smoke_test
from windows_setup import build_setup

_MB = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """0: everything was made and works; 1: something was not, and stderr says what."""
    parser = argparse.ArgumentParser(prog="make package", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="default: dist")
    parser.add_argument("--scratch", type=Path, default=ROOT / "build", help="default: build")
    options = parser.parse_args(arguments)
    try:
        _package(options.output.resolve(), options.scratch.resolve())
    except (SmokeTestFailed, subprocess.CalledProcessError, OSError, ValueError) as error:
        print(f"package: {error}", file=sys.stderr)
        return 1
    return 0


def _package(output: Path, scratch: Path) -> None:
    product = Product.of_project()
    for folder in (output, scratch):
        folder.mkdir(parents=True, exist_ok=True)
    started = _say(f"{product.name} {product.version}: packing the app with its Python")
    app = freeze(scratch / "frozen", scratch / "pyinstaller")
    _done(started, f"{app.size_bytes / _MB:.0f} MB")

    started = _say("licences, and the bill of materials")
    documents = scratch / "documents"
    parts = components(app.sources)
    write_licences(documents / "licences", product, parts)
    write_bill(documents / "visita.cdx.json", product, parts)
    _done(started, f"{len(parts)} parts of others")

    started = _say("a trial run")
    seconds = smoke_test(app.program, product.version)
    _done(started, f"{seconds:.2f} s from start to window")

    made = _installers(app, documents, output, scratch, product)
    bill = output / f"{product.package}-{product.version}.cdx.json"
    shutil.copyfile(documents / "visita.cdx.json", bill)
    files = sorted([*made, bill])
    sums = "".join(f"{_sha256(path)}  {path.name}\n" for path in files)
    (output / "SHA256SUMS").write_text(sums, "utf-8")
    print(f"\nin {output}:")
    for path in files:
        print(f"{path.stat().st_size / _MB:8.1f} MB  {path.name}")


def _installers(
    app: FrozenApp, documents: Path, output: Path, scratch: Path, product: Product
) -> list[Path]:
    """All installers of this system, each tried out."""
    made: list[Path | None] = []
    if sys.platform == "linux":
        started = _say("a Debian package")
        deb = build_deb(app, documents, output, scratch, product)
        _try_deb(deb, product)
        made.append(deb)
        _done(started, "tried out")
        started = _say("one file that installs itself")
        run = build_run(app, documents, output, scratch, product)
        if run is not None:
            _try_run(run, product)
        made.append(run)
        _done(started, "tried out" if run else "left out: makeself is not installed")
    elif sys.platform == "win32":
        started = _say("an installer")
        setup = build_setup(app, documents, output, product)
        made.append(setup)
        _done(started, "made" if setup else "left out: makensis is not on the PATH")
    elif sys.platform == "darwin":
        started = _say("a disk image")
        made.append(build_dmg(app, documents, output, scratch, product))
        _done(started, "made")
    return [path for path in made if path is not None]


def _try_deb(deb: Path, product: Product) -> None:
    """What the package holds works where it was unpacked; CI installs it for real."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "--extract", str(deb), folder], check=True)
        smoke_test(Path(folder) / LIBRARY / "visita", product.version)


def _try_run(run: Path, product: Product) -> None:
    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "a prefix"
        install = ["sh", str(run), "--nox11", "--quiet", "--", "--prefix", str(prefix)]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        smoke_test(prefix / "bin" / "visita", product.version)
        removal = ["sh", str(prefix / "lib/visita/uninstall.sh"), "--prefix", str(prefix)]
        subprocess.run([*removal, "--remove"], check=True, stdout=subprocess.DEVNULL)
        left = [path for path in prefix.rglob("*") if not path.is_dir()]
        if left:
            raise SmokeTestFailed(f"its removal leaves {left}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _say(words: str) -> float:
    print(f"package: {words} ...", flush=True)
    return time.monotonic()


def _done(started: float, words: str) -> None:
    print(f"         {words}, {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
