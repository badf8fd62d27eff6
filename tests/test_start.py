"""What must be so before anything else is loaded."""

from __future__ import annotations

import os
import subprocess
import sys


def test_numpy_leaves_the_other_cores_alone() -> None:
    code = "import desktop_app, os, sys; print('numpy' in sys.modules, os.environ[NAME])"
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code.replace("NAME", "'OPENBLAS_NUM_THREADS'")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "1"]
