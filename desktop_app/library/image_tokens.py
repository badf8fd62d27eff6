"""The catalogue's image tokens: what matcher and captioner know of a photo beside its embedding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import CatalogueDamaged
from desktop_app.inference.compact_tokens import unpack
from desktop_app.library.photo_rows import IS_IN, id_list
from desktop_app.library.schema import Database


def write_tokens(database: Database, photo_id: int, model_id: str, tokens: bytes) -> None:
    """Store a photo's packed tokens; to be called inside the transaction of its embedding."""
    database.run(
        "INSERT OR REPLACE INTO image_tokens VALUES (?, ?, ?)", (photo_id, model_id, tokens)
    )


class TokenRows:
    """Reads image tokens, as a part of the catalogue; shares its thread and its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(
        self, photo_ids: Sequence[int], model_id: str, shape: tuple[int, int]
    ) -> dict[int, NDArray[np.float32]]:
        """(regions, width) float32 in [-1, 1] by photo, for those photos that have tokens.

        Raises:
            CatalogueDamaged: some are not of this shape.
        """
        rows = self._database.rows(
            f"SELECT photo_id, tokens FROM image_tokens WHERE photo_id {IS_IN} AND model_id = ?",
            (id_list(photo_ids), model_id),
        )
        if any(len(packed) != shape[0] * shape[1] for _, packed in rows):
            raise CatalogueDamaged(
                "The photo library holds image tokens of a wrong length.",
                "`visita check --repair` removes them, `visita index` makes them again.",
            )
        return {photo_id: unpack(packed, shape[1]) for photo_id, packed in rows}

    def count(self, model_id: str) -> int:
        """How many photos have tokens of this model."""
        return self._database.number(
            "SELECT count(*) FROM image_tokens WHERE model_id = ?", (model_id,)
        )
