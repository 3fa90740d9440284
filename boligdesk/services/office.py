"""Users, districts, settings, saved views and rules of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Role
from boligdesk.domain.text import clean
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput, NotFound
from boligdesk.services.records.common import Saved, User

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.office import BirthdayRule, SavedViewRow
    from boligdesk.services.session import Session

_OFFICE = Changes(frozenset({Kind.OFFICE}))
_LAST_DAY = 31


class Office:
    def __init__(self, session: Session) -> None:
        self._session = session

    def me(self) -> User:
        return self._session.user

    def users(self) -> tuple[User, ...]:
        return self._session.read(lambda view: view.office.users())

    def register_user(self, login: str, name: str, roles: tuple[Role, ...], clearance: int) -> Saved:
        """A user with at least one role. ``login`` is the Windows user name."""
        login, name = checked_user(login, name, roles, clearance)
        self._within_own(clearance, 0)
        user_id = self._session.write(
            Right.MANAGE_USERS, lambda work: work.write_office.register_user(login, name, roles, clearance)
        )
        return Saved(user_id, 1, _OFFICE)

    def change_user(
        self, user_id: UUID, version: int, name: str, roles: tuple[Role, ...], clearance: int, active: bool
    ) -> Saved:
        """Raises InvalidInput when nobody who may manage users would be left."""
        users = {user.id: user for user in self.users()}
        if user_id not in users:
            raise NotFound
        _login, name = checked_user(users[user_id].login, name, roles, clearance)
        self._within_own(clearance, users[user_id].clearance)
        others = [user for user in users.values() if user.id != user_id and Right.MANAGE_USERS in user.rights]
        keeps = active and {Role.ADMINISTRATOR, Role.LEADER} & set(roles)
        if not others and not keeps:
            raise InvalidInput(
                "roles",
                "Minst én må kunne styre brukere.",
                "Dette er den siste brukeren som kan det.",
                "Gi rollen til en annen først.",
            )
        new_version = self._session.write(
            Right.MANAGE_USERS,
            lambda work: work.write_office.change_user(user_id, version, name, roles, clearance, active),
        )
        return Saved(user_id, new_version, _OFFICE)

    def _within_own(self, clearance: int, before: int) -> None:
        """Nobody opens restricted files, for oneself or others, beyond what one may see oneself."""
        if clearance > max(before, self._session.user.clearance):
            raise InvalidInput(
                "clearance",
                "Du kan ikke gi mer tilgang til skjermede saker enn du selv har.",
                todo="Be en leder som har tilgangen, om å gi den.",
            )

    def unit_name(self) -> str:
        """What the office was called when it was set up: proposed for the letterhead."""
        return self._session.read(lambda view: view.office.unit_name())

    def districts(self) -> tuple[tuple[UUID, str], ...]:
        return self._session.read(lambda view: view.office.districts())

    def add_district(self, name: str) -> UUID:
        name = clean(name)
        if not name:
            raise InvalidInput("name", "Skriv navnet på området.")
        return self._session.write(Right.WRITE_DWELLINGS, lambda work: work.write_office.add_district(name))

    def setting(self, key: str) -> dict[str, Any] | None:
        """One of my screen settings (column widths, theme); None = never set."""
        return self._session.read(lambda view: view.office.setting(self._session.user.id, key))

    def save_setting(self, key: str, body: dict[str, Any]) -> None:
        user_id = self._session.user.id
        self._session.store.write(user_id, lambda work: work.write_office.save_setting(user_id, key, body))

    def views(self, page: str) -> tuple[SavedViewRow, ...]:
        return self._session.read(lambda view: view.office.views(self._session.user.id, page))

    def save_view(self, page: str, name: str, body: dict[str, Any], shared: bool = False) -> UUID:
        name = clean(name)
        if not name:
            raise InvalidInput("name", "Gi visningen et navn.")
        owner = None if shared else self._session.user.id
        return self._session.store.write(
            self._session.user.id, lambda work: work.write_office.save_view(owner, page, name, body)
        )

    def drop_view(self, view_id: UUID) -> None:
        self._session.store.write(self._session.user.id, lambda work: work.write_office.drop_view(view_id))

    def birthday_rules(self) -> tuple[BirthdayRule, ...]:
        return self._session.read(lambda view: view.office.birthday_rules())

    def save_birthday_rules(self, rules: tuple[BirthdayRule, ...]) -> None:
        """Raises InvalidInput when two rules take the same day, or a day does not exist."""
        seen: set[int] = set()
        for rule in rules:
            days = set(range(rule.from_day, rule.to_day + 1))
            if not days or min(days) < 1 or max(days) > _LAST_DAY:
                raise InvalidInput("rules", "Dagene må være fra 1 til 31, og fra-dagen først.")
            if days & seen:
                raise InvalidInput("rules", f"Dag {min(days & seen)} står i to regler.")
            seen |= days
        self._session.write(Right.MANAGE_USERS, lambda work: work.write_office.save_birthday_rules(rules))


def checked_user(login: str, name: str, roles: tuple[Role, ...], clearance: int) -> tuple[str, str]:
    """Cleaned login and name. Raises InvalidInput for empty ones, no role, or an unknown clearance."""
    login, name = clean(login), clean(name)
    if not login:
        raise InvalidInput("login", "Skriv brukernavnet som brukes til å logge på Windows.")
    if not name:
        raise InvalidInput("name", "Skriv navnet.")
    if not roles:
        raise InvalidInput("roles", "Velg minst én rolle.")
    if clearance not in {0, 1, 2}:
        raise InvalidInput(
            "clearance", "Tilgang til skjermede saker må være ingen, fortrolig eller strengt fortrolig."
        )
    return login, name
