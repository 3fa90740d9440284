"""Those who are approved and wait for a home by the list's own word: onto the waiting list, as by hand.

The queue is in order of priority and time, so whoever has no priority of the office's own rules is not put
there: nobody may guess it. A number is the class of that rank only where every number of the column can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.domain.access import Right
from boligdesk.services import allocation_checks
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.imports.taking import words
from boligdesk.services.records.allocation import WaitingDraft
from boligdesk.services.rules import rule_set_in_force
from boligdesk.services.waiting import codes_in

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.domain.rule_sets import PriorityClass, RuleSet
    from boligdesk.services.imports.rows import CheckedRow
    from boligdesk.services.ports import Work
    from boligdesk.services.ports.allocation import NewWaiting

WAITING = "venteliste"
REASON = "Sto på venteliste i lista som ble hentet inn."
_NOT_JOINED = "Søkeren er ikke satt på ventelisten, for {why} Saken står på trinnet Vurdering. {todo}"


class Approved:
    def __init__(self, work: Work, rows: list[CheckedRow]) -> None:
        self._work = work
        self._rules: RuleSet | None = None
        self._districts: tuple[tuple[str, str], ...] = ()
        self._joins: list[tuple[NewWaiting, str]] = []
        if not any(is_waiting(row.values) for row in rows):
            return
        self._districts = work.assessment.districts()
        try:
            self._rules = rule_set_in_force(work, work.today)
        except UserError:
            return  # said of every row that asks for them
        numbers = [row.values.get("priority") for row in rows]
        greatest = max((number for number in numbers if isinstance(number, int)), default=0)
        self._are_ranks = greatest <= len(self._rules.priority)

    def class_of(self, values: dict[str, Any]) -> PriorityClass | None:
        """The class that the row's priority names in the rules of today."""
        given = values.get("priority")
        if self._rules is None or given in {None, ""}:
            return None
        for found in self._rules.priority:
            if isinstance(given, int):
                if self._are_ranks and found.rank == given:
                    return found
            elif str(given).strip().casefold() in {found.code.casefold(), found.label.nb.casefold()}:
                return found
        return None

    def why_not(self, values: dict[str, Any]) -> str:
        """Why the row cannot be put on the list, with what to do; empty when it can."""
        if Right.ALLOCATE not in self._work.rights:
            return _NOT_JOINED.format(
                why="du har ikke tilgang til å tildele.", todo="Be en som har det, om å hente inn lista."
            )
        if self._rules is None:
            return _NOT_JOINED.format(
                why="kontoret har ingen regler for tildeling på denne dagen.", todo="Be lederen vedta dem."
            )
        if self.class_of(values) is None:
            codes = ", ".join(found.code for found in self._rules.priority)
            return _NOT_JOINED.format(
                why=f"lista gir ingen av prioritetene i reglene ({codes}).",
                todo="Skriv den i lista før du henter den inn, eller gjør ferdig vurderingen i saken.",
            )
        return ""

    def queue_row(self, case: UUID, values: dict[str, Any]) -> tuple[WaitingDraft, str]:
        """What is put on the list, and what to tell. ``why_not`` was empty."""
        found = self.class_of(values)
        if found is None:
            raise ValueError("asked of a row without a class")
        given, since = values.get("priority"), values.get("waiting_since")
        told = [f"Satt på ventelisten med prioritet {found.code}."]
        if isinstance(given, int):
            told.append(f"Prioritet {given} er lest som {found.code}.")
        if since is None:
            told.append("Ventetiden er regnet fra mottatt dato.")
        bedrooms = values.get("need_bedrooms")
        draft = WaitingDraft(
            case_id=case,
            priority_class=found.code,
            waiting_since=since or values["received_on"],
            reason=REASON,
            bedrooms_min=bedrooms,
            bedrooms_max=bedrooms,
            max_rent_ore=values.get("max_rent"),
            districts_wish=tuple(codes_in(words(values, "district_wish"), self._districts).split()),
            step_free=_need(values.get("need_step_free")),
            wheelchair=_need(values.get("need_wheelchair")),
        )
        return draft, " ".join(told)

    def join(self, draft: WaitingDraft) -> str:
        """Put the case on the list when all rows are stored. Why it cannot be, else empty."""
        if self._rules is None:
            raise ValueError("asked without rules")
        try:
            new = allocation_checks.by_hand(self._work, draft, self._rules)
        except InvalidInput as error:
            return _NOT_JOINED.format(why="noe i raden kan ikke stemme.", todo=error.title)
        self._joins.append((new, REASON))
        return ""

    def settle(self) -> None:
        """After the last row."""
        if self._joins:
            self._work.write_imports.join_waiting(self._joins)


def is_waiting(values: dict[str, Any]) -> bool:
    return values.get("status") == WAITING


def _need(answer: object) -> int | None:
    return None if answer is None else int(bool(answer))
