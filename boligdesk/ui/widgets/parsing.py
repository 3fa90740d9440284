"""What people type for dates and money, and how it is shown back. Pure functions."""

from __future__ import annotations

import re
from datetime import date, timedelta

NBSP = "\u00a0"
_WORDS = {"i dag": 0, "idag": 0, "i morgen": 1, "imorgen": 1, "i går": -1, "igår": -1}
_MONEY = re.compile(r"^(-?\d+)(?:[,.](\d{1,2}|-))?$")


def parse_date(text: str, today: date) -> date | None:
    """``24.11.2026``, ``24.11.26``, ``24.11`` (this year), ``241126``, ``24112026``, ``i dag``. Empty is None.

    Two-digit years are the nearest such year up to ten years ahead. ValueError with a sentence otherwise.
    """
    cleaned = " ".join(text.lower().split())
    if not cleaned:
        return None
    if cleaned in _WORDS:
        return today + timedelta(days=_WORDS[cleaned])
    parts = [p for p in re.split(r"[.\-/ ]+", cleaned) if p]
    if len(parts) == 1 and cleaned.isdigit() and len(cleaned) in {6, 8}:
        parts = [cleaned[:2], cleaned[2:4], cleaned[4:]]
    if len(parts) not in {2, 3} or not all(p.isdecimal() for p in parts):
        raise ValueError("Skriv datoen som 24.11.2026.")
    try:
        return _build(parts, today)
    except ValueError:
        raise ValueError("Datoen finnes ikke. Skriv den som 24.11.2026.") from None


def _build(parts: list[str], today: date) -> date:
    if len(parts) == 2:
        return date(today.year, int(parts[1]), int(parts[0]))
    if len(parts[0]) == 4:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    year = int(parts[2])
    if len(parts[2]) == 2:
        year += today.year // 100 * 100
        year -= 100 if year > today.year + 10 else 0
    elif len(parts[2]) != 4:
        raise ValueError
    return date(year, int(parts[1]), int(parts[0]))


def show_date(day: date | None) -> str:
    """``24.11.2026``; empty when unknown."""
    return f"{day:%d.%m.%Y}" if day else ""


def parse_money(text: str) -> int | None:
    """Whole øre from ``9 840``, ``9840,50``, ``9 840 kr``, ``9 840,-``. Empty is None. ValueError with a sentence."""
    cleaned = re.sub(r"[\s\u00a0\u202f]", "", text.lower()).removesuffix("kr").removeprefix("kr")
    if not cleaned:
        return None
    found = _MONEY.match(cleaned)
    if not found:
        raise ValueError("Skriv beløpet i kroner, for eksempel 9 840 eller 9 840,50.")
    cents = (found[2] or "0").replace("-", "0")
    ore = int(cents.ljust(2, "0")) if found[2] not in {None, "-"} else 0
    whole = int(found[1]) * 100
    return whole - ore if found[1].startswith("-") else whole + ore


def show_money(ore: int | None) -> str:
    """``9 840`` or ``9 840,50`` with no-break spaces; empty when unknown. Without «kr»."""
    if ore is None:
        return ""
    kroner, rest = divmod(abs(ore), 100)
    text = f"{kroner:,}".replace(",", NBSP) + (f",{rest:02}" if rest else "")
    return f"-{text}" if ore < 0 else text
