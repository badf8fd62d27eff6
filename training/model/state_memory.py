"""Token states of a frozen text encoder, computed once for each text."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


class StateMemory:
    """States by token ids, float16 in main memory: about 10 kB a caption.

    The counterpart of the feature cache for the text side. Several models may share one, as long
    as their encoders have the same weights and keep them.
    """

    def __init__(self) -> None:
        self._kept: dict[bytes, Tensor] = {}

    def __len__(self) -> int:
        return len(self._kept)

    @torch.no_grad()
    def states(
        self, ids: Tensor, mask: Tensor, encode: Callable[[Tensor, Tensor], Tensor]
    ) -> Tensor:
        """What the encoder gives, up to float16; zero where a text is padded.

        Args:
            ids: (b, l) int64.
            mask: (b, l) int64, ones first.
            encode: asked for texts that are not known yet: (n, k) ids and mask -> (n, k, width).

        Returns:
            (b, l, width) float32.
        """
        lengths = mask.sum(1).tolist()
        rows = ids.cpu().numpy()
        keys = [row[:length].tobytes() for row, length in zip(rows, lengths, strict=True)]
        new = [n for n, key in enumerate(keys) if key not in self._kept]
        if new:
            longest = max(lengths[n] for n in new)
            found = encode(ids[new, :longest], mask[new, :longest]).half().cpu()
            for state, n in zip(found, new, strict=True):
                self._kept[keys[n]] = state[: lengths[n]].clone()
        width = self._kept[keys[0]].shape[1]
        padded = torch.zeros(len(keys), ids.shape[1], width)
        for n, key in enumerate(keys):
            padded[n, : lengths[n]] = self._kept[key]
        return padded.to(ids.device)
