"""Drawn stand-ins for photographs: a paper on a door, a stamped page, works in progress."""
# ruff: noqa: PLR2004 -- the dots of a drawing

import struct
import zlib
from collections.abc import Callable

from assemblies.foundation.uploads import Upload

WIDTH, HEIGHT = 320, 240
Colour = tuple[int, int, int]
WALL, PAPER, INK, RED = (196, 190, 178), (252, 250, 244), (70, 70, 70), (190, 40, 36)
DOOR, STEEL = (120, 96, 72), (128, 138, 146)


def on_the_door(name: str = "张贴照片.png") -> Upload:
    """Return a notice on a door: a red head over lines of writing."""
    return Upload(name, _png(_notice))


def stamped(name: str = "盖章页照片.png", *, across: int = 226) -> Upload:
    """Return a page of a paper with a round red seal, so far from the left."""
    return Upload(name, _png(lambda x, y: _seal(x + 226 - across, y)))


def works(name: str = "现场照片.png") -> Upload:
    """Return what is to be repaired: a wall with a door and a scaffold."""
    return Upload(name, _png(_scaffold))


def _notice(x: int, y: int) -> Colour:
    if not (90 <= x < 230 and 30 <= y < 210):
        return DOOR
    if y < 52:
        return RED if 110 <= x < 210 and y > 38 else PAPER
    return INK if y % 14 < 2 and 104 <= x < 216 else PAPER


def _seal(x: int, y: int) -> Colour:
    distance = (x - 226) ** 2 + (y - 166) ** 2
    if 38**2 <= distance <= 43**2 or distance <= 9**2:
        return RED
    return INK if y % 18 < 2 and 40 <= x < 280 and 30 < y < 200 else PAPER


def _scaffold(x: int, y: int) -> Colour:
    if x % 64 < 4 or y % 80 < 3:
        return STEEL
    return DOOR if 130 <= x < 190 and y > 110 else WALL


def _png(colour: Callable[[int, int], Colour]) -> bytes:
    """Draw a picture dot by dot and return it as a PNG of true colour."""
    lines = b"".join(
        b"\0" + b"".join(bytes(colour(x, y)) for x in range(WIDTH)) for y in range(HEIGHT)
    )
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
