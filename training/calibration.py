"""Calibration: how much the matcher may trust itself, chosen on photos that it has not seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from desktop_app.inference.encoders import EncodedText
from training.checkpoint import TOKENIZER_NAME, save_model
from training.data.source import PhotoSource
from training.evaluate import CheckpointEncoder, Evaluation, require_captions
from training.model.matcher import Matcher
from training.rerank import DEPTH, score_again
from training.second_look import read_texts, see_photos

SHARES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
HUBNESS = (0.4, 0.5, 0.6, 0.7)

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Choice:
    """One way to weigh the parts of the matcher's logit, and how well it ranks."""

    residual_share: float
    hubness: float
    evaluation: Evaluation


def calibrate(folder: Path, dataset: PhotoSource, depth: int = DEPTH) -> list[Choice]:
    """Try every share and hubness, and write the best into the checkpoint in ``folder``.

    Returns:
        Every choice, the best first.

    Raises:
        ValueError: the model has no matcher, or the set has no captions.
    """
    require_captions(dataset)
    encoder = CheckpointEncoder(folder)
    matcher = encoder.model.matcher
    if matcher is None:
        raise ValueError("this model has no matcher")
    choices = sorted(
        _choices(encoder, matcher, dataset, depth), key=lambda c: -c.evaluation.recall_sum
    )
    best = choices[0]
    model = encoder.model
    model.config = replace(
        model.config,
        matcher=replace(matcher.config, residual_share=best.residual_share, hubness=best.hubness),
    )
    save_model(model, folder / TOKENIZER_NAME, folder)
    return choices


def choice_lines(choices: list[Choice]) -> list[str]:
    """A table, a line for each choice."""
    lines = ["share  hubness  t2i R@1/5/10          i2t R@1/5/10          sum"]
    for choice in choices:
        found = choice.evaluation
        recalls = [
            " / ".join(f"{value:.1f}" for value in way.recall.values())
            for way in (found.text_to_image, found.image_to_text)
        ]
        lines.append(
            f"{choice.residual_share:5.2f}  {choice.hubness:7.2f}  {recalls[0]:20}  {recalls[1]:20}"
            f"  {found.recall_sum:.2f}"
        )
    return lines


class _Parts:
    """Judges pairs by parts that are computed once: the residual takes nearly all of the time."""

    def __init__(self, encoder: CheckpointEncoder, matcher: Matcher, dataset: PhotoSource) -> None:
        self._encoder = encoder
        self._matcher = matcher
        self.photos, self._tokens = see_photos(encoder, dataset)
        self._read: list[EncodedText] = read_texts(encoder, dataset.captions)
        self.texts: Array = np.stack([text.embedding for text in self._read])
        self._cosine: Array = self.texts @ self.photos.T
        self._residual: Array = np.full(self._cosine.shape, np.nan, np.float32)
        self._scale = float(matcher.log_scale.detach().exp())
        self._photo_common = self._common(self.photos, of_photos=True)
        self._text_common = self._common(self.texts, of_photos=False)
        self.share = 1.0
        self.hubness = matcher.config.hubness

    def __call__(self, photos: NDArray[np.int64], texts: NDArray[np.int64], /) -> Array:
        """(p,) rows and (p,) rows -> (p,) logits less the bias, which changes no order."""
        new = np.isnan(self._residual[texts, photos])
        if new.any():
            self._look(photos[new], texts[new])
        common = self._photo_common[photos] + self._text_common[texts]
        cosine = self._cosine[texts, photos] - self.hubness * common
        logits: Array = self._scale * cosine + self.share * self._residual[texts, photos]
        return logits

    def _look(self, photos: NDArray[np.int64], texts: NDArray[np.int64]) -> None:
        """With the matcher's own settings the logit has everything; the known parts come off."""
        asked = [self._read[row] for row in texts]
        logits = self._encoder.match(asked, self.photos[photos], self._tokens[photos])
        config = self._matcher.config
        common = self._photo_common[photos] + self._text_common[texts]
        cosine = self._cosine[texts, photos] - config.hubness * common
        beyond = logits - self._scale * cosine - float(self._matcher.bias.detach())
        self._residual[texts, photos] = beyond / config.residual_share

    @torch.inference_mode()
    def _common(self, embeddings: Array, of_photos: bool) -> Array:
        bank = self._matcher.caption_bank if of_photos else self._matcher.photo_bank
        if bank is None:
            return np.zeros(len(embeddings), np.float32)
        found: Array = bank(torch.from_numpy(embeddings)).numpy()
        return found


def _choices(
    encoder: CheckpointEncoder, matcher: Matcher, dataset: PhotoSource, depth: int
) -> Iterator[Choice]:
    parts = _Parts(encoder, matcher, dataset)
    has_banks = matcher.caption_bank is not None
    hubness = HUBNESS if has_banks else (matcher.config.hubness,)
    ways = [(share, hub) for hub in hubness for share in SHARES]
    for parts.share, parts.hubness in tqdm(ways, desc="shares", disable=None):
        found = score_again(parts.photos, parts.texts, dataset.caption_owners, parts, depth)
        yield Choice(parts.share, parts.hubness, found)
