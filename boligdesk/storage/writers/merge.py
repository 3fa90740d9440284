"""Makes two files of one person one. What was moved stands in the event, so that it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from boligdesk.domain.catalog import Protection
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import NotFound
from boligdesk.services.records.common import MASKED_SORT, Saved
from boligdesk.storage.policies import live, readable
from boligdesk.storage.search_index import index_person
from boligdesk.storage.tables import MergeRecord, Person, ProtectionPeriod
from boligdesk.storage.writers.merge_rows import move_all, move_quiet, quiet_ids
from boligdesk.storage.writers.merge_undo import undo_merge
from boligdesk.storage.writers.person_secret import hide_person, show_person
from boligdesk.storage.writers.person_wide import refresh_wide
from boligdesk.storage.writers.scope import (
    lives_with,
    named_readers,
    nobodys_scope,
    rescope_household,
    rescope_person,
    set_readers,
)

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.merging import MergeOrder
    from boligdesk.storage.writer import Writer

#: What the row of a merged file says: nothing. Everything it said lies in the kept file and in the log.
_EMPTIED: dict[str, Any] = {
    "display_name": "Slått sammen",
    "sort_name": MASKED_SORT,
    "is_unidentified": False,
    "masked_reason": "ingen",
    "protection": 0,
    **dict.fromkeys(
        (
            "birth_on",
            "birth_precision",
            "dead_on",
            "written_form",
            "interpreter_language",
            "wants_paper",
            "remark",
            "city",
            "district_id",
            "phone",
        )
    ),
}


class MergeWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def merge(self, order: MergeOrder) -> Saved:
        """Carry out what the service decided. Raises NotFound, and ConflictError for an older version."""
        writer, kept_id, merged_id = self._writer, order.kept_id, order.merged_id
        files = self._locked(kept_id, merged_id)
        levels = [self._own_level(person_id) for person_id in (kept_id, merged_id)]
        readers = self._readers(kept_id, merged_id, levels)
        record, quiet = writer.new_id(), quiet_ids(writer, merged_id)
        strictest = max(files, key=lambda row: int(row.protection))
        event = writer.event(
            "merge_people",
            "person",
            kept_id,
            scope=(strictest.read_scope_id, strictest.protection),
            person_id=kept_id,
            params={"merged": str(merged_id), "record": str(record), **_texts(quiet)},
        )
        writer.insert(MergeRecord, id=record, kept_id=kept_id, merged_id=merged_id)
        writer.step(Person, kept_id, order.kept_version)
        writer.step(Person, merged_id, order.merged_version)
        for person_id in (kept_id, merged_id):
            show_person(writer, person_id)
        homes = move_all(writer, kept_id, merged_id, order.winners)
        move_quiet(writer, quiet, merged_id, kept_id)
        writer.change(Person, kept_id, None, **order.scalars)
        scope = nobodys_scope(writer, merged_id)
        writer.change(Person, merged_id, None, merged_into_id=kept_id, read_scope_id=scope, **_EMPTIED)
        if max(levels) >= Protection.STRICT.level:
            hide_person(writer, kept_id)
        self._settle(kept_id, merged_id, homes, readers)
        version = int(writer.scalar(select(Person.row_version).where(Person.id == kept_id)))
        return Saved(kept_id, version, Changes(frozenset(Kind)), event)

    def undo_merge(self, record_id: UUID) -> Saved:
        return undo_merge(self._writer, record_id)

    def _settle(self, kept_id: UUID, merged_id: UUID, homes: set[UUID], readers: set[UUID] | None) -> None:
        """Lists, scopes, masked copies and search words, as of what lies in the kept file now."""
        writer = self._writer
        refresh_wide(writer, kept_id)
        if readers is not None:
            set_readers(writer, kept_id, readers)
        rescope_person(writer, kept_id, moved=True)
        for person_id in lives_with(writer, kept_id)[1:]:
            rescope_person(writer, person_id)
        for home in sorted(homes):
            rescope_household(writer, home)
        index_person(writer, kept_id)
        index_person(writer, merged_id)
        writer.flush()

    def _locked(self, *people: UUID) -> list[Any]:
        """Both rows, locked in one order, so that two desks never wait for each other. Raises NotFound."""
        writer = self._writer
        writer.flush()
        rows = []
        for person_id in sorted(people):
            statement = select(Person.id, Person.read_scope_id, Person.protection).where(
                Person.id == person_id, Person.merged_into_id.is_(None), readable(Person, writer.viewer)
            )
            row = writer.first(statement if writer.is_sqlite else statement.with_for_update())
            if row is None:
                raise NotFound
            rows.append(row)
        return rows

    def _own_level(self, person_id: UUID) -> int:
        """The person's own protection, not that of the household."""
        found = self._writer.scalar(
            select(func.max(ProtectionPeriod.level)).where(
                ProtectionPeriod.person_id == person_id, live(ProtectionPeriod, self._writer.today)
            )
        )
        return int(found or 0)

    def _readers(self, kept_id: UUID, merged_id: UUID, levels: list[int]) -> set[UUID] | None:
        """Who may read a strictly confidential file afterwards: only those who could read all of it before."""
        strict = [
            named_readers(self._writer, person_id)
            for person_id, level in zip((kept_id, merged_id), levels, strict=True)
            if level >= Protection.STRICT.level
        ]
        if not strict:
            return None
        return set.intersection(*strict) | {self._writer.viewer.user_id}


def _texts(ids: dict[str, list[UUID]]) -> dict[str, list[str]]:
    return {key: [str(each) for each in found] for key, found in ids.items()}
