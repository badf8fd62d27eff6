"""What a stage is built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from desktop_app.inference.tokenizer import Tokenizer
from training.config import FitConfig, StageConfig
from training.data.caption_groups import CaptionGroup
from training.data.feature_cache import FeatureCache
from training.data.source import PhotoSource
from training.model.visita import VisitaModel
from training.process_group import ProcessGroup
from training.stages.head_losses import HeadLosses


@dataclass(frozen=True)
class StageContext:
    """The model, the data of the run, and how this stage learns; each stage takes what it needs."""

    config: FitConfig
    """Of the whole run."""
    stage: StageConfig
    model: VisitaModel
    tokenizer: Tokenizer
    train: PhotoSource
    """Captioned photos: this process's share of them."""
    labelled: PhotoSource | None
    """Photos whose captions come from class names: this process's share, too."""
    validation: PhotoSource
    """Captioned photos that nothing is trained on, all of them."""
    caption_groups: Sequence[CaptionGroup]
    """Captions of one photo each, without photos."""
    cache: FeatureCache
    """Tokens of frozen trunks."""
    heads: HeadLosses
    device: torch.device
    group: ProcessGroup
    """The processes that train together."""
