"""``python -m boligdesk.dev.icc FILE``: write the colour profile that every PDF file carries.

A plain sRGB profile of version 2, made from the published numbers of the standard (IEC 61966-2-1, primaries
adapted to D50), so that the file is our own and needs no licence but the program's.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

_POINTS = 1024
_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}


def srgb_profile() -> bytes:
    """The profile, the same bytes every time."""
    curve = _curve()
    tags = [
        (b"desc", _description("sRGB")),
        (b"cprt", b"text\0\0\0\0MIT, Boligdesk\0"),
        (b"wtpt", _xyz(_D50)),
    ]
    tags += [(name, _xyz(point)) for name, point in _PRIMARIES.items()]
    tags += [(b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    body, table, places = b"", b"", dict[bytes, int]()
    first = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        if data not in places:  # the three curves are one
            places[data] = first + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", places[data], len(data))
    size = first + len(body)
    head = struct.pack(
        ">I4sI4s4s4s6H4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2026, 1, 1, 0, 0, 0, b"acsp"
    )
    head = head.ljust(68, b"\0") + struct.pack(">3I", *(_fixed(value) for value in _D50))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(point: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3I", *(_fixed(value) for value in point))


def _curve() -> bytes:
    def linear(step: int) -> float:
        value = step / (_POINTS - 1)
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    points = (round(linear(step) * 65535) for step in range(_POINTS))
    return b"curv\0\0\0\0" + struct.pack(f">I{_POINTS}H", _POINTS, *points)


def _description(words: str) -> bytes:
    text = words.encode("ascii") + b"\0"
    # No Unicode and no Macintosh description: two empty parts of fixed size.
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(8 + 3 + 67)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(srgb_profile())
