"""A pytest plugin: ``-p no:pytest-qt -p tests.no_gui_no_torch`` takes Qt and torch away.

Child processes are covered too: the folder ``blocked`` goes to the head of PYTHONPATH, where a
package of each name raises what a missing one would.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

BLOCKED = ("PySide6", "shiboken6", "torch", "transformers", "onnx", "sentence_transformers")


class Blocker(MetaPathFinder):
    """Finds the blocked packages first, to refuse them."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{fullname} is blocked in this run", name=fullname)
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare pytest-qt's settings in its place, for it cannot be loaded without Qt."""
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "unused in this run")


def block_in_children(folder: Path) -> None:
    for name in BLOCKED:
        (folder / f"{name}.py").write_text(
            f"raise ModuleNotFoundError('{name} is blocked in this run', name='{name}')\n"
        )
    inherited = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), *([inherited] if inherited else [])])


for _name in list(sys.modules):
    if _name.partition(".")[0] in BLOCKED:
        raise pytest.UsageError(f"{_name} is imported already: use -p no:pytest-qt")
sys.meta_path.insert(0, Blocker())
_folder = tempfile.TemporaryDirectory(prefix="visita-blocked-")
block_in_children(Path(_folder.name))
