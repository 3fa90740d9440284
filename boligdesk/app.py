"""Composition root: the only place where all parts meet.

The store and its drivers are imported when used: the window paints its first frame before them.
"""

from __future__ import annotations

import getpass
import importlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk.exchange.desk_files import ListFiles
from boligdesk.services.errors import InvalidInput, NotAllowed, OlderStore
from boligdesk.storage.care import StoreCare
from boligdesk.storage.location import COPIES, default_folder, default_location, parse_location

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from boligdesk.domain.catalog import Role
    from boligdesk.services.desk import Services
    from boligdesk.storage.keystores import KeyStore
    from boligdesk.storage.location import StoreLocation
    from boligdesk.storage.opening import OpenedStore
    from boligdesk.ui.first_run.opener import Found, OpenDesk
    from boligdesk.ui.main_window import MainWindow


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
    except (KeyError, OSError, ImportError):  # no name for this uid (a bare container)
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


def founder_roles() -> tuple[Role, ...]:
    """Whoever makes a store runs it until others are let in."""
    from boligdesk.domain.catalog import Role

    return (Role.LEADER, Role.CASEWORKER, Role.ADMINISTRATOR)


def create_desk(
    location: StoreLocation,
    *,
    ask: Callable[[], str] | None,
    office: str = "Boligkontoret",
    login: str | None = None,
    name: str | None = None,
) -> tuple[Desk, str]:
    """A new store with the caller as first user, and its recovery key. ``ask`` None = practice file."""
    from boligdesk.storage.opening import FirstUser, create_store

    who = login or login_name()
    opened, recovery = create_store(
        location,
        passphrase=None if ask is None else passphrase_from(ask),
        keystore=None if ask is None else key_store(),
        office=office,
        first=FirstUser(who, name or who, founder_roles()),
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
    from boligdesk.storage.opening import open_store

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
    from boligdesk.documents.room import PaperRoom
    from boligdesk.services.desk import Services
    from boligdesk.storage.reader import SYSTEM

    opened.prepare()
    user = opened.store.read(SYSTEM, lambda view: view.office.user_by_login(login))
    if user is None or not user.active:
        raise NotAllowed(
            "Du er ikke registrert som bruker her.",
            f"Boligdesk kjenner ikke brukernavnet «{login}», eller det er sperret.",
            todo="Be lederen eller systemansvarlig om å legge deg inn.",
        )
    services = Services(opened.store, user, PaperRoom())
    services.session.require_a_role_today()
    return Desk(opened, services)


#: How the window looked last time; outside the store, so that the first frame is right. Nothing personal.
LOOKS = "vindu.json"
#: The address of the server that was used last, beside the user's own data. Never one with a password in it.
REMEMBERED = "sted.txt"


class StoreOpener:
    """What the window opens stores with (``ui.first_run.opener.Opener``).

    ``make_practice`` writes a practice file; ``practice_clock`` makes the clock of practice files (their own day).
    """

    def __init__(
        self,
        make_practice: Callable[[Path], None] | None = None,
        practice_clock: Callable[[], Callable[[], dt.datetime]] | None = None,
    ) -> None:
        self._make_practice = make_practice
        self._practice_clock = practice_clock

    @property
    def login(self) -> str:
        return login_name()

    @property
    def can_practice(self) -> bool:
        return self._make_practice is not None

    def find(self, where: str) -> Found:
        from boligdesk.ui.first_run.opener import Found

        location = location_of(where or remembered_place())
        if location.kind == "postgresql":
            return self._find_server(location)
        from boligdesk.storage.key_file import key_path, load

        path = location.file
        given = str(path)
        if not path.exists() and not key_path(path).exists():
            return Found(given, str(path), "missing")
        is_free = load(key_path(path)).practice or passphrase_file() is not None
        if not is_free:
            threading.Thread(target=_warm_up, name="boligdesk-warm-up", daemon=True).start()
        return Found(given, str(path), "open" if is_free else "locked")

    def _find_server(self, location: StoreLocation) -> Found:
        from boligdesk.storage import schema
        from boligdesk.storage.engine import open_postgres
        from boligdesk.ui.first_run.opener import Found

        engine = open_postgres(location.url or "")
        try:
            is_new = schema.current(engine) is None
        finally:
            engine.dispose()
        return Found(location.url or "", location.display, "missing" if is_new else "open", is_server=True)

    def create(self, where: str, passphrase: str, name: str) -> tuple[OpenDesk, str]:
        desk, recovery = create_desk(parse_location(where), ask=lambda: passphrase, name=name)
        return open_for_window(desk), recovery

    def open(self, where: str, passphrase: str) -> OpenDesk:
        from boligdesk.storage.opening import open_store

        opened = open_store(
            parse_location(where), passphrase=passphrase_from(lambda: passphrase), keystore=key_store
        )
        if opened.is_practice and self._practice_clock is not None:
            opened.store.clock = self._practice_clock()
        try:
            return open_for_window(sign_in(opened, practice_login(opened) or login_name()))
        except NotAllowed:
            opened.close()
            raise

    def upgrade(self, where: str, passphrase: str) -> str:
        from boligdesk.storage import keys, upgrading
        from boligdesk.storage.key_file import key_path, load

        location = parse_location(where)
        if location.kind == "postgresql":
            upgrading.upgrade_server(location)
            return ""
        path = location.file
        if load(key_path(path)).practice:
            data_key = keys.unlock_practice(path)
        else:
            data_key = keys.unlock(path, passphrase_from(lambda: passphrase)(), key_store())
        copy = upgrading.upgrade_file(location, data_key, path.parent / COPIES).copy
        return str(copy) if copy else ""

    def recover(self, where: str, recovery_key: str, passphrase: str) -> OpenDesk:
        from boligdesk.storage import keys

        path = parse_location(where).file
        data_key = keys.unlock_with_recovery(path, recovery_key)
        keys.add_passphrase(path, data_key, passphrase, key_store())
        return self.open(where, passphrase)

    def check(self, where: str, passphrase: str) -> None:
        from boligdesk.storage import keys

        keys.unlock(parse_location(where).file, passphrase, key_store())

    def practice(self) -> OpenDesk:
        if self._make_practice is None:
            raise InvalidInput("database", "Dette programmet har ikke noe øvelseskontor.")
        path = default_folder() / "ovelse" / "ovelse.db"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._make_practice(path)
        try:
            return self.open(str(path), "")
        except OlderStore:  # made by an earlier program, and nobody's case: no question
            self.upgrade(str(path), "")
            return self.open(str(path), "")

    def remember(self, where: str) -> bool:
        if has_password(where):
            return False
        default_folder().mkdir(parents=True, exist_ok=True)
        (default_folder() / REMEMBERED).write_text(where, encoding="utf-8")
        return True


def _warm_up() -> None:
    """Import what opening takes, while the passphrase is typed."""
    importlib.import_module("boligdesk.storage.opening")
    importlib.import_module("boligdesk.storage.queries.tasks")


def remembered_place() -> str:
    """The server that was chosen at the first start; empty = the file on this machine."""
    try:
        return (default_folder() / REMEMBERED).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def has_password(address: str) -> bool:
    """Whether an address holds a secret that must not be written down in clear."""
    from urllib.parse import parse_qs, urlsplit

    parts = urlsplit(address)
    return bool(parts.password) or "password" in parse_qs(parts.query)


def practice_login(opened: OpenedStore) -> str:
    """In the practice office everybody is its first leader; empty for a real one."""
    if not opened.is_practice:
        return ""
    from boligdesk.domain.catalog import Role
    from boligdesk.storage.reader import SYSTEM

    users = [user for user in opened.store.read(SYSTEM, lambda view: view.office.users()) if user.active]
    leaders = [user for user in users if Role.LEADER in user.roles]
    cleared = sorted(leaders or users, key=lambda user: (-len(user.rights), user.name))
    return cleared[0].login if cleared else ""


class DeskFiles(ListFiles, StoreCare):
    """What the window asks for files by (``ui.files.Files``)."""


def open_for_window(desk: Desk) -> OpenDesk:
    """A desk as the window holds it."""
    from boligdesk.storage.store import OSLO
    from boligdesk.ui.first_run.opener import OpenDesk

    opened = desk.opened
    store = opened.store
    is_server = opened.location.kind == "postgresql"
    has_passphrase = not is_server and not opened.is_practice and passphrase_file() is None
    return OpenDesk(
        desk.services,
        opened.location.display,
        lambda: store.clock().astimezone(OSLO),
        desk.close,
        DeskFiles(opened),
        opened.is_practice,
        is_server,
        has_passphrase,
        opened.warning,
        _renewing(opened),
    )


def _renewing(opened: OpenedStore) -> Callable[[], str] | None:
    """How a new recovery key is made for the store; None where it has none."""
    data_key = opened.data_key
    if opened.is_practice or data_key is None:
        return None

    def renew() -> str:
        from boligdesk.storage import keys

        return keys.renew_recovery(opened.location.file, data_key)

    return renew


def run_window(
    location_text: str | None = None,
    make_practice: Callable[[Path], None] | None = None,
    practice_clock: Callable[[], Callable[[], dt.datetime]] | None = None,
    then: Callable[[MainWindow], object] | None = None,
) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    from boligdesk.ui.start import open_window

    # a journey has a size of its own, and leaves nothing behind on the machine
    remembered = default_folder() / LOOKS if then is None else None
    return open_window(lambda: StoreOpener(make_practice, practice_clock), location_text, then, remembered)
