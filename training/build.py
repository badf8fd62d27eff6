"""The untrained model of a configuration, on its pretrained towers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer as HubTokenizer
from torch import nn

from desktop_app.inference.tokenizer import Tokenizer
from training.checkpoint import TOKENIZER_NAME
from training.config import FitConfig
from training.data.vocabulary import caption_vocabulary
from training.model.hub_trunk import described
from training.model.recurrent import RecurrentEncoder
from training.model.text_tower import load_text_encoder
from training.model.trunk import load_trunk_weights
from training.model.visita import ModelConfig, VisitaModel
from training.pretrained import text_encoder_source, tokenizer_file, trunk_weights
from training.stages.pairs import trunks_of
from training.word_tokenizer import word_tokenizer


def tokenizer_of(config: FitConfig, captions: Sequence[str], folder: Path) -> Path:
    """The ``tokenizer.json`` of a run: its text encoder's, or one made of the captions' words.

    Args:
        config: says which.
        captions: a recurrent encoder knows their words.
        folder: where a vocabulary of the run's own is written.
    """
    if config.recurrent is None:
        return tokenizer_file(text_encoder_source(config.text_encoder))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / TOKENIZER_NAME
    word_tokenizer(captions, config.recurrent.least_count).save(str(path))
    return path


def build_model(
    config: FitConfig, weights: Path, captions: Sequence[str] = (), tokenizer: Path | None = None
) -> VisitaModel:
    """The model before its first step.

    Args:
        config: decides the shape.
        weights: folder of the pretrained CNNs.
        captions: the captioner's vocabulary is made of them, unless the configuration has one.
        tokenizer: what ``tokenizer_of`` gave; None = the text encoder's own.

    Raises:
        FileNotFoundError: pretrained weights are missing.
        ValueError: a recurrent text encoder was given no tokenizer.
    """
    torch.manual_seed(config.seed)
    text_encoder: Any
    if config.recurrent is not None:
        if tokenizer is None:
            raise ValueError("a recurrent text encoder needs the tokenizer of its words")
        words = HubTokenizer.from_file(str(tokenizer)).get_vocab_size()
        text_encoder = RecurrentEncoder(replace(config.recurrent, words=words))
    else:
        source = text_encoder_source(config.text_encoder)
        text_encoder = load_text_encoder(source)
        tokenizer = tokenizer or tokenizer_file(source)
    captioner = config.captioner
    if captioner is not None and not captioner.vocabulary:
        reader = Tokenizer(tokenizer, config.context_length)
        captioner = replace(captioner, vocabulary=caption_vocabulary(reader, captions))
    model = VisitaModel(
        ModelConfig(
            trunks=config.trunks,
            text_encoder=described(text_encoder.config),
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
            class_token=config.class_token,
            kernel_simplex=config.kernel_simplex,
            linear_map=config.linear_map,
            sigmoid_bias=config.sigmoid_bias,
            late_fusion=config.late_fusion,
        ),
        text_encoder,
    )
    for trunk in trunks_of(model):
        if trunk.config.architecture is not None:
            continue  # the hub's library has read its weights
        path = trunk_weights(trunk.config.name, weights)
        if path is not None:
            load_trunk_weights(trunk, path)
    _without_dropout(model.text_tower.encoder)
    return model


def _without_dropout(encoder: nn.Module) -> None:
    # Words are left out of captions instead; random numbers for every activation of a pretrained
    # encoder cost a third of a step on a CPU and keep attention from its quick path.
    for module in encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        if hasattr(module, "dropout_prob"):
            setattr(module, "dropout_prob", 0.0)  # noqa: B010 - an attribute of some modules only
