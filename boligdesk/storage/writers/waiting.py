"""The queue: joined, given another priority, paused, left."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.allocation_catalog import WaitingState
from boligdesk.services.errors import NotFound, UserError
from boligdesk.storage.policies import openable
from boligdesk.storage.tables import CaseFile, WaitingEntry
from boligdesk.storage.writers.case_rows import case_for_write
from boligdesk.storage.writers.offers import has_live_offer
from boligdesk.storage.writers.scope import case_scopes
from boligdesk.storage.writers.vacancies import NOTHING

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.ports.allocation import NewWaiting
    from boligdesk.storage.writer import Writer

Stored = tuple[UUID, int, UUID | None]

WAITING = "waiting"


def _values(new: NewWaiting) -> dict[str, Any]:
    values = dataclasses.asdict(new) | {"priority_reasons": list(new.priority_reasons)}
    return values | {"overridden_reason": new.overridden_reason or None}


class WaitingWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def join(self, new: NewWaiting) -> UUID:
        """Under the event that is open: the queue row of the case is made, or follows the new approval."""
        writer = self._writer
        writer.flush()
        live = self._live(new.case_id)
        if live is not None:
            writer.change(WaitingEntry, live, None, **_values(new))
            return live
        case = writer.first(
            select(CaseFile.applicant_id, CaseFile.household_id).where(
                CaseFile.id == new.case_id, openable(CaseFile, writer.viewer)
            )
        )
        if case is None:
            raise NotFound
        place = case_scopes(writer, case.applicant_id, new.case_id)
        return self.put(new, case.applicant_id, case.household_id, place)

    def put(
        self,
        new: NewWaiting,
        applicant_id: UUID,
        household_id: UUID | None,
        place: tuple[int, int, int, str, str],
    ) -> UUID:
        """The row of a case that does not wait yet. ``place`` is what ``case_scopes`` says of it."""
        read, shown, level, name, order = place
        return self._writer.insert(
            WaitingEntry,
            **_values(new),
            applicant_id=applicant_id,
            household_id=household_id,
            applicant_name=name,
            applicant_sort=order,
            protection=level,
            list_scope_id=shown,
            read_scope_id=read,
            state=WaitingState.ACTIVE.value,
        )

    def join_by_hand(self, new: NewWaiting, reason: str) -> Stored:
        """Refused (UserError) when the case stands in the queue already."""
        writer = self._writer
        case = case_for_write(writer, new.case_id)
        if self._live(case.id) is not None:
            raise UserError("Saken står på ventelisten fra før.", safe=NOTHING)
        event = self.tell_joined(new, reason, case.applicant_id, case.scope)
        return self.join(new), 1, event

    def tell_joined(self, new: NewWaiting, reason: str, applicant_id: UUID, scope: tuple[int, int]) -> UUID:
        """The event of somebody who is put on the list with an approval from before."""
        params = {"class": new.priority_class, "since": new.waiting_since.isoformat(), "reason": reason}
        return self._writer.event(
            "join_waiting",
            WAITING,
            new.case_id,
            scope=scope,
            case_id=new.case_id,
            person_id=applicant_id,
            params=params,
        )

    def _live(self, case_id: UUID) -> UUID | None:
        found: UUID | None = self._writer.scalar(
            select(WaitingEntry.id).where(WaitingEntry.case_id == case_id, WaitingEntry.ended_at.is_(None))
        )
        return found

    # -- acts -----------------------------------------------------------------------------------

    def change_priority(self, entry_id: UUID, version: int, code: str, rank: int, reason: str) -> Stored:
        """The reasons of the rules stay; the person's own goes before them."""
        entry = self._entry(entry_id)
        if (entry.priority_class, entry.overridden_reason) == (code, reason):
            return entry_id, int(entry.row_version), None
        params = {"old": entry.priority_class, "new": code, "reason": reason}
        event = self._event("change_priority", entry, params)
        saved = self._writer.change(
            WaitingEntry,
            entry_id,
            version,
            priority_class=code,
            priority_rank=rank,
            overridden_reason=reason,
        )
        return entry_id, saved, event

    def pause(self, entry_id: UUID, version: int, until: dt.date | None, reason: str) -> Stored:
        entry = self._entry(entry_id)
        if entry.state not in {WaitingState.ACTIVE, WaitingState.PAUSED}:
            raise UserError(
                "Søkeren har et tilbud og kan ikke settes på pause.",
                safe=NOTHING,
                todo="Registrer svaret på tilbudet først.",
            )
        params = {"reason": reason} | ({"until": until.isoformat()} if until else {})
        event = self._event("pause_waiting", entry, params)
        saved = self._writer.change(
            WaitingEntry, entry_id, version, state=WaitingState.PAUSED.value, paused_to=until
        )
        return entry_id, saved, event

    def resume(self, entry_id: UUID, version: int) -> Stored:
        entry = self._entry(entry_id)
        if entry.state != WaitingState.PAUSED:
            return entry_id, int(entry.row_version), None
        event = self._event("resume_waiting", entry, {})
        saved = self._writer.change(
            WaitingEntry, entry_id, version, state=WaitingState.ACTIVE.value, paused_to=None
        )
        return entry_id, saved, event

    def leave(self, entry_id: UUID, version: int, state: str, reason: str) -> Stored:
        entry = self._entry(entry_id)
        if has_live_offer(self._writer, entry):
            raise UserError(
                "Søkeren har et tilbud om bolig.",
                safe=NOTHING,
                todo="Registrer svaret eller trekk tilbudet først.",
            )
        event = self._event("leave_waiting", entry, {"state": state, "reason": reason})
        saved = self._writer.change(
            WaitingEntry,
            entry_id,
            version,
            state=state,
            paused_to=None,
            ended_at=self._writer.now,
            end_reason=reason,
        )
        return entry_id, saved, event

    def _entry(self, entry_id: UUID) -> Any:
        """Raises NotFound, or UserError for one that has left."""
        writer = self._writer
        writer.flush()
        row = writer.first(
            select(WaitingEntry.__table__).where(
                WaitingEntry.id == entry_id, openable(WaitingEntry, writer.viewer)
            )
        )
        if row is None:
            raise NotFound
        if row.ended_at is not None:
            raise UserError("Søkeren står ikke lenger på ventelisten.", safe=NOTHING)
        return row

    def _event(self, verb: str, entry: Any, params: dict[str, Any]) -> UUID:
        case = case_for_write(self._writer, entry.case_id, closed_too=True)
        return self._writer.event(
            verb,
            WAITING,
            entry.id,
            scope=case.scope,
            case_id=case.id,
            person_id=case.applicant_id,
            params=params,
        )
