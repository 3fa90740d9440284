"""Everything a signed-in user can do, in one bundle: what the window and the command line hold."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from boligdesk.services.cases import Cases
from boligdesk.services.drafts import Drafts
from boligdesk.services.dwellings import Dwellings
from boligdesk.services.guidance import Guidance
from boligdesk.services.households import Households
from boligdesk.services.log import Log
from boligdesk.services.merging import Merging
from boligdesk.services.office import Office
from boligdesk.services.people import People
from boligdesk.services.search import Search
from boligdesk.services.session import Session
from boligdesk.services.tasks import Tasks
from boligdesk.services.undo import Undo

if TYPE_CHECKING:
    from boligdesk.services.allocation import Allocation
    from boligdesk.services.assessment import Assessing
    from boligdesk.services.imports.run import Imports
    from boligdesk.services.letters import Letters
    from boligdesk.services.ports import Store
    from boligdesk.services.ports.papers import Papers
    from boligdesk.services.records.common import User


class Services:
    """The verbs of the office for one user on one store."""

    def __init__(self, store: Store, user: User, papers: Papers | None = None) -> None:
        """``papers``: the paper room; without it everything works but letters."""
        self.session = Session(store, user)
        self._papers = papers
        self.user = user
        self.people = People(self.session)
        self.merging = Merging(self.session)
        self.households = Households(self.session)
        self.cases = Cases(self.session)
        self.tasks = Tasks(self.session)
        self.dwellings = Dwellings(self.session)
        self.guidance = Guidance(self.session)
        self.office = Office(self.session)
        self.drafts = Drafts(self.session)
        self.search = Search(self.session)
        self.log = Log(self.session)
        self.undo = Undo(self.session)

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
        """Lists in. Loaded when first asked for: most days nobody brings in a list."""
        from boligdesk.services.imports.run import Imports

        return Imports(self.session)
