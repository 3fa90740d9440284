"""The columns of the guidance log (ui.md S10): when first, outcome last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.calendar import short_weekday_date
from boligdesk.domain.text import first_line
from boligdesk.services.records.work import VisitRow
from boligdesk.ui.tables import Column
from boligdesk.ui.visit_words import (
    area_list,
    day_and_year,
    local,
    outcome_pill,
    short_place,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

SORTED_BY = {"when": "dato", "person": "person", "outcome": "utfall"}


def _area(row: VisitRow) -> str:
    return area_list(row.areas[:1]) or "–"


def _more_areas(row: VisitRow) -> str | None:
    more = len(row.areas) - 1
    return f"og {more} til" if more > 0 else None


def _next(row: VisitRow) -> str:
    return first_line(row.next_step) or (short_weekday_date(row.next_on) if row.next_on else "–")


def _next_day(row: VisitRow) -> str | None:
    return short_weekday_date(row.next_on) if row.next_on and row.next_step else None


def visit_columns(today: Callable[[], dt.date]) -> tuple[Column[VisitRow], ...]:
    def second(row: VisitRow) -> str:
        return f"{local(row.starts_at):%H:%M} · {short_place(row.place)}"

    return (
        Column("when", "Når", lambda r: day_and_year(r.starts_at, today()), 150, second, sort="when", strong=True,
               narrowest=118),
        Column("person", "Person", lambda r: r.person, 150, sort="person", narrowest=96),
        Column("areas", "Tema", _area, 150, _more_areas, narrowest=126, tooltip=lambda r: area_list(r.areas)),
        Column("observed", "Observert", lambda r: first_line(r.observed) or "–", 220, stretch=True, narrowest=110,
               tooltip=lambda r: r.observed),
        Column("next", "Neste steg", _next, 160, _next_day, stretch=True, narrowest=96, tooltip=lambda r: r.next_step),
        Column("by", "Av", lambda r: r.by, 96, lambda r: "Rettet" if r.is_corrected else None, narrowest=72),
        Column("outcome", "Utfall", lambda r: outcome_pill(r.outcome).word, 142, sort="outcome",
               pill=lambda r: outcome_pill(r.outcome), narrowest=126),
    )  # fmt: skip
