"""What a frozen text encoder says of all captions, before anything is trained or timed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor
from tqdm import tqdm

from desktop_app.inference.tokenizer import Tokenizer

_BATCH = 256


def read_captions(
    states: Callable[[Tensor, Tensor], Tensor],
    tokenizer: Tokenizer,
    captions: Iterable[str],
    device: torch.device,
) -> None:
    """Fill the memory of a text encoder.

    Args:
        states: (b, l) ids and mask -> states, by way of a ``StateMemory``.
        tokenizer: of the encoder.
        captions: each is read once, those of about one length together.
        device: of the encoder.
    """
    ordered = sorted(sorted(set(captions)), key=len)
    for start in tqdm(range(0, len(ordered), _BATCH), desc="reading captions", unit="batch"):
        encoded = tokenizer.encode(ordered[start : start + _BATCH])
        ids, mask = (torch.from_numpy(part).to(device) for part in encoded)
        with torch.autocast(device.type, torch.bfloat16):
            states(ids, mask)
