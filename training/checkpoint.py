"""Checkpoints: weights as safetensors, everything else as JSON; written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from training.model.text_tower import build_text_encoder
from training.model.visita import ModelConfig, VisitaModel

WEIGHTS_NAME = "model.safetensors"
CONFIG_NAME = "model.json"
TOKENIZER_NAME = "tokenizer.json"


def save_model(model: VisitaModel, tokenizer: Path, folder: Path) -> None:
    """Replace the checkpoint in ``folder`` (weights, shape and tokenizer) in one step."""
    shape = json.dumps(asdict(model.config), indent=2) + "\n"
    replace_checkpoint(folder, model.state_dict(), shape, tokenizer)


def replace_checkpoint(
    folder: Path, weights: Mapping[str, Tensor], shape: str, tokenizer: Path
) -> None:
    """Write a checkpoint beside the old one, then put it in its place.

    Args:
        folder: of the checkpoint.
        weights: by name.
        shape: JSON, from which the model is built again.
        tokenizer: is copied.
    """
    staging = folder.with_name(folder.name + ".new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    save_file({name: part.contiguous() for name, part in weights.items()}, staging / WEIGHTS_NAME)
    (staging / CONFIG_NAME).write_text(shape, "utf-8")
    shutil.copyfile(tokenizer, staging / TOKENIZER_NAME)
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    staging.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def load_model(folder: Path, attention: str = "sdpa") -> VisitaModel:
    """Rebuild a model from its checkpoint, in evaluation mode.

    Args:
        folder: what ``save_model`` wrote.
        attention: transformers' name of the attention code; ``eager`` exports best.

    Raises:
        FileNotFoundError: there is no checkpoint.
    """
    path = folder / CONFIG_NAME
    if not path.is_file():
        raise FileNotFoundError(f"{folder} is no checkpoint: it has no {CONFIG_NAME}")
    config = ModelConfig.from_dict(json.loads(path.read_text("utf-8")))
    model = VisitaModel(config, build_text_encoder(config.text_encoder, attention))
    model.load_state_dict(load_state(folder))
    return model.eval()


def load_state(folder: Path) -> dict[str, Tensor]:
    """The weights of a checkpoint, by name."""
    loaded: dict[str, Tensor] = load_file(folder / WEIGHTS_NAME)
    return loaded


def save_progress(path: Path, progress: dict[str, Any]) -> None:
    """Write what a resumed run needs, atomically."""
    temporary = path.with_suffix(".tmp")
    torch.save(progress, temporary)
    os.replace(temporary, path)


def load_progress(path: Path) -> dict[str, Any] | None:
    """What ``save_progress`` wrote; None when there is nothing to resume."""
    if not path.is_file():
        return None
    # weights_only: tensors and plain values, no code is run
    loaded: dict[str, Any] = torch.load(path, weights_only=True)
    return loaded
