from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage.filelock import FileInUse, FileLock, lock_path

HOLD = """
import sys, pathlib
from boligdesk.storage.filelock import FileLock
lock = FileLock(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path):
    return tmp_path / "kontor.db"


@pytest.fixture
def holder(database):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()
    process.stdin.close()


def test_that_a_second_program_is_refused_and_told_since_when(database, holder):
    with pytest.raises(FileInUse, match="åpen i et annet Boligdesk") as caught:
        FileLock(database)
    assert caught.value.since is not None
    assert f"{caught.value.since.astimezone():%d.%m.%Y}" in caught.value.line()


def test_that_a_killed_program_lets_go(database, holder):
    os.kill(holder.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    holder.wait()
    FileLock(database).release()


def test_that_the_lock_can_be_taken_again_after_release(database):
    with FileLock(database), pytest.raises(FileInUse):
        FileLock(database)
    again = FileLock(database)
    again.release()
    again.release()
    FileLock(database).release()


def test_that_the_side_file_holds_no_name_of_a_person(database):
    with FileLock(database, clock=lambda: datetime(2026, 3, 12, 8, tzinfo=UTC)):
        written = lock_path(database).read_text(encoding="ascii")
    assert written == f'{{"pid": {os.getpid()}, "since": "2026-03-12T08:00:00+00:00"}}'
    assert lock_path(database).read_bytes() == b""


def test_that_an_unreadable_side_file_does_not_hide_the_message(database):
    lock_path(database).write_bytes(b"\xff" * 50)
    with FileLock(database):
        lock_path(database).write_bytes(b"\xff" * 50)
        with pytest.raises(FileInUse) as caught:
            FileLock(database)
    assert caught.value.since is None


def test_that_a_folder_that_is_missing_is_told(tmp_path):
    with pytest.raises(StoreUnavailable):
        FileLock(tmp_path / "mangler" / "kontor.db")
