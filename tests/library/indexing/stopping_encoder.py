"""An encoder that stops the run, as somebody may at any photo."""

from __future__ import annotations

import numpy as np

from desktop_app.library.indexer import IndexControl
from tests.fakes import ColourEncoder


class StoppingEncoder(ColourEncoder):
    """Somebody stops the run, or pauses it, while a photo is encoded."""

    def __init__(self, control: IndexControl, after: int, *, pause: bool = False) -> None:
        super().__init__()
        self._control = control
        self._after = after
        self._pause = pause

    def encode(self, pixels: np.ndarray) -> np.ndarray:
        vectors = super().encode(pixels)
        if self.encoded == self._after:
            (self._control.pause if self._pause else self._control.stop)()
        return vectors
