"""What was done and who looked: for the leader, the archivist and the auditor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.common import Page
    from boligdesk.services.records.office import ChainCheck
    from boligdesk.services.records.work import LogRow
    from boligdesk.services.session import Session


class Log:
    def __init__(self, session: Session) -> None:
        self._session = session

    def entries(
        self,
        offset: int = 0,
        limit: int = 200,
        person_id: UUID | None = None,
        case_id: UUID | None = None,
        kind: str = "",
    ) -> Page[LogRow]:
        """Newest first; ``kind`` «skrevet» or «lest» narrows. Raises NotAllowed without the right to read the log."""
        self._session.require(Right.READ_LOG)
        return self._session.read(lambda view: view.log.entries(offset, limit, person_id, case_id, kind))

    def exported(self, what: str) -> None:
        """Note that a list was taken out to a file. ``what`` names the list, never a person."""
        user_id = self._session.user.id
        self._session.store.write(user_id, lambda work: work.write_office.exported(what))

    def check(self) -> ChainCheck:
        """Recompute the chain over the whole log."""
        return self._session.read(lambda view: view.log.check())
