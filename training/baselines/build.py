"""A baseline before its first step, and out of its checkpoint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer as HubTokenizer

from desktop_app.inference.tokenizer import Tokenizer
from training.baselines.albef import Albef
from training.baselines.baseline import Baseline
from training.baselines.config import (
    AlbefConfig,
    BaselineConfig,
    DeviseConfig,
    ScanConfig,
    VseConfig,
)
from training.baselines.devise import Devise
from training.baselines.scan import Scan
from training.baselines.vse import Vse
from training.baselines.word_vectors import learn_word_vectors
from training.checkpoint import CONFIG_NAME, TOKENIZER_NAME, load_state, replace_checkpoint
from training.model.hub_trunk import described
from training.model.text_tower import build_text_encoder, load_text_encoder
from training.model.trunk import load_trunk_weights
from training.pretrained import text_encoder_source, tokenizer_file, trunk_weights
from training.word_tokenizer import word_tokenizer


def baseline_tokenizer(config: BaselineConfig, captions: Sequence[str], folder: Path) -> Path:
    """The ``tokenizer.json`` of a run: the text encoder's, or one of the captions' words.

    Args:
        config: says which.
        captions: whose words are known.
        folder: where a vocabulary of the run's own is written.
    """
    if isinstance(config.shape, AlbefConfig):
        return tokenizer_file(text_encoder_source(config.shape.text_encoder))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / TOKENIZER_NAME
    word_tokenizer(captions, config.least_count).save(str(path))
    return path


def build_baseline(
    config: BaselineConfig, weights: Path, captions: Sequence[str], tokenizer: Path
) -> Baseline:
    """The model before its first step.

    Args:
        config: decides the shape.
        weights: folder of the pretrained CNNs.
        captions: DeViSE learns its word vectors from them.
        tokenizer: what ``baseline_tokenizer`` gave.

    Raises:
        FileNotFoundError: pretrained weights are missing.
        ValueError: the captions are too few to learn words from.
    """
    torch.manual_seed(config.seed)
    words = HubTokenizer.from_file(str(tokenizer)).get_vocab_size()
    shape = config.shape
    vectors = encoder = None
    if isinstance(shape, DeviseConfig):
        reader = Tokenizer(tokenizer, config.context_length)
        vectors = learn_word_vectors(captions, reader, words, shape.width, shape.window)
        torch.manual_seed(config.seed)
    elif isinstance(shape, AlbefConfig):
        encoder = load_text_encoder(text_encoder_source(shape.text_encoder))
    model = _assembled(config, words, vectors, encoder)
    path = None
    if model.trunk.config.architecture is None:  # else the hub's library has read its weights
        path = trunk_weights(config.trunk.name, weights)
    if path is not None:
        load_trunk_weights(model.trunk, path)
    return model


def save_baseline(model: Baseline, tokenizer: Path, folder: Path) -> None:
    """Replace the checkpoint in a folder in one step."""
    stored: dict[str, Any] = {"baseline": json.loads(model.config.to_json())}
    if isinstance(model, Albef):
        stored["text_encoder"] = described(model.text_encoder.config)
    replace_checkpoint(folder, model.state_dict(), json.dumps(stored, indent=2) + "\n", tokenizer)


def load_baseline(folder: Path) -> Baseline:
    """Rebuild a baseline from its checkpoint, in evaluation mode.

    Raises:
        FileNotFoundError: there is no checkpoint.
        ValueError: the checkpoint is not one of a baseline.
    """
    path = folder / CONFIG_NAME
    if not path.is_file():
        raise FileNotFoundError(f"{folder} is no checkpoint: it has no {CONFIG_NAME}")
    stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if "baseline" not in stored:
        raise ValueError(f"{folder} is not a baseline's checkpoint")
    config = BaselineConfig.from_json(json.dumps(stored["baseline"]))
    words = HubTokenizer.from_file(str(folder / TOKENIZER_NAME)).get_vocab_size()
    encoder = build_text_encoder(stored["text_encoder"]) if "text_encoder" in stored else None
    vectors = None
    if isinstance(config.shape, DeviseConfig):
        vectors = torch.zeros(words, config.shape.width)
    model = _assembled(config, words, vectors, encoder)
    model.load_state_dict(load_state(folder))
    return model.eval()


def _assembled(
    config: BaselineConfig, words: int, vectors: torch.Tensor | None, encoder: Any
) -> Baseline:
    shape = config.shape
    if isinstance(shape, VseConfig):
        return Vse(config, shape, words)
    if isinstance(shape, ScanConfig):
        return Scan(config, shape, words)
    if isinstance(shape, AlbefConfig):
        return Albef(config, shape, encoder)
    assert vectors is not None
    return Devise(config, shape, vectors)
