"""What bringing in lists needs of the store."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection
    from uuid import UUID

    from boligdesk.domain.catalog import CaseOutcome, CasePhase, DwellingStatus
    from boligdesk.domain.dwellings import StatusStep
    from boligdesk.domain.identifiers import Matrikkelnummer
    from boligdesk.services.ports.allocation import NewWaiting
    from boligdesk.services.ports.cases import NewCase
    from boligdesk.services.records.common import FactDraft
    from boligdesk.services.records.dwellings import DwellingDraft
    from boligdesk.services.records.people import HouseholdDraft, MemberDraft, PersonDraft

CaseKey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class NewDwelling:
    """A checked dwelling with what the list says of it. ``refs`` are (system, number there)."""

    draft: DwellingDraft
    cadastre: Matrikkelnummer | None
    status: DwellingStatus
    step: StatusStep
    facts: tuple[FactDraft, ...]
    refs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DwellingPlace:
    """Where a dwelling on the register is; «» is not known. ``is_gone``: sold or pulled down."""

    id: UUID
    code: str
    street: str
    house_no: str
    letter: str
    unit_no: str
    postcode: str
    is_gone: bool


class ImportWrites(Protocol):
    """Look-ups are for many rows at once; writes are one row each, in the caller's transaction."""

    def row(self) -> AbstractContextManager[None]:
        """What is written inside is taken back when it raises a UserError."""
        ...

    def known_refs(self, system: str, refs: Collection[str]) -> dict[str, UUID]: ...
    def known_rows(self, system: str, refs: Collection[str]) -> dict[str, UUID]: ...
    def forget_ref(self, system: str, ref: str) -> None: ...
    def people_by_number(self, numbers: Collection[str]) -> dict[str, UUID]: ...
    def people_named(self, births: Collection[dt.date]) -> set[tuple[str, dt.date]]:
        """(sort name, birth date) of readable people born on these days."""
        ...

    def readable_people(self, ids: Collection[UUID]) -> set[UUID]: ...
    def cases_by_number(self, keys: Collection[CaseKey]) -> dict[CaseKey, tuple[UUID, UUID]]:
        """(case, applicant) by year and sequence."""
        ...

    def dwellings_by_code(self, codes: Collection[str]) -> dict[str, UUID]: ...
    def dwellings_at(self, house_numbers: Collection[str]) -> list[DwellingPlace]:
        """Dwellings the user may see with one of these house numbers, or with none of their own, in order of code."""
        ...

    def look_up_dwellings(self, codes: Collection[str], refs: Collection[tuple[str, str]]) -> None:
        """Make ``is_free`` able to answer for these codes and (system, number) in other systems."""
        ...

    def is_free(self, draft: DwellingDraft, refs: Collection[tuple[str, str]]) -> bool:
        """Nothing that the list says of a new dwelling is taken, or has to be asked about."""
        ...

    def new_dwelling(self, new: NewDwelling) -> UUID:
        """As ``register``, ``record_facts`` and ``add_external_ref``, of one that ``is_free``."""
        ...

    def keep_ref(self, system: str, ref: str, subject_kind: str, subject_id: UUID) -> None: ...
    def new_person(self, draft: PersonDraft, person_id: UUID | None = None) -> UUID:
        """A checked draft whose numbers are known to be free."""
        ...

    def hold_people(self, people: Collection[UUID]) -> None:
        """Look up known people at once; what is plain is then changed without a question."""
        ...

    def held_person(self, person_id: UUID) -> PersonDraft | None:
        """As ``PersonDetail.draft`` of somebody held. None when the person is not held."""
        ...

    def change_held_person(self, draft: PersonDraft) -> bool | None:
        """As ``PeopleWrites.change``: whether anything was written. None: not taken here, and nothing written."""
        ...

    def let_go(self, person_id: UUID) -> None:
        """The person is about to be written the ordinary way."""
        ...

    def settle(self) -> None:
        """Send what waits, so that the next question sees it."""
        ...

    def new_case(
        self, person_id: UUID, number: str, key: CaseKey, opened_on: dt.date, is_closed: bool
    ) -> UUID: ...
    def hold_cases(self, people: Collection[UUID], cases: Collection[UUID]) -> dict[UUID, dt.date | None]:
        """Look up cases and their applicants at once; what is plain is then written without a question.

        Birth dates of those of the people whom the user may read.
        """
        ...

    def is_held(self, case_id: UUID) -> bool:
        """What is written on the case needs no ``row()`` once the caller's own checks are done."""
        ...

    def may_register(self, person_id: UUID, assignee_id: UUID | None) -> bool:
        """As ``is_held``, of a new case."""
        ...

    def register_case(self, new: NewCase) -> UUID: ...
    def case_without_application(self, person_id: UUID) -> UUID | None: ...
    def stand(self, case_id: UUID) -> tuple[bool, bool, int]:
        """(open, has an application, version). Raises NotFound for a case the user may not open."""
        ...

    def add_application(self, case_id: UUID, new: NewCase) -> None: ...
    def set_priority(self, case_id: UUID, priority: int) -> None: ...
    def set_phase(self, case_id: UUID, phase: CasePhase) -> bool:
        """The step the list gives. Nothing is set, and False, when the case has come as far or farther."""
        ...

    def waits(self, case_id: UUID) -> bool:
        """The case has a place on the waiting list already."""
        ...

    def join_waiting(self, joins: Collection[tuple[NewWaiting, str]]) -> None:
        """As ``join_by_hand`` of cases of this list, (row, reason) each, once all of them are stored."""
        ...

    def close_case(self, case_id: UUID, outcome: CaseOutcome, reason: str) -> None: ...
    def hold_homes(self, people: Collection[UUID], homes: Collection[UUID]) -> None:
        """Look up people and homes at once; what is plain is then written without a question."""
        ...

    def renew_home(self, home_id: UUID) -> None:
        """The home was written the ordinary way: look again at what may have changed with it."""
        ...

    def members_of(self, home_id: UUID) -> tuple[MemberDraft, ...] | None:
        """Who lives there, then who did. None when the home is not held."""
        ...

    def may_join(self, people: Collection[UUID]) -> bool:
        """Whoever they move in with, nobody's access changes; and the user may read whom he or she registers."""
        ...

    def may_add(self, home_id: UUID, member: MemberDraft) -> bool:
        """Whether ``add_member`` can take the member into a held home."""
        ...

    def new_id(self) -> UUID:
        """For somebody whose place is checked before he or she is stored."""
        ...

    def new_member(self, draft: PersonDraft, person_id: UUID) -> None:
        """As ``new_person``, of somebody who then moves in."""
        ...

    def new_home(self, draft: HouseholdDraft) -> UUID:
        """As ``HouseholdWrites.register``, of people who ``may_join``."""
        ...

    def add_member(self, home_id: UUID, member: MemberDraft) -> None:
        """As ``HouseholdWrites.change`` with one more member."""
        ...

    def household_of(self, person_id: UUID) -> UUID | None:
        """The home the person is head of now."""
        ...

    def raise_case_numbers(self, greatest: dict[int, int]) -> None: ...
    def finished(self, kind: str, sha256: str, mapping: dict[str, str], counts: dict[str, int]) -> None: ...
    def remember_mapping(self, kind: str, signature: str, mapping: dict[str, str]) -> None: ...
