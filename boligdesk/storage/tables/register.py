"""What the register knows about houses besides their dwellings: entrances, and works through time."""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text

from boligdesk.domain.works import WorkCause, WorkKind
from boligdesk.storage.tables import base
from boligdesk.storage.tables.base import Base, Envelope, three_valued
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column

LIVE = text("ended_at IS NULL")


class Entrance(Base, Envelope):
    """A staircase of a building; saved through the building. ``limit_share`` in per cent times 100."""

    __tablename__ = "entrance"

    building_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("building.id"))
    letter: Mapped[str]
    floors: Mapped[int | None]
    has_lift: Mapped[int | None] = three_valued()
    units_total: Mapped[int | None]
    limit_share: Mapped[int | None]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            Index(
                "uq_entrance_live",
                "building_id",
                "letter",
                unique=True,
                sqlite_where=LIVE,
                postgresql_where=LIVE,
            ),
        )
    )


class DwellingWork(Base, Envelope):
    """One work on a dwelling or on a building; days with the last one included.

    ``status_period_id`` is the period of the dwelling's status that the work began, so that only a status
    that works have set follows them. Ended = taken back; a finished work has ``finished_on``.
    """

    __tablename__ = "dwelling_work"

    dwelling_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dwelling.id"), index=True)
    building_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("building.id"), index=True)
    kind: Mapped[str]
    what: Mapped[str]
    cause: Mapped[str | None]
    contractor: Mapped[str | None]
    ordered_on: Mapped[dt.date | None]
    begins_on: Mapped[dt.date]
    planned_to: Mapped[dt.date | None]
    finished_on: Mapped[dt.date | None]
    cost_ore: Mapped[int | None] = mapped_column(BigInteger)
    takes_out: Mapped[bool]
    status_period_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dwelling_status.id"))
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            base.code(WorkKind, "kind"),
            base.code(WorkCause, "cause"),
            CheckConstraint("(dwelling_id IS NULL) <> (building_id IS NULL)", name="one_place"),
        )
    )
