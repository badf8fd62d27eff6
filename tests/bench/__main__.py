"""``python -m tests.bench`` prints how fast this computer indexes and searches."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import appdirs

from desktop_app.paths import default_model_dir
from tests.bench import indexing, scale

SIZES = (10_000, 100_000)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--photos", type=int, default=24, help="0 leaves indexing out")
    parser.add_argument(
        "--embeddings",
        type=int,
        nargs="*",
        default=SIZES,
        help="sizes of libraries; none: no table",
    )
    parser.add_argument("--model", type=Path, default=default_model_dir())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(appdirs.user_cache_dir("visita-bench", appauthor=False)),
        help="where generated libraries are kept; a million photos take 6 GB",
    )
    parser.add_argument("--build", action="store_true", help="build large indices anew, too")
    options = parser.parse_args()
    options.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    if options.photos:
        rows = indexing.measure(options.cache, options.model, options.photos, options.seed)
        print_rows("Indexing", rows)
    tables = {
        count: print_rows(
            f"Library of {count:,} photos",
            scale.measure(options.cache, count, options.model, options.seed, options.build),
        )
        for count in options.embeddings
    }
    if len(tables) > 1:
        print_table(tables)


def print_rows(title: str, rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Print each row as soon as it is known."""
    print(f"\n{title}")
    printed = {}
    for name, value in rows:
        print(f"  {name:30} {value}", flush=True)
        printed[name] = value
    return printed


def print_table(tables: dict[int, dict[str, str]]) -> None:
    """All sizes side by side, as docs/benchmarks.md has them."""
    print("\n| | " + " | ".join(f"{count:,} photos" for count in tables) + " |")
    print("|---|" + "---|" * len(tables))
    for name in next(iter(tables.values())):
        print(f"| {name.strip()} | " + " | ".join(t[name] for t in tables.values()) + " |")


if __name__ == "__main__":
    main()
