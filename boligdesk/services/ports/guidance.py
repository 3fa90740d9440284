"""The home-guidance log, as the services see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.common import Page, Sort
    from boligdesk.services.records.work import VisitDetail, VisitDraft, VisitFilter, VisitRow


class VisitReads(Protocol):
    def page(self, wanted: VisitFilter, sort: Sort, offset: int, limit: int) -> Page[VisitRow]: ...
    def detail(self, visit_id: UUID) -> VisitDetail: ...


class VisitWrites(Protocol):
    """Both writing methods return (id of the visit, new version, event)."""

    def log(self, draft: VisitDraft, starts_at: dt.datetime) -> tuple[UUID, int, UUID]: ...
    def correct(self, draft: VisitDraft, starts_at: dt.datetime) -> tuple[UUID, int, UUID]: ...
    def opened(self, visit_id: UUID) -> None:
        """Write the read entry of somebody opening the visit."""
        ...
