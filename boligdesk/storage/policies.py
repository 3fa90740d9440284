"""One access rule for every query: which rows a viewer may see.

A row carries one scope integer (model.md 4). Content rows are readable when their ``read_scope_id`` is
among the viewer's scopes and their protection is within the viewer's clearance; rows of work lists
(shells) are listed by ``list_scope_id`` and hold no personal words. Dwellings name nobody and follow
the areas of the register.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from boligdesk.domain.access import READING_ROLES, RIGHTS, Right
from boligdesk.domain.catalog import Protection, Role
from boligdesk.storage.tables import AccessScope, AppUser, RoleGrant, ScopeMember

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

_PLACE_ROLES = tuple(role for role in Role if Right.READ_DWELLINGS in RIGHTS[role])


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a transaction, and the scopes of rows he or she may see."""

    user_id: UUID
    name: str
    roles: tuple[Role, ...]
    clearance: int
    scopes: tuple[int, ...]
    place_scopes: tuple[int, ...]


def readable(table: Any, viewer: Viewer) -> ColumnElement[bool]:
    """Content rows the viewer may open."""
    if not viewer.scopes:
        return false()
    return and_(table.read_scope_id.in_(viewer.scopes), table.protection <= viewer.clearance)


def openable(table: Any, viewer: Viewer) -> ColumnElement[bool]:
    """Shell rows whose content the viewer may open (shells carry no protection column)."""
    return table.read_scope_id.in_(viewer.scopes) if viewer.scopes else false()


def listed(table: Any, viewer: Viewer) -> ColumnElement[bool]:
    """Shell rows that stand in the viewer's work lists."""
    return table.list_scope_id.in_(viewer.scopes) if viewer.scopes else false()


def on_register(table: Any, viewer: Viewer) -> ColumnElement[bool]:
    """Dwellings and buildings the viewer may see."""
    return table.list_scope_id.in_(viewer.place_scopes) if viewer.place_scopes else false()


def live(table: Any, on: dt.date) -> ColumnElement[bool]:
    """Period rows in force on the day; ``valid_from`` NULL = since before anybody knows."""
    return and_(
        or_(table.valid_from.is_(None), table.valid_from <= on),
        or_(table.valid_to.is_(None), table.valid_to > on),
    )


def load_viewer(connection: Connection, user_id: UUID, today: dt.date) -> Viewer | None:
    """The viewer as of today; None when there is no active user with that id."""
    user = connection.execute(
        select(AppUser.name, AppUser.clearance).where(AppUser.id == user_id, AppUser.active)
    ).first()
    if user is None:
        return None
    grants = connection.execute(
        select(RoleGrant.role, RoleGrant.org_unit_id, RoleGrant.district_id).where(
            RoleGrant.user_id == user_id, live(RoleGrant, today)
        )
    ).all()
    areas = connection.execute(
        select(AccessScope.id, AccessScope.org_unit_id, AccessScope.district_id).where(
            AccessScope.kind == "omrade"
        )
    ).all()

    def covered(roles: tuple[Role, ...]) -> set[int]:
        """Areas of live grants; NULL unit or district = all. A grant without district also covers «felles»."""
        return {
            area.id
            for area in areas
            for grant in grants
            if grant.role in roles
            and grant.org_unit_id in {None, area.org_unit_id}
            and (grant.district_id is None or area.district_id in {None, grant.district_id})
        }

    people = covered(READING_ROLES)
    clearance = _cleared(user.clearance)
    named = _named_lists(connection, user_id, clearance, people, today) if people else set()
    return Viewer(
        user_id=user_id,
        name=user.name,
        roles=tuple(sorted({Role(grant.role) for grant in grants})),
        clearance=clearance,
        scopes=tuple(sorted(people | named)),
        place_scopes=tuple(sorted(covered(_PLACE_ROLES))),
    )


def _cleared(given: int) -> int:
    """Whoever may see strictly confidential files may see those of people abroad too: the same list decides."""
    return max(given, Protection.STRICT_ABROAD.level) if given >= Protection.STRICT.level else given


def _named_lists(
    connection: Connection, user_id: UUID, clearance: int, areas: set[int], today: dt.date
) -> set[int]:
    """Lists that name the user, or that are open to everybody of an area with enough clearance."""
    rows = connection.execute(
        select(ScopeMember.scope_id)
        .join(AccessScope, AccessScope.id == ScopeMember.scope_id)
        .where(
            live(ScopeMember, today),
            AccessScope.min_clearance <= clearance,
            or_(ScopeMember.user_id == user_id, ScopeMember.area_scope_id.in_(sorted(areas))),
        )
    )
    return {row.scope_id for row in rows}
