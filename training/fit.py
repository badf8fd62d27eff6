"""One training run from what the command line says: data, model, stages, report."""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from training.build import build_model, tokenizer_of
from training.checkpoint import TOKENIZER_NAME, load_model
from training.config import FitConfig
from training.data.caption_groups import CaptionGroup, read_caption_groups
from training.data.class_captions import LabelCaptions
from training.data.feature_cache import FeatureCache
from training.data.joined import JoinedDataset
from training.data.opening import open_dataset
from training.data.source import PhotoSource
from training.data.splits import SplitPhotos, assign, parse_shares, split_keys
from training.process_group import ProcessGroup
from training.report import write_report
from training.stages.builder import StageBuilder
from training.train import Trainer

log = logging.getLogger(__name__)

PRESETS = Path(__file__).parent / "presets"


def run_fit(options: argparse.Namespace) -> Path:
    """Train as the parsed options of ``fit`` say; returns the folder of the best checkpoint.

    Raises:
        ValueError: recipe, data and options do not fit together.
        FileNotFoundError: data or weights are missing.
    """
    config = FitConfig.load(options.config or PRESETS / f"{options.preset}.json")
    if options.stages:
        config = _only(config, options.stages)
    device = torch.device(options.device)
    if device.type == "cuda" and "LOCAL_RANK" in os.environ:
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    group = ProcessGroup.from_environment(device)
    train, validation = _photos(options, config)
    groups = [g for path in options.captions for g in read_caption_groups(path)]
    if not groups and any(stage.kind == "texts" for stage in config.stages):
        groups = _caption_groups(train)
    captions = train.captions + [caption for g in groups for caption in g.captions]
    if options.start is None:
        # every process makes the same one in a place of its own, the checkpoint keeps a copy
        own = options.run if group.is_first else options.run / f"process-{group.rank}"
        tokenizer = tokenizer_of(config, captions, own)
        model = build_model(config, options.weights, captions, tokenizer)
    else:
        start = options.start / "best" if (options.start / "best").is_dir() else options.start
        model, tokenizer = load_model(start), start / TOKENIZER_NAME
    stages = StageBuilder(
        config,
        tokenizer,
        train,
        validation,
        FeatureCache(options.cache or options.run / "cache"),
        device,
        _labelled(options.labelled),
        groups,
        group,
    )
    best = Trainer(config, model, stages, options.run, device, group).fit()
    if group.is_first:
        log.info("report: %s", write_report(options.run, validation))
    return best


def _only(config: FitConfig, names: Sequence[str]) -> FitConfig:
    known = [stage.name for stage in config.stages]
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"no stage {unknown[0]!r} here, only {', '.join(known)}")
    return replace(config, stages=tuple(s for s in config.stages if s.name in names))


def _photos(options: argparse.Namespace, config: FitConfig) -> tuple[PhotoSource, PhotoSource]:
    """Training and validation photos."""
    names = options.train_split, options.validation_split
    if config.shares is None:
        return open_dataset(options.data, names[0]), open_dataset(options.data, names[1])
    whole = open_dataset(options.data)
    assigned = assign(split_keys(whole), parse_shares(config.shares), config.seed)
    return SplitPhotos(whole, assigned, names[0]), SplitPhotos(whole, assigned, names[1])


def _labelled(paths: Sequence[Path]) -> PhotoSource | None:
    sets = [(LabelCaptions(open_dataset(path)), 1.0) for path in paths]
    return JoinedDataset(sets) if sets else None


def _caption_groups(photos: PhotoSource) -> list[CaptionGroup]:
    """The captions of a photo set without their photos."""
    return [CaptionGroup(photo.file, photo.captions) for photo in photos.photos]
