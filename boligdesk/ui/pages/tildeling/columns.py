"""The columns of Tildeling: vacancies, the shortlist, the waiting list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import NeedKey
from boligdesk.domain.calendar import relative_words, short_date, short_weekday_date
from boligdesk.services.records.allocation import Candidate, VacancyRow, WaitingRow
from boligdesk.ui.home_words import area_words
from boligdesk.ui.offer_words import (
    expires,
    offers_made_words,
    validity_words,
    waiting_pill,
)
from boligdesk.ui.tables import Column, DateCell
from boligdesk.ui.tables.common_columns import age_words, due_tone
from boligdesk.ui.widgets import PillSpec, show_money

from .cells import SHOWN, cell, failed_words, match_of, met_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

NOT_ELIGIBLE = "–"
_WIDTHS = {
    NeedKey.BEDROOMS: (96, 84),
    NeedKey.LIFT_OR_GROUND: (104, 98),
    NeedKey.HOUSEHOLD: (96, 90),
    NeedKey.DISTRICT: (136, 80),
    NeedKey.RENT: (104, 88),
    NeedKey.NEIGHBOURHOOD: (124, 80),
}
"""Wish and least of each need's column: the least has room for its heading."""
_WIDTH = (104, 98)


def size_words(row: VacancyRow) -> str:
    """«4-roms, 3 soverom · 82 m²»."""
    rooms = f"{row.rooms}-roms" if row.rooms is not None else ""
    bedrooms = f"{row.bedrooms} soverom" if row.bedrooms is not None else ""
    area = f"{area_words(row.area_m2x10)}\u00a0m²" if row.area_m2x10 else ""
    first = ", ".join(part for part in (rooms, bedrooms) if part)
    return " · ".join(part for part in (first, area) if part) or "Størrelse er ikke oppgitt"


def void_pill(days: int) -> PillSpec | None:
    """«Tomgang 9 dager»; None when it stands let, or is free later."""
    if days <= 0:
        return None
    return PillSpec("warn", "Tomgang 1 dag" if days == 1 else f"Tomgang {days} dager", quiet=True)


def free_words(day: dt.date, today: dt.date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{short_date(day)}{year}"


def vacancy_columns(today: Callable[[], dt.date]) -> tuple[Column[VacancyRow], ...]:
    """One line each: what is chosen is told below. The last two are shown when somebody has an offer."""

    def void(row: VacancyRow) -> str:
        spec = void_pill(row.void_days)
        return spec.word if spec else "Ingen tomgang"

    def due(row: VacancyRow) -> str:
        day = row.reply_due_on
        return f"{short_weekday_date(day)}, {relative_words(day, today())}" if day is not None else "–"

    return (
        Column("address", "Bolig", lambda r: r.address or r.code, 230,
               strong=True, stretch=True, sort="address", narrowest=176),
        Column("district", "Område", lambda r: r.district or "–", 120, narrowest=76),
        Column("size", "Størrelse", size_words, 200, sort="bedrooms", narrowest=96),
        Column("rent", "Leie, kr", lambda r: show_money(r.rent_ore) or "–", 86, align="right", sort="rent", narrowest=76),
        Column("free", "Ledig fra", lambda r: free_words(r.free_from, today()), 100, sort="free", narrowest=88),
        Column("void", "Tomgang", void, 150, pill=lambda r: void_pill(r.void_days), sort="void", narrowest=146),
        Column("offer", "Tilbud til", lambda r: r.offer_to or "–", 150, narrowest=86),
        Column("due", "Svarfrist", due, 190, tone=lambda r: due_tone(r.reply_due_on, today()), sort="due", narrowest=100),
    )  # fmt: skip


def shortlist_columns(today: Callable[[], dt.date]) -> tuple[Column[Candidate], ...]:
    """«#» holds the tick, too. Needs without a column of their own can be shown from the column menu."""

    def applied(row: Candidate) -> str:
        if row.is_masked:
            return f"{row.case_number} · skjermet"
        return f"{row.case_number} · søkt {free_words(row.waiting_since, today())}"

    def waits(row: Candidate) -> str:
        return f"{row.applicant}, {applied(row)}"

    shown = tuple(_need_column(need) for need in SHOWN)
    others = tuple(_need_column(need, hidden=True) for need in NeedKey if need not in SHOWN)
    return (
        Column("rank", "#", lambda r: NOT_ELIGIBLE if r.rank is None else str(r.rank), 66, narrowest=58),
        Column("applicant", "Søker", lambda r: r.applicant, 190, applied, strong=True, narrowest=124,
               tooltip=waits),
        *shown,
        Column("why", "Hvorfor her i køen", why_here, 246, lambda r: why_second(r, today()),
               stretch=True, narrowest=136, tooltip=lambda r: f"{why_here(r)}. {why_second(r, today())}"),
        *others,
    )  # fmt: skip


def _need_column(need: NeedKey, *, hidden: bool = False) -> Column[Candidate]:
    return Column(
        need.value,
        need.label,
        lambda r: cell(r, need).word,
        _WIDTHS.get(need, _WIDTH)[0],
        pill=partial(_spec, need=need),
        tooltip=partial(_sentence, need=need),
        narrowest=_WIDTHS.get(need, _WIDTH)[1],
        hidden=hidden,
    )


def _spec(row: Candidate, need: str) -> PillSpec:
    return cell(row, need)


def _sentence(row: Candidate, need: str) -> str:
    match = match_of(row, need)
    return match.sentence if match is not None and not row.is_masked else ""


def why_here(row: Candidate) -> str:
    if row.rank is None:
        return row.first_fail or "Ikke aktuell"
    return row.why_here or row.priority_text


def why_second(row: Candidate, today: dt.date) -> str:
    if row.is_masked:
        return "Åpnes av den som har tilgang"
    if row.has_live_offer:
        return "Har et tilbud nå"
    if row.rank is None:
        return failed_words(row)
    return f"{met_words(row)} · {age_words(row.waiting_since, today)}"


def waiting_columns(today: Callable[[], dt.date]) -> tuple[Column[WaitingRow], ...]:
    """Applicant first, status last (ui.md 5)."""

    def priority(row: WaitingRow) -> str:
        return row.priority_text or row.priority_class

    def approved(row: WaitingRow) -> DateCell | None:
        until, near = validity_words(row, today())
        return DateCell(until, near, "warn") if expires(row, today()) else None

    return (
        Column("applicant", "Søker", lambda r: r.applicant, 180, lambda r: r.case_number,
               strong=True, sort="applicant", narrowest=130),
        Column("priority", "Prioritet", priority, 220, sort="priority", stretch=True, narrowest=110, tooltip=priority),
        Column("need", "Behov", lambda r: r.need_text or "–", 190, narrowest=100, stretch=True,
               tooltip=lambda r: r.need_text),
        Column("district", "Område", lambda r: r.district_text or "–", 150, narrowest=80,
               tooltip=lambda r: r.district_text),
        Column("waited", "Ventet", lambda r: age_words(r.waiting_since, today()), 90, sort="waiting_since", narrowest=76),
        Column("offers", "Tilbud", lambda r: offers_made_words(r.offers_made), 92, sort="offers", narrowest=84),
        Column("valid_to", "Godkjent til", lambda r: validity_words(r, today())[0], 190, date=approved,
               sort="valid_to", narrowest=104),
        Column("state", "Status", lambda r: waiting_pill(r).word, 116, pill=waiting_pill, narrowest=104),
    )  # fmt: skip
