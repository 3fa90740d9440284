"""Moves the words of a strictly protected person (kode 6) out of the open rows, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.storage.person_rows import BLANKS, PERSON_BLANKS, TABLES, Secret, columns_of
from boligdesk.storage.tables import Person, PersonSecret

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.writer import Writer


def hide_person(writer: Writer, person_id: UUID) -> None:
    """Nothing happens when the words are hidden already."""
    stored = _secret_row(writer, person_id)
    if stored is not None and stored.body:
        return
    secret = Secret(stored.id if stored is not None else writer.new_id(), "{}")
    person = _one(writer, select(Person.__table__).where(Person.id == person_id))
    secret.keep("person", {key: person[key] for key in PERSON_BLANKS})
    writer.change(Person, person_id, None, **PERSON_BLANKS)
    for kind, table in TABLES.items():
        statement = select(*columns_of(kind)).where(table.person_id == person_id)
        for row in writer.connection.execute(statement).mappings().all():
            secret.keep(row["id"], {key: row[key] for key in BLANKS[kind]})
            writer.change(table, row["id"], None, **BLANKS[kind])
    if stored is None:
        writer.insert(
            PersonSecret,
            id=secret.row_id,
            person_id=person_id,
            body=secret.body(),
            read_scope_id=person["read_scope_id"],
            protection=person["protection"],
        )
    else:
        writer.change(PersonSecret, secret.row_id, None, body=secret.body())
    writer.flush()


def show_person(writer: Writer, person_id: UUID) -> None:
    """Nothing happens when nothing is hidden."""
    stored = _secret_row(writer, person_id)
    if stored is None or not stored.body:
        return
    secret = Secret(stored.id, stored.body)
    writer.change(Person, person_id, None, **secret.of(Person, "person"))
    for table in TABLES.values():
        for row in writer.rows(select(table.id).where(table.person_id == person_id)):
            writer.change(table, row.id, None, **secret.of(table, row.id))
    writer.change(PersonSecret, secret.row_id, None, body="")


def _secret_row(writer: Writer, person_id: UUID) -> Any:
    """Without the access rule: the caller has shown that the person may be read."""
    writer.flush()
    return writer.first(select(PersonSecret.id, PersonSecret.body).where(PersonSecret.person_id == person_id))


def _one(writer: Writer, statement: Any) -> dict[str, Any]:
    return dict(writer.connection.execute(statement).mappings().one())
