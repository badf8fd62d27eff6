"""Whose files the packed app is made of: Python distributions, and Debian's libraries."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

_LICENCE_NAMES = ("licen", "copying", "notice", "authors", "copyright", "thirdparty")
_COMMON = {
    "LGPL-3.0": Path("/usr/share/common-licenses/LGPL-3"),
    "GPL-3.0": Path("/usr/share/common-licenses/GPL-3"),
    "Apache": Path("/usr/share/common-licenses/Apache-2.0"),
}
"""Debian's copies of what some packages only name."""


@dataclass(frozen=True)
class Component:
    """Something of somebody else's that is packed."""

    kind: str
    """``pypi``, ``deb`` or ``generic``: the types of package URLs."""
    name: str
    version: str
    licence: str
    """As its metadata states it; empty where they do not."""
    homepage: str
    texts: tuple[Path, ...]
    """Files with its licence."""

    @property
    def purl(self) -> str:
        """The package URL (the specification of that name)."""
        space = "debian/" if self.kind == "deb" else ""
        return f"pkg:{self.kind}/{space}{self.name}@{self.version}"


def components(sources: Iterable[Path]) -> list[Component]:
    """Everything that any of the files belongs to, by name; Python itself is always among it."""
    left = {os.path.normpath(source) for source in sources}
    found = [_python()]
    for distribution in distributions():
        # Not resolved: an environment has a hundred thousand files.
        root = str(distribution.locate_file(""))
        files = {os.path.normpath(f"{root}/{file}") for file in distribution.files or ()}
        if files & left:
            found.append(_of_distribution(distribution))
            left -= files
    if sys.platform == "linux":
        resolved = {Path(path).resolve() for path in left}
        found += _debian_packages(path for path in resolved if path.is_relative_to("/usr"))
    return sorted(found, key=lambda component: (component.kind, component.name))


def _python() -> Component:
    version = ".".join(map(str, sys.version_info[:3]))
    base = Path(sys.base_prefix)
    places = [base / "LICENSE.txt", base / "lib" / f"python{version[:4]}" / "LICENSE.txt"]
    places.append(Path(f"/usr/share/doc/python{version[:4]}/copyright"))
    texts = tuple(path for path in places if path.is_file())
    return Component("generic", "python", version, "Python-2.0.1", "https://www.python.org", texts)


def _of_distribution(distribution: Distribution) -> Component:
    data = distribution.metadata
    classifiers = [c for c in data.get_all("Classifier") or () if c.startswith("License :: ")]
    stated = data.get("License-Expression") or data.get("License") or ""
    if not stated or len(stated) > 100:  # some put the whole text there
        stated = " OR ".join(c.rpartition(" :: ")[2] for c in classifiers)
    texts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        # beside the metadata, or at the top of the package
        if (".dist-info/" in f"{file}/" or len(file.parts) <= 2)
        and file.name.lower().startswith(_LICENCE_NAMES)
        and file.suffix in ("", ".txt", ".md", ".rst")
    ]
    if not texts:
        texts = [path for name, path in _COMMON.items() if name in stated and path.is_file()]
    pages = [page.partition(",")[2].strip() for page in data.get_all("Project-URL") or ()]
    homepage = data.get("Home-page") or next(iter(pages), "")
    name = data["Name"].lower().replace("_", "-")
    return Component("pypi", name, distribution.version, stated, homepage, tuple(texts))


def _debian_packages(files: Iterable[Path]) -> list[Component]:
    """The packages that own the files, asked of dpkg; none on a system without it."""
    names: set[str] = set()
    for path in files:
        try:
            asked = subprocess.run(["dpkg", "-S", str(path)], capture_output=True, text=True)
        except FileNotFoundError:
            return []
        # "libc6:amd64: /usr/lib/...": files of a merged /usr are known by their old path, too
        answer = (
            asked.stdout
            or subprocess.run(
                ["dpkg", "-S", str(path).removeprefix("/usr")], capture_output=True, text=True
            ).stdout
        )
        names |= {line.partition(": ")[0].partition(":")[0] for line in answer.splitlines()}
    return [_of_debian(name) for name in names if not name.startswith(("python3", "libpython3"))]


def _of_debian(name: str) -> Component:
    asked = ["dpkg-query", "-W", "-f", "${Version}\n${Homepage}\n", name]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    version, homepage, *_ = [*answer.splitlines(), "", ""]
    text = Path(f"/usr/share/doc/{name}/copyright")
    return Component("deb", name, version, "", homepage, (text,) if text.is_file() else ())
