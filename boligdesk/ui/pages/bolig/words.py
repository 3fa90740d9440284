"""What the cards of a dwelling say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.calendar import long_date, short_date
from boligdesk.domain.catalog import DwellingStatus, FactSource, FactState
from boligdesk.domain.money import format_kr
from boligdesk.ui.home_words import kind_words, ownership_words, square_metres

if TYPE_CHECKING:
    from boligdesk.services.records.common import FactValue
    from boligdesk.services.records.dwellings import DwellingDetail, DwellingDraft, StatusPeriod

UNKNOWN = "Ikke oppgitt"
_SOURCES = {source.value: source.label.lower() for source in FactSource}


def fact_words(fact: FactValue) -> str:
    """«Ja · befaring 12. nov. 2026»; «Vet ikke» when nobody has looked."""
    if fact.id is None:
        return FactState.UNKNOWN.label
    source = _SOURCES.get(fact.source, fact.source)
    day = fact.observed_on
    return f"{fact.text} · {source}" + (f" {short_date(day)} {day.year}" if day else "")


def data_facts(found: DwellingDetail) -> list[tuple[str, str]]:
    """The register's card, label and value."""
    draft = found.draft
    facts = [
        ("Type", kind_words(draft.offer_kind)),
        ("Område", found.district or UNKNOWN),
        ("Poststed", f"{draft.postcode} {draft.city}".strip() or UNKNOWN),
        ("Areal", square_metres(draft.area_m2x10)),
        ("Rom", _rooms(draft)),
        ("Etasje", UNKNOWN if draft.floor is None else str(draft.floor)),
        ("Leie", f"{format_kr(draft.rent_ore)} per måned" if draft.rent_ore is not None else UNKNOWN),
        ("Eierform", ownership_words(draft.ownership)),
        ("Disposisjonsform", draft.disposal_form or UNKNOWN),
        ("Bygg", found.building.name if found.building else UNKNOWN),
        ("Oppgang", _entrance(found)),
        ("Matrikkelnummer", draft.cadastre or UNKNOWN),
        ("KOSTRA", "Telles med" if draft.counts_kostra else "Telles ikke med"),
    ]
    return [*facts, ("Merknad", draft.remark)] if draft.remark else facts


def _entrance(found: DwellingDetail) -> str:
    """«B, med heis, 4 etasjer»."""
    entrance = found.entrance
    if entrance is None:
        return UNKNOWN
    lift = {True: "med heis", False: "uten heis", None: ""}[entrance.has_lift]
    floors = f"{entrance.floors} {'etasje' if entrance.floors == 1 else 'etasjer'}" if entrance.floors else ""
    return ", ".join(part for part in (entrance.letter, lift, floors) if part)


def _rooms(draft: DwellingDraft) -> str:
    parts = [f"{draft.rooms} rom"] if draft.rooms is not None else []
    if draft.bedrooms is not None:
        parts.append(f"{draft.bedrooms} soverom")
    return ", ".join(parts) or UNKNOWN


def status_facts(periods: tuple[StatusPeriod, ...]) -> list[tuple[str, str]]:
    """«1. okt. 2026 – nå» and what the status was, newest first."""
    return [(_period(period), _status(period)) for period in periods]


def _period(period: StatusPeriod) -> str:
    begin = f"{short_date(period.valid_from)} {period.valid_from.year}" if period.valid_from else "ukjent"
    end = f"{short_date(period.valid_to)} {period.valid_to.year}" if period.valid_to else "nå"
    return f"{begin} – {end}"


def _status(period: StatusPeriod) -> str:
    said = [DwellingStatus(period.status).label, period.reason, period.by]
    return " · ".join(part for part in said if part)


def since(found: DwellingDetail) -> str:
    """«Utleid siden 1. oktober 2026. Ledig fra 1. desember 2026.»."""
    status = DwellingStatus(found.status).label
    began = f" siden {long_date(found.status_from)}" if found.status_from else ", vi vet ikke siden når"
    parts = [f"{status}{began}."]
    if found.available_on:
        parts.append(f"Ledig fra {long_date(found.available_on)}.")
    return " ".join(parts)
