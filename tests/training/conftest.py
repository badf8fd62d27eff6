"""A small captioned set of real photographs, and a run trained on it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from training.config import FitConfig, StageConfig
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.model.mobilenet_v2 import MobileNetV2
from training.model.multi_kernel import KernelConfig
from training.model.trunk import TrunkConfig
from training.train import Trainer, build_model

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
    write_photos(folder, demo_photos, {"train": 5, "val": 1})
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
            StageConfig("frozen", 12, 2e-3, batch_size=8, keep_tokens=0.8),
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


def make_trainer(
    config: FitConfig, photo_set: Path, weights: Path, run: Path, kind: type[Trainer] = Trainer
) -> Trainer:
    return kind(
        config,
        build_model(config, weights),
        PhotoDataset(photo_set, "train"),
        PhotoDataset(photo_set, "val"),
        run,
        FeatureCache(run.parent / "cache"),
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
