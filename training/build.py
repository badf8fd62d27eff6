"""The untrained model of a configuration, on its pretrained towers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

from desktop_app.inference.tokenizer import Tokenizer
from training.checkpoint import WEIGHTS_NAME
from training.config import FitConfig
from training.data.vocabulary import caption_vocabulary
from training.model.text_tower import load_text_encoder
from training.model.trunk import load_trunk_weights
from training.model.visita import ModelConfig, VisitaModel
from training.pretrained import text_encoder_source, tokenizer_file, trunk_weights
from training.stages.pairs import trunks_of


def build_model(config: FitConfig, weights: Path, captions: Sequence[str] = ()) -> VisitaModel:
    """The model before its first step.

    Args:
        config: decides the shape.
        weights: folder of the pretrained CNNs.
        captions: the captioner's vocabulary is made of them, unless the configuration has one.

    Raises:
        FileNotFoundError: pretrained weights are missing.
    """
    torch.manual_seed(config.seed)
    source = text_encoder_source(config.text_encoder)
    text_encoder = load_text_encoder(source)
    captioner = config.captioner
    if captioner is not None and not captioner.vocabulary:
        tokenizer = Tokenizer(tokenizer_file(source), config.context_length)
        captioner = replace(captioner, vocabulary=caption_vocabulary(tokenizer, captions))
    model = VisitaModel(
        ModelConfig(
            trunks=config.trunks,
            text_encoder=json.loads(text_encoder.config.to_json_string(use_diff=False)),
            kernels=config.kernels,
            image_size=config.image_size,
            context_length=config.context_length,
            width=config.width,
            depth=config.depth,
            heads=config.heads,
            dropout=config.dropout,
            feature_width=config.feature_width,
            kernel_seed=config.seed,
            compact=config.compact,
            matcher=config.matcher,
            captioner=captioner,
        ),
        text_encoder,
    )
    for trunk in trunks_of(model):
        path = trunk_weights(trunk.config.name, weights)
        if path is not None:
            load_trunk_weights(trunk, path)
    _without_dropout(model.text_tower.encoder)
    return model


def start_from(model: VisitaModel, checkpoint: Path) -> tuple[int, int]:
    """Take over the weights of a checkpoint that have the same name and shape.

    Returns:
        how many tensors were taken, and how many of the model's keep their own start.

    Raises:
        FileNotFoundError: there is no checkpoint.
        ValueError: nothing in it fits.
    """
    stored = load_file(checkpoint / WEIGHTS_NAME)
    own = model.state_dict()
    fitting = {k: v for k, v in stored.items() if k in own and own[k].shape == v.shape}
    if not fitting:
        raise ValueError(f"nothing in {checkpoint} fits this model")
    model.load_state_dict(fitting, strict=False)
    return len(fitting), len(own) - len(fitting)


def _without_dropout(encoder: nn.Module) -> None:
    # Words are left out of captions instead; random numbers for every activation of a pretrained
    # encoder cost a third of a step on a CPU and keep attention from its quick path.
    for module in encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        if hasattr(module, "dropout_prob"):
            setattr(module, "dropout_prob", 0.0)  # noqa: B010 - an attribute of some modules only
