"""The look: tokens, fonts, style sheet, and ``apply_theme``."""

from __future__ import annotations

from .apply import ThemeMode, apply_theme, palette, restyle, set_role, theme, tokens
from .fonts import FontRole, font
from .tokens import (
    CARD_MARGINS,
    CONTROL_HEIGHT,
    DARK,
    FIELD_HEIGHT,
    LIGHT,
    PAGE_MARGINS,
    QUIET_TONES,
    RADIUS,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_6,
    TONES,
    Tokens,
    Tone,
    contrast,
    contrast_tokens,
)

__all__ = [
    "CARD_MARGINS",
    "CONTROL_HEIGHT",
    "DARK",
    "FIELD_HEIGHT",
    "LIGHT",
    "PAGE_MARGINS",
    "QUIET_TONES",
    "RADIUS",
    "SPACE_1",
    "SPACE_2",
    "SPACE_3",
    "SPACE_4",
    "SPACE_6",
    "TONES",
    "FontRole",
    "ThemeMode",
    "Tokens",
    "Tone",
    "apply_theme",
    "contrast",
    "contrast_tokens",
    "font",
    "palette",
    "restyle",
    "set_role",
    "theme",
    "tokens",
]
