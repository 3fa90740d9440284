"""Letters, who gets them, who approved which text, the journal, and what was printed."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint, text

from boligdesk.domain.letters import ArrivalBasis, DispatchRoute, LetterState, RecipientRole
from boligdesk.storage.tables.base import AppendOnly, Base, Content, Envelope, Shell, code, sort_key
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column

LIVE = text("ended_at IS NULL")


class Letter(Base, Envelope, Shell):
    """One text to one or more recipients. ``body`` is never selected in a list.

    ``kind`` has no CHECK: the catalogue of letters grows with every version.
    """

    __tablename__ = "letter"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    applicant_name: Mapped[str]
    applicant_sort: Mapped[str] = sort_key()
    protection: Mapped[int] = mapped_column(SmallInteger, default=0)
    kind: Mapped[str]
    language: Mapped[str]
    title: Mapped[str]
    template_edition_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("edition.id"))
    approval: Mapped[str]
    track_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("legal_track.id"))
    offer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("offer.id"))
    body: Mapped[dict[str, Any]]
    body_sha256: Mapped[str]
    made_from_version: Mapped[int]
    status: Mapped[str]
    written_by: Mapped[uuid.UUID]
    approved_by: Mapped[uuid.UUID | None]
    finalised_at: Mapped[dt.datetime | None]
    finalised_by: Mapped[uuid.UUID | None]
    dated_on: Mapped[dt.date | None]
    sent_on: Mapped[dt.date | None]
    appeal_due_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    printed_at: Mapped[dt.datetime | None]
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("document.id"))
    journal_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    journal_number: Mapped[str | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("letter.id"))
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None]

    __table_args__ = later(
        lambda: (
            code(LetterState, "status"),
            Index("ix_letter_status", "status", "changed_at", "id", "list_scope_id"),
            Index("ix_letter_name", "applicant_sort", "id", "list_scope_id"),
        )
    )


class LetterRecipient(Base, Envelope, Content):
    """One row = one dispatch. The address is frozen when the letter is finished."""

    __tablename__ = "letter_recipient"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    letter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("letter.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    name: Mapped[str | None]
    address_text: Mapped[str | None]
    route: Mapped[str]
    dispatched_on: Mapped[dt.date | None]
    arrived_on: Mapped[dt.date | None]
    arrived_basis: Mapped[str | None]
    arrived_reason: Mapped[str | None]
    failed_reason: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            code(RecipientRole, "role"),
            code(DispatchRoute, "route"),
            code(ArrivalBasis, "arrived_basis"),
        )
    )


class LetterApproval(Base, AppendOnly, Content):
    """Who approved which text. It holds only while its hash equals the letter's."""

    __tablename__ = "letter_approval"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    letter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("letter.id"), index=True)
    by: Mapped[uuid.UUID]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    comment: Mapped[str | None]
    body_sha256: Mapped[str]


class JournalEntry(Base, Envelope, Content):
    """The public record. Year and number without gaps (model.md 6.6); final but for its status."""

    __tablename__ = "journal_entry"

    year: Mapped[int]
    seq: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[str]
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"))
    letter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("letter.id"))
    title: Mapped[str]
    public_title: Mapped[str]
    counterpart: Mapped[str]
    document_on: Mapped[dt.date]
    registered_at: Mapped[dt.datetime]
    status: Mapped[str]
    shield_basis: Mapped[str | None]

    __table_args__ = later(lambda: (UniqueConstraint("year", "seq"),))


class PrintBatch(Base, Envelope):
    """A print run that can be gone on with after a printer fault."""

    __tablename__ = "print_batch"

    started_at: Mapped[dt.datetime]
    printer: Mapped[str]
    ended_at: Mapped[dt.datetime | None]


class PrintItem(Base, Envelope):
    __tablename__ = "print_item"

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("print_batch.id"), index=True)
    letter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("letter.id"), index=True)
    no: Mapped[int]
    state: Mapped[str]
