"""The SQLite file: opened, migrated, written in whole transactions, copied while in use."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from desktop_app.errors import CatalogueBusy, CatalogueDamaged, CatalogueTooNew, no_space_left
from desktop_app.library.album_schema import ALBUM_SCHEMA
from desktop_app.library.filter_schema import FILTER_SCHEMA
from desktop_app.library.metadata_schema import METADATA_SCHEMA
from desktop_app.library.model_schema import MODEL_SCHEMA
from desktop_app.library.search_schema import SEARCH_SCHEMA
from desktop_app.library.sqlite_errors import busy, damaged, disk_full, read_only, translated
from desktop_app.library.token_schema import TOKEN_SCHEMA

APPLICATION_ID = 0x56495441  # "VITA", stored in the file's header
BUSY_TIMEOUT_MS = 10_000
_TURN_S = 0.02

Row = tuple[Any, ...]


class Database:
    """One connection. Lives on the thread that made it."""

    def __init__(
        self, path: Path, before_migration: Callable[[Database], object] | None = None
    ) -> None:
        """Open or create the file and bring it to this version's schema.

        Args:
            path: the file.
            before_migration: called once before an older schema is changed, to keep a copy.

        Raises:
            CatalogueTooNew: a newer version wrote it.
            CatalogueDamaged: it is no catalogue, or SQLite cannot read it.
            CatalogueReadOnly: it cannot be written.
            CatalogueBusy: another process holds it for too long.
            DiskFull: there is no space to create it.
        """
        self.path = path
        _create_private(path)
        with translated(self.path):
            self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            self._configure_in_turn()
            if before_migration is not None and 0 < self._version() < len(MIGRATIONS):
                before_migration(self)
            self._migrate()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the connection; safe to repeat."""
        with translated(self.path):
            self._connection.close()

    def rows(self, sql: str, arguments: Sequence[object] = ()) -> list[Row]:
        """All rows that a statement gives."""
        with translated(self.path):
            return self._connection.execute(sql, arguments).fetchall()

    def row(self, sql: str, arguments: Sequence[object] = ()) -> Row | None:
        """The first row that a statement gives."""
        with translated(self.path):
            found: Row | None = self._connection.execute(sql, arguments).fetchone()
            return found

    def number(self, sql: str, arguments: Sequence[object] = ()) -> int:
        """The one integer that a statement gives."""
        found = self.row(sql, arguments)
        return int(found[0]) if found is not None and found[0] is not None else 0

    def state(self) -> tuple[int, int]:
        """Equal at two moments when nobody has written between them, through any connection."""
        return self.number("PRAGMA data_version"), self._connection.total_changes

    def run(self, sql: str, arguments: Sequence[object] = ()) -> int:
        """Run a statement; the number of rows that it changed."""
        with translated(self.path):
            return self._connection.execute(sql, arguments).rowcount

    def run_many(self, sql: str, arguments: Iterable[Sequence[object]]) -> None:
        """Run a statement once per row of arguments."""
        with translated(self.path):
            self._connection.executemany(sql, arguments)

    def insert(self, sql: str, arguments: Sequence[object] = ()) -> int:
        """Insert one row; its id."""
        with translated(self.path):
            return int(self._connection.execute(sql, arguments).lastrowid or 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written, or nothing of it.

        IMMEDIATE takes the write lock at once: a deferred transaction that first reads and then
        writes can fail in the middle without waiting for its turn.
        """
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see the same state."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def check(self) -> None:
        """Let SQLite check the file.

        Raises:
            CatalogueDamaged: the check failed.
        """
        found = self.row("PRAGMA quick_check(1)")
        if found is None or found[0] != "ok":
            raise damaged(self.path)

    def copy_to(self, target: Path) -> None:
        """Copy the whole database, as it is at this moment, into a new private file.

        Others may read and write meanwhile. The copy is flushed to the disk.
        """
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with translated(target):
            copy = sqlite3.connect(target, isolation_level=None)
            try:
                # Nobody else knows the file yet, and it is flushed at the end: no journal.
                copy.execute("PRAGMA journal_mode = OFF")
                copy.execute("PRAGMA synchronous = OFF")
                self._connection.backup(copy)
            finally:
                copy.close()
        with target.open("rb+") as stream:
            os.fsync(stream.fileno())

    def fold(self) -> None:
        """Write the -wal file into the database, which becomes one file that can be moved.

        Raises:
            CatalogueBusy: another process has the database open.
        """
        self.run("PRAGMA busy_timeout = 0")
        if self.row("PRAGMA journal_mode = DELETE") != ("delete",):
            raise busy()

    def _roll_back(self) -> None:
        # SQLite has already rolled back by itself after some errors (a full disk).
        if self._connection.in_transaction:
            self.run("ROLLBACK")

    def _configure_in_turn(self) -> None:
        # SQLite waits for nobody where a new file is turned to WAL: two processes that open a new
        # library at once would meet, and one of them would give up.
        ends = time.monotonic() + BUSY_TIMEOUT_MS / 1000
        while True:
            try:
                self._configure()
                return
            except CatalogueBusy:
                if time.monotonic() >= ends:
                    raise
                time.sleep(_TURN_S)

    def _configure(self) -> None:
        self.run(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        # Looked at before anything is written: a file that is not ours stays as it is. Tables
        # first: whoever makes them meanwhile writes the id with them.
        is_new = self.number("SELECT count(*) FROM sqlite_schema") == 0
        application_id = self.number("PRAGMA application_id")
        if application_id != APPLICATION_ID and not (is_new and application_id == 0):
            raise CatalogueDamaged(
                f"{self.path} is not a VisITA catalogue.", "Choose another folder with --data-dir."
            )
        if self._version() > len(MIGRATIONS):
            raise CatalogueTooNew(
                "The photo library was written by a newer version of VisITA.",
                "Update VisITA, or choose another folder with --data-dir.",
            )
        # WAL: readers never wait for the writer. NORMAL: a power cut may lose the last commits,
        # never the consistency of the file.
        self.run("PRAGMA journal_mode = WAL")
        self.run("PRAGMA synchronous = NORMAL")
        self.run("PRAGMA foreign_keys = ON")

    def _version(self) -> int:
        return self.number("PRAGMA user_version")

    def _migrate(self) -> None:
        while self._version() < len(MIGRATIONS):
            with self.transaction():
                version = self._version()  # again: another process may have been faster
                if version < len(MIGRATIONS):
                    MIGRATIONS[version](self)
                    self.run(f"PRAGMA user_version = {version + 1}")


def check_file(path: Path) -> None:
    """Check a catalogue that nobody has open; nothing is written, not even beside it.

    Raises:
        CatalogueDamaged: it is no catalogue, or SQLite's check failed.
    """
    with translated(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
        try:
            application_id = connection.execute("PRAGMA application_id").fetchone()
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    if application_id != (APPLICATION_ID,) or found != ("ok",):
        raise damaged(path)


def _create_private(path: Path) -> None:
    """Make the file before SQLite does, which would let everybody read it.

    One that is there is not opened: closing it again would drop the locks that other connections
    of this process hold (POSIX), and a process that then believes to be the last one deletes the
    log under their feet: they would read an old state for ever.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with suppress(FileExistsError):  # another process was faster
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise (disk_full(path) if no_space_left(error) else read_only(path)) from error
    # the -wal and -shm files are made beside it
    if not all(_is_writable(place) for place in (path, path.parent)):
        raise read_only(path)


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _first_schema(database: Database) -> None:
    for statement in _FIRST_SCHEMA.split(";"):
        if statement.strip():
            database.run(statement)


# A photo is a content, a file is a place where it lies. Paths are bytes (os.fsencode), because a
# name need not be text. photo_id is what a file showed when it was read last; a photo can be
# found while one of its files is not missing.
_FIRST_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'online' CHECK (state IN ('online', 'offline')),
    is_mount_point INTEGER NOT NULL DEFAULT 0,
    added_at TEXT NOT NULL,
    last_scan_at TEXT
);
CREATE TABLE photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_hash BLOB NOT NULL UNIQUE,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    format TEXT NOT NULL,
    taken_at TEXT,
    sort_date TEXT NOT NULL,
    change_seq INTEGER NOT NULL
);
CREATE INDEX photos_by_change ON photos (change_seq);
CREATE INDEX photos_by_date ON photos (sort_date);
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    folder_id INTEGER NOT NULL REFERENCES folders (id),
    relative_path BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending'
        CHECK (state IN ('pending', 'indexed', 'failed', 'missing')),
    attempts INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    photo_id INTEGER REFERENCES photos (id),
    UNIQUE (folder_id, relative_path)
);
CREATE INDEX files_by_photo ON files (photo_id, state);
CREATE INDEX files_by_state ON files (state, folder_id);
CREATE TABLE embeddings (
    photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    model_id TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (photo_id, model_id)
);
CREATE TABLE tombstones (
    photo_id INTEGER PRIMARY KEY,
    change_seq INTEGER NOT NULL
);
CREATE INDEX tombstones_by_change ON tombstones (change_seq);
CREATE TABLE counter (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    change_seq INTEGER NOT NULL
);
INSERT INTO counter VALUES (1, 0);
CREATE TABLE index_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    file TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    crc32 INTEGER NOT NULL,
    count INTEGER NOT NULL,
    model_id TEXT NOT NULL,
    dim INTEGER NOT NULL,
    applied_seq INTEGER NOT NULL
)
"""


def _metadata_schema(database: Database) -> None:
    for statement in METADATA_SCHEMA:
        database.run(statement)


def _token_schema(database: Database) -> None:
    for statement in TOKEN_SCHEMA:
        database.run(statement)


def _album_schema(database: Database) -> None:
    for statement in ALBUM_SCHEMA:
        database.run(statement)


def _search_schema(database: Database) -> None:
    for statement in SEARCH_SCHEMA:
        database.run(statement)


def _filter_schema(database: Database) -> None:
    for statement in FILTER_SCHEMA:
        database.run(statement)


def _model_schema(database: Database) -> None:
    for statement in MODEL_SCHEMA:
        database.run(statement)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    _first_schema,
    _metadata_schema,
    _token_schema,
    _album_schema,
    _search_schema,
    _filter_schema,
    _model_schema,
)
"""One function per schema version, in order; each runs in its own transaction."""
