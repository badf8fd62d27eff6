"""HEIC as telephones write it: one picture of many equal tiles (ISO/IEC 23008-12, 6.6.2.3.2).

x265 encodes no picture above 142 megapixels, so this is the only way to a larger one. All tiles
point to the same bytes: the file is small, and its decoder has as much to do as with any other.
"""

from __future__ import annotations

import struct
from io import BytesIO

import pillow_heif
from PIL import Image

_GRID_ID = 1
_HANDLER = b"\0" * 4 + b"pict" + b"\0" * 13


def grid_heic(tile: Image.Image, columns: int, rows: int) -> bytes:
    """A HEIC file of ``columns`` x ``rows`` times the same tile (RGB, sides of at least 64)."""
    config, data = _encoded(tile)
    width, height = tile.width * columns, tile.height * rows
    grid = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    tiles = range(_GRID_ID + 1, _GRID_ID + 1 + columns * rows)
    infos = [_info(_GRID_ID, b"grid"), *(_info(i, b"hvc1") for i in tiles)]
    properties = _box(b"hvcC", config) + _size(tile.size) + _size((width, height))
    # of the grid: its size; of each tile: how to decode it, which is essential, and its size
    associated = [struct.pack(">HBB", _GRID_ID, 1, 3)]
    associated += [struct.pack(">HBBB", i, 2, 0x80 | 1, 2) for i in tiles]
    references = struct.pack(">HH", _GRID_ID, len(tiles)) + struct.pack(f">{len(tiles)}H", *tiles)

    def meta(begin: int) -> bytes:
        places = [(_GRID_ID, begin, len(grid))]
        places += [(i, begin + len(grid), len(data)) for i in tiles]
        located = b"".join(struct.pack(">HHHII", i, 0, 1, at, size) for i, at, size in places)
        return _full(
            b"meta",
            _full(b"hdlr", _HANDLER)
            + _full(b"pitm", struct.pack(">H", _GRID_ID))
            + _full(b"iinf", struct.pack(">H", len(infos)) + b"".join(infos))
            + _full(b"iref", _box(b"dimg", references))
            + _box(
                b"iprp",
                _box(b"ipco", properties)
                + _full(b"ipma", struct.pack(">I", len(associated)) + b"".join(associated)),
            )
            # 4 bytes each for offset and length, none for a base
            + _full(b"iloc", struct.pack(">BBH", 0x44, 0, len(places)) + located),
        )

    head = _box(b"ftyp", b"heic" + b"\0" * 4 + b"mif1heic")
    begin = len(head) + len(meta(0)) + 8
    return head + meta(begin) + _box(b"mdat", grid + data)


def _encoded(tile: Image.Image) -> tuple[bytes, bytes]:
    """A tile's decoder configuration and its bitstream, out of a file of this one picture."""
    stream = BytesIO()
    heif = pillow_heif.from_pillow(tile)
    heif.save(stream, quality=50, save_nclx_profile=False)
    file = stream.getvalue()
    at = file.index(b"hvcC") - 4
    config = file[at + 8 : at + struct.unpack_from(">I", file, at)[0]]
    at = file.rindex(b"mdat") - 4
    size = struct.unpack_from(">I", file, at)[0]
    return config, file[at + 8 : at + size if size else None]


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def _full(kind: bytes, content: bytes) -> bytes:
    return _box(kind, b"\0" * 4 + content)


def _info(item: int, kind: bytes) -> bytes:
    content = b"\2\0\0\0" + struct.pack(">HH", item, 0) + kind + b"\0"
    return _box(b"infe", content)


def _size(size: tuple[int, int]) -> bytes:
    return _full(b"ispe", struct.pack(">II", *size))
