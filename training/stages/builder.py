"""Stages by their kind, with the data that each one needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from desktop_app.inference.tokenizer import Tokenizer
from training.config import FitConfig, StageConfig
from training.data.caption_groups import CaptionGroup
from training.data.feature_cache import FeatureCache
from training.data.source import PhotoSource
from training.data.vocabulary import CaptionTokens
from training.model.visita import VisitaModel
from training.stages.head_losses import HeadLosses
from training.stages.heads import HeadStage
from training.stages.pairs import PairStage
from training.stages.stage import Stage
from training.stages.texts import TextStage


class StageBuilder:
    """Knows the data of a run."""

    def __init__(
        self,
        config: FitConfig,
        tokenizer_file: Path,
        train: PhotoSource,
        validation: PhotoSource,
        cache: FeatureCache,
        device: torch.device,
        labelled: PhotoSource | None = None,
        groups: Sequence[CaptionGroup] = (),
    ) -> None:
        """The collaborators of every stage.

        Args:
            config: of the whole run.
            tokenizer_file: travels with each checkpoint.
            train: captioned photos.
            validation: captioned photos that nothing is trained on.
            cache: tokens of frozen trunks.
            device: where the model runs.
            labelled: photos whose captions come from class names.
            groups: captions of one photo each, without photos.
        """
        self.tokenizer_file = tokenizer_file
        self._config = config
        self._tokenizer = Tokenizer(tokenizer_file, config.context_length)
        self._train = train
        self._validation = validation
        self._cache = cache
        self._device = device
        self._labelled = labelled
        self._groups = groups

    def build(self, stage: StageConfig, model: VisitaModel) -> Stage:
        """The stage that a configuration describes, on this model.

        Raises:
            ValueError: the data that it needs was not given.
        """
        if stage.kind == "texts":
            return TextStage(
                self._config,
                stage,
                model,
                self._tokenizer,
                self._groups,
                self._validation,
                self._device,
            )
        heads = HeadLosses(model, self._caption_tokens(model))
        if stage.kind == "heads":
            return HeadStage(
                self._config,
                stage,
                model,
                self._tokenizer,
                self._train,
                self._validation,
                self._groups,
                heads,
                self._device,
            )
        return PairStage(
            self._config,
            stage,
            model,
            self._tokenizer,
            self._train,
            self._labelled,
            self._validation,
            self._cache,
            heads,
            self._device,
        )

    def _caption_tokens(self, model: VisitaModel) -> CaptionTokens | None:
        captioner = model.config.captioner
        if captioner is None:
            return None
        return CaptionTokens(self._tokenizer, captioner.vocabulary, captioner.longest)
