"""A small captioned set of real photographs, and a run trained on it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from transformers import BertConfig, BertModel

from training.build import build_model
from training.config import FitConfig, StageConfig
from training.data.caption_groups import CaptionGroup
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.data.source import PhotoSource
from training.model.captioner import CaptionerConfig
from training.model.compact_tokens import CompactConfig
from training.model.matcher import MatcherConfig
from training.model.mobilenet_v2 import MobileNetV2
from training.model.multi_kernel import KernelConfig
from training.model.trunk import TrunkConfig
from training.pretrained import text_encoder_source, tokenizer_file
from training.stages.builder import StageBuilder
from training.train import Trainer

CAPTIONS = {
    "astronaut.png": ("a woman in a space suit", "an astronaut smiles at the camera"),
    "brick.png": ("a wall of bricks", "a brick wall seen from the front"),
    "chelsea.png": ("a cat looks into the camera", "the face of a tabby cat"),
    "coffee.png": ("a cup of coffee with a spoon", "coffee on a wooden table"),
    "grass.png": ("green grass from above", "a lawn"),
    "rocket.jpg": ("a rocket takes off", "a rocket on its launch pad at night"),
    "china.jpg": ("a chinese temple by the water", "a palace with a curved roof"),
    "flower.jpg": ("a red flower", "a dahlia in bloom"),
}
SIZE = 96


def write_photos(folder: Path, demo_photos: dict[str, Path], crops: dict[str, int]) -> None:
    """Random crops of the demo photos, ``crops[split]`` of each, with ``metadata.jsonl``."""
    chance = random.Random(5)
    folder.mkdir()
    lines = []
    for name, captions in CAPTIONS.items():
        with Image.open(demo_photos[name]) as opened:
            photo = opened.convert("RGB")
        for split, count in crops.items():
            for number in range(count):
                side = chance.uniform(0.5, 0.9)
                width, height = photo.width * side, photo.height * side
                left = chance.uniform(0, photo.width - width)
                top = chance.uniform(0, photo.height - height)
                box = (int(left), int(top), int(left + width), int(top + height))
                file = f"{Path(name).stem}-{split}-{number}.png"
                photo.crop(box).resize((SIZE, SIZE)).save(folder / file)
                line = {"file": file, "captions": captions, "labels": [], "split": split}
                lines.append(json.dumps(line))
    (folder / "metadata.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="session")
def photo_set(tmp_path_factory: pytest.TempPathFactory, demo_photos: dict[str, Path]) -> Path:
    folder = tmp_path_factory.mktemp("data") / "photos"
    write_photos(folder, demo_photos, {"train": 12, "val": 1})
    return folder


@pytest.fixture(scope="session")
def labelled_folder(tmp_path_factory: pytest.TempPathFactory, photo_set: Path) -> Path:
    """The training photos again, with a label instead of captions."""
    folder = tmp_path_factory.mktemp("labelled")
    lines = []
    for line in (photo_set / "metadata.jsonl").read_text().splitlines():
        photo = json.loads(line)
        if photo["split"] == "train":
            (folder / photo["file"]).write_bytes((photo_set / photo["file"]).read_bytes())
            label = photo["file"].split("-")[0]
            lines.append(json.dumps({"file": photo["file"], "labels": [label]}))
    (folder / "metadata.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory, photo_set: Path) -> Path:
    """A MobileNetV2 that was never trained: random features tell these photos apart too, once
    its batch statistics are those of photos (else the signal dies on its way up)."""
    folder = tmp_path_factory.mktemp("weights")
    torch.manual_seed(3)
    cnn = MobileNetV2().train()
    for module in cnn.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 1.0
    dataset = PhotoDataset(photo_set, "train")
    pixels = np.stack([dataset.pixels(i, SIZE) for i in range(len(dataset))])
    with torch.no_grad():
        cnn((torch.from_numpy(pixels) - 0.45) / 0.225)
    state = {k: v for k, v in cnn.state_dict().items() if "num_batches" not in k}
    save_file(state, folder / "mobilenet_v2.safetensors")
    return folder


@pytest.fixture(scope="session")
def config() -> FitConfig:
    return FitConfig(
        trunks=(TrunkConfig("mobilenet_v2", SIZE, 3),),
        text_encoder="all-MiniLM-L6-v2",
        stages=(
            StageConfig("frozen", 12, 2e-3, batch_size=16, keep_tokens=0.8),
            StageConfig("finetune", 1, 3e-4, 1e-5, 1e-5, batch_size=20, micro_batch=8),
        ),
        kernels=(
            KernelConfig("linear", 32, 0.6),
            KernelConfig("polynomial", 16, 0.2),
            KernelConfig("gaussian", 16, 0.2),
        ),
        width=32,
        feature_width=48,
        ema_decay=0.8,
        image_size=SIZE,
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, config: FitConfig) -> FitConfig:
    """The same on a text encoder that was never trained and is small: each step is quick."""
    folder = tmp_path_factory.mktemp("bert")
    shape = BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    torch.manual_seed(4)
    BertModel(shape).save_pretrained(folder)
    source = tokenizer_file(text_encoder_source(config.text_encoder))
    (folder / "tokenizer.json").write_bytes(source.read_bytes())
    return replace(config, text_encoder=str(folder))


@pytest.fixture(scope="session")
def with_heads(small: FitConfig) -> FitConfig:
    """The small model with matcher and captioner; its stages are for the test to choose."""
    return replace(
        small,
        compact=CompactConfig(grid=3, width=16),
        matcher=MatcherConfig(width=32, depth=1, heads=2),
        captioner=CaptionerConfig(width=32, depth=1, heads=2, longest=16),
    )


@pytest.fixture(scope="session")
def groups() -> list[CaptionGroup]:
    """The captions without their photos."""
    return [CaptionGroup(name, captions) for name, captions in CAPTIONS.items()]


def make_stages(
    config: FitConfig,
    photo_set: Path,
    cache: Path,
    labelled: PhotoSource | None = None,
    groups: Sequence[CaptionGroup] = (),
) -> StageBuilder:
    return StageBuilder(
        config,
        tokenizer_file(text_encoder_source(config.text_encoder)),
        PhotoDataset(photo_set, "train"),
        PhotoDataset(photo_set, "val"),
        FeatureCache(cache),
        torch.device("cpu"),
        labelled,
        groups,
    )


def make_trainer(
    config: FitConfig,
    photo_set: Path,
    weights: Path,
    run: Path,
    kind: type[Trainer] = Trainer,
    labelled: PhotoSource | None = None,
    groups: Sequence[CaptionGroup] = (),
) -> Trainer:
    return kind(
        config,
        build_model(config, weights, PhotoDataset(photo_set, "train").captions),
        make_stages(config, photo_set, run.parent / "cache", labelled, groups),
        run,
        torch.device("cpu"),
    )


@pytest.fixture(scope="session")
def run(
    tmp_path_factory: pytest.TempPathFactory, config: FitConfig, photo_set: Path, weights: Path
) -> Path:
    """A finished training run."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    make_trainer(config, photo_set, weights, folder).fit()
    return folder
