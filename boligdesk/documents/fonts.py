"""Open Sans in four styles: widths for the layout, and which signs the fonts can draw."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from typing import Any

from boligdesk.resources import resource_path

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "BrevRegular", "BrevBold", "BrevItalic", "BrevBoldItalic"
_FILES = {
    REGULAR: "OpenSans-Regular.ttf",
    BOLD: "OpenSans-Bold.ttf",
    ITALIC: "OpenSans-Italic.ttf",
    BOLD_ITALIC: "OpenSans-BoldItalic.ttf",
}
_PARAGRAPH_SIGN = re.compile(r"§ (?=\d)")
_LOADING = threading.Lock()
_LOADED: dict[str, Any] = {}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # pasted along, never meant
_AS = {
    0x2011: "-",
    0x202F: "\u00a0",
    0x2009: "\u00a0",
    0x2007: "\u00a0",
    ord("\t"): " ",
    0x2028: "\n",
    0x2029: "\n",
}


def clean(text: str) -> str:
    """Text as it can be drawn: composed letters, one kind of line end, no unseen signs, «§ 6» in one piece.

    The no-break hyphen becomes a hyphen: lines are broken at spaces only, so it is never parted all the same.
    """
    joined = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN).translate(_AS)
    joined = _PARAGRAPH_SIGN.sub("§\u00a0", joined)
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)


def style(*, bold: bool, italic: bool) -> str:
    """Name of the face for a style."""
    if bold:
        return BOLD_ITALIC if italic else BOLD
    return ITALIC if italic else REGULAR


def _faces() -> dict[str, Any]:
    if not _LOADED:
        with _LOADING:
            if not _LOADED:
                _LOADED.update(_load())
    return _LOADED


def _load() -> dict[str, Any]:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    found = {
        name: TTFont(name, str(resource_path("fonts", file)), asciiReadable=False)
        for name, file in _FILES.items()
    }
    for font in found.values():
        registerFont(font)
    return found


@functools.cache
def _advances(face: str) -> tuple[dict[int, float], float]:
    """Width of each sign and of the missing one, in thousandths of the size."""
    known = _faces()[face].face
    return dict(known.charWidths), float(known.defaultWidth)


def load() -> None:
    """Make the fonts known to reportlab. Once is enough; any thread."""
    _faces()


def width(text: str, face: str, size: float) -> float:
    """Width in points. A no-break space is as wide as a space."""
    known, other = _advances(face)
    return sum([known.get(ord(sign), other) for sign in text]) * size / 1000


def missing(text: str) -> str:
    """The signs of cleaned text that cannot be drawn, each once, in reading order."""
    return "".join(sign for sign in dict.fromkeys(text) if sign not in _drawable() and sign != "\n")


@functools.cache
def _drawable() -> frozenset[str]:
    """Signs that all four styles have. No control signs, and none of private meaning (PDF/A-2a 6.2.11.7.3)."""
    codes = set.intersection(*(set(font.face.charToGlyph) for font in _faces().values()))
    return frozenset(
        chr(code)
        for code in codes
        if code < 0x10000 and unicodedata.category(chr(code)) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )
