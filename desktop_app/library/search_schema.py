"""Saved and recent searches in the catalogue, and indexes of the names that filters are about."""

from __future__ import annotations

SEARCH_SCHEMA = (
    "CREATE TABLE saved_searches ("
    "id INTEGER PRIMARY KEY, "
    "name TEXT NOT NULL UNIQUE COLLATE NOCASE, "
    "text TEXT NOT NULL, "
    "saved_at TEXT NOT NULL)",
    # A larger id was used later.
    "CREATE TABLE recent_searches ("
    "id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "text TEXT NOT NULL UNIQUE, "
    "used_at TEXT NOT NULL)",
    # Few cameras took all photos: with these the distinct ones are found without a look at each.
    "CREATE INDEX photos_by_camera ON photos (camera) WHERE camera <> ''",
    "CREATE INDEX photos_by_lens ON photos (lens) WHERE lens <> ''",
    "CREATE INDEX photos_by_keywords ON photos (keywords) WHERE keywords <> ''",
)
"""One statement each."""
