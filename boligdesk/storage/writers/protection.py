"""Address protection: decided, ended, and brought into force on the day it begins or ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from boligdesk.domain.catalog import Protection
from boligdesk.services.changes import NOTHING, Changes, Kind
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.common import Saved
from boligdesk.storage.policies import live
from boligdesk.storage.search_index import index_person
from boligdesk.storage.tables import Person, ProtectionPeriod
from boligdesk.storage.writers.person_acts import PersonActs
from boligdesk.storage.writers.person_secret import hide_person, show_person
from boligdesk.storage.writers.person_wide import refresh_wide
from boligdesk.storage.writers.scope import close_list, name_reader, rescope_with_household

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.writer import Writer


class ProtectionWriter(PersonActs):
    def protect(
        self,
        person_id: UUID,
        version: int,
        level: Protection,
        decided_by: str,
        basis: str,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> Saved:
        """Protect from ``since`` (None = today), the household with the person. Raises NotFound, ConflictError.

        What was decided before ends on that day; what was to begin later never does.
        """
        writer = self._writer
        row = self._locked(person_id)
        begins = since or writer.today
        periods = self._coming_periods(person_id)
        is_same = [(period.level, period.valid_to) for period in periods] == [(level.level, until)]
        if is_same and begins == writer.today and row.row_version == version:
            return Saved(person_id, version, NOTHING)
        event = writer.event(
            "protect_person",
            "person",
            person_id,
            scope=(row.read_scope_id, row.protection),
            person_id=person_id,
            params={"level": str(level)},
        )
        writer.step(Person, person_id, version)
        self._end(periods, begins, basis)
        writer.insert(
            ProtectionPeriod,
            person_id=person_id,
            level=level.level,
            kind="adressesperre",
            decided_by=decided_by,
            basis=basis,
            valid_from=begins,
            valid_to=until,
        )
        self._bring_into_force(person_id)
        return Saved(person_id, self._version(person_id), Changes(frozenset(Kind)), event)

    def end_protection(self, person_id: UUID, version: int, basis: str, ends: dt.date | None = None) -> Saved:
        """The person's own protection ends on ``ends`` (None = today), and none that was to begin begins.

        Raises NotFound, ConflictError, InvalidInput without one.
        """
        writer = self._writer
        row = self._locked(person_id)
        periods = self._coming_periods(person_id)
        if not periods:
            raise InvalidInput(
                "level",
                "Personen har ingen egen adressesperre.",
                "Mappen kan være skjermet fordi noen i husstanden er det.",
            )
        event = writer.event(
            "end_person_protection",
            "person",
            person_id,
            scope=(row.read_scope_id, row.protection),
            person_id=person_id,
        )
        writer.step(Person, person_id, version)
        self._end(periods, ends or writer.today, basis)
        self._bring_into_force(person_id)
        return Saved(person_id, self._version(person_id), Changes(frozenset(Kind)), event)

    def _end(self, periods: list[Any], day: dt.date, reason: str) -> None:
        """One that has begun ends on the day; one that has not, never begins."""
        writer = self._writer
        for period in periods:
            begins = period.valid_from or dt.date.min
            last = begins if begins > writer.today else max(day, begins)
            if period.valid_to is None or period.valid_to > last:
                writer.change(ProtectionPeriod, period.id, None, valid_to=last, ended_reason=reason)

    def _bring_into_force(self, person_id: UUID) -> None:
        settle(self._writer, person_id, own_level(self._writer, person_id))

    def _coming_periods(self, person_id: UUID) -> list[Any]:
        """In force today or later, the first to begin first."""
        period = ProtectionPeriod
        rows = self._writer.rows(
            select(period.id, period.level, period.valid_from, period.valid_to)
            .where(
                period.person_id == person_id,
                or_(period.valid_to.is_(None), period.valid_to > self._writer.today),
            )
            .order_by(period.valid_from)
        )
        return [
            row
            for row in rows
            if row.valid_from is None or row.valid_to is None or row.valid_to > row.valid_from
        ]


def own_level(writer: Writer, person_id: UUID) -> int:
    """The strictest decided about the person that is in force today; 0 = none."""
    writer.flush()
    rows = writer.rows(
        select(ProtectionPeriod.level).where(
            ProtectionPeriod.person_id == person_id, live(ProtectionPeriod, writer.today)
        )
    )
    return max((int(row.level) for row in rows), default=0)


def settle(writer: Writer, person_id: UUID, level: int) -> None:
    """Words hidden or shown, scopes of everybody concerned, tokens. ``level``: the person's own, today."""
    if level >= Protection.STRICT.level:
        hide_person(writer, person_id)
        # whoever decides a strict protection can open the file afterwards, and propose others
        name_reader(writer, person_id, _decided_by(writer, person_id))
    else:
        show_person(writer, person_id)
    refresh_wide(writer, person_id)
    rescope_with_household(writer, person_id)
    if level == 0:
        close_list(writer, person_id)
    index_person(writer, person_id)


def _decided_by(writer: Writer, person_id: UUID) -> UUID:
    """The user who wrote the strictest decision in force; the day it begins, the program acts for that user."""
    found = writer.scalar(
        select(ProtectionPeriod.created_by)
        .where(ProtectionPeriod.person_id == person_id, live(ProtectionPeriod, writer.today))
        .order_by(ProtectionPeriod.level.desc(), ProtectionPeriod.created_at.desc())
        .limit(1)
    )
    return found or writer.viewer.user_id
