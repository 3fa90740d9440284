"""What the lists and pages of letters share: status, cells, columns, and the words for one or several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import full_date, short_weekday_date
from boligdesk.domain.letters import LETTERS, LetterKind, LetterState
from boligdesk.services.records.letters import LetterRow
from boligdesk.ui.tables import Column
from boligdesk.ui.tables.common_columns import MASKED, date_cell, date_text, full_due
from boligdesk.ui.widgets.pill import PillSpec

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.ui.tables import DateCell

OWN_PRINT = PillSpec("lock", "Egen utskrift")
PRINTED = PillSpec("ok", "Skrevet ut", "print")
_STATES = {
    LetterState.DRAFT: PillSpec("info", "Kladd", "edit", quiet=True),
    LetterState.TO_APPROVAL: PillSpec("info", "Til godkjenning"),
    LetterState.APPROVED: PillSpec("ok", "Godkjent"),
    LetterState.FINALISED: PillSpec("ok", "Klar for utskrift"),
    LetterState.SENT: PillSpec("ok", "Sendt", "send"),
    LetterState.RECALLED: PillSpec("neutral", "Trukket tilbake"),
}
#: States of a letter that goes out by itself, not together with others.
_READY = {LetterState.APPROVED.value, LetterState.FINALISED.value}
#: Order of a list in words, by sort key.
SORT_WORDS = {
    "changed": "sist endret",
    "title": "brev",
    "to": "mottaker",
    "case": "saksnummer",
    "writer": "hvem som har skrevet",
    "status": "status",
    "due": "frist",
    "journal": "journalnummer",
    "sent": "når de ble sendt",
}


def state_pill(status: str) -> PillSpec:
    """The state of a letter as its own page shows it."""
    return _STATES[LetterState(status)]


def letter_status(row: LetterRow) -> PillSpec:
    """The one status of a letter in a list."""
    if row.is_masked:
        return MASKED
    if not row.can_tick and row.status in _READY:
        return OWN_PRINT
    if row.status == LetterState.FINALISED and row.printed_at is not None:
        return PRINTED
    return state_pill(row.status)


def is_vedtak(kind: str) -> bool:
    return kind in LetterKind.codes() and LETTERS[LetterKind(kind)].is_vedtak


def the_letter(kind: str) -> str:
    """«vedtaket» or «brevet», as it stands in a button."""
    return "vedtaket" if is_vedtak(kind) else "brevet"


def letters_words(number: int) -> str:
    """«1 brev», «3 brev»: the same word for one and several."""
    return f"{number} brev"


def journal_words(row: LetterRow) -> str:
    """The number, or when it is given."""
    return row.journal_number or ("gis nå" if row.status in _READY and not row.is_masked else "")


def letter_columns(
    today: Callable[[], dt.date], *, with_person: bool = True
) -> tuple[Column[LetterRow], ...]:
    """Letters that are not sent yet, and those of one case (``with_person`` False: it stands above the list)."""

    def due(row: LetterRow) -> DateCell | None:
        return date_cell(row.appeal_due_on or row.due_on, today())

    def due_tip(row: LetterRow) -> str:
        day = row.appeal_due_on or row.due_on
        if day is None:
            return "Brevet har ingen frist ennå."
        return f"{'Klagefrist' if row.appeal_due_on else 'Frist'}: {full_due(day, today())}"

    person = (
        Column[LetterRow](
            "to", "Til", lambda r: r.to, 150, sort="to", narrowest=86,
            icon=lambda r: "lock_closed" if r.is_masked else "",
        ),
        Column[LetterRow]("case", "Sak", lambda r: r.case_number, 96, sort="case", narrowest=88),
    )  # fmt: skip
    return (
        Column[LetterRow](
            "title", "Brev", lambda r: r.title, 230, sort="title", strong=True, stretch=True, narrowest=212
        ),
        *(person if with_person else ()),
        Column[LetterRow]("writer", "Laget av", lambda r: r.written_by, 96, sort="writer", narrowest=72),
        Column[LetterRow](
            "status", "Status", lambda r: letter_status(r).word, 140, pill=letter_status, sort="status",
            narrowest=142,
        ),
        Column[LetterRow](
            "due", "Frist", lambda r: date_text(r.appeal_due_on or r.due_on), 150, date=due, sort="due",
            tooltip=due_tip, narrowest=78,
        ),
        Column[LetterRow]("journal", "Journalnr.", journal_words, 98, sort="journal", narrowest=82),
    )  # fmt: skip


def sent_columns(today: Callable[[], dt.date]) -> tuple[Column[LetterRow], ...]:
    """Letters that are sent: when it came, and how long it can be appealed."""

    def appeal(row: LetterRow) -> DateCell | None:
        return date_cell(row.appeal_due_on, today())

    def appeal_tip(row: LetterRow) -> str:
        if row.appeal_due_on is None:
            return "Brevet kan ikke påklages."
        return f"Klagefrist: {full_due(row.appeal_due_on, today())}"

    def arrived_tip(row: LetterRow) -> str:
        return f"Regnet som mottatt {full_date(row.arrived_on)}" if row.arrived_on else ""

    title, to, case, writer, _status, _due, journal = letter_columns(today)
    return (
        replace(title, narrowest=172),  # no tick beside it
        to,
        case,
        Column[LetterRow](
            "writer", writer.title, writer.text, writer.width, sort="writer", narrowest=72, hidden=True
        ),
        Column[LetterRow](
            "sent", "Sendt", lambda r: short_weekday_date(r.sent_on) if r.sent_on else "", 106, sort="sent",
            narrowest=96,
        ),
        Column[LetterRow](
            "arrived", "Mottatt antatt", lambda r: short_weekday_date(r.arrived_on) if r.arrived_on else "",
            128, tooltip=arrived_tip, narrowest=110,
        ),
        Column[LetterRow](
            "due", "Klagefrist til", lambda r: date_text(r.appeal_due_on), 150, date=appeal, sort="due",
            tooltip=appeal_tip, narrowest=112,
        ),
        journal,
    )  # fmt: skip
