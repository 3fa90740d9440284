"""``Work``: a writing transaction with the writers of every aggregate. Imported at the first write."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from boligdesk.storage.view import View
from boligdesk.storage.writer import Writer

if TYPE_CHECKING:
    from boligdesk.storage.writers.allocation import AllocationWriter
    from boligdesk.storage.writers.assessment import AssessmentWriter
    from boligdesk.storage.writers.cases import CaseWriter
    from boligdesk.storage.writers.drafts import DraftWriter
    from boligdesk.storage.writers.dwellings import DwellingWriter
    from boligdesk.storage.writers.households import HouseholdWriter
    from boligdesk.storage.writers.imports import ImportWriter
    from boligdesk.storage.writers.letters import LetterWriter
    from boligdesk.storage.writers.merge import MergeWriter
    from boligdesk.storage.writers.office import OfficeWriter
    from boligdesk.storage.writers.people import PeopleWriter
    from boligdesk.storage.writers.tasks import TaskWriter
    from boligdesk.storage.writers.undo import UndoWriter
    from boligdesk.storage.writers.visits import VisitWriter


class Work(Writer, View):
    """A writing transaction: every query, and the writers of every aggregate."""

    @cached_property
    def write_people(self) -> PeopleWriter:
        from boligdesk.storage.writers.people import PeopleWriter

        return PeopleWriter(self)

    @cached_property
    def write_merging(self) -> MergeWriter:
        from boligdesk.storage.writers.merge import MergeWriter

        return MergeWriter(self)

    @cached_property
    def write_households(self) -> HouseholdWriter:
        from boligdesk.storage.writers.households import HouseholdWriter

        return HouseholdWriter(self)

    @cached_property
    def write_dwellings(self) -> DwellingWriter:
        from boligdesk.storage.writers.dwellings import DwellingWriter

        return DwellingWriter(self)

    @cached_property
    def write_cases(self) -> CaseWriter:
        from boligdesk.storage.writers.cases import CaseWriter

        return CaseWriter(self)

    @cached_property
    def write_tasks(self) -> TaskWriter:
        from boligdesk.storage.writers.tasks import TaskWriter

        return TaskWriter(self)

    @cached_property
    def write_visits(self) -> VisitWriter:
        from boligdesk.storage.writers.visits import VisitWriter

        return VisitWriter(self)

    @cached_property
    def write_office(self) -> OfficeWriter:
        from boligdesk.storage.writers.office import OfficeWriter

        return OfficeWriter(self)

    @cached_property
    def write_drafts(self) -> DraftWriter:
        from boligdesk.storage.writers.drafts import DraftWriter

        return DraftWriter(self)

    @cached_property
    def write_assessment(self) -> AssessmentWriter:
        from boligdesk.storage.writers.assessment import AssessmentWriter

        return AssessmentWriter(self)

    @cached_property
    def write_allocation(self) -> AllocationWriter:
        from boligdesk.storage.writers.allocation import AllocationWriter

        return AllocationWriter(self)

    @cached_property
    def write_letters(self) -> LetterWriter:
        from boligdesk.storage.writers.letters import LetterWriter

        return LetterWriter(self)

    @cached_property
    def write_imports(self) -> ImportWriter:
        from boligdesk.storage.writers.imports import ImportWriter

        return ImportWriter(self)

    @cached_property
    def undo(self) -> UndoWriter:
        from boligdesk.storage.writers.undo import UndoWriter

        return UndoWriter(self)
