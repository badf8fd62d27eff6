"""The two encoders: photos and texts to unit vectors of one space."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import ModelMismatch
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.runtime import RuntimeOptions, Session
from desktop_app.inference.tokenizer import Tokenizer


class ImageEncoder:
    """Photos -> embeddings."""

    def __init__(self, bundle: ModelBundle, options: RuntimeOptions) -> None:
        self.manifest = bundle.manifest
        self._spec = bundle.manifest.image_encoder
        self.session = Session(bundle.path(self._spec.file), options)

    def encode(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Embed photos.

        Args:
            pixels: (n, 3, s, s) float32 in [0, 1], each made by ``preprocess``.

        Returns:
            (n, dim) float32, unit rows.
        """
        return _checked(
            self.session.run(self._spec.output, {self._spec.inputs[0]: pixels}),
            (len(pixels), self.manifest.dim),
        )


class TextEncoder:
    """Texts -> embeddings."""

    def __init__(self, bundle: ModelBundle, options: RuntimeOptions) -> None:
        self.manifest = bundle.manifest
        self._spec = bundle.manifest.text_encoder
        self._tokenizer = Tokenizer(
            bundle.path(bundle.manifest.tokenizer), bundle.manifest.context_length
        )
        self.session = Session(bundle.path(self._spec.file), options)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts, each for itself.

        The graph's int8 activations are scaled over all that runs together, padding included: in
        a batch, a text's embedding would depend on its neighbours.

        Returns:
            (len(texts), dim) float32, unit rows.
        """
        rows = [np.zeros((0, self.manifest.dim), np.float32)]
        return np.concatenate(rows + [self._encode_one(text) for text in texts])

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        ids, mask = self._tokenizer.encode([text])
        ids_name, mask_name = self._spec.inputs
        return _checked(
            self.session.run(self._spec.output, {ids_name: ids, mask_name: mask}),
            (1, self.manifest.dim),
        )


def _checked(embeddings: NDArray[np.float32], shape: tuple[int, int]) -> NDArray[np.float32]:
    if embeddings.shape != shape or not np.isfinite(embeddings).all():
        raise ModelMismatch(
            f"The model answered with shape {embeddings.shape} or with numbers that are none, "
            f"{shape} was expected.",
            "Reinstall VisITA or choose another model bundle.",
        )
    return embeddings
