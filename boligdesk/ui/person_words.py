"""A person as lists, pages and forms say it: birth date and age, periods, numbers, the protection bar."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import Protection
from boligdesk.domain.people import age_on

if TYPE_CHECKING:
    from collections.abc import Sequence

MASK = "•••••"
#: What screen readers hear in place of the bullets.
HIDDEN = "skjult"
UNKNOWN_BIRTH = "ukjent fødselsdato"
_PRECISION = {"ar": "bare året er kjent", "anslag": "anslått"}


class Period(Protocol):
    """Anything that holds for a time; ``valid_to`` is the first day it no longer holds."""

    @property
    def valid_from(self) -> dt.date | None: ...

    @property
    def valid_to(self) -> dt.date | None: ...


def is_over(child: Period, today: dt.date) -> bool:
    return child.valid_to is not None and child.valid_to <= today


def period_words(child: Period) -> str:
    """«fra 3. mars 2026», «til 3. mars 2026», «1. mai 2024 – 3. mars 2026»; empty when it always held."""
    start, end = child.valid_from, child.valid_to
    if start and end and start <= end:
        return f"{long_date(start)} – {long_date(end)}"
    if end:
        return f"til {long_date(end)}"
    return f"fra {long_date(start)}" if start else ""


def born_words(birth_on: dt.date | None, today: dt.date, dead_on: dt.date | None = None) -> str:
    """«15.03.1988 (38 år)»; the age at death for somebody who has died."""
    if birth_on is None:
        return UNKNOWN_BIRTH
    years = age_on(birth_on, dead_on or today)
    age = f"{years} år" if not dead_on else f"ble {years} år"
    return f"{birth_on:%d.%m.%Y} ({age})"


def precision_words(code: str | None) -> str:
    """«anslått»; empty for a certain date."""
    return _PRECISION.get(code or "", "")


def said_aloud(text: str) -> str:
    """The text with the word «skjult» for the bullets of a masked number."""
    return text.replace(MASK, HIDDEN)


def protection_bar(code: str) -> tuple[str, str]:
    """(title, sentence) of the purple bar (ui.md 3.9); empty when there is no protection."""
    if code == Protection.CONFIDENTIAL:
        return "Fortrolig", "Adressen er sperret (kode 7). Ikke oppgi hvor personen bor."
    if code in {Protection.STRICT, Protection.STRICT_ABROAD}:
        return "Strengt fortrolig", "Ikke nevn sted, skole eller telefon."
    return "", ""


def counted(number: int, one: str, many: str) -> str:
    """«1 person», «12 personer»."""
    return f"{number} {one if number == 1 else many}"


def joined(parts: Sequence[str], between: str = " · ") -> str:
    return between.join(part for part in parts if part)
