"""Composition root: the only place where all parts meet."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk.domain.catalog import Role
from boligdesk.services.desk import Services
from boligdesk.services.errors import NotAllowed
from boligdesk.storage.location import default_location, parse_location
from boligdesk.storage.opening import FirstUser, OpenedStore, create_store, open_store
from boligdesk.storage.reader import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from boligdesk.storage.keystores import KeyStore
    from boligdesk.storage.location import StoreLocation

#: Whoever makes a store runs it until others are let in.
FOUNDER_ROLES = (Role.LEADER, Role.CASEWORKER, Role.ADMINISTRATOR)


@dataclass(slots=True)
class Desk:
    """An open store with a signed-in user."""

    opened: OpenedStore
    services: Services

    def close(self) -> None:
        self.opened.close()


def location_of(given: str | None, environ: Mapping[str, str] = os.environ) -> StoreLocation:
    """``--database``, else ``BOLIGDESK_DATABASE``, else the file in the user's own data folder."""
    text = given or environ.get("BOLIGDESK_DATABASE") or ""
    return parse_location(text) if text else default_location()


def login_name(environ: Mapping[str, str] = os.environ) -> str:
    """The name the operating system knows the user by; ``BOLIGDESK_USER`` for scripts."""
    given = environ.get("BOLIGDESK_USER")
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this uid (a bare container)
        return "bruker"


def passphrase_file(environ: Mapping[str, str] = os.environ) -> Path | None:
    given = environ.get("BOLIGDESK_PASSPHRASE_FILE")
    return Path(given) if given else None


def passphrase_from(ask: Callable[[], str]) -> Callable[[], str]:
    """The passphrase file when one is named, else ask."""
    path = passphrase_file()
    if path is None:
        return ask
    from boligdesk.storage.keystores import read_passphrase_file

    return lambda: read_passphrase_file(path)


def key_store() -> KeyStore | None:
    """The operating system's key store; None when a passphrase file is used or there is none."""
    if passphrase_file() is not None:
        return None
    from boligdesk.storage.keystores import open_key_store

    return open_key_store()


def create_desk(
    location: StoreLocation,
    *,
    ask: Callable[[], str] | None,
    office: str = "Boligkontoret",
    login: str | None = None,
    name: str | None = None,
) -> tuple[Desk, str]:
    """A new store with the caller as first user, and its recovery key. ``ask`` None = practice file."""
    who = login or login_name()
    opened, recovery = create_store(
        location,
        passphrase=None if ask is None else passphrase_from(ask),
        keystore=None if ask is None else key_store(),
        office=office,
        first=FirstUser(who, name or who, FOUNDER_ROLES),
    )
    return sign_in(opened, who), recovery


def open_desk(
    location: StoreLocation,
    *,
    ask: Callable[[], str],
    login: str | None = None,
    read_only: bool = False,
    upgrade: bool = False,
) -> Desk:
    """Open a store and sign in. Raises NotAllowed when the user is unknown or blocked."""
    opened = open_store(
        location,
        passphrase=passphrase_from(ask),
        keystore=key_store,
        read_only=read_only,
        upgrade=upgrade,
    )
    try:
        return sign_in(opened, login or login_name())
    except NotAllowed:
        opened.close()
        raise


def sign_in(opened: OpenedStore, login: str) -> Desk:
    """The verbs of the store for one user. Raises NotAllowed for somebody the store does not know."""
    user = opened.store.read(SYSTEM, lambda view: view.office.user_by_login(login))
    if user is None or not user.active:
        raise NotAllowed(
            "Du er ikke registrert som bruker her.",
            f"Boligdesk kjenner ikke brukernavnet «{login}», eller det er sperret.",
            todo="Be lederen eller systemansvarlig om å legge deg inn.",
        )
    return Desk(opened, Services(opened.store, user))
