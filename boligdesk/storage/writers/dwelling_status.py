"""The status of a dwelling through time: one period ends, the next begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.storage.tables import DwellingStatusPeriod

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.storage.writer import Writer


def live_period(writer: Writer, dwelling: UUID) -> UUID | None:
    found: UUID | None = writer.scalar(
        select(DwellingStatusPeriod.id).where(
            DwellingStatusPeriod.dwelling_id == dwelling, DwellingStatusPeriod.valid_to.is_(None)
        )
    )
    return found


def succeed_status(
    writer: Writer, dwelling: UUID, status: DwellingStatus, from_on: dt.date, reason: str
) -> UUID:
    """End the live period and begin the next. The cause of «ikke disponibel» goes where no list reads."""
    live = live_period(writer, dwelling)
    if live is not None:
        writer.change(DwellingStatusPeriod, live, None, valid_to=from_on)
    hidden = status is DwellingStatus.UNAVAILABLE
    return writer.insert(
        DwellingStatusPeriod,
        dwelling_id=dwelling,
        status=status.value,
        reason=None if hidden else reason or None,
        void_cause=(reason or None) if hidden else None,
        valid_from=from_on,
    )
