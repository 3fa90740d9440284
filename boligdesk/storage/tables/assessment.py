"""Rules with versions, the conditions of a legal track, the vedtak, and the stopped clock."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text

from boligdesk.storage.tables.base import Base, Content, Envelope, Period, three_valued
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column

LIVE = text("ended_at IS NULL")


class Edition(Base, Envelope, Period):
    """A rule set, letter template or check-list. Adopted = frozen for ever (a guard refuses change)."""

    __tablename__ = "edition"

    kind: Mapped[str]
    key: Mapped[str]
    no: Mapped[int]
    language: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    body: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    state: Mapped[str]
    adopted_by: Mapped[uuid.UUID | None]
    adopted_on: Mapped[dt.date | None]

    __table_args__ = later(lambda: (UniqueConstraint("kind", "key", "language", "no"),))


class TrackCondition(Base, Envelope, Content):
    """One condition of a track with its reason and where it is known from."""

    __tablename__ = "track_condition"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    track_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_track.id"))
    key: Mapped[str]
    outcome: Mapped[str]
    reason_text: Mapped[str]
    exception_reason: Mapped[str | None]
    source_text: Mapped[str]
    fact_ids: Mapped[list[Any]]
    checked_on: Mapped[dt.date | None]
    put_before_party: Mapped[int | None] = three_valued()

    __table_args__ = later(lambda: (UniqueConstraint("track_id", "key"),))


class Vedtak(Base, Envelope, Content):
    """One decision. ``decided_on`` NULL = a draft; several may share a letter, each with its own appeal."""

    __tablename__ = "vedtak"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    track_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_track.id"), index=True)
    kind: Mapped[str]
    outcome: Mapped[str]
    rule_edition_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("edition.id"))
    decided_on: Mapped[dt.date | None]
    prepared_by: Mapped[uuid.UUID]
    decided_by: Mapped[uuid.UUID | None]
    letter_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    main_content: Mapped[list[Any]]
    terms: Mapped[dict[str, Any]]
    valid_to: Mapped[dt.date | None]
    reverses_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("vedtak.id"))
    final_on: Mapped[dt.date | None]
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None]

    __table_args__ = later(
        lambda: (Index("uq_vedtak_live", "track_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),)
    )


class ClockStop(Base, Envelope, Content):
    """«Stanset – venter på søker»: from the day the letter went out to the day the answer came."""

    __tablename__ = "clock_stop"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    reason: Mapped[str]
    letter_id: Mapped[uuid.UUID | None]
