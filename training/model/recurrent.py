"""Recurrent text encoder (S1: "RNN or Transformer"), which learns its words itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class RecurrentConfig:
    """Shape of a recurrent text encoder."""

    kind: Literal["rnn", "gru"] = "gru"
    embedding: int = 300
    """Numbers of a word."""
    width: int = 512
    """Of a token state; half of it comes from each direction."""
    layers: int = 1
    least_count: int = 2
    """A word that occurs less often in the captions is unknown."""
    words: int = 0
    """Size of the vocabulary; filled in when that is made."""


@dataclass(frozen=True)
class RecurrentShape:
    """What the text tower asks of an encoder's configuration."""

    recurrent: RecurrentConfig

    @property
    def hidden_size(self) -> int:
        """Numbers of a token state."""
        return self.recurrent.width

    def to_json_string(self, use_diff: bool = False) -> str:
        """As a checkpoint stores it."""
        stored = asdict(self.recurrent)
        return json.dumps({"model_type": stored.pop("kind"), **stored})


@dataclass(frozen=True)
class EncoderOutput:
    """Named as the transformers library names it, so that one text tower serves both."""

    last_hidden_state: Tensor


class RecurrentEncoder(nn.Module):
    """Token ids -> states of a bidirectional RNN or GRU; padding changes nothing."""

    def __init__(self, config: RecurrentConfig) -> None:
        super().__init__()
        if config.words < 1:
            raise ValueError("a recurrent text encoder needs a vocabulary")
        self.config = RecurrentShape(config)
        self.words = nn.Embedding(config.words, config.embedding, padding_idx=0)
        kind = nn.GRU if config.kind == "gru" else nn.RNN
        half = config.width // 2
        self.forwards, self.backwards = (
            nn.ModuleList(
                kind(config.embedding if n == 0 else 2 * half, half, batch_first=True)
                for n in range(config.layers)
            )
            for _ in range(2)
        )

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> EncoderOutput:
        """(b, l) int64 ids and mask (1 = token, tokens first) -> (b, l, width) states."""
        x: Tensor = self.words(input_ids)
        # The backward direction must not begin in the padding: each text is turned round alone.
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        turned = attention_mask.sum(1, keepdim=True) - 1 - places
        turned = torch.where(turned >= 0, turned, places).unsqueeze(-1)
        for left, right in zip(self.forwards, self.backwards, strict=True):
            one, _ = left(x)
            two, _ = right(_taken(x, turned))
            x = torch.cat([one, _taken(two, turned)], -1)
        return EncoderOutput(x)


def recurrent_from_dict(stored: dict[str, Any]) -> RecurrentEncoder:
    """Rebuild an untrained encoder from what ``to_json_string`` gave."""
    values = dict(stored)
    return RecurrentEncoder(replace(RecurrentConfig(kind=values.pop("model_type")), **values))


def _taken(x: Tensor, places: Tensor) -> Tensor:
    return x.gather(1, places.expand(-1, -1, x.shape[-1]))
