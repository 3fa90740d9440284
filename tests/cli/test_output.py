"""Aligned lines, safe letters, bugs told in one line."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from uuid import UUID

import pytest

from boligdesk.cli import identifiers
from boligdesk.cli.doctor import verdict
from boligdesk.cli.doctor_store import clock_finding
from boligdesk.cli.failures import described, log_file
from boligdesk.cli.output import facts, kroner, plain, printable, table
from boligdesk.domain.catalog import CaseKind

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


def test_that_columns_are_aligned_and_the_widest_gives_way() -> None:
    lines = table(("Kode", "Navn"), [("K1", "a" * 200), ("K22", "b")], whole=(0,))
    assert lines[0].startswith("Kode  Navn")
    assert len(lines[1]) == 100
    assert lines[1].endswith("a…")
    assert lines[2] == "K22   b"


def test_that_folded_cells_lose_nothing() -> None:
    text = " ".join(f"ord{number}" for number in range(60))
    lines = table(("A", "B"), [("x", text)], fold=True)
    assert " ".join(" ".join(lines[1:]).split()) == f"x {text}"
    assert max(map(len, lines)) <= 100


def test_that_numbers_stand_to_the_right() -> None:
    assert table(("Antall",), [(7,), (1200,)], right=(0,))[1] == "     7"


def test_that_nothing_in_a_name_can_steer_the_terminal() -> None:
    assert printable("Klok\x1b[31m\u202eHest\nto") == "Klok[31mHest to"


def test_that_empty_facts_are_left_out() -> None:
    assert facts([("Navn", "Klok"), ("Sted", ""), ("Født", dt.date(1980, 3, 1))]) == [
        "Navn: Klok",
        "Født: 01.03.1980",
    ]


def test_that_money_is_shown_in_kroner() -> None:
    assert [kroner(984_000), kroner(984_050), kroner(-100), kroner(None)] == [
        "9 840 kr",
        "9 840,50 kr",
        "-1 kr",
        "",
    ]


def test_that_records_become_plain_json() -> None:
    value = {"at": NOW, "day": NOW.date(), "id": UUID(int=1), "kind": CaseKind.HOUSING, "list": (1, None)}
    assert plain(value) == {
        "at": "2026-11-24T09:00:00Z",
        "day": "2026-11-24",
        "id": "00000000-0000-0000-0000-000000000001",
        "kind": "bolig",
        "list": [1, None],
    }


def test_that_a_clock_set_back_is_seen() -> None:
    assert clock_finding(NOW + dt.timedelta(hours=2), NOW).status == "error"
    assert "stilt tilbake" in clock_finding(NOW + dt.timedelta(days=2), NOW).text
    assert clock_finding(NOW + dt.timedelta(minutes=1), NOW).status == "ok"
    assert clock_finding(None, NOW).status == "ok"


def broken(*_arguments: object) -> None:
    try:
        {}["Klok Hest 01818012345"]
    except KeyError as error:
        raise RuntimeError("om Klok Hest") from error


@pytest.mark.parametrize("as_json", [False, True])
def test_that_a_bug_is_one_line_with_a_number_and_a_log_without_personal_data(
    run, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    monkeypatch.setattr(identifiers, "check_all", broken)
    done = run("identifiers", "check", "1", *(["--json"] if as_json else []))
    assert done.code == 1
    assert done.err.count("\n") == 1
    number = done.err.split("nummer ")[1][:8]
    log = log_file().read_text(encoding="utf-8")
    assert number in log
    assert "KeyError" in log
    assert "RuntimeError" in log
    assert "Klok" not in log + done.err
    assert "Traceback" not in done.err
    if as_json:
        assert done.json["error"]["code"] == "internal"


def test_that_the_log_does_not_name_the_folders_of_a_person() -> None:
    error = RuntimeError("x")
    compiled = compile("def f():\n    raise error\nf()", "/home/klok.hest/ting.py", "exec")
    try:
        exec(compiled, {"error": error})
    except RuntimeError:
        assert "klok.hest" not in described("0", error)
        assert "ting.py:2 f" in described("0", error)


def test_that_ctrl_c_is_told_in_one_line(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(identifiers, "check_all", stop)
    done = run("identifiers", "check", "1", "--json")
    assert done.code == 130
    assert done.err.startswith("Avbrutt.")
    assert done.json["error"]["code"] == "stopped"


@pytest.mark.skipif(os.name == "nt", reason="pipes close in another way on Windows")
def test_that_a_closed_pipe_is_quiet() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "boligdesk", "deadlines", "rules", "--json"],
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 0


def test_that_the_doctor_never_says_in_order_over_a_warning() -> None:
    assert verdict(0, 0) == "Alt er i orden."
    assert verdict(0, 1) == "Ingen feil, men 1 advarsel å se på."
    assert verdict(2, 3) == "2 feil må rettes. 3 advarsler å se på."
