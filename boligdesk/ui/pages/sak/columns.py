"""Columns of the case's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.calendar import short_date
from boligdesk.domain.catalog import DocumentKind, GuidanceArea, VisitPlace, VisitState
from boligdesk.domain.guidance import OSLO
from boligdesk.ui.tables import Column
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.cases import DocumentRow
    from boligdesk.services.records.work import LogRow, VisitRow
    from boligdesk.ui.theme import Tone

_OUTCOMES: dict[str, Tone] = {
    VisitState.DONE.value: "ok",
    VisitState.NOT_HOME.value: "warn",
    VisitState.REFUSED.value: "warn",
}


def _day(day: dt.date | None) -> str:
    return f"{short_date(day)} {day.year}" if day else ""


def _clock(at: dt.datetime) -> str:
    local = at.astimezone(OSLO)
    return f"{_day(local.date())} {local:%H:%M}"


def document_columns() -> tuple[Column[DocumentRow], ...]:
    def kind(row: DocumentRow) -> str:
        return DocumentKind(row.kind).label if row.kind in DocumentKind.codes() else row.kind

    return (
        Column("date", "Dato", lambda r: _day(r.dated_on or r.added_at.astimezone(OSLO).date()), 112, narrowest=100),
        Column("title", "Tittel", lambda r: r.title, 220, strong=True, stretch=True, tooltip=lambda r: r.title,
               narrowest=150),
        Column("kind", "Type", kind, 100, narrowest=72),
        Column("party", "Fra/til", lambda r: r.from_to, 120, tooltip=lambda r: r.from_to, narrowest=64),
    )  # fmt: skip


def visit_columns() -> tuple[Column[VisitRow], ...]:
    def place(row: VisitRow) -> str:
        return VisitPlace(row.place).label if row.place in VisitPlace.codes() else row.place

    def areas(row: VisitRow) -> str:
        return ", ".join(GuidanceArea(area).label for area in row.areas if area in GuidanceArea.codes())

    def outcome(row: VisitRow) -> PillSpec:
        known = row.outcome in VisitState.codes()
        word = VisitState(row.outcome).label if known else row.outcome
        return PillSpec(_OUTCOMES.get(row.outcome, "neutral"), word)

    return (
        Column("when", "Når", lambda r: _day(r.starts_at.astimezone(OSLO).date()), 124, sort="when", strong=True,
               second=lambda r: f"{r.starts_at.astimezone(OSLO):%H:%M}", narrowest=112),
        Column("place", "Hvor", place, 160, second=areas, tooltip=areas, narrowest=144),
        Column("observed", "Hva vi så", lambda r: r.observed, 240, stretch=True, tooltip=lambda r: r.observed),
        Column("next", "Neste steg", lambda r: r.next_step, 180, second=lambda r: _day(r.next_on),
               tooltip=lambda r: r.next_step),
        Column("by", "Hvem", lambda r: r.by, 110),
        Column("outcome", "Resultat", lambda r: outcome(r).word, 130, pill=outcome, sort="outcome"),
    )  # fmt: skip


def log_columns() -> tuple[Column[LogRow], ...]:
    def what(row: LogRow) -> str:
        return f"Åpnet: {row.what}" if row.kind == "lest" and not row.what else row.what

    def changes(row: LogRow) -> str:
        return "; ".join(f"{field}: {old or '–'} → {new or '–'}" for field, old, new in row.changes)

    return (
        Column("at", "Når", lambda r: _clock(r.at), 150, strong=True),
        Column("who", "Hvem", lambda r: r.who, 140),
        Column("kind", "Hva slags", lambda r: "Lest" if r.kind == "lest" else "Skrevet", 112,
               icon=lambda r: "eye" if r.kind == "lest" else "edit"),
        Column("what", "Hva", what, 240, stretch=True, second=changes, tooltip=changes),
        Column("reason", "Begrunnelse", lambda r: r.reason, 180, tooltip=lambda r: r.reason),
    )  # fmt: skip
