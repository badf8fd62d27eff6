"""A caption as an XMP file beside its photo: a new file, and never in the place of another."""

from __future__ import annotations

import errno
import os
import uuid
from html import escape
from pathlib import Path

from desktop_app.errors import CatalogueReadOnly, DiskFull, UnreadablePhoto, UsageError
from desktop_app.library.caption_files import distinct
from desktop_app.library.free_name import take_name

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:description>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">{caption}</rdf:li>
    </rdf:Alt>
   </dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def sidecar_path(photo: Path) -> Path:
    """``IMG_1.jpg.xmp`` for ``IMG_1.jpg``: it belongs to this photo, not to every ``IMG_1.*``."""
    return photo.with_name(f"{photo.name}.xmp")


def export_caption(photo: Path, caption: str) -> Path:
    """Write a caption as the description of a photo into a new file beside it; that file.

    Whole or not at all; the photo and every file that exists stay as they are.

    Raises:
        UsageError: the caption has no letter, or there is such a file already.
        UnreadablePhoto: the photo is not there.
        CatalogueReadOnly: the folder cannot be written.
        DiskFull: there is no space.
    """
    text = next(distinct([caption]), "")
    if not text:
        raise UsageError("The caption is empty.", "Type what the photo shows.")
    if not photo.is_file():
        raise UnreadablePhoto(f"{photo.name} is not there any more.")
    target = sidecar_path(photo)
    temporary = target.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        _write(temporary, _PACKET.format(caption=escape(text, quote=False)))
        take_name(temporary, target)
    except FileExistsError as error:
        raise UsageError(
            f"{target.name} exists already, and VisITA replaces no file of yours.",
            "Copy the caption, and paste it with the program that wrote this file.",
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"No space is left for {target.name}.") from error
        raise CatalogueReadOnly(
            f"{target.name} cannot be written: {error.strerror}.",
            "Check who may write in the photo's folder.",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return target


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
