"""Text tower: a transformer or a recurrent network whose token states are pooled at two levels."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from training.model.recurrent import recurrent_from_dict
from training.model.state_memory import StateMemory


class TextTower(nn.Module):
    """Token ids -> one feature vector per text."""

    def __init__(self, encoder: Any, dropout: float, out_width: int) -> None:
        """Wrap a transformers or recurrent encoder (``config.hidden_size`` gives the width)."""
        super().__init__()
        self.encoder = encoder
        width = int(encoder.config.hidden_size)
        self.norm = nn.LayerNorm(width)
        self.token_projection = nn.Linear(width, out_width)
        self.sentence_norm = nn.LayerNorm(width)
        self.sentence_projection = nn.Linear(width, out_width)
        self.dropout = nn.Dropout(2 * dropout)
        self.memory: StateMemory | None = None
        """With it the states of a text are computed once; only for an encoder that stays frozen."""

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(b, l) int64 ids and mask -> (b, l, width) token states."""
        if self.memory is not None:
            return self.memory.states(ids, mask, self._encode)
        return self._encode(ids, mask)

    def _encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        states: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return states

    def features(self, states: Tensor, mask: Tensor) -> Tensor:
        """Token states -> (b, out_width).

        Two levels are fused: strong single words (maximum of projected tokens) and the sentence
        (mean of the states).
        """
        weights = mask.unsqueeze(-1).to(states.dtype)
        tokens = self.token_projection(self.dropout(self.norm(states)))
        strongest = tokens.masked_fill(weights == 0, -1e4).amax(1)
        mean = (states * weights).sum(1) / weights.sum(1)
        out: Tensor = strongest + self.sentence_projection(self.dropout(self.sentence_norm(mean)))
        return out

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(b, l) int64 ids and mask -> (b, out_width)."""
        return self.features(self.states(ids, mask), mask)


def load_text_encoder(name_or_path: str, attention: str = "sdpa") -> Any:
    """A pretrained text transformer by hub name or local folder, without its unused pooler."""
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(name_or_path, attn_implementation=attention)
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None
    return encoder.to(torch.float32)


def build_text_encoder(config: dict[str, Any], attention: str = "sdpa") -> Any:
    """The same architecture with random weights, from its saved configuration."""
    if config["model_type"] in ("rnn", "gru"):
        return recurrent_from_dict(config)
    from transformers import AutoConfig, AutoModel

    settings = dict(config)
    hub_config = AutoConfig.for_model(settings.pop("model_type"), **settings)
    encoder = AutoModel.from_config(hub_config, attn_implementation=attention)
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None
    return encoder
