"""The housing register, as the services see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.catalog import DwellingStatus
    from boligdesk.domain.dwellings import StatusNow, StatusStep
    from boligdesk.domain.identifiers import Matrikkelnummer
    from boligdesk.services.records.common import FactDraft, FactValue, Page, Sort
    from boligdesk.services.records.dwellings import (
        BuildingDraft,
        BuildingRow,
        DwellingCounts,
        DwellingDetail,
        DwellingDraft,
        DwellingFilter,
        DwellingRow,
    )
    from boligdesk.services.records.register import EntranceDraft, EntranceRow, WorkDraft, WorkEnd, WorkRow


class DwellingReads(Protocol):
    def page(self, wanted: DwellingFilter, sort: Sort, offset: int, limit: int) -> Page[DwellingRow]: ...
    def counts(self, wanted: DwellingFilter) -> DwellingCounts: ...
    def detail(self, dwelling_id: UUID) -> DwellingDetail: ...
    def draft(self, dwelling_id: UUID) -> DwellingDraft:
        """``detail``'s draft, without the rest of the page. Raises NotFound."""
        ...

    def facts(self, dwelling_id: UUID) -> tuple[FactValue, ...]:
        """``detail``'s facts, without the rest of the page. Raises NotFound."""
        ...

    def status(self, dwelling_id: UUID) -> StatusNow:
        """Raises NotFound."""
        ...

    def buildings(self) -> tuple[BuildingRow, ...]: ...
    def building_draft(self, building_id: UUID) -> BuildingDraft: ...
    def of_building(self, building_id: UUID) -> tuple[DwellingRow, ...]: ...
    def entrances(self, building_id: UUID) -> tuple[EntranceRow, ...]: ...
    def works_of_building(self, building_id: UUID) -> tuple[WorkRow, ...]: ...
    def cadastres(self, dwelling_id: UUID) -> tuple[tuple[str, dt.date | None, dt.date | None], ...]: ...
    def external_refs(self, dwelling_id: UUID) -> tuple[tuple[str, str], ...]: ...
    def by_external_ref(self, system: str, ref: str) -> UUID | None: ...
    def by_code(self, code: str) -> UUID | None: ...


class DwellingWrites(Protocol):
    """Every method returns (id, new version, event); event None = nothing differed, nothing was stored."""

    def register(
        self,
        draft: DwellingDraft,
        cadastre: Matrikkelnummer | None,
        status: DwellingStatus,
        step: StatusStep,
        since: dt.date | None,
    ) -> tuple[UUID, int, UUID | None]: ...
    def change(
        self, draft: DwellingDraft, cadastre: Matrikkelnummer | None
    ) -> tuple[UUID, int, UUID | None]: ...
    def set_status(
        self, dwelling_id: UUID, version: int, status: DwellingStatus, step: StatusStep, reason: str
    ) -> tuple[UUID, int, UUID | None]: ...
    def record_facts(
        self, dwelling_id: UUID, facts: tuple[FactDraft, ...]
    ) -> tuple[UUID, int, UUID | None]: ...
    def save_building(self, draft: BuildingDraft) -> tuple[UUID, int, UUID | None]: ...
    def save_entrance(self, draft: EntranceDraft) -> tuple[UUID, int, UUID | None]:
        """(entrance, the building's new version, event)."""
        ...

    def end_entrance(self, entrance_id: UUID, version: int) -> tuple[UUID, int, UUID | None]: ...
    def record_work(self, draft: WorkDraft) -> tuple[UUID, int, UUID | None]:
        """(dwelling or building, its new version, event)."""
        ...

    def end_work(self, end: WorkEnd) -> tuple[UUID, int, UUID | None]: ...
    def add_external_ref(
        self, dwelling_id: UUID, version: int, system: str, ref: str
    ) -> tuple[UUID, int, UUID | None]: ...
