"""Colours by purpose (light, dark, from a high-contrast palette) and the spacing grid.

The numbers are the palette of the visual language; ``contrast`` is the WCAG 2.2 formula that the
tests hold every pair against: 4.5 for text, 3 for the edges of controls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette

Tone = Literal["crit", "warn", "info", "ok", "neutral", "lock"]
TONES: tuple[Tone, ...] = ("crit", "warn", "info", "ok", "neutral", "lock")
QUIET_TONES: frozenset[str] = frozenset({"ok", "neutral"})

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6 = 4, 8, 12, 16, 24
"""The 4-grid, in logical pixels."""
PAGE_MARGINS = (20, 14, 20, 14)
CARD_MARGINS = (14, 12, 14, 12)
CONTROL_HEIGHT = 32
FIELD_HEIGHT = 56
RADIUS = 6


@dataclass(frozen=True, slots=True)
class ToneColors:
    """Text and fill of one status tone."""

    fg: str
    bg: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. ``name`` is ``light``, ``dark`` or ``contrast``; colours are ``#RRGGBB``."""

    name: str
    window: str
    surface: str
    surface2: str
    text: str
    text2: str
    text3: str
    accent: str
    link: str
    on_accent: str
    accent_hover: str
    control: str
    line: str
    sel: str
    sel_text: str
    hover: str
    focus: str
    tones: Mapping[Tone, ToneColors]
    series: tuple[str, str, str, str]
    ramp: tuple[str, str, str, str]

    def color(self, role: str) -> str:
        """Colour of a role: a field's name (``text2``) or a tone (``crit``, the text colour)."""
        tone = self.tones.get(role)  # type: ignore[call-overload]  # any word may be asked for
        return str(tone.fg if tone else getattr(self, role))


LIGHT = Tokens(
    name="light",
    window="#F3F4F6",
    surface="#FFFFFF",
    surface2="#F8F9FB",
    text="#1A1D21",
    text2="#4A525B",
    text3="#5F6872",
    accent="#0A5C8C",
    link="#0A5C8C",
    on_accent="#FFFFFF",
    accent_hover="#084B73",
    control="#6B7580",
    line="#D5DAE0",
    sel="#D8EAF6",
    sel_text="#10202B",
    hover="#EDF3F8",
    focus="#0A5C8C",
    tones={
        "neutral": ToneColors("#3A424B", "#E9ECEF"),
        "info": ToneColors("#0B4A78", "#E1EFFA"),
        "ok": ToneColors("#14532D", "#E0F3E6"),
        "warn": ToneColors("#663C00", "#FFF0D1"),
        "crit": ToneColors("#8A1414", "#FCE6E6"),
        "lock": ToneColors("#4A2C82", "#EDE6FA"),
    },
    series=("#0A5C8C", "#B45309", "#15803D", "#6D28D9"),
    ramp=("#E1EFFA", "#A9CFEA", "#5F9EC9", "#0A5C8C"),
)

DARK = Tokens(
    name="dark",
    window="#16191D",
    surface="#1F2328",
    surface2="#252A30",
    text="#F1F3F5",
    text2="#C0C8D0",
    text3="#A3ADB7",
    accent="#6DB9E8",
    link="#7CC1EC",
    on_accent="#06263A",
    accent_hover="#8CC9EF",
    control="#8C97A3",
    line="#3A424B",
    sel="#1E425A",
    sel_text="#F1F6FA",
    hover="#2A3138",
    focus="#8CC9EF",
    tones={
        "neutral": ToneColors("#D5DBE1", "#343B43"),
        "info": ToneColors("#A9D6F5", "#12334A"),
        "ok": ToneColors("#A6E3B8", "#12381F"),
        "warn": ToneColors("#FFD58A", "#45300A"),
        "crit": ToneColors("#FFB3B0", "#541A1A"),
        "lock": ToneColors("#D6C3FF", "#37265C"),
    },
    series=("#6DB9E8", "#F5B44A", "#6FD08C", "#C4A7FF"),
    ramp=("#1B3444", "#245069", "#2C6A8E", "#8CC9EF"),
)


def contrast_tokens(palette: QPalette) -> Tokens:
    """Tokens of a high-contrast theme: only the palette's own colours, no fills, no greys."""
    base, text = palette.base().color().name(), palette.text().color().name()
    window, mark = palette.window().color().name(), palette.highlight().color().name()
    mark_text = palette.highlightedText().color().name()
    plain = ToneColors(text, base)
    return Tokens(
        name="contrast",
        window=window,
        surface=base,
        surface2=base,
        text=text,
        text2=text,
        text3=text,
        accent=mark,
        link=palette.link().color().name(),
        on_accent=mark_text,
        accent_hover=mark,
        control=text,
        line=text,
        sel=mark,
        sel_text=mark_text,
        hover=base,
        focus=text,
        tones=dict.fromkeys(TONES, plain),
        series=(text, text, text, text),
        ramp=(base, base, base, base),
    )


def contrast(one: str, two: str) -> float:
    """WCAG contrast ratio of two ``#RRGGBB`` colours, 1.0 to 21.0."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
