"""A shortlist over a long waiting list; the floor is the bare fetch of the same rows as plain tuples."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from boligdesk import app
from boligdesk.dev.bench_figures import Figure, Sample, median, timed
from boligdesk.dev.bench_office import LOGIN
from boligdesk.dev.bulk_waiting import fill_waiting
from boligdesk.domain import matching
from boligdesk.services import shortlists as lists
from boligdesk.services.records.allocation import VacancyDraft, WaitingFilter
from boligdesk.services.records.common import FactDraft, Sort
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.storage.location import file_location
from boligdesk.storage.queries.shortlists import ShortlistQueries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from boligdesk.services.desk import Services
    from boligdesk.services.ports import View
    from boligdesk.storage.store import SqlStore

WAITING = 30_000
LIMIT_MS, LIST_MS = 300.0, 50.0
_KNOWN = {"step_free": 1, "lift": 1, "wheelchair": 0, "shielded": 0, "pets": 1}


def allocation(folder: Path, rounds: int, waiting: int = WAITING) -> list[Figure]:
    """On a new office in one file."""
    location = file_location(folder / "venteliste.db")
    desk, _recovery = app.create_desk(
        location, ask=None, office="Målekontoret", login=LOGIN, name="Målende Bruker"
    )
    try:
        return measured(desk.opened.store, desk.services, rounds, waiting)
    finally:
        desk.close()


def measured(store: SqlStore, services: Services, rounds: int, waiting: int) -> list[Figure]:
    """Fills the queue and measures: on any store, of either engine."""
    vacancy = _vacancy(services)
    fill_waiting(store, [services.user.id], waiting)
    times = max(rounds, 5)
    found = services.allocation.shortlist(vacancy)
    steps = _steps(store, services, vacancy)
    note = f"{found.eligible} aktuelle av {found.considered}, {len(found.candidates)} fulle rader; {steps}"
    return [
        _figure("forslag, alle vurdert", services, times, store, (lambda: services.allocation.shortlist(vacancy), LIMIT_MS, note)),
        _figure("forslag, bare aktuelle", services, times, store, (lambda: services.allocation.eligible(vacancy), None, "")),
        _figure("lagret forslag", services, times, store, (_freezing(services, vacancy), None, "lagring")),
        _figure("venteliste, første side", services, times, store, (lambda: services.allocation.waiting(WaitingFilter(), Sort("order")), LIST_MS, "")),
    ]  # fmt: skip


def _vacancy(services: Services) -> UUID:
    """Two bedrooms, a lift, everything checked."""
    draft = DwellingDraft(code="M1", street="Målegata", house_no="1", bedrooms=2, floor=2, rent_ore=900_000)
    home = services.dwellings.register(draft, "ledig")
    facts = tuple(
        FactDraft(key, "kjent", value, "befaring", dt.date(2026, 11, 12)) for key, value in _KNOWN.items()
    )
    services.dwellings.record_facts(home.id, home.version, facts)
    return services.allocation.report_vacancy(VacancyDraft(home.id)).id


def _freezing(services: Services, vacancy: UUID) -> Callable[[], object]:
    def freeze() -> object:
        return services.allocation.freeze(vacancy, services.allocation.vacancy(vacancy).row.version)

    return freeze


def _figure(
    name: str,
    services: Services,
    times: int,
    store: SqlStore,
    asked: tuple[Callable[[], object], float | None, str],
) -> Figure:
    """The act and its floor take turns, so that both meet the same load."""
    act, limit, note = asked
    act()
    taken, floors = list[Sample](), list[Sample]()
    for _ in range(times):
        taken.append(timed(act))
        floors.append(store.read(services.user.id, _bare))
    return Figure(
        name,
        0,
        median([one.wall for one in taken]),
        median([one.wall for one in floors]),
        limit,
        cpu=median([one.cpu for one in taken]),
        note=note,
    )


def _bare(view: Any) -> Sample:
    """The statement of the shortlist straight through the driver, already put together."""
    statement = (
        ShortlistQueries(view)
        .statement()
        .compile(
            dialect=view.connection.dialect,
            compile_kwargs={"literal_binds": True, "render_postcompile": True},
        )
    )
    text = str(statement) if view.is_sqlite else str(statement).replace("%%", "%")
    cursor = view.connection.connection.driver_connection.cursor()
    try:
        return timed(lambda: cursor.execute(text).fetchall())
    finally:
        cursor.close()


def _steps(store: SqlStore, services: Services, vacancy: UUID) -> str:
    """Where the time goes."""

    def work(view: View) -> str:
        judge = lists.judge_of(view, vacancy)
        fetched = timed(view.allocation.entries)
        entries = view.allocation.entries()
        ranked = timed(lambda: matching.rank(entries, judge).excluded)
        ranking = matching.rank(entries, judge)
        shown = timed(lambda: lists.shown(view, vacancy, ranking, computed_at=view.now))
        return f"henting {fetched.wall:.0f}, vurdering {ranked.wall:.0f}, visning {shown.wall:.0f} ms"

    return store.read(services.user.id, work)
