"""A family's own tokenizer -> ``tokenizer.json``, and how texts are padded."""

from __future__ import annotations

import json
import string
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, normalizers

from desktop_app.errors import ModelMismatch
from desktop_app.inference.model_input import Padding, TextInput

_NO_LIMIT = 100_000
"""The hub writes 1e30 where a tokenizer has no limit of its own."""


@dataclass(frozen=True)
class TextTokenizer:
    """What a checkpoint's tokenizer does."""

    own: Any
    """The hub's object."""
    backend: Tokenizer
    context_length: int
    way: TextInput

    @classmethod
    def open(cls, folder: Path, longest: int, padding: Padding) -> TextTokenizer:
        """That of a checkpoint.

        Args:
            folder: the checkpoint.
            longest: tokens that the text tower has places for.
            padding: how the family pads texts.

        Raises:
            ModelMismatch: there is none that is a ``tokenizer.json``.
        """
        own, backend = _load(folder)
        limit = getattr(own, "model_max_length", None)
        length = min(longest, limit) if isinstance(limit, int) and limit < _NO_LIMIT else longest
        pad = own.pad_token_id
        pads_left = getattr(own, "padding_side", "right") == "left"
        way = TextInput(padding, pad if isinstance(pad, int) else 0, pads_left)
        return cls(own, backend, length, way)

    @property
    def json(self) -> str:
        """The ``tokenizer.json``."""
        return without_padding(self.backend)

    def own_ids(self, text: str) -> Sequence[int]:
        """What the family's own code makes of a text."""
        ids: Sequence[int] = self.own(
            text,
            padding="max_length" if self.way.padding == "full" else False,
            truncation=True,
            max_length=self.context_length,
        )["input_ids"]
        return ids


def without_padding(backend: Tokenizer) -> str:
    """A ``tokenizer.json`` that neither cuts nor pads: that is the manifest's matter."""
    copy = Tokenizer.from_str(backend.to_str())
    copy.no_padding()
    copy.no_truncation()
    return str(copy.to_str())


def _load(folder: Path) -> tuple[Any, Tokenizer]:
    from transformers import AutoTokenizer

    try:
        own = AutoTokenizer.from_pretrained(folder)
    except (OSError, ValueError, ImportError, KeyError) as error:
        own, reason = None, str(error).strip().splitlines()[0]
    backend = getattr(own, "backend_tokenizer", None)
    if isinstance(backend, Tokenizer):
        return own, backend
    # SigLIP's tokenizer is SentencePiece in Python; its checkpoints hold a tokenizer.json besides
    stored = folder / "tokenizer.json"
    if stored.is_file():
        plain = _plain(folder, stored)
        return own if own is not None else plain, plain.backend_tokenizer
    why = reason if own is None else f"{type(own).__name__} is no fast tokenizer"
    raise ModelMismatch(
        f"The checkpoint has no tokenizer.json, and none can be made: {why}",
        "`pip install sentencepiece` may help, or another revision of the checkpoint.",
    )


def _plain(folder: Path, stored: Path) -> Any:
    from transformers import PreTrainedTokenizerFast

    settings = _json(folder / "tokenizer_config.json")
    special = {name: _token(settings.get(name)) for name in _SPECIAL if settings.get(name)}
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(stored),
        model_max_length=settings.get("model_max_length", _NO_LIMIT),
        padding_side=settings.get("padding_side", "right"),
        **special,
    )
    if settings.get("tokenizer_class", "").startswith("SiglipTokenizer"):
        backend = tokenizer.backend_tokenizer
        lower = settings.get("do_lower_case", True)
        backend.normalizer = canonical(backend.normalizer, lower)
    return tokenizer


def canonical(then: Any, lower: bool) -> Any:
    """SigLIP's own treatment of characters: no punctuation, single spaces, in lower case."""
    steps = [
        *([normalizers.Lowercase()] if lower else []),
        normalizers.Replace(Regex(f"[{_escaped(string.punctuation)}]"), ""),
        normalizers.Replace(Regex(r"\s+"), " "),
        normalizers.Strip(),
    ]
    return normalizers.Sequence(steps if then is None else [*steps, then])


def _escaped(marks: str) -> str:
    return "".join(f"\\{mark}" for mark in marks)


def _token(token: Any) -> str:
    return token["content"] if isinstance(token, dict) else str(token)


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


_SPECIAL = ("bos_token", "eos_token", "unk_token", "pad_token", "cls_token", "sep_token")
