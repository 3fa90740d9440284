"""Two files again: the change log of the merge, played backwards. Refused when somebody changed the same since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from boligdesk.domain.access import Right
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import NotAllowed, NotFound, UserError
from boligdesk.services.records.common import Saved
from boligdesk.storage.driver_errors import ConstraintBroken, names_of_ours, translated
from boligdesk.storage.merged import current_person
from boligdesk.storage.person_rows import NEVER, from_plain
from boligdesk.storage.policies import readable
from boligdesk.storage.search_index import index_person
from boligdesk.storage.tables import (
    Base,
    CaseFile,
    Document,
    Event,
    EventChange,
    HouseholdMember,
    LetterRecipient,
    MergeRecord,
    Offer,
    Person,
    Task,
    Visit,
    WaitingEntry,
)
from boligdesk.storage.tables.declaring import models
from boligdesk.storage.writers.merge_rows import move_quiet
from boligdesk.storage.writers.person_wide import refresh_wide
from boligdesk.storage.writers.scope import lives_with, rescope_household, rescope_person

if TYPE_CHECKING:
    from boligdesk.storage.writer import Writer

_MODELS = models(Base)
#: Columns that follow from other rows: computed anew after the rest is restored.
DERIVED = {
    "person": frozenset(
        {
            "read_scope_id",
            "protection",
            "masked_reason",
            "display_name",
            "sort_name",
            "city",
            "phone",
            "district_id",
        }
    ),
    "case_file": frozenset({"read_scope_id", "list_scope_id", "applicant_name", "applicant_sort"}),
}
_PROTECTING = ("protect_person", "end_person_protection", "protection_begins", "protection_ends")
#: Filed on a case and on its person: goes with the case.
_WITH_THE_CASE: tuple[tuple[Any, str], ...] = (
    (Visit, "person_id"),
    (Document, "person_id"),
    (Task, "person_id"),
    (WaitingEntry, "applicant_id"),
    (Offer, "applicant_id"),
    (LetterRecipient, "person_id"),
)
_SAFE = "Ingenting er endret nå."


def undo_merge(writer: Writer, record_id: UUID) -> Saved:
    """Restore the two files. Raises NotFound, NotAllowed, and UserError when it can no longer be done."""
    record = writer.first(select(MergeRecord.__table__).where(MergeRecord.id == record_id))
    if record is None:
        raise NotFound
    event, changes = _of_record(writer, record)
    _refuse(writer, record, event, changes)
    scope = writer.first(
        select(Person.read_scope_id, Person.protection, Person.row_version).where(Person.id == record.kept_id)
    )
    other = writer.scalar(select(Person.row_version).where(Person.id == record.merged_id))
    if scope is None:
        raise NotFound
    new_event = writer.event(
        "undo_merge",
        "person",
        record.kept_id,
        scope=(scope.read_scope_id, scope.protection),
        person_id=record.kept_id,
        params={"merged": str(record.merged_id), "record": str(record.id)},
        undo_of=event.id,
    )
    writer.step(Person, record.kept_id, scope.row_version)
    writer.step(Person, record.merged_id, other)
    try:
        with translated(names_of_ours):
            for change in changes:
                _restore(writer, change)
            writer.flush()
    except ConstraintBroken as broken:
        raise _too_late("Noe som var i den ene mappen, er registrert på nytt senere.") from broken
    quiet = {key: [UUID(text) for text in event.params.get(key, ())] for key in ("refs", "drafts")}
    move_quiet(writer, quiet, record.kept_id, record.merged_id)
    _follow_cases(writer, record, event)
    _settle(writer, record, changes)
    _tell_the_other(writer, record)
    version = int(writer.scalar(select(Person.row_version).where(Person.id == record.merged_id)))
    return Saved(record.merged_id, version, Changes(frozenset(Kind)), new_event)


def undo_event(writer: Writer, params: dict[str, Any]) -> Saved:
    """The merge that an event of the log tells of, taken back."""
    return undo_merge(writer, UUID(str(params["record"])))


def _of_record(writer: Writer, record: Any) -> tuple[Any, list[Any]]:
    """The event of the merge and its changes, the last first. Raises NotFound for those without access."""
    event = writer.first(
        select(Event.__table__)
        .join(EventChange, EventChange.event_id == Event.id)
        .where(
            EventChange.row_id == record.id,
            EventChange.tbl == MergeRecord.__tablename__,
            readable(Event, writer.viewer),
        )
    )
    if event is None:
        raise NotFound
    changes = writer.rows(
        select(EventChange.__table__).where(EventChange.event_id == event.id).order_by(EventChange.no.desc())
    )
    return event, list(changes)


def _refuse(writer: Writer, record: Any, event: Any, changes: list[Any]) -> None:
    if writer.first(select(Event.id).where(Event.undo_of_id == event.id)) is not None:
        raise UserError("Mappene er allerede skilt fra hverandre.", safe=_SAFE)
    if current_person(writer, record.kept_id) != record.kept_id:
        raise _too_late(
            "Mappen er slått sammen med enda en mappe senere.", "Angre den siste sammenslåingen først."
        )
    person = select(Person.id).where(Person.id == record.kept_id, readable(Person, writer.viewer))
    if writer.first(person if writer.is_sqlite else person.with_for_update()) is None:
        raise NotFound
    protects = any(change.tbl == "protection_period" for change in changes)
    if protects and Right.PROTECT_PEOPLE not in writer.rights:
        raise NotAllowed(
            "Du kan ikke skille mappene fra hverandre.",
            "Adressesperren fulgte med da de ble slått sammen.",
            _SAFE,
            "Be en som kan registrere adressesperre, om å gjøre det.",
        )
    since = select(Event.id).where(
        Event.person_id == record.kept_id, Event.verb.in_(_PROTECTING), Event.at > event.at
    )
    if writer.first(since) is not None:
        raise _too_late("Adressesperren er endret etter at mappene ble slått sammen.")


def _too_late(what: str, todo: str = "Rett det som er feil, på personsiden.") -> UserError:
    return UserError("Mappene kan ikke skilles fra hverandre lenger.", what, _SAFE, todo)


def _restore(writer: Writer, change: Any) -> None:
    """One row as it was before. What was made is taken back; what follows from the rest is left for later."""
    model = _MODELS[change.tbl]
    if model is MergeRecord:
        return
    stored = (
        writer.connection.execute(select(model.__table__).where(model.id == change.row_id)).mappings().one()
    )
    made = from_plain(model, change.new)
    if change.old is None:
        wanted = {"body": ""} if change.tbl == "person_secret" else {"valid_from": None, "valid_to": NEVER}
    else:
        derived = DERIVED.get(change.tbl, frozenset())
        wanted = {key: value for key, value in from_plain(model, change.old).items() if key not in derived}
        if any(stored[key] != made[key] for key in wanted):
            raise _too_late("Noen har endret det samme senere.")
    if wanted:
        writer.change(model, change.row_id, None, **wanted)


def _follow_cases(writer: Writer, record: Any, event: Any) -> None:
    """Visits and the like that were filed on a returned case after the merge, go with it."""
    writer.flush()
    cases = select(CaseFile.id).where(CaseFile.applicant_id == record.merged_id)
    for table, column in _WITH_THE_CASE:
        since = select(table.id).where(
            table.case_id.in_(cases),
            getattr(table, column) == record.kept_id,
            table.created_at >= event.at,
        )
        for row in writer.rows(since.order_by(table.id)):
            writer.change(table, row.id, None, **{column: record.merged_id})


def _settle(writer: Writer, record: Any, changes: list[Any]) -> None:
    """Names, scopes and search words of both, and of everybody who lives with one of them."""
    people = (record.kept_id, record.merged_id)
    for person_id in people:
        refresh_wide(writer, person_id)
    for person_id in people:
        rescope_person(writer, person_id, moved=True)
    for person_id in people:
        for other in lives_with(writer, person_id)[1:]:
            rescope_person(writer, other)
    members = [change.row_id for change in changes if change.tbl == "household_member"]
    homes = writer.rows(
        select(HouseholdMember.household_id).where(HouseholdMember.id.in_(members)).distinct()
    )
    for home in sorted(row.household_id for row in homes):
        rescope_household(writer, home)
    earlier = select(Person.id).where(or_(Person.id.in_(people), Person.merged_into_id.in_(people)))
    for row in writer.rows(earlier.order_by(Person.id)):
        index_person(writer, row.id)
    writer.flush()


def _tell_the_other(writer: Writer, record: Any) -> None:
    """The file that is a file again has the act in its own log too."""
    other = writer.first(select(Person.read_scope_id, Person.protection).where(Person.id == record.merged_id))
    if other is None:
        raise NotFound
    writer.event(
        "undo_merge",
        "person",
        record.merged_id,
        scope=(other.read_scope_id, other.protection),
        person_id=record.merged_id,
        params={"merged": str(record.merged_id), "record": str(record.id)},
    )
