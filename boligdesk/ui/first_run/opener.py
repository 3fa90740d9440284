"""What the window asks of the program around it: to find, make and open a store. ``boligdesk.app`` fulfils it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.services.desk import Services
    from boligdesk.ui.files import Files


@dataclass(frozen=True, slots=True)
class Found:
    """What lies at a location. ``where`` is given back to the opener; ``display`` may be shown.

    ``missing``: nothing there yet. ``locked``: needs a passphrase. ``open``: can be opened without asking.
    """

    where: str
    display: str
    state: Literal["missing", "locked", "open"]
    is_server: bool = False


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """An open store with a signed-in user, as the window holds it."""

    services: Services
    where: str
    now: Callable[[], dt.datetime]
    """The clock of the office, in Norwegian time; the practice office has its own day."""
    close: Callable[[], None]
    files: Files
    """Lists in and out, and copies of the store."""
    is_practice: bool = False
    is_server: bool = False
    has_passphrase: bool = False
    warning: str = ""
    """Plain words about a weaker protection, or empty."""
    renew_recovery: Callable[[], str] | None = None
    """Makes a new recovery key, to be shown once; the one before stops working. None = the store has none."""


class Opener(Protocol):
    """Every method may take a second (key derivation, network): call it off the window's thread.

    All raise UserError; NotAllowed when the store does not know the user.
    """

    @property
    def login(self) -> str:
        """The name the operating system knows the user by."""
        ...

    @property
    def can_practice(self) -> bool:
        """Whether this program can make a practice office."""
        ...

    def find(self, where: str) -> Found:
        """What lies at a location; empty = where the office's data were last time, else this machine."""
        ...

    def create(self, where: str, passphrase: str, name: str) -> tuple[OpenDesk, str]:
        """A new store with the caller as founder, and its recovery key (empty on a server)."""
        ...

    def open(self, where: str, passphrase: str) -> OpenDesk:
        """OlderStore when the database must be upgraded first."""
        ...

    def upgrade(self, where: str, passphrase: str) -> str:
        """Bring an older store to this program's age; returns where its copy lies (empty on a server)."""
        ...

    def recover(self, where: str, recovery_key: str, passphrase: str) -> OpenDesk:
        """Open with the recovery key and give the caller a new passphrase."""
        ...

    def check(self, where: str, passphrase: str) -> None:
        """InvalidInput unless this is the passphrase: the lock of the window."""
        ...

    def practice(self) -> OpenDesk:
        """The practice office, made if it is not there."""
        ...

    def remember(self, where: str) -> bool:
        """Open this one next time. False when it must not be written down (an address with a password)."""
        ...
