"""Two files of one person: where an old id leads, what is compared, what was merged before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from boligdesk.domain.people import NATIONAL_KINDS
from boligdesk.services.records.merging import MergePerson, NumberMark, PastMerge
from boligdesk.storage.merged import current_person
from boligdesk.storage.policies import live, openable, readable
from boligdesk.storage.queries.people import PeopleQueries
from boligdesk.storage.tables import (
    CaseFile,
    CaseParty,
    Document,
    Event,
    EventChange,
    MergeRecord,
    Note,
    Offer,
    PersonIdentifier,
    Representative,
    Task,
    Visit,
)

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.reader import Reader

_VALID = frozenset({"begge", "ny2032"})


class MergeQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def current(self, person_id: UUID) -> UUID:
        return current_person(self._reader, person_id)

    def person(self, person_id: UUID) -> MergePerson:
        """Raises NotFound."""
        people = PeopleQueries(self._reader)
        detail = people.detail(person_id)
        counts = self._counts(person_id) | {
            key: len(getattr(detail.draft, key))
            for key in ("names", "identifiers", "contacts", "addresses", "representatives")
        }
        counts |= {"households": len(detail.households), "cases": len(detail.cases)}
        return MergePerson(
            detail,
            people.level(person_id),
            self._numbers(person_id),
            counts,
            self._related(person_id),
            self._has_offer(person_id),
        )

    def past(self, person_id: UUID) -> tuple[PastMerge, ...]:
        """Merges into and out of the file, the last first. Raises NotFound."""
        reader = self._reader
        PeopleQueries(reader).level(person_id)
        taken_back = select(Event.undo_of_id).where(Event.undo_of_id.is_not(None), Event.verb == "undo_merge")
        rows = reader.rows(
            select(
                MergeRecord.id,
                MergeRecord.kept_id,
                MergeRecord.merged_id,
                MergeRecord.created_at,
                MergeRecord.created_by,
                EventChange.event_id.in_(taken_back).label("is_undone"),
            )
            .join(
                EventChange,
                and_(
                    EventChange.row_id == MergeRecord.id,
                    EventChange.tbl == MergeRecord.__tablename__,
                ),
            )
            .where(or_(MergeRecord.kept_id == person_id, MergeRecord.merged_id == person_id))
            .order_by(MergeRecord.created_at.desc(), MergeRecord.id.desc())
        )
        names = reader.user_names
        return tuple(
            PastMerge(
                row.id,
                row.kept_id,
                row.merged_id,
                row.created_at,
                names.get(row.created_by, ""),
                bool(row.is_undone),
            )
            for row in rows
        )

    def _counts(self, person_id: UUID) -> dict[str, int]:
        """What lies on the person and on his or her cases, among what may be read."""
        viewer = self._reader.viewer
        cases = select(CaseFile.id).where(CaseFile.applicant_id == person_id, openable(CaseFile, viewer))
        found = {}
        for key, table, extra in (
            ("notes", Note, readable(Note, viewer)),
            ("documents", Document, readable(Document, viewer)),
            ("visits", Visit, readable(Visit, viewer)),
            ("tasks", Task, openable(Task, viewer)),
        ):
            made: Any = table
            where = and_(
                or_(made.person_id == person_id, made.case_id.in_(cases)), made.ended_at.is_(None), extra
            )
            found[key] = int(self._reader.scalar(select(func.count(made.id)).where(where)) or 0)
        return found

    def _has_offer(self, person_id: UUID) -> bool:
        live_one = select(Offer.id).where(Offer.applicant_id == person_id, Offer.ended_at.is_(None))
        return self._reader.first(live_one) is not None

    def _numbers(self, person_id: UUID) -> tuple[NumberMark, ...]:
        rows = self._reader.rows(
            select(
                PersonIdentifier.id,
                PersonIdentifier.kind,
                PersonIdentifier.value_hmac,
                PersonIdentifier.check_result,
            )
            .where(
                PersonIdentifier.person_id == person_id,
                PersonIdentifier.kind.in_(sorted(NATIONAL_KINDS)),
                live(PersonIdentifier, self._reader.today),
            )
            .order_by(PersonIdentifier.id)
        )
        return tuple(
            NumberMark(row.id, row.kind, bytes(row.value_hmac), row.check_result in _VALID) for row in rows
        )

    def _related(self, person_id: UUID) -> frozenset[UUID]:
        """Live representatives both ways, and the applicants of cases where the person is a party."""
        reader = self._reader
        rows = reader.rows(
            select(Representative.person_id, Representative.representative_person_id).where(
                or_(
                    Representative.person_id == person_id,
                    Representative.representative_person_id == person_id,
                ),
                live(Representative, reader.today),
            )
        )
        found = {key for row in rows for key in row if key is not None}
        found |= {
            row.applicant_id
            for row in reader.rows(
                select(CaseFile.applicant_id)
                .join(CaseParty, CaseParty.case_id == CaseFile.id)
                .where(CaseParty.person_id == person_id, live(CaseParty, reader.today))
            )
        }
        return frozenset(found - {person_id})
