"""Likely duplicates while somebody types: by number, by telephone, by birth date, by name.

Every step starts from an index (keyed hash, folded contact, birth date, search token) and looks at few
people, so it answers while one types, also among a hundred thousand.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from boligdesk.domain import identifiers
from boligdesk.domain.people import fold_phone, name_words, one_edit_away, similar_names
from boligdesk.services.records.people import PersonCaseRow, PersonMatch
from boligdesk.storage.person_rows import NEVER, live_name, load_rows, load_secret
from boligdesk.storage.policies import listed, openable, readable
from boligdesk.storage.queries.search import number_hash
from boligdesk.storage.tables import (
    CaseFile,
    ContactPoint,
    Person,
    PersonIdentifier,
    PersonName,
    SearchToken,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from boligdesk.services.records.people import PersonProbe
    from boligdesk.storage.reader import Reader

_NUMBER_LENGTH = 11
_PHONE_LENGTHS = range(8, 16)
_TOKEN_LENGTH = 16
_LOOKED_AT = 300
_SHOWN = 8


def with_number(reader: Reader, digits: str) -> Any:
    """Ids of the people who have or had the number."""
    return select(PersonIdentifier.person_id).where(
        PersonIdentifier.value_hmac == number_hash(reader.pepper, digits),
        or_(PersonIdentifier.valid_to.is_(None), PersonIdentifier.valid_to > NEVER),
    )


def matches(reader: Reader, probe: PersonProbe) -> tuple[PersonMatch, ...]:
    """The surest first: same number 3, same name and birth date or telephone 2, similar name or telephone 1."""
    number, phone, words = _typed(probe)
    found: dict[UUID, tuple[int, str]] = {}
    if len(number) == _NUMBER_LENGTH:
        for row in _readable_ids(reader, Person.id.in_(with_number(reader, number))):
            found[row] = (3, "Samme nummer")
    for person_id, strength, why in _by_words(reader, probe, phone, words):
        if found.get(person_id, (0, ""))[0] < strength:
            found[person_id] = (strength, why)
    best = sorted(found, key=lambda key: (-found[key][0], key))[:_SHOWN]
    return _records(reader, {key: found[key] for key in best})


def cases_of(reader: Reader, people: list[UUID]) -> dict[UUID, tuple[PersonCaseRow, ...]]:
    """Cases of each, open ones first; only those that the viewer both lists and may open."""
    rows = reader.rows(
        select(
            CaseFile.id,
            CaseFile.applicant_id,
            CaseFile.number,
            CaseFile.kind,
            CaseFile.phase,
            CaseFile.opened_on,
            CaseFile.ended_at,
        )
        .where(
            CaseFile.applicant_id.in_(people),
            listed(CaseFile, reader.viewer),
            openable(CaseFile, reader.viewer),
        )
        .order_by(CaseFile.ended_at.is_not(None), CaseFile.year.desc(), CaseFile.seq.desc())
    )
    found: dict[UUID, list[PersonCaseRow]] = {}
    for row in rows:
        found.setdefault(row.applicant_id, []).append(
            PersonCaseRow(row.id, row.number, row.kind, row.phase, row.opened_on, row.ended_at is None)
        )
    return {key: tuple(cases) for key, cases in found.items()}


def _typed(probe: PersonProbe) -> tuple[str, str, tuple[str, ...]]:
    """Number, telephone and folded name words; the one free text may be any of the three."""
    number, phone = identifiers.normalise(probe.national_id), fold_phone(probe.phone)
    free = identifiers.normalise(probe.text)
    if free.lstrip("+").isdigit():
        number = number or (free if len(free) == _NUMBER_LENGTH else "")
        phone = phone or (fold_phone(probe.text) if len(free) != _NUMBER_LENGTH else "")
        return number, phone, name_words(probe.given, probe.family)
    return number, phone, name_words(probe.given, probe.family) or name_words(probe.text)


def _by_words(
    reader: Reader, probe: PersonProbe, phone: str, words: tuple[str, ...]
) -> Iterable[tuple[UUID, int, str]]:
    same_phone = set(_with_phone(reader, phone)) if len(phone) in _PHONE_LENGTHS else set()
    same_day = (
        set(_readable_ids(reader, Person.birth_on == probe.birth_on)) if probe.birth_on and words else set()
    )
    alike = _with_names(reader, words) if words else set()
    names = _names_of(reader, alike | same_phone | same_day)
    for person_id, stored in names.items():
        similar = any(similar_names(words, name) for name in stored) if words else False
        if similar and person_id in same_day:
            yield person_id, 2, "Samme navn og fødselsdato"
        elif similar and person_id in same_phone:
            yield person_id, 2, "Samme navn og telefon"
        elif person_id in same_phone:
            yield person_id, 1, "Samme telefon"
        elif similar:
            exact = any(sorted(words) == sorted(name) for name in stored)
            yield person_id, 1, "Samme navn" if exact else "Lignende navn"


def _readable_ids(reader: Reader, condition: Any) -> list[UUID]:
    return [
        row.id
        for row in reader.rows(
            select(Person.id)
            .where(condition, readable(Person, reader.viewer), Person.merged_into_id.is_(None))
            .order_by(Person.id)
            .limit(_LOOKED_AT)
        )
    ]


def _with_phone(reader: Reader, phone: str) -> list[UUID]:
    contacts = select(ContactPoint.person_id).where(
        ContactPoint.folded == phone, or_(ContactPoint.valid_to.is_(None), ContactPoint.valid_to > NEVER)
    )
    return _readable_ids(reader, Person.id.in_(contacts))


def _with_names(reader: Reader, words: tuple[str, ...]) -> set[UUID]:
    """All words as typed; then all but one as typed, and that one with a slip."""
    exact = [_has_word(reader, (word,)) for word in words]
    found = set(_readable_ids(reader, and_(*exact)))
    if len(words) > 1:
        for number, word in enumerate(words):
            others = exact[:number] + exact[number + 1 :]
            found |= set(_readable_ids(reader, and_(_has_word(reader, one_edit_away(word)), *others)))
    return found


def _has_word(reader: Reader, spellings: Iterable[str]) -> Any:
    return Person.id.in_(
        select(SearchToken.subject_id).where(
            SearchToken.token.in_(sorted({word[:_TOKEN_LENGTH] for word in spellings})),
            SearchToken.is_start.is_(True),
            SearchToken.subject_kind == "person",
            SearchToken.scope_id.in_(reader.viewer.scopes),
        )
    )


def _names_of(reader: Reader, people: set[UUID]) -> dict[UUID, list[tuple[str, ...]]]:
    found: dict[UUID, list[tuple[str, ...]]] = {}
    if not people:
        return found
    for row in reader.rows(
        select(PersonName.person_id, PersonName.given, PersonName.middle, PersonName.family).where(
            PersonName.person_id.in_(people), or_(PersonName.valid_to.is_(None), PersonName.valid_to > NEVER)
        )
    ):
        found.setdefault(row.person_id, []).append(name_words(row.given, row.middle or "", row.family))
    return found


def _records(reader: Reader, found: dict[UUID, tuple[int, str]]) -> tuple[PersonMatch, ...]:
    if not found:
        return ()
    people = {
        row.id: row
        for row in reader.rows(
            select(
                Person.id, Person.display_name, Person.birth_on, Person.masked_reason, Person.sort_name
            ).where(Person.id.in_(found), readable(Person, reader.viewer))
        )
    }
    cases = cases_of(reader, list(people))
    records = [
        PersonMatch(key, *_shown(reader, people[key]), why, strength, cases.get(key, ()))
        for key, (strength, why) in found.items()
        if key in people
    ]
    return tuple(sorted(records, key=lambda match: (-match.strength, people[match.id].sort_name, match.id)))


def _shown(reader: Reader, person: Any) -> tuple[str, dt.date | None]:
    """Name and birth date; those of a strictly protected person for the named readers."""
    secret = load_secret(reader, person.id) if person.masked_reason != "ingen" else None
    if secret is None:
        return person.display_name, person.birth_on
    rows = load_rows(reader, person.id, secret)
    return live_name(rows["names"], reader.today), secret.of(Person, "person").get("birth_on")
