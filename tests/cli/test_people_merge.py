"""Merging two files of one person from the command line: first only shown, then done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from boligdesk.services.records.people import NameDraft, PersonDraft
from tests.cli.conftest import made_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from boligdesk.services.desk import Services

MERGE = ("people", "merge", "Klok Hest", "Klokk Hest")


def fill(services: Services) -> None:
    for given in ("Klok", "Klokk"):
        services.people.register(PersonDraft((NameDraft(given, "Hest"),), dt.date(1980, 5, 17)))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "øving.db"
    made_office(str(path), fill)
    monkeypatch.setenv("BOLIGDESK_DATABASE", str(path))
    monkeypatch.setenv("BOLIGDESK_USER", "ingrid")
    return path


def test_that_a_dry_run_shows_both_files_and_changes_nothing(
    run: Callable[..., object], office: Path
) -> None:
    shown = run(*MERGE, "--dry-run", "--json").json
    assert shown["merged"] is False
    states = {field["key"]: field["state"] for field in shown["plan"]["fields"]}
    assert (states["names"], states["birth_on"]) == ("velg", "likt")
    assert "Beholdes: Klok Hest" in run(*MERGE, "--dry-run").out
    assert run("people", "list", "--json").json["total"] == 2


def test_that_a_choice_is_needed_and_then_there_is_one_file(run: Callable[..., object], office: Path) -> None:
    refused = run(*MERGE, "--json")
    assert refused.code == 1
    assert run(*MERGE, "--choose", "names").code == 2
    done = run(*MERGE, "--choose", "names=kept", "--json")
    assert done.code == 0, done.err
    assert done.json["merged"] is True
    assert run("people", "list", "--json").json["total"] == 1
    assert run("people", "show", "Klokk Hest", "--json").json["id"] == done.json["person"]
