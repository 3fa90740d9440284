"""What the case page says: flags, deadlines, next step, and which acts fit the case as it is. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import add_working_days, long_date, relative_words, short_weekday_date
from boligdesk.domain.catalog import (
    CaseKind,
    CaseOutcome,
    CasePhase,
    DeadlineState,
    WaitingOn,
    WrittenForm,
)
from boligdesk.domain.people import age_on, format_phone
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.cases import CaseDetail, DeadlineRow, Identity
    from boligdesk.ui.theme import Tone

_SOON_WORKING_DAYS = 2
_FLAGS: dict[str, tuple[Tone, str]] = {
    "Strengt fortrolig": ("lock", ""),
    "Fortrolig": ("lock", ""),
    "Død": ("neutral", "info"),
    "Verge": ("info", "person"),
    "Fullmektig": ("info", "person"),
    "Barn i husstanden": ("info", "people"),
    "Venter barn": ("info", "people"),
    "Tolk": ("info", "mic"),
    "Uten norsk nummer": ("info", "info"),
}
_OUTCOME_TONES: dict[str, Tone] = {CaseOutcome.GRANTED.value: "ok"}
_RUNNING = {DeadlineState.RUNNING.value, DeadlineState.STOPPED.value}


@dataclass(frozen=True, slots=True)
class Step:
    """The page's one filled button: words, icon, and the name of the act."""

    label: str
    icon: str
    act: str


def case_label(kind: str) -> str:
    return CaseKind(kind).label if kind in CaseKind.codes() else kind


def is_closed(detail: CaseDetail) -> bool:
    return detail.phase == CasePhase.CLOSED


def status(detail: CaseDetail) -> PillSpec:
    """One status: how it ended, whom it waits for, or which step it is at."""
    if is_closed(detail):
        code = detail.outcome or ""
        word = CaseOutcome(code).label if code in CaseOutcome.codes() else CasePhase.CLOSED.label
        return PillSpec(_OUTCOME_TONES.get(code, "neutral"), word, "archive")
    if detail.waiting_on in {WaitingOn.APPLICANT, WaitingOn.OTHERS}:
        return PillSpec("neutral", WaitingOn(detail.waiting_on).label)
    return PillSpec("info", CasePhase(detail.phase).label, quiet=True)


def flags(detail: CaseDetail) -> tuple[PillSpec, ...]:
    """Status first, then what nobody may overlook."""
    made = [status(detail)]
    for flag in detail.identity.flags:
        tone, icon = _FLAGS.get(flag, ("warn", ""))
        spec = PillSpec(tone, flag, icon)
        made.insert(0, spec) if tone == "lock" else made.append(spec)
    return tuple(made)


def person_facts(who: Identity, today: dt.date, number: str = "") -> tuple[str, ...]:
    """Birth date and age, number (masked unless ``number`` is given), phone, interpreter, written form."""
    born = f"{who.birth_on:%d.%m.%Y} ({age_on(who.birth_on, today)} år)" if who.birth_on else ""
    form = WrittenForm(who.written_form).label.lower() if who.written_form in WrittenForm.codes() else ""
    return (
        born or "ukjent fødselsdato",
        number or who.masked_number or "uten nummer",
        f"tlf. {format_phone(who.phone)}" if who.phone else "",
        f"tolk: {who.interpreter}" if who.interpreter else "",
        f"brev på {form}" if form else "",
    )


def case_facts(detail: CaseDetail) -> tuple[str, ...]:
    came = detail.application.received_on if detail.application else detail.opened_on
    ended = f"avsluttet {long_date(detail.ended_on)}" if detail.ended_on and is_closed(detail) else ""
    return (
        f"Sak {detail.number}",
        case_label(detail.kind),
        f"søkt {long_date(came)}",
        f"saksbehandler {detail.assignee}" if detail.assignee else "uten saksbehandler",
        ended,
    )


def due_tone(due: dt.date, today: dt.date) -> Tone:
    """Passed; within two working days; or neither."""
    if due < today:
        return "crit"
    return "warn" if due <= add_working_days(today, _SOON_WORKING_DAYS) else "neutral"


def next_deadline(detail: CaseDetail) -> DeadlineRow | None:
    """The first that still runs."""
    live = [row for row in detail.deadlines if row.state in _RUNNING]
    return min(live, key=lambda row: row.due_on, default=None)


def deadline_words(row: DeadlineRow, today: dt.date) -> tuple[str, str]:
    """(«tor. 26. nov.», «om 2 dager: foreløpig svar»)."""
    if row.state == DeadlineState.STOPPED:
        return short_weekday_date(row.due_on), f"stanset: {_lower(row.label)}"
    return short_weekday_date(row.due_on), f"{relative_words(row.due_on, today)}: {_lower(row.label)}"


def deadline_pill(row: DeadlineRow, today: dt.date) -> PillSpec:
    """The state of one deadline; a running one says how far off it is."""
    if row.state == DeadlineState.RUNNING:
        tone = due_tone(row.due_on, today)
        return PillSpec(tone, relative_words(row.due_on, today), "clock" if tone == "neutral" else "")
    tones: dict[str, Tone] = {DeadlineState.MET.value: "ok", DeadlineState.EXPIRED.value: "crit"}
    return PillSpec(tones.get(row.state, "neutral"), DeadlineState(row.state).label)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


_FORWARD: dict[str, tuple[CasePhase, str]] = {
    CasePhase.RECEIVED.value: (CasePhase.CONTROL, "Start kontrollen"),
    CasePhase.CONTROL.value: (CasePhase.ASSESSMENT, "Start vurderingen"),
    CasePhase.ASSESSMENT.value: (CasePhase.INTAKE_TEAM, "Send til inntaksteam"),
}


def forward(detail: CaseDetail) -> tuple[CasePhase, str] | None:
    """The next step that a person may set by hand, and its button; None when there is none."""
    return None if is_closed(detail) else _FORWARD.get(detail.phase)


def primary_step(detail: CaseDetail, *, may_write: bool, is_leader: bool) -> Step:
    """What makes most sense now: find an owner, go on when what we waited for has come, else the next step."""
    note = Step("Skriv notat", "note_add", "note")
    if not may_write:
        return note
    if is_closed(detail):
        return Step("Gjenåpne saken …", "arrow_undo", "reopen") if is_leader else note
    if detail.assignee_id is None:
        return Step("Gi saken til en kollega …", "person", "assign")
    if detail.waiting_on != WaitingOn.NOBODY:
        return Step("Fortsett saken", "arrow_right", "resume")
    step = forward(detail)
    return Step(step[1], "arrow_right", "forward") if step else note
