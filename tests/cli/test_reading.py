"""Lists, single records, search and log, as IT staff and scripts read them."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from boligdesk.app import StoreOpener
from boligdesk.cli import cases, dwellings, people
from boligdesk.domain.catalog import Role
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.services.records.people import ContactDraft, NameDraft, PersonDraft
from boligdesk.storage.filelock import FileLock
from boligdesk.storage.key_file import key_path
from boligdesk.storage.queries.cases import SORTS as CASE_SORTS
from boligdesk.storage.queries.dwellings import SORTS as DWELLING_SORTS
from boligdesk.storage.queries.people import SORTS as PEOPLE_SORTS
from tests.cli.conftest import made_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from boligdesk.services.desk import Services

DAY = dt.date(2026, 3, 12)


def person(given: str, family: str, phone: str) -> PersonDraft:
    return PersonDraft(
        names=(NameDraft(given, family),),
        birth_on=dt.date(1980, 5, 17),
        contacts=(ContactDraft("telefon", phone),),
    )


def fill(services: Services) -> None:
    """Two people, one case, two dwellings; one of the people is hidden (kode 6)."""
    klok = services.people.register(person("Klok", "Hest", "68 05 00 11"))
    sprek = services.people.register(person("Sprek", "Bie", "68 05 00 12"))
    services.people.protect(
        sprek.id, sprek.version, "strengt_fortrolig", "Folkeregisteret", "Melding om kode 6"
    )
    services.cases.register_application(
        ApplicationDraft(klok.id, received_on=DAY, assignee_id=services.user.id)
    )
    for code, number in (("K-1", "1"), ("K-2", "12")):
        draft = DwellingDraft(
            code,
            street="Storbjørkveien",
            house_no=number,
            postcode="0001",
            city="Nordby",
            bedrooms=2,
            rent_ore=984_000,
            area_m2x10=545,
        )
        services.dwellings.register(draft, "ledig", DAY)
    services.office.register_user("jonas", "Jonas H.", (Role.CASEWORKER,), 0)
    services.office.register_user("vidar", "Vidar M.", (Role.CARETAKER,), 0)


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mal") / "mal.db"
    made_office(str(path), fill)
    return path


@pytest.fixture(scope="module")
def filled_server(new_database: Callable[..., str]) -> str:
    url = new_database()
    made_office(url, fill)
    return url.rsplit("/", 1)[1].split("?")[0]


@pytest.fixture
def practice_office(filled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small office, chosen by the environment."""
    path = tmp_path / "øving.db"
    shutil.copy(filled_file, path)
    shutil.copy(key_path(filled_file), key_path(path))
    monkeypatch.setenv("BOLIGDESK_DATABASE", str(path))
    monkeypatch.setenv("BOLIGDESK_USER", "ingrid")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same small office on both stores."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("practice_office"))
    where = str(request.getfixturevalue("new_database")(request.getfixturevalue("filled_server")))
    monkeypatch.setenv("BOLIGDESK_DATABASE", where)
    monkeypatch.setenv("BOLIGDESK_USER", "ingrid")
    return where


def test_that_search_groups_and_counts_what_may_be_seen(run, office: str) -> None:
    found = run("search", "bjørk", "--json").json
    assert list(found) == ["groups", "counts"]
    assert list(found["groups"]) == ["people", "cases", "dwellings", "letters"]
    assert found["counts"] == {"people": 0, "cases": 0, "dwellings": 2, "letters": 0}
    assert {hit["detail"] for hit in found["groups"]["dwellings"]} == {"K-1", "K-2"}
    hits = run("search", "klok", "hest", "--json").json
    assert (hits["counts"]["people"], hits["counts"]["cases"]) == (1, 1)
    assert set(hits["groups"]["people"][0]) == {"kind", "id", "title", "detail", "masked"}


def test_that_all_hits_are_counted_beyond_the_limit(run, office: str) -> None:
    found = run("search", "bjørk", "--limit", "1", "--json").json
    assert len(found["groups"]["dwellings"]) == 1
    assert found["counts"]["dwellings"] == 2


def test_that_search_tells_people_in_lines(run, office: str) -> None:
    assert "Boliger (2)" in run("search", "storbjørk").out
    assert run("search", "finnes-ikke-her").out == "Ingen treff.\n"


def test_that_a_hidden_person_is_nowhere_for_those_without_access(run, office: str) -> None:
    for user in ("ingrid", "jonas"):
        done = run("search", "sprek", "--user", user, "--json")
        assert done.json["counts"] == {"people": 0, "cases": 0, "dwellings": 0, "letters": 0}
    listed = run("people", "list", "--user", "jonas", "--json").json
    assert listed["total"] == 1
    assert "Sprek" not in run("people", "list", "--user", "jonas").out
    assert run("people", "show", "Sprek Bie", "--user", "jonas").code == 1


def test_that_people_are_listed(run, office: str) -> None:
    found = run("people", "list", "--json").json
    assert set(found) == {"rows", "total", "offset", "hidden"}
    assert found["total"] == 2
    (row,) = run("people", "list", "--text", "klok", "--json").json["rows"]
    assert row["birth_on"] == "1980-05-17"
    assert len(run("people", "list", "--limit", "1").out.splitlines()) == 3


def test_that_a_list_says_how_much_of_it_is_shown(run, office: str) -> None:
    assert "Rad 1–1 av 2." in run("people", "list", "--limit", "1").out
    assert run("people", "list", "--limit", "1", "--offset", "1", "--json").json["offset"] == 1


def test_that_opening_a_person_is_logged_with_the_reason(run, office: str) -> None:
    shown = run("people", "show", "Klok Hest", "--reason", "Kontroll av søknad")
    assert shown.code == 0, shown.err
    assert "17.05.1980" in shown.out
    rows = run("log", "list", "--person", "Klok Hest", "--json").json["rows"]
    assert rows[0]["kind"] == "lest"
    assert rows[0]["reason"] == "Kontroll av søknad"


def test_that_a_hidden_person_is_opened_only_with_a_reason(run, office: str) -> None:
    rows = run("people", "list", "--json").json["rows"]
    (hidden,) = [row["id"] for row in rows if row["is_restricted"]]
    assert run("people", "show", hidden, "--json").json["error"]["field"] == "reason"
    assert run("people", "show", hidden, "--reason", "Søknad om bolig").code == 0
    assert run("people", "show", hidden, "--reason", "x", "--user", "jonas").code == 1


def test_that_cases_are_listed_and_shown(run, office: str) -> None:
    (row,) = run("cases", "list", "--json").json["rows"]
    assert row["opened_on"] == "2026-03-12"
    shown = run("cases", "show", row["number"], "--json")
    assert shown.code == 0, shown.err
    assert (shown.json["id"], shown.json["number"]) == (row["id"], row["number"])
    assert run("cases", "show", row["id"]).out.startswith(f"Sak {row['number']} · Kommunal bolig")
    assert run("cases", "show", "Klok Hest").code == 0
    assert row["number"] in run("cases", "list").out


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (("--mine",), 1),
        (("--unassigned",), 0),
        (("--state", "avsluttede"), 0),
        (("--kind", "bytte"), 0),
        (("--kind", "bytte", "--kind", "bolig"), 1),
        (("--due-before", "2026-03-13"), 0),
    ],
)
def test_that_cases_are_filtered(run, practice_office: Path, wanted: tuple[str, ...], count: int) -> None:
    assert run("cases", "list", *wanted, "--json").json["total"] == count


def test_that_dwellings_are_listed_and_shown(run, office: str) -> None:
    found = run("dwellings", "list", "--sort", "code", "--descending", "--json").json
    assert [row["code"] for row in found["rows"]] == ["K-2", "K-1"]
    assert found["rows"][0]["rent_ore"] == 984_000
    text = run("dwellings", "list").out
    assert "9 840 kr" in text
    assert "54,5 m²" in text
    shown = run("dwellings", "show", "K-1", "--json")
    assert shown.code == 0, shown.err
    assert shown.json["draft"]["code"] == "K-1"
    assert "Storbjørkveien 1" in run("dwellings", "show", "K-1").out


def test_that_one_of_several_is_never_guessed(run, office: str) -> None:
    done = run("dwellings", "show", "Storbjørkveien")
    assert done.code == 1
    assert "Flere passer" in done.err
    gone = run("dwellings", "show", "finnes ikke", "--json")
    assert gone.json["error"]["code"] == "not_found"


@pytest.mark.parametrize("words", [("cases", "show"), ("dwellings", "show")])
def test_that_what_is_not_found_is_named_in_its_own_gender(run, office: str, words: tuple[str, ...]) -> None:
    done = run(*words, "Finnes Ikke", "--database", office)
    assert "Den finnes ikke, eller du har ikke tilgang til den." in done.err


def test_that_the_log_is_only_for_those_who_may_read_it(run, office: str) -> None:
    assert run("log", "list", "--json").json["total"] > 0
    done = run("log", "list", "--user", "jonas", "--json")
    assert done.code == 1
    assert done.json["error"]["code"] == "not_allowed"


def test_that_a_role_without_people_sees_none(run, office: str) -> None:
    assert run("cases", "list", "--user", "vidar", "--json").json["error"]["code"] == "not_allowed"
    assert run("search", "klok", "--user", "vidar", "--json").json["counts"]["people"] == 0
    assert run("dwellings", "list", "--user", "vidar", "--json").json["total"] == 2


def test_that_an_unknown_user_is_told_whom_to_ask(run, office: str) -> None:
    done = run("people", "list", "--user", "fremmed")
    assert done.code == 1
    assert "Be lederen" in done.err


def test_that_reading_works_while_the_window_has_the_file(run, practice_office: Path) -> None:
    with FileLock(practice_office):
        assert run("people", "list", "--json").json["total"] == 2
        assert run("search", "klok", "--json").json["counts"]["people"] == 1
        assert run("database", "check").code == 0
        done = run("people", "show", "Klok Hest", "--json")
    assert done.code == 1
    assert done.json["error"]["code"] == "file_in_use"


def test_that_lists_fit_the_page(run, practice_office: Path) -> None:
    for command in (["people", "list"], ["cases", "list"], ["dwellings", "list"], ["log", "list"]):
        assert max(map(len, run(*command).out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("module", "known"), [(cases, CASE_SORTS), (dwellings, DWELLING_SORTS), (people, PEOPLE_SORTS)]
)
def test_that_every_sort_of_the_store_can_be_asked_for(module: Any, known: dict[str, Any]) -> None:
    assert set(module.SORTS) == set(known)


def test_that_a_program_of_its_own_reads_the_same(start, practice_office: Path) -> None:
    done = start("people", "list", "--json")
    assert done.code == 0, done.err
    assert done.json["total"] == 2


def test_that_a_practice_office_needs_no_user_name(run, practice_office: Path, monkeypatch) -> None:
    monkeypatch.delenv("BOLIGDESK_USER")
    assert run("people", "list", "--json").json["total"] == 2
    monkeypatch.setenv("BOLIGDESK_USER", "fremmed")
    assert run("people", "list").code == 1


def test_that_the_server_of_the_window_is_the_one_that_is_read(
    run, office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME" if os.name != "nt" else "LOCALAPPDATA", str(tmp_path / "hjem"))
    monkeypatch.delenv("BOLIGDESK_DATABASE")
    assert "Fant ingen database." in run("people", "list").err
    assert StoreOpener().remember(office)
    assert run("people", "list", "--json").json["total"] == 2
