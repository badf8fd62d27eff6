"""What papers report, word for word what they tell of how: never mixed with what was measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """Figures of one system, as one source gives them."""

    figures: str
    source: str
    """Key of ``SOURCES``."""

    def __str__(self) -> str:
        return f"{self.figures} [{self.source}]"


SOURCES = {
    "S1": "MKL-VisITA, arXiv 2406.15306: Recall / Precision / mAP in percent, protocol not stated; "
    "the figures of CLIP, BLIP and ALBEF are that paper's, too.",
    "S2": "the single-responsibility paper (three stages, dual stream): text-to-image R@1 / R@5 / "
    "R@10 of the systems that it is compared with.",
    "S3": "the CLIP-based BERT-ViT paper: R@1, R@5 and R@10 of 50,000 pairs; protocol not stated.",
    "ALBEF": "Li et al. 2021, arXiv 2107.07651: Flickr30K test after pre-training on 14 million "
    "photos, fine-tuned.",
}

_S1 = "COCO {}, Flickr30K {}"

MKL_VISITA = Published(_S1.format("96.32 / 90.36 / 94.81", "90.32 / 95.21 / 96.84"), "S1")
CLIP = (
    Published(_S1.format("91.26 / 88.21 / 92.11", "84.21 / 88.58 / 92.12"), "S1"),
    Published("13.15 / 33.11 / 42.06", "S2"),
)
BLIP = Published(_S1.format("92.87 / 87.39 / 90.74", "85.96 / 89.68 / 93.67"), "S1")
ALBEF = (
    Published(_S1.format("90.37 / 85.22 / 89.32", "86.77 / 90.31 / 90.24"), "S1"),
    Published("text-to-image R@1 85.6, image-to-text R@1 95.9", "ALBEF"),
)
ALIGN = Published("22.93 / 42.15 / 50.23", "S2")
ALTCLIP = Published("22.45 / 41.86 / 50.09", "S2")
GROUPVIT = Published("8.99 / 18.36 / 26.56", "S2")
BERT_VIT = Published("between 80 and 90", "S3")
DEVISE = Published("12.9 / 10.0 / 9.0 points below BERT-ViT", "S3")
