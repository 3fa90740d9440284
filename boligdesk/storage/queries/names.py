"""Names as lists write them: «Hest, Klok», in the order that the list is sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.catalog import NameKind
from boligdesk.storage.policies import live, readable
from boligdesk.storage.tables import Person, PersonName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boligdesk.storage.reader import Reader


def list_names(reader: Reader, people: Iterable[UUID | None]) -> dict[UUID, str]:
    """Family name first, for the people the viewer may read; one whose words are hidden is left out."""
    wanted = {person for person in people if person is not None}
    if not wanted:
        return {}
    rows = reader.rows(
        select(PersonName.person_id, PersonName.given, PersonName.middle, PersonName.family)
        .join(Person, Person.id == PersonName.person_id)
        .where(
            PersonName.person_id.in_(wanted),
            PersonName.kind == NameKind.OFFICIAL.value,
            live(PersonName, reader.today),
            readable(Person, reader.viewer),
        )
        .order_by(PersonName.id)
    )
    names = {}
    for row in rows:
        given = " ".join(part for part in (row.given, row.middle) if part)
        name = ", ".join(part for part in (row.family, given) if part)
        if name:
            names[row.person_id] = name
    return names
