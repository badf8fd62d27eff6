"""The program as a user starts it: child processes on real photographs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.demo_command import demo_photos

REPOSITORY = Path(__file__).resolve().parents[2]
TIMEOUT_S = 120
PHOTOS = 14
"""How many demo photos there are."""


@dataclass(frozen=True)
class Visita:
    """Starts ``visita`` on one library."""

    data_dir: Path
    model_dir: Path
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, *arguments: str | Path) -> list[str]:
        options = ["--data-dir", self.data_dir, "--model", self.model_dir]
        return [
            sys.executable,
            "-W",
            "error",
            "-m",
            "desktop_app",
            *map(str, [*options, *arguments]),
        ]

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            cwd=REPOSITORY,
            env={**os.environ, **self.environment},
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options,
        )

    def __call__(self, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run to the end."""
        return subprocess.run(
            self.command(*arguments),
            cwd=REPOSITORY,
            env={**os.environ, **self.environment},
            text=True,
            input=stdin,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )

    def json(self, *arguments: str | Path, stdin: str = "") -> list[dict[str, Any]]:
        """Run with ``--json``; answers the objects. Fails unless all went well and in silence."""
        result = self("--json", *arguments, stdin=stdin)
        assert result.returncode == 0, result.stderr
        assert result.stderr == ""
        return objects(result.stdout)


def objects(stdout: str) -> list[dict[str, Any]]:
    """Every line parses, or the test fails."""
    parsed = [json.loads(line) for line in stdout.splitlines()]
    assert all(isinstance(item, dict) for item in parsed)
    return parsed


def assert_known_error(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """One sentence and at most one hint on stderr, nothing on stdout, exit code 1."""
    assert result.returncode == 1, result.stderr
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) in (1, 2), result.stderr
    assert lines[0].startswith("visita: ")
    assert all(line.startswith("hint: ") for line in lines[1:])
    for word in words:
        assert word in result.stderr


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo photos, some of them in a sub-folder."""
    folder = tmp_path_factory.mktemp("photos")
    (folder / "space").mkdir()
    for source in demo_photos():
        is_space = source.stem in ("astronaut", "hubble_deep_field", "moon", "rocket")
        shutil.copyfile(source, folder / ("space" if is_space else "") / source.name)
    return folder


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, model_dir: Path, photos: Path) -> Visita:
    """A library in which ``photos`` is indexed. Read only: tests that write make their own."""
    visita = Visita(tmp_path_factory.mktemp("library"), model_dir)
    assert visita("index", photos).returncode == 0
    return visita


@pytest.fixture
def visita(tmp_path: Path, model_dir: Path) -> Visita:
    """An empty library of the test's own."""
    return Visita(tmp_path / "data", model_dir)


@pytest.fixture
def copy_photos(tmp_path: Path, photos: Path) -> Callable[..., Path]:
    """Make a folder with some of the photos: ``copy_photos("coffee.png", "flower.jpg")``."""

    def copy(*names: str) -> Path:
        folder = tmp_path / "my photos"
        folder.mkdir(exist_ok=True)
        for name in names:
            shutil.copyfile(photos / name, folder / name)
        return folder

    return copy


def last(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The last object, which must be the ``finished`` one."""
    assert records[-1]["type"] == "finished"
    return records[-1]
