"""The explained shortlist: rows with an answer in every cell, who fell out below with why, and the panel «Hvorfor»."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.domain.allocation_catalog import MatchOutcome, NeedKey, NeedKind
from boligdesk.ui.tables import Column, DataTable, WindowModel, fixed_rows
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import MessageArea, tidy, wrapping

from .cells import SHOWN, cell, match_of
from .columns import NOT_ELIGIBLE, shortlist_columns, why_here, why_second
from .why_panel import WhyPanel, computed_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.records.allocation import Candidate, Explanation, ShortlistView
    from boligdesk.ui.page import Window

#: So many of the first are ticked for the team.
SENT_AT_FIRST = 3
_HEAD_HIGH, _ROW_HIGH, _LEAST_ROWS = 38, 48, 4


class ShortlistPart(QWidget):
    """``chosen`` carries the Candidate (or None) that the panel is about; ``ticked`` that the choice changed."""

    chosen = Signal(object)
    ticked = Signal()
    opened = Signal(object)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._today = window.today
        self.view: ShortlistView | None = None
        self.rows: tuple[Candidate, ...] = ()
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self.messages = MessageArea()
        column.addWidget(self.messages)
        columns = shortlist_columns(window.today)
        self.model = WindowModel(columns, fixed_rows(lambda: self.rows), row_id=attrgetter("entry_id"))
        self.table = DataTable("Forslag til tildeling", self.model, window.settings, "tildeling.forslag")
        self.model.setParent(self.table)
        self.table.set_tick_mode()
        self.table.setMinimumHeight(_HEAD_HIGH + _LEAST_ROWS * _ROW_HIGH)
        column.addWidget(self.table, 1)
        self.below = wrapping("", "sub")
        column.addWidget(self.below)
        self.panel = WhyPanel()
        column.addWidget(self.panel)
        self.table.current_changed.connect(self.chosen)
        self.table.ticks_changed.connect(self.ticked)
        self.table.opened.connect(self.opened)

    def show_list(self, view: ShortlistView, unknown: tuple[str, ...], *, may_tick: bool) -> None:
        """``unknown``: facts of the dwelling that nobody knows. Eligible first; those who fell out below. Nobody eligible: says who nearly is, with [Vis dem]."""
        first = self.view is None or self.view.vacancy_id != view.vacancy_id or self.view.ref != view.ref
        self.view = view
        self.rows = view.candidates if view.eligible else ()
        self.table.set_tick_mode(may_tick)
        if first:
            self.model.ticked.clear()
            eligible = [one for one in view.candidates if one.rank is not None and not one.has_live_offer]
            self.model.ticked.update(one.entry_id for one in eligible[:SENT_AT_FIRST])
        known = {one.entry_id for one in view.candidates if one.rank is not None}
        self.model.ticked &= known
        self._say_empty(view)
        if first:
            self.model.reload()
        else:
            self.model.refresh()
        asked = f" Ukjent om boligen: {', '.join(unknown).lower()}." if unknown else ""
        self.below.setText(f"{below_words(view)}{asked}".strip())
        self.below.setVisible(bool(self.below.text()))
        if self.table.currentIndex().isValid() is False or not self.rows:
            self.panel.show_nothing(
                "Velg en søker for å se hvorfor." if self.rows else "Ingen søker er aktuell.",
                self.rules_words(),
            )
        self.ticked.emit()

    def explain(self, told: Explanation) -> None:
        """Why the chosen row stands where it does; the name is that of the row, which may be hidden."""
        row = self.current()
        if row is not None:
            place = f"nr. {row.rank}" if row.rank is not None else "ikke aktuell"
            self.panel.show_explanation(f"Hvorfor er {row.applicant} {place}?", told, self.rules_words())

    def rules_words(self) -> str:
        return computed_words(self.view, self._today()) if self.view is not None else ""

    def _say_empty(self, view: ShortlistView) -> None:
        near = view.near_misses
        if not view.considered:
            self.table.set_empty("Ingen står på ventelisten nå.", icon="people")
        elif near:
            self.table.set_empty(
                f"Ingen søker oppfyller alle krav. {near_words(near)}",
                "Vis dem",
                lambda: self.show_rows(near),
                "people",
            )
        else:
            self.table.set_empty("Ingen søker oppfyller alle krav.", icon="people")

    def show_rows(self, rows: tuple[Candidate, ...]) -> None:
        """Those who nearly are eligible, when nobody is."""
        self.rows = rows
        self.model.reload()
        self.table.setFocus()

    def ticked_rows(self) -> tuple[Candidate, ...]:
        """Those ticked, in the order of the list; only who is eligible."""
        return tuple(one for one in self.rows if one.entry_id in self.model.ticked and one.rank is not None)

    def current(self) -> Candidate | None:
        row: Candidate | None = self.table.current_row()
        return row

    def select_first(self) -> None:
        if not self.table.currentIndex().isValid() and self.rows:
            self.table.select_id(self.rows[0].entry_id)

    def select(self, entry_id: UUID) -> None:
        self.table.select_id(entry_id)


def near_words(near: tuple[Candidate, ...]) -> str:
    """«3 mangler bare ett: heis / 1. et.»."""
    failing = dict.fromkeys(
        NeedKey(match.need).label.lower()
        for one in near
        for match in one.matches
        if match.outcome == MatchOutcome.NOT_MET
        and match.kind == NeedKind.ABSOLUTE
        and match.need in NeedKey.codes()
    )
    what = f": {', '.join(failing)}" if failing else ""
    return f"{len(near)} mangler bare ett{what.removesuffix('.')}."


def below_words(view: ShortlistView) -> str:
    """«4 av 118 søkere er aktuelle. Utelukket av: soverom 60, husstand 22.» Counts by the first need that fails."""
    if not view.considered:
        return ""
    who = "1 søker" if view.considered == 1 else f"{view.considered} søkere"
    word = "er aktuell" if view.eligible == 1 else "er aktuelle"
    said = f"{view.eligible} av {who} {word}."
    if view.excluded_by:
        parts = ", ".join(f"{label.lower()} {count}" for label, count in view.excluded_by)
        said += f" Utelukket av: {parts}."
    if view.hidden:
        said += f" {view.hidden} uten tilgang."
    return said


def print_columns(today: Callable[[], dt.date]) -> tuple[Column[Candidate], ...]:
    """For paper: what is wanted and what the dwelling has, and the sentences of what deviates."""

    def said(row: Candidate, need: str) -> str:
        match = match_of(row, need)
        if match is None or row.is_masked or not (match.wanted or match.has):
            return cell(row, need).word
        return f"{cell(row, need).word} ({match.wanted} / {match.has})"

    def why(row: Candidate) -> str:
        deviating = [
            match.sentence
            for match in row.matches
            if match.sentence and match.outcome != MatchOutcome.MET and match.kind != NeedKind.PRIORITY
        ]
        return " ".join((f"{why_here(row)}.", f"{why_second(row, today())}.", *deviating))

    return (
        Column("rank", "#", lambda r: NOT_ELIGIBLE if r.rank is None else str(r.rank)),
        Column("applicant", "Søker", lambda r: r.applicant, second=lambda r: r.case_number),
        *(Column(need.value, need.label, partial(said, need=need)) for need in SHOWN),
        Column("why", "Hvorfor her i køen", why),
    )
