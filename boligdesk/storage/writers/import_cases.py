"""Applications of a list, laid on cases that were looked up for many rows at once.

Only what is plain is held: cases and applicants without protection, parties or duties from before. They
get the same rows, log and versions as through ``CaseWriter``, without a question to the database; all
that is not held goes the ordinary way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.cases import DECISIONS
from boligdesk.domain.catalog import CasePhase, DeadlineSide, DeadlineState, TaskState, TrackStatus, WaitingOn
from boligdesk.storage.policies import live, openable, readable
from boligdesk.storage.tables import (
    Application,
    AppUser,
    CaseFile,
    CaseParty,
    Deadline,
    LegalTrack,
    Person,
    Task,
)
from boligdesk.storage.writers.case_register import SERIES, Applicant, Made, add_to_case, next_due, put_case
from boligdesk.storage.writers.case_rows import CaseForWrite
from boligdesk.storage.writers.import_lookups import chunks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from boligdesk.domain.catalog import CaseOutcome
    from boligdesk.services.ports.cases import NewCase
    from boligdesk.storage.writer import Writer

_CASE = (
    "id",
    "row_version",
    "applicant_id",
    "assignee_id",
    "phase",
    "waiting_on",
    "outcome",
    "ended_at",
    "org_unit_id",
    "priority",
    "next_due_on",
    "next_deadline_id",
    "read_scope_id",
)


class _Held:
    """A case as it stands; ``row`` follows what is written."""

    __slots__ = ("has_application", "is_made", "is_own_duty", "made", "row")

    def __init__(self, row: dict[str, Any], *, has_application: bool, is_made: bool = False) -> None:
        self.row = row
        self.has_application = has_application
        self.is_made = is_made
        self.made = Made()
        self.is_own_duty = False

    def came_with(self, new: NewCase, made: Made) -> None:
        self.has_application, self.made = True, made
        self.is_own_duty = new.reply is not None and new.reply.rule.side == DeadlineSide.OWN_DUTY


class HeldCases:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._people: dict[UUID, Applicant] = {}
        self._cases: dict[UUID, _Held] = {}
        self._bare: dict[UUID, list[UUID]] = {}
        self._colleagues: set[UUID] = set()
        self._last: dict[int, int] = {}
        self._seen: dict[int, int] = {}

    # -- looking up -----------------------------------------------------------------------------

    def hold(self, people: Collection[UUID], cases: Collection[UUID]) -> dict[UUID, dt.date | None]:
        """Look them up. Birth dates of those of the people whom the user may read."""
        writer = self._writer
        self._colleagues = {row.id for row in writer.rows(select(AppUser.id).where(AppUser.active))}
        births: dict[UUID, dt.date | None] = {}
        bare: set[UUID] = set()
        for part in chunks(people):
            for row in writer.rows(
                select(
                    Person.id,
                    Person.birth_on,
                    Person.display_name,
                    Person.sort_name,
                    Person.read_scope_id,
                    Person.protection,
                    Person.district_id,
                ).where(Person.id.in_(part), readable(Person, writer.viewer))
            ):
                births[row.id] = row.birth_on
                if row.protection == 0:
                    scope = row.read_scope_id
                    self._people[row.id] = Applicant(
                        scope, scope, 0, row.display_name, row.sort_name, row.district_id
                    )
            for row in self._without_application(part):
                self._bare.setdefault(row.applicant_id, []).append(row.id)
                bare.add(row.id)
        for part in chunks(bare | set(cases)):
            self._hold_cases(part)
        return births

    def _without_application(self, people: list[UUID]) -> Any:
        """Open cases that came without their application, the latest of a person first."""
        return self._writer.rows(
            select(CaseFile.id, CaseFile.applicant_id)
            .outerjoin(Application, Application.case_id == CaseFile.id)
            .where(
                CaseFile.applicant_id.in_(people),
                CaseFile.ended_at.is_(None),
                Application.id.is_(None),
                openable(CaseFile, self._writer.viewer),
            )
            .order_by(CaseFile.year.desc(), CaseFile.seq.desc())
        )

    def _hold_cases(self, ids: list[UUID]) -> None:
        writer = self._writer
        not_plain = self._ids(CaseParty, ids, live(CaseParty, writer.today))
        for table in (Deadline, Task, LegalTrack):
            not_plain |= self._ids(table, ids, table.ended_at.is_(None))
        applied = self._ids(Application, ids)
        statement = select(*(getattr(CaseFile, name) for name in _CASE)).where(
            CaseFile.id.in_(ids), openable(CaseFile, writer.viewer)
        )
        if not writer.is_sqlite:
            statement = statement.with_for_update()
        for row in writer.connection.execute(statement).mappings():
            applicant = self._people.get(row["applicant_id"])
            if row["id"] not in not_plain and applicant and applicant.read == row["read_scope_id"]:
                self._cases[row["id"]] = _Held(dict(row), has_application=row["id"] in applied)

    def _ids(self, table: Any, cases: list[UUID], *where: Any) -> set[UUID]:
        statement = select(table.case_id).where(table.case_id.in_(cases), *where)
        return {row.case_id for row in self._writer.rows(statement)}

    # -- asking ---------------------------------------------------------------------------------

    def has(self, case_id: UUID) -> bool:
        return case_id in self._cases

    def may_register(self, person_id: UUID, assignee_id: UUID | None) -> bool:
        return person_id in self._people and assignee_id in {None, *self._colleagues}

    def knows(self, person_id: UUID) -> bool:
        """Then ``bare`` answers for the person."""
        return person_id in self._people

    def bare(self, person_id: UUID) -> UUID | None:
        return next(iter(self._bare.get(person_id, ())), None)

    def stand(self, case_id: UUID) -> tuple[bool, bool, int]:
        held = self._cases[case_id]
        return held.row["ended_at"] is None, held.has_application, held.row["row_version"]

    # -- writing --------------------------------------------------------------------------------

    def register(self, new: NewCase) -> UUID:
        number = self._number(new)
        case, _event, made = put_case(self._writer, new, self._people[new.person_id], number)
        due_on, deadline = next_due(new, made.deadline)
        row = dict.fromkeys(_CASE) | {
            "id": case.id,
            "row_version": 1,
            "applicant_id": new.person_id,
            "assignee_id": new.assignee_id,
            "phase": case.phase,
            "waiting_on": case.waiting_on,
            "org_unit_id": case.org_unit_id,
            "next_due_on": due_on,
            "next_deadline_id": deadline,
            "read_scope_id": case.scope[0],
        }
        held = self._cases[case.id] = _Held(row, has_application=True, is_made=True)
        held.came_with(new, made)
        return case.id

    def add_application(self, case_id: UUID, new: NewCase) -> None:
        """A closed case gets no duties."""
        writer, held = self._writer, self._cases[case_id]
        row = held.row
        scope = (row["read_scope_id"], 0)
        writer.event(
            "import_application",
            "case",
            case_id,
            scope=scope,
            case_id=case_id,
            person_id=row["applicant_id"],
            occurred_on=new.received_on,
        )
        is_open = row["ended_at"] is None
        held.came_with(new, add_to_case(writer, _for_write(row), new, has_duties=is_open))
        due_on, deadline = next_due(new, held.made.deadline) if is_open else (None, None)
        if (due_on, deadline) != (row["next_due_on"], row["next_deadline_id"]):
            writer.copy_held(CaseFile, row, next_due_on=due_on, next_deadline_id=deadline)
        self._drop_bare(row)

    def set_priority(self, case_id: UUID, priority: int) -> None:
        self._change(self._cases[case_id], priority=priority)

    def phase(self, case_id: UUID) -> str:
        return str(self._cases[case_id].row["phase"])

    def set_phase(self, case_id: UUID, phase: CasePhase) -> None:
        """As ``CaseWriter.set_phase``."""
        held = self._cases[case_id]
        row = held.row
        self._writer.event(
            "set_phase",
            "case",
            case_id,
            scope=(row["read_scope_id"], 0),
            case_id=case_id,
            person_id=row["applicant_id"],
            params={"from": row["phase"], "to": phase.value},
        )
        self._change(held, phase=phase.value)

    def applicant(self, case_id: UUID) -> tuple[UUID, Applicant]:
        """Who applied in a held case, with what lists repeat of him or her."""
        applicant_id: UUID = self._cases[case_id].row["applicant_id"]
        return applicant_id, self._people[applicant_id]

    def close(self, case_id: UUID, outcome: CaseOutcome, reason: str) -> None:
        """As ``CaseWriter.close``, of a case whose duties all came with its application just now."""
        writer, held = self._writer, self._cases[case_id]
        row = held.row
        event = writer.event(
            "close_case",
            "case",
            case_id,
            scope=(row["read_scope_id"], 0),
            case_id=case_id,
            person_id=row["applicant_id"],
            params={"outcome": outcome.value, "reason": reason},
        )
        self._change(
            held,
            phase=CasePhase.CLOSED.value,
            outcome=outcome.value,
            ended_at=writer.now,
            waiting_on=WaitingOn.NOBODY.value,
        )
        decided = outcome in DECISIONS
        status = (TrackStatus.DECIDED if decided else TrackStatus.LAPSED).value
        for track in held.made.tracks:
            writer.change_made(LegalTrack, track, status=status, ended_at=writer.now)
        if held.made.deadline is not None:
            ended: dict[str, Any] = {"state": DeadlineState.LAPSED.value}
            if decided and held.is_own_duty:
                ended = {"state": DeadlineState.MET.value, "met_by_event_id": event}
            writer.change_made(Deadline, held.made.deadline, **ended, ended_at=writer.now)
        for task in held.made.tasks:
            writer.change_made(Task, task, state=TaskState.LAPSED.value, ended_at=writer.now)
        if (row["next_due_on"], row["next_deadline_id"]) != (None, None):
            self._copy(held, next_due_on=None, next_deadline_id=None)
        held.made = Made()

    def settle_numbers(self) -> None:
        """The series stands where the numbers given here ended."""
        for year in sorted({*self._last, *self._seen}):
            greatest = max(self._last.get(year, 0), self._seen.get(year, 0))
            self._writer.raise_number(SERIES, year, greatest)
        self._last, self._seen = {}, {}

    # -- inside ---------------------------------------------------------------------------------

    def _number(self, new: NewCase) -> tuple[int, int]:
        """The series is asked for once, and raised once for all numbers that were given out."""
        if new.number is not None:
            year, sequence = new.number
            self._seen[year] = max(self._seen.get(year, 0), sequence)
            return new.number
        year = self._writer.today.year
        if year not in self._last:
            self.settle_numbers()
            self._last[year] = self._writer.next_number(SERIES, year)
        else:
            self._last[year] = max(self._last[year], self._seen.get(year, 0)) + 1
        return year, self._last[year]

    def _change(self, held: _Held, **values: Any) -> None:
        if held.is_made:
            held.row["row_version"] = self._writer.change_made(CaseFile, held.row["id"], **values)
            held.row |= values
        else:
            self._writer.change_held(CaseFile, held.row, **values)

    def _copy(self, held: _Held, **values: Any) -> None:
        if held.is_made:
            self._writer.copy_made(CaseFile, held.row["id"], **values)
            held.row |= values | {"row_version": held.row["row_version"] + 1}
        else:
            self._writer.copy_held(CaseFile, held.row, **values)

    def _drop_bare(self, row: dict[str, Any]) -> None:
        waiting = self._bare.get(row["applicant_id"], [])
        if row["id"] in waiting:
            waiting.remove(row["id"])


def _for_write(row: dict[str, Any]) -> CaseForWrite:
    return CaseForWrite(
        id=row["id"],
        version=row["row_version"],
        applicant_id=row["applicant_id"],
        assignee_id=row["assignee_id"],
        phase=row["phase"],
        waiting_on=row["waiting_on"],
        ended_at=row["ended_at"],
        org_unit_id=row["org_unit_id"],
        scope=(row["read_scope_id"], 0),
        shown=row["read_scope_id"],
    )
