"""The few fields of an XMP packet that VisITA reads, with nothing that XML can be abused for.

A packet is XML from a stranger. Expat streams it, a document type (the only place for entities)
ends the reading, and size and depth are bounded.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from xml.parsers import expat

log = logging.getLogger(__name__)

LARGEST_PACKET = 1 << 20
_DEEPEST = 64
_MOST_ITEMS = 500
_DC = "http://purl.org/dc/elements/1.1/ "
_XMP = "http://ns.adobe.com/xap/1.0/ "
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
_RATING = f"{_XMP}Rating"
_EXIF = "http://ns.adobe.com/exif/1.0/ "
_LENSES = (
    "http://cipa.jp/exif/1.0/ LensModel",
    f"{_EXIF}LensModel",
    "http://ns.adobe.com/exif/1.0/aux/ Lens",
    "http://ns.adobe.com/exif/1.0/aux/ LensModel",
)
_LATITUDE, _LONGITUDE = f"{_EXIF}GPSLatitude", f"{_EXIF}GPSLongitude"
_FACTS = (_RATING, _LATITUDE, _LONGITUDE, *_LENSES)
# "48,51.5N" or "48,51,30N": degrees, minutes, perhaps seconds, and where
_COORDINATE = re.compile(
    r"(\d{1,3}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?(?:,(\d{1,2}(?:\.\d{1,12})?))?([NSEW])"
)
_LISTS = {
    f"{_DC}title": "captions",
    f"{_DC}description": "captions",
    f"{_DC}subject": "keywords",
}


class _Refused(Exception):
    """The packet is not of a kind that an honest program writes."""


@dataclass(frozen=True)
class Xmp:
    """What a packet says; nothing where it says nothing."""

    captions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    rating: str = ""
    lens: str = ""
    latitude: float | None = None
    """Degrees north, as it is written: nobody has looked whether there is such a place."""
    longitude: float | None = None
    """Degrees east."""

    @classmethod
    def parse(cls, packet: bytes) -> Xmp:
        """Read a packet; a damaged or hostile one is as good as none."""
        if not packet or len(packet) > LARGEST_PACKET:
            return cls()
        reader = _Reader()
        try:
            reader.read(packet.rstrip(b"\0"))
        except (expat.ExpatError, _Refused, ValueError) as error:
            log.debug("XMP ignored: %r", error)
            return cls()
        lens = next((reader.facts[name] for name in _LENSES if name in reader.facts), "")
        return cls(
            captions=tuple(reader.lists["captions"]),
            keywords=tuple(reader.lists["keywords"]),
            rating=reader.facts.get(_RATING, ""),
            lens=lens,
            latitude=_degrees(reader.facts.get(_LATITUDE, ""), "NS"),
            longitude=_degrees(reader.facts.get(_LONGITUDE, ""), "EW"),
        )


class _Reader:
    """Collects the fields while expat walks through the packet."""

    def __init__(self) -> None:
        self.lists: dict[str, list[str]] = {"captions": [], "keywords": []}
        self.facts: dict[str, str] = {}
        self._open: list[str] = []
        self._text: list[str] = []

    def read(self, packet: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.Parse(packet, True)

    def _refuse(self, *_: object) -> None:
        raise _Refused("a document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise _Refused("too deep")
        self._open.append(name)
        self._text.clear()
        for key in _FACTS:  # short values are often attributes
            if key in attributes:
                self.facts.setdefault(key, attributes[key])

    def _end(self, name: str) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        self._open.pop()
        if not text:
            return
        if name in _FACTS:
            self.facts.setdefault(name, text)
        # dc:subject > rdf:Bag > rdf:li
        elif name == f"{_RDF}li" and len(self._open) > 1 and self._open[-2] in _LISTS:
            items = self.lists[_LISTS[self._open[-2]]]
            if len(items) < _MOST_ITEMS:
                items.append(text)


def _degrees(text: str, directions: str) -> float | None:
    found = _COORDINATE.fullmatch(text.strip().upper())
    if found is None or found[4] not in directions:
        return None
    degrees = sum(float(found[i + 1] or 0) / (1, 60, 3600)[i] for i in range(3))
    return -degrees if found[4] in "SW" else degrees
