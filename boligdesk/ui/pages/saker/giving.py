"""Handing several cases to a colleague in one go, and taking that back in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from boligdesk.services.changes import NOTHING, Changes
from boligdesk.services.errors import UserError
from boligdesk.services.records.common import Saved

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services
    from boligdesk.services.records.cases import CaseRow


@dataclass(slots=True)
class Outcome:
    """What became of the cases. ``refused`` is (case number, why)."""

    events: list[UUID] = field(default_factory=list)
    unchanged: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    changes: Changes = NOTHING

    def words(self, name: str) -> str:
        """«3 saker er gitt til Jonas H.», with those that could not be."""
        given = len(self.events)
        said = (
            f"{count_words(given)} er gitt til {name.rstrip('.')}."
            if given
            else "Ingen saker er gitt videre."
        )
        if self.unchanged:
            said += f" {count_words(self.unchanged)} hadde {name} fra før."
        for number, why in self.refused:
            said += f" {number}: {why}"
        return said


def count_words(number: int) -> str:
    return "1 sak" if number == 1 else f"{number} saker"


def give_cases(services: Services, rows: Sequence[CaseRow], user_id: UUID) -> Outcome:
    """One case at a time: what can be given is given, the rest is told. Runs in the database lane."""
    outcome = Outcome()
    for row in rows:
        try:
            saved = give_case(services, row, user_id)
        except UserError as error:
            outcome.refused.append((row.number, error.title))
            continue
        outcome.changes |= saved.changes
        if saved.event_id is None:
            outcome.unchanged += 1
        else:
            outcome.events.append(saved.event_id)
    return outcome


def give_case(services: Services, row: CaseRow, user_id: UUID) -> Saved:
    """One case. Raises UserError when it has another owner than the list showed."""
    now = services.cases.reread(row.id)
    if now.assignee != row.assignee:
        raise UserError(
            "Saken har nettopp skiftet saksbehandler.",
            safe="Ingenting er endret.",
            todo="Se på saken en gang til, og gi den videre hvis det fortsatt er riktig.",
        )
    return services.cases.assign(row.id, now.version, user_id)
