"""The optimizer of a stage."""

from __future__ import annotations

import torch
from torch import nn

from training.config import StageConfig


def build_optimizer(
    stage: StageConfig,
    groups: list[tuple[float, list[nn.Parameter], bool]],
    weight_decay: float,
) -> torch.optim.Optimizer:
    """SGD, AdaGrad, Adam or AdamW.

    Args:
        stage: says which.
        groups: (learning rate, parameters, decayed) of the stage.
        weight_decay: of the decayed ones.
    """
    parameters = [
        {"params": own, "lr": rate, **({} if decayed else {"weight_decay": 0.0})}
        for rate, own, decayed in groups
    ]
    if stage.optimizer == "sgd":
        return torch.optim.SGD(
            parameters, stage.learning_rate, momentum=stage.momentum, weight_decay=weight_decay
        )
    if stage.optimizer == "adagrad":
        return torch.optim.Adagrad(parameters, stage.learning_rate, weight_decay=weight_decay)
    kind = torch.optim.Adam if stage.optimizer == "adam" else torch.optim.AdamW
    return kind(parameters, weight_decay=weight_decay)
