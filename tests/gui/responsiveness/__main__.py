"""``python -m tests.gui.responsiveness PHOTOS DROPPED DATA MODEL``: findings as JSON.

``python -m tests.gui.responsiveness guilty FOLDER`` does what must be found out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.gui.responsiveness.calls import install
from tests.gui.responsiveness.guilty import misbehave
from tests.gui.responsiveness.scene import Scene, told
from tests.gui.responsiveness.watch import Watch, WatchedApplication


def main() -> int:
    watch = Watch()
    WatchedApplication.watch = watch
    app = WatchedApplication(sys.argv[:1])
    app.setStyle("Fusion")
    install(watch)
    watch.start()
    if sys.argv[1] == "guilty":
        misbehave(watch, Path(sys.argv[2]))
        watch.stop()
    else:
        photos, dropped, data, model = map(Path, sys.argv[1:5])
        Scene(app, watch, data, model).play(photos, dropped)
    print(told(watch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
