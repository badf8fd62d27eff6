"""Attention: where the matcher looks for words, on demo photos."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from desktop_app.inference.preprocess import preprocess
from training.evaluate import DualEncoder
from training.experiments.demo_photos import open_demo_photo
from training.experiments.heat_sheet import draw_sheet
from training.experiments.result import ExperimentResult
from training.experiments.word_heat import Look, look_at, require_looking


@dataclass(frozen=True)
class Example:
    """A demo photo, a text, and the words whose maps are drawn."""

    photo: str
    text: str
    words: tuple[str, ...]
    is_right: bool = True


EXAMPLES = (
    Example("astronaut.png", "a smiling woman in an orange suit", ("smiling", "woman", "suit")),
    Example("chelsea.png", "a cat looks into the camera", ("cat", "looks", "camera")),
    Example("coffee.png", "a cup of coffee with a spoon", ("cup", "coffee", "spoon")),
    Example("rocket.jpg", "a rocket takes off into the sky", ("rocket", "takes", "sky")),
    Example("motorcycle_left.png", "a motorcycle in a garage", ("motorcycle", "garage")),
    Example("china.jpg", "a palace behind a tree under a blue sky", ("palace", "tree", "sky")),
    Example("flower.jpg", "a red flower with green leaves", ("red", "flower", "leaves")),
    Example("coffee.png", "a dog runs on the grass", ("dog", "runs", "grass"), is_right=False),
    Example("chelsea.png", "a man rides a bicycle", ("man", "rides", "bicycle"), is_right=False),
)

_HEAD = ("", "match", "best cosine of each word", "entropy of word maps", "entropy of attention")
_NOTES = (
    "Demo photos of scikit-image and scikit-learn; the last rows are texts that are wrong.",
    "Match: the matcher's probability. Word map: cosine of the word, in its sentence, to each "
    "region of the photo. Entropy of word maps: of softmax(10 · cosine) over the regions, mean of "
    "the words. Entropy of attention: of the matcher's attention of words to photo and regions, "
    "by layer (of checkpoints; a bundle does not give it out). 1 = uniform, 0 = all on one region.",
    "In the picture all words share one scale; beside each word its best cosine and its entropy.",
)


def show_attention(
    encoder: DualEncoder, command: str, model: str, picture: str
) -> tuple[ExperimentResult, Image.Image]:
    """Compare the examples' texts with their photos.

    Args:
        encoder: a model with a matcher.
        command: how this is done again.
        model: what the model is called.
        picture: name that the sheet will have.

    Raises:
        ValueError: the model has no matcher.
        FileNotFoundError: the demo photos are not installed.
    """
    looking = require_looking(encoder)
    rows = []
    for example in EXAMPLES:
        pixels = preprocess(open_demo_photo(example.photo), encoder.image_size)
        rows.append((pixels, example.text, look_at(looking, pixels, example.text, example.words)))
    looks = [look for _, _, look in rows]
    table = [_HEAD, *(_row(e, look) for e, look in zip(EXAMPLES, looks, strict=True))]
    details = tuple(
        {
            "photo": example.photo,
            "text": example.text,
            "is_right": example.is_right,
            "match": look.match,
            "words": {w.word: {"best": w.best, "entropy": w.entropy} for w in look.words},
            "layer_entropy": list(look.layer_entropy),
        }
        for example, look in zip(EXAMPLES, looks, strict=True)
    )
    facts = {"model": model, "image_size": encoder.image_size}
    result = ExperimentResult("attention", command, facts, tuple(table), _NOTES, details, picture)
    return result, draw_sheet(rows)


def save_sheet(sheet: Image.Image, path: Path) -> None:
    """Write the picture as JPEG: heat over photographs is large as PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, "JPEG", quality=85, optimize=True)


def _row(example: Example, look: Look) -> tuple[str, ...]:
    right = "" if example.is_right else " (wrong)"
    best = ", ".join(f"{heat.word} {heat.best:.2f}" for heat in look.words)
    layers = ", ".join(f"{entropy:.2f}" for entropy in look.layer_entropy) or "–"
    entropy = statistics.fmean(heat.entropy for heat in look.words)
    return (f"“{example.text}”{right}", f"{look.match:.0%}", best, f"{entropy:.2f}", layers)
