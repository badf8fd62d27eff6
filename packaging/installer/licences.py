"""The licences of everything that is packed, as one folder of texts with a list."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from contents import Component
from product import ROOT, Product

_FIXED = (
    ("VisITA's own code", ROOT / "LICENSE", "visita.txt"),
    ("The model: origin, training data and terms", ROOT / "assets/model/MODEL_CARD.md", "model.md"),
)
_DATA = """\
Data
====

Names of towns: GeoNames (https://www.geonames.org), Creative Commons Attribution 4.0.

Demo photos: from scikit-image (astronaut, brick, camera, chelsea, coffee, coins, grass, gravel,
hubble_deep_field, moon, motorcycle_left, rocket: public domain or CC0; its data/README.txt names
their sources) and from scikit-learn (china.jpg by Alexandre Duret-Lutz and flower.jpg by
dany13, both Creative Commons Attribution; its datasets/images/README.txt names their sources).

Qt and PySide6
==============

Qt and Qt for Python are used under the GNU Lesser General Public License, version 3. Their
libraries are separate files in _internal/PySide6 and can be replaced by builds of your own; their
source code is at https://code.qt.io.

Photo formats
=============

Libraries of photo formats come with Pillow, pillow-heif and rawpy, and their licences with those
packages. One of them, libx265 in _internal/pillow_heif.libs, is under the GNU General Public
License, version 2 or later (source code: https://bitbucket.org/multicoreware/x265_git). This
installed whole, which is linked with it, is therefore passed on under the GNU General Public
License, version 3, with which the licences of all other parts are compatible; VisITA's own source
code stays under the Apache License 2.0.
"""


def write_licences(folder: Path, product: Product, parts: Sequence[Component]) -> None:
    """Write the texts and ``README.txt``, which lists who owns what.

    Raises:
        ValueError: a Python package that is packed brought neither a text nor a name of a licence.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lines = [f"{product.name} {product.version}", ""]
    for words, source, target in _FIXED:
        shutil.copyfile(source, folder / target)
        lines.append(f"{words}: {target}")
    lines += ["", "Parts of others", "===============", ""]
    for part in parts:
        if not part.texts and not part.licence:
            raise ValueError(f"{part.name} says nothing of its licence")
        names = []
        for number, text in enumerate(part.texts):
            name = (
                f"{part.name}-{text.name}" if number == 0 else f"{part.name}-{number}-{text.name}"
            )
            shutil.copyfile(text, folder / name)
            names.append(name)
        stated = part.licence or "see the text"
        lines.append(f"{part.name} {part.version}: {stated}")
        lines += [f"    {name}" for name in names]
    (folder / "README.txt").write_text("\n".join([*lines, "", _DATA]), "utf-8")
