"""Matcher, captioner and what they see of a photo, on finished towers that are read once."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from torch import Tensor, nn
from tqdm import tqdm

from training.data.augment import augment_photos
from training.data.batches import PixelStore
from training.data.source import PhotoSource
from training.model.visita import VisitaModel
from training.rerank import reranked
from training.stages.context import StageContext
from training.stages.head_losses import Pairs
from training.stages.stage import Measure, group_parameters

_CHUNK = 64


@dataclass(frozen=True)
class HeadBatch:
    """Photos with captions, and captions whose photos are not at hand."""

    pairs: Pairs
    twins: tuple[Tensor, tuple[str, ...]] | None
    """(n, dim) embeddings of captions, and another caption of the same photo for each."""


_View = tuple[NDArray[np.float16], NDArray[np.float16]]
"""(photos, dim) embeddings and (photos, n, w) regions, not compact yet."""


@dataclass(frozen=True)
class _Texts:
    """Captions as the frozen text tower sees them."""

    embeddings: NDArray[np.float16]
    states: list[NDArray[np.float16]]
    """Per caption (l, text width)."""


class HeadStage:
    """Trains matcher, captioner and the compact tokens they share; the towers stay as they are."""

    measured_by = "re-ranked recall sum"

    def __init__(self, context: StageContext) -> None:
        stage, train, validation = context.stage, context.train, context.validation
        self._config = context.config
        self._stage = stage
        self._model = context.model.eval()
        self._tokenizer = context.tokenizer
        self._train = train
        self._validation = validation
        self._heads = context.heads
        self._device = context.device
        self._cache = context.cache
        self._tower_weights = _tower_weights(context.model)
        self._groups = [group for group in context.caption_groups if len(group.captions) > 1]
        self._views = self._photo_views(train, max(1, stage.views), stage.smallest_crop)
        self._texts = self._read_texts(train.captions)
        first = np.cumsum([0] + [len(photo.captions) for photo in train.photos])
        self._captions_of = [range(a, b) for a, b in pairwise(first)]
        self._captions = train.captions
        self._validation_view = self._photo_views(validation, 1, 1.0)[0]
        self._validation_texts = self._read_texts(validation.captions)
        self._fill_banks()

    def parameters(self) -> list[tuple[float, list[nn.Parameter], bool]]:
        """The two heads, and the small map that makes a photo's regions compact."""
        stage = self._stage
        return group_parameters(
            self._model,
            {
                "": 0.0,
                "image_tower.compact_tokens.": stage.learning_rate,
                "matcher.": stage.learning_rate if stage.match_loss else 0.0,
                "captioner.": stage.learning_rate if stage.caption_loss else 0.0,
            },
        )

    def steps(self) -> int:
        """Steps of one epoch: every captioned photo once."""
        return max(1, len(self._train) // self._stage.batch_size)

    def batches(self, epoch: int) -> Iterator[HeadBatch]:
        """Each photo in one of its views, with some of its captions."""
        chance = random.Random(f"{self._config.seed}-{epoch}-heads")
        order = [row for row in range(len(self._train)) if len(self._captions_of[row])]
        chance.shuffle(order)
        size = min(self._stage.batch_size, len(order))
        for step in range(self.steps()):
            rows = order[step * size : (step + 1) * size]
            views = [self._views[chance.randrange(len(self._views))] for _ in rows]
            chosen, owners = [], []
            for position, row in enumerate(rows):
                own = self._captions_of[row]
                some = chance.sample(own, min(self._config.captions_per_photo, len(own)))
                chosen += some
                owners += [position] * len(some)
            states, mask = _padded([self._texts.states[number] for number in chosen])
            pairs = Pairs(
                # not compact yet: that is done with gradients
                self._tensor(np.stack([v[1][r] for v, r in zip(views, rows, strict=True)])),
                self._tensor(np.stack([v[0][r] for v, r in zip(views, rows, strict=True)])),
                self._tensor(states),
                torch.from_numpy(mask).to(self._device),
                self._tensor(self._texts.embeddings[chosen]),
                torch.tensor(owners, device=self._device),
                tuple(self._captions[number] for number in chosen),
            )
            yield HeadBatch(pairs, self._twins(chance))

    def backward(self, batch: HeadBatch) -> dict[str, float]:
        """Loss and gradients of one batch."""
        for tower in (self._model.image_tower, self._model.text_tower):
            tower.eval()
        losses = {}
        loss = torch.zeros((), device=self._device)
        with torch.autocast(self._device.type, torch.bfloat16):
            pairs = replace(
                batch.pairs, regions=self._model.image_tower.compress(batch.pairs.regions)
            )
            if self._stage.match_loss:
                losses["match"] = self._heads.match(pairs)
                loss = loss + self._stage.match_loss * losses["match"]
            if self._stage.caption_loss:
                losses["caption"] = self._heads.caption(pairs)
                loss = loss + self._stage.caption_loss * losses["caption"]
                if batch.twins is not None:
                    losses["text_caption"] = self._heads.caption_of_text(*batch.twins)
                    loss = loss + self._stage.caption_loss * losses["text_caption"]
        loss.backward()
        return {name: float(value.detach()) for name, value in {"loss": loss, **losses}.items()}

    @torch.no_grad()
    def measure(self) -> Measure:
        """R@k on the validation photos with the matcher's second look."""
        embeddings, _ = self._validation_view
        regions = self._compact(self._validation_view[1])
        before, after = reranked(
            self._model,
            embeddings.astype(np.float32),
            regions,
            self._validation_texts.embeddings.astype(np.float32),
            self._validation_texts.states,
            self._validation.caption_owners,
        )
        facts = {
            "validation": after.to_json(),
            "without_matcher": before.to_json(),
            "attention_entropy": self._attention_entropy(),
        }
        return Measure(after.recall_sum, facts)

    def _attention_entropy(self) -> list[float]:
        """Of the matcher, over some validation captions and their photos."""
        matcher = self._model.matcher
        if matcher is None:
            return []
        owners = self._validation.caption_owners[:_CHUNK]
        embeddings, regions = self._validation_view
        states, mask = _padded(self._validation_texts.states[:_CHUNK])
        return matcher.attention_entropy(
            torch.from_numpy(self._compact(regions[owners])).to(self._device),
            self._tensor(embeddings[owners]),
            self._tensor(states),
            torch.from_numpy(mask).to(self._device),
            self._tensor(self._validation_texts.embeddings[:_CHUNK]),
        )

    def _fill_banks(self) -> None:
        """Half of the captions from the photos, half from photos that are not at hand."""
        matcher = self._model.matcher
        if matcher is None or matcher.caption_bank is None or matcher.photo_bank is None:
            return
        chance = random.Random(f"{self._config.seed}-banks")
        size = matcher.config.bank
        others = [caption for group in self._groups for caption in group.captions]
        others = chance.sample(others, min(size // 2, len(others)))
        own = chance.sample(range(len(self._captions)), min(size, len(self._captions)))
        texts = torch.from_numpy(self._texts.embeddings[own[: size - len(others)]]).float()
        if others:
            parts = [others[start : start + _CHUNK] for start in range(0, len(others), _CHUNK)]
            with torch.no_grad():
                texts = torch.cat([texts, *(self._encode(part)[0].cpu() for part in parts)])
        photos = self._views[0][0]
        rows = chance.sample(range(len(photos)), min(size, len(photos)))
        temperature = float(self._model.log_temperature.detach().exp())
        matcher.caption_bank.fill(texts.to(self._device), temperature)
        matcher.photo_bank.fill(self._tensor(photos[rows]), temperature)

    def _compact(self, regions: NDArray[np.float16]) -> NDArray[np.float32]:
        """(n, regions, trunks * width) -> compact tokens."""
        parts = [regions[start : start + _CHUNK] for start in range(0, len(regions), _CHUNK)]
        found = [self._model.image_tower.compress(self._tensor(part)).cpu() for part in parts]
        return torch.cat(found).numpy()

    def _twins(self, chance: random.Random) -> tuple[Tensor, tuple[str, ...]] | None:
        if not self._groups or not self._stage.caption_loss:
            return None
        some = chance.sample(self._groups, min(self._stage.batch_size, len(self._groups)))
        pairs = [chance.sample(group.captions, 2) for group in some]
        with torch.no_grad():
            embeddings = self._encode([first for first, _ in pairs])[0]
        return embeddings, tuple(second for _, second in pairs)

    def _photo_views(self, dataset: PhotoSource, views: int, smallest_crop: float) -> list[_View]:
        """What the finished image tower sees of every photo, from files where they are.

        The first view is the photo as it is, further ones are augmented.
        """
        digest = hashlib.sha256(self._tower_weights)
        facts = [self._config.image_size, smallest_crop, self._config.seed]
        digest.update(json.dumps([*facts, [photo.file for photo in dataset.photos]]).encode())
        found = []
        for view in range(views):
            path = self._cache.folder / f"view-{view}-{digest.hexdigest()[:16]}.npz"
            if not path.exists():
                self._cache.folder.mkdir(parents=True, exist_ok=True)
                self._compute_view(dataset, view, smallest_crop, path)
            with np.load(path) as stored:
                found.append((stored["embeddings"], stored["regions"]))
        return found

    @torch.no_grad()
    def _compute_view(
        self, dataset: PhotoSource, view: int, smallest_crop: float, path: Path
    ) -> None:
        pixels = PixelStore(dataset, self._config.image_size)
        generator = torch.Generator().manual_seed(self._config.seed * 1000 + view)
        embeddings, regions = [], []
        starts = range(0, len(dataset), _CHUNK)
        for start in tqdm(starts, desc=f"view {view + 1} of the photos", unit="batch"):
            photos = pixels.batch(np.arange(start, min(start + _CHUNK, len(dataset))))
            if view:
                photos = augment_photos(photos, smallest_crop, generator)
            photos = photos.to(self._device, memory_format=torch.channels_last)
            with torch.autocast(self._device.type, torch.bfloat16):
                embedding, seen = self._model.encode_image_regions(photos)
            embeddings.append(embedding.float().cpu().numpy().astype(np.float16))
            regions.append(seen.float().cpu().numpy().astype(np.float16))
        temporary = path.with_suffix(".tmp.npz")
        np.savez(temporary, embeddings=np.concatenate(embeddings), regions=np.concatenate(regions))
        os.replace(temporary, path)

    @torch.no_grad()
    def _read_texts(self, captions: list[str]) -> _Texts:
        order = sorted(range(len(captions)), key=lambda number: len(captions[number]))
        embeddings = np.empty((len(captions), self._model.config.dim), np.float16)
        states: list[NDArray[np.float16]] = [np.empty((0, 0), np.float16)] * len(captions)
        for start in tqdm(range(0, len(order), _CHUNK), desc="captions", unit="batch"):
            rows = order[start : start + _CHUNK]
            embedding, state, mask = self._encode([captions[row] for row in rows])
            embeddings[rows] = embedding.cpu().numpy()
            for place, row in enumerate(rows):
                length = int(mask[place].sum())
                states[row] = state[place, :length].cpu().numpy().astype(np.float16)
        return _Texts(embeddings, states)

    def _encode(self, captions: list[str]) -> tuple[Tensor, Tensor, Tensor]:
        ids, mask = (torch.from_numpy(p).to(self._device) for p in self._tokenizer.encode(captions))
        with torch.autocast(self._device.type, torch.bfloat16):
            embeddings, states = self._model.encode_text_states(ids, mask)
        return embeddings.float(), states.float(), mask

    def _tensor(self, array: NDArray[np.float16]) -> Tensor:
        return torch.from_numpy(array).to(self._device).float()


def _tower_weights(model: VisitaModel) -> bytes:
    """A digest of everything that a view depends on; the compact tokens learn here."""
    parts = ("image_tower.", "image_kernels.", "kernel_weights.")
    learned = "image_tower.compact_tokens."
    state = {
        name: value.contiguous()
        for name, value in model.state_dict().items()
        if name.startswith(parts) and not name.startswith(learned)
    }
    return hashlib.sha256(save(state)).digest()


def _padded(states: list[NDArray[np.float16]]) -> tuple[NDArray[np.float16], NDArray[np.int64]]:
    longest = max(len(state) for state in states)
    padded = np.zeros((len(states), longest, states[0].shape[1]), np.float16)
    mask = np.zeros((len(states), longest), np.int64)
    for row, state in enumerate(states):
        padded[row, : len(state)] = state
        mask[row, : len(state)] = 1
    return padded, mask
