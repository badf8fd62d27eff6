"""A command line, parsed: what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop_app.library.query import Sort

Command = Literal[
    "index",
    "search",
    "explain",
    "caption",
    "captions",
    "album",
    "model",
    "duplicates",
    "status",
    "failures",
    "exclude",
    "remove-missing",
    "demo",
    "backup",
    "restore",
    "check",
]
Action = Literal["list", "add", "use", "import", "export", "remove", "take-out", "rename"]
DEFAULT_K = 20
DEFAULT_CAPTIONS = 3


@dataclass(frozen=True)
class Options:
    """A parsed command line."""

    command: Command | None
    """None: the window."""
    data_dir: Path
    model_dir: Path | None
    """A bundle that was named; None: the one that answers in the library."""
    json: bool
    verbose: bool
    folders: tuple[Path, ...] = ()
    control: bool = False
    watch: bool = False
    """Index, then keep up with changes until stopped."""
    estimate: bool = False
    """Count the photos and say how long indexing takes, and do nothing else."""
    changed: bool = False
    """Only folders that are in the library; another indexer is waited for."""
    text: str | None = None
    photo: Path | None = None
    queries: str | None = None
    """A file with one query per line; ``-`` is stdin."""
    saved: str | None = None
    """The name of a saved search to make again."""
    save: str | None = None
    """The name to save the search under."""
    k: int = DEFAULT_K
    list: bool = False
    """List the backups instead of taking one."""
    repair: bool = False
    all: bool = False
    """List also the files that are no photos."""
    name: str | None = None
    """Of a backup, None being the newest that is sound; or of a model."""
    sort: Sort | None = None
    """None: the order that the query asks for."""
    likely: bool = False
    """Only hits that are likely."""
    rerank: bool | None = None
    """Whether the matcher orders the best hits; None: as the settings say."""
    output: Path | None = None
    """Where the picture of an explanation goes."""
    word: str | None = None
    """The one word to explain; None: all that name something."""
    count: int = DEFAULT_CAPTIONS
    file: Path | None = None
    collection: str | None = None
    strictness: float | None = None
    """-1 to 1: where likely ends; None: as the settings say."""
    action: Action | None = None
    """What to do with patterns, or with collections of captions; None: list them."""
    patterns: tuple[str, ...] = ()
    near: float | None = None
    """The least cosine of photos that belong together; None: equal photos alone."""
    album: str | None = None
    photos: tuple[Path, ...] = ()
    """What is put into an album, or taken out."""
    new_name: str | None = None
    """Of an album; or what a model is to be called."""
    precision: str = "half"
    """Of a model that is added."""
    revision: str | None = None
    captioner: str | None = None
    """The checkpoint that writes captions for a model of BLIP's."""
    without_heads: bool = False
    sha256: str | None = None
    """Of the manifest of a bundle that is imported."""
    at_once: bool = False
    """Answer with a model that has not seen all photos."""
    later: bool = False
    """Leave it to the next run to show photos to a model."""
    embeddings: bool = False
    """Remove what a model made, not the model."""
    folder: Path | None = None
    """Where missing photos are to be forgotten; None: everywhere."""
    yes: bool = False
    """Forget without being asked."""
    quick: bool = False
    """Show the quick search, of the program that runs already or of this one."""
    open: tuple[Path, ...] = ()
    """Photos and folders that the window takes as if they were dropped on it; absolute."""
