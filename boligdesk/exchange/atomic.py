"""Write a file whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from boligdesk.services.errors import UserError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_atomically(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Let ``write`` fill a hidden file beside ``path``, then put it in its place.

    Only the owner can read the file, as lists hold personal data. An earlier file of that name is untouched
    until everything is on disk. Raises UserError with what to do.
    """
    _refuse_read_only(path)
    name = ""
    try:
        handle, name = tempfile.mkstemp(prefix=".boligdesk-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105 - the name comes from mkstemp
        name = ""
    except OSError as error:
        raise cannot_write(error) from error
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def _refuse_read_only(path: Path) -> None:
    """Replacing needs no right to the old file itself; a write-protected one is still respected."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise cannot_write(error) from error
    if stat.S_ISDIR(mode):
        raise UserError(
            "Det finnes en mappe med dette navnet.", safe="Ingenting er skrevet.", todo="Velg et annet navn."
        )
    if not mode & stat.S_IWUSR:
        raise UserError(
            "Fila er skrivebeskyttet.",
            safe="Den er ikke endret.",
            todo="Velg et annet navn, eller fjern skrivebeskyttelsen.",
        )


def cannot_write(error: OSError) -> UserError:
    """The sentence for what the system answered."""
    safe = "Ingenting er skrevet, og den gamle fila er som før."
    if error.errno in _FULL:
        return UserError("Disken er full.", safe=safe, todo="Frigjør plass, eller lagre et annet sted.")
    if error.errno == errno.ENOENT:
        return UserError("Mappa finnes ikke.", safe=safe, todo="Velg en annen mappe.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(
            "Fila kan ikke lagres her.",
            "Den er åpen i et annet program, eller du har ikke lov til å skrive i mappa.",
            safe,
            "Lukk fila der den er åpen, eller lagre med et annet navn.",
        )
    return UserError(
        "Fila ble ikke lagret.",
        "Disken eller nettverket svarte ikke.",
        safe,
        "Prøv igjen, eller lagre et annet sted.",
    )
