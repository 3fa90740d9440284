"""What happened, what changed, who looked; one hash chain over all of it (model.md 1.16)."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index

from boligdesk.storage.tables.base import Base, Content
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column


class Event(Base, Content):
    """One command. The timeline of a case or a person is made of these."""

    __tablename__ = "event"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    actor_id: Mapped[uuid.UUID]
    verb: Mapped[str]
    case_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    occurred_on: Mapped[dt.date]
    command_id: Mapped[uuid.UUID]
    params: Mapped[dict[str, Any]]
    undo_of_id: Mapped[uuid.UUID | None]

    __table_args__ = later(
        lambda: (
            Index("ix_event_case", "case_id", "at"),
            Index("ix_event_person", "person_id", "at"),
            Index("ix_event_subject", "subject_id", "at"),
            Index("ix_event_actor", "actor_id", "at"),
            Index("ix_event_undo", "undo_of_id"),
            Index("ix_event_at", "at", "id", "read_scope_id", "protection"),
        )
    )


class EventChange(Base):
    """Old and new values of one row. ``old`` NULL = the row was made."""

    __tablename__ = "event_change"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("event.id"), index=True)
    no: Mapped[int]
    tbl: Mapped[str]
    row_id: Mapped[uuid.UUID] = mapped_column(index=True)
    old: Mapped[dict[str, Any] | None]
    new: Mapped[dict[str, Any]]
    salt: Mapped[bytes]


class ReadEntry(Base):
    """Who opened whose file, how and why."""

    __tablename__ = "read_entry"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    actor_id: Mapped[uuid.UUID]
    op: Mapped[str]
    person_id: Mapped[uuid.UUID | None]
    case_id: Mapped[uuid.UUID | None]
    document_id: Mapped[uuid.UUID | None]
    role: Mapped[str]
    reason: Mapped[str | None]

    __table_args__ = later(
        lambda: (
            Index("ix_read_person", "person_id", "at"),
            Index("ix_read_actor", "actor_id", "at"),
            Index("ix_read_at", "at", "id", "person_id", "case_id"),
        )
    )


class LogLink(Base):
    """One chain without gaps: ``hash = sha256(prev_hash || seq || source || source_id || digest)``."""

    __tablename__ = "log_link"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    source: Mapped[str]
    source_id: Mapped[uuid.UUID]
    digest: Mapped[bytes]
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]
