"""``make e2e``, or ``python -m tests.end_to_end --out FOLDER``: a line for each step."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.end_to_end.accident import Accident
from tests.end_to_end.desktop import PACKAGES, Desktop, lacking
from tests.end_to_end.endings import Endings
from tests.end_to_end.stage import Stage
from tests.end_to_end.story import Story, make_material


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end", description=__doc__)
    parser.add_argument("--out", type=Path, help="where the pictures of the screen go")
    parts = {"story": Story, "accident": Accident, "endings": Endings}
    parser.add_argument("--part", choices=parts, help="one of them alone")
    parser.add_argument("--only", default="", help="endings whose names have these words")
    options = parser.parse_args()
    if reason := lacking():
        print(f"skipped: {reason}. On Debian: apt-get install {' '.join(PACKAGES)}")
        return 0
    # nohup, and a shell's background, have all children ignore what must end them here.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out = options.out or Path(tempfile.mkdtemp(prefix="visita-screens-"))
    print(f"pictures: {out}")
    with tempfile.TemporaryDirectory(prefix="visita-e2e-") as place:
        work = Path(place)
        material = make_material(work / "photos")
        desktop = Desktop(work / "home")
        stage = Stage(desktop, work, out)
        try:
            for name, part in parts.items():
                if options.part in (None, name):
                    for step, act in part(stage, material).steps():
                        if name == "endings" and options.only not in step:
                            continue
                        began = time.monotonic()
                        _run(stage, step, act)
                        print(f"{step:44} {time.monotonic() - began:6.1f} s", flush=True)
        finally:
            stage.close()
            desktop.close()
    return 0


def _run(stage: Stage, step: str, act: object) -> None:
    try:
        act()  # type: ignore[operator]
    except Exception as error:
        print(f"{step}: {error}", flush=True)
        stage.desktop.expect_alive()
        print(f"{step}: failed; {stage.camera.shoot(f'failed {step}')}", flush=True)
        raise


if __name__ == "__main__":
    sys.exit(main())
