"""The only code that writes scope columns and masked copies (model.md 4.3).

A person's rows follow the strictest protection among the person and those he or she lives with now; a
case follows its applicant and parties. Ordinary rows lie in the area (unit x district); restricted rows
in a list of their own. Work lists show restricted cases in the unit's common area without a name
(fortrolig) or not at all (strengt fortrolig).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update

from boligdesk.domain.catalog import Protection
from boligdesk.services.records.common import MASKED_NAME, MASKED_SORT
from boligdesk.storage.policies import live
from boligdesk.storage.queries.person_readers import WAITS, waiting
from boligdesk.storage.search_index import index_case, index_person
from boligdesk.storage.tables import (
    AccessScope,
    Application,
    CaseFile,
    CaseParty,
    ClockStop,
    Deadline,
    Document,
    Event,
    Fact,
    Household,
    HouseholdMember,
    JournalEntry,
    LegalTrack,
    Letter,
    LetterApproval,
    LetterRecipient,
    Note,
    Offer,
    Person,
    PersonSecret,
    ProtectionPeriod,
    ScopeMember,
    ShortlistRow,
    Task,
    TrackCondition,
    Vedtak,
    Visit,
    WaitingEntry,
)

if TYPE_CHECKING:
    from boligdesk.storage.writer import Writer

_CASE_CONTENT: tuple[Any, ...] = (
    Application,
    LegalTrack,
    TrackCondition,
    Vedtak,
    ClockStop,
    Note,
    Document,
    Deadline,
    Visit,
    Event,
    LetterRecipient,
    LetterApproval,
    JournalEntry,
)
_PERSON_CONTENT: tuple[Any, ...] = (Note, Document, Visit, Event, PersonSecret)


def area_scope(writer: Writer, unit_id: UUID, district_id: UUID | None) -> int:
    """The scope of an area, made when first needed. District None = the unit's common area."""
    return _scope(writer, kind="omrade", org_unit_id=unit_id, district_id=district_id)


def _scope(writer: Writer, **key: Any) -> int:
    """Get or make the scope with this key; looked up again once the series row is ours."""
    columns = {"kind": "omrade", "org_unit_id": None, "district_id": None, "subject_id": None, **key}
    where = [
        getattr(AccessScope, name).is_(None) if value is None else getattr(AccessScope, name) == value
        for name, value in columns.items()
    ]
    writer.flush()
    found = writer.scalar(select(AccessScope.id).where(*where))
    if found is None:
        number = writer.next_number("scope", 0)
        found = writer.scalar(select(AccessScope.id).where(*where))
        if found is None:
            writer.connection.execute(insert(AccessScope).values(id=number, min_clearance=0, **columns))
            writer.renew_viewer()
            found = number
    return int(found)


def list_scope(writer: Writer, person_id: UUID, level: int) -> int:
    """The person's own list of readers. Fortrolig: everybody of the unit with clearance; strengt: named only."""
    scope = _scope(writer, kind="liste", subject_id=person_id)
    writer.connection.execute(
        update(AccessScope).where(AccessScope.id == scope).values(min_clearance=level, cause="skjermet")
    )
    members = writer.rows(
        select(ScopeMember.id, ScopeMember.user_id, ScopeMember.area_scope_id).where(
            ScopeMember.scope_id == scope, live(ScopeMember, writer.today)
        )
    )
    strict = level >= Protection.STRICT.level
    for row in members:
        if strict and row.area_scope_id is not None:
            writer.change(ScopeMember, row.id, None, valid_to=writer.today)
    if strict and not any(row.user_id for row in members):
        writer.insert(ScopeMember, scope_id=scope, user_id=writer.viewer.user_id, valid_from=writer.today)
    if not strict and not any(row.area_scope_id for row in members):
        common = area_scope(writer, writer.office_unit, None)
        writer.insert(ScopeMember, scope_id=scope, area_scope_id=common, valid_from=writer.today)
    writer.flush()
    writer.renew_viewer()
    return scope


def name_reader(writer: Writer, person_id: UUID, user_id: UUID, reason: str | None = None) -> bool:
    """Put the user on the person's list of readers; False when he or she stands there already."""
    scope = _scope(writer, kind="liste", subject_id=person_id)
    named = select(ScopeMember.id).where(
        ScopeMember.scope_id == scope,
        ScopeMember.user_id == user_id,
        live(ScopeMember, writer.today),
    )
    if writer.first(named) is not None:
        return False
    writer.insert(ScopeMember, scope_id=scope, user_id=user_id, reason=reason, valid_from=writer.today)
    writer.flush()
    writer.renew_viewer()
    return True


def nobodys_scope(writer: Writer, person_id: UUID) -> int:
    """The person's own list without a reader: where a file lies that was merged into another."""
    close_list(writer, person_id)
    return _scope(writer, kind="liste", subject_id=person_id)


def set_readers(writer: Writer, person_id: UUID, wanted: set[UUID]) -> None:
    """Those and no others are named on the person's list."""
    scope = _scope(writer, kind="liste", subject_id=person_id)
    members = writer.rows(
        select(ScopeMember.id, ScopeMember.user_id).where(
            ScopeMember.scope_id == scope, ScopeMember.user_id.is_not(None), live(ScopeMember, writer.today)
        )
    )
    for row in members:
        if row.user_id not in wanted:
            writer.change(ScopeMember, row.id, None, valid_to=writer.today)
    for user_id in sorted(wanted - {row.user_id for row in members}):
        writer.insert(ScopeMember, scope_id=scope, user_id=user_id, valid_from=writer.today)
    writer.flush()
    writer.renew_viewer()


def named_readers(writer: Writer, person_id: UUID) -> set[UUID]:
    """Users who stand on the person's own list."""
    rows = writer.rows(
        select(ScopeMember.user_id)
        .join(AccessScope, AccessScope.id == ScopeMember.scope_id)
        .where(
            AccessScope.kind == "liste",
            AccessScope.subject_id == person_id,
            ScopeMember.user_id.is_not(None),
            live(ScopeMember, writer.today),
        )
    )
    return {row.user_id for row in rows}


def close_list(writer: Writer, person_id: UUID) -> None:
    """Nobody stays on the list of a person who is protected no more: a later one starts from nobody."""
    writer.flush()
    lists = select(AccessScope.id).where(AccessScope.kind == "liste", AccessScope.subject_id == person_id)
    for row in writer.rows(
        select(ScopeMember.id, ScopeMember.valid_from).where(
            ScopeMember.scope_id.in_(lists), or_(live(ScopeMember, writer.today), waiting(ScopeMember))
        )
    ):
        ended = row.valid_from if row.valid_from == WAITS else writer.today
        writer.change(ScopeMember, row.id, None, valid_to=ended)


def lives_with(writer: Writer, person_id: UUID) -> list[UUID]:
    """The person first, then everybody in the same homes today."""
    homes = (
        select(HouseholdMember.household_id)
        .join(Household, Household.id == HouseholdMember.household_id)
        .where(
            HouseholdMember.person_id == person_id,
            live(HouseholdMember, writer.today),
            Household.dissolved_on.is_(None),
        )
    )
    others = writer.rows(
        select(HouseholdMember.person_id)
        .where(
            HouseholdMember.household_id.in_(homes),
            HouseholdMember.person_id.is_not(None),
            HouseholdMember.person_id != person_id,
            live(HouseholdMember, writer.today),
        )
        .distinct()
    )
    return [person_id, *sorted(row.person_id for row in others)]


def strictest(writer: Writer, person_id: UUID) -> tuple[int, UUID]:
    """(level, whose protection it is): the person's own, or that of somebody he or she lives with now.

    A family shares one list of readers, that of the member it comes from; one's own list where levels are equal.
    """
    people = lives_with(writer, person_id)
    rows = writer.rows(
        select(ProtectionPeriod.level, ProtectionPeriod.person_id).where(
            ProtectionPeriod.person_id.in_(people), live(ProtectionPeriod, writer.today)
        )
    )
    found = [(-int(row.level), people.index(row.person_id)) for row in rows]
    level, place = min(found, default=(0, 0))
    return -level, people[place]


def person_scope(writer: Writer, person_id: UUID, district_id: UUID | None) -> tuple[int, int]:
    """(read scope, protection) that the person's rows must carry now."""
    level, source = strictest(writer, person_id)
    if level:
        return list_scope(writer, source, level), level
    return area_scope(writer, writer.office_unit, district_id), 0


def rescope_person(writer: Writer, person_id: UUID, *, moved: bool = False) -> None:
    """Bring everything about the person, household and cases in line with the protection now in force.

    ``moved``: rows came from or went to another file, so each is looked at. A file that was merged into another
    is nobody's to open; its log follows the kept one.
    """
    writer.flush()
    person = writer.first(
        select(
            Person.id,
            Person.district_id,
            Person.read_scope_id,
            Person.protection,
            Person.merged_into_id,
        ).where(Person.id == person_id)
    )
    if person is None or person.merged_into_id is not None:
        return
    scope, level = person_scope(writer, person_id, person.district_id)
    if moved or (scope, level) != (person.read_scope_id, person.protection):
        masked = "skjermet" if level else "ingen"
        writer.change(Person, person_id, None, read_scope_id=scope, protection=level, masked_reason=masked)
        files = select(Person.id).where(or_(Person.id == person_id, Person.merged_into_id == person_id))
        for table in _PERSON_CONTENT:
            _rescope_rows(writer, table, table.person_id.in_(files), scope, level)
        read, shown, *_words = case_scopes(writer, person_id, None)
        _rescope_tasks(writer, and_(Task.person_id == person_id, Task.case_id.is_(None)), read, shown)
        index_person(writer, person_id)
    households = select(HouseholdMember.household_id).where(
        HouseholdMember.person_id == person_id, live(HouseholdMember, writer.today)
    )
    for row in writer.rows(select(Household.id).where(Household.id.in_(households))):
        _rescope_household(writer, row.id)
    parties = select(CaseParty.case_id).where(CaseParty.person_id == person_id)
    for row in writer.rows(
        select(CaseFile.id).where(or_(CaseFile.applicant_id == person_id, CaseFile.id.in_(parties)))
    ):
        rescope_case(writer, row.id)


def rescope_with_household(writer: Writer, person_id: UUID) -> None:
    """The person, and everybody who inherits from the person."""
    writer.flush()
    for each in lives_with(writer, person_id):
        rescope_person(writer, each)


def rescope_household(writer: Writer, household_id: UUID) -> None:
    """Everybody who lives or lived here, and the household itself: somebody came, left or was corrected."""
    writer.flush()
    people = writer.rows(
        select(HouseholdMember.person_id)
        .where(HouseholdMember.household_id == household_id, HouseholdMember.person_id.is_not(None))
        .distinct()
    )
    for person_id in sorted(row.person_id for row in people):
        rescope_person(writer, person_id)
    _rescope_household(writer, household_id)


def _rescope_household(writer: Writer, household_id: UUID) -> None:
    """A household and its log are as restricted as its strictest member; otherwise in the first one's area.

    With nobody left, those who lived there last decide: an empty home does not open its history.
    """
    members = (
        select(Person.read_scope_id, Person.protection)
        .join(HouseholdMember, HouseholdMember.person_id == Person.id)
        .where(HouseholdMember.household_id == household_id)
        .order_by(Person.protection.desc(), HouseholdMember.id)
    )
    found = writer.first(members.where(live(HouseholdMember, writer.today))) or writer.first(members)
    if found is not None:
        scope, level = found
        _rescope_rows(writer, Household, Household.id == household_id, scope, level)
        _rescope_rows(writer, Event, Event.subject_id == household_id, scope, level)


def rescope_case(writer: Writer, case_id: UUID) -> None:
    """Scopes and masked name of a case and of everything filed on it."""
    writer.flush()
    case = writer.first(select(CaseFile.__table__).where(CaseFile.id == case_id))
    if case is None:
        return
    read, shown, level, name, order = case_scopes(writer, case.applicant_id, case_id)
    writer.change(
        CaseFile,
        case_id,
        None,
        read_scope_id=read,
        list_scope_id=shown,
        applicant_name=name,
        applicant_sort=order,
    )
    if level == 0 and (read, shown) == (case.read_scope_id, case.list_scope_id):
        # open before and open now, in the same area: nothing on it can have another scope
        if (name, order) != (case.applicant_name, case.applicant_sort):
            _rescope_shells(writer, case, (read, shown, level, name, order))
        return
    for table in _CASE_CONTENT:
        _rescope_rows(writer, table, table.case_id == case_id, read, level)
    applications = select(Application.id).where(Application.case_id == case_id)
    _rescope_rows(writer, Fact, Fact.subject_id.in_(applications), read, level)
    _rescope_tasks(writer, Task.case_id == case_id, read, shown)
    _rescope_shells(writer, case, (read, shown, level, name, order))
    index_case(writer, case_id)


def _rescope_shells(writer: Writer, case: Any, scopes: tuple[int, int, int, str, str]) -> None:
    """Letters, queue, shortlists and offers are listed as the case is; the first two repeat the masked name."""
    read, shown, level, name, order = scopes
    columns = {"read_scope_id": read, "list_scope_id": shown}
    named = {**columns, "protection": level, "applicant_name": name, "applicant_sort": order}
    _rescope_shell(writer, Letter, Letter.case_id == case.id, named)
    # found by the applicant: only the live entry of a case has an index of its own
    queue = and_(WaitingEntry.applicant_id == case.applicant_id, WaitingEntry.case_id == case.id)
    _rescope_shell(writer, WaitingEntry, queue, named)
    _rescope_shell(writer, ShortlistRow, ShortlistRow.case_id == case.id, columns)
    _rescope_shell(writer, Offer, Offer.case_id == case.id, columns)


def _rescope_shell(writer: Writer, table: Any, where: Any, values: dict[str, Any]) -> None:
    differs = or_(*(getattr(table, key) != value for key, value in values.items()))
    writer.connection.execute(
        update(table).where(where, differs).values(**values, row_version=table.row_version + 1)
    )


def case_scopes(writer: Writer, applicant_id: UUID, case_id: UUID | None) -> tuple[int, int, int, str, str]:
    """(read scope, list scope, protection, name in lists, its sort key) for a case of this applicant."""
    people = [applicant_id]
    if case_id is not None:
        people += [
            row.person_id
            for row in writer.rows(
                select(CaseParty.person_id).where(CaseParty.case_id == case_id, live(CaseParty, writer.today))
            )
        ]
    rows = writer.rows(
        select(
            Person.id, Person.display_name, Person.sort_name, Person.read_scope_id, Person.protection
        ).where(Person.id.in_(people))
    )
    strictest = max(rows, key=lambda row: (row.protection, row.id == applicant_id))
    applicant = next(row for row in rows if row.id == applicant_id)
    level = int(strictest.protection)
    if level == 0:
        return (
            applicant.read_scope_id,
            applicant.read_scope_id,
            0,
            applicant.display_name,
            applicant.sort_name,
        )
    read = int(strictest.read_scope_id)
    shown = read if level >= Protection.STRICT.level else area_scope(writer, writer.office_unit, None)
    return read, shown, level, MASKED_NAME, MASKED_SORT


def _rescope_rows(writer: Writer, table: Any, where: Any, scope: int, level: int) -> None:
    writer.flush()
    values: dict[str, Any] = {"read_scope_id": scope, "protection": level}
    if "row_version" in table.__table__.columns:
        values["row_version"] = table.row_version + 1
    writer.connection.execute(
        update(table)
        .where(where, or_(table.read_scope_id != scope, table.protection != level))
        .values(**values)
    )


def _rescope_tasks(writer: Writer, where: Any, read: int, shown: int) -> None:
    """A task is listed as the case it is on; one on a person alone as a case of that person would be."""
    writer.flush()
    writer.connection.execute(
        update(Task)
        .where(where, or_(Task.read_scope_id != read, Task.list_scope_id != shown))
        .values(read_scope_id=read, list_scope_id=shown, row_version=Task.row_version + 1)
    )
