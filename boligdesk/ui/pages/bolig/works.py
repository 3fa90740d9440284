"""«Arbeid»: what is being done with the dwelling or its house, with cause, days and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.calendar import short_date
from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.money import format_kr
from boligdesk.domain.works import WorkCause, WorkKind, WorkState
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, Card, Pill, PillSpec, clear, label, tidy, wrapping
from boligdesk.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.dwellings import DwellingDetail
    from boligdesk.services.records.register import WorkRow

_PILLS = {
    WorkState.PLANNED: PillSpec("neutral", WorkState.PLANNED.label, "calendar_ltr"),
    WorkState.RUNNING: PillSpec("info", WorkState.RUNNING.label, "wrench"),
    WorkState.OVERDUE: PillSpec("warn", WorkState.OVERDUE.label, "warning"),
    WorkState.DONE: PillSpec("ok", WorkState.DONE.label, "checkmark_circle"),
}
#: Statuses that a work sets aside when it begins.
_GIVES_WAY = frozenset({DwellingStatus.VACANT, DwellingStatus.LET})
#: More finished works than this are shown when asked for.
_DONE_SHOWN = 2


def work_words(work: WorkRow) -> str:
    """«Oppussing · slitasje · 20. nov. 2026 – planlagt 10. des. 2026 · 95 000 kr · Eiendom»."""
    cause = WorkCause(work.cause).label.lower() if work.cause else ""
    parts = (
        "Hele bygget" if work.of_building else "",
        WorkKind(work.kind).label,
        cause,
        _days(work),
        format_kr(work.cost_ore) if work.cost_ore is not None else "",
        work.contractor,
    )
    return " · ".join(part for part in parts if part)


def _days(work: WorkRow) -> str:
    if work.finished_on is not None:
        return f"{_day(work.begins_on)} – {_day(work.finished_on)}"
    if work.planned_to is None:
        return f"fra {_day(work.begins_on)}, vi vet ikke når det er ferdig"
    return f"{_day(work.begins_on)} – planlagt {_day(work.planned_to)}"


def _day(day: dt.date) -> str:
    return f"{short_date(day)} {day.year}"


class WorksCard(Card):
    """``wanted`` carries the work to correct (None: a new one), ``end_wanted`` the one that is over.

    ``start_wanted``: one whose first day has come while the dwelling's status stood still.
    """

    wanted = Signal(object)
    start_wanted = Signal(object)
    end_wanted = Signal(object)

    def __init__(self, *, may_write: bool) -> None:
        super().__init__("Arbeid")
        self._may_write = may_write
        self._works: tuple[WorkRow, ...] = ()
        self._status = ""
        self._shows_all = False
        if may_write and self.heading is not None:
            self.add_button = Button(
                "Registrer arbeid …", lambda: self.wanted.emit(None), icon="add", kind="link"
            )
            self.heading.add_action(self.add_button)
        carrier = QWidget()
        self._column = QVBoxLayout(carrier)
        tidy(self._column, SPACE_2)
        self.add(carrier)

    def show_works(self, found: DwellingDetail) -> None:
        self._works, self._status = found.works, found.status
        self._show()

    def _show(self) -> None:
        clear(self._column)
        if not self._works:
            self._column.addWidget(wrapping("Ingen arbeid er registrert.", "sub"))
        done = [work for work in self._works if work.state == WorkState.DONE]
        hides = len(done) > _DONE_SHOWN and not self._shows_all
        for work in self._works:
            if not (hides and work.state == WorkState.DONE):
                self._column.addWidget(self._row(work))
        if hides:
            more = Button(f"Vis {len(done)} ferdige", self._show_all, icon="history", kind="link")
            self._column.addWidget(more)

    def _show_all(self) -> None:
        self._shows_all = True
        self._show()

    def _row(self, work: WorkRow) -> QWidget:
        carrier = QWidget()
        column = QVBoxLayout(carrier)
        tidy(column, 0)
        top = QHBoxLayout()
        tidy(top, SPACE_2)
        top.addWidget(wrapping(work.what, "strong"), 1)
        spec = _PILLS[WorkState(work.state)]
        top.addWidget(Pill(spec.tone, spec.word, spec.icon))
        column.addLayout(top)
        column.addWidget(wrapping(work_words(work), "sub"))
        if self._waits(work):
            column.addWidget(label("Dagen er kommet. Boligen står fortsatt som før.", "sub", wrap=True))
        if self._may_write:
            column.addWidget(FlowRow(*self._acts(work)))
        return carrier

    def _acts(self, work: WorkRow) -> list[Button]:
        acts = [("Rett", lambda: self.wanted.emit(work))]
        if self._waits(work):
            acts.insert(0, ("Sett i gang", lambda: self.start_wanted.emit(work)))
        if work.state != WorkState.DONE:
            acts.append(("Avslutt …", lambda: self.end_wanted.emit(work)))
        buttons = [Button(words, act, kind="link") for words, act in acts]
        for button in buttons:
            button.setAccessibleName(f"{button.text()} {work.what}")
        return buttons

    def _waits(self, work: WorkRow) -> bool:
        return work.waits and self._may_write and self._status in _GIVES_WAY
