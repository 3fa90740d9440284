"""Approvals of a list into the queue: the rows, log and versions of ``WaitingWriter.join_by_hand``, many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.storage.tables import CaseFile, WaitingEntry
from boligdesk.storage.writers.import_lookups import chunks
from boligdesk.storage.writers.waiting import WaitingWriter

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from boligdesk.services.ports.allocation import NewWaiting
    from boligdesk.storage.writer import Writer
    from boligdesk.storage.writers.import_cases import HeldCases


class ImportQueue:
    def __init__(self, writer: Writer, held: HeldCases) -> None:
        self._writer = writer
        self._held = held
        self._waiting: set[UUID] | None = None

    def has(self, case_id: UUID) -> bool:
        """Whether the case waits since before the list, whoever may see it."""
        if self._waiting is None:
            live = select(WaitingEntry.case_id).where(WaitingEntry.ended_at.is_(None))
            self._waiting = {row.case_id for row in self._writer.rows(live)}
        return case_id in self._waiting

    def join(self, joins: Collection[tuple[NewWaiting, str]]) -> None:
        """Of cases that do not wait yet, and are stored."""
        self._writer.flush()
        homes = self._households([new.case_id for new, _reason in joins])
        queue = WaitingWriter(self._writer)
        for new, reason in joins:
            if self._held.has(new.case_id):
                applicant_id, applicant = self._held.applicant(new.case_id)
                scope = (applicant.read, applicant.level)
                queue.tell_joined(new, reason, applicant_id, scope)
                place = (applicant.read, applicant.shown, applicant.level, applicant.name, applicant.order)
                queue.put(new, applicant_id, homes.get(new.case_id), place)
            else:
                queue.join_by_hand(new, reason)

    def _households(self, cases: list[UUID]) -> dict[UUID, Any]:
        found: dict[UUID, Any] = {}
        for part in chunks(cases):
            statement = select(CaseFile.id, CaseFile.household_id).where(CaseFile.id.in_(part))
            found |= {row.id: row.household_id for row in self._writer.rows(statement)}
        return found
