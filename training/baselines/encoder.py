"""A baseline as something that can be measured: photos and captions in, scores out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from desktop_app.inference.tokenizer import Tokenizer
from training.baselines.baseline import Baseline, Encoded
from training.baselines.build import load_baseline
from training.checkpoint import TOKENIZER_NAME
from training.ranking import Ranked, above, looked_again

_TEXTS = 64
_PHOTOS = 128
"""Texts and photos of which all pairs are compared at a time: SCAN needs 50 kB for each pair."""


class BaselineEncoder:
    """Runs a baseline without gradients, in chunks."""

    def __init__(self, model: Baseline, tokenizer_file: Path) -> None:
        self.model = model
        self.image_size = model.config.image_size
        self._tokenizer = Tokenizer(tokenizer_file, model.config.context_length)

    @classmethod
    def open(cls, folder: Path) -> BaselineEncoder:
        """A checkpoint.

        Raises:
            FileNotFoundError: there is none.
            ValueError: it is not a baseline's.
        """
        return cls(load_baseline(folder), folder / TOKENIZER_NAME)

    @torch.inference_mode()
    def see(self, pixels: NDArray[np.float32]) -> Encoded:
        """(n, 3, s, s) float32 in [0, 1] -> n photos."""
        photos = torch.from_numpy(pixels).to(self._device, memory_format=torch.channels_last)
        return self.model.photos(self.model.trunk(photos))

    @torch.inference_mode()
    def read(self, texts: Sequence[str]) -> Encoded:
        """Texts, those of about one length together, in the order given."""
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        some = []
        for start in range(0, len(order), _TEXTS):
            chosen = [texts[row] for row in order[start : start + _TEXTS]]
            ids, mask = (torch.from_numpy(part) for part in self._tokenizer.encode(chosen))
            some.append(self.model.texts(ids.to(self._device), mask.to(self._device)))
        place = torch.empty(len(order), dtype=torch.long)
        place[torch.tensor(order)] = torch.arange(len(order))
        return Encoded.joined(some)[place.to(self._device)]

    @torch.inference_mode()
    def scores(self, texts: Encoded, photos: Encoded) -> NDArray[np.float32]:
        """(c, n) of the first look."""
        starts = range(0, len(texts), _TEXTS)
        bar = tqdm(starts, desc="comparing", unit="batch", disable=None, leave=False)
        rows = [self._row(_cut(texts[start : start + _TEXTS]), photos) for start in bar]
        return np.concatenate(rows)

    def ranked(self, photos: Encoded, texts: Encoded) -> Ranked:
        """All scores, those of the second look included, and the features."""
        scores = self.scores(texts, photos)
        ranked = Ranked(scores, scores.T, _array(photos.vectors), _array(texts.vectors))
        if not self.model.look_again:
            return ranked
        pairs = self.model.look_again * (len(texts) + len(photos))
        with tqdm(total=pairs, desc="judging", unit="pair", disable=None, leave=False) as bar:

            @torch.inference_mode()
            def judge(
                photo_rows: NDArray[np.int64], text_rows: NDArray[np.int64]
            ) -> NDArray[np.float32]:
                own = _cut(texts[torch.from_numpy(text_rows).to(self._device)])
                seen = photos[torch.from_numpy(photo_rows).to(self._device)]
                bar.update(len(photo_rows))
                return _array(self.model.judge(own, seen))

            return looked_again(ranked, judge, self.model.look_again)

    @torch.inference_mode()
    def answer(self, text: Encoded, photos: Encoded) -> NDArray[np.float32]:
        """(n,) scores of one text with all photos, the second look included."""
        scores = self._row(_cut(text), photos)[0]
        depth = min(self.model.look_again, len(photos))
        if depth:
            best = torch.from_numpy(np.argsort(-scores, kind="stable")[:depth]).to(self._device)
            again = torch.zeros(depth, dtype=torch.long, device=self._device)
            judged = _array(self.model.judge(_cut(text)[again], photos[best]))
            scores[best.cpu().numpy()] = above(scores, judged)
        out: NDArray[np.float32] = scores
        return out

    def _row(self, texts: Encoded, photos: Encoded) -> NDArray[np.float32]:
        parts = [
            self.model.scores(texts, photos[start : start + _PHOTOS])
            for start in range(0, len(photos), _PHOTOS)
        ]
        return _array(torch.cat(parts, 1))

    @property
    def _device(self) -> torch.device:
        return next(self.model.parameters()).device


def _cut(some: Encoded) -> Encoded:
    """Without the padding that all of them have."""
    if some.parts is None or some.is_part is None:
        return some
    longest = int(some.is_part.sum(1).max())
    return Encoded(some.vectors, some.parts[:, :longest], some.is_part[:, :longest])


def _array(tensor: torch.Tensor) -> NDArray[np.float32]:
    out: NDArray[np.float32] = tensor.float().cpu().numpy()
    return out
