"""Schema version 4: albums, the favourites among them."""

from __future__ import annotations

FAVOURITES = "favourites"
"""The name of the album that every library has; its id is 1."""

ALBUM_SCHEMA = (
    "CREATE TABLE albums ("
    "id INTEGER PRIMARY KEY, "
    "name TEXT NOT NULL UNIQUE COLLATE NOCASE, "
    "added_at TEXT NOT NULL)",
    # By content, not by photo id: what the user chose outlives a folder that is removed and
    # added again, and a restored backup of the photos.
    "CREATE TABLE album_photos ("
    "album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE, "
    "content_hash BLOB NOT NULL, "
    "added_at TEXT NOT NULL, "
    "PRIMARY KEY (album_id, content_hash))",
    "CREATE INDEX album_photos_by_content ON album_photos (content_hash)",
    "INSERT INTO albums (id, name, added_at) "
    f"VALUES (1, '{FAVOURITES}', strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now'))",
    # A photo that was edited is another content at the same place: it stays in its albums.
    "CREATE TRIGGER album_photos_edited AFTER UPDATE OF photo_id ON files "
    "WHEN old.photo_id <> new.photo_id BEGIN "
    "INSERT OR IGNORE INTO album_photos "
    "SELECT a.album_id, (SELECT content_hash FROM photos WHERE id = new.photo_id), a.added_at "
    "FROM album_photos a JOIN photos p ON p.content_hash = a.content_hash "
    "WHERE p.id = old.photo_id; END",
)
"""One statement each: a trigger has semicolons inside."""
