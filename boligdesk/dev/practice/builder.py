"""What the parts of the practice office share while it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.dev.practice.clock import OPENING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.dev.practice.clock import SteppingClock
    from boligdesk.dev.practice.one_transaction import OneTransaction
    from boligdesk.dev.practice.people import Fictional
    from boligdesk.services.desk import Services

TODAY = OPENING.date()
#: The user who is signed in when somebody practises.
PRACTICE_LOGIN = "ovelse"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done ``ago`` days before today. Acts are done oldest first, so that numbers follow days."""

    ago: int
    do: Callable[[], object]


@dataclass(slots=True)
class Builder:
    """Everything that is made so far."""

    store: OneTransaction
    clock: SteppingClock
    pick: random.Random
    desks: dict[str, Services]
    districts: dict[str, UUID]
    people: list[tuple[UUID, Fictional]]
    dwellings: list[UUID]
    cases: list[UUID]
    waiting: list[UUID]
    """Cases of those who were approved before the office took Boligdesk into use."""
    numbers: dict[int, str]
    """Year -> the first case number of it; taken out when it is used."""

    def login_of(self, number: int) -> str:
        """Who has the case with this number in the story."""
        return (PRACTICE_LOGIN, "jonas", "marit")[number % 3]
