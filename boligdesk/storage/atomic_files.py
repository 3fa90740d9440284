"""Small files written whole or not at all."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, BinaryIO

from boligdesk.storage.driver_errors import from_os_error

if TYPE_CHECKING:
    from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` with ``content``, readable by the owner only. StoreUnavailable when the disk refuses."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.uferdig")
    try:
        with open_new(temporary) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        discard(temporary)
        raise from_os_error(error) from None


def open_new(path: Path) -> BinaryIO:
    """Create ``path`` for writing bytes, owner only; fails when it exists."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def sync_file(path: Path) -> None:
    """Force a finished file to the disk."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Force a rename to the disk. Windows has no such call; its renames are journalled."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Remove a half-made file if it is there; what cannot be removed is left."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
