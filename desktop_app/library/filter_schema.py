"""Schema version 6: indexes for what is rare, rated photos and files that could not be read."""

from __future__ import annotations

FILTER_SCHEMA = (
    "CREATE INDEX photos_by_rating ON photos (rating) WHERE rating IS NOT NULL",
    # Photos that were read once and could not be read the last time.
    "CREATE INDEX files_with_trouble ON files (photo_id) "
    "WHERE failure IS NOT NULL AND photo_id IS NOT NULL",
)
"""One statement each."""
