"""Stages by their kind, with the data that each one needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch

from desktop_app.inference.tokenizer import Tokenizer
from training.checkpoint import save_model
from training.config import FitConfig, StageConfig, StageKind
from training.data.caption_groups import CaptionGroup
from training.data.feature_cache import FeatureCache
from training.data.source import PhotoSource
from training.data.vocabulary import CaptionTokens
from training.model.visita import VisitaModel
from training.process_group import ProcessGroup
from training.stages.context import StageContext
from training.stages.head_losses import HeadLosses
from training.stages.heads import HeadStage
from training.stages.images import ImageStage
from training.stages.linear_map import MapStage
from training.stages.match import MatchStage
from training.stages.pairs import PairStage
from training.stages.stage import Stage
from training.stages.texts import TextStage

_STAGES: Mapping[StageKind, Callable[[StageContext], Stage]] = {
    "pairs": PairStage,
    "texts": TextStage,
    "heads": HeadStage,
    "match": MatchStage,
    "images": ImageStage,
    "map": MapStage,
}


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
        group: ProcessGroup | None = None,
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
            group: the processes that train together; each one takes its share of the photos.
        """
        self._tokenizer_file = tokenizer_file
        self._config = config
        self._tokenizer = Tokenizer(tokenizer_file, config.context_length)
        self._group = group or ProcessGroup()
        self._train = self._group.shard(train)
        self._validation = validation
        self._cache = cache
        self._device = device
        self._labelled = None if labelled is None else self._group.shard(labelled)
        share = len(groups) // self._group.size
        self._groups = groups[self._group.rank :: self._group.size][:share]

    def build(self, stage: StageConfig, model: VisitaModel) -> Stage:
        """The stage that a configuration describes, on this model.

        Raises:
            ValueError: the data that it needs was not given.
        """
        return _STAGES[stage.kind](
            StageContext(
                config=self._config,
                stage=stage,
                model=model,
                tokenizer=self._tokenizer,
                train=self._train,
                labelled=self._labelled,
                validation=self._validation,
                caption_groups=self._groups,
                cache=self._cache,
                heads=HeadLosses(model, self._caption_tokens(model)),
                device=self._device,
                group=self._group,
            )
        )

    def save(self, model: VisitaModel, folder: Path) -> None:
        """Replace the checkpoint in a folder, in one step."""
        save_model(model, self._tokenizer_file, folder)

    def _caption_tokens(self, model: VisitaModel) -> CaptionTokens | None:
        captioner = model.config.captioner
        if captioner is None:
            return None
        return CaptionTokens(self._tokenizer, captioner.vocabulary, captioner.longest)
