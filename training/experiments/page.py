"""The page about the experiments: its tables are written from the results, never by hand."""

from __future__ import annotations

import os
import re
from pathlib import Path

from training.experiments.result import ExperimentResult

_PLACE = re.compile(
    r"(?P<begin><!-- results: (?P<name>[\w-]+) -->\n)(?P<old>.*?)(?P<end><!-- end -->)", re.S
)
_NONE_YET = "No results are kept here yet.\n"


def filled(page: str, results: Path, folder: str) -> str:
    """The page with the results that are there.

    Args:
        page: has ``<!-- results: NAME -->`` and ``<!-- end -->`` around every place for one.
        results: folder of the results, ``NAME.json``.
        folder: the same folder as seen from the page, with a slash at its end.

    Raises:
        ValueError: a result has no place in the page, or is none.
    """
    places = {found["name"] for found in _PLACE.finditer(page)}
    homeless = sorted({path.stem for path in results.glob("*.json")} - places)
    if homeless:
        raise ValueError(f"the page has no place for {homeless[0]}.json")

    def shown(found: re.Match[str]) -> str:
        path = results / f"{found['name']}.json"
        text = ExperimentResult.read(path).markdown(folder) if path.is_file() else _NONE_YET
        return f"{found['begin']}{text}{found['end']}"

    return _PLACE.sub(shown, page)


def fill_page(page: Path, results: Path) -> None:
    """Write the tables of all results into the page.

    Raises:
        FileNotFoundError: there is no page.
        ValueError: as ``filled``.
    """
    folder = Path(os.path.relpath(results, page.parent)).as_posix()
    text = filled(page.read_text("utf-8"), results, f"{folder}/")
    temporary = page.with_suffix(".tmp")
    temporary.write_text(text, "utf-8")
    os.replace(temporary, page)
