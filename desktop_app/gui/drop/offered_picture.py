"""Pictures that are dropped or pasted as a file's bytes, without a file and without a link."""

from __future__ import annotations

import base64
import binascii

from PySide6.QtCore import QByteArray, QMimeData, QUrl

_FILE = "application/octet-stream"
"""What Chromium offers beside the address of a picture: the file itself."""
_ENCODED = ("image/png", "image/jpeg", "image/webp")
"""What clipboards offer; our own decoder reads it, which applies the caps."""
_HEADS = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG", ".png"), (b"GIF8", ".gif"), (b"RIFF", ".webp"))
LARGEST = 64 << 20
"""Bytes; what a browser holds in memory is smaller."""


def offers_bytes(mime: QMimeData) -> bool:
    """Whether there may be such a picture; nothing is transferred to find out."""
    return (
        mime.hasFormat(_FILE)
        or is_encoded(mime)
        or any(url.scheme() == "data" for url in mime.urls())
    )


def is_encoded(mime: QMimeData) -> bool:
    """Whether it says itself that these bytes are a picture's file."""
    return any(mime.hasFormat(kind) for kind in _ENCODED)


def offered_bytes(mime: QMimeData) -> bytes:
    """The bytes of the picture's file, whatever they are; empty where there are none.

    Nothing is fetched: a ``data:`` address holds its picture in itself.
    """
    for kind in (*_ENCODED, _FILE):
        if mime.hasFormat(kind):
            return bytes(mime.data(kind).data())[: LARGEST + 1]
    for url in mime.urls():
        if url.scheme() == "data":
            return _of_data_url(url)
    return b""


def ending_of(data: bytes) -> str:
    """The ending that a file of these bytes usually has; empty for unknown ones."""
    return next((ending for head, ending in _HEADS if data.startswith(head)), "")


def _of_data_url(url: QUrl) -> bytes:
    head, _, body = url.toString(QUrl.ComponentFormattingOption.FullyEncoded).partition(",")
    plain = bytes(QByteArray.fromPercentEncoding(body.encode()).data())
    if not head.endswith(";base64"):
        return plain
    try:
        return base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        return b""
