"""Schema version 2: what photos' files say about them, and an index of its words."""

from __future__ import annotations

METADATA_SCHEMA = (
    "ALTER TABLE photos ADD COLUMN camera TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE photos ADD COLUMN lens TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE photos ADD COLUMN latitude REAL",
    "ALTER TABLE photos ADD COLUMN longitude REAL",
    "ALTER TABLE photos ADD COLUMN rating INTEGER",
    "ALTER TABLE photos ADD COLUMN caption TEXT NOT NULL DEFAULT ''",
    # one on each line
    "ALTER TABLE photos ADD COLUMN keywords TEXT NOT NULL DEFAULT ''",
    # 0: never read; photos of schema version 1 get theirs at the next index run
    "ALTER TABLE photos ADD COLUMN metadata_version INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX photos_by_metadata ON photos (metadata_version)",
    "CREATE INDEX photos_by_latitude ON photos (latitude) WHERE latitude IS NOT NULL",
    # Most photos have no words: only those that do are in the word index, kept by triggers, so
    # that whoever writes or deletes photos need not know of it.
    "CREATE VIRTUAL TABLE photo_words USING fts5 (caption, keywords, content = '', "
    "tokenize = 'porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER photo_words_added AFTER INSERT ON photos "
    "WHEN new.caption || new.keywords <> '' BEGIN "
    "INSERT INTO photo_words (rowid, caption, keywords) "
    "VALUES (new.id, new.caption, new.keywords); END",
    "CREATE TRIGGER photo_words_removed AFTER DELETE ON photos "
    "WHEN old.caption || old.keywords <> '' BEGIN "
    "INSERT INTO photo_words (photo_words, rowid, caption, keywords) "
    "VALUES ('delete', old.id, old.caption, old.keywords); END",
    # one trigger, because the order of two is not defined
    "CREATE TRIGGER photo_words_replaced AFTER UPDATE OF caption, keywords ON photos "
    "WHEN old.caption || old.keywords || new.caption || new.keywords <> '' BEGIN "
    "INSERT INTO photo_words (photo_words, rowid, caption, keywords) "
    "SELECT 'delete', old.id, old.caption, old.keywords WHERE old.caption || old.keywords <> ''; "
    "INSERT INTO photo_words (rowid, caption, keywords) "
    "SELECT new.id, new.caption, new.keywords WHERE new.caption || new.keywords <> ''; END",
)
"""One statement each: a trigger has semicolons inside."""
