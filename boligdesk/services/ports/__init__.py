"""What the services need of the store, as Protocols; ``storage`` fulfils them, mypy checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.domain.access import Right
    from boligdesk.services.ports.allocation import AllocationReads, AllocationWrites
    from boligdesk.services.ports.assessment import AssessmentReads, AssessmentWrites
    from boligdesk.services.ports.cases import CaseReads, CaseWrites
    from boligdesk.services.ports.dwellings import DwellingReads, DwellingWrites
    from boligdesk.services.ports.guidance import VisitReads, VisitWrites
    from boligdesk.services.ports.imports import ImportWrites
    from boligdesk.services.ports.letters import LetterReads, LetterWrites
    from boligdesk.services.ports.merging import MergeReads, MergeWrites
    from boligdesk.services.ports.office import (
        DraftReads,
        DraftWrites,
        LogReads,
        OfficeReads,
        OfficeWrites,
        SearchReads,
        Undoing,
    )
    from boligdesk.services.ports.people import (
        HouseholdReads,
        HouseholdWrites,
        PeopleReads,
        PeopleWrites,
    )
    from boligdesk.services.ports.tasks import TaskReads, TaskWrites

T = TypeVar("T")


class View(Protocol):
    """One reading transaction. ``today`` is the day in Norwegian law; ``now`` aware UTC."""

    @property
    def now(self) -> dt.datetime: ...
    @property
    def today(self) -> dt.date: ...
    @property
    def rights(self) -> frozenset[Right]:
        """What the user may do as of this transaction."""
        ...

    @property
    def people(self) -> PeopleReads: ...
    @property
    def merging(self) -> MergeReads: ...
    @property
    def households(self) -> HouseholdReads: ...
    @property
    def dwellings(self) -> DwellingReads: ...
    @property
    def cases(self) -> CaseReads: ...
    @property
    def tasks(self) -> TaskReads: ...
    @property
    def visits(self) -> VisitReads: ...
    @property
    def office(self) -> OfficeReads: ...
    @property
    def search(self) -> SearchReads: ...
    @property
    def log(self) -> LogReads: ...
    @property
    def drafts(self) -> DraftReads: ...
    @property
    def assessment(self) -> AssessmentReads: ...
    @property
    def allocation(self) -> AllocationReads: ...
    @property
    def letters(self) -> LetterReads: ...


class Work(View, Protocol):
    """One writing transaction: all of it is stored, or nothing."""

    @property
    def write_people(self) -> PeopleWrites: ...
    @property
    def write_merging(self) -> MergeWrites: ...
    @property
    def write_households(self) -> HouseholdWrites: ...
    @property
    def write_dwellings(self) -> DwellingWrites: ...
    @property
    def write_cases(self) -> CaseWrites: ...
    @property
    def write_tasks(self) -> TaskWrites: ...
    @property
    def write_visits(self) -> VisitWrites: ...
    @property
    def write_office(self) -> OfficeWrites: ...
    @property
    def write_drafts(self) -> DraftWrites: ...
    @property
    def write_assessment(self) -> AssessmentWrites: ...
    @property
    def write_allocation(self) -> AllocationWrites: ...
    @property
    def write_letters(self) -> LetterWrites: ...
    @property
    def write_imports(self) -> ImportWrites: ...
    @property
    def undo(self) -> Undoing: ...

    def finish(self) -> None:
        """Send and chain all that waits, as the store itself does before it commits: now it refuses, or never."""
        ...


class Store(Protocol):
    """Function in, plain data out. ``work`` may run again when another writer was first."""

    def read(self, user_id: UUID, work: Callable[[View], T]) -> T: ...
    def write(self, user_id: UUID, work: Callable[[Work], T]) -> T: ...
