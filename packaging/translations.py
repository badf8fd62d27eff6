"""Bring the translations up to date (``make translations``).

Writes the templates of the library's sentences, looks for the window's strings (lupdate), and
compiles the ``.qm`` files that ship with the app (lrelease). What is new is left unfinished in the
``.ts`` files and counted; exit code 1 as long as there is any.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from core_sentences import ROOT, Sentences

GUI = ROOT / "desktop_app" / "gui"
FOLDER = GUI / "translations"
LIBRARY_SENTENCES = FOLDER / "library_sentences.py"
LANGUAGES = ("de", "zh_CN")
SOURCE = "en"
"""Only what is counted is in its file: the source has one form of it, ``%Ln photo(s)``."""
LINE = 100


def main() -> int:
    """Update and compile everything; how much is left to be translated is printed."""
    LIBRARY_SENTENCES.write_text(library_sentences(), "utf-8")
    files = [ts_file(language) for language in LANGUAGES]
    look_for_strings(files)
    look_for_strings([ts_file(SOURCE)], "-pluralonly")
    left = 0
    for file in (ts_file(SOURCE), *files):
        unfinished = [m for m in messages(file) if m.find("translation[@type]") is not None]
        print(f"{file.name}: {len(messages(file))} strings, {len(unfinished)} to be translated")
        left += len(unfinished)
        compile_file(file, file.with_suffix(".qm"))
    return 1 if left else 0


def library_sentences() -> str:
    """The source of the module with the templates of the library's sentences."""
    lines = [
        '"""What the library says, for lupdate and ``told``. Written by `make translations`."""',
        "",
        "from __future__ import annotations",
        "",
        "from PySide6.QtCore import QT_TRANSLATE_NOOP",
        "",
        "# fmt: off",
        "LIBRARY_SENTENCES = (",
    ]
    for sentence in Sentences().all():
        text = sentence.replace("\\", "\\\\").replace('"', '\\"')
        line = f'    QT_TRANSLATE_NOOP("library", "{text}"),'
        lines.append(line if len(line) <= LINE else f"{line}  # noqa: E501")
    return "\n".join([*lines, ")", "# fmt: on", ""])


def ts_file(language: str) -> Path:
    """The source of a translation."""
    return FOLDER / f"visita_{language}.ts"


def look_for_strings(files: Iterable[Path], *more: str) -> None:
    """Add what is new to these ``.ts`` files, and drop what is gone.

    Args:
        files: their names end in the languages.
        more: options of lupdate.
    """
    sources = sorted(str(path.relative_to(ROOT)) for path in GUI.rglob("*.py"))
    options = ["-no-obsolete", "-locations", "none", "-source-language", SOURCE, *more]
    run("pyside6-lupdate", *options, *sources, "-ts", *map(str, files))


def compile_file(source: Path, target: Path) -> None:
    """Write the ``.qm`` file of a ``.ts`` file."""
    run("pyside6-lrelease", str(source), "-qm", str(target))


def messages(file: Path) -> list[ElementTree.Element]:
    """The entries of a ``.ts`` file."""
    return list(ElementTree.parse(file).iter("message"))


def run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools in the repository's root; what it says is only shown if it fails."""
    program = shutil.which(tool, path=sysconfig.get_path("scripts")) or tool
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
