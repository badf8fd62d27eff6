"""A checkpoint of the hub: looked up before anything is fetched, fetched, and checked.

The only place of VisITA that talks to a network, and only when a user asks for a model by name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.errors import ModelMismatch, ModelMissing
from model_export.hub.downloading import RemoteFile, download, left_to_fetch

_PARTS = (
    "config.json",
    "*preprocessor_config.json",
    "processor_config.json",
    "tokenizer*",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab*",
    "merges.txt",
    "*.model",
    "open_clip_config.json",
    "README.md",
    "LICENSE*",
)
# the best first; one kind is fetched. Pickled weights are only taken where there are no others
_WEIGHTS = (
    ("model*.safetensors", "model.safetensors.index.json"),
    ("open_clip_model*.safetensors",),
    ("pytorch_model*.bin", "pytorch_model.bin.index.json"),
    ("open_clip_pytorch_model*.bin",),
)
_CONFIGS = {"config.json", "open_clip_config.json"}
_NO_LICENCE = "not stated by the checkpoint; see its page"
_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class CheckpointFacts:
    """What is known of a checkpoint before it is fetched."""

    name: str
    """As it is called on the hub, or the name of its folder."""
    revision: str
    """The commit on the hub; empty for a folder."""
    model_type: str
    """``clip``, ``siglip``, ...; ``open_clip`` for checkpoints of that library."""
    licence: str
    languages: tuple[str, ...]
    size_bytes: int
    """Of all files that are needed."""
    to_fetch_bytes: int
    """Of those that are not on this computer yet."""
    sha256: tuple[tuple[str, str], ...]
    """Of large files, by name, as the hub states them."""

    @property
    def source(self) -> str:
        """For the manifest."""
        return f"{self.name}@{self.revision[:12]}" if self.revision else self.name


class Checkpoint:
    """A checkpoint in a folder, or on the hub."""

    def __init__(self, name: str, revision: str | None = None) -> None:
        """Name it; nothing is read yet.

        Args:
            name: a folder, or a name of the hub as ``owner/model``.
            revision: a branch, a tag or a commit on the hub.
        """
        self._name = name
        self._revision = revision
        self._folder = Path(name) if Path(name).is_dir() else None
        self._facts: CheckpointFacts | None = None
        self._files: list[RemoteFile] = []
        self._commit = ""

    def facts(self) -> CheckpointFacts:
        """What it is, on what terms, and how large; asks the hub unless it is a folder.

        Raises:
            ModelMissing: there is none, or it cannot be reached.
            ModelMismatch: it is no model.
        """
        if self._facts is None:
            self._facts = self._of_folder(self._folder) if self._folder else self._of_hub()
        return self._facts

    def fetch(self) -> Path:
        """The folder with its files; what is missing is downloaded, what was begun is resumed.

        Raises:
            ModelMissing: it cannot be reached.
            ModelMismatch: a file is not the one that the hub states.
        """
        facts = self.facts()
        if self._folder is not None:
            return self._folder
        folder = self._whole_in_cache() or self._downloaded()
        require_sha256(folder, facts.sha256)
        return folder

    def _of_folder(self, folder: Path) -> CheckpointFacts:
        files = {path.name: path.stat().st_size for path in folder.iterdir() if path.is_file()}
        needed = _needed(files)
        card = _card(folder / "README.md")
        return CheckpointFacts(
            folder.name,
            "",
            _model_type(folder),
            _licence(card),
            _languages(card),
            sum(files[name] for name in needed),
            0,
            (),
        )

    def _of_hub(self) -> CheckpointFacts:
        from huggingface_hub import HfApi

        info = _asked(
            lambda: HfApi().model_info(self._name, revision=self._revision, files_metadata=True),
            self._name,
        )
        stated = {file.rfilename: file for file in info.siblings or ()}
        if not stated.keys() & _CONFIGS:
            raise ModelMismatch(f"{self._name} has no config.json: it is no model.")
        self._commit = str(info.sha)
        self._files = [
            RemoteFile(n, int(stated[n].size or 0), lfs.sha256 if (lfs := stated[n].lfs) else "")
            for n in _needed(stated)
        ]
        folder = self._whole_in_cache()
        left = 0 if folder else sum(left_to_fetch(self._folder_here(), f) for f in self._files)
        if folder is None:
            folder = self._downloaded(_CONFIGS)
        card: dict[str, Any] = vars(info.card_data) if info.card_data else {}
        return CheckpointFacts(
            self._name,
            self._commit,
            _model_type(folder),
            _licence(card),
            _languages(card),
            sum(file.size_bytes for file in self._files),
            left,
            tuple((file.name, file.sha256) for file in self._files if file.sha256),
        )

    def _whole_in_cache(self) -> Path | None:
        """The folder of the hub's own cache, if another program has fetched all of it."""
        from huggingface_hub import try_to_load_from_cache

        found = [
            try_to_load_from_cache(self._name, file.name, revision=self._commit)
            for file in self._files
        ]
        paths = [Path(path) for path in found if isinstance(path, str)]
        return paths[0].parent if paths and len(paths) == len(self._files) else None

    def _folder_here(self) -> Path:
        """Where its files are collected, beside the hub's own cache."""
        from huggingface_hub.constants import HF_HOME

        return Path(HF_HOME) / "visita" / f"{self._name.replace('/', '--')}--{self._commit[:12]}"

    def _downloaded(self, names: Collection[str] = ()) -> Path:
        """The folder with these files, or with all of them."""
        from huggingface_hub import hf_hub_url

        folder = self._folder_here()
        for file in self._files:
            if not names or file.name in names:
                url = hf_hub_url(self._name, file.name, revision=self._commit)
                _asked(partial(download, folder, file, url), self._name)
        return folder


def require_sha256(folder: Path, stated: Iterable[tuple[str, str]]) -> None:
    """Compare files with what is stated of them.

    Raises:
        ModelMismatch: one is another.
    """
    for name, expected in stated:
        with (folder / name).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != expected:
            raise ModelMismatch(
                f"The file {name} is not the one that the hub states.",
                f"Delete it ({(folder / name).resolve()}) and try again.",
            )


def _asked(ask: Callable[[], _Answer], name: str) -> _Answer:
    """The hub's answer; its errors in a sentence."""
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        HFValidationError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
    from huggingface_hub.utils import httpx

    try:
        return ask()
    except GatedRepoError as error:
        raise ModelMissing(
            f"{name} is only given to those who accepted its terms.",
            "Accept them on its page, then `hf auth login`.",
        ) from error
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise ModelMissing(
            f"There is no model {name} on the hub, and no folder of that name.",
            "`visita model list --known` lists some that fit.",
        ) from error
    except RevisionNotFoundError as error:
        raise ModelMissing(f"{name} has no such revision.") from error
    except (OfflineModeIsEnabled, HfHubHTTPError, httpx.HTTPError, OSError) as error:
        raise ModelMissing(
            f"The hub cannot be reached for {name}.",
            "Try again: what was downloaded is kept. A folder or `visita model import` needs no "
            "network.",
        ) from error


def _needed(files: Iterable[str]) -> list[str]:
    """Which files of a checkpoint are used; those in sub-folders are other formats."""
    top = [name for name in files if "/" not in name]
    needed = [name for name in top if any(fnmatch(name, part) for part in _PARTS)]
    for kinds in _WEIGHTS:
        weights = [name for name in top if any(fnmatch(name, kind) for kind in kinds)]
        if weights:
            return sorted(needed + weights)
    return sorted(needed)


def _model_type(folder: Path) -> str:
    if (folder / "open_clip_config.json").is_file():
        try:
            found = json.loads((folder / "config.json").read_text("utf-8")).get("model_type")
        except (OSError, ValueError, AttributeError):
            return "open_clip"
        return str(found) if found else "open_clip"
    from model_export.hub.families import model_type_of

    return model_type_of(folder)


def _card(readme: Path) -> dict[str, Any]:
    from huggingface_hub import metadata_load

    try:
        return dict(metadata_load(readme) or {})
    except (OSError, ValueError):
        return {}


def _licence(card: dict[str, Any]) -> str:
    licence = card.get("license_name") or card.get("license")
    if isinstance(licence, list):
        licence = ", ".join(map(str, licence))
    return str(licence) if licence else _NO_LICENCE


def _languages(card: dict[str, Any]) -> tuple[str, ...]:
    found = card.get("language") or ()
    return tuple(map(str, [found] if isinstance(found, str) else found))
