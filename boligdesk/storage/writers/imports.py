"""Bringing in lists: look-ups for many rows at once, and a quick way in for people nobody knew before."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, tuple_

from boligdesk.domain.address_words import address_tokens
from boligdesk.domain.cases import public_title
from boligdesk.domain.catalog import CaseKind, CaseOutcome, CasePhase, MemberRole
from boligdesk.domain.people import fold_phone
from boligdesk.services.errors import UserError
from boligdesk.storage.person_rows import TABLES, live_rows
from boligdesk.storage.policies import live, on_register, openable, readable
from boligdesk.storage.queries.search import number_hash
from boligdesk.storage.search_index import contact_text, put_tokens
from boligdesk.storage.tables import (
    Application,
    CaseFile,
    Dwelling,
    ExternalRef,
    Household,
    HouseholdMember,
    ImportMapping,
    ImportRun,
    Person,
    PersonIdentifier,
)
from boligdesk.storage.tables.declaring import aliased
from boligdesk.storage.writers.case_register import add_to_case
from boligdesk.storage.writers.case_rows import case_for_write
from boligdesk.storage.writers.deadlines import refresh_next_due
from boligdesk.storage.writers.office import OFFICE_SCOPE
from boligdesk.storage.writers.person_plan import make_plan
from boligdesk.storage.writers.person_wide import wide_columns
from boligdesk.storage.writers.scope import area_scope

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from boligdesk.services.ports.cases import NewCase
    from boligdesk.services.ports.imports import CaseKey
    from boligdesk.services.records.people import PersonDraft
    from boligdesk.storage.writer import Writer

_CHUNK = 400
_SOURCE = "import"


class ImportWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._areas: dict[UUID | None, int] = {}
        self._cases: dict[UUID, tuple[int, str, str]] = {}

    @contextmanager
    def row(self) -> Iterator[None]:
        try:
            with self._writer.savepoint():
                yield
        except UserError:
            self._areas.clear()  # what was made inside is gone again
            raise
        finally:
            self._cases.clear()  # the person may have got another name, or protection

    def settle(self) -> None:
        self._writer.flush()

    # -- look-ups -------------------------------------------------------------------------------

    def known_refs(self, system: str, refs: Collection[str]) -> dict[str, UUID]:
        found: dict[str, UUID] = {}
        for part in _chunks(refs):
            for row in self._writer.rows(
                select(ExternalRef.ref, ExternalRef.subject_id).where(
                    ExternalRef.system == system, ExternalRef.ref.in_(part)
                )
            ):
                found[row.ref] = row.subject_id
        return found

    def known_rows(self, system: str, refs: Collection[str]) -> dict[str, UUID]:
        """As ``known_refs``, but only what was said last of each subject (ids are in order of time)."""
        later = aliased(ExternalRef)
        found: dict[str, UUID] = {}
        for part in _chunks(refs):
            for row in self._writer.rows(
                select(ExternalRef.ref, ExternalRef.subject_id).where(
                    ExternalRef.system == system,
                    ExternalRef.ref.in_(part),
                    ~exists(
                        select(later.id).where(
                            later.subject_id == ExternalRef.subject_id,
                            later.system == ExternalRef.system,
                            later.id > ExternalRef.id,
                        )
                    ),
                )
            ):
                found[row.ref] = row.subject_id
        return found

    def forget_ref(self, system: str, ref: str) -> None:
        """The same words again, after others: they are to be the last ones said."""
        self._writer.connection.execute(
            delete(ExternalRef).where(ExternalRef.system == system, ExternalRef.ref == ref)
        )

    def people_by_number(self, numbers: Collection[str]) -> dict[str, UUID]:
        """Numbers in force and former ones (a D-number), also of people the user may not read: the caller checks."""
        hashes = {number_hash(self._writer.pepper, number): number for number in numbers}
        found: dict[str, UUID] = {}
        for part in _chunks(hashes):
            for row in self._writer.rows(
                select(PersonIdentifier.value_hmac, PersonIdentifier.person_id)
                .where(
                    PersonIdentifier.value_hmac.in_(part),
                    or_(PersonIdentifier.valid_to.is_(None), PersonIdentifier.valid_to > dt.date.min),
                )
                .order_by(PersonIdentifier.valid_to.is_(None), PersonIdentifier.valid_to, PersonIdentifier.id)
            ):
                found[hashes[bytes(row.value_hmac)]] = (
                    row.person_id
                )  # the one in force comes last, and stands
        return found

    def people_named(self, births: Collection[dt.date]) -> set[tuple[str, dt.date]]:
        found: set[tuple[str, dt.date]] = set()
        for part in _chunks(births):
            statement = select(Person.sort_name, Person.birth_on).where(
                Person.birth_on.in_(part), readable(Person, self._writer.viewer)
            )
            found |= {(row.sort_name, row.birth_on) for row in self._writer.rows(statement)}
        return found

    def readable_people(self, ids: Collection[UUID]) -> set[UUID]:
        found: set[UUID] = set()
        for part in _chunks(ids):
            statement = select(Person.id).where(Person.id.in_(part), readable(Person, self._writer.viewer))
            found |= {row.id for row in self._writer.rows(statement)}
        return found

    def cases_by_number(self, keys: Collection[CaseKey]) -> dict[CaseKey, tuple[UUID, UUID]]:
        found: dict[CaseKey, tuple[UUID, UUID]] = {}
        for part in _chunks(keys):
            for row in self._writer.rows(
                select(CaseFile.year, CaseFile.seq, CaseFile.id, CaseFile.applicant_id).where(
                    tuple_(CaseFile.year, CaseFile.seq).in_(part)
                )
            ):
                found[row.year, row.seq] = (row.id, row.applicant_id)
        return found

    def dwellings_by_code(self, codes: Collection[str]) -> dict[str, UUID]:
        found: dict[str, UUID] = {}
        for part in _chunks(codes):
            for row in self._writer.rows(
                select(Dwelling.code, Dwelling.id).where(
                    Dwelling.code.in_(part), on_register(Dwelling, self._writer.viewer)
                )
            ):
                found[row.code] = row.id
        return found

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

    def new_person(self, draft: PersonDraft) -> UUID:
        """As ``PeopleWriter.register``, without a question to the database: thousands of rows at a time."""
        writer = self._writer
        person = writer.new_id()
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
        homes = _homes(live_rows(rows["addresses"], writer.today))
        put_tokens(writer, "person", person, names, scope, starts=others, homes=homes, is_new=True)
        self._cases[person] = (scope, wide["display_name"], wide["sort_name"])
        return person

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

    def case_without_application(self, person_id: UUID) -> UUID | None:
        """An open case of the person that came without its application."""
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
        case = case_for_write(self._writer, case_id, closed_too=True)
        applied = self._writer.first(select(Application.id).where(Application.case_id == case_id).limit(1))
        return case.ended_at is None, applied is not None, case.version

    def add_application(self, case_id: UUID, new: NewCase) -> None:
        """What follows from an application, on a case that came without its own. A closed case gets no duties."""
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
        self._writer.change(CaseFile, case_id, None, priority=priority)

    def household_of(self, person_id: UUID) -> UUID | None:
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


def _homes(rows: list[dict[str, Any]]) -> set[str]:
    columns = ("street", "house_no", "letter", "unit_no")
    return {token for row in rows for token in address_tokens(*(row[column] for column in columns))}


def _chunks(items: Collection[Any]) -> Iterator[list[Any]]:
    every = list(items)
    for start in range(0, len(every), _CHUNK):
        yield every[start : start + _CHUNK]
