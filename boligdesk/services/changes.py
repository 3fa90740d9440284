"""Which kinds of record an operation touched, so that open pages know when to refresh."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


class Kind(Enum):
    PERSON = auto()
    HOUSEHOLD = auto()
    CASE = auto()
    NOTE = auto()
    DOCUMENT = auto()
    TASK = auto()
    DWELLING = auto()
    VISIT = auto()
    ASSESSMENT = auto()
    ALLOCATION = auto()
    LETTER = auto()
    OFFICE = auto()
    VIEW = auto()


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds touched, and the ids of the roots where they are few."""

    kinds: frozenset[Kind]
    ids: frozenset[UUID] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.kinds | other.kinds, self.ids | other.ids)

    def touches(self, *kinds: Kind) -> bool:
        return not self.kinds.isdisjoint(kinds)


NOTHING = Changes(frozenset())
