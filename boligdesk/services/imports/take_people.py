"""People, and the cases that are named beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boligdesk.domain.access import Right
from boligdesk.domain.cases import parse_number
from boligdesk.domain.catalog import ContactKind, IdentifierKind, Protection
from boligdesk.domain.people import kind_of_number, sort_name
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.imports.taking import Taker, words
from boligdesk.services.person_input import checked_contact, checked_person
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    IdentifierDraft,
    NameDraft,
    PersonDraft,
    RepresentativeDraft,
)

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.imports.report import Outcome
    from boligdesk.services.imports.rows import CheckedRow

_OVERRIDE = "Kontrollsifrene stemmer ikke. Hentet fra liste."
_CLOSED = "avsluttet"
_DEAD = "dod"
_NO_HOME = AddressDraft()


class PeopleTaker(Taker):
    kind = "people"
    subject_kind = "person"

    def prepare(self, rows: list[CheckedRow]) -> None:
        imports = self.work.write_imports
        self._districts: dict[str, UUID] = {}
        self._numbers = imports.people_by_number({words(row.values, "national_id") for row in rows} - {""})
        keys = {key for row in rows if (key := parse_number(words(row.values, "case_number")))}
        self._cases = imports.cases_by_number(keys)
        applicants = {applicant for _case, applicant in self._cases.values()}
        self._readable = imports.readable_people({*self._numbers.values(), *self.known.values(), *applicants})
        births = {row.values["birth_date"] for row in rows if row.values.get("birth_date")}
        self._named = imports.people_named([day for day in births if isinstance(day, dt.date)])
        self._greatest: dict[int, int] = {}
        new = (row.values for row in rows if self._marks[row.row_no] not in self._seen)
        imports.hold_people({person for values in new for person in self._named_by(values)} & self._readable)

    def store(self, row: CheckedRow) -> tuple[Outcome, UUID]:
        values = row.values
        person = self._find(values)
        self._check_protection(values)
        if not values.get("protection") and words(values, "district") in {"", *self._districts}:
            return self._stored(person, values)
        if person is not None:
            self.work.write_imports.let_go(person)
        with self.work.write_imports.row():  # it may be refused half-way
            return self._stored(person, values)

    def forget(self) -> None:
        self._districts.clear()

    def _stored(self, person: UUID | None, values: dict[str, Any]) -> tuple[Outcome, UUID]:
        if person is None:
            draft = checked_person(self._draft(values), self.work.today, contacts_are_checked=True)
            self._warn_of_namesake(draft)
            person = self.work.write_imports.new_person(draft)
            self._readable.add(person)
            outcome: Outcome = "created"
        else:
            outcome = "updated" if self._change(person, values) else "unchanged"
        if self._protect(person, values) and outcome == "unchanged":
            outcome = "updated"
        if self._case(person, values) and outcome == "unchanged":
            outcome = "updated"
        number = words(values, "national_id")
        if number:
            self._numbers[number] = person
        return outcome, person

    def finish(self) -> None:
        self.work.write_imports.raise_case_numbers(self._greatest)

    # -- finding --------------------------------------------------------------------------------

    def _named_by(self, values: dict[str, Any]) -> set[UUID]:
        key = parse_number(words(values, "case_number"))
        found = (
            self.known.get(words(values, "external_id")),
            self._numbers.get(words(values, "national_id")),
            self._cases[key][1] if key in self._cases else None,
        )
        return {person for person in found if person is not None}

    def _find(self, values: dict[str, Any]) -> UUID | None:
        """By id in the old system, by number, by case. Refused when they point to different people."""
        found = self._named_by(values)
        if len(found) > 1:
            raise UserError(
                "Id, fødselsnummer og saksnummer peker på ulike personer.",
                todo="Sjekk hvem raden gjelder, og rett den.",
            )
        person = next(iter(found), None)
        if person is not None and person not in self._readable:
            raise UserError("Raden gjelder en person du ikke har tilgang til.", todo="Snakk med lederen din.")
        return person

    def _warn_of_namesake(self, draft: PersonDraft) -> None:
        name = draft.names[0]
        if draft.birth_on is None:
            return
        mark = (sort_name(name.given, name.middle, name.family), draft.birth_on)
        if mark in self._named:
            self.tell(
                "warning",
                "birth_date",
                "Det finnes en annen med samme navn og fødselsdato. Sjekk om det er samme person.",
            )
        self._named.add(mark)

    # -- the person -----------------------------------------------------------------------------

    def _draft(self, values: dict[str, Any]) -> PersonDraft:
        born = values.get("birth_date")
        remark = words(values, "note")
        if values.get("status") == _DEAD:
            remark = f"{remark}\nStår som død i lista.".strip()
        contacts, unusable = _contacts(values)
        if unusable:
            self.tell(
                "warning",
                "phone",
                "Et telefonnummer eller en e-postadresse kan ikke brukes. Det står i merknaden.",
            )
            remark = f"{remark}\nI lista: {', '.join(unusable)}".strip()
        return PersonDraft(
            names=(names_of(values),),
            birth_on=born,
            birth_precision=values.get("birth_precision") or ("dag" if born else None),
            written_form=values.get("written_form"),
            interpreter_language=values.get("interpreter_language"),
            remark=remark,
            identifiers=identifiers_of(words(values, "national_id")),
            contacts=contacts,
            addresses=self._addresses(values),
            representatives=_representatives(values),
        )

    def _addresses(self, values: dict[str, Any]) -> tuple[AddressDraft, ...]:
        district = self._district(words(values, "district"))
        home = AddressDraft(
            street=words(values, "street"),
            house_no=words(values, "house_number"),
            letter=words(values, "letter"),
            unit_no=words(values, "unit_number"),
            care_of=words(values, "care_of"),
            postcode=words(values, "postcode"),
            city=words(values, "city"),
            country=words(values, "country"),
            district_id=district,
        )
        return (home,) if home != _NO_HOME else ()

    def _district(self, name: str) -> UUID | None:
        if not name:
            return None
        if name not in self._districts:
            self._districts[name] = self.work.write_office.add_district(name)
        return self._districts[name]

    def _change(self, person: UUID, values: dict[str, Any]) -> bool:
        """Lay the filled cells over what is there; what the list does not say stays."""
        imports = self.work.write_imports
        new = self._draft(values)
        held = imports.held_person(person)
        if held is not None:
            changed = imports.change_held_person(self._laid_over(person, held, new, values))
            if changed is not None:
                return changed
        imports.let_go(person)
        stored = self.work.people.detail(person, with_addresses=True).draft
        with imports.row():
            saved = self.work.write_people.change(self._laid_over(person, stored, new, values))
        return saved.event_id is not None

    def _laid_over(
        self, person: UUID, stored: PersonDraft, new: PersonDraft, values: dict[str, Any]
    ) -> PersonDraft:
        merged = replace(
            stored,
            birth_on=new.birth_on or stored.birth_on,
            birth_precision=new.birth_precision or stored.birth_precision,
            written_form=new.written_form or stored.written_form,
            interpreter_language=new.interpreter_language or stored.interpreter_language,
            remark=new.remark if values.get("note") else stored.remark,
            names=_over(stored.names, new.names, ("given", "middle", "family")),
            identifiers=(*stored.identifiers, *self._new_numbers(person, new)),
            contacts=_with_new(stored.contacts, new.contacts, ("kind", "value")),
            addresses=_moved(stored.addresses, new.addresses),
            representatives=_with_new(stored.representatives, new.representatives, ("kind", "name")),
        )
        return checked_person(merged, self.work.today)

    def _new_numbers(self, person: UUID, new: PersonDraft) -> tuple[IdentifierDraft, ...]:
        return tuple(number for number in new.identifiers if self._numbers.get(number.value) != person)

    # -- protection -----------------------------------------------------------------------------

    def _check_protection(self, values: dict[str, Any]) -> None:
        level = values.get("protection") or 0
        if not level:
            return
        user = self.session.user
        if Right.PROTECT_PEOPLE not in user.rights or user.clearance < level:
            raise InvalidInput(
                "protection",
                "Personen har adressesperre.",
                "Du har ikke tilgang til å registrere den.",
                "Be en med tilgang om å hente inn denne raden.",
            )

    def _protect(self, person: UUID, values: dict[str, Any]) -> bool:
        level = values.get("protection") or 0
        if not level:
            return False
        self.work.write_imports.settle()
        stored = self.work.people.detail(person)
        wanted = Protection.of_level(level)
        if stored.protection == wanted.value:
            return False
        with self.work.write_imports.row():
            basis = "Sto i lista som ble hentet inn."
            self.work.write_people.protect(person, stored.version, wanted, "politi", basis)
        return True

    # -- the case -------------------------------------------------------------------------------

    def _case(self, person: UUID, values: dict[str, Any]) -> bool:
        given = words(values, "case_number")
        if not given:
            return False
        key = parse_number(given)
        if key is None:
            self.tell(
                "warning", "case_number", "Saksnummeret har en annen form enn 2026/1275. Saken er ikke laget."
            )
            return False
        if key in self._cases:
            return False
        opened = values.get("created_on")
        if not isinstance(opened, dt.date):
            opened = dt.date(key[0], 1, 1)
            self.tell(
                "assumed",
                "created_on",
                f"Saken er datert {opened:%d.%m.%Y}, for lista sier ikke når den kom.",
            )
        is_closed = values.get("status") in {_CLOSED, _DEAD}
        case = self.work.write_imports.new_case(person, given, key, opened, is_closed)
        self._cases[key] = (case, person)
        self._greatest[key[0]] = max(self._greatest.get(key[0], 0), key[1])
        return True


def names_of(values: dict[str, Any]) -> NameDraft:
    """Given, family and middle name of the row."""
    return NameDraft(words(values, "given_name"), words(values, "family_name"), words(values, "middle_name"))


def identifiers_of(number: str) -> tuple[IdentifierDraft, ...]:
    """The number with its kind; none when the cell is empty."""
    if not number:
        return ()
    kind = kind_of_number(number)
    if kind is IdentifierKind.OTHER:
        # taken as what it is meant to be: the heading says so, the digits do not
        return (IdentifierDraft(IdentifierKind.FODSELSNUMMER, number, override_reason=_OVERRIDE),)
    return (IdentifierDraft(kind, number),)


_CONTACTS = (
    ("phone", ContactKind.PHONE),
    ("phone_other", ContactKind.PHONE),
    ("email", ContactKind.EMAIL),
)


def _contacts(values: dict[str, Any]) -> tuple[tuple[ContactDraft, ...], list[str]]:
    """What can be stored as telephone and e-mail, and the words of what cannot: nothing is lost."""
    usable: list[ContactDraft] = []
    unusable: list[str] = []
    for name, kind in _CONTACTS:
        value = words(values, name)
        if not value:
            continue
        try:
            usable.append(checked_contact(ContactDraft(kind, value)))
        except InvalidInput:
            unusable.append(value)
    return tuple(usable), unusable


def _representatives(values: dict[str, Any]) -> tuple[RepresentativeDraft, ...]:
    return tuple(
        RepresentativeDraft(kind, name, phone=words(values, phone))
        for kind, field, phone in _REPRESENTATIVES
        if (name := words(values, field))
    )


_REPRESENTATIVES = (
    ("verge", "guardian_name", "guardian_phone"),
    ("fullmektig", "representative", "representative_phone"),
)


def _over(stored: tuple[Any, ...], new: tuple[Any, ...], names: tuple[str, ...]) -> tuple[Any, ...]:
    """The live row with the new words; the form's own rules end the old one and begin the next."""
    if not new:
        return stored
    live = [row for row in stored if row.valid_to is None and row.kind == new[0].kind]
    if not live:
        return (*stored, *new)
    given = {name: getattr(new[0], name) for name in names if getattr(new[0], name)}
    changed = replace(live[0], **given)
    return tuple(changed if row is live[0] else row for row in stored)


#: What says where in the street somebody lives: another house has no letter or flat of the old one.
_DOOR = ("house_no", "letter", "unit_no", "care_of")


def _moved(stored: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """The address with the filled cells; of another street or house nothing of the old door stays."""
    live = [row for row in stored if row.valid_to is None and new and row.kind == new[0].kind]
    if live and any(
        getattr(new[0], name) and _plain(getattr(new[0], name)) != _plain(getattr(live[0], name))
        for name in ("street", "house_no")
    ):
        emptied = replace(live[0], **dict.fromkeys(_DOOR, ""))
        stored = tuple(emptied if row is live[0] else row for row in stored)
    return _over(stored, new, ("street", "postcode", "city", "country", "district_id", *_DOOR))


def _with_new(stored: tuple[Any, ...], new: tuple[Any, ...], names: tuple[str, ...]) -> tuple[Any, ...]:
    have = {tuple(_plain(getattr(row, name)) for name in names) for row in stored}
    return (*stored, *(row for row in new if tuple(_plain(getattr(row, name)) for name in names) not in have))


def _plain(value: Any) -> str:
    return "".join(str(value).split()).casefold()
