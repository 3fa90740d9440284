"""The acts that can be taken back with Ctrl+Z, and brought back with Ctrl+Y (ui.md 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

#: How many acts of a session can be taken back.
LEVELS = 20


@dataclass(frozen=True, slots=True)
class Act:
    """What the user was told, and its events in the store: several when several rows were handled in one go."""

    events: tuple[UUID, ...]
    said: str


class UndoStack:
    """Two piles. Undoing is itself an event; undoing that one is what «Gjør om» does."""

    def __init__(self, levels: int = LEVELS) -> None:
        self._levels = levels
        self._done: list[Act] = []
        self._undone: list[Act] = []

    def did(self, act: Act) -> None:
        """A new act; what lay in the other pile can no longer be brought back."""
        self._done = [*self._done, act][-self._levels :]
        self._undone.clear()

    def last_done(self) -> Act | None:
        return self._done[-1] if self._done else None

    def last_undone(self) -> Act | None:
        return self._undone[-1] if self._undone else None

    def undid(self, act: Act, undoing: tuple[UUID, ...]) -> None:
        """``act`` was taken back by the events ``undoing``."""
        self.forget(act)
        if undoing:
            self._undone.append(Act(undoing, act.said))

    def redid(self, act: Act, redoing: tuple[UUID, ...]) -> None:
        """``act`` (an undoing) was itself taken back."""
        self._undone = [other for other in self._undone if other != act]
        if redoing:
            self._done = [*self._done, Act(redoing, act.said)][-self._levels :]

    def forget(self, act: Act) -> None:
        """The store refused: it can never be taken back."""
        self._done = [other for other in self._done if other != act]
        self._undone = [other for other in self._undone if other != act]
