"""``python -m tests.torture --rounds 500`` prints what a library survived."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from desktop_app.cli.demo_command import demo_photos
from tests.torture.driver import Torture
from tests.torture.table import is_clean, rows


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.getLogger().addHandler(logging.NullHandler())  # the table counts what is logged
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="visita-torture-") as place,
        closing(Torture(Path(place), demo_photos(), options.seed)) as torture,
    ):
        for tally in torture.run(options.rounds):
            if tally.rounds % 50 == 0:
                minutes = (time.monotonic() - began) / 60
                print(f"{tally.rounds} rounds, {minutes:.1f} min", file=sys.stderr, flush=True)
        for name, value in rows(torture):
            print(f"{name:34} {value}")
        print(f"{'seconds':34} {time.monotonic() - began:.0f}")
        return 0 if is_clean(torture.tally) else 1


if __name__ == "__main__":
    sys.exit(main())
