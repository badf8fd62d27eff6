"""The child process that reads camera raw files. It may die of one: nothing else is in it.

Started by ``raw_preview`` as a script of its own. Imports nothing of VisITA, so that it starts
quickly. On stdin, per photo: a line of JSON (``size`` of what follows, ``keep`` in pixels,
``memory`` in bytes, ``want``), then the file's bytes. On stdout: a line of JSON with ``size``,
then as many bytes: a JPEG, or RGB pixels. Ends with its stdin, or when nobody has asked for long.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np
import rawpy
from PIL import Image

IDLE_S = 60.0
_BYTES_PER_PIXEL = 6
"""Half-size: 2 for the sensor's values, 2 for four colours at a quarter, 1 for RGB, and spare."""
_SIDEWAYS = (5, 6)

Answer = tuple[dict[str, Any], bytes]


def read_raw(data: bytes, keep: int, memory: int, want: str) -> Answer:
    """The picture of a raw file.

    Args:
        data: the file's bytes.
        keep: pixels that the shorter side should have, where the photo has them.
        memory: bytes that making a picture from the sensor's values may take.
        want: ``preview``: the embedded one whatever its size; ``pixels``: no embedded one;
            ``picture``: the embedded one if it is large enough.

    Returns:
        ``kind`` (jpeg, rgb or none) with its bytes, the photo's upright ``width`` and
        ``height``, how to turn the bytes (``flip``, 0 if they are upright), lens and date.

    Raises:
        rawpy.LibRawError: it cannot be read.
        MemoryError: it needs more memory; the argument is how much.
    """
    with rawpy.imread(BytesIO(data)) as raw:
        facts = _facts(raw)
        preview = (facts | {"kind": "none"}, b"")
        if want != "pixels":
            preview = _preview(raw, facts)
            if want == "preview" or min(preview[0].get("sides", (0, 0))) >= keep:
                return preview
        try:
            return _developed(raw, facts, keep, memory - 2 * len(data))
        except rawpy.LibRawError:
            if preview[0]["kind"] == "none":
                raise
            return preview  # too small, but a picture


def _facts(raw: rawpy.RawPy) -> dict[str, Any]:
    sizes = raw.sizes
    width, height = sizes.width, sizes.height
    if sizes.flip in _SIDEWAYS:
        width, height = height, width
    lens, taken = "", ""
    try:
        lens, when = raw.lens.model, raw.other.timestamp
        taken = when.isoformat() if when.timestamp() > 0 else ""  # 0: the file does not say
    except (ValueError, OverflowError, OSError, AttributeError):
        lens, taken = "", ""  # what LibRaw found there is no text, or no date
    return {"width": width, "height": height, "flip": sizes.flip, "lens": lens, "taken": taken}


def _preview(raw: rawpy.RawPy, facts: dict[str, Any]) -> Answer:
    none = (facts | {"kind": "none"}, b"")
    try:
        thumb = raw.extract_thumb()
    except rawpy.LibRawError:  # there is none, or none of a known kind
        return none
    if thumb.format == rawpy.ThumbFormat.JPEG and isinstance(thumb.data, bytes):
        try:
            with Image.open(BytesIO(thumb.data), formats=("JPEG",)) as image:
                width, height = image.size
        except Exception:  # as the app's decoder: Pillow raises nearly anything on damaged files
            return none
        found = facts | {"kind": "jpeg", "sides": (width, height)}
        return found | {"flip": _turn(facts, width, height)}, thumb.data
    if thumb.format == rawpy.ThumbFormat.BITMAP and isinstance(thumb.data, np.ndarray):
        pixels = np.ascontiguousarray(thumb.data[..., :3], np.uint8)
        if pixels.ndim != 3 or pixels.shape[2] != 3:
            return none
        height, width = pixels.shape[:2]
        found = facts | {"kind": "rgb", "sides": (width, height)}
        return found | {"flip": _turn(facts, width, height)}, pixels.tobytes()
    return none


def _turn(facts: dict[str, Any], width: int, height: int) -> int:
    """The photo's flip, unless the preview lies as the upright photo does already."""
    is_wide = facts["width"] > facts["height"]
    if facts["flip"] in _SIDEWAYS and width != height and (width > height) == is_wide:
        return 0
    return int(facts["flip"])


def _developed(raw: rawpy.RawPy, facts: dict[str, Any], keep: int, memory: int) -> Answer:
    need = raw.sizes.raw_width * raw.sizes.raw_height * _BYTES_PER_PIXEL
    if need > memory:
        raise MemoryError(need)
    pixels = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
    image = Image.fromarray(np.ascontiguousarray(pixels.squeeze())).convert("RGB")
    factor = min(image.size) // keep
    if factor > 1:
        image = image.reduce(factor)
    return facts | {"kind": "rgb", "flip": 0, "sides": image.size}, image.tobytes()


def _answer(header: dict[str, Any], data: bytes) -> Answer:
    try:
        return read_raw(data, header["keep"], header["memory"], header["want"])
    except MemoryError as error:
        return {"kind": "memory", "need": error.args[0] if error.args else 0}, b""
    except Exception as error:  # LibRaw's errors, and what its wrapper makes of nonsense
        return {"kind": "error", "error": type(error).__name__}, b""


def _limit_memory(limit: int) -> None:
    """Have the system refuse more, where it can: LibRaw believes the sizes that a file claims."""
    try:
        import resource  # POSIX alone
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or limit <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _watched(idle_s: float) -> Callable[[bool], None]:
    """Ends the process when nobody has asked for so long; told when work begins and ends."""
    timer: threading.Timer | None = None

    def note(is_working: bool) -> None:
        nonlocal timer
        if timer is not None:
            timer.cancel()
            timer = None
        if not is_working:
            timer = threading.Timer(idle_s, os._exit, (0,))
            timer.daemon = True
            timer.start()

    return note


def main(source: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the questions end."""
    note = _watched(IDLE_S)
    note(False)
    while line := source.readline():
        note(True)
        header = json.loads(line)
        _limit_memory(header["limit"])
        data = source.read(header["size"])
        if len(data) < header["size"]:
            return
        found, payload = _answer(header, data)
        answers.write(json.dumps(found | {"size": len(payload)}).encode() + b"\n")
        answers.write(payload)
        answers.flush()
        note(False)


if __name__ == "__main__":
    # LibRaw may print on its own: the answers get a stream of theirs.
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(sys.stdin.buffer, stream)
