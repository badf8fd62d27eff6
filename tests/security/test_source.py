"""What must not be in the app's source at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

_UNPICKLERS = ("pickle", "_pickle", "shelve", "marshal", "dill", "joblib", "cloudpickle")
_NETWORK = ("socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp")
FORBIDDEN = frozenset((*_UNPICKLERS, *_NETWORK))
_HARMLESS = ("urllib.parse",)
"""Takes addresses apart, opens none."""
_LOCAL_SOCKETS = ("quit_signals.py",)
"""A pair of connected sockets inside the process, which a signal wakes Qt with."""
_RUNS_TEXT = frozenset(("eval", "exec", "compile"))


def sources() -> list[Path]:
    return sorted((REPOSITORY / "desktop_app").rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "__import__",
            "import_module",
            "importlib.import_module",
        ):
            yield ast.unparse(node.args[0]).strip("'\"")


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_nothing_unpickles_and_nothing_talks_to_a_network(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    found = {name.partition(".")[0] for name in imports(tree) if name not in _HARMLESS}
    allowed = {"socket"} if path.name in _LOCAL_SOCKETS else set()
    assert not (found & FORBIDDEN) - allowed
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in _RUNS_TEXT
            assert "allow_pickle" not in {keyword.arg for keyword in node.keywords}


def test_every_source_is_looked_at() -> None:
    assert len(sources()) > 60
    assert set(imports(ast.parse("import pickle\nfrom http import client"))) & FORBIDDEN
