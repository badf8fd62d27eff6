"""The real program with one bug built in: the list of what can be typed cannot be shown."""

from __future__ import annotations

import sys

from desktop_app.__main__ import main
from desktop_app.gui.main_window import MainWindow

BUG = "the bug that was built in"


def _fail(window: MainWindow) -> None:
    raise ZeroDivisionError(BUG)


if __name__ == "__main__":
    MainWindow.show_search_help = _fail  # type: ignore[method-assign]
    sys.exit(main())
