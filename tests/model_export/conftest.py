"""A small model with both heads, never trained, on a few real photographs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.checkpoint import load_model, save_model
from training.data.dataset import PhotoDataset
from training.model.captioner import CaptionerConfig
from training.model.compact_tokens import CompactConfig
from training.model.matcher import MatcherConfig
from training.model.multi_kernel import KernelConfig
from training.model.text_tower import build_text_encoder
from training.model.trunk import TrunkConfig
from training.model.visita import ModelConfig, VisitaModel

SIZE = 64
CAPTIONS = {
    "astronaut.png": ("a woman in a space suit", "an astronaut smiles at the camera"),
    "chelsea.png": ("a cat looks into the camera", "the face of a tabby cat"),
    "coffee.png": ("a cup of coffee with a spoon", "coffee on a wooden table"),
    "rocket.jpg": ("a rocket takes off", "a rocket on its launch pad at night"),
    "china.jpg": ("a chinese temple by the water", "a palace with a curved roof"),
    "flower.jpg": ("a red flower", "a dahlia in bloom"),
}
WORDS = (1037, 1012, 3899, 4937, 1999, 2006, 1996, 2417, 6546, 4157)


@pytest.fixture(scope="session")
def photo_set(tmp_path_factory: pytest.TempPathFactory, demo_photos: dict[str, Path]) -> Path:
    folder = tmp_path_factory.mktemp("data") / "photos"
    folder.mkdir()
    lines = []
    for name, captions in CAPTIONS.items():
        with Image.open(demo_photos[name]) as photo:
            photo.convert("RGB").resize((SIZE, SIZE)).save(folder / f"{name}.png")
        for split in ("train", "val"):
            lines.append({"file": f"{name}.png", "captions": captions, "split": split})
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "metadata.jsonl").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def dataset(photo_set: Path) -> PhotoDataset:
    return PhotoDataset(photo_set, "val")


@pytest.fixture(scope="session")
def pixels(dataset: PhotoDataset) -> np.ndarray:
    return np.stack([dataset.pixels(i, SIZE) for i in range(len(dataset))])


@pytest.fixture(scope="session")
def checkpoint(
    tmp_path_factory: pytest.TempPathFactory, model_dir: Path, pixels: np.ndarray
) -> Path:
    """Batch statistics are those of the photos, and the matcher's last layer says something."""
    folder = tmp_path_factory.mktemp("run") / "best"
    model = _small_model(with_heads=True)
    for module in model.image_tower.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 1.0
    with torch.no_grad():
        model.train().image_tower.tokens(torch.from_numpy(pixels))
        assert model.matcher is not None
        torch.nn.init.normal_(model.matcher.head[-1].weight)
    save_model(model, model_dir / "tokenizer.json", folder)
    return folder


@pytest.fixture(scope="session")
def headless(tmp_path_factory: pytest.TempPathFactory, model_dir: Path) -> Path:
    """A checkpoint as they were before there were heads."""
    folder = tmp_path_factory.mktemp("headless") / "best"
    save_model(_small_model(with_heads=False), model_dir / "tokenizer.json", folder)
    return folder


@pytest.fixture(scope="session")
def model(checkpoint: Path) -> VisitaModel:
    return load_model(checkpoint, attention="eager")


def _small_model(with_heads: bool) -> VisitaModel:
    torch.manual_seed(3)
    text = {
        "model_type": "bert",
        "hidden_size": 48,
        "num_hidden_layers": 1,
        "num_attention_heads": 4,
        "intermediate_size": 64,
        "vocab_size": 30522,
    }
    config = ModelConfig(
        trunks=(TrunkConfig("mobilenet_v2", SIZE, 2),),
        text_encoder=text,
        kernels=(KernelConfig("linear", 32, 0.6), KernelConfig("gaussian", 16, 0.4)),
        image_size=SIZE,
        context_length=16,
        width=32,
        depth=1,
        feature_width=48,
        compact=CompactConfig(3, 8) if with_heads else None,
        matcher=MatcherConfig(width=32, depth=1, bank=3) if with_heads else None,
        captioner=CaptionerConfig(WORDS, width=32, depth=1, longest=10) if with_heads else None,
    )
    model = VisitaModel(config, build_text_encoder(text, "eager"))
    if model.matcher is not None:
        for bank in (model.matcher.caption_bank, model.matcher.photo_bank):
            assert bank is not None
            bank.fill(torch.nn.functional.normalize(torch.randn(3, config.dim)), 0.05)
    return model
