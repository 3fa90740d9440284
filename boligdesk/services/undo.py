"""«Angre»: takes back an ordinary act (ui.md 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.records.common import Saved

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.session import Session

#: What it takes to do a thing, it takes to take it back.
_RIGHTS = {
    "person": Right.WRITE_PEOPLE,
    "household": Right.WRITE_PEOPLE,
    "dwelling": Right.WRITE_DWELLINGS,
    "building": Right.WRITE_DWELLINGS,
    "visit": Right.WRITE_GUIDANCE,
    "note": Right.WRITE_NOTES,
    "document": Right.WRITE_NOTES,
    "task": Right.WRITE_NOTES,
    "vacancy": Right.WRITE_DWELLINGS,
    "allocation": Right.ALLOCATE,
    "offer": Right.ALLOCATE,
    "waiting": Right.ALLOCATE,
}


class Undo:
    def __init__(self, session: Session) -> None:
        self._session = session

    def undo(self, event_id: UUID) -> Saved:
        """Restore what the event changed, as a new event. Raises UserError when it cannot be taken back."""

        def take_back(work: Work) -> tuple[UUID, str, UUID]:
            self._session.require(_RIGHTS.get(work.undo.subject_kind(event_id), Right.WRITE_CASES))
            return work.undo.undo(event_id)

        new_event, _kind, subject = self._session.store.write(self._session.user.id, take_back)
        return Saved(subject, 0, Changes(frozenset(Kind), frozenset({subject})), new_event)
