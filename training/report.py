"""The report of a run: one HTML file that needs no network, no script and nothing beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from training.data.source import PhotoSource
from training.evaluate import open_encoder
from training.reporting.charts import Point, line_chart
from training.reporting.examples import draw_examples, find_examples
from training.reporting.signs import failure_signs

REPORT_NAME = "report.html"

_NO_LOSSES = frozenset(
    (
        *("stage", "epoch", "temperature", "score", "measured_by", "seconds", "step_seconds"),
        "kernel_entropy",
    )
)
_STYLE = """
:root{color-scheme:light dark;--ink:#1c2330;--soft:#6b7480;--line:#dfe3e8;--page:#fff;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebf0;--soft:#9aa3ae;--line:#353b44;--page:#16191e;
--bad:#ff8a80}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);margin:2rem auto;
max-width:1000px;padding:0 1rem}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
figure{display:inline-block;width:min(480px,100%);margin:0 8px 16px 0;vertical-align:top}
figcaption{font-weight:600}svg{width:100%;height:auto}svg text{font-size:10px;fill:var(--soft)}
polyline{stroke-width:2}.grid{stroke:var(--line)}.mark{stroke:var(--soft);stroke-dasharray:2 3}
.legend{font-size:12px;color:var(--soft);display:flex;flex-wrap:wrap;gap:2px 12px}
.legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:4px}
table{border-collapse:collapse}td,th{padding:2px 12px 2px 0;text-align:left}
.sign{color:var(--bad)}small{color:var(--soft)}
img{width:128px;height:128px;margin-right:6px;border:4px solid transparent;border-radius:6px}
img.right{border-color:#2e9e6b}
"""


def write_report(run: Path, photos: PhotoSource | None = None) -> Path:
    """Write ``report.html`` into the folder of a run; returns its path.

    Args:
        run: has ``metrics.jsonl`` and ``best/``.
        photos: with them the report shows what the best model finds.

    Raises:
        FileNotFoundError: the run has no metrics.
    """
    metrics = run / "metrics.jsonl"
    if not metrics.is_file():
        raise FileNotFoundError(f"{run} is no run: it has no metrics.jsonl")
    lines = [json.loads(line) for line in metrics.read_text("utf-8").splitlines()]
    sections = [
        _summary(lines),
        _signs(lines),
        "<h2>Losses and scores</h2>",
        *_stage_charts(lines),
        "<h2>Inside the model</h2>",
        *_inner_charts(lines),
    ]
    if photos is not None:
        examples = find_examples(open_encoder(run), photos)
        sections += ["<h2>What the best model finds</h2>", draw_examples(examples, photos)]
    title = f"Training run {escape(run.resolve().name)}"
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{''.join(sections)}</body></html>\n"
    )
    path = run / REPORT_NAME
    temporary = path.with_suffix(".tmp")
    temporary.write_text(page, "utf-8")
    os.replace(temporary, path)
    return path


def _summary(lines: Sequence[dict[str, Any]]) -> str:
    rows = []
    for stage in _stages(lines):
        own = [line for line in lines if line["stage"] == stage]
        best = max(own, key=lambda line: line.get("score", 0.0))
        minutes = sum(line.get("seconds", 0.0) for line in own) / 60
        rows.append(
            f"<tr><td>{escape(stage)}</td><td>{len(own)}</td>"
            f"<td>{escape(str(best.get('measured_by', 'score')))}</td>"
            f"<td>{best.get('score', 0.0):.1f}</td><td>{best['epoch']}</td>"
            f"<td>{minutes:.1f}</td></tr>"
        )
    head = "".join(
        f"<th>{name}</th>" for name in ("stage", "epochs", "score", "best", "in epoch", "minutes")
    )
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _signs(lines: Sequence[dict[str, Any]]) -> str:
    found = failure_signs(lines)
    if not found:
        return (
            "<h2>Failure signs</h2><p>None of: vanishing gradients, kernel collapse, uniform"
            " attention, overfitting.</p>"
        )
    items = "".join(f'<li class="sign">{escape(sign)}</li>' for sign in found)
    return f"<h2>Failure signs</h2><ul>{items}</ul>"


def _stage_charts(lines: Sequence[dict[str, Any]]) -> list[str]:
    charts = []
    for stage in _stages(lines):
        own = [line for line in lines if line["stage"] == stage]
        score_names = {str(line.get("measured_by", "")).replace(" ", "_") for line in own}
        score_names |= {name.replace("-", "_") for name in score_names}
        losses = [
            name
            for name, value in own[0].items()
            if isinstance(value, int | float)
            and name not in _NO_LOSSES | score_names
            and not name.startswith("R@")
        ]
        curves = {name: _curve(own, name) for name in losses}
        charts.append(line_chart(f"{stage}: losses", curves, ()))
        charts.append(line_chart(f"{stage}: recall in percent", _recalls(own), ()))
    return charts


def _recalls(lines: Sequence[dict[str, Any]]) -> dict[str, list[Point]]:
    curves = {}
    for direction, short in (("text_to_image", "text to image"), ("image_to_text", "to text")):
        for k in ("R@1", "R@5", "R@10"):
            curves[f"{short} {k}"] = _curve(lines, "validation", direction, k)
    for k in ("R@1", "R@5", "R@10"):
        curves[k] = _curve(lines, k)
    return curves


def _inner_charts(lines: Sequence[dict[str, Any]]) -> list[str]:
    numbered = [{**line, "epoch": number} for number, line in enumerate(lines, 1)]
    marks = [
        (float(line["epoch"]), str(line["stage"]))
        for number, line in enumerate(numbered)
        if number == 0 or line["stage"] != numbered[number - 1]["stage"]
    ]

    def named(key: str) -> dict[str, list[Point]]:
        names = dict.fromkeys(name for line in numbered for name in line.get(key) or {})
        return {name: _curve(numbered, key, name) for name in names}

    depth = max((len(line.get("attention_entropy") or ()) for line in numbered), default=0)
    attention = {
        f"layer {number + 1}": _curve(numbered, "attention_entropy", number)
        for number in range(depth)
    }
    norms = dict(sorted(named("gradient_norms").items()))
    by_part = {
        part: {name: points for name, points in norms.items() if name.startswith(part)}
        for part in ("image_tower", "text_tower")
    }
    by_part["the rest"] = {
        name: points for name, points in norms.items() if not name.startswith(tuple(by_part))
    }
    return [
        line_chart("kernel weights", named("kernel_weights"), marks),
        line_chart("attention entropy, 1 = uniform", attention, marks),
        *(
            line_chart(f"gradient norms: {part.replace('_', ' ')}", curves, marks, True)
            for part, curves in by_part.items()
        ),
    ]


def _curve(lines: Sequence[dict[str, Any]], *keys: str | int) -> list[Point]:
    """(epoch, value) of the lines that have a value under these keys, one inside the other."""
    points = []
    for line in lines:
        value: Any = line
        for key in keys:
            if isinstance(value, list) and isinstance(key, int):
                value = value[key] if key < len(value) else None
            else:
                value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            points.append((float(line["epoch"]), float(value)))
    return points


def _stages(lines: Sequence[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(str(line["stage"]) for line in lines))
