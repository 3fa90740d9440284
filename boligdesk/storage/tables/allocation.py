"""From a vacant dwelling to an answered offer: vacancy, waiting list, shortlists, offers."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint, text

from boligdesk.domain.allocation_catalog import OfferAnswer, VacancyStage, WaitingState
from boligdesk.storage.tables.base import AppendOnly, Base, Envelope, Period, Shell, code, sort_key
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column

LIVE = text("ended_at IS NULL")


def need() -> Mapped[int | None]:
    """1 absolute need, 2 wish, 0 none, NULL unknown."""
    return mapped_column(SmallInteger)


class Vacancy(Base, Envelope):
    """One spell of being let out. ``stage`` is computed by the writer: nobody sets it (model.md 2.5)."""

    __tablename__ = "vacancy"

    list_scope_id: Mapped[int]
    dwelling_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dwelling.id"), index=True)
    reported_on: Mapped[dt.date]
    free_from: Mapped[dt.date]
    void_from: Mapped[dt.date | None]
    stage: Mapped[str]
    demands: Mapped[dict[str, Any]]
    rent_loss_ore: Mapped[int | None]
    remark: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None]

    __table_args__ = later(
        lambda: (
            code(VacancyStage, "stage"),
            Index("uq_vacancy_live", "dwelling_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
            Index("ix_vacancy_stage", "stage", "free_from", "id"),
        )
    )


class WaitingEntry(Base, Envelope, Shell, Period):
    """An approval in the queue, and at the same time the wide row that matching reads (model.md 1.10).

    The period is how long the approval holds. ``protection`` repeats what the scope says.
    """

    __tablename__ = "waiting_entry"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"))
    vedtak_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("vedtak.id"))
    applicant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    applicant_name: Mapped[str]
    applicant_sort: Mapped[str] = sort_key()
    household_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("household.id"))
    protection: Mapped[int] = mapped_column(SmallInteger, default=0)
    rule_edition_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("edition.id"))
    priority_class: Mapped[str]
    priority_rank: Mapped[int]
    priority_reasons: Mapped[list[Any]]
    overridden_reason: Mapped[str | None]
    waiting_since: Mapped[dt.date]
    bedrooms_min: Mapped[int | None]
    bedrooms_max: Mapped[int | None]
    persons: Mapped[int | None]
    children: Mapped[int | None]
    max_rent_ore: Mapped[int | None]
    step_free: Mapped[int | None] = need()
    lift_or_ground: Mapped[int | None] = need()
    wheelchair: Mapped[int | None] = need()
    staffed: Mapped[int | None] = need()
    shielded: Mapped[int | None] = need()
    pets: Mapped[int | None] = need()
    districts_wish: Mapped[str]
    districts_no: Mapped[str]
    state: Mapped[str]
    paused_to: Mapped[dt.date | None]
    offers_made: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None]

    __table_args__ = later(
        lambda: (
            code(WaitingState, "state"),
            Index("uq_waiting_live", "case_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
            Index(
                "ix_waiting_order",
                "priority_rank",
                "waiting_since",
                "id",
                "list_scope_id",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index(
                "ix_waiting_name",
                "applicant_sort",
                "id",
                "list_scope_id",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index(
                "ix_waiting_since",
                "waiting_since",
                "id",
                "list_scope_id",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index(
                "ix_waiting_valid",
                "valid_to",
                "id",
                "list_scope_id",
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
            Index("ix_waiting_bedrooms", "bedrooms_min", sqlite_where=LIVE, postgresql_where=LIVE),
        )
    )


class Shortlist(Base, AppendOnly):
    """What was proposed, by which rules, frozen as shown; the snapshot lies in ``blob``."""

    __tablename__ = "shortlist"

    list_scope_id: Mapped[int]
    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"))
    no: Mapped[int]
    rule_edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("edition.id"))
    computed_at: Mapped[dt.datetime]
    as_of_on: Mapped[dt.date]
    engine: Mapped[str]
    snapshot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("blob.id"))
    snapshot_sha256: Mapped[str]
    considered: Mapped[int]
    eligible: Mapped[int]

    __table_args__ = later(lambda: (UniqueConstraint("vacancy_id", "no"),))


class ShortlistRow(Base, Envelope, Shell):
    """Only eligible and near misses; the rest is in the snapshot."""

    __tablename__ = "shortlist_row"

    shortlist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("shortlist.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    waiting_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waiting_entry.id"), index=True)
    rank: Mapped[int | None]
    first_fail: Mapped[str | None]
    unknowns: Mapped[int] = mapped_column(default=0)
    to_team_at: Mapped[dt.datetime | None]
    skipped_reason: Mapped[str | None]
    chosen: Mapped[bool] = mapped_column(default=False)

    __table_args__ = later(lambda: (UniqueConstraint("shortlist_id", "waiting_entry_id"),))


class Offer(Base, Envelope, Shell):
    """One live offer per dwelling, applicant and household: three partial unique indexes stop the second."""

    __tablename__ = "offer"

    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"), index=True)
    dwelling_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dwelling.id"))
    waiting_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waiting_entry.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    applicant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    household_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("household.id"))
    shortlist_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("shortlist.id"))
    rank: Mapped[int | None]
    chosen_reason: Mapped[str | None]
    letter_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    state: Mapped[str]
    terms: Mapped[dict[str, Any]]
    sent_on: Mapped[dt.date | None]
    reply_due_on: Mapped[dt.date | None]
    answer: Mapped[str | None]
    answered_on: Mapped[dt.date | None]
    answer_reason: Mapped[str | None]
    consequence: Mapped[str | None]
    viewing_at: Mapped[dt.datetime | None]
    accepted_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None]

    __table_args__ = later(
        lambda: (
            code(OfferAnswer, "answer"),
            Index("uq_offer_dwelling", "dwelling_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
            Index(
                "uq_offer_applicant", "applicant_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE
            ),
            Index(
                "uq_offer_household", "household_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE
            ),
            Index("ix_offer_due", "reply_due_on", "id", sqlite_where=LIVE, postgresql_where=LIVE),
        )
    )
