"""A letter on its way: begun, saved, sent to approval, approved or returned, finished, taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.catalog import TaskKind, TrackStatus
from boligdesk.domain.letters import LetterState
from boligdesk.services.errors import UserError
from boligdesk.services.ports.cases import NewTask
from boligdesk.storage.letter_rows import to_json
from boligdesk.storage.queries.letters import SETTING
from boligdesk.storage.tables import (
    JournalEntry,
    LegalTrack,
    Letter,
    LetterApproval,
    Reference,
    Vedtak,
)
from boligdesk.storage.writers.case_rows import case_for_write
from boligdesk.storage.writers.deadlines import add_task, refresh_next_due
from boligdesk.storage.writers.letter_dispatch import correct_arrival, send
from boligdesk.storage.writers.letter_filing import (
    address,
    decide,
    enter_journal,
    file_document,
    keep_template,
)
from boligdesk.storage.writers.letter_rows import (
    SUBJECT,
    address_scope,
    end_tasks,
    letter_event,
    letter_for_write,
)
from boligdesk.storage.writers.scope import case_scopes

if TYPE_CHECKING:
    from boligdesk.services.ports.letters import Dispatch, Frozen, NewLetter
    from boligdesk.services.records.papers import LetterValue
    from boligdesk.storage.writer import Writer
    from boligdesk.storage.writers.case_rows import CaseForWrite

Stored = tuple[UUID, int, UUID | None]

_JOURNAL_SERIES = "journal"
_OPEN = (LetterState.DRAFT.value, LetterState.TO_APPROVAL.value, LetterState.APPROVED.value)


class LetterWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def opened(self, letter_id: UUID) -> None:
        """Leave a read entry: somebody opened the letter."""
        found = letter_for_write(self._writer, letter_id)
        self._writer.read_entry(
            "vis_brev",
            person_id=found.case.applicant_id,
            case_id=found.case.id,
            document_id=found.row.document_id,
        )

    # -- drafts ---------------------------------------------------------------------------------

    def start(self, new: NewLetter) -> Stored:
        writer = self._writer
        case = case_for_write(writer, new.case_id)
        live = writer.scalar(
            select(Letter.id).where(
                Letter.case_id == case.id,
                Letter.kind == new.kind,
                Letter.ended_at.is_(None),
                Letter.status.in_(_OPEN),
                Letter.track_id.is_not_distinct_from(new.track_id),
                Letter.offer_id.is_not_distinct_from(new.offer_id),
            )
        )
        if live is not None:
            version = writer.scalar(select(Letter.row_version).where(Letter.id == live))
            return UUID(str(live)), int(version), None
        letter_id = writer.new_id()
        event = letter_event(writer, "start_letter", case, letter_id, {"kind": new.kind})
        read, shown, level, name, order = case_scopes(writer, case.applicant_id, case.id)
        writer.insert(
            Letter,
            id=letter_id,
            case_id=case.id,
            list_scope_id=shown,
            read_scope_id=read,
            protection=level,
            applicant_name=name,
            applicant_sort=order,
            kind=new.kind,
            language=new.language,
            title=new.title,
            approval=new.approval,
            track_id=new.track_id,
            offer_id=new.offer_id,
            body={"texts": new.texts, "choices": to_json(new.choices)},
            body_sha256=new.body_sha256,
            made_from_version=case.version,
            status=LetterState.DRAFT.value,
            written_by=writer.viewer.user_id,
        )
        return letter_id, 1, event

    def save(
        self,
        letter_id: UUID,
        version: int,
        texts: dict[str, str],
        choices: dict[str, LetterValue],
        language: str,
        title: str,
        body_sha256: str,
    ) -> Stored:
        """A text changed after approval falls back to kladd, told in the event."""
        writer = self._writer
        found = letter_for_write(writer, letter_id)
        row, case = found.row, found.case
        body = {**row.body, "texts": texts, "choices": to_json(choices)}
        if body == row.body and language == row.language and body_sha256 == row.body_sha256:
            return letter_id, row.row_version, None
        if (body, language) != (row.body, row.language):
            body["writers"] = sorted({*row.body.get("writers", ()), str(writer.viewer.user_id)})
        falls_back = row.status != LetterState.DRAFT and body_sha256 != row.body_sha256
        event = letter_event(
            writer, "save_letter", case, letter_id, {"kind": row.kind, "approval_lost": falls_back}
        )
        saved = writer.change(
            Letter,
            letter_id,
            version,
            body=body,
            language=language,
            title=title,
            body_sha256=body_sha256,
            made_from_version=case.version,
            **({"status": LetterState.DRAFT.value, "approved_by": None} if falls_back else {}),
        )
        if falls_back:
            end_tasks(writer, letter_id, TaskKind.APPROVE_LETTER, TaskKind.FINISH_LETTER, done=False)
            refresh_next_due(writer, case.id)
        return letter_id, saved, event

    def drop(self, letter_id: UUID, version: int, reason: str) -> Stored:
        """A draft that will not be used. Nothing is deleted."""
        writer = self._writer
        found = letter_for_write(writer, letter_id)
        event = letter_event(writer, "drop_letter", found.case, letter_id, {"kind": found.row.kind})
        saved = writer.change(Letter, letter_id, version, ended_at=writer.now, end_reason=reason or None)
        self._end_letter_tasks(letter_id, found.case.id, done=False)
        return letter_id, saved, event

    # -- approval -------------------------------------------------------------------------------

    def submit(self, letter_id: UUID, version: int, body_sha256: str) -> Stored:
        writer = self._writer
        found = letter_for_write(writer, letter_id)
        event = letter_event(writer, "submit_letter", found.case, letter_id, {"kind": found.row.kind})
        saved = writer.change(
            Letter, letter_id, version, status=LetterState.TO_APPROVAL.value, body_sha256=body_sha256
        )
        end_tasks(writer, letter_id, TaskKind.CORRECT_LETTER)
        add_task(
            writer,
            found.case,
            NewTask(TaskKind.APPROVE_LETTER, writer.today),
            None,
            subject=(SUBJECT, letter_id),
        )
        refresh_next_due(writer, found.case.id)
        return letter_id, saved, event

    def approve(self, letter_id: UUID, version: int, body_sha256: str) -> Stored:
        writer = self._writer
        found = letter_for_write(writer, letter_id)
        row, case = found.row, found.case
        event = letter_event(writer, "approve_letter", case, letter_id, {"kind": row.kind})
        self._approval(letter_id, case, "godkjent", None, None, body_sha256)
        saved = writer.change(
            Letter,
            letter_id,
            version,
            status=LetterState.APPROVED.value,
            approved_by=writer.viewer.user_id,
            body={**row.body, "reviewed": row.body.get("texts", {})},
        )
        end_tasks(writer, letter_id, TaskKind.APPROVE_LETTER)
        add_task(
            writer,
            case,
            NewTask(TaskKind.FINISH_LETTER, writer.today),
            row.written_by,
            subject=(SUBJECT, letter_id),
        )
        refresh_next_due(writer, case.id)
        return letter_id, saved, event

    def send_back(self, letter_id: UUID, version: int, reason: str, comment: str, body_sha256: str) -> Stored:
        writer = self._writer
        found = letter_for_write(writer, letter_id)
        row, case = found.row, found.case
        event = letter_event(writer, "return_letter", case, letter_id, {"kind": row.kind, "reason": reason})
        self._approval(letter_id, case, "underkjent", reason, comment, body_sha256)
        saved = writer.change(
            Letter,
            letter_id,
            version,
            status=LetterState.DRAFT.value,
            approved_by=None,
            body={**row.body, "reviewed": row.body.get("texts", {})},
        )
        end_tasks(writer, letter_id, TaskKind.APPROVE_LETTER, TaskKind.FINISH_LETTER)
        task = NewTask(TaskKind.CORRECT_LETTER, writer.today)
        add_task(writer, case, task, row.written_by, subject=(SUBJECT, letter_id))
        refresh_next_due(writer, case.id)
        return letter_id, saved, event

    def _approval(
        self,
        letter_id: UUID,
        case: CaseForWrite,
        outcome: str,
        reason: str | None,
        comment: str | None,
        body_sha256: str,
    ) -> None:
        self._writer.insert(
            LetterApproval,
            case_id=case.id,
            letter_id=letter_id,
            by=self._writer.viewer.user_id,
            outcome=outcome,
            reason=reason,
            comment=comment,
            body_sha256=body_sha256,
            **address_scope(case),
        )

    # -- finished -------------------------------------------------------------------------------

    def next_journal_number(self) -> tuple[int, int, str]:
        """(year, sequence, «482/2026»). Held until the transaction ends; rolled back with it."""
        year = self._writer.today.year
        sequence = self._writer.next_number(_JOURNAL_SERIES, year)
        return year, sequence, f"{sequence}/{year}"

    def finalise(self, frozen: Frozen, number: tuple[int, int, str], pdfs: tuple[bytes, ...]) -> Stored:
        """Files, journal entry, addresses, decision: all of it, or nothing."""
        writer = self._writer
        found = letter_for_write(writer, frozen.letter_id)
        row, case = found.row, found.case
        if row.status not in {LetterState.DRAFT, LetterState.APPROVED}:
            raise UserError("Brevet er ferdigstilt fra før.", safe="Ingenting er endret.")
        params = {"kind": row.kind, "journal": number[2]}
        event = letter_event(writer, "finalise_letter", case, frozen.letter_id, params)
        document_id = file_document(writer, frozen, case, number[2], pdfs)
        journal_id = enter_journal(writer, frozen, case, number, document_id)
        address(writer, frozen, case)
        _kind, _language, version, sha256, _text = frozen.template_key
        saved = writer.change(
            Letter,
            frozen.letter_id,
            frozen.version,
            status=LetterState.FINALISED.value,
            title=frozen.title,
            template_edition_id=keep_template(writer, frozen),
            body={
                **row.body,
                "values": to_json(frozen.values),
                "template": {"version": version, "sha256": sha256},
            },
            body_sha256=frozen.body_sha256,
            dated_on=frozen.dated_on,
            finalised_at=writer.now,
            finalised_by=writer.viewer.user_id,
            document_id=document_id,
            journal_id=journal_id,
            journal_number=number[2],
        )
        if frozen.decide is not None:
            decide(writer, frozen, case)
        end_tasks(
            writer,
            frozen.letter_id,
            TaskKind.FINISH_LETTER,
            TaskKind.APPROVE_LETTER,
            TaskKind.CORRECT_LETTER,
        )
        add_task(
            writer,
            case,
            NewTask(TaskKind.PRINT_LETTER, writer.today),
            writer.viewer.user_id,
            subject=(SUBJECT, frozen.letter_id),
        )
        refresh_next_due(writer, case.id)
        return frozen.letter_id, saved, event

    def recall(self, letter_id: UUID, version: int, reason: str) -> Stored:
        """Before dispatch: the number stays used, the entry says utgår, the decision is undecided again."""
        writer = self._writer
        found = letter_for_write(writer, letter_id)
        row, case = found.row, found.case
        params = {"kind": row.kind, "journal": row.journal_number, "reason": reason}
        event = letter_event(writer, "recall_letter", case, letter_id, params)
        saved = writer.change(
            Letter,
            letter_id,
            version,
            status=LetterState.RECALLED.value,
            ended_at=writer.now,
            end_reason=reason,
        )
        writer.change(JournalEntry, row.journal_id, None, status="utgar")
        vedtak = writer.rows(
            select(Vedtak.id, Vedtak.track_id).where(Vedtak.letter_id == letter_id, Vedtak.ended_at.is_(None))
        )
        for one in vedtak:
            writer.change(Vedtak, one.id, None, decided_on=None, decided_by=None, letter_id=None)
            writer.change(LegalTrack, one.track_id, None, status=TrackStatus.RECOMMENDED.value)
        self._end_letter_tasks(letter_id, case.id, done=False)
        return letter_id, saved, event

    def _end_letter_tasks(self, letter_id: UUID, case_id: UUID, *, done: bool) -> None:
        end_tasks(
            self._writer,
            letter_id,
            TaskKind.APPROVE_LETTER,
            TaskKind.CORRECT_LETTER,
            TaskKind.FINISH_LETTER,
            TaskKind.PRINT_LETTER,
            done=done,
        )
        refresh_next_due(self._writer, case_id)

    # -- out of the house -----------------------------------------------------------------------

    def printed(self, letter_ids: tuple[UUID, ...], printer: str) -> None:
        """Printing is not sending: the letter stays where it is, and the log says who printed it."""
        writer = self._writer
        for letter_id in letter_ids:
            found = letter_for_write(writer, letter_id)
            letter_event(
                writer,
                "print_letter",
                found.case,
                letter_id,
                {"kind": found.row.kind, "printer": printer},
            )
            writer.change(Letter, letter_id, None, printed_at=writer.now)
            writer.read_entry(
                "skriv_ut",
                person_id=found.case.applicant_id,
                case_id=found.case.id,
                document_id=found.row.document_id,
            )

    def send(self, dispatch: Dispatch) -> Stored:
        return send(self._writer, dispatch)

    def correct_arrival(
        self, letter_id: UUID, version: int, arrived_on: dt.date, reason: str, dispatch: Dispatch
    ) -> Stored:
        return correct_arrival(self._writer, letter_id, version, arrived_on, reason, dispatch)

    # -- the office -----------------------------------------------------------------------------

    def save_office_setting(self, key: str, body: dict[str, Any]) -> Stored:
        """The row in force ends today and the new one begins; the same day it is changed in place."""
        writer = self._writer
        live = writer.first(
            select(Reference.id, Reference.row_version, Reference.body, Reference.valid_from)
            .where(Reference.kind == SETTING, Reference.key == key, Reference.valid_to.is_(None))
            .order_by(Reference.id.desc())
        )
        if live is not None and live.body == body:
            return live.id, live.row_version, None
        setting_id = live.id if live is not None and live.valid_from == writer.today else writer.new_id()
        event = writer.event(
            "save_office_setting", "reference", setting_id, scope=(0, 0), params={"key": key}
        )
        if live is not None and live.valid_from == writer.today:
            return setting_id, writer.change(Reference, live.id, None, body=body), event
        if live is not None:
            writer.change(Reference, live.id, None, valid_to=writer.today)
        writer.insert(
            Reference,
            id=setting_id,
            kind=SETTING,
            key=key,
            body=body,
            source="kontorets innstilling",
            confidence="V",
            origin="kontoret",
            valid_from=writer.today,
        )
        return setting_id, 1, event
