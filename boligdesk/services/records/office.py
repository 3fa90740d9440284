"""Settings, saved views and rules of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """A named filter of a list page; ``body`` is the filter as JSON."""

    id: UUID
    page: str
    name: str
    body: dict[str, Any]
    is_shared: bool


@dataclass(frozen=True, slots=True)
class BirthdayRule:
    """Applicants born on day ``from_day``..``to_day`` of a month go to this user."""

    from_day: int
    to_day: int
    user_id: UUID


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """Whether the log is whole. ``problem`` is None when it is."""

    links: int
    head: str
    problem: str | None
