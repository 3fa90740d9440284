"""Users, districts, settings, saved views, birthday rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from boligdesk.domain.access import rights_of
from boligdesk.domain.catalog import Role
from boligdesk.services.records.common import User
from boligdesk.services.records.office import BirthdayRule, SavedViewRow
from boligdesk.storage.policies import live
from boligdesk.storage.tables import (
    AppUser,
    AssignmentRule,
    District,
    ImportMapping,
    OrgUnit,
    RoleGrant,
    SavedView,
    UserSetting,
)

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.storage.reader import Reader


class OfficeQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def user_by_login(self, login: str) -> User | None:
        """The operating system writes the name now with capitals, now without: both are the same person."""
        wanted = login.casefold()
        return next((user for user in self.users() if user.login.casefold() == wanted), None)

    def first_role_on(self, user_id: UUID) -> dt.date | None:
        """The first day of the first role that has not ended for good; None without one."""
        found: dt.date | None = self._reader.scalar(
            select(func.min(RoleGrant.valid_from)).where(
                RoleGrant.user_id == user_id,
                or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > self._reader.today),
            )
        )
        return found

    def users(self) -> tuple[User, ...]:
        """Everybody, in the order of their names; blocked ones too."""
        statement = select(
            AppUser.id, AppUser.login, AppUser.name, AppUser.clearance, AppUser.active, AppUser.row_version
        )
        roles: dict[UUID, list[Role]] = {}
        for grant in self._reader.rows(
            select(RoleGrant.user_id, RoleGrant.role).where(live(RoleGrant, self._reader.today))
        ):
            roles.setdefault(grant.user_id, []).append(Role(grant.role))
        result = []
        for row in self._reader.rows(statement.order_by(AppUser.name, AppUser.id)):
            mine = tuple(sorted(set(roles.get(row.id, []))))
            result.append(
                User(
                    row.id,
                    row.login,
                    row.name,
                    mine,
                    rights_of(mine) if row.active else frozenset(),
                    row.clearance,
                    row.active,
                    row.row_version,
                )
            )
        return tuple(result)

    def unit_name(self) -> str:
        """What the office was called when it was set up; "" when nobody has founded it."""
        return str(self._reader.scalar(select(OrgUnit.name).order_by(OrgUnit.id).limit(1)) or "")

    def districts(self) -> tuple[tuple[UUID, str], ...]:
        """Areas in use, in Norwegian order."""
        rows = self._reader.rows(
            select(District.id, District.name)
            .where(live(District, self._reader.today))
            .order_by(District.sort_name, District.id)
        )
        return tuple((row.id, row.name) for row in rows)

    def setting(self, user_id: UUID, key: str) -> dict[str, Any] | None:
        found = self._reader.scalar(
            select(UserSetting.body).where(UserSetting.user_id == user_id, UserSetting.key == key)
        )
        return found if isinstance(found, dict) else None

    def views(self, user_id: UUID, page: str) -> tuple[SavedViewRow, ...]:
        """Saved views of the page: one's own and those shared by the office."""
        rows = self._reader.rows(
            select(SavedView.id, SavedView.page, SavedView.name, SavedView.body, SavedView.user_id)
            .where(
                SavedView.page == page,
                SavedView.ended_at.is_(None),
                or_(SavedView.user_id.is_(None), SavedView.user_id == user_id),
            )
            .order_by(SavedView.name, SavedView.id)
        )
        return tuple(SavedViewRow(row.id, row.page, row.name, row.body, row.user_id is None) for row in rows)

    def birthday_rules(self) -> tuple[BirthdayRule, ...]:
        rows = self._reader.rows(
            select(AssignmentRule.from_day, AssignmentRule.to_day, AssignmentRule.user_id)
            .where(live(AssignmentRule, self._reader.today))
            .order_by(AssignmentRule.from_day)
        )
        return tuple(BirthdayRule(row.from_day, row.to_day, row.user_id) for row in rows)

    def remembered_mapping(self, kind: str, signature: str) -> dict[str, str] | None:
        """The columns chosen by hand for a list with these headings."""
        found = self._reader.scalar(
            select(ImportMapping.mapping).where(
                ImportMapping.kind == kind, ImportMapping.signature == signature
            )
        )
        return found if isinstance(found, dict) else None
