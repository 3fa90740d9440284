"""Keeps ``search_token`` in step with people, cases and dwellings (model.md 6.5).

Where people live stands under a kind of its own: somebody who looks for a name never gets a whole street.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, or_, select

from boligdesk.domain.address_words import address_tokens
from boligdesk.domain.catalog import DwellingStatus, Protection
from boligdesk.domain.text import search_tokens
from boligdesk.storage.policies import live
from boligdesk.storage.tables import (
    CaseFile,
    ContactPoint,
    Dwelling,
    Person,
    PersonAddress,
    PersonIdentifier,
    PersonName,
    SearchToken,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boligdesk.storage.writer import Writer

#: Shared by all numbers of the rule before anybody types more: only the birth part is a word.
_BIRTH_DIGITS = 6
#: The kind of the tokens that say where a person lives; their subject is the person.
ADDRESS = "address"


def put_tokens(
    writer: Writer,
    subject_kind: str,
    subject_id: UUID,
    texts: list[str],
    scope_id: int,
    *,
    starts: Iterable[str] = (),
    homes: Iterable[str] = (),
    is_new: bool = False,
) -> None:
    """Replace the tokens of one subject. No texts = not to be found at all (kode 6).

    ``homes``: address tokens of a person, each once.
    """
    if not is_new:
        writer.connection.execute(delete(SearchToken).where(SearchToken.subject_id == subject_id))
    rows = [
        {
            "token": token,
            "subject_kind": subject_kind,
            "subject_id": subject_id,
            "is_start": is_start,
            "scope_id": scope_id,
        }
        for token, is_start in search_tokens(texts, starts)
    ]
    writer.put_rows(SearchToken, rows + [address_row(token, subject_id, scope_id) for token in homes])


def address_row(token: str, person_id: UUID, scope_id: int) -> dict[str, Any]:
    """One address token as it is stored."""
    return {
        "token": token,
        "subject_kind": ADDRESS,
        "subject_id": person_id,
        "is_start": True,
        "scope_id": scope_id,
    }


def index_person(writer: Writer, person_id: UUID) -> None:
    """All names, telephone numbers, e-mail addresses and the first six digits of numbers; and where one lives.

    The address of somebody protected is shown behind a logged act (ui.md 3.9), so it finds nobody.
    """
    writer.flush()
    person = writer.first(
        select(Person.read_scope_id, Person.protection, Person.merged_into_id).where(Person.id == person_id)
    )
    if person is None:
        return
    hidden = person.protection >= Protection.STRICT.level or person.merged_into_id is not None
    names, others = ([], []) if hidden else _person_texts(writer, person_id)
    homes = _homes(writer, person_id) if person.protection == 0 and not hidden else set()
    put_tokens(writer, "person", person_id, names, person.read_scope_id, starts=others, homes=homes)


def _homes(writer: Writer, person_id: UUID) -> set[str]:
    rows = writer.rows(
        select(
            PersonAddress.street, PersonAddress.house_no, PersonAddress.letter, PersonAddress.unit_no
        ).where(PersonAddress.person_id == person_id, live(PersonAddress, writer.today))
    )
    return {token for row in rows for token in address_tokens(*row)}


def contact_text(folded: str) -> str:
    """A telephone number, or the part of an e-mail address that is the person's own."""
    return folded.split("@", 1)[0]


def _ever(table: Any) -> Any:
    """Also what is ended; not what was taken back."""
    return or_(table.valid_to.is_(None), table.valid_to > dt.date.min)


def _person_texts(writer: Writer, person_id: UUID) -> tuple[list[str], list[str]]:
    """Names, found inside words too; and what is found by its beginning: telephone, e-mail, birth digits."""
    names = [
        f"{row.given} {row.middle or ''} {row.family}"
        for row in writer.rows(
            select(PersonName.given, PersonName.middle, PersonName.family).where(
                PersonName.person_id == person_id, _ever(PersonName)
            )
        )
    ]
    texts = [
        contact_text(row.folded)
        for row in writer.rows(
            select(ContactPoint.folded).where(
                ContactPoint.person_id == person_id, live(ContactPoint, writer.today)
            )
        )
    ]
    texts += [
        row.value[:_BIRTH_DIGITS]
        for row in writer.rows(
            select(PersonIdentifier.value).where(
                PersonIdentifier.person_id == person_id, _ever(PersonIdentifier)
            )
        )
    ]
    return names, texts


def index_case(writer: Writer, case_id: UUID) -> None:
    """The case number, for everybody who has the row in a list."""
    writer.flush()
    case = writer.first(select(CaseFile.number, CaseFile.list_scope_id).where(CaseFile.id == case_id))
    if case is not None:
        put_tokens(writer, "case", case_id, [case.number], case.list_scope_id)


def index_dwelling(writer: Writer, dwelling_id: UUID) -> None:
    """Street, number, H-number and code; nothing for one whose registration was undone. Never who lives there."""
    writer.flush()
    row = writer.first(
        select(
            Dwelling.code,
            Dwelling.street,
            Dwelling.house_no,
            Dwelling.letter,
            Dwelling.unit_no,
            Dwelling.list_scope_id,
            Dwelling.status,
            Dwelling.ended_at,
        ).where(Dwelling.id == dwelling_id)
    )
    if row is not None and row.ended_at is not None and not DwellingStatus(row.status).is_gone:
        put_tokens(writer, "dwelling", dwelling_id, [], row.list_scope_id)
    elif row is not None:
        texts = dwelling_texts(row.code, row.street, row.house_no, row.letter, row.unit_no)
        put_tokens(writer, "dwelling", dwelling_id, texts, row.list_scope_id)


def dwelling_texts(
    code: str, street: str | None, house_no: str | None, letter: str | None, unit_no: str | None
) -> list[str]:
    """What a dwelling is found by: its code, and where it is."""
    return [code, f"{street or ''} {house_no or ''}{letter or ''} {unit_no or ''}"]
