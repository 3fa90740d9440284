"""The columns of Boliger (ui.md S8): address first, status last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import short_date
from boligdesk.services.records.dwellings import DwellingRow
from boligdesk.ui.home_words import area_words, kind_words, short_kind, status_pill
from boligdesk.ui.tables import Column
from boligdesk.ui.widgets import show_money

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.ui.widgets import PillSpec

#: Words of the sort keys: «Sortert etter adresse».
SORTED_BY = {
    "address": "adresse",
    "district": "område",
    "kind": "type",
    "bedrooms": "soverom",
    "area": "areal",
    "rent": "leie",
    "available": "ledig fra",
    "status": "status",
}
_UNIT = re.compile(r"\s+([A-Z]\d{4})$")
_UNKNOWN = " · vet ikke: "
_SHORT_ACCESS = (("tilrettelagt bad", "bad"), ("Tilrettelagt bad", "Bad"))


def street(row: DwellingRow) -> str:
    """The address without the number of the unit, which stands below."""
    return _UNIT.sub("", row.address) or "Uten adresse"


def unit_and_code(row: DwellingRow) -> str:
    """«H0203 · B-005»."""
    unit = _UNIT.search(row.address)
    return f"{unit[1]} · {row.code}" if unit else row.code


def known_access(row: DwellingRow) -> str:
    """What is known, without the list of what is not. Short words: the whole sentence is in the tooltip."""
    known = row.accessibility.split(_UNKNOWN)[0]
    for whole, short in _SHORT_ACCESS:
        known = known.replace(whole, short)
    return known


def unknown_access(row: DwellingRow) -> str | None:
    """«Vet ikke: bad»."""
    _known, _mark, asked = row.accessibility.partition(_UNKNOWN)
    return f"Vet ikke: {asked}" if asked else None


def dwelling_columns(today: Callable[[], dt.date]) -> tuple[Column[DwellingRow], ...]:
    def available(row: DwellingRow) -> str:
        day = row.available_on
        if day is None:
            return ""
        return short_date(day) + (f" {day.year}" if day.year != today().year else "")

    def pill(row: DwellingRow) -> PillSpec:
        return status_pill(row.status, row.available_on, today())

    return (
        Column("address", "Adresse", street, 180, unit_and_code,
               strong=True, stretch=True, sort="address", narrowest=156),
        Column("district", "Område", lambda r: r.district or "–", 110, sort="district", narrowest=72),
        Column("kind", "Type", lambda r: short_kind(r.offer_kind)[0], 130, lambda r: short_kind(r.offer_kind)[1],
               sort="kind", narrowest=96, tooltip=lambda r: kind_words(r.offer_kind)),
        Column("bedrooms", "Soverom", lambda r: "–" if r.bedrooms is None else str(r.bedrooms), 86, align="right",
               sort="bedrooms", narrowest=82),
        Column("area", "m²", lambda r: area_words(r.area_m2x10) or "–", 64, align="right", sort="area", narrowest=52),
        Column("access", "UU", known_access, 280, unknown_access, tooltip=lambda r: r.accessibility,
               stretch=True, narrowest=180),
        Column("rent", "Leie, kr", lambda r: show_money(r.rent_ore) or "–", 88, align="right", sort="rent", narrowest=78),
        Column("available", "Ledig fra", available, 96, sort="available", narrowest=74,
               hidden=True),  # the status says it
        Column("status", "Status", lambda r: pill(r).word, 148, pill=pill, sort="status", narrowest=118),
    )  # fmt: skip
