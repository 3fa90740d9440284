"""Tasks in words: what is known, why it is on the list, and the one next step (ui.md S1).

A task row holds no words about the person; everything here is made from its kind and dates at reading.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from boligdesk.domain.calendar import add_working_days, full_date, long_date, relative_words, short_date
from boligdesk.domain.catalog import TaskKind, TaskState, WaitingOn
from boligdesk.domain.text import clean, first_line

#: Kinds that a person may put on a list by hand.
BY_HAND = (TaskKind.CALL_BACK, TaskKind.FOLLOW_UP, TaskKind.OTHER)
_SOON_WORKING_DAYS = 2
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TaskKnown:
    """What a task's sentences are made of. ``month_on`` is the unrolled day of its deadline.

    ``agreed`` is the next step of the visit it follows, in the guide's own words.
    """

    kind: TaskKind
    today: dt.date
    made_on: dt.date
    state: str
    due_on: dt.date | None = None
    month_on: dt.date | None = None
    received_on: dt.date | None = None
    waiting_on: str = WaitingOn.NOBODY.value
    postponed_reason: str = ""
    made_by: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """Label of the button, and what it opens."""

    label: str
    action: str


_NEXT: dict[TaskKind, NextStep] = {
    TaskKind.CHECK_CONDITIONS: NextStep("Åpne søknaden", "open_application"),
    TaskKind.INTERIM_REPLY: NextStep("Skriv foreløpig svar", "write_interim"),
    TaskKind.ASSESS_INCOMING: NextStep("Åpne dokumentene", "open_documents"),
    TaskKind.CALL_BACK: NextStep("Skriv notat", "write_note"),
    TaskKind.FOLLOW_UP: NextStep("Skriv notat", "write_note"),
    TaskKind.GUIDANCE_NEXT: NextStep("Logg besøket", "log_visit"),
    TaskKind.ASSIGN_CASE: NextStep("Gi saken til en kollega", "assign_case"),
    TaskKind.CONFLICT: NextStep("Velg hva som skal gjelde", "open_conflict"),
    TaskKind.APPROVE_LETTER: NextStep("Les og godkjenn", "open_letter"),
    TaskKind.CORRECT_LETTER: NextStep("Rett brevet", "open_letter"),
    TaskKind.FINISH_LETTER: NextStep("Ferdigstill brevet", "open_letter"),
    TaskKind.PRINT_LETTER: NextStep("Skriv ut", "open_letter"),
    TaskKind.OFFER_REPLY: NextStep("Registrer svaret", "open_offer"),
    TaskKind.NEXT_CANDIDATE: NextStep("Åpne forslaget", "open_vacancy"),
    TaskKind.MAKE_CONTRACT: NextStep("Åpne saken", "open_case"),
    TaskKind.APPEAL_EXPIRED: NextStep("Åpne saken", "open_case"),
    TaskKind.RENEW_APPROVAL: NextStep("Åpne saken", "open_case"),
    TaskKind.OTHER: NextStep("Åpne saken", "open_case"),
}


def next_step(kind: TaskKind, *, has_case: bool) -> NextStep:
    """The one primary button. Without a case, the person's page is what opens."""
    step = _NEXT[kind]
    if has_case or step.action in {"write_note", "log_visit"}:
        return step
    return NextStep("Åpne personen", "open_person")


def second_line(known: TaskKnown) -> str:
    """One fact under the title."""
    if known.state == TaskState.POSTPONED and known.postponed_reason:
        return f"Utsatt: {known.postponed_reason}"
    by = f" av {known.made_by}" if known.made_by else ""
    return _fact(known) or f"Lagt inn {short_date(known.made_on)}{by}"


def _fact(known: TaskKnown) -> str:
    """What matters most about this kind of task; empty when nothing is known."""
    facts = {
        TaskKind.INTERIM_REPLY: _month_old(known.month_on, known.today) if known.month_on else "",
        TaskKind.CHECK_CONDITIONS: (
            f"Søknaden kom {short_date(known.received_on)}" if known.received_on else ""
        ),
        TaskKind.ASSIGN_CASE: "Saken har ingen saksbehandler",
        TaskKind.ASSESS_INCOMING: f"Kom inn {short_date(known.made_on)}",
        TaskKind.GUIDANCE_NEXT: f"Neste: {first_line(known.agreed)}" if known.agreed else "",
    }
    return facts.get(known.kind, "")


def _month_old(month_on: dt.date, today: dt.date) -> str:
    if month_on >= today:
        return f"Søknaden blir 1 måned gammel {relative_words(month_on, today)}"
    return f"Søknaden ble 1 måned gammel {short_date(month_on)}"


def why(known: TaskKnown) -> str:
    """Two to four sentences of what is known."""
    said = [_opening(known)]
    said += (f"Neste: {clean(known.agreed).rstrip('.')}.",) if known.agreed else _WHY[known.kind]
    if known.due_on:
        said.append(f"Fristen er {full_date(known.due_on)}, {_distance(known.due_on, known.today)}.")
    if known.waiting_on in {WaitingOn.APPLICANT, WaitingOn.OTHERS}:
        said.append(
            "Saken venter på søkeren."
            if known.waiting_on == WaitingOn.APPLICANT
            else "Saken venter på andre."
        )
    if known.state == TaskState.POSTPONED and known.postponed_reason:
        said.append(f"Oppgaven er utsatt: {known.postponed_reason.rstrip('.')}.")
    return " ".join(said[:4])


_WHY: dict[TaskKind, tuple[str, ...]] = {
    TaskKind.CHECK_CONDITIONS: ("Se om opplysningene er nok til å vurdere den.",),
    TaskKind.INTERIM_REPLY: (
        "Tar svaret mer enn én måned, skal søkeren få vite hvorfor og når svaret kommer.",
    ),
    TaskKind.ASSESS_INCOMING: ("Se om saken nå kan gå videre.",),
    TaskKind.CALL_BACK: ("Skriv et notat når du har fått svar.",),
    TaskKind.FOLLOW_UP: ("Skriv et notat om det som skjedde.",),
    TaskKind.GUIDANCE_NEXT: ("Logg besøket når det er gjennomført.",),
    TaskKind.ASSIGN_CASE: ("Fristene løper selv om ingen har saken.",),
    TaskKind.CONFLICT: ("Ingenting er overskrevet.",),
    TaskKind.APPROVE_LETTER: ("Les brevet. Godkjenn det, eller send det tilbake med en grunn.",),
    TaskKind.CORRECT_LETTER: ("Brevet kom tilbake fra godkjenning. Grunnen står i brevet.",),
    TaskKind.FINISH_LETTER: ("Brevet er godkjent. Det er ikke sendt før du ferdigstiller det.",),
    TaskKind.PRINT_LETTER: ("Utskrift er ikke sending. Merk brevet som sendt når det er lagt i posten.",),
    TaskKind.OFFER_REPLY: ("Spør om søkeren vil ha boligen, og skriv ned svaret.",),
    TaskKind.NEXT_CANDIDATE: ("Tilbudet falt bort, og boligen er ledig igjen.",),
    TaskKind.MAKE_CONTRACT: ("Søkeren har takket ja. Avtal kontrakt og depositum.",),
    TaskKind.APPEAL_EXPIRED: ("Vedtaket er endelig når fristen er ute og ingen klage har kommet.",),
    TaskKind.RENEW_APPROVAL: ("Godkjenningen faller bort når den går ut.",),
    TaskKind.OTHER: ("Se hva som er avtalt, før du lukker den.",),
}


def _opening(known: TaskKnown) -> str:
    made = long_date(known.made_on)
    if known.kind in {TaskKind.CHECK_CONDITIONS, TaskKind.INTERIM_REPLY} and known.received_on:
        return f"Søknaden kom {long_date(known.received_on)}."
    if known.kind is TaskKind.ASSIGN_CASE:
        return f"Saken har vært uten saksbehandler siden {made}."
    if known.kind is TaskKind.ASSESS_INCOMING:
        return f"Det kom inn noe til saken {made}."
    if known.kind is TaskKind.GUIDANCE_NEXT:
        return f"Neste steg ble avtalt {made}."
    if known.kind is TaskKind.CONFLICT:
        return f"To har skrevet ulikt om det samme {made}."
    by = f" av {known.made_by}" if known.made_by else ""
    return f"Oppgaven ble lagt inn {made}{by}.".replace("..", ".")  # «Ingrid B.» has a full stop of her own


def _distance(due_on: dt.date, today: dt.date) -> str:
    words = relative_words(due_on, today)
    if words.endswith(" over"):
        days = words.removesuffix(" over")
        return f"{days} siden"
    return words


def due_window(due: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """(first, last) due day of a filter word; None = open. Raises ValueError for an unknown word.

    Two days are working days, as the warning of a deadline is (ui.md 3.8); what is overdue is a filter of
    its own and is in neither of the others.
    """
    if due == "alle":
        return None, None
    if due == "forfalt":
        return None, today - dt.timedelta(days=1)
    if due == "to_dager":
        return today, add_working_days(today, _SOON_WORKING_DAYS)
    if due == "sju_dager":
        return today, today + _WEEK
    raise ValueError("unknown due filter")
