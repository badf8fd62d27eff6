"""The comparison as rows and columns, and as Markdown, CSV, JSON and HTML."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

from training.comparison.published import SOURCES

_MISSING = "–"


@dataclass(frozen=True)
class Group:
    """One column of the page: figures that are read together."""

    title: str
    figures: tuple[str, ...]
    digits: int = 1


def _recall(direction: str) -> tuple[str, ...]:
    return tuple(f"{direction} R@{k}" for k in (1, 5, 10))


def _matching(rivals: str) -> tuple[str, ...]:
    return tuple(f"{rivals}: {name}" for name in ("Recall", "Precision", "mAP"))


GROUPS = (
    Group("text-to-image R@1 / 5 / 10", _recall("text-to-image")),
    Group("image-to-text R@1 / 5 / 10", _recall("image-to-text")),
    Group("recall sum", ("recall sum",)),
    Group("mAP@10 text-to-image / image-to-text", ("text-to-image mAP@10", "image-to-text mAP@10")),
    Group("all photos: Recall / Precision / mAP", _matching("all photos")),
    Group("9 rivals: Recall / Precision / mAP", _matching("9 rivals")),
    Group("entropy image / text, nats", ("image entropy", "text entropy"), 2),
    Group("mutual information, nats", ("mutual information",), 2),
    Group("parameters, M", ("parameters, M",)),
    Group("MB", ("MB",)),
    Group("one photo, ms", ("photo ms",)),
    Group("one text / query, ms", ("text ms", "query ms")),
    Group("photos/s", ("photos/s",), 0),
    Group("training, min (CPU min)", ("training minutes", "training CPU minutes")),
)


@dataclass(frozen=True)
class Row:
    """One system."""

    key: str
    name: str
    weights: str
    """Trained here, shipped, added; or what is to be done to have them."""
    figures: Mapping[str, float]
    """What was measured here; nothing else is in it."""
    published: str
    """What papers say, with the keys of their sources."""
    what: str
    source: str

    def cells(self) -> tuple[str, ...]:
        """As they stand in the page."""
        shown = tuple(_cell(group, self.figures) for group in GROUPS)
        return (self.name, self.weights, *shown, self.published or _MISSING)


HEAD = ("system", "weights", *(group.title for group in GROUPS), "published, not measured here")


@dataclass(frozen=True)
class Comparison:
    """All rows, and how they are made again."""

    command: str
    facts: Mapping[str, Any]
    """Photos, threads, machine."""
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def write(self, path: Path) -> None:
        """Write ``path`` (Markdown), and beside it the same as .csv, .json and .html."""
        path.parent.mkdir(parents=True, exist_ok=True)
        texts = {
            ".json": json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n",
            ".csv": self.csv(),
            ".html": self.html(),
            ".md": self.markdown(),
        }
        for suffix, text in texts.items():
            target = path.with_suffix(suffix)
            temporary = target.with_name(target.name + ".tmp")
            temporary.write_text(text, "utf-8", newline="")
            os.replace(temporary, target)

    @classmethod
    def read(cls, path: Path) -> Comparison:
        """Read the JSON that ``write`` wrote.

        Raises:
            ValueError: it is no comparison.
        """
        try:
            stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
            stored["rows"] = tuple(Row(**row) for row in stored["rows"])
            stored["notes"] = tuple(stored["notes"])
            return cls(**stored)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} is no comparison: {error!r}") from error

    def markdown(self) -> str:
        """A page: command, table, notes, what each row is."""
        lines = [
            "# Comparison",
            "",
            "Written by the command below from what it measured; do not edit.",
            "",
            f"`{self.command}`",
            "",
            _line(HEAD),
            _line(("---", "---", *["---:"] * len(GROUPS), "---")),
            *(_line(row.cells()) for row in self.rows),
            "",
            *(f"* {note}" for note in self.notes),
            "",
            "## What the rows are",
            "",
            *(f"* **{row.name}** ({row.source}). {row.what}" for row in self.rows),
            "",
            "## Published figures",
            "",
            "Of other photos, other protocols and larger models: not to be compared with the "
            "columns beside them.",
            "",
            *(f"* [{key}] {text}" for key, text in SOURCES.items()),
        ]
        return "\n".join(lines) + "\n"

    def csv(self) -> str:
        """Every figure in a column of its own, unrounded; empty where nothing was measured."""
        names = list(dict.fromkeys(name for group in GROUPS for name in group.figures))
        names += sorted({name for row in self.rows for name in row.figures} - set(names))
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["key", "system", "weights", *names, "published", "source"])
        for row in self.rows:
            figures = [row.figures.get(name, "") for name in names]
            writer.writerow([row.key, row.name, row.weights, *figures, row.published, row.source])
        return out.getvalue()

    def html(self) -> str:
        """One file that needs no network, no script and nothing beside it."""
        head = "".join(f'<th scope="col">{escape(title)}</th>' for title in HEAD)
        body = "".join(_html_row(row) for row in self.rows)
        notes = "".join(f"<li>{_html(note)}</li>" for note in self.notes)
        rows = "".join(
            f"<li><b>{escape(row.name)}</b> ({escape(row.source)}). {_html(row.what)}</li>"
            for row in self.rows
        )
        sources = "".join(f"<li>[{key}] {escape(text)}</li>" for key, text in SOURCES.items())
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Comparison</title>'
            f"<style>{_STYLE}</style></head><body><h1>Comparison</h1>"
            f"<p><code>{escape(self.command)}</code></p>"
            f"<div><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
            f"<ul>{notes}</ul><h2>What the rows are</h2><ul>{rows}</ul>"
            "<h2>Published figures</h2><p>Of other photos, other protocols and larger models: not "
            f"to be compared with the columns beside them.</p><ul>{sources}</ul></body></html>\n"
        )


_STYLE = """
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem}
div{overflow-x:auto}table{border-collapse:collapse}
th,td{padding:4px 10px;border-bottom:1px solid #8886;text-align:right;vertical-align:top}
th:nth-child(-n+2),td:nth-child(2),td:last-child,th:last-child{text-align:left}
thead th{vertical-align:bottom;font-size:13px}td{white-space:nowrap}
td:nth-child(2),td:last-child{white-space:normal;min-width:14rem}.absent{opacity:.7}
"""


def _cell(group: Group, figures: Mapping[str, float]) -> str:
    if not any(name in figures for name in group.figures):
        return _MISSING
    shown = [
        f"{figures[name]:,.{group.digits}f}" if name in figures else _MISSING
        for name in group.figures
    ]
    if "(" in group.title and len(shown) > 1:
        return f"{shown[0]} ({shown[1]})"
    return " / ".join(shown)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _html_row(row: Row) -> str:
    name, *cells = row.cells()
    kind = "" if row.figures else ' class="absent"'
    return (
        f'<tr{kind}><th scope="row">{escape(name)}</th>'
        f"{''.join(f'<td>{_html(cell)}</td>' for cell in cells)}</tr>"
    )


def _html(text: str) -> str:
    """Markdown's backticks as code."""
    parts = escape(text).split("`")
    return "".join(
        f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts)
    )
