"""Offers and waiting as lists and pages say them: state as a pill, the deadline for the answer, why somebody waits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import Consequence, OfferAnswer, OfferState, WaitingState
from boligdesk.domain.calendar import relative_words, short_date, short_weekday_date
from boligdesk.domain.letters import LetterState
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    from boligdesk.services.records.allocation import OfferRow, WaitingRow

#: An approval that ends within this many days is flagged.
EXPIRES_SOON_DAYS = 90

_OFFERS = {
    OfferState.PREPARED.value: PillSpec("info", "Ikke sendt ennå", "edit", quiet=True),
    OfferState.SENT.value: PillSpec("neutral", "Venter på svar"),
    OfferState.ACCEPTED.value: PillSpec("ok", "Takket ja"),
    OfferState.REFUSED.value: PillSpec("neutral", "Takket nei", "dismiss"),
    OfferState.UNANSWERED.value: PillSpec("neutral", "Ikke svart", "clock"),
    OfferState.WITHDRAWN.value: PillSpec("neutral", "Trukket", "arrow_undo"),
}
_WAITING = {
    WaitingState.ACTIVE.value: PillSpec("ok", "Klar"),
    WaitingState.PAUSED.value: PillSpec("neutral", "På pause"),
    WaitingState.OFFERED.value: PillSpec("info", "Har tilbud", "mail", quiet=True),
    WaitingState.HOUSED.value: PillSpec("ok", "Bosatt", "home"),
    WaitingState.LAPSED.value: PillSpec("neutral", "Bortfalt", "archive"),
    WaitingState.WITHDRAWN.value: PillSpec("neutral", "Trukket", "arrow_undo"),
}


def offer_pill(row: OfferRow, today: dt.date) -> PillSpec:
    """The one status of an offer; a deadline that has passed is said first."""
    if row.state == OfferState.SENT and row.reply_due_on is not None and row.reply_due_on < today:
        return PillSpec("crit", "Svarfristen er ute")
    return _OFFERS.get(row.state, PillSpec("neutral", row.state))


def reply_words(row: OfferRow, today: dt.date) -> str:
    """«Svarfrist fre. 27. nov., om 3 dager»; "" before the offer is sent."""
    due = row.reply_due_on
    return "" if due is None else f"Svarfrist {short_weekday_date(due)}, {relative_words(due, today)}"


def answer_words(row: OfferRow) -> str:
    """«Takket nei 24. nov. – for langt fra skolen»."""
    if row.answer not in OfferAnswer.codes():
        return ""
    state = OfferState(row.state).label if row.state in OfferState.codes() else OfferAnswer(row.answer).label
    when = f" {short_date(row.answered_on)}" if row.answered_on else ""
    why = f" – {row.answer_reason}" if row.answer_reason else ""
    return f"{state}{when}{why}"


def consequence_words(code: str) -> str:
    return Consequence(code).label if code in Consequence.codes() else ""


def letter_words(row: OfferRow) -> str:
    """Where the letter with the offer stands."""
    if row.letter_id is None:
        return "Brevet er ikke skrevet"
    return (
        LetterState(row.letter_status).label
        if row.letter_status in LetterState.codes()
        else "Brevet er begynt"
    )


def waiting_pill(row: WaitingRow) -> PillSpec:
    if row.is_masked:
        return PillSpec("lock", "Skjermet")
    return _WAITING.get(row.state, PillSpec("neutral", row.state))


def expires(row: WaitingRow, today: dt.date) -> bool:
    """The approval has ended, or does so soon."""
    return row.valid_to is not None and row.valid_to <= today + dt.timedelta(days=EXPIRES_SOON_DAYS)


def validity_words(row: WaitingRow, today: dt.date) -> tuple[str, str]:
    """(«2. feb. 2027», «om 70 dager» when it is near, else "")."""
    if row.valid_to is None:
        return "Ingen sluttdato", ""
    near = relative_words(row.valid_to, today) if expires(row, today) else ""
    return f"{short_date(row.valid_to)} {row.valid_to.year}", near


def waited_words(since: dt.date, today: dt.date) -> str:
    """«29 dager»."""
    days = max((today - since).days, 0)
    return "1 dag" if days == 1 else f"{days} dager"


def offers_made_words(count: int) -> str:
    return "Ingen" if not count else f"{count} tilbud"
