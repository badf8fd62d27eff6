"""What kind of file this is, told from its first bytes: a photo, or the words why it is none."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.errors import PhotoError, UnreadablePhoto, UnsupportedFormat

HEAD_BYTES = 4096
NO_PHOTO = "not a photo"
"""How the reason begins for a file of another kind: no list shows it, nobody misses it."""

_VIDEO = "a video; only photos are searched"
# fmt: off
_PHOTO_SUFFIXES = frozenset((
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".gif", ".tif", ".tiff",
    ".bmp", ".dib", ".avif", ".avifs", ".ppm", ".pgm", ".pbm", ".pnm", ".jp2", ".j2k", ".jpf",
    ".jpx", ".heic", ".heif", ".hif",
))
# Most raw formats are TIFF files: only the name tells them from pictures.
_RAW_SUFFIXES = frozenset((
    ".3fr", ".arw", ".cr2", ".cr3", ".dcr", ".dng", ".erf", ".iiq", ".k25", ".kdc", ".mef",
    ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".rw2", ".rwl", ".sr2", ".srf",
    ".srw", ".x3f",
))
# fmt: on
_TIFF_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_PHOTO_MAGIC = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    *_TIFF_MAGIC,
    b"\0\0\0\x0cjP  \r\n\x87\n",
    b"\xff\x4f\xff\x51",
)
_RAW_MAGIC = (
    b"FUJIFILMCCD-RAW",
    b"IIU\0",  # Panasonic
    b"IIRO",  # Olympus
    b"IIRS",
    b"MMOR",
    b"\0MRM",  # Minolta
    b"FOVb",  # Sigma
)
_CR2_AT, _CR2_MAGIC = 8, b"CR"
_PHOTO_BRANDS = frozenset(
    b"avif avis heic heix heim heis hevc hevx hevm hevs mif1 msf1 miaf".split()
)
_OTHER_MAGIC: Sequence[tuple[bytes, str]] = (
    (b"%PDF", "not a photo (PDF document)"),
    (b"%!PS", "not a photo (PostScript)"),
    (b"\xc5\xd0\xd3\xc6", "not a photo (PostScript)"),
    (b"8BPS", "not a photo (Photoshop document)"),
    (b"PK\x03\x04", "not a photo (ZIP archive or office document)"),
    (b"PK\x05\x06", "not a photo (ZIP archive or office document)"),
    (b"Rar!", "not a photo (RAR archive)"),
    (b"7z\xbc\xaf\x27\x1c", "not a photo (7z archive)"),
    (b"\x1f\x8b", "not a photo (gzip archive)"),
    (b"\xfd7zXZ", "not a photo (xz archive)"),
    (b"\x28\xb5\x2f\xfd", "not a photo (zstd archive)"),
    (b"\x7fELF", "not a photo (program)"),
    (b"MZ", "not a photo (program)"),
    (b"SQLite format 3\0", "not a photo (database)"),
    (b"\xd0\xcf\x11\xe0", "not a photo (office document)"),
    (b"ID3", "not a photo (audio)"),
    (b"fLaC", "not a photo (audio)"),
    (b"\x1aE\xdf\xa3", _VIDEO),
    (b"\0\0\x01\xba", _VIDEO),
    (b"\0\0\x01\xb3", _VIDEO),
    (b"FLV\x01", _VIDEO),
    (b"OggS", _VIDEO),
    (b"0&\xb2u\x8ef\xcf\x11", _VIDEO),
)
_RIFF_KINDS = {b"AVI ": _VIDEO, b"WAVE": "not a photo (audio)"}
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"skip", b"pnot")


def require_photo(head: bytes, suffix: str) -> None:
    """Return when the first bytes promise a photo that can be decoded.

    Args:
        head: the first ``HEAD_BYTES`` of the file, or all of it.
        suffix: of the file's name, with its dot.

    Raises:
        UnreadablePhoto: the file is empty, or is not what its name promises.
        UnsupportedFormat: it is something else; the message says what.
    """
    if not head:
        raise UnreadablePhoto("empty file")
    if not _is_photo(head) and not is_raw(head, suffix):
        raise _explain(head, suffix.lower())


def is_raw(head: bytes, suffix: str) -> bool:
    """Whether a file is one for the raw decoder: by its first bytes, or as its name promises.

    A JPEG that is called a raw file is a JPEG.
    """
    if head.startswith(_RAW_MAGIC) or b"crx " in _brands(head):
        return True
    if head.startswith(_TIFF_MAGIC):
        is_cr2 = head.startswith(_CR2_MAGIC, _CR2_AT) and head.startswith(b"II*\0")
        return is_cr2 or suffix.lower() in _RAW_SUFFIXES
    # Some old cameras' files begin with nothing that is known; LibRaw tells them by their size.
    return suffix.lower() in _RAW_SUFFIXES and not _is_known(head)


def is_raw_name(suffix: str) -> bool:
    """Whether a name with this ending, dot included, promises a camera raw file."""
    return suffix.lower() in _RAW_SUFFIXES


def is_photo_name(suffix: str) -> bool:
    """Whether a name with this ending, dot included, promises a photo. Its content decides."""
    return suffix.lower() in _PHOTO_SUFFIXES or is_raw_name(suffix)


def _is_known(head: bytes) -> bool:
    other = tuple(magic for magic, _ in _OTHER_MAGIC)
    return _is_photo(head) or head.startswith(other) or bool(_brands(head))


def _is_photo(head: bytes) -> bool:
    if head.startswith(_PHOTO_MAGIC):
        return True
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    if head[:1] == b"P" and head[1:2] in b"123456" and head[2:3].isspace():
        return True
    return not _PHOTO_BRANDS.isdisjoint(_brands(head))


def _brands(head: bytes) -> list[bytes]:
    """The brands of an ISO media file, the major one first."""
    if head[4:8] != b"ftyp":
        return []
    end = min(int.from_bytes(head[:4], "big"), len(head))
    compatible = [head[i : i + 4] for i in range(16, end - 3, 4)]
    return [head[8:12], *compatible]


def _explain(head: bytes, suffix: str) -> PhotoError:
    for magic, reason in _OTHER_MAGIC:
        if head.startswith(magic):
            return UnsupportedFormat(reason)
    if head[:4] == b"RIFF" and head[8:12] in _RIFF_KINDS:
        return UnsupportedFormat(_RIFF_KINDS[head[8:12]])
    brands = _brands(head)
    if brands and brands[0].startswith(b"M4A"):
        return UnsupportedFormat("not a photo (audio)")
    if brands or head[4:8] in _OLD_QUICKTIME:
        return UnsupportedFormat(_VIDEO)
    if head[:1] == b"G" and head[188:189] == b"G":  # an MPEG transport stream's packets
        return UnsupportedFormat(_VIDEO)
    if suffix in _PHOTO_SUFFIXES or suffix in _RAW_SUFFIXES:
        return UnreadablePhoto(f"damaged: this is not what a {suffix} file holds")
    return UnsupportedFormat(f"not a photo ({suffix})" if suffix else "not a photo")
