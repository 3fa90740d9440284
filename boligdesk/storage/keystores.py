"""The operating system's key store (Windows Credential Manager, macOS Keychain, Secret Service).

Where there is none (a server, a practice office, a script) ``open_key_store`` gives None and the key
file is wrapped by the passphrase alone, marked so.
"""

from __future__ import annotations

import base64
import binascii
import sys
from typing import TYPE_CHECKING, Any, Protocol

from boligdesk.services.errors import InvalidInput, StoreUnavailable
from boligdesk.storage.driver_errors import from_os_error

if TYPE_CHECKING:
    from pathlib import Path

_SERVICE = "Boligdesk"
_STORES_NOTHING = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
_MAX_PASSPHRASE_BYTES = 4096


class KeyStore(Protocol):
    """A few secret bytes per name, kept for the person who is logged in to the machine."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, secret: bytes) -> None: ...
    def delete(self, name: str) -> None: ...


class SystemKeyStore:
    """The key store of the operating system, through ``keyring``. Errors: StoreUnavailable."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def get(self, name: str) -> bytes | None:
        from keyring.errors import KeyringError

        try:
            text = self._backend.get_password(_SERVICE, name)
        except KeyringError:
            raise _no_answer() from None
        try:
            return None if text is None else base64.b64decode(text, validate=True)
        except binascii.Error:
            return None

    def put(self, name: str, secret: bytes) -> None:
        from keyring.errors import KeyringError

        try:
            self._backend.set_password(_SERVICE, name, base64.b64encode(secret).decode("ascii"))
        except KeyringError:
            raise _no_answer() from None

    def delete(self, name: str) -> None:
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            self._backend.delete_password(_SERVICE, name)
        except PasswordDeleteError:
            return  # was not there
        except KeyringError:
            raise _no_answer() from None


def open_key_store() -> KeyStore | None:
    """The machine's key store, or None when it has none that keeps secrets."""
    import keyring

    backend = keyring.get_keyring()
    parts = getattr(backend, "backends", [backend])  # the chainer holds several
    usable = [part for part in parts if not type(part).__module__.startswith(_STORES_NOTHING)]
    if not usable:
        return None
    if sys.platform == "win32":
        # the default roams with the profile to other machines
        usable[0].persist = "local machine"
    return SystemKeyStore(usable[0])


def read_passphrase_file(path: Path) -> str:
    """The passphrase in a text file (``BOLIGDESK_PASSPHRASE_FILE``): UTF-8, the last line break left out."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MAX_PASSPHRASE_BYTES + 1)
    except OSError as error:
        refused = from_os_error(error)
        refused.title = "Får ikke lest filen med passordsetningen."
        raise refused from None
    try:
        text = raw.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        text = ""
    if not text or len(raw) > _MAX_PASSPHRASE_BYTES:
        raise InvalidInput(
            "passphrase_file",
            "Filen med passordsetningen kan ikke brukes.",
            "Den er tom, for stor eller ikke lagret som UTF-8.",
            "Lagre passordsetningen på én linje i en tekstfil.",
        )
    return text


def _no_answer() -> StoreUnavailable:
    return StoreUnavailable(
        "Nøkkellageret på maskinen svarer ikke.",
        "Windows eller et annet system for passord lot ikke Boligdesk lese eller lagre nøkkelen.",
        "Ingenting er endret.",
        "Logg inn på maskinen på nytt og prøv igjen. Du kan også bruke gjenopprettingsnøkkelen.",
    )
