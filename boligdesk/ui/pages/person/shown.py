"""What is in sight for half a minute, though it is hidden otherwise: whole numbers, protected addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.people import AddressDraft


@dataclass(slots=True)
class Shown:
    """By the id of the row. False = everything is hidden."""

    numbers: dict[UUID, str] = field(default_factory=dict)
    addresses: dict[UUID, AddressDraft] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.numbers or self.addresses)

    def clear(self) -> None:
        self.numbers.clear()
        self.addresses.clear()
