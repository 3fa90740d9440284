"""Makes the practice office: ``python -m boligdesk.dev seed FILE``."""

from __future__ import annotations

import random
from pathlib import Path

from boligdesk.storage import schema
from boligdesk.storage.engine import open_sqlite
from boligdesk.storage.filelock import FileLock
from boligdesk.storage.keys import create_practice_keys
from boligdesk.storage.types import Uuid7Source


def build_practice(path: Path) -> None:
    """A new practice file at ``path``. Everything but the file's own keys is the same every time."""
    from boligdesk.dev.practice.clock import SteppingClock
    from boligdesk.dev.practice.office import build
    from boligdesk.dev.practice.one_transaction import OneTransaction

    path.parent.mkdir(parents=True, exist_ok=True)
    clock = SteppingClock()
    ids = Uuid7Source(lambda: int(clock().timestamp() * 1000), random.Random(24).getrandbits)
    with FileLock(path):
        engine = open_sqlite(path, create_practice_keys(path), create=True)
        try:
            schema.create(engine)
            store = OneTransaction(engine, clock, ids)
            with store.at_once():
                build(store, clock)
        finally:
            engine.dispose()


def main(argv: list[str]) -> int:
    """``seed FILE``: exit 0 when made, 2 for wrong use."""
    if len(argv) != 1:
        print("Bruk: python -m boligdesk.dev seed FIL")
        return 2
    build_practice(Path(argv[0]))
    print(f"Øvelseskontoret ligger i {argv[0]}")
    return 0
