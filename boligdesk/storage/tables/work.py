"""What is due and what was done: deadlines, tasks, visits."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, text

from boligdesk.domain.catalog import (
    DeadlineSide,
    DeadlineState,
    TaskState,
    VisitKind,
    VisitPlace,
    VisitState,
    WaitingOn,
)
from boligdesk.storage.tables.base import AppendOnly, Base, Content, Envelope, Shell, code
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column

LIVE = text("ended_at IS NULL")


class Deadline(Base, Envelope, Content):
    """A legal deadline is never edited: its start is corrected with a reason and a new one is computed."""

    __tablename__ = "deadline"

    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    rule_key: Mapped[str]
    start_on: Mapped[dt.date]
    raw_on: Mapped[dt.date]
    due_on: Mapped[dt.date]
    side: Mapped[str]
    basis: Mapped[list[Any]]
    why: Mapped[str]
    corrected_on: Mapped[dt.date | None]
    corrected_reason: Mapped[str | None]
    stopped_days: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]
    met_by_event_id: Mapped[uuid.UUID | None]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            code(DeadlineSide, "side"),
            code(DeadlineState, "state"),
            Index(
                "uq_deadline_live",
                "subject_id",
                "rule_key",
                unique=True,
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index("ix_deadline_due", "ended_at", "due_on"),
        )
    )


class Task(Base, Envelope, Shell):
    """Holds no words about the person; its sentence is made from kind and subject when read.

    ``kind`` has no CHECK: the catalogue of tasks grows with every version.
    """

    __tablename__ = "task"

    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    deadline_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("deadline.id"))
    due_on: Mapped[dt.date | None]
    show_from: Mapped[dt.date | None]
    is_movable: Mapped[bool] = mapped_column(default=True)
    assignee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    org_unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("org_unit.id"))
    waiting_on: Mapped[str] = mapped_column(default="ingen")
    state: Mapped[str]
    postponed_reason: Mapped[str | None]
    done_at: Mapped[dt.datetime | None]
    done_by: Mapped[uuid.UUID | None]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            code(TaskState, "state"),
            code(WaitingOn, "waiting_on"),
            Index("ix_task_owner", "assignee_id", "due_on", "id", sqlite_where=LIVE, postgresql_where=LIVE),
            Index("ix_task_due", "due_on", "id", "list_scope_id", sqlite_where=LIVE, postgresql_where=LIVE),
            Index("ix_task_scope", "list_scope_id", "due_on", "id", sqlite_where=LIVE, postgresql_where=LIVE),
        )
    )


class Visit(Base, Envelope, Content):
    """A planned or done meeting with a person or at a dwelling."""

    __tablename__ = "visit"

    kind: Mapped[str]
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    dwelling_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dwelling.id"), index=True)
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime | None]
    place: Mapped[str]
    is_planned: Mapped[bool] = mapped_column(default=False)
    lead_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    second_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    state: Mapped[str]
    next_on: Mapped[dt.date | None]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            code(VisitKind, "kind"),
            code(VisitPlace, "place"),
            code(VisitState, "state"),
            Index("ix_visit_person", "person_id", "starts_at"),
            Index("ix_visit_time", "starts_at", "id", "read_scope_id"),
            Index("ix_visit_lead", "lead_id", "starts_at"),
        )
    )


class VisitNote(Base, AppendOnly):
    """Observed, said and assessed are kept apart (domain.md 8.1; forvaltningsloven §§ 11d, 18c)."""

    __tablename__ = "visit_note"

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    areas: Mapped[list[Any]]
    observed: Mapped[str | None]
    said: Mapped[str | None]
    assessment: Mapped[str | None]
    next_step: Mapped[str | None]
    present: Mapped[str | None]
    interpreter: Mapped[str | None]
    minutes: Mapped[int | None]
    report_child_welfare_on: Mapped[dt.date | None]
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visit_note.id"))
