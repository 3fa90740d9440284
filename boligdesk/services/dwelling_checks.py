"""What somebody wrote about a dwelling or a building, checked and in the form it is stored."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boligdesk.domain import identifiers
from boligdesk.domain.addresses import format_unit
from boligdesk.domain.catalog import DwellingStatus, FactSource, OfferKind, Ownership
from boligdesk.domain.dwellings import cadastre
from boligdesk.domain.facts import DWELLING, FactError, checked, kind_of
from boligdesk.domain.text import clean, clean_long
from boligdesk.domain.works import WorkCause, WorkKind
from boligdesk.services.errors import InvalidInput

if TYPE_CHECKING:
    from boligdesk.domain.identifiers import Matrikkelnummer
    from boligdesk.services.records.common import FactDraft
    from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft
    from boligdesk.services.records.register import EntranceDraft, WorkDraft, WorkEnd

_HOUSE_NO = re.compile(r"[0-9]{1,4}(?:[-/][0-9]{1,4})?")
_LENGTHS = {
    "code": 40,
    "street": 100,
    "city": 60,
    "disposal_form": 100,
    "name": 100,
    "owner": 100,
    "entrance": 30,
    "what": 200,
    "contractor": 100,
}
_FIRST_DAY = dt.date(1900, 1, 1)
_MOST_REMARK = 5000
#: Field: least, most, what people call it. Areas in tenths of m², rent in øre a month.
_DWELLING_BOUNDS = {
    "rooms": (0, 50, "Antall rom"),
    "bedrooms": (0, 50, "Antall soverom"),
    "area_m2x10": (10, 100_000, "Arealet"),
    "floor": (-5, 60, "Etasjen"),
    "rent_ore": (0, 100_000_000, "Leien"),
}
_ENTRANCE_BOUNDS = {
    "floors": (1, 60, "Antall etasjer"),
    "units_total": (1, 1000, "Antall boliger i oppgangen"),
    "limit_share": (0, 10_000, "Grensen"),
}
_BUILDING_BOUNDS = {
    "built_year": (1500, 2200, "Byggeåret"),
    "units_total": (1, 5000, "Antall boliger i bygget"),
    "floors": (1, 60, "Antall etasjer"),
}


def checked_dwelling(draft: DwellingDraft) -> tuple[DwellingDraft, Matrikkelnummer | None]:
    """The draft as it is stored, and its land register number. Raises InvalidInput for the first bad field."""
    code = _line("code", draft.code)
    if not code:
        raise InvalidInput("code", "Skriv en boligkode.", "Koden skiller boligen fra alle andre.")
    if draft.offer_kind is not None and draft.offer_kind not in OfferKind.codes():
        raise InvalidInput("offer_kind", "Velg en av typene i listen.")
    if draft.ownership is not None and draft.ownership not in Ownership.codes():
        raise InvalidInput("ownership", "Velg en av eierformene i listen.")
    for field, (least, most, name) in _DWELLING_BOUNDS.items():
        _bounded(field, getattr(draft, field), least, most, name)
    if draft.rooms is not None and draft.bedrooms is not None and draft.bedrooms > draft.rooms:
        raise InvalidInput("bedrooms", "Det kan ikke være flere soverom enn rom.")
    number = _cadastre(draft.cadastre)
    stored = replace(
        draft,
        code=code,
        **_place(draft),
        unit_no=_unit(draft.unit_no),
        disposal_form=_line("disposal_form", draft.disposal_form),
        cadastre=str(number) if number else "",
        remark=_remark(draft.remark),
    )
    return stored, number


def checked_building(draft: BuildingDraft) -> BuildingDraft:
    """The draft as it is stored. Raises InvalidInput for the first bad field."""
    name = _line("name", draft.name)
    place = _place(draft)
    if not name:
        name = " ".join(part for part in (place["street"], place["house_no"], place["letter"]) if part)
    if not name:
        raise InvalidInput("name", "Skriv navnet eller adressen til bygget.")
    number = re.sub(r"\s", "", draft.building_no)
    if number and not re.fullmatch(r"[0-9]{8,9}", number):
        raise InvalidInput("building_no", "Bygningsnummer har åtte eller ni sifre.")
    for field, (least, most, words) in _BUILDING_BOUNDS.items():
        _bounded(field, getattr(draft, field), least, most, words)
    return replace(draft, name=name, **place, building_no=number, owner=_line("owner", draft.owner))


def checked_entrance(draft: EntranceDraft) -> EntranceDraft:
    """The draft as it is stored. A lone letter is a capital one."""
    letter = _line("entrance", draft.letter)
    if not letter:
        raise InvalidInput("letter", "Skriv bokstaven eller navnet på oppgangen.")
    for field, (least, most, words) in _ENTRANCE_BOUNDS.items():
        _bounded(field, getattr(draft, field), least, most, words)
    return replace(draft, letter=letter.upper() if len(letter) == 1 else letter)


def checked_work(draft: WorkDraft) -> WorkDraft:
    """The draft as it is stored. Raises InvalidInput for the first bad field."""
    if (draft.dwelling_id is None) == (draft.building_id is None):
        raise InvalidInput("what", "Velg en bolig eller et bygg.")
    if draft.kind not in WorkKind.codes():
        raise InvalidInput("kind", "Velg hva slags arbeid det er.")
    if draft.cause is not None and draft.cause not in WorkCause.codes():
        raise InvalidInput("cause", "Velg en av årsakene i listen.")
    what = _line("what", draft.what)
    if not what:
        raise InvalidInput("what", "Skriv kort hva som skal gjøres.")
    if draft.begins_on < _FIRST_DAY:
        raise InvalidInput("begins_on", "Datoen ligger for langt tilbake.")
    if draft.planned_to is not None and draft.planned_to < draft.begins_on:
        raise InvalidInput("planned_to", "Arbeidet kan ikke være ferdig før det begynner.")
    if draft.takes_out and draft.dwelling_id is None:
        raise InvalidInput(
            "takes_out",
            "Et arbeid på et bygg endrer ikke statusen til boligene.",
            todo="Registrer arbeidet på boligene det gjelder.",
        )
    _bounded("cost_ore", draft.cost_ore, 0, 100_000_000_000, "Kostnaden")
    return replace(draft, what=what, contractor=_line("contractor", draft.contractor))


def checked_end(end: WorkEnd, today: dt.date) -> None:
    if end.on is not None and end.on > today:
        raise InvalidInput(
            "on", "Arbeidet kan ikke være ferdig i framtiden.", todo="Rett planlagt ferdig i stedet."
        )
    if end.status_after not in {DwellingStatus.VACANT, DwellingStatus.LET}:
        raise InvalidInput("status_after", "Velg om boligen er ledig eller utleid.")


def check_fact(draft: FactDraft, today: dt.date) -> None:
    """Raises InvalidInput, with the question as field, for an answer that does not fit it."""
    try:
        checked(kind_of(DWELLING, draft.key), draft.state, draft.value)
    except FactError as error:
        raise InvalidInput(draft.key, str(error)) from None
    if draft.source not in FactSource.codes():
        raise InvalidInput(draft.key, "Velg hvor opplysningen kommer fra.")
    if draft.observed_on is not None and draft.observed_on > today:
        raise InvalidInput(draft.key, "Kontrollen kan ikke være gjort i framtiden.")


def _place(draft: DwellingDraft | BuildingDraft) -> dict[str, Any]:
    street = _line("street", draft.street)
    house_no = re.sub(r"\s", "", clean(draft.house_no)).replace("–", "-").lstrip("0")
    letter = clean(draft.letter).upper()
    if house_no and not _HOUSE_NO.fullmatch(house_no):
        raise InvalidInput("house_no", "Husnummeret må være et tall.", "For eksempel 12 eller 12-14.")
    if letter and not (len(letter) == 1 and letter.isalpha()):
        raise InvalidInput("letter", "Bokstaven i adressen må være én bokstav.", "For eksempel B.")
    if (house_no or letter) and not street:
        raise InvalidInput("street", "Skriv gaten som husnummeret hører til.")
    return {
        "street": street,
        "house_no": house_no,
        "letter": letter,
        "postcode": _postcode(draft.postcode),
        "city": _line("city", draft.city),
    }


def _line(field: str, text: str) -> str:
    line = clean(text)
    if len(line) > _LENGTHS[field]:
        raise InvalidInput(field, "Teksten er for lang.", f"Det er plass til {_LENGTHS[field]} tegn.")
    return line


def _remark(text: str) -> str:
    remark = clean_long(text)
    if len(remark) > _MOST_REMARK:
        raise InvalidInput("remark", "Merknaden er for lang.", f"Det er plass til {_MOST_REMARK} tegn.")
    return remark


def _postcode(text: str) -> str:
    if not text.strip():
        return ""
    found = identifiers.check(text, identifiers.POSTCODE)
    if not found.valid:
        raise InvalidInput("postcode", found.reasons[0])
    return identifiers.normalise(text)


def _unit(text: str) -> str:
    if not text.strip():
        return ""
    found = identifiers.check(text, identifiers.UNIT)
    if not found.valid:
        raise InvalidInput("unit_no", found.reasons[0])
    return format_unit(text) or identifiers.normalise(text)


def _cadastre(text: str) -> Matrikkelnummer | None:
    """Without municipality it is taken as it is: old lists have it so."""
    if not text.strip():
        return None
    number = cadastre(text)
    if number is None:
        raise InvalidInput("cadastre", identifiers.check(text, identifiers.CADASTRE).reasons[0])
    return number


def _bounded(field: str, value: int | None, least: int, most: int, name: str) -> None:
    if value is not None and not least <= value <= most:
        raise InvalidInput(field, f"{name} kan ikke stemme.", "Tallet er for lavt eller for høyt.")
