"""Which adapter takes a checkpoint apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from desktop_app.errors import ModelMismatch, UsageError
from model_export.hub.hub_model import HubModel

_SPECIAL = {"blip": "BLIP", "open_clip": "OpenCLIP"}


def family_of(model_type: str) -> str:
    """What people call an architecture.

    Raises:
        ModelMismatch: it is none that embeds photos and texts into one space, as far as is known.
    """
    from model_export.hub.families import FAMILIES

    if model_type in _SPECIAL:
        return _SPECIAL[model_type]
    if model_type not in FAMILIES:
        names = ", ".join([family.name for family in FAMILIES.values()] + [*_SPECIAL.values()])
        raise ModelMismatch(
            f"Models of the kind {model_type} cannot be added.", f"These can: {names}."
        )
    return FAMILIES[model_type].name


def load(
    folder: Path,
    model_type: str,
    photos: Sequence[Image.Image],
    *,
    captioner: Path | None = None,
    with_heads: bool = True,
) -> HubModel:
    """Load a checkpoint and take it apart.

    Args:
        folder: its files.
        model_type: as ``family_of`` takes it.
        photos: what ranges are measured on.
        captioner: BLIP's second checkpoint.
        with_heads: whether BLIP's matcher and captioner are wanted.

    Raises:
        ModelMismatch: a part is missing or does not fit.
        UsageError: a captioner that the family has no use for.
    """
    from model_export.hub.blip import load_blip
    from model_export.hub.families import FAMILIES, load_ordinary

    family_of(model_type)
    if model_type == "blip":
        return load_blip(folder, captioner, photos, with_heads=with_heads)
    if captioner is not None:
        raise UsageError("Only BLIP takes a --captioner.")
    if model_type == "open_clip":
        from model_export.hub.open_clip_models import load_open_clip

        return load_open_clip(folder)
    return load_ordinary(folder, FAMILIES[model_type])
