"""Small real classes that stand in for what is slow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_app.inference.bundle import GraphSpec, ImageTokens, ModelManifest
from desktop_app.inference.encoders import EncodedPhotos

_GRID = 4


class ColourEncoder:
    """An ImageEncoder that embeds the mean colours of a 4 x 4 grid: fast and deterministic.

    Its image tokens, if it makes any, are those colours.
    """

    def __init__(
        self,
        model_id: str = "colour-encoder-1",
        image_size: int = 32,
        *,
        makes_tokens: bool = False,
    ) -> None:
        self.manifest = ModelManifest(
            name="Colours",
            model_id=model_id,
            dim=_GRID * _GRID * 3,
            image_size=image_size,
            context_length=8,
            image_encoder=GraphSpec("image_encoder.onnx", ("pixels",), "image_embedding"),
            text_encoder=GraphSpec("text_encoder.onnx", ("ids", "mask"), "text_embedding"),
            tokenizer="tokenizer.json",
            files={},
            licence="Apache-2.0",
            image_tokens=ImageTokens(_GRID, 3) if makes_tokens else None,
        )
        self.encoded = 0
        """How many photos were encoded so far."""

    def encode(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, 3, s, s) in [0, 1] -> (n, 48) float32, unit rows."""
        n, channels, side, _ = pixels.shape
        cell = side // _GRID
        grid = pixels.reshape(n, channels, _GRID, cell, _GRID, cell).mean(axis=(3, 5))
        rows = grid.reshape(n, -1) + 1e-3
        self.encoded += n
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    def encode_all(self, pixels: NDArray[np.float32]) -> EncodedPhotos:
        """(n, 3, s, s) in [0, 1] -> embeddings (n, 48), and tokens (n, 16, 3) in [-1, 1]."""
        embeddings = self.encode(pixels)
        if self.manifest.image_tokens is None:
            return EncodedPhotos(embeddings, None)
        regions = embeddings.reshape(len(pixels), 3, _GRID * _GRID).transpose(0, 2, 1)
        return EncodedPhotos(embeddings, np.ascontiguousarray(regions))
