"""Cells that several lists share: deadlines, status of a task or a case, step, age, case number with kind."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import add_working_days, full_date, relative_words, short_weekday_date
from boligdesk.domain.catalog import CaseKind, CaseOutcome, CasePhase, TaskState, WaitingOn
from boligdesk.ui.widgets.pill import PillSpec

from .columns import DateCell

if TYPE_CHECKING:
    from boligdesk.services.records.cases import CaseRow
    from boligdesk.services.records.work import TaskRow
    from boligdesk.ui.theme import Tone

#: A deadline this many working days away or nearer is a warning (ui.md 3.8).
SOON_WORKING_DAYS = 2

LATE = PillSpec("crit", "Forfalt")
URGENT = PillSpec("warn", "Haster")
MASKED = PillSpec("lock", "Skjermet")
NOT_STARTED = PillSpec("neutral", "Ikke startet")
POSTPONED = PillSpec("neutral", "Utsatt")
AT_WORK = PillSpec("info", "Under arbeid", icon="edit", quiet=True)
TO_INTAKE_TEAM = PillSpec("info", "Til inntaksteam")

_WAITING = {code: PillSpec("neutral", code.label) for code in (WaitingOn.APPLICANT, WaitingOn.OTHERS)}
_OUTCOMES = {
    code: PillSpec("ok" if code is CaseOutcome.GRANTED else "neutral", code.label) for code in CaseOutcome
}
_STEPS = tuple(phase for phase in CasePhase if phase is not CasePhase.CLOSED)


def due_tone(due_on: dt.date | None, today: dt.date) -> Tone:
    """Crit when passed, warn at two working days or less, else neutral."""
    if due_on is None:
        return "neutral"
    if due_on < today:
        return "crit"
    return "warn" if due_on <= _soon(today) else "neutral"


@lru_cache(maxsize=8)
def _soon(today: dt.date) -> dt.date:
    return add_working_days(today, SOON_WORKING_DAYS)


@lru_cache(maxsize=2048)
def date_cell(due_on: dt.date | None, today: dt.date) -> DateCell | None:
    """«fre. 20. nov.» and «4 dager over»; the year is written when it is another one."""
    if due_on is None:
        return None
    year = "" if due_on.year == today.year else f" {due_on.year}"
    return DateCell(
        f"{short_weekday_date(due_on)}{year}", relative_words(due_on, today), due_tone(due_on, today)
    )


def date_text(due_on: dt.date | None) -> str:
    """For sorting by eye, copying and printing where the cell itself is not drawn."""
    return short_weekday_date(due_on) if due_on else ""


def full_due(due_on: dt.date, today: dt.date) -> str:
    """«fredag 20. november 2026, 4 dager over»."""
    return f"{full_date(due_on)}, {relative_words(due_on, today)}"


def task_status(row: TaskRow, today: dt.date) -> PillSpec:
    """The one status of a task. Waiting does not excuse the office's own legal duty."""
    if row.is_masked:
        return MASKED
    tone = due_tone(row.due_on, today)
    if tone == "crit":
        return LATE
    if tone == "warn" and row.is_legal:
        return URGENT
    if row.waiting_on in _WAITING:
        return _WAITING[WaitingOn(row.waiting_on)]
    if tone == "warn":
        return URGENT
    return POSTPONED if row.state == TaskState.POSTPONED else NOT_STARTED


def case_status(row: CaseRow, today: dt.date) -> PillSpec:
    """The one status of a case, from its outcome, deadline, who it waits for, and step."""
    if row.is_masked:
        return MASKED
    if row.outcome:
        return _OUTCOMES[CaseOutcome(row.outcome)]
    tone = due_tone(row.next_due_on, today)
    if tone == "crit":
        return LATE
    if row.waiting_on in _WAITING:
        return _WAITING[WaitingOn(row.waiting_on)]
    if tone == "warn":
        return URGENT
    return _phase_status(CasePhase(row.phase))


def _phase_status(phase: CasePhase) -> PillSpec:
    if phase is CasePhase.RECEIVED:
        return NOT_STARTED
    if phase is CasePhase.INTAKE_TEAM:
        return TO_INTAKE_TEAM
    if phase is CasePhase.CLOSED:
        return _OUTCOMES[CaseOutcome.DONE]
    return AT_WORK


def phase_words(code: str) -> str:
    """«Vurdering (3 av 6)»; a closed case has no step left."""
    phase = CasePhase(code)
    if phase is CasePhase.CLOSED:
        return phase.label
    return f"{phase.label} ({_STEPS.index(phase) + 1} av {len(_STEPS)})"


def kind_words(code: str) -> str:
    """«kommunal bolig», inside a sentence or after a number."""
    label = CaseKind(code).label
    return f"{label[0].lower()}{label[1:]}"


def case_words(number: str, kind: str, *, is_masked: bool = False) -> str:
    """«2026/1275 · kommunal bolig»; what it is about is left out of a restricted file."""
    parts = (number, "" if is_masked or not kind else kind_words(kind))
    return " · ".join(part for part in parts if part)


def age_words(opened_on: dt.date, today: dt.date) -> str:
    """«29 d.», in whole days since the application came."""
    return f"{max((today - opened_on).days, 0)} d."
