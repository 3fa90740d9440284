"""Making, checking, copying and bringing back the store from the command line."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boligdesk.cli import prompts
from boligdesk.storage.engine import open_sqlite
from boligdesk.storage.filelock import FileLock
from boligdesk.storage.key_file import key_path
from boligdesk.storage.keys import unlock_practice, unlock_with_recovery
from tests.cli.conftest import PASSPHRASE
from tests.storage.older_stores import stored_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CREATED = {"created", "database", "kind", "practice", "office", "user", "recovery_key", "warning"}


class Keyboard:
    """Somebody who answers the questions; ``typed`` are the answers in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.typed: list[str] = []
        self.asked: list[str] = []
        self.shown: list[str] = []
        monkeypatch.setattr(prompts, "is_interactive", lambda: True)
        monkeypatch.setattr(prompts.getpass, "getpass", self.answer)
        monkeypatch.setattr(prompts, "line", self.answer)
        monkeypatch.setattr(prompts, "tell", lambda text, **_rest: self.shown.append(text))

    def answer(self, prompt: str) -> str:
        self.asked.append(prompt)
        answer = self.typed.pop(0)
        return answer if answer != "nøkkelen" else self.recovery_key()

    def recovery_key(self) -> str:
        (key,) = [text.split(": ")[1] for text in self.shown if text.startswith("Gjenopprettingsnøkkel:")]
        return key


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Keyboard:
    return Keyboard(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kontor.db"


def files_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_that_a_passphrase_file_means_no_questions(run, start, path: Path, passphrase_file: Path) -> None:
    done = start(
        "--database", path, "database", "create", "--json", "--office", "Nordby", "--login", "ingrid"
    )
    assert done.code == 0, done.err
    made = done.json
    assert set(made) == CREATED
    assert (made["kind"], made["practice"], made["office"]) == ("file", False, "Nordby")
    assert made["user"] == {"login": "ingrid", "name": "ingrid"}
    assert unlock_with_recovery(path, made["recovery_key"])
    assert made["warning"]
    assert made["warning"] in done.err
    assert run("--database", path, "database", "check").code == 0


def test_that_the_recovery_key_is_told_to_people_too(run, path: Path, passphrase_file: Path) -> None:
    done = run("--database", path, "database", "create")
    assert "Gjenopprettingsnøkkel: " in done.out
    assert "bare denne ene gangen" in done.out
    assert PASSPHRASE not in done.out + done.err


def test_that_the_recovery_key_is_asked_for_again(run, keyboard: Keyboard, path: Path) -> None:
    keyboard.typed = [PASSPHRASE, PASSPHRASE, "feil", "nøkkelen"]
    done = run("--database", path, "database", "create")
    assert done.code == 0, done.err
    assert keyboard.recovery_key() not in done.out
    assert "Nøkkelen stemmer." in keyboard.shown


def test_that_a_key_never_written_back_is_a_finding(run, keyboard: Keyboard, path: Path) -> None:
    keyboard.typed = [PASSPHRASE, PASSPHRASE, "feil", "feil", "feil"]
    done = run("--database", path, "database", "create")
    assert done.code == 1
    assert "ikke kontrollert" in done.err


def test_that_two_different_passphrases_are_asked_for_again(run, keyboard: Keyboard, path: Path) -> None:
    keyboard.typed = [PASSPHRASE, "noe helt annet 99", PASSPHRASE, PASSPHRASE]
    assert run("--database", path, "database", "create", "--json").code == 0


def test_that_a_weak_passphrase_makes_nothing(run, keyboard: Keyboard, path: Path) -> None:
    keyboard.typed = ["kort"]
    done = run("--database", path, "database", "create", "--json")
    assert done.code == 1
    assert done.json["error"]["field"] == "passphrase"
    assert not path.exists()
    assert not key_path(path).exists()


def test_that_a_script_without_a_passphrase_is_refused_and_never_waits(start, path: Path) -> None:
    done = start("--database", path, "database", "create")
    assert done.code == 1
    assert "BOLIGDESK_PASSPHRASE_FILE" in done.err


def test_that_an_existing_database_is_never_made_over(run, practice: Path) -> None:
    before = practice.read_bytes()
    done = run("database", "create", "--practice", "--json")
    assert done.code == 1
    assert done.json["error"]["code"] == "invalid_input"
    assert practice.read_bytes() == before


def test_that_a_practice_file_opens_without_a_question_and_says_what_it_is(run, practice: Path) -> None:
    assert unlock_practice(practice)
    assert run("database", "check").code == 0
    assert run("doctor").code == 0


def test_that_a_wrong_passphrase_is_one_line(run, path: Path, passphrase_file: Path) -> None:
    run("--database", path, "database", "create")
    passphrase_file.write_text("en helt annen setning 7\n", encoding="utf-8")
    done = run("--database", path, "database", "check", "--json")
    assert done.code == 1
    assert done.json["error"]["field"] == "passphrase"
    assert "en helt annen" not in done.err + done.out


def test_that_a_missing_database_says_what_to_do(run, path: Path) -> None:
    for command in (
        ["database", "check"],
        ["search", "klok"],
        ["cases", "list"],
        ["database", "backup", "x"],
    ):
        done = run("--database", path, *command)
        assert done.code == 1
        assert "Fant ingen database." in done.err
    assert files_in(path.parent) == set()


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://"])
def test_that_an_address_that_cannot_be_a_store_is_refused(run, url: str) -> None:
    done = run("--database", url, "database", "check", "--json")
    assert done.code == 1
    assert done.json["error"]["field"] == "database"


def test_that_a_whole_database_is_said_to_be_whole(run, practice: Path) -> None:
    done = run("database", "check", "--json")
    assert done.code == 0
    found = done.json
    assert (found["ok"], found["problems"]) == (True, [])
    assert found["log"]["links"] > 0
    assert found["rows"]["app_user"] == 1
    assert "Databasen er hel." in run("database", "check").out


def test_that_a_changed_log_is_a_finding(run, practice: Path) -> None:
    engine = open_sqlite(practice, unlock_practice(practice))
    with engine.begin() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'event'"
        )
        for (name,) in names.fetchall():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql("UPDATE event SET verb = 'noe_annet'")
    engine.dispose()
    done = run("database", "check", "--json")
    assert done.code == 1
    assert "loggen" in done.json["problems"][0]


def test_that_a_damaged_file_is_a_finding(run, practice: Path) -> None:
    with practice.open("r+b") as stream:
        stream.seek(practice.stat().st_size // 2)
        stream.write(b"\xff" * 4096)
    done = run("database", "check")
    assert done.code == 1
    assert "Traceback" not in done.err


def test_that_a_copy_is_taken_while_the_window_is_open_and_brought_back(
    run, practice: Path, tmp_path: Path
) -> None:
    with FileLock(practice):
        done = run("database", "backup", tmp_path / "kopier", "--json")
    assert done.code == 0, done.err
    copy = done.json["copy"]
    assert "sist " in run("doctor").out
    refused = run("database", "restore", copy)
    assert refused.code == 1
    assert "--replace" in refused.err
    back = run("database", "restore", copy, "--replace", "--json")
    assert back.code == 0, back.err
    assert Path(back.json["set_aside"]).exists()
    assert run("database", "check").code == 0


def test_that_a_copy_becomes_a_database_in_a_new_place(run, practice: Path, tmp_path: Path) -> None:
    copy = run("database", "backup", tmp_path / "kopier", "--json").json["copy"]
    new = tmp_path / "ny" / "kontor.db"
    assert run("--database", new, "database", "restore", copy).code == 0
    assert run("--database", new, "database", "check").code == 0


def test_that_the_recovery_key_opens_a_copy_on_a_new_machine(
    run, path: Path, passphrase_file: Path, tmp_path: Path, keyboard: Keyboard
) -> None:
    key = run("--database", path, "database", "create", "--json").json["recovery_key"]
    copy = run("--database", path, "database", "backup", tmp_path / "kopier", "--json").json["copy"]
    passphrase_file.write_text("den nye setningen 2027\n", encoding="utf-8")
    new = tmp_path / "ny.db"
    assert run("--database", new, "database", "restore", copy).code == 1
    keyboard.typed = [key]
    done = run("--database", new, "database", "restore", copy, "--recovery-key")
    assert done.code == 0, done.err
    assert run("--database", new, "database", "check").code == 0


def test_that_an_open_window_stops_a_restore(run, practice: Path, tmp_path: Path) -> None:
    copy = run("database", "backup", tmp_path / "kopier", "--json").json["copy"]
    with FileLock(practice):
        done = run("database", "restore", copy, "--replace", "--json")
    assert done.json["error"]["code"] == "file_in_use"


def test_that_restoring_nothing_or_itself_is_refused(run, practice: Path, tmp_path: Path) -> None:
    assert "Fant ikke" in run("database", "restore", tmp_path / "borte.db").err
    assert "samme fil" in run("database", "restore", practice, "--replace").err


def test_that_there_is_nothing_to_upgrade_in_a_new_database(run, practice: Path) -> None:
    done = run("database", "upgrade", "--json")
    assert done.code == 0
    assert done.json["upgraded"] is False
    assert done.json["copy"] is None


def test_that_a_file_of_the_first_version_is_upgraded_with_a_copy(run, tmp_path: Path) -> None:
    location, _key = stored_copy("0001", tmp_path)
    refused = run("--database", location.file, "dwellings", "list")
    assert refused.code == 1
    assert "boligdesk database upgrade" in refused.err
    done = run("--database", location.file, "database", "upgrade", "--json")
    assert done.code == 0, done.err
    assert (done.json["upgraded"], Path(done.json["copy"]).is_file()) == (True, True)
    assert run("--database", location.file, "database", "check", "--json").json["ok"]


def test_that_the_doctor_says_when_the_chosen_store_is_gone(run, path: Path) -> None:
    done = run("doctor", "--database", path, "--json")
    assert done.code == 1
    assert {"check": "store", "status": "error"}.items() <= next(
        each for each in done.json["checks"] if each["check"] == "store"
    ).items()


def test_that_the_doctor_leaves_a_locked_store_alone(
    run, path: Path, passphrase_file: Path, monkeypatch
) -> None:
    run("--database", path, "database", "create")
    assert "kan åpnes" in run("doctor", "--database", path).out
    monkeypatch.delenv("BOLIGDESK_PASSPHRASE_FILE")
    done = run("doctor", "--database", path)
    assert done.code == 0
    assert "låst" in done.out


@pytest.fixture
def server(new_database: Callable[..., str]) -> Iterator[str]:
    return new_database()


def test_that_a_store_is_made_and_checked_on_a_server(run, server: str) -> None:
    done = run("--database", server, "database", "create", "--login", "ingrid", "--json")
    assert done.code == 0, done.err
    assert (done.json["kind"], done.json["recovery_key"]) == ("postgresql", None)
    assert run("--database", server, "database", "create", "--login", "ingrid").code == 1
    assert run("--database", server, "database", "check", "--json").json["ok"]
    assert run("--database", server, "database", "upgrade", "--json").json["upgraded"] is False
    assert run("--database", server, "doctor").code == 0
    refused = run("--database", server, "database", "backup", "kopier")
    assert refused.code == 1
    assert "pg_dump" in refused.err


def test_that_a_server_that_does_not_answer_is_one_line(run) -> None:
    done = run("--database", "postgresql://klok:hemmelig@127.0.0.1:1/boligdesk", "database", "check")
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "hemmelig" not in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_that_a_person_at_a_terminal_is_asked(path: Path) -> None:
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(
            sys.executable,
            [sys.executable, "-m", "boligdesk", "database", "create", "--json", "--database", str(path)],
        )
    said = b""
    for question in (b"Velg en passordsetning: ", b"Skriv den en gang til: "):
        while question not in said:
            said += os.read(terminal, 1024)
        os.write(terminal, f"{PASSPHRASE}\n".encode())
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        said += more
    _pid, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0
    assert PASSPHRASE.encode() not in said
    text = said.decode()
    assert json.loads(text[text.index("{") : text.rindex("}") + 1])["recovery_key"]
    assert key_path(path).exists()
