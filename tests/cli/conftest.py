"""Running a command as a person or a script would, and real stores for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from boligdesk.app import create_desk
from boligdesk.cli.main import main
from boligdesk.storage.location import parse_location

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from boligdesk.services.desk import Services

PASSPHRASE = "sol regn vind sne 42"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """``run("search", "klok")`` in this process."""

    def command(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command


@pytest.fixture
def start() -> Callable[..., Ran]:
    """``start("doctor")`` as a program of its own."""

    def command(*arguments: object, env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "boligdesk", *map(str, arguments)],
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return command


@pytest.fixture
def passphrase_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "passord.txt"
    path.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    monkeypatch.setenv("BOLIGDESK_PASSPHRASE_FILE", str(path))
    return path


@pytest.fixture
def practice(tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice file of an office with one user, chosen by the environment."""
    path = tmp_path / "øving.db"
    monkeypatch.setenv("BOLIGDESK_DATABASE", str(path))
    monkeypatch.setenv("BOLIGDESK_USER", "ingrid")
    done = run("database", "create", "--practice", "--name", "Ingrid B.")
    assert done.code == 0, done.err
    return path


def made_office(where: str, fill: Callable[[Services], object]) -> None:
    """A filled store: an open practice file, or a server's database."""
    location = parse_location(where)
    desk, _recovery = create_desk(location, ask=None, login="ingrid", name="Ingrid B.")
    fill(desk.services)
    desk.close()
