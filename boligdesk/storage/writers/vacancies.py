"""Vacancies: reported, changed, withdrawn; the stage and the dwelling's status follow what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from boligdesk.domain.allocation_catalog import OfferState, VacancyStage
from boligdesk.domain.catalog import DwellingStatus, TaskKind
from boligdesk.domain.dwellings import status_step
from boligdesk.domain.vacancies import VacancyRuleError, VacancyState, check_withdraw, is_ended, stage_of
from boligdesk.services.errors import NotFound, UserError
from boligdesk.storage.policies import on_register
from boligdesk.storage.tables import Dwelling, Event, Offer, Shortlist, ShortlistRow, Vacancy
from boligdesk.storage.writers.dwelling_status import succeed_status
from boligdesk.storage.writers.letter_rows import end_tasks

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.allocation import Demands
    from boligdesk.storage.writer import Writer

Stored = tuple["UUID", int, "UUID | None"]

#: Kinds of subject: a vacancy is the register's, what is done about its applicants is allocation.
VACANCY, ALLOCATION = "vacancy", "allocation"
NOTHING = "Ingenting er endret."
_S = DwellingStatus


class VacancyWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def report(self, dwelling_id: UUID, free_from: dt.date, void_from: dt.date | None, remark: str) -> Stored:
        """Refused (UserError) when the dwelling is being let out already, or is gone."""
        writer = self._writer
        dwelling = lock_dwelling(writer, dwelling_id)
        if dwelling.ended_at is not None:
            raise UserError("Boligen er ute av registeret.", safe=NOTHING)
        live = select(Vacancy.id).where(Vacancy.dwelling_id == dwelling_id, Vacancy.ended_at.is_(None))
        if writer.first(live) is not None:
            raise UserError(
                "Boligen er meldt ledig fra før.",
                safe=NOTHING,
                todo="Finn den i Tildeling, og endre den der.",
            )
        vacancy_id = writer.new_id()
        event = writer.event(
            "report_vacancy",
            VACANCY,
            vacancy_id,
            scope=(dwelling.list_scope_id, 0),
            params={"free_from": free_from.isoformat()},
        )
        writer.insert(
            Vacancy,
            id=vacancy_id,
            list_scope_id=dwelling.list_scope_id,
            dwelling_id=dwelling_id,
            reported_on=writer.today,
            free_from=free_from,
            void_from=void_from,
            stage=VacancyStage.VACANT.value,
            demands={},
            remark=remark or None,
        )
        writer.flush()
        self._free_from(dwelling, free_from)
        return vacancy_id, 1, event

    def _free_from(self, dwelling: Any, free_from: dt.date) -> None:
        """«Ledig» from the day; works and what is out of use for other reasons decide for themselves."""
        status = _S(dwelling.status)
        if status in {_S.WORKS, _S.UNAVAILABLE}:
            return
        step = status_step(status, _S.VACANT, free_from, free_from, self._writer.today)
        if step.changes:
            _set_status(self._writer, dwelling, _S.VACANT, step.from_on, free_from)
        else:
            self._writer.change(Dwelling, dwelling.id, None, available_on=step.available_on)

    def change(self, vacancy_id: UUID, version: int, free_from: dt.date, remark: str) -> Stored:
        writer = self._writer
        stored = live_vacancy(writer, vacancy_id)
        if (stored.free_from, stored.remark or "") == (free_from, remark):
            return vacancy_id, int(stored.row_version), None
        event = place_event(writer, "change_vacancy", VACANCY, stored, {"free_from": free_from.isoformat()})
        moved = stored.free_from != free_from
        void: dict[str, Any] = (
            {"void_from": free_from} if moved and stored.void_from == stored.free_from else {}
        )
        saved = writer.change(
            Vacancy, vacancy_id, version, free_from=free_from, remark=remark or None, **void
        )
        if moved:
            dwelling = lock_dwelling(writer, stored.dwelling_id)
            if dwelling.available_on == stored.free_from:
                writer.change(Dwelling, dwelling.id, None, available_on=free_from)
        return vacancy_id, saved, event

    def set_demands(self, vacancy_id: UUID, version: int, demands: Demands) -> Stored:
        writer = self._writer
        stored = live_vacancy(writer, vacancy_id)
        wanted = {
            key: list(getattr(demands, key)) for key in ("require", "wish", "ignore") if getattr(demands, key)
        }
        if wanted or demands.reason:
            wanted["reason"] = demands.reason  # type: ignore[assignment]  # one column of JSON
        if stored.demands == wanted:
            return vacancy_id, int(stored.row_version), None
        event = place_event(writer, "set_demands", ALLOCATION, stored, wanted)
        return vacancy_id, writer.change(Vacancy, vacancy_id, version, demands=wanted), event

    def withdraw(self, vacancy_id: UUID, version: int, reason: str) -> Stored:
        """Refused while somebody has an offer. The dwelling keeps its status: it is only not let out now."""
        writer = self._writer
        stored = live_vacancy(writer, vacancy_id)
        try:
            check_withdraw(state_of(writer, vacancy_id), reason)
        except VacancyRuleError as error:
            raise UserError(str(error), safe=NOTHING) from None
        event = place_event(writer, "withdraw_vacancy", VACANCY, stored, {"reason": reason})
        saved = writer.change(
            Vacancy,
            vacancy_id,
            version,
            stage=VacancyStage.WITHDRAWN.value,
            ended_at=writer.now,
            end_reason=reason,
        )
        end_tasks(writer, vacancy_id, TaskKind.NEXT_CANDIDATE, done=False)
        return vacancy_id, saved, event


# -- shared by the writers of shortlists and offers -----------------------------------------------


def lock_dwelling(writer: Writer, dwelling_id: UUID) -> Any:
    """The row, held until the transaction ends: two desks meet here. Raises NotFound off the register."""
    writer.flush()
    statement = select(
        Dwelling.id,
        Dwelling.list_scope_id,
        Dwelling.status,
        Dwelling.status_from,
        Dwelling.available_on,
        Dwelling.ended_at,
    ).where(Dwelling.id == dwelling_id, on_register(Dwelling, writer.viewer))
    row = writer.first(statement if writer.is_sqlite else statement.with_for_update())
    if row is None:
        raise NotFound
    return row


def live_vacancy(writer: Writer, vacancy_id: UUID) -> Any:
    """Raises NotFound, or UserError for one that has ended."""
    writer.flush()
    row = writer.first(
        select(Vacancy.__table__).where(Vacancy.id == vacancy_id, on_register(Vacancy, writer.viewer))
    )
    if row is None:
        raise NotFound
    if row.ended_at is not None:
        raise UserError("Boligen er ikke lenger til tildeling.", safe=NOTHING)
    return row


def place_event(writer: Writer, verb: str, kind: str, vacancy: Any, params: dict[str, Any]) -> UUID:
    """An event about a vacancy: it names nobody, and lies where the dwelling lies."""
    return writer.event(verb, kind, vacancy.id, scope=(vacancy.list_scope_id, 0), params=params)


def reserve(writer: Writer, dwelling_id: UUID) -> None:
    """Somebody is chosen. A dwelling that is not free yet keeps its status: the offer holds it."""
    dwelling = lock_dwelling(writer, dwelling_id)
    if dwelling.status == _S.VACANT:
        _set_status(writer, dwelling, _S.RESERVED, writer.today, None)


def release(writer: Writer, dwelling_id: UUID) -> None:
    """Nobody is chosen any more."""
    dwelling = lock_dwelling(writer, dwelling_id)
    if dwelling.status == _S.RESERVED:
        _set_status(writer, dwelling, _S.VACANT, writer.today, None)


def _set_status(
    writer: Writer, dwelling: Any, status: DwellingStatus, from_on: dt.date, available_on: dt.date | None
) -> None:
    """Never before the status it follows began."""
    starts = max(from_on, dwelling.status_from or from_on)
    writer.change(
        Dwelling,
        dwelling.id,
        None,
        status=status.value,
        status_from=starts,
        available_on=available_on,
    )
    succeed_status(writer, dwelling.id, status, starts, "")


def state_of(writer: Writer, vacancy_id: UUID) -> VacancyState:
    """What has happened with the vacancy, read from the rows."""
    writer.flush()
    offer = writer.scalar(select(Offer.state).where(Offer.vacancy_id == vacancy_id, Offer.ended_at.is_(None)))
    lists = select(func.count()).select_from(Shortlist).where(Shortlist.vacancy_id == vacancy_id)
    at_team = (
        select(ShortlistRow.id)
        .join(Shortlist, Shortlist.id == ShortlistRow.shortlist_id)
        .where(Shortlist.vacancy_id == vacancy_id, ShortlistRow.to_team_at.is_not(None))
    )
    return VacancyState(
        has_shortlist=bool(writer.scalar(lists)),
        at_intake_team=writer.first(at_team.limit(1)) is not None,
        offer=OfferState(offer) if offer else None,
    )


def refresh_stage(writer: Writer, vacancy_id: UUID) -> None:
    """Bring the stage in line. It is reckoned, so it is not logged: taking back one act binds no other."""
    state = state_of(writer, vacancy_id)
    stored = writer.first(select(Vacancy.stage, Vacancy.ended_at).where(Vacancy.id == vacancy_id))
    if stored is None or stored.ended_at is not None or is_ended(VacancyStage(stored.stage)):
        return
    stage = stage_of(state)
    if stored.stage != stage:
        writer.connection.execute(
            update(Vacancy)
            .where(Vacancy.id == vacancy_id)
            .values(stage=stage.value, row_version=Vacancy.row_version + 1)
        )


def version_of(writer: Writer, vacancy_id: UUID) -> int:
    """The version that a screen must carry from now on."""
    writer.flush()
    return int(writer.scalar(select(Vacancy.row_version).where(Vacancy.id == vacancy_id)))


def follow_dwelling(writer: Writer, dwelling_id: UUID, scope: int) -> None:
    """Vacancies and their log lie where the dwelling lies.

    Frozen lists are never written again: they are read by way of their vacancy.
    """
    writer.flush()
    own = select(Vacancy.id).where(Vacancy.dwelling_id == dwelling_id)
    writer.connection.execute(
        update(Vacancy)
        .where(Vacancy.dwelling_id == dwelling_id)
        .values(list_scope_id=scope, row_version=Vacancy.row_version + 1)
    )
    writer.connection.execute(
        update(Event).where(Event.subject_id.in_(own), Event.person_id.is_(None)).values(read_scope_id=scope)
    )
