"""Shortlists are frozen as shown; the rows repeat who stood where, so that work lists can name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from boligdesk.services.errors import UserError
from boligdesk.storage.tables import Blob, Shortlist, ShortlistRow, Vacancy, WaitingEntry
from boligdesk.storage.writers.assessment import AssessmentWriter
from boligdesk.storage.writers.vacancies import (
    ALLOCATION,
    NOTHING,
    live_vacancy,
    place_event,
    refresh_stage,
    version_of,
)

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.ports.allocation import NewShortlist
    from boligdesk.storage.writer import Writer

Stored = tuple["UUID", int, "UUID | None"]


class ShortlistWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def freeze(self, version: int, new: NewShortlist) -> Stored:
        """(shortlist, the vacancy's new version, event)."""
        writer = self._writer
        vacancy = live_vacancy(writer, new.vacancy_id)
        last = writer.scalar(select(func.max(Shortlist.no)).where(Shortlist.vacancy_id == new.vacancy_id))
        number = int(last or 0) + 1
        event = place_event(
            writer,
            "freeze_shortlist",
            ALLOCATION,
            vacancy,
            {"no": number, "considered": new.considered, "eligible": new.eligible},
        )
        writer.step(Vacancy, new.vacancy_id, version)
        edition = AssessmentWriter(writer).keep_rules(new.rule_set, new.rule_text)
        blob_id, shortlist_id = writer.new_id(), writer.new_id()
        writer.put_plain(Blob, {"id": blob_id, "body": new.snapshot})
        writer.insert(
            Shortlist,
            id=shortlist_id,
            list_scope_id=vacancy.list_scope_id,
            vacancy_id=new.vacancy_id,
            no=number,
            rule_edition_id=edition,
            computed_at=writer.now,
            as_of_on=new.as_of_on,
            engine=new.engine,
            snapshot_id=blob_id,
            snapshot_sha256=new.sha256,
            considered=new.considered,
            eligible=new.eligible,
        )
        self._rows(shortlist_id, new)
        refresh_stage(writer, new.vacancy_id)
        return shortlist_id, version_of(writer, new.vacancy_id), event

    def _rows(self, shortlist_id: UUID, new: NewShortlist) -> None:
        shells = _shells(self._writer, [row[0] for row in new.rows])
        for entry_id, rank, first_fail, unknowns in new.rows:
            self._writer.insert(
                ShortlistRow,
                shortlist_id=shortlist_id,
                waiting_entry_id=entry_id,
                rank=rank,
                first_fail=first_fail or None,
                unknowns=unknowns,
                **shells[entry_id],
            )

    def send_to_team(
        self, vacancy_id: UUID, version: int, shortlist_id: UUID, entry_ids: tuple[UUID, ...]
    ) -> Stored:
        writer = self._writer
        vacancy = live_vacancy(writer, vacancy_id)
        rows = writer.rows(
            select(ShortlistRow.id, ShortlistRow.waiting_entry_id).where(
                ShortlistRow.shortlist_id == shortlist_id,
                ShortlistRow.waiting_entry_id.in_(entry_ids),
                ShortlistRow.rank.is_not(None),
            )
        )
        if len(rows) < len(set(entry_ids)):
            raise UserError(
                "Noen av dem du har valgt, er ikke blant de første aktuelle i forslaget.",
                safe=NOTHING,
                todo="Velg blant søkerne som står øverst i forslaget.",
            )
        event = place_event(writer, "send_to_team", ALLOCATION, vacancy, {"count": len(rows)})
        writer.step(Vacancy, vacancy_id, version)
        for row in rows:
            writer.change(ShortlistRow, row.id, None, to_team_at=writer.now)
        refresh_stage(writer, vacancy_id)
        return vacancy_id, version_of(writer, vacancy_id), event


def mark_chosen(
    writer: Writer, shortlist_id: UUID, entry_id: UUID, rank: int, passed: tuple[UUID, ...], reason: str
) -> None:
    """The row of the one who was chosen, made when the list was longer than its rows; and why others were not."""
    writer.flush()
    row_id = writer.scalar(
        select(ShortlistRow.id).where(
            ShortlistRow.shortlist_id == shortlist_id, ShortlistRow.waiting_entry_id == entry_id
        )
    )
    if row_id is None:
        writer.insert(
            ShortlistRow,
            shortlist_id=shortlist_id,
            waiting_entry_id=entry_id,
            rank=rank,
            chosen=True,
            **_shells(writer, [entry_id])[entry_id],
        )
    else:
        writer.change(ShortlistRow, row_id, None, chosen=True)
    if not reason:
        return
    rows = writer.rows(
        select(ShortlistRow.id).where(
            ShortlistRow.shortlist_id == shortlist_id,
            ShortlistRow.waiting_entry_id.in_(passed),
            ShortlistRow.rank < rank,
        )
    )
    for row in rows:
        writer.change(ShortlistRow, row.id, None, skipped_reason=reason)


def _shells(writer: Writer, entry_ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Case and scopes that a row takes from its entry in the queue."""
    rows = writer.rows(
        select(
            WaitingEntry.id, WaitingEntry.case_id, WaitingEntry.list_scope_id, WaitingEntry.read_scope_id
        ).where(WaitingEntry.id.in_(entry_ids))
    )
    return {
        row.id: {
            "case_id": row.case_id,
            "list_scope_id": row.list_scope_id,
            "read_scope_id": row.read_scope_id,
        }
        for row in rows
    }
