"""Kills a writing program at random and looks for saves that were confirmed and are gone.

``run(kills=100)``: each round starts a program that saves one transaction after the other (two rows
that must agree) in one encrypted file and says each save aloud when it is confirmed. It is killed -9 at a random moment;
then the file must open, be whole, and hold every row that was said.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from boligdesk.storage.backup import check
from boligdesk.storage.engine import open_sqlite, reading
from boligdesk.storage.keys import DataKey, create_practice_keys, unlock_practice

_LONGEST_S = 0.25


@dataclass(frozen=True, slots=True)
class FaultsResult:
    """Counts over all rounds. ``lost``, ``torn`` and ``corrupt`` must be 0."""

    kills: int
    confirmed: int
    lost: int
    torn: int
    corrupt: int

    @property
    def ok(self) -> bool:
        return self.confirmed > 0 and not (self.lost or self.torn or self.corrupt)

    def line(self) -> str:
        return (
            f"{self.kills} kills, {self.confirmed} confirmed saves: "
            f"{self.lost} lost, {self.torn} torn, {self.corrupt} corrupt"
        )


def run(kills: int = 100, seed: int = 1, folder: Path | None = None) -> FaultsResult:
    """The whole trial in a folder of its own (a temporary one when none is given)."""
    moments = random.Random(seed)
    with contextlib.ExitStack() as stack:
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = place / "kill.db"
        data_key = create_practice_keys(database)
        _make(database, data_key)
        confirmed = lost = torn = corrupt = 0
        for _ in range(kills):
            last = _one_round(database, moments.random() * _LONGEST_S)
            confirmed = max(confirmed, last)
            problems = check(database, data_key).problems
            rows, pairs = _count(database, data_key)
            corrupt += bool(problems)
            lost += max(0, confirmed - rows)
            torn += rows != pairs
        return FaultsResult(kills, confirmed, lost, torn, corrupt)


def _make(database: Path, data_key: DataKey) -> None:
    engine = open_sqlite(database, data_key, create=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE saved (n INTEGER PRIMARY KEY, body TEXT NOT NULL)"))
        connection.execute(text("CREATE TABLE logged (n INTEGER PRIMARY KEY REFERENCES saved)"))
    engine.dispose()


def _one_round(database: Path, delay: float) -> int:
    """Start, kill ``delay`` seconds after the first confirmed save, give the last confirmed number."""
    command = [sys.executable, "-m", "boligdesk.dev.faults_store", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None  # noqa: S101 - told to mypy: stdout=PIPE
        said = [writer.stdout.readline()]
        listener = threading.Thread(target=lambda out=writer.stdout: said.extend(out))
        listener.start()
        time.sleep(delay)
        writer.kill()
        writer.wait()
        listener.join()
    whole = [line for line in said if line.endswith(b"\n")]
    if not whole:
        raise RuntimeError("the writing program did not start")
    return int(whole[-1])


def _count(database: Path, data_key: DataKey) -> tuple[int, int]:
    engine = open_sqlite(database, data_key)
    try:
        with reading(engine).connect() as connection:
            rows = int(
                connection.scalar(text("SELECT coalesce(max(n), 0) FROM saved WHERE length(body) = 300")) or 0
            )
            pairs = int(connection.scalar(text("SELECT count(*) FROM saved JOIN logged USING (n)")) or 0)
            return rows, pairs
    finally:
        engine.dispose()


def _write_for_ever(database: Path) -> None:
    engine = open_sqlite(database, unlock_practice(database))
    with closing(os.fdopen(os.dup(1), "wb", buffering=0)) as out, engine.connect() as connection:
        n = int(connection.scalar(text("SELECT coalesce(max(n), 0) FROM saved")) or 0)
        connection.rollback()
        while True:
            n += 1
            with connection.begin():
                connection.execute(text("INSERT INTO saved VALUES (:n, :body)"), {"n": n, "body": "x" * 300})
                connection.execute(text("INSERT INTO logged VALUES (:n)"), {"n": n})
            out.write(f"{n}\n".encode("ascii"))


if __name__ == "__main__":
    _write_for_ever(Path(sys.argv[1]))
