"""What the fields are called on the forms, for the conflict page. Unknown fields keep their own name in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from boligdesk.ui.drafting import OSLO

LABELS = {
    "remark": "Merknad",
    "birth_on": "Fødselsdato",
    "dead_on": "Dødsdato",
    "written_form": "Målform",
    "interpreter_language": "Tolkespråk",
    "wants_paper": "Vil ha brev på papir",
    "label": "Navn på husstanden",
    "formed_on": "Gjelder fra",
    "dissolved_on": "Gjelder til",
    "phase": "Trinn",
    "waiting_on": "Venter på",
    "assignee_id": "Ansvarlig",
    "outcome": "Utfall",
    "what_it_takes": "Hva skal til for at det skal fungere?",
    "own_attempts": "Egne forsøk",
    "received_on": "Mottatt",
    "channel": "Kanal",
    "due_on": "Frist",
    "state": "Status",
    "status": "Status",
    "title": "Tittel",
    "name": "Navn",
    "street": "Gate",
    "house_no": "Husnummer",
    "letter": "Bokstav",
    "unit_no": "Bolignummer",
    "postcode": "Postnummer",
    "city": "Poststed",
    "rooms": "Rom",
    "bedrooms": "Soverom",
    "area_m2": "Areal",
    "floor": "Etasje",
    "rent_ore": "Leie",
    "code": "Kode",
    "district_id": "Område",
    "building_id": "Bygg",
    "offer_kind": "Type",
    "ownership": "Eierform",
    "available_on": "Ledig fra",
    "roles": "Roller",
    "clearance": "Tilgang til skjermede saker",
    "active": "Aktiv",
}


def label_of(field: str, labels: dict[str, str] | None = None) -> str:
    """The words beside the field."""
    known = {**LABELS, **(labels or {})}
    return known.get(field) or field.removesuffix("_id").replace("_", " ").capitalize()


def words_of(value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return "Tomt"
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(OSLO):%d.%m.%Y kl. %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, list | tuple):
        return ", ".join(words_of(part) for part in value) or "Tomt"
    return str(value)
