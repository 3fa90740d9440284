"""Cleans and checks what was typed on a person, before anything is stored."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boligdesk.domain.addresses import format_unit
from boligdesk.domain.catalog import (
    AddressKind,
    ContactKind,
    IdentifierKind,
    LetterRouting,
    NameKind,
    RepresentativeKind,
    WrittenForm,
)
from boligdesk.domain.people import NATIONAL_KINDS, check_number, fold_phone
from boligdesk.domain.text import clean, clean_long
from boligdesk.services.errors import InvalidInput

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from boligdesk.services.records.people import (
        AddressDraft,
        ContactDraft,
        IdentifierDraft,
        NameDraft,
        PersonDraft,
        RepresentativeDraft,
    )

NAME_MAX = 200
TEXT_MAX = 500
LONG_MAX = 20_000
_EARLIEST_YEAR = 1850
_PRECISIONS = frozenset({None, "dag", "ar", "anslag"})
_USES = frozenset({"privat", "jobb", "parorende"})
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")
_SHORTEST_PHONE = 3
_MASK = "•"


def checked_person(draft: PersonDraft, today: dt.date, *, contacts_are_checked: bool = False) -> PersonDraft:
    """The draft as it may be stored. Raises InvalidInput naming the field of ``PersonDraft``."""
    contacts = draft.contacts
    checked = replace(
        draft,
        names=tuple(checked_name(name) for name in draft.names),
        remark=_long(draft.remark),
        interpreter_language=_short("interpreter_language", draft.interpreter_language or "", "Språket")
        or None,
        identifiers=tuple(_identifier(number, draft.birth_on) for number in draft.identifiers),
        contacts=contacts if contacts_are_checked else tuple(map(checked_contact, contacts)),
        addresses=tuple(_address(address) for address in draft.addresses),
        representatives=tuple(_representative(person) for person in draft.representatives),
    )
    _check_dates(checked, today)
    if checked.birth_precision not in _PRECISIONS:
        raise InvalidInput("birth_precision", "Velg hvor sikker fødselsdatoen er.")
    if checked.written_form is not None and checked.written_form not in WrittenForm.codes():
        raise InvalidInput("written_form", "Velg bokmål eller nynorsk.")
    _check_singles(checked)
    if checked.id is None and not checked.names and not checked.is_unidentified:
        raise InvalidInput("names", "Skriv navnet.", todo="Er navnet ukjent, kryss av for det.")
    return checked


def _check_dates(draft: PersonDraft, today: dt.date) -> None:
    for field, day, word in (
        ("birth_on", draft.birth_on, "Fødselsdatoen"),
        ("dead_on", draft.dead_on, "Dødsdatoen"),
    ):
        if day is not None and day > today:
            raise InvalidInput(field, f"{word} er fram i tid.", todo="Rett datoen.")
        if day is not None and day.year < _EARLIEST_YEAR:
            raise InvalidInput(field, f"{word} er for langt tilbake i tid.", todo="Rett datoen.")
    if draft.birth_on and draft.dead_on and draft.dead_on < draft.birth_on:
        raise InvalidInput("dead_on", "Dødsdatoen er før fødselsdatoen.", todo="Rett en av datoene.")
    for field in ("names", "identifiers", "contacts", "addresses", "representatives"):
        for child in getattr(draft, field):
            check_period(field, child.valid_from, child.valid_to)


def check_period(field: str, valid_from: dt.date | None, valid_to: dt.date | None) -> None:
    """Raises InvalidInput when the period ends before it starts."""
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise InvalidInput(field, "Til-datoen er før fra-datoen.", todo="Rett en av datoene.")


def _check_singles(draft: PersonDraft) -> None:
    def live_new(
        children: Iterable[NameDraft | AddressDraft | IdentifierDraft], kinds: frozenset[str]
    ) -> int:
        return sum(child.id is None and child.valid_to is None and child.kind in kinds for child in children)

    for field, kinds, what in (
        ("names", frozenset({NameKind.OFFICIAL}), "to navn. Velg «Kalles også» for det ene"),
        ("addresses", frozenset({AddressKind.HOME}), "to bosteder. Velg en annen slags adresse for det ene"),
        ("identifiers", NATIONAL_KINDS, "to nummer som gjelder nå. Sett en sluttdato på det gamle"),
    ):
        if live_new(getattr(draft, field), frozenset(map(str, kinds))) > 1:
            raise InvalidInput(field, f"Du har skrevet {what}.")


def checked_name(name: NameDraft) -> NameDraft:
    _known("names", name.kind, NameKind.codes())
    parts = [_short("names", part, "Navnet", NAME_MAX) for part in (name.given, name.middle, name.family)]
    if not any(parts):
        raise InvalidInput("names", "Skriv navnet.", todo="Skriv minst fornavn eller etternavn.")
    if parts == [name.given, name.middle, name.family]:  # most are clean, and making anew takes its time
        return name
    return replace(name, given=parts[0], middle=parts[1], family=parts[2])


def _identifier(number: IdentifierDraft, birth_on: dt.date | None) -> IdentifierDraft:
    """A new number is checked; a wrong one needs a reason (domain.md 4.1)."""
    _known("identifiers", number.kind, IdentifierKind.codes())
    reason = _short("identifiers", number.override_reason, "Begrunnelsen")
    value = _short("identifiers", number.value, "Nummeret", NAME_MAX)
    if number.id is not None and (not value or _MASK in value):
        return replace(number, value=value, override_reason=reason)
    if not value or _MASK in value:
        raise InvalidInput(
            "identifiers", "Skriv nummeret.", todo="Er det ikke noe nummer, la feltet være borte."
        )
    read = check_number(number.kind, value, birth_on)
    if read.is_refused and not reason:
        raise InvalidInput(
            "identifiers",
            "Nummeret stemmer ikke.",
            " ".join(read.remarks),
            "Rett nummeret, eller skriv hvorfor det likevel skal brukes.",
        )
    return replace(number, value=read.digits, override_reason=reason, remarks=read.remarks)


def checked_contact(contact: ContactDraft) -> ContactDraft:
    _known("contacts", contact.kind, ContactKind.codes())
    _known("contacts", contact.use, _USES)
    value = _short("contacts", contact.value, "Nummeret eller adressen", NAME_MAX)
    if contact.kind == ContactKind.EMAIL and not _EMAIL.fullmatch(value):
        raise InvalidInput(
            "contacts", "E-postadressen er ikke riktig skrevet.", todo="Skriv den som navn@sted.no."
        )
    if contact.kind == ContactKind.PHONE and len(fold_phone(value)) < _SHORTEST_PHONE:
        raise InvalidInput("contacts", "Telefonnummeret mangler sifre.", todo="Skriv hele nummeret.")
    note = _short("contacts", contact.note, "Merknaden")
    return (
        contact
        if (value, note) == (contact.value, contact.note)
        else replace(contact, value=value, note=note)
    )


def _address(address: AddressDraft) -> AddressDraft:
    _known("addresses", address.kind, AddressKind.codes())
    if address.is_hidden and address.id is not None:
        return address
    words: dict[str, Any] = {
        field: _short("addresses", getattr(address, field), "Adressen", NAME_MAX)
        for field in ("street", "house_no", "letter", "unit_no", "care_of", "postcode", "city", "country")
    }
    if words["unit_no"]:
        unit = format_unit(words["unit_no"])
        if unit is None:
            raise InvalidInput(
                "addresses", "Bolignummeret er ikke riktig skrevet.", todo="Skriv det som H0203."
            )
        words["unit_no"] = unit
    if not any(words.values()) and address.district_id is None:
        raise InvalidInput("addresses", "Skriv adressen.", todo="Er adressen ukjent, la den være borte.")
    if all(getattr(address, field) == word for field, word in words.items()):
        return address
    return replace(address, **words)


def _representative(person: RepresentativeDraft) -> RepresentativeDraft:
    _known("representatives", person.kind, RepresentativeKind.codes())
    _known("representatives", person.letters, LetterRouting.codes())
    words: dict[str, Any] = {
        field: _short("representatives", getattr(person, field), "Teksten")
        for field in ("name", "org_name", "phone", "powers")
    }
    if not (words["name"] or words["org_name"] or person.representative_person_id):
        raise InvalidInput("representatives", "Skriv hvem som representerer personen.")
    return replace(person, **words)


def _short(field: str, text: str, word: str, longest: int = TEXT_MAX) -> str:
    if not text:
        return ""
    cleaned = clean(text[: LONG_MAX + 1])
    if len(text) > LONG_MAX or len(cleaned) > longest:
        raise InvalidInput(
            field, f"{word} er for langt.", f"Det kan ha høyst {longest} tegn.", "Kort det ned."
        )
    return cleaned


def _long(text: str) -> str:
    if len(text) > LONG_MAX:
        raise InvalidInput(
            "remark", "Merknaden er for lang.", f"Den kan ha høyst {LONG_MAX} tegn.", "Kort den ned."
        )
    return clean_long(text)


def _known(field: str, code: str, codes: Iterable[str]) -> None:
    if code not in codes:
        raise InvalidInput(field, "Velg fra listen.", "Valget finnes ikke.")
