"""What installers are made of; the packing itself is tried out by ``make package``."""

from __future__ import annotations

import configparser
import gzip
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "packaging" / "installer"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux")


@pytest.fixture(autouse=True)
def _installer_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scripts of the installer import each other by their plain names."""
    monkeypatch.syspath_prepend(str(INSTALLER))


@pytest.fixture
def product():
    from product import Product

    return Product.of_project()


@pytest.fixture
def app(tmp_path: Path):
    """A stand-in for what PyInstaller makes: a program that says its version, and a library."""
    from frozen_app import FrozenApp

    folder = tmp_path / "frozen" / "visita"
    (folder / "_internal").mkdir(parents=True)
    program = folder / "visita"
    program.write_text("#!/bin/sh\necho VisITA\n")
    program.chmod(0o775)
    (folder / "_internal" / "lib.so").write_bytes(b"\x7fELF")
    (folder / "_internal" / "lib.so.1").symlink_to("lib.so")
    return FrozenApp(folder, (Path(np.__file__),))


@pytest.fixture
def documents(tmp_path: Path, app, product) -> Path:
    from contents import components
    from licences import write_licences

    folder = tmp_path / "documents"
    write_licences(folder / "licences", product, components(app.sources))
    (folder / "visita.cdx.json").write_text("{}")
    return folder


def test_the_product_is_what_the_project_says(product) -> None:
    from desktop_app import __version__

    assert product.version == __version__
    assert f"## {product.version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert product.licence == "Apache-2.0"


def test_packed_files_are_traced_to_their_owners(app) -> None:
    from contents import components

    found = {part.name: part for part in components(app.sources)}
    assert set(found) == {"python", "numpy"}
    assert found["numpy"].version == np.__version__
    assert found["numpy"].purl == f"pkg:pypi/numpy@{np.__version__}"
    assert "BSD-3-Clause" in found["numpy"].licence
    assert any("BSD" in t.read_text("utf-8") or "Redistribution" in t.read_text("utf-8")
               for t in found["numpy"].texts)  # fmt: skip


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="no dpkg")
def test_a_library_of_the_system_is_traced_to_its_package() -> None:
    from contents import components

    (libc,) = Path("/usr/lib").glob("*/libc.so.6")
    found = [part for part in components([libc]) if part.kind == "deb"]
    assert [part.name for part in found] == ["libc6"]
    assert found[0].purl.startswith("pkg:deb/debian/libc6@")


def test_every_part_has_its_licence(documents: Path, tmp_path: Path, product) -> None:
    from contents import Component
    from licences import write_licences

    readme = (documents / "licences" / "README.txt").read_text("utf-8")
    assert f"numpy {np.__version__}" in readme
    for line in readme.partition("Parts of others")[2].partition("\nData\n")[0].splitlines():
        if line.startswith("    "):
            assert (documents / "licences" / line.strip()).stat().st_size > 100
    nameless = Component("pypi", "mystery", "1", "", "", ())
    with pytest.raises(ValueError, match="mystery"):
        write_licences(tmp_path / "again", product, [nameless])


def test_the_menu_entry_opens_photos(tmp_path: Path, product) -> None:
    from linux_desktop import install_desktop_files

    install_desktop_files(tmp_path, product)
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(tmp_path / "applications" / "visita.desktop", "utf-8")
    main = entry["Desktop Entry"]
    assert main["Exec"] == "visita --open %F"
    types = set(main["MimeType"].rstrip(";").split(";"))
    assert {"image/jpeg", "image/heic", "image/avif", "inode/directory"} <= types
    assert entry["Desktop Action quick"]["Exec"] == "visita --quick"
    for key in ("GenericName", "Comment"):
        assert main[f"{key}[de]"]
        assert main[f"{key}[zh_CN]"]
    assert (tmp_path / "icons/hicolor/128x128/apps/visita.png").is_file()
    assert (tmp_path / "icons/hicolor/scalable/apps/visita.svg").is_file()


def test_the_software_centre_is_told(tmp_path: Path, product) -> None:
    from linux_desktop import install_desktop_files

    install_desktop_files(tmp_path, product)
    info = ET.parse(tmp_path / "metainfo" / f"{product.application_id}.metainfo.xml").getroot()
    assert info.findtext("id") == product.application_id
    assert info.findtext("launchable") == "visita.desktop"
    release = info.find("releases/release")
    assert release is not None
    assert release.get("version") == product.version
    manual = gzip.decompress((tmp_path / "man/man1/visita.1.gz").read_bytes()).decode()
    assert product.version in manual
    assert "@" not in manual


def test_start_without_files_is_just_the_window(monkeypatch) -> None:
    """A menu starts ``visita --open`` with nothing after it."""
    from desktop_app.cli.parser import parse

    assert parse(["--open"]).open == ()


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb")
def test_the_debian_package(tmp_path: Path, app, documents: Path, product) -> None:
    from debian_package import build_deb

    deb = build_deb(app, documents, tmp_path, tmp_path / "scratch", product)
    assert deb.name == f"visita_{product.version}_amd64.deb"
    control = subprocess.check_output(["dpkg-deb", "--field", str(deb)], text=True)
    assert re.search(r"^Package: visita$", control, re.MULTILINE)
    assert "libgl1" in control
    tree = tmp_path / "unpacked"
    subprocess.run(["dpkg-deb", "--raw-extract", str(deb), str(tree)], check=True)
    assert subprocess.check_output([str(tree / "usr/bin/visita")], text=True) == "VisITA\n"
    assert (tree / "usr/lib/visita/_internal/lib.so.1").is_symlink()
    assert (tree / "usr/lib/visita/visita").stat().st_mode & 0o777 == 0o755
    assert (tree / "usr/lib/visita/_internal/lib.so").stat().st_mode & 0o777 == 0o644
    sums = (tree / "DEBIAN/md5sums").read_text().splitlines()
    assert len(sums) == sum(
        path.is_file() and not path.is_symlink() for path in (tree / "usr").rglob("*")
    )
    assert (tree / "usr/share/doc/visita/licences/README.txt").is_file()


def test_installing_for_one_person_and_removing(tmp_path: Path, app, product) -> None:
    from linux_desktop import install_desktop_files

    bundle, prefix = tmp_path / "bundle", tmp_path / "a home" / ".local"
    shutil.copytree(app.folder, bundle / "visita", symlinks=True)
    install_desktop_files(bundle / "share", product)
    shutil.copy(INSTALLER / "linux" / "install.sh", bundle)
    library = prefix / "share" / "VisITA" / "catalogue.sqlite"
    library.parent.mkdir(parents=True)
    library.write_text("photos")
    install = ["sh", "./install.sh", "--prefix", str(prefix)]
    for _ in range(2):  # the second is an upgrade
        (prefix / "lib/visita/_internal").mkdir(parents=True, exist_ok=True)
        (prefix / "lib/visita/_internal/old.so").write_text("of the version before")
        (prefix / "lib/visita/installed.txt").touch()
        said = subprocess.check_output(install, cwd=bundle, text=True)
        assert str(prefix / "bin" / "visita") in said
        assert not (prefix / "lib/visita/_internal/old.so").exists()
        assert subprocess.check_output([str(prefix / "bin/visita")], text=True) == "VisITA\n"
    entry = (prefix / "share/applications/visita.desktop").read_text("utf-8")
    assert f'Exec="{prefix}/bin/visita" --open %F' in entry
    removal = ["sh", str(prefix / "lib/visita/uninstall.sh"), "--prefix", str(prefix), "--remove"]
    subprocess.run(removal, check=True, stdout=subprocess.DEVNULL)
    left = [path for path in prefix.rglob("*") if not path.is_dir()]
    assert left == [library]
    again = subprocess.run(["sh", str(bundle / "install.sh"), *removal[2:]])
    assert again.returncode == 1


def test_the_smoke_test_sees_what_is_wrong(tmp_path: Path, app, capfd) -> None:
    import smoke_test

    assert smoke_test.main([str(app.program), "--version", "0.1.0"]) == 1
    assert "--version says 'VisITA'" in capfd.readouterr().err


def test_the_locks_pack_one_runtime() -> None:
    """Both variants of ONNX Runtime in one folder would overwrite each other."""
    names = re.findall(r"^([\w.-]+)==", (ROOT / "packaging/locks/package.txt").read_text(), re.M)
    assert "onnxruntime" in names
    assert "onnxruntime-gpu" not in names
    assert "pyinstaller" in names
    assert not {"torch", "transformers"} & set(names)


def test_the_bill_of_materials(tmp_path: Path, app, product) -> None:
    pytest.importorskip("cyclonedx", reason="a tool of `make package`")
    from bill_of_materials import write_bill
    from contents import components

    write_bill(tmp_path / "bill.json", product, components(app.sources))
    bill = json.loads((tmp_path / "bill.json").read_text("utf-8"))
    assert {part["name"] for part in bill["components"]} == {"python", "numpy"}
