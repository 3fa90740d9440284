"""The catalogue of facts: what may be known about an application or a dwelling, and how it is answered.

Adding a question is one entry here and a field in a form. Facts about people have a ground in the closed
list of forskrift 2023-1330 § 5: ``ground`` is its letter. Facts about dwellings name nobody and need none.
A fact is three-valued: known (no is a known answer), asked but not known, not relevant; no row = never asked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from boligdesk.domain.applicant_groups import all_groups, groups_on
from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import FactState
from boligdesk.domain.money import format_kr
from boligdesk.domain.text import clean_long

if TYPE_CHECKING:
    from collections.abc import Iterable

FactAnswer = int | str | dt.date | None

APPLICATION = "soknad"
DWELLING = "bolig"

#: Which queue or kind of offer the application belongs to; its list is local and has dates.
APPLICANT_GROUP = "applicant_group"

MOST_TEXT = 4000
_MOST_ORE = 10**12
_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


class FactType(StrEnum):
    YES_NO = "yes_no"
    NUMBER = "number"
    CODE = "code"
    DATE = "date"
    TEXT = "text"
    MONEY = "money"

    @property
    def column(self) -> str:
        """Column of ``fact`` that holds the value."""
        return _COLUMNS[self]


_COLUMNS = {
    FactType.YES_NO: "value_num",
    FactType.NUMBER: "value_num",
    FactType.MONEY: "value_num",
    FactType.CODE: "value_code",
    FactType.DATE: "value_date",
    FactType.TEXT: "value_text",
}


class Section(StrEnum):
    """Parts of the form «Søknad og behov», in the order shown; the value is the heading."""

    HOUSEHOLD = "Husstand"
    HOUSING_NOW = "Bor nå"
    RESIDENCE = "Opphold"
    ECONOMY = "Økonomi"
    NEEDS = "Behov i boligen"
    AREAS = "Områder"
    DWELLING = "Om boligen"


class FactError(ValueError):
    """The answer does not fit the question. The message is for people and repeats no value."""


@dataclass(frozen=True, slots=True)
class FactKind:
    """One question. ``codes`` are (stored code, words); ``least`` and ``most`` bound a number (øre for money)."""

    key: str
    subject: str
    label: str
    type: FactType
    section: Section
    ground: str = ""
    unit: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 99
    help: str = ""


_PRESENT_HOUSING = (
    ("leier_privat", "Leier privat"),
    ("leier_kommunalt", "Leier av kommunen"),
    ("eier", "Eier"),
    ("hos_familie", "Hos familie eller venner"),
    ("midlertidig", "Midlertidig botilbud"),
    ("institusjon", "Institusjon"),
    ("fengsel", "Fengsel"),
    ("mottak", "Asylmottak"),
    ("uten_bolig", "Uten bolig"),
    ("annet", "Annet"),
)
_INCOME = (
    ("arbeid", "Arbeid"),
    ("uforetrygd", "Uføretrygd"),
    ("aap", "Arbeidsavklaringspenger"),
    ("alderspensjon", "Alderspensjon"),
    ("dagpenger", "Dagpenger"),
    ("overgangsstonad", "Overgangsstønad"),
    ("introduksjonsstonad", "Introduksjonsstønad"),
    ("kvalifiseringsstonad", "Kvalifiseringsstønad"),
    ("sosialhjelp", "Økonomisk sosialhjelp"),
    ("studielan", "Studielån og stipend"),
    ("ingen", "Ingen inntekt"),
    ("annet", "Annet"),
)
_RESIDENCE = (
    ("norsk", "Norsk statsborger"),
    ("nordisk", "Nordisk statsborger"),
    ("eos", "EØS-borger"),
    ("permanent", "Permanent oppholdstillatelse"),
    ("midlertidig", "Midlertidig oppholdstillatelse"),
    ("kollektiv", "Kollektiv beskyttelse"),
    ("sokt", "Har søkt om tillatelse"),
    ("annet", "Annet"),
)
_PETS = (("nei", "Nei"), ("hund", "Hund"), ("katt", "Katt"), ("annet", "Annet dyr"))


def _soknad(key: str, label: str, kind: FactType, section: Section, ground: str, **more: object) -> FactKind:
    return FactKind(key, APPLICATION, label, kind, section, ground, **more)  # type: ignore[arg-type]  # named fields


def _bolig(key: str, label: str, kind: FactType = FactType.YES_NO, **more: object) -> FactKind:
    return FactKind(key, DWELLING, label, kind, Section.DWELLING, **more)  # type: ignore[arg-type]  # named fields


CATALOGUE: tuple[FactKind, ...] = (
    _soknad("adults", "Voksne i husstanden", FactType.NUMBER, Section.HOUSEHOLD, "b", least=0, most=30),
    _soknad("children", "Barn under 18 år som bor fast", FactType.NUMBER, Section.HOUSEHOLD, "b", most=30),
    _soknad(
        "children_part_time",
        "Barn med delt bosted eller samvær",
        FactType.NUMBER,
        Section.HOUSEHOLD,
        "b",
        most=30,
    ),
    _soknad("expects_child", "Venter barn", FactType.YES_NO, Section.HOUSEHOLD, "b"),
    _soknad("school", "Skole og barnehage", FactType.TEXT, Section.HOUSEHOLD, "k"),
    _soknad(
        "housing_now", "Hvordan bor du nå?", FactType.CODE, Section.HOUSING_NOW, "h", codes=_PRESENT_HOUSING
    ),
    _soknad("housing_now_text", "Mer om boligen nå", FactType.TEXT, Section.HOUSING_NOW, "h"),
    _soknad("must_leave_by", "Må flytte innen", FactType.DATE, Section.HOUSING_NOW, "h"),
    _soknad("notice_given", "Leieforholdet er sagt opp", FactType.YES_NO, Section.HOUSING_NOW, "h"),
    _soknad("bedrooms_now", "Soverom i boligen nå", FactType.NUMBER, Section.HOUSING_NOW, "h", most=20),
    _soknad("rent_now", "Husleie nå", FactType.MONEY, Section.HOUSING_NOW, "h", unit="per måned"),
    _soknad("botid_since", "Har bodd i kommunen siden", FactType.DATE, Section.RESIDENCE, "a"),
    _soknad(
        "residence_basis", "Grunnlag for opphold", FactType.CODE, Section.RESIDENCE, "g", codes=_RESIDENCE
    ),
    _soknad("residence_until", "Oppholdet gjelder til", FactType.DATE, Section.RESIDENCE, "g"),
    _soknad("residence_renewal", "Har søkt om å fornye oppholdet", FactType.YES_NO, Section.RESIDENCE, "g"),
    _soknad("income_kind", "Viktigste inntekt", FactType.CODE, Section.ECONOMY, "d", codes=_INCOME),
    _soknad(
        "income_month", "Samlet inntekt etter skatt", FactType.MONEY, Section.ECONOMY, "d", unit="per måned"
    ),
    _soknad("debt", "Gjeld", FactType.MONEY, Section.ECONOMY, "d"),
    _soknad(
        "max_rent",
        "Høyeste husleie søkeren kan betale",
        FactType.MONEY,
        Section.ECONOMY,
        "e",
        unit="per måned",
    ),
    _soknad("payment_remarks", "Betalingsanmerkninger", FactType.YES_NO, Section.ECONOMY, "e"),
    _soknad(APPLICANT_GROUP, "Søkergruppe", FactType.CODE, Section.NEEDS, "i", codes=all_groups()),
    _soknad("bedrooms", "Soverom som trengs", FactType.NUMBER, Section.NEEDS, "h", unit="soverom", most=20),
    _soknad("lift_or_ground", "Trenger heis eller første etasje", FactType.YES_NO, Section.NEEDS, "i"),
    _soknad("step_free", "Trenger trinnfri adkomst", FactType.YES_NO, Section.NEEDS, "i"),
    _soknad("wheelchair", "Bruker rullestol inne", FactType.YES_NO, Section.NEEDS, "i"),
    _soknad("staffed", "Trenger bolig med base eller bemanning", FactType.YES_NO, Section.NEEDS, "i"),
    _soknad("shielded", "Trenger skjermet bolig", FactType.YES_NO, Section.NEEDS, "i"),
    _soknad("follow_up", "Trenger oppfølging i boligen", FactType.YES_NO, Section.NEEDS, "i"),
    _soknad("pets", "Dyr", FactType.CODE, Section.NEEDS, "h", codes=_PETS),
    _soknad("needs_text", "Mer om behovet", FactType.TEXT, Section.NEEDS, "i"),
    _soknad("areas_wanted", "Områder søkeren ønsker", FactType.TEXT, Section.AREAS, "h"),
    _soknad("areas_possible", "Områder som kan gå", FactType.TEXT, Section.AREAS, "h"),
    _soknad("areas_refused", "Områder som ikke passer", FactType.TEXT, Section.AREAS, "h"),
    _bolig("step_free", "Trinnfri adkomst"),
    _bolig("lift", "Heis"),
    _bolig("wheelchair", "Plass til rullestol inne"),
    _bolig("wide_door", "Brede dører", help="Fri bredde minst 86 cm i inngangsdør og dører inne."),
    _bolig("bath", "Bad som er tilrettelagt"),
    _bolig("shielded", "Skjermet beliggenhet"),
    _bolig("pets", "Dyr er tillatt"),
    _bolig("door_width", "Fri bredde i inngangsdør", FactType.NUMBER, unit="mm", least=400, most=3000),
    _bolig("energy_grade", "Energimerke", FactType.CODE, codes=tuple((grade, grade) for grade in "ABCDEFG")),
    _bolig("equipment", "Utstyr som følger med", FactType.TEXT),
)

_BY_KEY = {(kind.subject, kind.key): kind for kind in CATALOGUE}

#: Yes/no facts of a dwelling that its row repeats as columns of the same name, in the order shown.
DWELLING_COLUMNS = ("step_free", "lift", "wheelchair", "wide_door", "bath", "shielded", "pets")


def kinds_of(subject: str) -> tuple[FactKind, ...]:
    """All questions about the subject kind, in the order of the form."""
    return tuple(kind for kind in CATALOGUE if kind.subject == subject)


def kind_of(subject: str, key: str) -> FactKind:
    """The question. Raises FactError when the catalogue has no such one."""
    try:
        return _BY_KEY[subject, key]
    except KeyError:
        raise FactError("Dette spørsmålet finnes ikke i Boligdesk.") from None


def choices(kind: FactKind, on: dt.date) -> tuple[tuple[str, str], ...]:
    """The codes to choose among on a day; ``kind.codes`` also has those that are out of use."""
    return groups_on(on) if kind.key == APPLICANT_GROUP else kind.codes


def checked(kind: FactKind, state: str, value: FactAnswer, on: dt.date | None = None) -> FactAnswer:
    """The value as it is stored; None unless the state is ``kjent``. Yes and no are 1 and 0.

    Raises FactError when the value does not fit the question, or cannot be chosen on the day ``on``.
    """
    if state not in FactState.codes():
        raise FactError(f"Svaret på «{kind.label}» må være kjent, ukjent eller ikke aktuelt.")
    if state != FactState.KNOWN:
        return None
    if kind.type in {FactType.YES_NO, FactType.NUMBER, FactType.MONEY}:
        return _number(kind, value)
    if kind.type is FactType.DATE:
        return _day(kind, value)
    if kind.type is FactType.CODE:
        return _code(kind, value, kind.codes if on is None else choices(kind, on))
    return _text(kind, value)


def _number(kind: FactKind, value: FactAnswer) -> int:
    if not isinstance(value, int):
        raise FactError(f"«{kind.label}» må være et tall.")
    low, high = {FactType.YES_NO: (0, 1), FactType.MONEY: (0, _MOST_ORE)}.get(
        kind.type, (kind.least, kind.most)
    )
    if low <= value <= high:
        return int(value)
    if kind.type is FactType.YES_NO:
        raise FactError(f"«{kind.label}» må være ja eller nei.")
    if kind.type is FactType.MONEY:
        raise FactError(f"«{kind.label}» er for lavt eller for høyt til å stemme.")
    raise FactError(f"«{kind.label}» må være fra {low} til {high}.")


def _day(kind: FactKind, value: FactAnswer) -> dt.date:
    if (
        not isinstance(value, dt.date)
        or isinstance(value, dt.datetime)
        or not _FIRST_DAY <= value <= _LAST_DAY
    ):
        raise FactError(f"«{kind.label}» må være en dato.")
    return value


def _code(kind: FactKind, value: FactAnswer, codes: tuple[tuple[str, str], ...]) -> str:
    if value not in dict(codes):
        raise FactError(f"Velg et av svarene på «{kind.label}».")
    return str(value)


def _text(kind: FactKind, value: FactAnswer) -> str:
    text = clean_long(value) if isinstance(value, str) else ""
    if not text:
        raise FactError(f"Skriv noe om «{kind.label}», eller la feltet stå tomt.")
    if len(text) > MOST_TEXT:
        raise FactError(f"«{kind.label}» kan ha høyst {MOST_TEXT} tegn.")
    return text


def in_words(kind: FactKind, state: str, value: FactAnswer) -> str:
    """The answer as a person reads it: «Ja», «3 soverom», «9 840 kr per måned», «Vet ikke»."""
    if state != FactState.KNOWN or value is None:
        return FactState.NOT_RELEVANT.label if state == FactState.NOT_RELEVANT else FactState.UNKNOWN.label
    if kind.type is FactType.YES_NO:
        return "Ja" if value else "Nei"
    if isinstance(value, dt.date):
        return long_date(value)
    if kind.type is FactType.CODE:
        return dict(kind.codes).get(str(value), str(value))
    words = format_kr(value) if kind.type is FactType.MONEY and isinstance(value, int) else str(value)
    return f"{words} {kind.unit}" if kind.unit else words


def unknown_keys(subject: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Keys that the catalogue does not have for the subject."""
    return tuple(key for key in keys if (subject, key) not in _BY_KEY)
