"""Tokens of a frozen trunk, computed once and kept on disk."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from tqdm import tqdm

from training.data.source import PhotoSource
from training.model.trunk import Trunk

_BATCH = 32


class FeatureCache:
    """Memory-mapped (photos, tokens, width) float16 arrays, one per trunk and photo set.

    A file is named by a hash of the trunk's weights, its settings and the photo list, so a stale
    one is never read; it is written under a temporary name, so a broken run leaves none behind.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def tokens(self, trunk: Trunk, dataset: PhotoSource, image_size: int) -> NDArray[np.float16]:
        """The trunk's tokens of every photo: (photos, tokens, width) float16, read-only."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = (
            self.folder
            / f"{trunk.config.name.replace('/', '_')}-{_key(trunk, dataset, image_size)}.npy"
        )
        if not path.exists():
            self._compute(trunk, dataset, image_size, path)
        return np.load(path, mmap_mode="r")  # type: ignore[no-any-return]

    def _compute(self, trunk: Trunk, dataset: PhotoSource, image_size: int, path: Path) -> None:
        temporary = path.with_suffix(".tmp")
        shape = (len(dataset), trunk.tokens, trunk.width)
        device = next(trunk.parameters()).device
        stored = np.lib.format.open_memmap(temporary, "w+", np.float16, shape)
        trunk.eval()
        starts = range(0, len(dataset), _BATCH)
        with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
            for start in tqdm(starts, desc=f"features of {trunk.config.name}", unit="batch"):
                rows = range(start, min(start + _BATCH, len(dataset)))
                pixels = np.stack([dataset.pixels(row, image_size) for row in rows])
                photos = torch.from_numpy(pixels).to(device, memory_format=torch.channels_last)
                stored[rows.start : rows.stop] = trunk(photos).float().cpu().numpy()
        stored.flush()
        del stored
        os.replace(temporary, path)


def _key(trunk: Trunk, dataset: PhotoSource, image_size: int) -> str:
    digest = hashlib.sha256(save({k: v.contiguous() for k, v in trunk.state_dict().items()}))
    facts = [trunk.config.input_size, trunk.config.grid, image_size]
    if trunk.config.levels != 2:  # which all had when the first files were written
        facts.append(trunk.config.levels)
    digest.update(json.dumps([*facts, [photo.file for photo in dataset.photos]]).encode())
    return digest.hexdigest()[:16]
