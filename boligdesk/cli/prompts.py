"""Questions to the person at the keyboard. A script is never left waiting for an answer."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from boligdesk.services.errors import InvalidInput, UserError

if TYPE_CHECKING:
    from collections.abc import Callable

_TRIES = 3


def is_interactive() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin is not None and sys.stdin.isatty() and _is_console(sys.stdin.fileno())


def _is_console(descriptor: int) -> bool:
    """Windows calls the empty device (NUL) a terminal too, and getpass would wait at it for ever."""
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        handle, mode = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor)), ctypes.c_ulong()
        return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))
    return True


def passphrase(prompt: str = "Passordsetning: ") -> str:
    """The passphrase, without showing it. UserError when there is nobody to ask."""
    if not is_interactive():
        raise InvalidInput(
            "passphrase",
            "Boligdesk trenger passordsetningen.",
            "Det er ingen å spørre, fordi kommandoen ikke kjører i et vindu der noen kan skrive.",
            "La BOLIGDESK_PASSPHRASE_FILE peke på en fil med passordsetningen.",
        )
    return _asked(lambda: getpass.getpass(prompt))


def new_passphrase() -> str:
    """A new passphrase, twice the same. InvalidInput when it is too weak, or different three times."""
    from boligdesk.storage.keys import check_passphrase

    for _attempt in range(_TRIES):
        first = passphrase("Velg en passordsetning: ")
        check_passphrase(first)
        if passphrase("Skriv den en gang til: ") == first:
            return first
        tell("De to var ikke like.")
    raise InvalidInput(
        "passphrase", "Passordsetningen ble ikke skrevet likt to ganger.", "Ingenting er laget."
    )


def line(prompt: str) -> str:
    """One line that may be shown while it is written."""
    tell(prompt, end="")
    return _asked(input)


def tell(text: str, end: str = "\n") -> None:
    """Something to read before the answer comes; stdout is kept for the answer."""
    print(text, end=end, file=sys.stderr, flush=True)


def _asked(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except EOFError:
        raise UserError("Avbrutt.", safe="Ingenting er endret.") from None
