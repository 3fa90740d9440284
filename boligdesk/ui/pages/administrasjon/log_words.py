"""The log in words: columns, and what the stored fields are called."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import short_date
from boligdesk.ui.drafting import OSLO
from boligdesk.ui.tables import Column
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    from boligdesk.services.records.work import LogRow

_READ, _WRITTEN = PillSpec("neutral", "Lest", icon="eye"), PillSpec("neutral", "Skrevet", icon="edit")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}).*)?")
#: Fields of the store as the forms call them; the same word is used wherever the field has the same name.
_FIELDS = {
    "access": "Tilgjengelighet", "active": "Aktiv", "area_m2": "Areal", "area_m2x10": "Areal i tideler",
    "asks": "Søker om", "available_on": "Ledig fra", "basis": "Grunnlag", "bedrooms": "Soverom",
    "birth_on": "Fødselsdato", "birth_precision": "Hvor sikker fødselsdatoen er", "building_no": "Bygningsnummer",
    "built_year": "Byggeår", "care_of": "c/o", "care_share": "Andel av omsorgen", "channel": "Kanal",
    "city": "Poststed", "clearance": "Tilgang til skjermede", "code": "Kode", "dead_on": "Dødsdato",
    "decided_by": "Bestemt av", "dissolved_on": "Gjelder til", "due_on": "Frist", "ended_at": "Avsluttet",
    "expected_on": "Ventet", "family": "Etternavn", "floor": "Etasje", "floors": "Etasjer", "formed_on": "Gjelder fra",
    "from_day": "Fra dag", "given": "Fornavn", "house_no": "Husnummer", "interpreter_language": "Tolkespråk",
    "key": "Spørsmål", "kind": "Type", "label": "Betegnelse", "letter": "Bokstav", "level": "Nivå",
    "login": "Windows-brukernavn", "name": "Navn", "next_on": "Neste dato", "number": "Nummer",
    "observed_on": "Kontrollert", "offer_kind": "Type tilbud", "opened_on": "Åpnet", "outcome": "Utfall",
    "own_attempts": "Egne forsøk", "owner": "Eier", "ownership": "Eierform", "phase": "Trinn", "place": "Sted",
    "postcode": "Postnummer", "reason": "Begrunnelse", "received_on": "Mottatt", "relation": "Rolle i husstanden",
    "remark": "Merknad", "rent_ore": "Leie i øre", "role": "Rolle", "rooms": "Rom", "source": "Kilde",
    "starts_at": "Begynner", "state": "Status", "status": "Status", "street": "Gate", "summary": "Sammendrag",
    "text": "Tekst", "title": "Tittel", "to_day": "Til dag", "unit_no": "Bolignummer", "units_total": "Boliger i bygget",
    "valid_from": "Gjelder fra", "valid_to": "Gjelder til", "waiting_on": "Venter på", "wants_paper": "Vil ha brev på papir",
    "what_it_takes": "Hva skal til", "written_form": "Målform",
}  # fmt: skip


def field_words(field: str) -> str:
    """«Gjelder fra» for ``role_grant.valid_from``."""
    name = field.rpartition(".")[2]
    return _FIELDS.get(name) or name.replace("_", " ").capitalize()


def value_words(value: str) -> str:
    """A stored value as a person reads it: dates in Norwegian, the rest as it is."""
    found = _DAY.fullmatch(value)
    if found is None:
        return value or "–"
    year, month, day, clock = found.groups()
    return f"{day}.{month}.{year}" + (f" {clock}" if clock else "")


def moment_words(moment: dt.datetime) -> str:
    """«24. nov. 2026 10:42»."""
    local = moment.astimezone(OSLO)
    return f"{short_date(local.date())} {local:%Y %H:%M}"


def kind_pill(entry: LogRow) -> PillSpec:
    return _READ if entry.kind == "lest" else _WRITTEN


def changes_words(entry: LogRow) -> str:
    """«Trinn: mottatt → vurdering; Frist: – → 24.12.2026»."""
    return "; ".join(
        f"{field_words(field)}: {value_words(old)} → {value_words(new)}" for field, old, new in entry.changes
    )


def log_columns() -> tuple[Column[LogRow], ...]:
    return (
        Column("at", "Når", lambda r: moment_words(r.at), 158, strong=True, narrowest=138),
        Column("who", "Hvem", lambda r: r.who, 130, narrowest=80),
        Column("what", "Hva", lambda r: r.what, 230, stretch=True, tooltip=lambda r: r.what, narrowest=130),
        Column("subject", "Gjelder", lambda r: r.subject or "–", 190, tooltip=lambda r: r.subject, narrowest=110),
        Column("reason", "Begrunnelse", lambda r: r.reason or "–", 140, tooltip=lambda r: r.reason, narrowest=80),
        Column("kind", "Type", lambda r: kind_pill(r).word, 106, pill=kind_pill, narrowest=92),
    )  # fmt: skip


def export_columns() -> tuple[Column[LogRow], ...]:
    """As the list, and what was changed."""
    return (*log_columns(), Column("changes", "Endringer", changes_words))
