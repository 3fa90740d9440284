"""Saves works on dwellings and buildings. The status of a dwelling follows the works that take it out.

Only a status that works have set, or one they may follow on, is touched: «ikke disponibel» set by hand may be
there for somebody's safety (ui.md 3.9), and no work lifts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.works import WorkTime, status_of_works
from boligdesk.services.errors import InvalidInput, NotFound
from boligdesk.storage.policies import on_register
from boligdesk.storage.queries.register import found_by_works
from boligdesk.storage.tables import Building, Dwelling, DwellingWork
from boligdesk.storage.writers.dwelling_status import live_period, succeed_status
from boligdesk.storage.writers.entrances import stored_building

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from sqlalchemy import Row

    from boligdesk.services.records.register import WorkDraft, WorkEnd
    from boligdesk.storage.writer import Writer

_S = DwellingStatus
#: Statuses that a work may take over from.
_GIVES_WAY = frozenset({_S.VACANT, _S.LET, _S.WORKS})
_WORDS = ("what", "contractor")
_PLAIN = ("kind", "cause", "ordered_on", "begins_on", "planned_to", "cost_ore", "takes_out")


class WorkWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def record(self, draft: WorkDraft) -> tuple[UUID, int, UUID | None]:
        """A new work, or a correction. (dwelling or building, its version, event); None = nothing differed."""
        writer = self._writer
        place = self._place(draft.dwelling_id, draft.building_id)
        values: dict[str, Any] = {
            **{key: getattr(draft, key) or None for key in _WORDS},
            **{key: getattr(draft, key) for key in _PLAIN},
        }
        if draft.id is not None:
            stored = self._stored(draft.id)
            if (stored.dwelling_id, stored.building_id) != (draft.dwelling_id, draft.building_id):
                raise NotFound
            if all(getattr(stored, key) == value for key, value in values.items()) and not self._waits(
                stored, place
            ):
                return place.id, int(place.row_version), None
        event = self._event("change_work" if draft.id else "record_work", draft.dwelling_id, place, draft)
        version = self._step(draft.dwelling_id, place, draft.version)
        if draft.id is None:
            writer.insert(
                DwellingWork, dwelling_id=draft.dwelling_id, building_id=draft.building_id, **values
            )
        else:
            writer.change(DwellingWork, draft.id, None, **values)
        if draft.dwelling_id is not None:
            version = self._follow(draft.dwelling_id, version, None, writer.today)
        return place.id, version, event

    def end(self, end: WorkEnd) -> tuple[UUID, int, UUID | None]:
        """Finish a work, or take it off the list; the dwelling is free again unless another work keeps it."""
        writer = self._writer
        stored = self._stored(end.work_id)
        place = self._place(stored.dwelling_id, stored.building_id)
        if stored.finished_on is not None:
            raise InvalidInput("on", "Arbeidet er allerede ferdig.")
        if end.on is not None and end.on < stored.begins_on:
            raise InvalidInput("on", "Arbeidet kan ikke være ferdig før det begynte.")
        event = self._event("end_work" if end.on else "drop_work", stored.dwelling_id, place, stored, end.on)
        version = self._step(stored.dwelling_id, place, end.version)
        done = {"finished_on": end.on} if end.on else {"ended_at": writer.now}
        writer.change(DwellingWork, end.work_id, None, **done)
        if stored.dwelling_id is not None:
            after = DwellingStatus(end.status_after)
            version = self._follow(stored.dwelling_id, version, after, end.on or writer.today)
        return place.id, version, event

    # -- inside ---------------------------------------------------------------------------------

    def _place(self, dwelling_id: UUID | None, building_id: UUID | None) -> Row[Any]:
        """The dwelling or building. Raises NotFound outside the viewer's register."""
        writer = self._writer
        if dwelling_id is None:
            if building_id is None:
                raise NotFound
            return stored_building(writer, building_id)
        row = writer.first(
            select(
                Dwelling.id, Dwelling.list_scope_id, Dwelling.row_version, Dwelling.ended_at, Dwelling.status
            ).where(Dwelling.id == dwelling_id, on_register(Dwelling, writer.viewer))
        )
        if row is None:
            raise NotFound
        if row.ended_at is not None:
            raise InvalidInput("what", "Boligen er ute av registeret.")
        return row

    def _stored(self, work_id: UUID) -> Row[Any]:
        row = self._writer.first(
            select(DwellingWork.__table__).where(DwellingWork.id == work_id, DwellingWork.ended_at.is_(None))
        )
        if row is None:
            raise NotFound
        return row

    def _waits(self, stored: Row[Any], place: Row[Any]) -> bool:
        """A work whose first day has come since it was recorded: saving it again is what starts it."""
        begun = stored.takes_out and stored.finished_on is None and stored.begins_on <= self._writer.today
        return bool(begun and stored.status_period_id is None and DwellingStatus(place.status) in _GIVES_WAY)

    def _event(
        self,
        verb: str,
        dwelling_id: UUID | None,
        place: Row[Any],
        work: WorkDraft | Row[Any],
        done: dt.date | None = None,
    ) -> UUID:
        """The sentence of the timeline is made of codes and days; what the work is, stays with the work."""
        params = {"kind": work.kind, "begins_on": work.begins_on.isoformat()}
        if work.planned_to is not None:
            params["planned_to"] = work.planned_to.isoformat()
        if done is not None:
            params["finished_on"] = done.isoformat()
        subject = "dwelling" if dwelling_id is not None else "building"
        return self._writer.event(verb, subject, place.id, scope=(int(place.list_scope_id), 0), params=params)

    def _step(self, dwelling_id: UUID | None, place: Row[Any], version: int) -> int:
        return self._writer.step(Dwelling if dwelling_id is not None else Building, place.id, version)

    def _follow(self, dwelling_id: UUID, version: int, after: DwellingStatus | None, from_on: dt.date) -> int:
        """Lay the status as the works ask for it. ``after`` None = back to what they found."""
        writer = self._writer
        writer.flush()
        row = writer.first(
            select(Dwelling.status, Dwelling.status_from, Dwelling.available_on).where(
                Dwelling.id == dwelling_id
            )
        )
        if row is None:
            raise NotFound
        now = DwellingStatus(row.status)
        found = found_by_works(writer, dwelling_id)
        works = self._open_works(dwelling_id)
        asked = status_of_works([_time(work) for work in works], writer.today)
        if asked is None:
            if found is None:
                return version
            return self._let_go(dwelling_id, version, after, found, max(from_on, row.status_from or from_on))
        if found is None and now is _S.UNAVAILABLE:
            return version
        if found is None and now not in _GIVES_WAY:
            title = f"Boligen står som «{now.label.lower()}»."
            raise InvalidInput("takes_out", title, todo="Sett den som ledig først, eller fjern krysset.")
        wanted, free_on = asked
        begins = min(work.begins_on for work in works if work.takes_out and work.begins_on <= writer.today)
        if wanted is not now:
            since = max(begins, row.status_from or begins)
            period = succeed_status(writer, dwelling_id, wanted, since, "")
            version = writer.change(
                Dwelling, dwelling_id, version, status=wanted.value, status_from=since, available_on=free_on
            )
        else:
            period = live_period(writer, dwelling_id) or succeed_status(
                writer, dwelling_id, wanted, begins, ""
            )
            version = writer.change(Dwelling, dwelling_id, version, available_on=free_on)
        for work in works:
            if work.takes_out and work.begins_on <= writer.today:
                writer.change(DwellingWork, work.id, None, status_period_id=period)
        return version

    def _let_go(
        self,
        dwelling_id: UUID,
        version: int,
        after: DwellingStatus | None,
        found: DwellingStatus,
        from_on: dt.date,
    ) -> int:
        before = found if found is _S.LET else _S.VACANT
        status = before if after is None else after
        if status is _S.LET and before is not _S.LET:
            raise InvalidInput("status_after", "Boligen var ikke utleid før arbeidet begynte.")
        succeed_status(self._writer, dwelling_id, status, from_on, "")
        return self._writer.change(
            Dwelling, dwelling_id, version, status=status.value, status_from=from_on, available_on=None
        )

    def _open_works(self, dwelling_id: UUID) -> list[Row[Any]]:
        return list(
            self._writer.rows(
                select(
                    DwellingWork.id,
                    DwellingWork.begins_on,
                    DwellingWork.planned_to,
                    DwellingWork.finished_on,
                    DwellingWork.takes_out,
                ).where(
                    DwellingWork.dwelling_id == dwelling_id,
                    DwellingWork.ended_at.is_(None),
                    DwellingWork.finished_on.is_(None),
                )
            )
        )


def _time(work: Row[Any]) -> WorkTime:
    return WorkTime(work.begins_on, work.planned_to, work.finished_on, bool(work.takes_out))
