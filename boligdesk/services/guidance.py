"""The home-guidance log: visits and contacts. What was seen, said and thought are separate texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import VisitPlace, VisitState
from boligdesk.domain.guidance import as_instant, day_of, minutes_fault, ordered_areas, time_fault
from boligdesk.domain.text import clean, clean_long
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.common import Saved, Sort

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.records.common import Page
    from boligdesk.services.records.work import VisitDetail, VisitDraft, VisitFilter, VisitRow
    from boligdesk.services.session import Session

_NEWEST = Sort("when", descending=True)
_LONG = ("observed", "said", "assessment", "next_step")
_SHORT = ("present", "interpreter")
_MOST_TEXT = 20_000
_MOST_LINE = 300


class Guidance:
    def __init__(self, session: Session) -> None:
        self._session = session

    def page(
        self, wanted: VisitFilter, sort: Sort = _NEWEST, offset: int = 0, limit: int = 100
    ) -> Page[VisitRow]:
        """Visits with people whose files the user may open; restricted people are absent for all others.

        ``sort.key``: when, person, outcome. ``wanted.owner`` «mine» = led by me or with me as the second.
        """
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.visits.page(wanted, sort, offset, limit))

    def detail(self, visit_id: UUID) -> VisitDetail:
        """Everything written about one visit; leaves a read entry. Raises NotFound."""
        self._session.require(Right.READ_PEOPLE)

        def work(work: Work) -> VisitDetail:
            found = work.visits.detail(visit_id)
            work.write_visits.opened(visit_id)
            return found

        return self._session.store.write(self._session.user.id, work)

    def log_visit(self, draft: VisitDraft) -> Saved:
        """Write down a visit or contact; nothing but the person is needed (now, at home, done, led by me).

        With ``corrects_visit_id`` the earlier text stays and this one stands after it. ``next_on`` gives the
        guide a task; a time ahead is only for what is planned. Of a report to the child welfare service only
        the date is kept. Raises InvalidInput, and NotFound for a person or case the user may not open.
        """

        def work(work: Work) -> tuple[UUID, int, UUID]:
            starts_at = as_instant(draft.starts_at) if draft.starts_at else work.now
            checked = _checked(draft, starts_at, work)
            if checked.second_id == self._session.user.id:
                raise InvalidInput("second_id", "Velg en annen enn deg selv som nummer to.")
            write = work.write_visits.log if draft.corrects_visit_id is None else work.write_visits.correct
            return write(checked, starts_at)

        visit, version, event = self._session.write(Right.WRITE_GUIDANCE, work)
        touched = Changes(frozenset({Kind.VISIT, Kind.TASK}), frozenset({visit, draft.person_id}))
        return Saved(visit, version, touched, event)


def _checked(draft: VisitDraft, starts_at: dt.datetime, work: Work) -> VisitDraft:
    if draft.place not in VisitPlace.codes():
        raise InvalidInput("place", "Velg et av stedene i listen.")
    if draft.outcome not in VisitState.codes():
        raise InvalidInput("outcome", "Velg et av resultatene i listen.")
    _refuse("starts_at", time_fault(starts_at, VisitState(draft.outcome), work.now))
    _refuse("minutes", minutes_fault(draft.minutes))
    if draft.next_on is not None and draft.next_on < day_of(starts_at):
        raise InvalidInput("next_on", "Neste steg kan ikke være før besøket.")
    if draft.report_child_welfare_on is not None and draft.report_child_welfare_on > work.today:
        raise InvalidInput("report_child_welfare_on", "Datoen for bekymringsmeldingen er ikke kommet ennå.")
    try:
        areas = ordered_areas(draft.areas)
    except ValueError:
        raise InvalidInput("areas", "Velg blant temaene i listen.") from None
    long = {field: _within(field, clean_long(getattr(draft, field)), _MOST_TEXT) for field in _LONG}
    short = {field: _within(field, clean(getattr(draft, field)), _MOST_LINE) for field in _SHORT}
    return replace(draft, starts_at=starts_at, areas=areas, **long, **short)  # type: ignore[arg-type]  # text fields


def _refuse(field: str, fault: str) -> None:
    if fault:
        raise InvalidInput(field, fault)


def _within(field: str, text: str, most: int) -> str:
    if len(text) > most:
        raise InvalidInput(field, "Teksten er for lang.", f"Det er plass til {most} tegn.")
    return text
