"""Where a person can be in the program, and the way back (Alt+← / Alt+→)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

#: How many places the way back remembers (ui.md 2).
HISTORY = 50


@dataclass(frozen=True)
class Place:
    """One place: a page, what it is about, which tab, and anything the page wants to find again.

    ``state`` is filled by the page when it is left (scroll, selection, filter) and given back on return.
    """

    page: str
    subject: UUID | None = None
    tab: str = ""
    state: dict[str, Any] = field(default_factory=dict, compare=False)


class History:
    """The places visited, as in a browser."""

    def __init__(self, limit: int = HISTORY) -> None:
        self._limit = limit
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        return self._places[self._at] if self._places else None

    def go(self, place: Place) -> None:
        """Add a place after the present one; what lay ahead is forgotten. The same place again is no step."""
        if self.here == place:
            self._places[self._at] = place
            return
        self._places = [*self._places[: self._at + 1], place][-self._limit :]
        self._at = len(self._places) - 1

    def remember(self, state: dict[str, Any]) -> None:
        """Keep what the page looked like before it is left."""
        here = self.here
        if here is not None:
            self._places[self._at] = Place(here.page, here.subject, here.tab, state)

    def back(self) -> Place | None:
        """The place before, or None at the start."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self._places[self._at]
