"""Opening the store for one command."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from boligdesk.cli import prompts
from boligdesk.services.errors import StoreUnavailable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from boligdesk.app import Desk
    from boligdesk.storage.keys import DataKey
    from boligdesk.storage.location import StoreLocation


def location_of(options: argparse.Namespace) -> StoreLocation:
    """``--database``, else BOLIGDESK_DATABASE, else the server the window remembers, else the person's own file."""
    from boligdesk.app import remembered_place
    from boligdesk.storage.location import default_location, parse_location

    text = options.database or os.environ.get("BOLIGDESK_DATABASE") or remembered_place()
    return parse_location(text) if text else default_location()


def existing(location: StoreLocation) -> StoreLocation:
    """The same location; StoreUnavailable when there is no file."""
    if location.path is not None and not location.path.exists():
        raise no_store(location)
    return location


def no_store(location: StoreLocation) -> StoreUnavailable:
    return StoreUnavailable(
        "Fant ingen database.",
        f"Boligdesk så etter {location.display}.",
        todo="Lag en med «boligdesk database create», eller velg en annen med «--database».",
    )


@contextmanager
def reading(options: argparse.Namespace) -> Iterator[Desk]:
    """A desk that only reads: works while the window has the file."""
    with _desk(options, read_only=True) as desk:
        yield desk


@contextmanager
def writing(options: argparse.Namespace) -> Iterator[Desk]:
    """A desk that may write. FileInUse while the window has the file."""
    with _desk(options, read_only=False) as desk:
        yield desk


@contextmanager
def _desk(options: argparse.Namespace, *, read_only: bool) -> Iterator[Desk]:
    from boligdesk.app import key_store, login_name, passphrase_from, practice_login, sign_in
    from boligdesk.storage.opening import open_store

    opened = open_store(
        existing(location_of(options)),
        passphrase=passphrase_from(prompts.passphrase),
        keystore=key_store,
        read_only=read_only,
    )
    try:
        named = options.user or os.environ.get("BOLIGDESK_USER")
        yield sign_in(opened, named or practice_login(opened) or login_name())
    finally:
        opened.close()


def data_key_of(path: Path, prompt: str = "Passordsetning: ") -> DataKey:
    """The key of a database file or a copy of it: out of the key file beside it, with the passphrase."""
    from boligdesk.app import key_store, passphrase_from
    from boligdesk.storage import keys

    if keys.load(keys.key_path(path)).practice:
        return keys.unlock_practice(path)
    ask = passphrase_from(lambda: prompts.passphrase(prompt))
    return keys.unlock(path, ask(), key_store())
