"""The report of a run: everything inside one file, signs of failure named, photos shown."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from training.__main__ import main
from training.data.dataset import PhotoDataset
from training.evaluate import open_encoder
from training.report import write_report
from training.reporting.charts import line_chart
from training.reporting.examples import find_examples
from training.reporting.signs import failure_signs


def test_the_report_stands_alone(
    run: Path, photo_set: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(run), "--data", str(photo_set)]) == 0
    path = Path(capsys.readouterr().out.strip())
    page = path.read_text("utf-8")
    assert path == run / "report.html"
    assert not re.search(r"https?://|<script|<link|src=\"(?!data:)", page)
    for wanted in ("frozen", "finetune", "kernel weights", "attention entropy", "gradient norms"):
        assert wanted in page
    for drawing in re.findall(r"<svg.*?</svg>", page, re.S):
        ElementTree.fromstring(drawing)
    assert len(re.findall(r"<svg", page)) >= 8
    assert len(re.findall(r"data:image/jpeg;base64", page)) == 8 * 5
    # one query of each of the 8 photos; where the right one is among the first five it is framed
    examples = find_examples(open_encoder(run), PhotoDataset(photo_set, "val"))
    framed = sum(example.right in example.photos for example in examples)
    assert page.count('<img class="right"') == framed >= 6
    for example in examples:
        assert (example.rank <= 5) == (example.right in example.photos)


def test_a_folder_without_metrics_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no run"):
        write_report(tmp_path)


def test_a_report_without_photos_needs_only_the_metrics(tmp_path: Path) -> None:
    line = {"stage": "a <b>", "epoch": 1, "loss": 1.0, "score": 3.0, "measured_by": "recall sum"}
    (tmp_path / "metrics.jsonl").write_text(json.dumps(line) + "\n")
    page = write_report(tmp_path).read_text("utf-8")
    assert "a &lt;b&gt;" in page
    assert "<b>" not in page


def healthy(epoch: int) -> dict[str, Any]:
    return {
        "stage": "s",
        "epoch": epoch,
        "loss": 1 / epoch,
        "score": 10.0 * epoch,
        "gradient_norms": {"image_tower.trunks.0": 0.1, "image_tower.transformer": 1.0},
        "kernel_weights": {"linear": 0.6, "gaussian 1": 0.4},
        "kernel_entropy": 0.97,
        "attention_entropy": [0.8, 0.6],
    }


def test_each_failure_sign_is_named_and_a_healthy_run_has_none() -> None:
    lines = [healthy(epoch) for epoch in range(1, 7)]
    assert failure_signs(lines) == []
    for key, value, sign in (
        (
            "gradient_norms",
            {"image_tower.trunks.0": 1e-6, "image_tower.transformer": 1.0},
            "image_tower.trunks.0",
        ),
        ("kernel_entropy", 0.1, "collapse onto linear"),
        ("attention_entropy", [0.5, 0.999], "layer 2"),
    ):
        ill = [*lines[:-1], {**lines[-1], key: value}]
        (found,) = failure_signs(ill)
        assert sign in found
    overfit = [{**line, "score": 30.0 - 2 * abs(line["epoch"] - 2)} for line in lines]
    (found,) = failure_signs(overfit)
    assert "overfitting" in found
    assert "epoch 2" in found


def test_a_chart_leaves_out_what_cannot_be_drawn() -> None:
    assert line_chart("nothing", {"a": []}) == ""
    drawn = line_chart("t", {"a": [(1, 0.0), (2, 10.0), (3, 100.0)]}, is_logarithmic=True)
    points = re.findall(r'points="([^"]+)"', drawn)
    assert len(points[0].split()) == 2
    lower, upper = (float(point.split(",")[1]) for point in points[0].split())
    assert lower > upper  # svg counts downwards
