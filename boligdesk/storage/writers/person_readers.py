"""Who may open a strictly confidential file: one with the right proposes, another confirms (ui.md 3.9).

A proposal is a row of the file's list that is in force from ``WAITS``, the last day there is: it lets nobody in
by itself. The second person sets the day. Whoever has the right may end it, alone and at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from boligdesk.domain.catalog import Protection
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput, NotAllowed, NotFound
from boligdesk.services.records.common import Saved
from boligdesk.storage.policies import live
from boligdesk.storage.queries.person_readers import WAITS, waiting
from boligdesk.storage.tables import AccessScope, Person, ScopeMember
from boligdesk.storage.writers.person_acts import PersonActs

if TYPE_CHECKING:
    from uuid import UUID

_CHANGED = Changes(frozenset({Kind.PERSON, Kind.OFFICE}))


class ReadersWriter(PersonActs):
    def propose_reader(self, person_id: UUID, user_id: UUID, reason: str) -> Saved:
        """Raises NotFound, and InvalidInput for a file that is open to others, or somebody named already."""
        writer = self._writer
        row = self._locked(person_id)
        if row.protection < Protection.STRICT.level:
            raise InvalidInput(
                "person_id", "Mappen er ikke strengt fortrolig.", "Da trengs ingen egen liste."
            )
        named = select(ScopeMember.valid_from).where(
            ScopeMember.scope_id == row.read_scope_id,
            ScopeMember.user_id == user_id,
            or_(live(ScopeMember, writer.today), waiting(ScopeMember)),
        )
        if (found := writer.first(named)) is not None:
            is_waiting = found.valid_from == WAITS
            raise InvalidInput(
                "user_id",
                "Kollegaen er foreslått fra før." if is_waiting else "Kollegaen har tilgang fra før.",
                todo="Be en annen med rettigheten om å bekrefte." if is_waiting else "",
            )
        self._event("propose_reader", person_id, row.read_scope_id, row.protection, user_id)
        writer.insert(
            ScopeMember, scope_id=row.read_scope_id, user_id=user_id, reason=reason, valid_from=WAITS
        )
        return Saved(person_id, int(row.row_version), _CHANGED)

    def confirm_reader(self, member_id: UUID) -> Saved:
        """The second person lets the colleague in from today. Raises NotFound, NotAllowed for the first person."""
        writer = self._writer
        row = self._waiting(member_id)
        if row.created_by == writer.viewer.user_id:
            raise NotAllowed(
                "Du har selv foreslått dette.",
                "To personer må stå bak tilgang til en strengt fortrolig mappe.",
                "Ingen har fått tilgang.",
                "Be en annen med rettigheten om å bekrefte.",
            )
        self._event("confirm_reader", row.subject_id, row.scope_id, row.protection, row.user_id)
        writer.change(ScopeMember, member_id, None, valid_from=writer.today)
        writer.renew_viewer()
        return Saved(row.subject_id, int(row.row_version), _CHANGED)

    def end_reader(self, member_id: UUID) -> Saved:
        """Access, or a proposal of it, ends now. Raises NotFound, InvalidInput for the last one with access."""
        writer = self._writer
        row = self._member(member_id, or_(live(ScopeMember, writer.today), waiting(ScopeMember)))
        is_waiting = row.valid_from == WAITS
        if not is_waiting:
            self._locked(row.subject_id)  # only those who may open the file decide who else may
            others = select(ScopeMember.id).where(
                ScopeMember.scope_id == row.scope_id,
                ScopeMember.id != member_id,
                ScopeMember.user_id.is_not(None),
                live(ScopeMember, writer.today),
            )
            if writer.first(others) is None:
                raise InvalidInput(
                    "user_id",
                    "Minst én må kunne åpne mappen.",
                    "Dette er den siste med tilgang.",
                    "Gi en annen tilgang først.",
                )
        self._event("end_reader", row.subject_id, row.scope_id, row.protection, row.user_id)
        writer.change(ScopeMember, member_id, None, valid_to=WAITS if is_waiting else writer.today)
        writer.renew_viewer()
        return Saved(row.subject_id, int(row.row_version), _CHANGED)

    def _event(self, verb: str, person_id: UUID, scope_id: int, level: int, user_id: UUID) -> None:
        """Told in the file's log. Not handed on: «Angre» is not offered for it."""
        self._writer.event(
            verb,
            "person",
            person_id,
            scope=(scope_id, level),
            person_id=person_id,
            params={"user": str(user_id)},
        )

    def _waiting(self, member_id: UUID) -> Any:
        return self._member(member_id, waiting(ScopeMember))

    def _member(self, member_id: UUID, condition: Any) -> Any:
        """One row of a strictly confidential file's list. Raises NotFound."""
        self._writer.flush()
        statement = (
            select(
                ScopeMember.scope_id,
                ScopeMember.user_id,
                ScopeMember.created_by,
                ScopeMember.valid_from,
                AccessScope.subject_id,
                Person.protection,
                Person.row_version,
            )
            .join(AccessScope, AccessScope.id == ScopeMember.scope_id)
            .join(Person, Person.id == AccessScope.subject_id)
            .where(
                ScopeMember.id == member_id,
                ScopeMember.user_id.is_not(None),
                AccessScope.kind == "liste",
                AccessScope.min_clearance >= Protection.STRICT.level,
                AccessScope.min_clearance <= self._writer.viewer.clearance,
                condition,
            )
        )
        row = self._writer.first(
            statement if self._writer.is_sqlite else statement.with_for_update(of=ScopeMember.__table__)
        )
        if row is None:
            raise NotFound
        return row
