"""Metrics as pure functions of embeddings, similarities or texts; numpy only."""

from training.metrics.retrieval import (
    RetrievalMetrics,
    caption_to_caption,
    image_to_text,
    recall_sum,
    summary,
    text_to_image,
)

__all__ = [
    "RetrievalMetrics",
    "caption_to_caption",
    "image_to_text",
    "recall_sum",
    "summary",
    "text_to_image",
]
