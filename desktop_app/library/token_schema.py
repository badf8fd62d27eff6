"""Schema version 3: image tokens, and captions in collections with their embeddings."""

from __future__ import annotations

TOKEN_SCHEMA = (
    "CREATE TABLE image_tokens ("
    "photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE, "
    "model_id TEXT NOT NULL, "
    "tokens BLOB NOT NULL, "
    "PRIMARY KEY (photo_id, model_id))",
    "CREATE TABLE caption_collections ("
    "id INTEGER PRIMARY KEY, "
    "name TEXT NOT NULL UNIQUE COLLATE NOCASE, "
    "added_at TEXT NOT NULL)",
    # One row for a text, however many collections have it: it is embedded once.
    "CREATE TABLE captions (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE COLLATE NOCASE)",
    "CREATE TABLE collected_captions ("
    "collection_id INTEGER NOT NULL REFERENCES caption_collections (id) ON DELETE CASCADE, "
    "caption_id INTEGER NOT NULL REFERENCES captions (id) ON DELETE CASCADE, "
    "PRIMARY KEY (collection_id, caption_id))",
    "CREATE INDEX collected_captions_by_caption ON collected_captions (caption_id)",
    "CREATE TABLE caption_embeddings ("
    "caption_id INTEGER NOT NULL REFERENCES captions (id) ON DELETE CASCADE, "
    "model_id TEXT NOT NULL, "
    "vector BLOB NOT NULL, "
    "PRIMARY KEY (caption_id, model_id))",
)
"""One statement each."""
