"""A thumbnail that was deleted is made again, from any reachable file of its photo."""

from __future__ import annotations

import logging
from collections.abc import Callable

from desktop_app.errors import PhotoError
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.thumbnails import LONGEST_SIDE, ThumbnailStore

log = logging.getLogger(__name__)

_MADE_PER_SHRINKING = 200


class ThumbnailMaker:
    """Lives on the thread of its catalogue, which it only reads."""

    def __init__(
        self,
        catalogue: Catalogue,
        decoder: Decoder,
        thumbnails: ThumbnailStore,
        cap_bytes: Callable[[], int],
    ) -> None:
        """Collaborators; ``cap_bytes``: what thumbnails may take as the settings say now, or 0."""
        self._catalogue = catalogue
        self._decoder = decoder
        self._thumbnails = thumbnails
        self._cap_bytes = cap_bytes
        self._made = 0

    def make(self, content_hash: str) -> bool:
        """Make one; False where no file of the photo can be read as it was.

        Raises:
            LibraryError: the catalogue cannot be read, or the thumbnail cannot be written.
        """
        for place in self._catalogue.ledger.places_of(bytes.fromhex(content_hash)):
            if place.state == "missing":
                continue
            try:
                # Twice this, and at least a thumbnail's side, is what the decoder keeps.
                photo = self._decoder.decode(place.path, LONGEST_SIDE // 2)
            except PhotoError as error:
                log.debug("no thumbnail of %s: %s", place.path, error)
                continue
            if photo.content_hash.hex() != content_hash:
                continue  # it was edited, and the indexer has not seen it yet
            self._thumbnails.write(content_hash, photo.image)
            self._count()
            return True
        return False

    def close(self) -> None:
        """Close the catalogue."""
        self._catalogue.close()

    def _count(self) -> None:
        self._made += 1
        if self._made % _MADE_PER_SHRINKING == 0 and (cap := self._cap_bytes()):
            self._thumbnails.shrink(cap, self._catalogue.ledger.unreachable())
