"""Type sizes by purpose, in points, and the bundled family for machines without Segoe UI."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

from boligdesk.resources import resource_path

FontRole = Literal["h1", "h2", "body", "strong", "cap", "num", "field"]
SEGOE = "Segoe UI"
BUNDLED = "Open Sans"
BUNDLED_FILES = ("OpenSans-Regular.ttf", "OpenSans-SemiBold.ttf", "OpenSans-Bold.ttf")
SIZES: dict[FontRole, tuple[float, QFont.Weight]] = {
    "h1": (18, QFont.Weight.DemiBold),
    "h2": (12, QFont.Weight.DemiBold),
    "body": (10, QFont.Weight.Normal),
    "strong": (10, QFont.Weight.DemiBold),
    "cap": (9, QFont.Weight.Normal),
    "num": (22, QFont.Weight.DemiBold),
    "field": (13, QFont.Weight.Normal),
}
_family: list[str] = []


def family() -> str:
    """The family in use: Segoe UI where Windows has it, else the bundled one, loaded once."""
    if not _family:
        _family.append(SEGOE if SEGOE in QFontDatabase.families() else _load_bundled())
    return _family[0]


def font(role: FontRole) -> QFont:
    """A font for a purpose, with figures of equal width."""
    size, weight = SIZES[role]
    made = QFont(family())
    made.setPointSizeF(size)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _load_bundled() -> str:
    for name in BUNDLED_FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))
    return BUNDLED
