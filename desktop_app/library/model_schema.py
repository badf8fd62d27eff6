"""Schema version 7: a snapshot of the index for each model, so that switching back is instant."""

from __future__ import annotations

MODEL_SCHEMA = (
    "ALTER TABLE index_state RENAME TO one_index_state",
    "CREATE TABLE index_state ("
    "model_id TEXT PRIMARY KEY, "
    "generation INTEGER NOT NULL, "
    "file TEXT NOT NULL, "
    "size_bytes INTEGER NOT NULL, "
    "crc32 INTEGER NOT NULL, "
    "count INTEGER NOT NULL, "
    "dim INTEGER NOT NULL, "
    "applied_seq INTEGER NOT NULL)",
    "INSERT INTO index_state "
    "SELECT model_id, generation, file, size_bytes, crc32, count, dim, applied_seq "
    "FROM one_index_state",
    "DROP TABLE one_index_state",
)
"""One statement each. No index by model: SQLite would begin every search for what has changed with
all photos of the model, 35 ms of 100,000; to count a model's photos a scan is quick enough."""
