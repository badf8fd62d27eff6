"""What the model knows of a photo: from the catalogue, or encoded now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import ModelMismatch
from desktop_app.inference.compact_tokens import pack, unpack
from desktop_app.inference.encoders import Array, EncodedPhotos
from desktop_app.inference.preprocess import preprocess
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import MODEL_SPARE, Decoder
from desktop_app.library.heads import Heads
from desktop_app.library.photo_file import PhotoFile, named_errors


@dataclass(frozen=True, eq=False)
class PhotoEncoding:
    """One photo as matcher and captioner see it."""

    embedding: Array
    """(dim,), unit."""
    tokens: Array | None
    """(regions, width) in [-1, 1]; None where the model makes none."""

    def require_tokens(self) -> Array:
        """The image tokens.

        Raises:
            ModelMismatch: the model makes none, so nothing can look at them.
        """
        if self.tokens is None:
            raise ModelMismatch(
                "This model bundle makes no image tokens.",
                "Choose another model bundle with --model.",
            )
        return self.tokens


class PhotoEncodings:
    """Gives the encoding of any photo. Lives on the thread of its catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        decoder: Decoder,
        heads: Heads,
        encode: Callable[[Array], EncodedPhotos],
    ) -> None:
        """Collaborators; ``encode`` is only called for photos that are not in the library."""
        self._catalogue = catalogue
        self._decoder = decoder
        self._heads = heads
        self._encode = encode
        # Of one photo several things are asked in turn: it is encoded once for them all.
        self._newest: tuple[bytes, PhotoEncoding] | None = None

    def of(self, path: Path, photo_id: int | None = None) -> PhotoEncoding:
        """The encoding of the photo at a path, which need not be in the library.

        It is known by its content: wherever it lies, it is encoded at most once. One that is
        given with its id is not even read, so that its drive need not be connected.

        Raises:
            PhotoError: there is no such photo, or it cannot be used; the message is a sentence.
            ModelError: the image encoder cannot be used.
        """
        stored = None if photo_id is None else self._stored(photo_id)
        if stored is not None:
            return stored
        with named_errors(path):
            file = self._decoder.read(path)
            known = self._known(file.content_hash)
            if known is not None:
                return known
            if self._newest is None or self._newest[0] != file.content_hash:
                self._newest = (file.content_hash, self._encoded(file))
            return self._newest[1]

    def _known(self, content_hash: bytes) -> PhotoEncoding | None:
        photo_id = self._catalogue.photo_id_of(content_hash)
        return None if photo_id is None else self._stored(photo_id)

    def _stored(self, photo_id: int) -> PhotoEncoding | None:
        manifest, shape = self._heads.manifest, self._heads.tokens_shape
        _, embeddings = self._catalogue.embeddings.vectors([photo_id], manifest.model_id)
        if not len(embeddings):
            return None
        if shape is None:
            return PhotoEncoding(embeddings[0], None)
        tokens = self._catalogue.tokens.of([photo_id], manifest.model_id, shape).get(photo_id)
        return None if tokens is None else PhotoEncoding(embeddings[0], tokens)

    def _encoded(self, file: PhotoFile) -> PhotoEncoding:
        manifest = self._heads.manifest
        image = self._decoder.decode_file(file, manifest.photo_side, MODEL_SPARE).image
        pixels = preprocess(image, manifest.image_size, manifest.image_input)
        encoded = self._encode(pixels[None])
        if encoded.tokens is None:
            return PhotoEncoding(encoded.embeddings[0], None)
        # Rounded as the catalogue rounds: a photo is judged alike whether it is indexed or not.
        tokens = unpack(pack(encoded.tokens[0]), encoded.tokens.shape[-1])
        return PhotoEncoding(encoded.embeddings[0], tokens)
