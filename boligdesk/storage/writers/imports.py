"""Bringing in lists: look-ups for many rows at once, and a quick way in for people nobody knew before."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select

from boligdesk.domain.cases import public_title
from boligdesk.domain.catalog import CaseKind, CaseOutcome, CasePhase, MemberRole
from boligdesk.domain.people import fold_phone
from boligdesk.services.errors import UserError
from boligdesk.storage.person_rows import TABLES
from boligdesk.storage.policies import live, openable, readable
from boligdesk.storage.search_index import contact_text, put_tokens
from boligdesk.storage.tables import (
    Application,
    CaseFile,
    ExternalRef,
    Household,
    HouseholdMember,
    ImportMapping,
    ImportRun,
    Person,
)
from boligdesk.storage.writers.case_register import add_to_case, register_case
from boligdesk.storage.writers.case_rows import case_for_write
from boligdesk.storage.writers.cases import CaseWriter
from boligdesk.storage.writers.deadlines import refresh_next_due
from boligdesk.storage.writers.import_cases import HeldCases
from boligdesk.storage.writers.import_dwellings import NewDwellings
from boligdesk.storage.writers.import_homes import HeldHomes
from boligdesk.storage.writers.import_lookups import ImportLookups
from boligdesk.storage.writers.import_people import HeldPeople, home_tokens
from boligdesk.storage.writers.import_queue import ImportQueue
from boligdesk.storage.writers.office import OFFICE_SCOPE
from boligdesk.storage.writers.person_plan import make_plan
from boligdesk.storage.writers.person_wide import wide_columns
from boligdesk.storage.writers.scope import area_scope

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from boligdesk.services.ports.allocation import NewWaiting
    from boligdesk.services.ports.cases import NewCase
    from boligdesk.services.ports.imports import CaseKey, NewDwelling
    from boligdesk.services.records.dwellings import DwellingDraft
    from boligdesk.services.records.people import HouseholdDraft, MemberDraft, PersonDraft
    from boligdesk.storage.writer import Writer

_SOURCE = "import"


class ImportWriter(ImportLookups):
    def __init__(self, writer: Writer) -> None:
        super().__init__(writer)
        self._held = HeldCases(writer)
        self._queue = ImportQueue(writer, self._held)
        self._dwellings = NewDwellings(writer)
        self._homes = HeldHomes(writer)
        self._people = HeldPeople(writer)
        self._areas: dict[UUID | None, int] = {}
        self._cases: dict[UUID, tuple[int, str, str]] = {}

    @contextmanager
    def row(self) -> Iterator[None]:
        self._held.settle_numbers()
        try:
            with self._writer.savepoint():
                yield
        except UserError:
            self._areas.clear()  # what was made inside is gone again
            raise
        finally:
            self._cases.clear()  # the person may have got another name, or protection

    def settle(self) -> None:
        self._held.settle_numbers()
        self._writer.flush()

    def forget_ref(self, system: str, ref: str) -> None:
        """The same words again, after others: they are to be the last ones said."""
        self._writer.connection.execute(
            delete(ExternalRef).where(ExternalRef.system == system, ExternalRef.ref == ref)
        )

    def keep_ref(self, system: str, ref: str, subject_kind: str, subject_id: UUID) -> None:
        """What recognises the row next time. Says nothing new about anybody, so it is no event."""
        writer = self._writer
        writer.put_plain(
            ExternalRef,
            {
                "id": writer.new_id(),
                "created_at": writer.now,
                "created_by": writer.viewer.user_id,
                "system": system,
                "ref": ref,
                "subject_kind": subject_kind,
                "subject_id": subject_id,
            },
        )

    # -- people and their cases -----------------------------------------------------------------

    def new_person(self, draft: PersonDraft, person_id: UUID | None = None) -> UUID:
        """As ``PeopleWriter.register``, without a question to the database: thousands of rows at a time."""
        writer = self._writer
        person = person_id or writer.new_id()
        plan = make_plan(draft, {}, writer.today, writer.pepper, is_new=True)
        rows = {kind: [values for key, values in plan.inserts if key == kind] for kind in TABLES}
        wide = wide_columns(rows, writer.today)
        scope = self._area(wide["district_id"])
        writer.event("register_person", "person", person, scope=(scope, 0), person_id=person)
        writer.insert(
            Person,
            id=person,
            birth_on=draft.birth_on,
            birth_precision=draft.birth_precision,
            written_form=draft.written_form,
            interpreter_language=draft.interpreter_language or None,
            is_unidentified=False,
            remark=draft.remark or None,
            **wide,
            read_scope_id=scope,
            protection=0,
            masked_reason="ingen",
        )
        for kind, values in plan.inserts:
            sourced = values | {"source": _SOURCE} if "source" in values else values
            writer.insert(TABLES[kind], person_id=person, **sourced)
        names, others = _texts(draft)
        homes = home_tokens(rows["addresses"], writer.today)
        put_tokens(writer, "person", person, names, scope, starts=others, homes=homes, is_new=True)
        self._cases[person] = (scope, wide["display_name"], wide["sort_name"])
        return person

    def hold_people(self, people: Collection[UUID]) -> None:
        self._people.hold(people)

    def held_person(self, person_id: UUID) -> PersonDraft | None:
        return self._people.draft(person_id)

    def change_held_person(self, draft: PersonDraft) -> bool | None:
        return self._people.change(draft)

    def let_go(self, person_id: UUID) -> None:
        self._people.let_go(person_id)
        self.settle()

    def _area(self, district_id: UUID | None) -> int:
        if district_id not in self._areas:
            self._areas[district_id] = area_scope(self._writer, self._writer.office_unit, district_id)
        return self._areas[district_id]

    def new_case(
        self, person_id: UUID, number: str, key: CaseKey, opened_on: dt.date, is_closed: bool
    ) -> UUID:
        """A case that was in the list, with its own number; its history before today is not known here."""
        from boligdesk.storage.writers.scope import case_scopes

        writer = self._writer
        if person_id in self._cases:
            scope, name, order = self._cases[person_id]
            read, shown, level = scope, scope, 0
        else:
            read, shown, level, name, order = case_scopes(writer, person_id, None)
        case = writer.new_id()
        writer.event(
            "import_case",
            "case",
            case,
            scope=(read, level),
            case_id=case,
            person_id=person_id,
            params={"number": number},
            occurred_on=opened_on,
        )
        writer.insert(
            CaseFile,
            id=case,
            year=key[0],
            seq=key[1],
            number=number,
            kind=CaseKind.HOUSING.value,
            applicant_id=person_id,
            applicant_name=name,
            applicant_sort=order,
            org_unit_id=writer.office_unit,
            phase=(CasePhase.CLOSED if is_closed else CasePhase.RECEIVED).value,
            outcome=CaseOutcome.DONE.value if is_closed else None,
            ended_at=writer.now if is_closed else None,
            opened_on=opened_on,
            public_title=public_title(CaseKind.HOUSING),
            public_title_masked=public_title(CaseKind.HOUSING),
            list_scope_id=shown,
            read_scope_id=read,
        )
        put_tokens(writer, "case", case, [number], shown, is_new=True)
        return case

    def raise_case_numbers(self, greatest: dict[int, int]) -> None:
        """The office's own series goes on after the greatest number of each year in the list."""
        for year, sequence in sorted(greatest.items()):
            self._writer.raise_number("sak", year, sequence)

    def hold_cases(self, people: Collection[UUID], cases: Collection[UUID]) -> dict[UUID, dt.date | None]:
        return self._held.hold(people, cases)

    def is_held(self, case_id: UUID) -> bool:
        return self._held.has(case_id)

    def may_register(self, person_id: UUID, assignee_id: UUID | None) -> bool:
        return self._held.may_register(person_id, assignee_id)

    def register_case(self, new: NewCase) -> UUID:
        if self._held.may_register(new.person_id, new.assignee_id):
            return self._held.register(new)
        return register_case(self._writer, new)[0]

    def case_without_application(self, person_id: UUID) -> UUID | None:
        """An open case of the person that came without its application."""
        if self._held.knows(person_id):
            return self._held.bare(person_id)
        writer = self._writer
        found = writer.scalar(
            select(CaseFile.id)
            .outerjoin(Application, Application.case_id == CaseFile.id)
            .where(
                CaseFile.applicant_id == person_id,
                CaseFile.ended_at.is_(None),
                Application.id.is_(None),
                openable(CaseFile, writer.viewer),
            )
            .order_by(CaseFile.year.desc(), CaseFile.seq.desc())
            .limit(1)
        )
        return found if isinstance(found, UUID) else None

    def stand(self, case_id: UUID) -> tuple[bool, bool, int]:
        """(open, has an application, version). Raises NotFound for a case the user may not open."""
        if self._held.has(case_id):
            return self._held.stand(case_id)
        case = case_for_write(self._writer, case_id, closed_too=True)
        applied = self._writer.first(select(Application.id).where(Application.case_id == case_id).limit(1))
        return case.ended_at is None, applied is not None, case.version

    def add_application(self, case_id: UUID, new: NewCase) -> None:
        """What follows from an application, on a case that came without its own. A closed case gets no duties."""
        if self._held.has(case_id):
            self._held.add_application(case_id, new)
            return
        writer = self._writer
        case = case_for_write(writer, case_id, closed_too=True)
        writer.event(
            "import_application",
            "case",
            case_id,
            scope=case.scope,
            case_id=case_id,
            person_id=case.applicant_id,
            occurred_on=new.received_on,
        )
        add_to_case(writer, case, new, has_duties=case.ended_at is None)
        refresh_next_due(writer, case_id)

    def set_priority(self, case_id: UUID, priority: int) -> None:
        """The priority the list gives, kept as the number it was (under the event that is open)."""
        if self._held.has(case_id):
            self._held.set_priority(case_id, priority)
        else:
            self._writer.change(CaseFile, case_id, None, priority=priority)

    def set_phase(self, case_id: UUID, phase: CasePhase) -> bool:
        order = CasePhase.codes()
        is_held = self._held.has(case_id)
        now = self._held.phase(case_id) if is_held else case_for_write(self._writer, case_id).phase
        if order.index(phase.value) <= order.index(now):
            return False
        if is_held:
            self._held.set_phase(case_id, phase)
        else:
            CaseWriter(self._writer).set_phase(case_id, self.stand(case_id)[2], phase)
        return True

    def waits(self, case_id: UUID) -> bool:
        return self._queue.has(case_id)

    def join_waiting(self, joins: Collection[tuple[NewWaiting, str]]) -> None:
        self._queue.join(joins)

    def close_case(self, case_id: UUID, outcome: CaseOutcome, reason: str) -> None:
        """A case whose application came just now, as ``CaseWriter.close``."""
        if self._held.has(case_id):
            self._held.close(case_id, outcome, reason)
        else:
            CaseWriter(self._writer).close(case_id, self.stand(case_id)[2], outcome, reason)

    # -- dwellings ------------------------------------------------------------------------------

    def look_up_dwellings(self, codes: Collection[str], refs: Collection[tuple[str, str]]) -> None:
        self._dwellings.look_up(codes, refs)

    def is_free(self, draft: DwellingDraft, refs: Collection[tuple[str, str]]) -> bool:
        return self._dwellings.is_free(draft, refs)

    def new_dwelling(self, new: NewDwelling) -> UUID:
        return self._dwellings.put(new, self._area(new.draft.district_id))

    # -- households -----------------------------------------------------------------------------

    def hold_homes(self, people: Collection[UUID], homes: Collection[UUID]) -> None:
        self._homes.hold(people, homes)

    def renew_home(self, home_id: UUID) -> None:
        self._homes.renew(home_id)

    def members_of(self, home_id: UUID) -> tuple[MemberDraft, ...] | None:
        return self._homes.members(home_id)

    def may_join(self, people: Collection[UUID]) -> bool:
        return all(map(self._homes.has_person, people)) and self._area(None) in self._writer.viewer.scopes

    def may_add(self, home_id: UUID, member: MemberDraft) -> bool:
        return self._homes.may_add(home_id, member)

    def new_id(self) -> UUID:
        return self._writer.new_id()

    def new_member(self, draft: PersonDraft, person_id: UUID) -> None:
        self.new_person(draft, person_id)
        scope, name, _order = self._cases[person_id]
        self._homes.add_person(person_id, scope, name, draft.birth_on)

    def new_home(self, draft: HouseholdDraft) -> UUID:
        return self._homes.register(draft, self._area(None))

    def add_member(self, home_id: UUID, member: MemberDraft) -> None:
        self._homes.add(home_id, member)

    def household_of(self, person_id: UUID) -> UUID | None:
        if self._homes.has_person(person_id):
            return self._homes.home_of(person_id)
        found = self._writer.scalar(
            select(HouseholdMember.household_id)
            .join(Household, Household.id == HouseholdMember.household_id)
            .where(
                HouseholdMember.person_id == person_id,
                HouseholdMember.role == MemberRole.HEAD.value,
                live(HouseholdMember, self._writer.today),
                Household.dissolved_on.is_(None),
                readable(Household, self._writer.viewer),
            )
            .order_by(HouseholdMember.id)
            .limit(1)
        )
        return found if isinstance(found, UUID) else None

    # -- the run itself -------------------------------------------------------------------------

    def finished(self, kind: str, sha256: str, mapping: dict[str, str], counts: dict[str, int]) -> None:
        """Leave the run in the log: which list, by which mapping, with which outcome."""
        writer = self._writer
        run = writer.new_id()
        writer.event("import_run", "import", run, scope=OFFICE_SCOPE, params={"kind": kind, **counts})
        writer.insert(
            ImportRun,
            id=run,
            kind=kind,
            sha256=sha256,
            mapping=mapping,
            counts=counts,
            finished_at=writer.now,
        )

    def remember_mapping(self, kind: str, signature: str, mapping: dict[str, str]) -> None:
        writer = self._writer
        row = writer.first(
            select(ImportMapping.id, ImportMapping.row_version).where(
                ImportMapping.kind == kind, ImportMapping.signature == signature
            )
        )
        if row is None:
            writer.put_envelope(ImportMapping, kind=kind, signature=signature, mapping=mapping)
        else:
            writer.change_quietly(ImportMapping, row.id, row.row_version, mapping=mapping)


def _texts(draft: PersonDraft) -> tuple[list[str], list[str]]:
    """What the person is found by; the same as ``search_index.index_person`` reads back."""
    names = [f"{name.given} {name.middle or ''} {name.family}" for name in draft.names]
    others = [
        contact_text(fold_phone(contact.value) if contact.kind == "telefon" else contact.value.casefold())
        for contact in draft.contacts
    ]
    return names, others + [number.value[:6] for number in draft.identifiers]
