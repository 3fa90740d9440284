from __future__ import annotations

import pytest

from boligdesk.dev import faults, faults_files, faults_services

pytestmark = pytest.mark.faults


def test_that_killing_the_program_loses_no_confirmed_save_and_leaves_nothing_half(tmp_path):
    outcome = faults_services.run(4, tmp_path)
    assert outcome.ok, outcome.told


def test_that_a_lost_save_would_be_seen(tmp_path):
    path = tmp_path / "a.db"
    faults_services.make(path).close()
    gone = ["person 018f0000-0000-7000-8000-000000000000", "import Sted1", "draft 3"]
    assert faults_services.missing(path, gone) == ["1 person er borte", "Sted1 er borte", "kladden er borte"]


@pytest.mark.parametrize("name", ["disk", "clock", "second"])
def test_that_the_office_survives(name, tmp_path):
    outcomes = list(faults.trials(name, tmp_path, 0))
    assert [outcome.line() for outcome in outcomes if not outcome.ok] == []
    assert outcomes


def test_that_a_damaged_file_is_refused_in_words(tmp_path):
    outcomes = faults_files.corrupt(tmp_path, tries=4)
    assert [outcome.line() for outcome in outcomes if not outcome.ok] == []


def test_that_the_command_tells_each_fault_on_a_line(capsys):
    assert faults.main(["second"]) == 0
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "to programmer på samme fil",
        "et program som bare leser",
    ]
