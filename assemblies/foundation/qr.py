"""QR codes as tiny one-bit pictures: one pixel a module, the mask fixed for speed."""

import base64
import struct
import zlib

import qrcode
from qrcode.constants import ERROR_CORRECT_M

MASK = 3  # trying all eight takes five times as long; every reader reads any of them
BORDER = 4  # the quiet zone that ISO/IEC 18004 asks for
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def qr_png(text: str) -> bytes:
    """Return a text's QR code as a PNG, level M, one pixel a module, quiet zone included."""
    rows = _matrix(text)
    size = len(rows)
    # One bit a pixel, 1 is white; each line begins with its filter type, none.
    lines = b"".join(b"\0" + _packed(row) for row in rows)
    header = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def qr_data_uri(text: str) -> str:
    """Return a text's QR code as a data URI; draw it with `image-rendering: pixelated`."""
    return f"data:image/png;base64,{base64.b64encode(qr_png(text)).decode('ascii')}"


def _matrix(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=BORDER, mask_pattern=MASK)
    code.add_data(text.encode("utf-8"), optimize=0)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    return rows


def _packed(row: list[bool]) -> bytes:
    bits = "".join("0" if dark else "1" for dark in row)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)
