"""Everything a signed-in user can do, in one bundle: what the window and the command line hold."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from boligdesk.services.session import Session

if TYPE_CHECKING:
    from boligdesk.services.allocation import Allocation
    from boligdesk.services.assessment import Assessing
    from boligdesk.services.cases import Cases
    from boligdesk.services.drafts import Drafts
    from boligdesk.services.dwellings import Dwellings
    from boligdesk.services.guidance import Guidance
    from boligdesk.services.households import Households
    from boligdesk.services.imports.run import Imports
    from boligdesk.services.letters import Letters
    from boligdesk.services.log import Log
    from boligdesk.services.merging import Merging
    from boligdesk.services.office import Office
    from boligdesk.services.people import People
    from boligdesk.services.ports import Store
    from boligdesk.services.ports.papers import Papers
    from boligdesk.services.records.common import User
    from boligdesk.services.search import Search
    from boligdesk.services.tasks import Tasks
    from boligdesk.services.undo import Undo


class Services:
    """The verbs of the office for one user on one store. A family is imported when it is first asked for."""

    def __init__(self, store: Store, user: User, papers: Papers | None = None) -> None:
        """``papers``: the paper room; without it everything works but letters."""
        self.session = Session(store, user)
        self._papers = papers
        self.user = user

    @cached_property
    def cases(self) -> Cases:
        from boligdesk.services.cases import Cases

        return Cases(self.session)

    @cached_property
    def drafts(self) -> Drafts:
        from boligdesk.services.drafts import Drafts

        return Drafts(self.session)

    @cached_property
    def dwellings(self) -> Dwellings:
        from boligdesk.services.dwellings import Dwellings

        return Dwellings(self.session)

    @cached_property
    def guidance(self) -> Guidance:
        from boligdesk.services.guidance import Guidance

        return Guidance(self.session)

    @cached_property
    def households(self) -> Households:
        from boligdesk.services.households import Households

        return Households(self.session)

    @cached_property
    def log(self) -> Log:
        from boligdesk.services.log import Log

        return Log(self.session)

    @cached_property
    def merging(self) -> Merging:
        from boligdesk.services.merging import Merging

        return Merging(self.session)

    @cached_property
    def office(self) -> Office:
        from boligdesk.services.office import Office

        return Office(self.session)

    @cached_property
    def people(self) -> People:
        from boligdesk.services.people import People

        return People(self.session)

    @cached_property
    def search(self) -> Search:
        from boligdesk.services.search import Search

        return Search(self.session)

    @cached_property
    def tasks(self) -> Tasks:
        from boligdesk.services.tasks import Tasks

        return Tasks(self.session)

    @cached_property
    def undo(self) -> Undo:
        from boligdesk.services.undo import Undo

        return Undo(self.session)

    @cached_property
    def assessment(self) -> Assessing:
        from boligdesk.services.assessment import Assessing

        return Assessing(self.session)

    @cached_property
    def allocation(self) -> Allocation:
        from boligdesk.services.allocation import Allocation

        return Allocation(self.session)

    @cached_property
    def letters(self) -> Letters:
        """Raises RuntimeError when the desk was built without a paper room."""
        from boligdesk.services.letters import Letters

        if self._papers is None:
            raise RuntimeError("this desk has no paper room")
        return Letters(self.session, self._papers)

    @cached_property
    def imports(self) -> Imports:
        from boligdesk.services.imports.run import Imports

        return Imports(self.session)
