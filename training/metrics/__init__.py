"""Metrics as pure functions of embeddings, similarities or texts; numpy only."""

from training.metrics.retrieval import (
    RetrievalMetrics,
    image_to_text,
    recall_sum,
    text_to_image,
)

__all__ = ["RetrievalMetrics", "image_to_text", "recall_sum", "text_to_image"]
