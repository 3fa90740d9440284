"""Cases: one matter, one number; application, legal tracks, notes, documents, facts."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text

from boligdesk.domain.catalog import (
    CaseKind,
    CaseOutcome,
    CasePhase,
    Channel,
    FactSource,
    FactState,
    NoteKind,
    TrackLaw,
    TrackStatus,
    WaitingOn,
)
from boligdesk.storage.tables.base import (
    AppendOnly,
    Base,
    Content,
    Envelope,
    Period,
    Shell,
    code,
    sort_key,
    three_valued,
)
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column

LIVE = text("ended_at IS NULL")


class CaseFile(Base, Envelope, Shell):
    __tablename__ = "case_file"

    year: Mapped[int]
    seq: Mapped[int]
    number: Mapped[str]
    kind: Mapped[str]
    applicant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    applicant_name: Mapped[str]
    applicant_sort: Mapped[str] = sort_key()
    household_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("household.id"), index=True)
    org_unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("org_unit.id"))
    district_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("district.id"))
    assignee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    phase: Mapped[str]
    waiting_on: Mapped[str] = mapped_column(default="ingen")
    outcome: Mapped[str | None]
    priority: Mapped[int | None]
    opened_on: Mapped[dt.date]
    ended_at: Mapped[dt.datetime | None]
    next_due_on: Mapped[dt.date | None]
    next_deadline_id: Mapped[uuid.UUID | None]
    parent_case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"))
    stay_of_execution: Mapped[int | None] = three_valued()
    archive_state: Mapped[str] = mapped_column(default="aktiv")
    public_title: Mapped[str]
    public_title_masked: Mapped[str]

    __table_args__ = later(
        lambda: (
            UniqueConstraint("number"),
            UniqueConstraint("year", "seq"),
            code(CaseKind, "kind"),
            code(CasePhase, "phase"),
            code(WaitingOn, "waiting_on"),
            code(CaseOutcome, "outcome"),
            Index(
                "ix_case_live_due",
                "next_due_on",
                "id",
                "list_scope_id",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            # with everything that the orders by kind, phase and owner look at
            Index(
                "ix_case_live_scope",
                "list_scope_id",
                "next_due_on",
                "id",
                "kind",
                "phase",
                "assignee_id",
                "year",
                "seq",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index(
                "ix_case_live_owner",
                "assignee_id",
                "next_due_on",
                "id",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index(
                "ix_case_live_name",
                "applicant_sort",
                "id",
                "list_scope_id",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index(
                "ix_case_live_opened",
                "opened_on",
                "id",
                "list_scope_id",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index("ix_case_kind", "list_scope_id", "kind", "phase"),
            Index("ix_case_number", "year", "seq", "id", "list_scope_id"),
            Index("ix_case_all_due", "next_due_on", "id", "list_scope_id"),
            Index("ix_case_all_name", "applicant_sort", "id", "list_scope_id"),
            Index("ix_case_all_opened", "opened_on", "id", "list_scope_id"),
        )
    )


class CaseParty(Base, Envelope, Period):
    __tablename__ = "case_party"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    copy_letters: Mapped[bool] = mapped_column(default=False)


class Application(Base, Envelope, Content):
    __tablename__ = "application"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    asks: Mapped[list[Any]]
    channel: Mapped[str]
    received_on: Mapped[dt.date]
    received_by: Mapped[uuid.UUID]
    written_language: Mapped[str | None]
    signed: Mapped[int | None] = three_valued()
    what_it_takes: Mapped[str | None]
    own_attempts: Mapped[str | None]
    withdrawn_on: Mapped[dt.date | None]

    __table_args__ = later(lambda: (code(Channel, "channel"),))


class LegalTrack(Base, Envelope, Content):
    """One legal question in the case: its own law, deciding body and appeal body (domain.md 1.2)."""

    __tablename__ = "legal_track"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"))
    law: Mapped[str]
    no: Mapped[int] = mapped_column(default=1)
    decision_body: Mapped[str]
    appeal_body: Mapped[str]
    status: Mapped[str]
    conclusion_text: Mapped[str | None]
    wishes_text: Mapped[str | None]
    proposed_outcome: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            UniqueConstraint("case_id", "law", "no"),
            code(TrackLaw, "law"),
            code(TrackStatus, "status"),
        )
    )


class Note(Base, Envelope, Content):
    """Facts and assessment are kept apart (forvaltningsloven § 18c): the party may read the facts."""

    __tablename__ = "note"

    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    occurred_at: Mapped[dt.datetime]
    facts_text: Mapped[str]
    assessment_text: Mapped[str | None]
    with_whom: Mapped[str | None]
    final_at: Mapped[dt.datetime | None]
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("note.id"))
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(lambda: (code(NoteKind, "kind"),))


class Fact(Base, AppendOnly, Content):
    """Something known, asked in vain, or not relevant; superseded, never changed (model.md 1.3)."""

    __tablename__ = "fact"

    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    key: Mapped[str]
    state: Mapped[str]
    value_num: Mapped[int | None]
    value_code: Mapped[str | None]
    value_date: Mapped[dt.date | None]
    value_text: Mapped[str | None]
    source_kind: Mapped[str]
    source_id: Mapped[uuid.UUID | None]
    observed_on: Mapped[dt.date]
    informed: Mapped[int | None] = three_valued()
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(unique=True)
    superseded_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            code(FactState, "state"),
            code(FactSource, "source_kind"),
            Index(
                "uq_fact_live",
                "subject_id",
                "key",
                unique=True,
                sqlite_where=text("superseded_at IS NULL"),
                postgresql_where=text("superseded_at IS NULL"),
            ),
            Index("ix_fact_history", "subject_id", "key", "observed_on"),
        )
    )


class Document(Base, Envelope, Content):
    __tablename__ = "document"

    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    dwelling_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dwelling.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    dated_on: Mapped[dt.date | None]
    from_to: Mapped[str | None]
    current_version_id: Mapped[uuid.UUID | None]
    frozen_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class DocumentVersion(Base, AppendOnly):
    __tablename__ = "document_version"

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"))
    no: Mapped[int]
    variant: Mapped[str]
    file_name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    blob_id: Mapped[uuid.UUID]

    __table_args__ = later(lambda: (UniqueConstraint("document_id", "no"),))


class Blob(Base):
    """Bytes, apart from everything. The key is a uuid, never the hash (a hash tells that a file exists)."""

    __tablename__ = "blob"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
