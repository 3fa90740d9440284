"""A bug, told to a person as one line, and to the people who mend it as a log without personal data."""

from __future__ import annotations

import datetime as dt
import os
import sys
import traceback
from pathlib import Path

from boligdesk import __version__
from boligdesk.services.errors import UserError

_LARGEST_LOG = 1_000_000


class Failure(UserError):
    """Something that nobody foresaw. ``number`` is also in the log."""

    code = "internal"

    def __init__(self, number: str, log: Path | None) -> None:
        super().__init__(
            "Noe gikk galt i Boligdesk.",
            f"Feilen har nummer {number}.",
            "Alt som var lagret, er der.",
            f"Gi nummeret til IT-støtte. Mer står i {log}." if log else "Gi nummeret til IT-støtte.",
        )
        self.number = number


def failure(error: BaseException) -> Failure:
    """Write down where it happened and give it a number. Never raises."""
    import secrets

    number = secrets.token_hex(4).upper()
    return Failure(number, _write(number, error))


def log_file() -> Path:
    """Where the command line notes its bugs. RuntimeError when the person has no home folder."""
    from boligdesk.storage.location import default_folder

    return default_folder() / "logg" / "kommandolinje.log"


def described(number: str, error: BaseException) -> str:
    """Kinds and places only: the texts of errors hold what people typed."""
    now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    python = ".".join(map(str, sys.version_info[:3]))
    lines = [f"{now} feil {number} Boligdesk {__version__} Python {python} {sys.platform}"]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"  {type(current).__module__}.{type(current).__qualname__}")
        lines += [
            f"    {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or current.__context__
    return "\n".join(lines) + "\n"


def _place(file_name: str) -> str:
    """The file without the folders above the program, which may name a person."""
    parts = Path(file_name).parts
    for root in ("boligdesk", "site-packages"):
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last:])
    return parts[-1] if parts else ""


def _write(number: str, error: BaseException) -> Path | None:
    try:
        path = log_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_name(path.name + ".gammel"))
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as stream:
            stream.write(described(number, error))
    except (OSError, RuntimeError):  # no disk, no home: the number alone must do
        return None
    return path
