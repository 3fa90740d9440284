"""The columns of Saker. A restricted row shows its number and status, nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from boligdesk.domain.calendar import full_date
from boligdesk.services.records.cases import CaseRow
from boligdesk.ui.tables import Column, DateCell
from boligdesk.ui.tables.common_columns import (
    age_words,
    case_status,
    date_cell,
    date_text,
    full_due,
    kind_words,
    phase_words,
)

#: Order of the list in words, by sort key.
SORT_WORDS = {
    "applicant": "søker",
    "number": "saksnummer",
    "opened": "søknadsdato, eldste først",
    "phase": "trinn",
    "due": "neste frist",
    "assignee": "ansvarlig",
    "kind": "sakstype",
}


def case_columns(today: Callable[[], dt.date]) -> tuple[Column[CaseRow], ...]:
    def due(row: CaseRow) -> DateCell | None:
        return date_cell(row.next_due_on, today())

    def due_tip(row: CaseRow) -> str:
        if row.next_due_on is None:
            return "Saken har ingen frist nå."
        return f"{row.next_due_what or 'Frist'}: {full_due(row.next_due_on, today())}"

    return (
        Column[CaseRow](
            "applicant", "Søker", lambda r: r.applicant, 210, sort="applicant", strong=True, stretch=True,
            icon=lambda r: "lock_closed" if r.is_masked else "", narrowest=130,
        ),
        Column[CaseRow](
            "number", "Sak", lambda r: r.number, 170, lambda r: "" if r.is_masked else kind_words(r.kind),
            sort="number", narrowest=96,
        ),
        Column[CaseRow](
            "age", "Alder", lambda r: "" if r.is_masked or r.outcome else age_words(r.opened_on, today()), 76,
            sort="opened", narrowest=58,
            tooltip=lambda r: "" if r.is_masked else f"Søkt {full_date(r.opened_on)}",
        ),
        Column[CaseRow](
            "phase", "Trinn", lambda r: "" if r.is_masked else phase_words(r.phase), 164,
            sort="phase", narrowest=150,
        ),
        Column[CaseRow](
            "due", "Neste frist", lambda r: date_text(r.next_due_on), 196,
            date=due, sort="due", tooltip=due_tip, narrowest=118,
        ),
        Column[CaseRow](
            "assignee", "Ansvarlig", lambda r: r.assignee or ("" if r.is_masked else "Ingen"), 120,
            sort="assignee", narrowest=72,
        ),
        Column[CaseRow](
            "status", "Status", lambda r: case_status(r, today()).word, 150,
            pill=lambda r: case_status(r, today()), narrowest=90,
        ),
    )  # fmt: skip
