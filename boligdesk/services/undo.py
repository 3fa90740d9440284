"""«Angre»: takes back an ordinary act (ui.md 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.services.changes import Changes, Kind
from boligdesk.services.records.common import Saved

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.session import Session


class Undo:
    def __init__(self, session: Session) -> None:
        self._session = session

    def undo(self, event_id: UUID) -> Saved:
        """Restore what the event changed, as a new event. Raises UserError when it cannot be taken back."""
        new_event, _kind, subject = self._session.store.write(
            self._session.user.id, lambda work: work.undo.undo(event_id)
        )
        return Saved(subject, 0, Changes(frozenset(Kind), frozenset({subject})), new_event)
