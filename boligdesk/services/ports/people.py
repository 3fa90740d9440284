"""People and households, as the services see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.catalog import Protection
    from boligdesk.services.records.common import Page, Saved, Sort
    from boligdesk.services.records.people import (
        AddressDraft,
        FileReader,
        HouseholdDetail,
        HouseholdDraft,
        NameDraft,
        PersonDetail,
        PersonDraft,
        PersonFilter,
        PersonMatch,
        PersonProbe,
        PersonRow,
        SplitDraft,
    )


class PeopleReads(Protocol):
    """Readable people only; numbers are masked."""

    def page(self, where: PersonFilter, sort: Sort, offset: int, limit: int) -> Page[PersonRow]: ...
    def level(self, person_id: UUID) -> int:
        """0..3, as stored. Raises NotFound."""
        ...

    def detail(self, person_id: UUID, *, with_addresses: bool = False) -> PersonDetail:
        """Where somebody protected lives only ``with_addresses``. Raises NotFound."""
        ...

    def readers(self, person_id: UUID) -> tuple[FileReader, ...]: ...
    def reader_proposals(self) -> tuple[FileReader, ...]: ...
    def matches(self, probe: PersonProbe) -> tuple[PersonMatch, ...]: ...


class PeopleWrites(Protocol):
    def opened(self, person_id: UUID, reason: str | None) -> None:
        """Leave a read entry."""
        ...

    def reveal_number(self, person_id: UUID, identifier_id: UUID) -> str:
        """The whole number, and a read entry. Raises NotFound."""
        ...

    def reveal_address(self, person_id: UUID, address_id: UUID, reason: str | None) -> AddressDraft:
        """The address of somebody protected, and a read entry. Raises NotFound."""
        ...

    def register(self, draft: PersonDraft) -> Saved: ...
    def change(self, draft: PersonDraft) -> Saved: ...
    def correct_name(self, person_id: UUID, version: int, name: NameDraft) -> Saved: ...
    def protect(
        self,
        person_id: UUID,
        version: int,
        level: Protection,
        decided_by: str,
        basis: str,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> Saved: ...
    def end_protection(
        self, person_id: UUID, version: int, basis: str, ends: dt.date | None = None
    ) -> Saved: ...
    def propose_reader(self, person_id: UUID, user_id: UUID, reason: str) -> Saved: ...
    def confirm_reader(self, member_id: UUID) -> Saved: ...
    def end_reader(self, member_id: UUID) -> Saved: ...


class HouseholdReads(Protocol):
    def of_person(self, person_id: UUID, as_of: dt.date | None = None) -> tuple[HouseholdDetail, ...]: ...
    def detail(self, household_id: UUID, as_of: dt.date | None = None) -> HouseholdDetail:
        """Raises NotFound."""
        ...


class HouseholdWrites(Protocol):
    def register(self, draft: HouseholdDraft) -> Saved: ...
    def change(self, draft: HouseholdDraft) -> Saved: ...
    def split(self, draft: SplitDraft) -> Saved: ...
