"""``View``: a reading transaction. Each family of queries is imported when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from boligdesk.storage.reader import Reader

if TYPE_CHECKING:
    from boligdesk.storage.queries.allocation import AllocationQueries
    from boligdesk.storage.queries.assessment import AssessmentQueries
    from boligdesk.storage.queries.cases import CaseQueries
    from boligdesk.storage.queries.drafts import DraftQueries
    from boligdesk.storage.queries.dwellings import DwellingQueries
    from boligdesk.storage.queries.households import HouseholdQueries
    from boligdesk.storage.queries.letters import LetterQueries
    from boligdesk.storage.queries.log import LogQueries
    from boligdesk.storage.queries.merge import MergeQueries
    from boligdesk.storage.queries.office import OfficeQueries
    from boligdesk.storage.queries.people import PeopleQueries
    from boligdesk.storage.queries.search import SearchQueries
    from boligdesk.storage.queries.tasks import TaskQueries
    from boligdesk.storage.queries.visits import VisitQueries


class View(Reader):
    """A reading transaction with the queries of every screen family."""

    @cached_property
    def people(self) -> PeopleQueries:
        from boligdesk.storage.queries.people import PeopleQueries

        return PeopleQueries(self)

    @cached_property
    def merging(self) -> MergeQueries:
        from boligdesk.storage.queries.merge import MergeQueries

        return MergeQueries(self)

    @cached_property
    def households(self) -> HouseholdQueries:
        from boligdesk.storage.queries.households import HouseholdQueries

        return HouseholdQueries(self)

    @cached_property
    def dwellings(self) -> DwellingQueries:
        from boligdesk.storage.queries.dwellings import DwellingQueries

        return DwellingQueries(self)

    @cached_property
    def cases(self) -> CaseQueries:
        from boligdesk.storage.queries.cases import CaseQueries

        return CaseQueries(self)

    @cached_property
    def tasks(self) -> TaskQueries:
        from boligdesk.storage.queries.tasks import TaskQueries

        return TaskQueries(self)

    @cached_property
    def visits(self) -> VisitQueries:
        from boligdesk.storage.queries.visits import VisitQueries

        return VisitQueries(self)

    @cached_property
    def office(self) -> OfficeQueries:
        from boligdesk.storage.queries.office import OfficeQueries

        return OfficeQueries(self)

    @cached_property
    def search(self) -> SearchQueries:
        from boligdesk.storage.queries.search import SearchQueries

        return SearchQueries(self)

    @cached_property
    def log(self) -> LogQueries:
        from boligdesk.storage.queries.log import LogQueries

        return LogQueries(self)

    @cached_property
    def drafts(self) -> DraftQueries:
        from boligdesk.storage.queries.drafts import DraftQueries

        return DraftQueries(self)

    @cached_property
    def assessment(self) -> AssessmentQueries:
        from boligdesk.storage.queries.assessment import AssessmentQueries

        return AssessmentQueries(self)

    @cached_property
    def allocation(self) -> AllocationQueries:
        from boligdesk.storage.queries.allocation import AllocationQueries

        return AllocationQueries(self)

    @cached_property
    def letters(self) -> LetterQueries:
        from boligdesk.storage.queries.letters import LetterQueries

        return LetterQueries(self)
