"""What the list shows: a view with its filters and order, as the page holds it and as it is saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import CaseKind, CasePhase, WaitingOn
from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort

from .columns import SORT_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.services.records.office import SavedViewRow

ME, NOBODY = "me", "none"
STATES = (("apne", "Åpne saker"), ("avsluttede", "Avsluttede saker"), ("alle", "Åpne og avsluttede"))
PHASES = (("", "Alle trinn"), *((phase.value, phase.label) for phase in CasePhase))
WAITING = (
    ("", "Alle venteårsaker"),
    (WaitingOn.APPLICANT.value, "Venter på søker"),
    (WaitingOn.OTHERS.value, "Venter på andre"),
    (WaitingOn.NOBODY.value, "Venter på oss"),
)
PICK_PERIOD = "velg"
PERIODS = (
    ("", "Søkt når som helst"),
    ("30", "Søkt siste 30 dager"),
    ("90", "Søkt siste 90 dager"),
    ("i_ar", "Søkt i år"),
    ("i_fjor", "Søkt i fjor"),
    (PICK_PERIOD, "Velg fra og til …"),
)
_BETWEEN = ".."


@dataclass(frozen=True, slots=True)
class Choice:
    """Plain words only, so that it can be saved: the text filter is left out, it may hold a name.

    ``assignee``: empty, ``me``, ``none`` or a user's id. ``period``: empty, a key of PERIODS, or «from..to» in
    ISO dates, either of them empty.
    """

    state: str = "apne"
    kind: str = ""
    phase: str = ""
    assignee: str = ""
    district: str = ""
    period: str = ""
    waiting: str = ""
    sort: str = "due"
    descending: bool = False

    def order(self) -> Sort:
        return Sort(self.sort, self.descending)

    def narrows(self) -> bool:
        """Whether any filter is on (the view's kind of case and the order are none)."""
        return replace(self, kind="", sort="due", descending=False) != Choice()

    def without_filters(self) -> Choice:
        return Choice(kind=self.kind, sort=self.sort, descending=self.descending)

    def filter(self, text: str, me: UUID, today: dt.date) -> CaseFilter:
        """The question to the store."""
        first, last = period_bounds(self.period, today)
        user = me if self.assignee == ME else _uuid(self.assignee)
        return CaseFilter(
            state=self.state,
            text=text,
            kinds=(self.kind,) if self.kind else (),
            phases=(self.phase,) if self.phase else (),
            assignee_id=user,
            unassigned=self.assignee == NOBODY,
            district_id=_uuid(self.district),
            opened_from=first,
            opened_to=last,
            waiting_on=self.waiting,
        )

    def body(self) -> dict[str, Any]:
        return asdict(self)


def choice_of(body: dict[str, Any]) -> Choice:
    """A saved body; what this version does not know is left at its first choice."""
    found = Choice(descending=body.get("descending") is True)
    allowed: dict[str, Sequence[str]] = {
        "state": [key for key, _title in STATES],
        "kind": ["", *CaseKind.codes()],
        "phase": [key for key, _title in PHASES],
        "waiting": [key for key, _title in WAITING],
        "sort": list(SORT_WORDS),
    }
    for field in fields(Choice):
        wanted = body.get(field.name)
        if not isinstance(wanted, str) or wanted not in allowed.get(field.name, [wanted]):
            continue
        if field.name != "period" or _is_period(wanted):
            found = changed(found, field.name, wanted)
    return found


def changed(choice: Choice, name: str, value: str) -> Choice:
    """The choice with one of its words changed."""
    given: dict[str, Any] = {name: value}
    return replace(choice, **given)


def _is_period(text: str) -> bool:
    if text in dict(PERIODS):
        return text != PICK_PERIOD
    try:
        period_bounds(text, dt.date(2000, 1, 1))
    except ValueError:
        return False
    return _BETWEEN in text


def period_bounds(text: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a period. Raises ValueError for dates that cannot be read."""
    if _BETWEEN in text:
        first, last = text.split(_BETWEEN, 1)
        return (
            dt.date.fromisoformat(first) if first else None,
            dt.date.fromisoformat(last) if last else None,
        )
    if text == "i_ar":
        return dt.date(today.year, 1, 1), None
    if text == "i_fjor":
        return dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)
    return (today - dt.timedelta(days=int(text)), None) if text.isdecimal() else (None, None)


def period_of(first: dt.date | None, last: dt.date | None) -> str:
    return f"{first.isoformat() if first else ''}{_BETWEEN}{last.isoformat() if last else ''}"


def period_title(text: str) -> str:
    """«Søkt 1. januar 2026 – 31. mars 2026» for a period of the user's own."""
    first, last = period_bounds(text, dt.date(2000, 1, 1))
    if first and last:
        return f"Søkt {long_date(first)} – {long_date(last)}"
    return f"Søkt fra {long_date(first)}" if first else f"Søkt til {long_date(last)}" if last else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class View:
    """A named choice. ``saved`` is the row in the store when the user made it."""

    name: str
    choice: Choice
    saved: SavedViewRow | None = None


ALL_OPEN = View("Alle åpne", Choice())
GENERAL = (
    ALL_OPEN,
    View("Mine saker", Choice(assignee=ME)),
    View("Uten saksbehandler", Choice(assignee=NOBODY)),
    View("Avsluttede", Choice(state="avsluttede", sort="number", descending=True)),
)
BY_KIND = tuple(View(kind.label, Choice(kind=kind.value)) for kind in CaseKind)


def saved_view(row: SavedViewRow) -> View:
    return View(row.name, choice_of(row.body), row)
