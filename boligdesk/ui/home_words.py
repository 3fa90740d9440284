"""Dwellings as lists and pages say them: status as a pill, short names of types, areas and amounts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import long_date, short_date
from boligdesk.domain.catalog import DwellingStatus, OfferKind, Ownership
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    from boligdesk.ui.theme import Tone

_S = DwellingStatus
_PILLS: dict[DwellingStatus, tuple[Tone, str]] = {
    _S.VACANT: ("ok", "key"),
    _S.RESERVED: ("neutral", "calendar_ltr"),
    _S.LET: ("neutral", "home_person"),
    _S.WORKS: ("info", "wrench"),
    _S.UNAVAILABLE: ("neutral", "home"),
    _S.SOLD: ("neutral", "archive"),
    _S.DEMOLISHED: ("neutral", "archive"),
}
#: One, many: «1 ledig», «9 ledige». The order of the head line.
_COUNTED: dict[DwellingStatus, tuple[str, str]] = {
    _S.VACANT: ("ledig", "ledige"),
    _S.RESERVED: ("reservert", "reserverte"),
    _S.WORKS: ("under utbedring", "under utbedring"),
    _S.UNAVAILABLE: ("ikke disponibel", "ikke disponible"),
    _S.LET: ("utleid", "utleide"),
}
_SHORT_KINDS = {
    OfferKind.CARE_STAFFED: ("Omsorg", "med base"),
    OfferKind.CARE_DISPERSED: ("Omsorg", "spredt"),
    OfferKind.ORDINARY_SHARED: ("Ordinær", "samlokalisert"),
    OfferKind.ORDINARY_DISPERSED: ("Ordinær", "spredt"),
}
_NO_BREAK = "\u00a0"


def status_pill(status: str, available_on: dt.date | None, today: dt.date) -> PillSpec:
    """«Ledig», «Ledig 1. des.» when that day has not come."""
    known = DwellingStatus(status)
    tone, icon = _PILLS[known]
    word = known.label
    if known is _S.VACANT and available_on is not None and available_on > today:
        word = f"Ledig {short_date(available_on)}"
    return PillSpec(tone, word, icon)


def counted(by_status: dict[str, int]) -> list[str]:
    """«9 ledige», «12 under utbedring» … for every status that has any; they add up to the total."""
    return [
        f"{number} {words[number != 1]}"
        for status, words in _COUNTED.items()
        if (number := by_status.get(status, 0))
    ]


def short_kind(code: str | None) -> tuple[str, str]:
    """The type in the few words that the two lines of a column have room for."""
    if code is None:
        return "–", ""
    return _SHORT_KINDS.get(OfferKind(code), (OfferKind(code).label, ""))


def kind_words(code: str | None) -> str:
    return OfferKind(code).label if code else "Ikke oppgitt"


def ownership_words(code: str | None) -> str:
    return Ownership(code).label if code else "Ikke oppgitt"


def area_words(m2x10: int | None) -> str:
    """«82» or «82,5», square metres; empty when unknown."""
    if m2x10 is None:
        return ""
    whole, tenth = divmod(m2x10, 10)
    return f"{whole},{tenth}" if tenth else str(whole)


def square_metres(m2x10: int | None) -> str:
    return f"{area_words(m2x10)}{_NO_BREAK}m²" if m2x10 is not None else "Ikke oppgitt"


def parse_area(text: str) -> int | None:
    """Tenths of m² from «82», «82,5», «82 m²». Empty is None. ValueError with a sentence otherwise."""
    cleaned = text.casefold().replace("m²", "").replace("m2", "").replace(",", ".")
    cleaned = "".join(cleaned.split())
    if not cleaned:
        return None
    whole, _, tenth = cleaned.partition(".")
    if not whole.isdecimal() or not (tenth == "" or (tenth.isdecimal() and len(tenth) == 1)):
        raise ValueError("Skriv arealet i m², for eksempel 82 eller 82,5.")
    return int(whole) * 10 + int(tenth or "0")


def day_words(day: dt.date | None, unknown: str = "") -> str:
    return long_date(day) if day else unknown
