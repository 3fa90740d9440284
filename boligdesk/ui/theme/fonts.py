"""Type sizes by purpose, in points, and the bundled family for machines without Segoe UI."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

from boligdesk.resources import resource_path

FontRole = Literal["h1", "h2", "body", "strong", "cap", "num", "field"]
SEGOE = "Segoe UI"
BUNDLED = "Open Sans"
BUNDLED_FILES = ("OpenSans-Regular.ttf", "OpenSans-SemiBold.ttf")
LATER_FILES = ("OpenSans-Bold.ttf",)
"""Not in the first picture."""
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
_has_all: list[bool] = []


def family() -> str:
    """The family in use: Segoe UI where Windows has it, else the bundled one, loaded once."""
    if not _family:
        _family.append(SEGOE if QFontDatabase.hasFamily(SEGOE) else _load_bundled())
    return _family[0]


def font(role: FontRole) -> QFont:
    """A font for a purpose, with figures of equal width."""
    size, weight = SIZES[role]
    made = QFont(family())
    made.setPointSizeF(size)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def load_the_rest() -> None:
    """The weights that the first picture does not need."""
    if family() == BUNDLED and not _has_all:
        _has_all.append(True)
        _load(LATER_FILES)


def _load_bundled() -> str:
    _load(BUNDLED_FILES)
    return BUNDLED


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))
