"""What experiments found, as numbers and on the page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.conftest import REPOSITORY
from training.__main__ import main
from training.experiments.command import EXPERIMENTS
from training.experiments.page import filled
from training.experiments.result import ExperimentResult
from training.experiments.word_heat import WordHeat

DOCS = REPOSITORY / "docs"


def test_entropy_is_one_where_all_regions_fit_alike() -> None:
    assert WordHeat("w", np.full((3, 3), 0.2, np.float32)).entropy == pytest.approx(1)
    peak = np.full((3, 3), -1.0, np.float32)
    peak[1, 2] = 1.0
    heat = WordHeat("w", peak)
    assert heat.entropy < 1e-3
    assert heat.best == 1.0


def test_the_page_shows_what_the_results_say() -> None:
    page = (DOCS / "experiments.md").read_text("utf-8")
    assert filled(page, DOCS / "experiments", "experiments/") == page
    for experiment in (*(e.name for e in EXPERIMENTS), "attention"):
        assert f"<!-- results: {experiment} -->" in page
        assert f"python -m training experiment {experiment} " in page


def test_a_result_gets_into_its_place_of_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, results = tmp_path / "page.md", tmp_path / "results"
    page.write_text("# A\n\n<!-- results: noise -->\nold\n<!-- end -->\n\nafter\n")
    table = (("", "recall sum"), ("10% wrong", "201.5"))
    result = ExperimentResult("noise", "python", {}, table, ("a note",), (), "p.jpg")
    result.write(results / "noise.json")
    assert ExperimentResult.read(results / "noise.json") == result
    arguments = ["experiment", "tables", "--page", str(page), "--results", str(results)]
    assert main(arguments) == 0
    text = page.read_text()
    assert "| 10% wrong | 201.5 |" in text
    assert "![noise](results/p.jpg)" in text
    assert "old" not in text
    assert text.endswith("after\n")
    assert main(arguments) == 0
    assert page.read_text() == text
    result.write(results / "nobody.json")
    assert main(arguments) == 1
    assert "no place for nobody" in capsys.readouterr().err
