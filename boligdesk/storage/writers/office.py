"""Saves users, roles, districts, settings, views and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from boligdesk.domain.text import fold, sort_key
from boligdesk.services.errors import InvalidInput, NotFound
from boligdesk.storage.policies import live
from boligdesk.storage.tables import (
    AppUser,
    AssignmentRule,
    District,
    OrgUnit,
    RoleGrant,
    SavedView,
    UserSetting,
)
from boligdesk.storage.writers.scope import area_scope

if TYPE_CHECKING:
    from boligdesk.domain.catalog import Role
    from boligdesk.services.records.office import BirthdayRule
    from boligdesk.storage.writer import Writer

#: Events of the office concern no person; they lie in no readable scope but that of the log's readers.
OFFICE_SCOPE = (0, 0)


class OfficeWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def found_office(self, name: str) -> UUID:
        """The first unit and its common area, made with the store."""
        writer = self._writer
        unit = writer.new_id()
        writer.event("found_office", "office", unit, scope=OFFICE_SCOPE)
        writer.insert(OrgUnit, id=unit, code="boligkontoret", name=name)
        area_scope(writer, unit, None)
        return unit

    def register_user(self, login: str, name: str, roles: tuple[Role, ...], clearance: int) -> UUID:
        """Raises InvalidInput when the login is taken (also by somebody who left)."""
        writer = self._writer
        if any(row.login.casefold() == login.casefold() for row in writer.rows(select(AppUser.login))):
            raise InvalidInput("login", "Det finnes allerede en bruker med dette brukernavnet.")
        user = writer.new_id()
        writer.event("register_user", "user", user, scope=OFFICE_SCOPE)
        writer.insert(AppUser, id=user, login=login, name=name, clearance=clearance, active=True)
        self._grant(user, roles)
        return user

    def change_user(
        self, user_id: UUID, version: int, name: str, roles: tuple[Role, ...], clearance: int, active: bool
    ) -> int:
        """Roles taken away end today; new ones run from today."""
        writer = self._writer
        writer.event("change_user", "user", user_id, scope=OFFICE_SCOPE)
        grants = writer.rows(
            select(RoleGrant.id, RoleGrant.role).where(
                RoleGrant.user_id == user_id, live(RoleGrant, writer.today)
            )
        )
        new_version = writer.change(AppUser, user_id, version, name=name, clearance=clearance, active=active)
        for grant in grants:
            if grant.role not in roles:
                writer.change(RoleGrant, grant.id, None, valid_to=writer.today)
        held = {grant.role for grant in grants}
        self._grant(user_id, tuple(role for role in roles if role not in held))
        if new_version == version and held != set(roles):
            new_version = writer.step(AppUser, user_id, version)
        return new_version

    def _grant(self, user_id: UUID, roles: tuple[Role, ...]) -> None:
        for role in roles:
            self._writer.insert(RoleGrant, user_id=user_id, role=str(role), valid_from=self._writer.today)

    def add_district(self, name: str) -> UUID:
        """The district with this name, made when it is new."""
        writer = self._writer
        code = fold(name).replace(" ", "-")
        found = writer.scalar(select(District.id).where(District.code == code))
        if isinstance(found, UUID):
            return found
        district = writer.new_id()
        outer = writer.pause_event()
        writer.event("add_district", "district", district, scope=OFFICE_SCOPE)
        writer.insert(District, id=district, code=code, name=name, sort_name=sort_key(name))
        area_scope(writer, writer.office_unit, district)
        vars(writer).pop("district_names", None)  # read again, with this one
        writer.resume_event(outer)
        return district

    def save_setting(self, user_id: UUID, key: str, body: dict[str, Any]) -> None:
        """Screen settings are nobody's history: kept as they are, without an event."""
        writer = self._writer
        row = writer.first(
            select(UserSetting.id, UserSetting.row_version).where(
                UserSetting.user_id == user_id, UserSetting.key == key
            )
        )
        if row is None:
            writer.put_envelope(UserSetting, user_id=user_id, key=key, body=body)
        else:
            writer.change_quietly(UserSetting, row.id, row.row_version, body=body)

    def save_view(self, user_id: UUID | None, page: str, name: str, body: dict[str, Any]) -> UUID:
        """A view with the same name on the same page is replaced."""
        writer = self._writer
        owner = SavedView.user_id.is_(None) if user_id is None else SavedView.user_id == user_id
        row = writer.first(
            select(SavedView.id, SavedView.row_version).where(
                owner, SavedView.page == page, SavedView.name == name, SavedView.ended_at.is_(None)
            )
        )
        view = writer.new_id() if row is None else row.id
        writer.event("save_view", "view", view, scope=OFFICE_SCOPE)
        if row is None:
            writer.insert(SavedView, id=view, user_id=user_id, page=page, name=name, body=body)
        else:
            writer.change(SavedView, view, row.row_version, body=body)
        return view

    def drop_view(self, view_id: UUID) -> None:
        """One's own, or one of the office's. Raises NotFound for anything else."""
        mine = or_(SavedView.user_id.is_(None), SavedView.user_id == self._writer.viewer.user_id)
        if (
            self._writer.first(
                select(SavedView.id).where(SavedView.id == view_id, SavedView.ended_at.is_(None), mine)
            )
            is None
        ):
            raise NotFound
        self._writer.event("drop_view", "view", view_id, scope=OFFICE_SCOPE)
        self._writer.change(SavedView, view_id, None, ended_at=self._writer.now)

    def exported(self, what: str) -> None:
        """A list was taken out to a file: who, when and which."""
        self._writer.read_entry("eksport", reason=what)

    def save_birthday_rules(self, rules: tuple[BirthdayRule, ...]) -> None:
        """The whole set from today; the old set ends."""
        writer = self._writer
        writer.event("save_birthday_rules", "office", writer.office_unit, scope=OFFICE_SCOPE)
        for row in writer.rows(select(AssignmentRule.id).where(live(AssignmentRule, writer.today))):
            writer.change(AssignmentRule, row.id, None, valid_to=writer.today)
        for rule in rules:
            writer.insert(
                AssignmentRule,
                kind="fodselsdag",
                from_day=rule.from_day,
                to_day=rule.to_day,
                user_id=rule.user_id,
                valid_from=writer.today,
            )
