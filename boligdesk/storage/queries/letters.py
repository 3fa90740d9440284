"""Letters: the list with its segments, one letter whole, the frozen files, the journal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select

from boligdesk.domain.calendar import short_date
from boligdesk.domain.letters import LetterKind, LetterState
from boligdesk.domain.text import sort_key
from boligdesk.services.errors import NotFound
from boligdesk.services.ports.letters import LetterKnown, OfferKnown, StoredLetter
from boligdesk.services.records.allocation import OfferTerms
from boligdesk.services.records.common import MASKED_NAME, MASKED_SORT, Page
from boligdesk.services.records.letters import ApprovalRow, JournalRow, LetterCounts, LetterRow, RecipientRow
from boligdesk.storage.letter_rows import from_json
from boligdesk.storage.person_rows import live_name, load_rows, load_secret
from boligdesk.storage.policies import listed, live, openable, readable
from boligdesk.storage.queries.letter_recipients import recipients_of
from boligdesk.storage.queries.names import list_names
from boligdesk.storage.queries.search import SearchQueries
from boligdesk.storage.tables import (
    Blob,
    CaseFile,
    DocumentVersion,
    Dwelling,
    JournalEntry,
    LegalTrack,
    Letter,
    LetterApproval,
    LetterRecipient,
    Offer,
    Person,
    Reference,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import ColumnElement, Row

    from boligdesk.services.records.common import Sort
    from boligdesk.services.records.letters import LetterFilter
    from boligdesk.storage.reader import Reader

#: Kind of the office's own dated settings in ``reference``.
SETTING = "innstilling"
SEGMENTS: dict[str, tuple[LetterState, ...]] = {
    "kladder": (LetterState.DRAFT,),
    "til_godkjenning": (LetterState.TO_APPROVAL,),
    "klare": (LetterState.APPROVED, LetterState.FINALISED),
    "sendt": (LetterState.SENT,),
    "alle": tuple(LetterState),
}


def _by_status(_reader: Reader) -> ColumnElement[Any]:
    return case({state.value: place for place, state in enumerate(LetterState)}, value=Letter.status)


def _by_kind(_reader: Reader) -> ColumnElement[Any]:
    kinds = sorted(LetterKind, key=lambda kind: sort_key(kind.label))
    return case({kind.value: place for place, kind in enumerate(kinds)}, value=Letter.kind)


def _by_writer(reader: Reader) -> ColumnElement[Any]:
    names = sorted(reader.user_names.items(), key=lambda item: sort_key(item[1]))
    places = {user_id: place for place, (user_id, _name) in enumerate(names)}
    return case(places, value=Letter.written_by, else_=len(names))


SORTS: dict[str, Callable[[Reader], tuple[Any, ...]]] = {
    "changed": lambda _reader: (Letter.changed_at,),
    "title": lambda reader: (_by_kind(reader),),
    "to": lambda _reader: (Letter.applicant_sort,),
    "case": lambda _reader: (CaseFile.year, CaseFile.seq),
    "writer": lambda reader: (_by_writer(reader),),
    "status": lambda reader: (_by_status(reader),),
    "due": lambda _reader: (func.coalesce(Letter.appeal_due_on, Letter.due_on),),
    "journal": lambda _reader: (Letter.finalised_at,),
    "sent": lambda _reader: (Letter.sent_on,),
}


class LetterQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, wanted: LetterFilter, sort: Sort, offset: int, limit: int) -> Page[LetterRow]:
        """One window of the list. An unknown sort key raises KeyError."""
        condition = and_(self._listed(), self._condition(wanted))
        total = int(
            self._reader.scalar(
                select(func.count())
                .select_from(Letter)
                .join(CaseFile, CaseFile.id == Letter.case_id)
                .where(condition)
            )
            or 0
        )
        columns = [*SORTS[sort.key](self._reader), Letter.id]
        turned = [column.desc() for column in columns] if sort.descending else columns
        order = [turned[0].nulls_last(), *turned[1:]]
        ids = (
            select(Letter.id)
            .join(CaseFile, CaseFile.id == Letter.case_id)
            .where(condition)
            .order_by(*order)
            .offset(offset)
            .limit(limit)
            .subquery()
        )
        return Page(self._rows(Letter.id.in_(select(ids.c.id)), order), total, offset)

    def counts(self) -> LetterCounts:
        rows = self._reader.rows(
            select(Letter.status, func.count()).where(self._listed()).group_by(Letter.status)
        )
        by_status = {row[0]: int(row[1]) for row in rows}
        return LetterCounts(
            {name: sum(by_status.get(state, 0) for state in states) for name, states in SEGMENTS.items()}
        )

    def of_case(self, case_id: UUID) -> tuple[LetterRow, ...]:
        return self._rows(
            and_(self._listed(), Letter.case_id == case_id, openable(Letter, self._reader.viewer)),
            [Letter.created_at.desc(), Letter.id.desc()],
        )

    def _listed(self) -> ColumnElement[bool]:
        """Letters in the viewer's lists; drafts that were thrown away are not letters."""
        dropped = and_(Letter.ended_at.is_not(None), Letter.journal_id.is_(None))
        return and_(listed(Letter, self._reader.viewer), ~dropped)

    def _condition(self, wanted: LetterFilter) -> ColumnElement[bool]:
        parts: list[Any] = [Letter.status.in_(SEGMENTS[wanted.segment])]
        if wanted.kinds:
            parts.append(Letter.kind.in_(wanted.kinds))
        if wanted.mine:
            parts.append(Letter.written_by == self._reader.viewer.user_id)
        if wanted.dated_from is not None:
            parts.append(Letter.dated_on >= wanted.dated_from)
        if wanted.dated_to is not None:
            parts.append(Letter.dated_on <= wanted.dated_to)
        if wanted.text.strip():
            parts.append(self._text(wanted.text))
        return and_(*parts)

    def _text(self, text: str) -> ColumnElement[bool]:
        """By case or journal number for everybody who has the row; by name only where the letter may be opened."""
        search, viewer = SearchQueries(self._reader), self._reader.viewer
        numbered = Letter.journal_number == text.strip()
        by_number = search.matching(text, "case", Letter.case_id)
        by_name = search.matching(text, "person", Person.id)
        if by_number is None or by_name is None:
            return numbered
        people = select(Person.id).where(by_name, readable(Person, viewer))
        theirs = select(CaseFile.id).where(CaseFile.applicant_id.in_(people))
        return or_(numbered, by_number, and_(Letter.case_id.in_(theirs), openable(Letter, viewer)))

    def _rows(self, where: Any, order: list[Any]) -> tuple[LetterRow, ...]:
        viewer = self._reader.viewer
        rows = self._reader.rows(
            select(
                Letter.id,
                Letter.row_version,
                Letter.kind,
                Letter.title,
                Letter.applicant_name,
                Letter.applicant_sort,
                Letter.protection,
                Letter.case_id,
                Letter.written_by,
                Letter.status,
                Letter.language,
                Letter.due_on,
                Letter.appeal_due_on,
                Letter.journal_number,
                Letter.sent_on,
                Letter.printed_at,
                CaseFile.number,
                CaseFile.applicant_id,
                openable(Letter, viewer).label("is_open"),
            )
            .join(CaseFile, CaseFile.id == Letter.case_id)
            .where(where)
            .order_by(*order)
        )
        names = list_names(self._reader, (row.applicant_id for row in rows if row.is_open))
        arrived = self._arrivals([row.id for row in rows if row.is_open])
        return tuple(self._row(row, names, arrived) for row in rows)

    def _arrivals(self, letters: Sequence[UUID]) -> dict[UUID, dt.date]:
        if not letters:
            return {}
        rows = self._reader.rows(
            select(LetterRecipient.letter_id, func.min(LetterRecipient.arrived_on).label("on"))
            .where(LetterRecipient.letter_id.in_(letters), LetterRecipient.arrived_on.is_not(None))
            .group_by(LetterRecipient.letter_id)
        )
        return {row.letter_id: row.on for row in rows}

    def _row(self, row: Row[Any], names: dict[UUID, str], arrived: dict[UUID, dt.date]) -> LetterRow:
        masked = not row.is_open
        to = MASKED_NAME if masked else names.get(row.applicant_id, row.applicant_name)
        return LetterRow(
            id=row.id,
            version=row.row_version,
            kind=row.kind,
            title=LetterKind(row.kind).label,
            to=to,
            is_masked=masked,
            case_id=None if masked else row.case_id,
            case_number=row.number,
            written_by=self._reader.user_names.get(row.written_by, ""),
            status=row.status,
            language=row.language,
            due_on=None if masked else row.due_on,
            appeal_due_on=None if masked else row.appeal_due_on,
            arrived_on=arrived.get(row.id),
            journal_number=row.journal_number or "",
            sent_on=row.sent_on,
            printed_at=row.printed_at,
            can_tick=not masked and row.protection == 0 and row.applicant_sort != MASKED_SORT,
        )

    # -- one letter -----------------------------------------------------------------------------

    def stored(self, letter_id: UUID) -> StoredLetter:
        """Raises NotFound for a letter the viewer may not open."""
        row = self._reader.first(
            select(Letter.__table__).where(Letter.id == letter_id, openable(Letter, self._reader.viewer))
        )
        if row is None or (row.ended_at is not None and row.journal_id is None):
            raise NotFound
        body = row.body
        return StoredLetter(
            id=row.id,
            version=row.row_version,
            case_id=row.case_id,
            kind=row.kind,
            language=row.language,
            title=row.title,
            status=row.status,
            approval=row.approval,
            track_id=row.track_id,
            offer_id=row.offer_id,
            texts=dict(body.get("texts", {})),
            choices=from_json(body.get("choices", {})),
            template_version=int(body.get("template", {}).get("version", 0)),
            template_sha256=str(body.get("template", {}).get("sha256", "")),
            body_sha256=row.body_sha256,
            written_by_id=row.written_by,
            written_by=self._reader.user_names.get(row.written_by, ""),
            recipients=self._recipients(letter_id),
            approvals=self._approvals(letter_id, row.body_sha256),
            approved_texts=dict(body.get("reviewed", {})),
            journal_number=row.journal_number or "",
            dated_on=row.dated_on,
            sent_on=row.sent_on,
            appeal_due_on=row.appeal_due_on,
            document_id=row.document_id,
            frozen_values=from_json(body.get("values", {})),
            writer_ids=frozenset({row.written_by, *map(UUID, body.get("writers", ()))}),
        )

    def _recipients(self, letter_id: UUID) -> tuple[RecipientRow, ...]:
        rows = self._reader.rows(
            select(LetterRecipient.__table__)
            .where(LetterRecipient.letter_id == letter_id, readable(LetterRecipient, self._reader.viewer))
            .order_by(LetterRecipient.id)
        )
        return tuple(
            RecipientRow(
                id=row.id,
                person_id=row.person_id,
                role=row.role,
                name=row.name or "",
                address=tuple((row.address_text or "").splitlines()),
                route=row.route,
                dispatched_on=row.dispatched_on,
                arrived_on=row.arrived_on,
                arrived_basis=row.arrived_basis or "",
            )
            for row in rows
        )

    def _approvals(self, letter_id: UUID, body_sha256: str) -> tuple[ApprovalRow, ...]:
        rows = self._reader.rows(
            select(LetterApproval.__table__)
            .where(LetterApproval.letter_id == letter_id, readable(LetterApproval, self._reader.viewer))
            .order_by(LetterApproval.created_at, LetterApproval.id)
        )
        return tuple(
            ApprovalRow(
                by_id=row.by,
                by=self._reader.user_names.get(row.by, ""),
                at=row.created_at,
                outcome=row.outcome,
                reason=row.reason or "",
                comment=row.comment or "",
                holds=row.body_sha256 == body_sha256,
            )
            for row in rows
        )

    def known(self, case_id: UUID, offer_id: UUID | None) -> LetterKnown:
        """Raises NotFound for a case the viewer may not open."""
        reader = self._reader
        row = reader.first(
            select(
                CaseFile.row_version,
                CaseFile.number,
                CaseFile.kind,
                CaseFile.ended_at,
                CaseFile.applicant_id,
                CaseFile.assignee_id,
                CaseFile.read_scope_id,
            ).where(CaseFile.id == case_id, openable(CaseFile, reader.viewer))
        )
        if row is None:
            raise NotFound
        rows = load_rows(reader, row.applicant_id, load_secret(reader, row.applicant_id))
        protection = self._protection(row.applicant_id, case_id)
        recipients, unserved = recipients_of(reader, case_id, row.applicant_id, protection)
        return LetterKnown(
            case_id=case_id,
            case_version=row.row_version,
            case_number=row.number,
            case_kind=row.kind,
            is_open=row.ended_at is None,
            protection=protection,
            applicant_id=row.applicant_id,
            applicant_name=live_name(rows["names"], reader.today),
            caseworker=reader.user_names.get(row.assignee_id, ""),
            recipients=recipients,
            unserved=unserved,
            other_drafts=self._drafts(row.applicant_id),
            offer=self._offer(offer_id) if offer_id is not None else None,
        )

    def _protection(self, applicant_id: UUID, case_id: UUID) -> int:
        """The level the case's content carries: the strictest of everybody in it."""
        own = self._reader.scalar(select(Person.protection).where(Person.id == applicant_id))
        content = self._reader.scalar(
            select(func.max(LegalTrack.protection)).where(LegalTrack.case_id == case_id)
        )
        return max(int(own or 0), int(content or 0))

    def _drafts(self, applicant_id: UUID) -> tuple[tuple[UUID, str], ...]:
        rows = self._reader.rows(
            select(Letter.id, Letter.kind, Letter.created_at, Letter.written_by)
            .join(CaseFile, CaseFile.id == Letter.case_id)
            .where(
                CaseFile.applicant_id == applicant_id,
                Letter.ended_at.is_(None),
                Letter.status.in_((LetterState.DRAFT, LetterState.TO_APPROVAL, LetterState.APPROVED)),
                openable(Letter, self._reader.viewer),
            )
            .order_by(Letter.id)
        )
        names = self._reader.user_names
        return tuple(
            (
                row.id,
                f"{LetterKind(row.kind).label}, {short_date(row.created_at.date())}, "
                f"{names.get(row.written_by, '')}".rstrip(", "),
            )
            for row in rows
        )

    def _offer(self, offer_id: UUID) -> OfferKnown | None:
        row = self._reader.first(
            select(
                Offer.id,
                Offer.state,
                Offer.terms,
                Dwelling.street,
                Dwelling.house_no,
                Dwelling.letter,
                Dwelling.unit_no,
                Dwelling.postcode,
                Dwelling.city,
                Dwelling.rooms,
                Dwelling.bedrooms,
                Dwelling.area_m2x10,
                Dwelling.floor,
                Dwelling.lift,
                Dwelling.rent_ore,
            )
            .join(Dwelling, Dwelling.id == Offer.dwelling_id)
            .where(Offer.id == offer_id, openable(Offer, self._reader.viewer))
        )
        if row is None:
            return None
        street = " ".join(part for part in (row.street, row.house_no, row.letter) if part)
        place = " ".join(part for part in (row.postcode, row.city) if part)
        terms = from_json(row.terms)
        return OfferKnown(
            id=row.id,
            state=row.state,
            address=", ".join(part for part in (street, row.unit_no, place) if part),
            rooms=row.rooms,
            bedrooms=row.bedrooms,
            area_m2x10=row.area_m2x10,
            floor=row.floor,
            lift=row.lift,
            terms=OfferTerms(
                rent_ore=_number(terms.get("rent_ore")) or row.rent_ore,
                deposit_ore=_number(terms.get("deposit_ore")),
                move_in_on=_date(terms.get("move_in_on")),
                viewing=str(terms.get("viewing") or ""),
                term_months=_number(terms.get("term_months")),
            ),
        )

    def office_setting(self, key: str) -> dict[str, Any] | None:
        """The setting in force today; None = not set."""
        row = self._reader.first(
            select(Reference.body)
            .where(Reference.kind == SETTING, Reference.key == key, live(Reference, self._reader.today))
            .order_by(Reference.id.desc())
            .limit(1)
        )
        return None if row is None else dict(row.body)

    def pdfs(self, letter_id: UUID) -> tuple[bytes, ...]:
        """The frozen files, one per recipient. Raises NotFound before the letter is finished."""
        rows = self._reader.rows(
            select(Blob.body)
            .join(DocumentVersion, DocumentVersion.blob_id == Blob.id)
            .join(Letter, Letter.document_id == DocumentVersion.document_id)
            .where(Letter.id == letter_id, openable(Letter, self._reader.viewer))
            .order_by(DocumentVersion.no)
        )
        if not rows:
            raise NotFound
        return tuple(bytes(row.body) for row in rows)

    def journal(self, offset: int, limit: int) -> Page[JournalRow]:
        may = readable(JournalEntry, self._reader.viewer)
        total = self._reader.scalar(select(func.count()).select_from(JournalEntry).where(may)) or 0
        rows = self._reader.rows(
            select(
                JournalEntry.number,
                JournalEntry.document_on,
                JournalEntry.public_title,
                JournalEntry.counterpart,
                JournalEntry.status,
                CaseFile.number.label("case_number"),
            )
            .join(CaseFile, CaseFile.id == JournalEntry.case_id)
            .where(may)
            .order_by(JournalEntry.year.desc(), JournalEntry.seq.desc())
            .offset(offset)
            .limit(limit)
        )
        made = (
            JournalRow(
                row.number, row.document_on, row.public_title, row.counterpart, row.case_number, row.status
            )
            for row in rows
        )
        return Page(tuple(made), int(total), offset)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _date(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
