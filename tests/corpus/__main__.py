"""``python -m tests.corpus`` decodes the corpus and damaged copies of it, and prints a table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from desktop_app.cli.demo_command import demo_photos
from tests.corpus.driver import decode_all
from tests.corpus.sources import Unreachable, damaged, encoded, fetch, files_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("--damaged", type=int, default=1000, help="how many damaged copies")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    is_clean = True
    with tempfile.TemporaryDirectory(prefix="visita-corpus-") as temporary:
        place = Path(temporary)
        try:
            files = files_of(fetch())
        except Unreachable as error:
            print(f"The packages' files are skipped: {error}.")
            files = []
        own = encoded(demo_photos(), place / "encoded")
        broken = damaged([*own, *files], place / "damaged", options.damaged, options.seed)
        for title, paths in (
            ("Files of the packages", files),
            ("Photos in every format", own),
            ("Damaged copies", broken),
        ):
            if not paths:
                continue
            outcome = decode_all(paths, place / "thumbnails")
            is_clean &= outcome.is_clean
            print(f"\n{title}")
            for name, value in outcome.rows():
                print(f"  {name:54} {value}", flush=True)
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
