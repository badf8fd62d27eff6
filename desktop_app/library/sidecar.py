"""XMP files beside photos, in which many programs keep what people say about them.

``IMG_1.xmp`` belongs to every photo ``IMG_1.*``, ``IMG_1.jpg.xmp`` to one. They are read when
their photo is; a sidecar that changes later shows when the photo is read again.
"""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path

from desktop_app.library.file_system import is_in_cloud
from desktop_app.library.metadata import read_xmp_metadata
from desktop_app.library.records import Metadata
from desktop_app.library.xmp import LARGEST_PACKET

log = logging.getLogger(__name__)

_SUFFIXES = (".xmp", ".XMP")


def with_sidecar(path: Path, own: Metadata) -> Metadata:
    """What a photo's file says, and what the files beside it add or say anew.

    Words are added; rating and place of a sidecar come first: it is the younger one.
    """
    found = own
    for suffix in _SUFFIXES:
        for beside in (path.with_suffix(suffix), path.with_name(path.name + suffix)):
            packet = _read(beside)
            if packet:
                found = _together(found, read_xmp_metadata(packet))
    return found


def _together(own: Metadata, beside: Metadata) -> Metadata:
    captions = (*own.caption.split("\n"), *beside.caption.split("\n"))
    found = replace(
        own,
        lens=own.lens or beside.lens,
        rating=own.rating if beside.rating is None else beside.rating,
        caption="\n".join(dict.fromkeys(caption for caption in captions if caption)),
        keywords=tuple(dict.fromkeys((*own.keywords, *beside.keywords))),
    )
    if beside.latitude is None:
        return found
    return replace(found, latitude=beside.latitude, longitude=beside.longitude)


def _read(path: Path) -> bytes:
    """The packet; empty where there is none, or none that can be read."""
    try:
        if is_in_cloud(path, path.stat()):
            return b""  # opening it would have it fetched
        # NONBLOCK: opening a named pipe would wait for a writer for ever.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as stream:  # noqa: PTH123
            return stream.read(LARGEST_PACKET + 1)  # a byte more than is parsed
    except FileNotFoundError:
        return b""
    except OSError as error:
        log.debug("sidecar ignored: %s", error)
        return b""
