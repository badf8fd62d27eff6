"""``python -m tests.bench`` prints how fast this computer indexes and searches."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path

from desktop_app.paths import default_model_dir
from tests.bench import indexing, queries


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--photos", type=int, default=24, help="0 leaves indexing out")
    parser.add_argument("--embeddings", type=int, default=100_000, help="0 leaves queries out")
    parser.add_argument("--model", type=Path, default=default_model_dir())
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="visita-bench-") as temporary:
        folder = Path(temporary)
        if options.photos:
            rows = indexing.measure(
                folder / "indexing", options.model, options.photos, options.seed
            )
            print_table("Indexing", rows)
        if options.embeddings:
            rows = queries.measure(
                folder / "queries", options.model, options.embeddings, options.seed
            )
            print_table("Queries", rows)


def print_table(title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Print each row as soon as it is known."""
    print(f"\n{title}")
    for name, value in rows:
        print(f"  {name:30} {value}", flush=True)


if __name__ == "__main__":
    main()
