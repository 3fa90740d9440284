"""Rules of the housing register: addresses that sort, statuses through time, words for rows and timelines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boligdesk.domain.addresses import StreetAddress, compose_address
from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.identifiers import Matrikkelnummer, parse_matrikkelnummer
from boligdesk.domain.text import sort_key
from boligdesk.domain.works import WorkKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_S = DwellingStatus

#: From status to status (model.md 2.4). «Utleid» may be chosen by hand as long as the program has no
#: tenancies; when they come, only an active tenancy sets it. A reserved dwelling is let go or let first.
TRANSITIONS: dict[DwellingStatus, frozenset[DwellingStatus]] = {
    _S.VACANT: frozenset({_S.RESERVED, _S.LET, _S.WORKS, _S.UNAVAILABLE, _S.SOLD, _S.DEMOLISHED}),
    _S.RESERVED: frozenset({_S.VACANT, _S.LET, _S.SOLD, _S.DEMOLISHED}),
    _S.LET: frozenset({_S.VACANT, _S.RESERVED, _S.WORKS, _S.UNAVAILABLE}),
    _S.WORKS: frozenset({_S.VACANT, _S.SOLD, _S.DEMOLISHED}),
    _S.UNAVAILABLE: frozenset({_S.VACANT, _S.SOLD, _S.DEMOLISHED}),
    _S.SOLD: frozenset(),
    _S.DEMOLISHED: frozenset(),
}

#: Statuses in which a day for «ledig fra» says something.
_MAY_AWAIT = frozenset({_S.VACANT, _S.LET, _S.WORKS, _S.UNAVAILABLE})

#: Column, word for yes, word for no, word when asked for. The first four are always accounted for (ui.md S8).
_ACCESSIBILITY: tuple[tuple[str, str, str, str], ...] = (
    ("step_free", "trinnfri", "ikke trinnfri", "trinnfri"),
    ("lift", "heis", "ikke heis", "heis"),
    ("wide_door", "bred dør", "ikke bred dør", "bred dør"),
    ("bath", "tilrettelagt bad", "ikke tilrettelagt bad", "bad"),
    ("wheelchair", "plass til rullestol", "ikke plass til rullestol", ""),
)


def may_become(now: DwellingStatus, then: DwellingStatus) -> bool:
    """Whether the status may follow directly. The same status again is no change and never allowed."""
    return then in TRANSITIONS[now]


def why_not(now: DwellingStatus, then: DwellingStatus) -> str:
    """What to do when a status may not follow, in one sentence."""
    if now is then:
        return f"Boligen står allerede som «{now.label.lower()}»."
    if now.is_gone:
        return "Boligen er ute av registeret. Angre det hvis det var feil."
    if now is _S.LET and then.is_gone:
        return f"Boligen er utleid. Sett den som ledig før den blir {then.label.lower()}."
    return "Sett boligen som ledig først."


@dataclass(frozen=True, slots=True)
class StatusNow:
    """``since`` None = since before anybody knows."""

    status: DwellingStatus
    since: dt.date | None
    available_on: dt.date | None
    version: int


@dataclass(frozen=True, slots=True)
class StatusStep:
    """What a wish for a status comes to on a day. ``changes`` False = only «ledig fra» is kept."""

    changes: bool
    from_on: dt.date
    available_on: dt.date | None


def status_step(
    now: DwellingStatus | None,
    then: DwellingStatus,
    from_on: dt.date,
    available_on: dt.date | None,
    today: dt.date,
) -> StatusStep:
    """The same status again, and «Ledig» from a day to come, leave the status and keep the day.

    ``now`` None = a new dwelling, which gets its status whatever the day.
    """
    if then is _S.VACANT and from_on > today:
        return StatusStep(now is None, today, from_on)
    return StatusStep(then is not now, from_on, available_on if then in _MAY_AWAIT else None)


def accessibility(known: Mapping[str, int | None]) -> str:
    """«Trinnfri, heis · ikke plass til rullestol · vet ikke: bred dør, bad». Nothing known gives «Vet ikke».

    Yes, no and unknown are three things: of the four facts that every row accounts for, an unknown one is
    named and never said as no. Room for a wheelchair is said when it is known.
    """
    yes = [word for key, word, _no, _ask in _ACCESSIBILITY if known.get(key) == 1]
    no = [word for key, _yes, word, _ask in _ACCESSIBILITY if known.get(key) == 0]
    unknown = [word for key, _yes, _no, word in _ACCESSIBILITY if word and known.get(key) is None]
    if not yes and not no:
        return "Vet ikke"
    parts = [", ".join(words) for words in (yes, no) if words]
    if unknown:
        parts.append(f"vet ikke: {', '.join(unknown)}")
    sentence = " · ".join(parts)
    return sentence[0].upper() + sentence[1:]


def address_sort(street: str, house_no: str, letter: str, unit_no: str) -> str:
    """Sort key: Storgata 2, 2 A, 2 B, 12. A missing letter sorts before any letter; no street sorts last."""
    if not street:
        return "~"
    return sort_key(f"{street} {house_no or '0'} {letter or '0'} {unit_no or '0'}")


def address_of(street: str | None, house_no: str | None, letter: str | None, unit_no: str | None) -> str:
    """«Storgata 12 B H0203», or nothing when the street is not known."""
    return compose_address(StreetAddress(street or "", house_no or "", letter or "", unit_no or ""))


def cadastre(value: str) -> Matrikkelnummer | None:
    """The land register number; the municipality may be missing in old lists. None when it cannot be one."""
    number = parse_matrikkelnummer(value)
    if number is None or number.gnr == 0 or number.bnr == 0:
        return None
    wrong_place = number.kommune is not None and (len(number.kommune) != 4 or number.kommune == "0000")
    return None if wrong_place else number


def residential_setting(municipal: int, units_total: int | None, has_building: bool) -> str:
    """«2 av 12 boliger i bygget er kommunale (17 %).», or what is missing to say it."""
    if not has_building:
        return "Boligen er ikke knyttet til et bygg, så vi kan ikke regne ut andelen kommunale boliger."
    are = (
        f"{municipal} {'bolig' if municipal == 1 else 'boliger'} i bygget er {_plural('kommunal', municipal)}"
    )
    if not units_total:
        return f"{are}. Antall boliger i bygget i alt mangler."
    if municipal > units_total:
        return f"{are}, men bygget er ført med {units_total} i alt. Rett tallet på bygget."
    share = (municipal * 100 + units_total // 2) // units_total
    words = _plural("kommunal", municipal)
    homes = "bolig" if units_total == 1 else "boliger"
    return f"{municipal} av {units_total} {homes} i bygget er {words} ({share} %)."


def entrance_setting(letter: str, municipal: int, units_total: int | None, limit: int | None) -> str:
    """«I oppgang B er 2 av 8 boliger kommunale (25 %), over grensen på 20 %.» ``limit``: per cent times 100."""
    if not units_total or municipal > units_total:
        homes = "bolig" if municipal == 1 else "boliger"
        tail = "Antall boliger i oppgangen i alt mangler." if not units_total else "Rett tallet på oppgangen."
        return f"I oppgang {letter} er {municipal} {homes} {_plural('kommunal', municipal)}. {tail}"
    share = (municipal * 100 + units_total // 2) // units_total
    words = f"I oppgang {letter} er {municipal} av {units_total} boliger {_plural('kommunal', municipal)} ({share} %)"
    if limit is None:
        return f"{words}."
    most = f"{limit / 100:g}".replace(".", ",")
    over = municipal * 10_000 > limit * units_total
    return f"{words}, {'over' if over else 'innenfor'} grensen på {most} %."


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}e"


#: Words of the fields of a dwelling and a building, for timelines and the conflict page.
FIELD_LABELS: dict[str, str] = {
    "code": "boligkode",
    "street": "gate",
    "house_no": "husnummer",
    "letter": "bokstav",
    "unit_no": "bolignummer",
    "postcode": "postnummer",
    "city": "poststed",
    "district_id": "område",
    "building_id": "bygg",
    "entrance_id": "oppgang",
    "offer_kind": "type",
    "ownership": "eierform",
    "disposal_form": "disposisjonsform",
    "rooms": "rom",
    "bedrooms": "soverom",
    "area_m2x10": "areal",
    "floor": "etasje",
    "rent_ore": "leie",
    "cadastre": "matrikkelnummer",
    "counts_kostra": "telles i KOSTRA",
    "remark": "merknad",
    "name": "navn",
    "building_no": "bygningsnummer",
    "built_year": "byggeår",
    "owner": "eier",
    "units_total": "boliger i alt",
    "floors": "etasjer",
    "has_lift": "heis",
}
_SYSTEMS = {"kobo": "Kobo", "fdv": "FDV", "ekstra": "ekstra referanse", "import": "import"}


def timeline_words(
    verb: str, params: Mapping[str, Any], fact_labels: Mapping[str, str]
) -> tuple[str, str, str]:
    """(kind, title, text) of one event of a dwelling. Never a person, never why it is not at our disposal."""
    if verb == "set_dwelling_status":
        return "status", _status_title(params), _status_text(params)
    if verb in WORK_TITLES:
        return "bolig", WORK_TITLES[verb], _work_text(params)
    title = TITLES.get(verb, "Boligen er endret")
    text = ""
    if verb == "change_dwelling":
        text = _sentence([FIELD_LABELS[name] for name in params.get("fields", ()) if name in FIELD_LABELS])
    elif verb == "record_facts":
        text = ", ".join(fact_labels[key] for key in params.get("keys", ()) if key in fact_labels)
    elif verb == "add_external_ref":
        text = _SYSTEMS.get(str(params.get("system")), "")
    elif verb == "undo":
        text = _UNDONE.get(str(params.get("verb")), "")
    return "bolig", title, text


#: Acts on works, of a dwelling or of a building.
WORK_TITLES = {
    "record_work": "Et arbeid er registrert",
    "change_work": "Et arbeid er endret",
    "end_work": "Et arbeid er ferdig",
    "drop_work": "Et arbeid er tatt bort",
}
#: What each act is called in the timeline and the log.
TITLES = {
    **WORK_TITLES,
    "register_entrance": "Oppgangen er registrert",
    "change_entrance": "Opplysninger om oppgangen er endret",
    "end_entrance": "Oppgangen er tatt bort",
    "set_dwelling_status": "Boligen har fått ny status",
    "register_dwelling": "Boligen er registrert",
    "change_dwelling": "Opplysninger om boligen er endret",
    "record_facts": "Forhold ved boligen er kontrollert",
    "add_external_ref": "Nummer i et annet system er lagt til",
    "undo": "En endring er angret",
}
_UNDONE = {
    "set_dwelling_status": "Statusen er som før.",
    "register_dwelling": "Boligen er tatt ut av registeret.",
    "change_dwelling": "Opplysningene er som før.",
    "record_work": "Arbeidet er tatt bort.",
    "change_work": "Arbeidet er som før.",
    "end_work": "Arbeidet er ikke ferdig likevel.",
    "drop_work": "Arbeidet er tilbake.",
}


def _sentence(words: list[str]) -> str:
    return ", ".join(words)[:1].upper() + ", ".join(words)[1:]


def _status_title(params: Mapping[str, Any]) -> str:
    status = str(params.get("status", ""))
    if not params.get("changes", True):
        return "Dagen boligen blir ledig, er meldt"
    return f"Status: {DwellingStatus(status).label}" if status in DwellingStatus.codes() else "Ny status"


def _status_text(params: Mapping[str, Any]) -> str:
    words = []
    if params.get("from_on"):
        words.append(f"Fra {_day(params['from_on'])}.")
    if params.get("available_on"):
        words.append(f"Ledig fra {_day(params['available_on'])}.")
    return " ".join(words)


def _work_text(params: Mapping[str, Any]) -> str:
    kind = str(params.get("kind", ""))
    words = [f"{WorkKind(kind).label}." if kind in WorkKind.codes() else ""]
    if params.get("finished_on"):
        words.append(f"Ferdig {_day(params['finished_on'])}.")
    elif params.get("begins_on"):
        planned = params.get("planned_to")
        to = f" til {_day(planned)}" if planned else ""
        words.append(f"Fra {_day(params['begins_on'])}{to}.")
    return " ".join(word for word in words if word)


def _day(value: Any) -> str:
    return long_date(dt.date.fromisoformat(str(value)))
