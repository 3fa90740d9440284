"""Households with their members through time, as the viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from boligdesk.domain.catalog import Protection
from boligdesk.domain.households import Occupant, is_live, summary
from boligdesk.services.errors import NotFound
from boligdesk.services.records.common import MASKED_NAME
from boligdesk.services.records.people import HouseholdDetail, MemberDraft
from boligdesk.storage.person_rows import NEVER, live_name, load_rows, load_secret
from boligdesk.storage.policies import readable
from boligdesk.storage.tables import Household, HouseholdMember, Person

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class _Member:
    """A member as the form shows it, and as the summary counts it."""

    draft: MemberDraft
    occupant: Occupant


class HouseholdQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of_person(self, person_id: UUID, as_of: dt.date | None = None) -> tuple[HouseholdDetail, ...]:
        """Homes the person lives in on the day first, then the others. None for people without access."""
        reader = self._reader
        day = as_of or reader.today
        rows = reader.rows(
            select(HouseholdMember.household_id, HouseholdMember.valid_from, HouseholdMember.valid_to)
            .join(Person, Person.id == HouseholdMember.person_id)
            .where(HouseholdMember.person_id == person_id, was_ever(), readable(Person, reader.viewer))
            .order_by(HouseholdMember.id)
        )
        here = [row.household_id for row in rows if is_live(row.valid_from, row.valid_to, day)]
        earlier = [row.household_id for row in reversed(rows)]
        return tuple(self._details(list(dict.fromkeys([*here, *earlier])), day))

    def detail(self, household_id: UUID, as_of: dt.date | None = None) -> HouseholdDetail:
        """One household, with the summary for the day. Raises NotFound."""
        found = self._details([household_id], as_of or self._reader.today)
        if not found:
            raise NotFound
        return found[0]

    def occupants(self, household_id: UUID) -> tuple[Occupant, ...]:
        """Everybody who lives or lived there, as counted. Nobody, for a home the viewer may not read."""
        reader = self._reader
        known = reader.first(
            select(Household.id).where(Household.id == household_id, readable(Household, reader.viewer))
        )
        if known is None:
            return ()
        return tuple(member.occupant for member in self._members([household_id]).get(household_id, []))

    def _details(self, ids: list[UUID], day: dt.date) -> list[HouseholdDetail]:
        reader = self._reader
        rows = reader.rows(
            select(
                Household.id,
                Household.row_version,
                Household.label,
                Household.formed_on,
                Household.dissolved_on,
            ).where(Household.id.in_(ids), readable(Household, reader.viewer))
        )
        members = self._members([row.id for row in rows])
        details = [
            HouseholdDetail(
                row.id,
                row.row_version,
                row.label,
                tuple(member.draft for member in members.get(row.id, [])),
                row.formed_on,
                row.dissolved_on,
                summary((member.occupant for member in members.get(row.id, [])), day),
            )
            for row in rows
        ]
        return sorted(details, key=lambda detail: ids.index(detail.id))

    def _members(self, household_ids: list[UUID]) -> dict[UUID, list[_Member]]:
        """Live ones first. Strictly protected people without access are not there at all."""
        reader = self._reader
        rows = reader.rows(
            select(
                HouseholdMember.id,
                HouseholdMember.household_id,
                HouseholdMember.person_id,
                HouseholdMember.role,
                HouseholdMember.care_share,
                HouseholdMember.expected_on,
                HouseholdMember.needs_own_room,
                HouseholdMember.counts_income,
                HouseholdMember.valid_from,
                HouseholdMember.valid_to,
                Person.display_name,
                Person.birth_on,
                Person.birth_precision,
                Person.dead_on,
                Person.protection,
                readable(Person, reader.viewer).label("is_open"),
            )
            .outerjoin(Person, Person.id == HouseholdMember.person_id)
            .where(HouseholdMember.household_id.in_(household_ids), was_ever())
            .order_by(HouseholdMember.valid_to.is_not(None), HouseholdMember.id)
        )
        found: dict[UUID, list[_Member]] = {}
        for row in rows:
            strict = (row.protection or 0) >= Protection.STRICT.level
            if row.person_id is None or row.is_open:
                member = _member(row, self._hidden_words(row.person_id) if strict else {})
            elif strict:
                continue
            else:
                member = _masked(row)
            found.setdefault(row.household_id, []).append(member)
        return found

    def _hidden_words(self, person_id: UUID) -> dict[str, Any]:
        """Name and dates of a strictly protected person, for a named reader."""
        reader = self._reader
        secret = load_secret(reader, person_id)
        if secret is None:
            return {}
        name = live_name(load_rows(reader, person_id, secret)["names"], reader.today)
        return secret.of(Person, "person") | {"display_name": name}


def was_ever() -> Any:
    """Not a row whose act was taken back."""
    return or_(HouseholdMember.valid_to.is_(None), HouseholdMember.valid_to > NEVER)


def flag(value: int | None) -> bool | None:
    """A stored yes / no / unknown."""
    return None if value is None else bool(value)


def _member(row: Any, hidden: dict[str, Any]) -> _Member:
    known = {
        key: hidden.get(key, getattr(row, key))
        for key in ("display_name", "birth_on", "birth_precision", "dead_on")
    }
    draft = MemberDraft(
        role=row.role,
        person_id=row.person_id,
        name=known["display_name"] or "",
        birth_on=known["birth_on"],
        care_share=row.care_share,
        expected_on=row.expected_on,
        needs_own_room=flag(row.needs_own_room),
        counts_income=flag(row.counts_income),
        id=row.id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
    occupant = Occupant(
        role=row.role,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        birth_on=known["birth_on"],
        birth_precision=known["birth_precision"],
        dead_on=known["dead_on"],
        is_expected=row.person_id is None,
        expected_on=row.expected_on,
        care_share=row.care_share,
    )
    return _Member(draft, occupant)


def _masked(row: Any) -> _Member:
    """Somebody the viewer may not read: no name, no date, and nothing to open."""
    draft = MemberDraft(
        role="annen", name=MASKED_NAME, id=row.id, valid_from=row.valid_from, valid_to=row.valid_to
    )
    return _Member(draft, Occupant("annen", row.valid_from, row.valid_to, is_masked=True))
