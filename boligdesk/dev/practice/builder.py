"""What the parts of the practice office share while it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.dev.practice.clock import OPENING

if TYPE_CHECKING:
    import random
    from uuid import UUID

    from boligdesk.dev.practice.clock import SteppingClock
    from boligdesk.dev.practice.people import Fictional
    from boligdesk.services.desk import Services
    from boligdesk.storage.store import SqlStore

TODAY = OPENING.date()
#: The user who is signed in when somebody practises.
PRACTICE_LOGIN = "ovelse"


@dataclass(slots=True)
class Builder:
    """Everything that is made so far."""

    store: SqlStore
    clock: SteppingClock
    pick: random.Random
    desks: dict[str, Services]
    districts: dict[str, UUID]
    people: list[tuple[UUID, Fictional]]
    dwellings: list[UUID]
