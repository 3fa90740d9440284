"""Vacancies, shortlists, the waiting list, and letters of a case, as IT staff and scripts read them."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from boligdesk.domain.catalog import Role
from boligdesk.domain.letters import LetterKind
from boligdesk.storage.key_file import key_path
from boligdesk.storage.queries.vacancies import SORTS as VACANCY_SORTS
from boligdesk.storage.queries.waiting import NEEDS as WAITING_NEEDS
from boligdesk.storage.queries.waiting import SORTS as WAITING_SORTS
from tests.cli.conftest import made_office
from tests.contract.allocation_office import choose, dwelling, vacancy, waits
from tests.contract.case_office import protect
from tests.contract.letter_office import applicant, case_of, finished, interim, letters, office
from tests.documents.letters import outline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from boligdesk.services.desk import Services

NUMBERS = {"interim": "2026/1", "begun": "2026/2", "hidden": "2026/3", "offered": "2026/4"}


def fill(services: Services) -> None:
    """Two cases with letters, one that is hidden, one with an offer, three who wait, two vacancies."""
    services.office.add_district("Sentrum")
    services.office.register_user("jonas", "Jonas H.", (Role.CASEWORKER,), 0)
    office(services)
    soon = dt.date.today() + dt.timedelta(days=20)
    for given in ("Klok", "Blid"):
        found = interim(services, case_of(services, applicant(services, given, "Hest")))
        letters(services).save(
            found, letters(services).reread(found).version, _texts("Vi venter på legen din.", soon)
        )
        if given == "Klok":
            finished(services, found)
    someone = applicant(services, "Sprek", "Bie")
    interim(services, case_of(services, someone))
    protect(services, someone, "fortrolig")
    first = vacancy(services, code="K-1")
    dwelling(services, code="K-22", status="utleid")
    vacancy(services, code="K-333")
    since = dt.date(2025, 1, 7)
    best = waits(services, "Rolig", "Elv", since, priority_class="A", districts_wish=("sentrum",))
    waits(services, "Lun", "Vår", since)
    waits(services, "Stor", "Fjell", since, bedrooms_min=4, bedrooms_max=4, persons=7)
    services.allocation.freeze(first, services.allocation.vacancy(first).row.version)
    choose(services, first, best)


def _texts(why: str, day: dt.date):
    from boligdesk.services.records.letters import LetterTexts

    return LetterTexts({"svar_grunn": why}, {"ventet_svar": day})


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


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, filled_file, tmp_path, monkeypatch) -> str:
    """The same small office on both stores, chosen by the environment."""
    if request.param == "sqlite":
        path = tmp_path / "øving.db"
        shutil.copy(filled_file, path)
        shutil.copy(key_path(filled_file), key_path(path))
        where = str(path)
    else:
        where = str(request.getfixturevalue("new_database")(request.getfixturevalue("filled_server")))
    monkeypatch.setenv("BOLIGDESK_DATABASE", where)
    monkeypatch.setenv("BOLIGDESK_USER", "ingrid")
    return where


def test_that_the_sorts_and_needs_offered_are_those_there_are() -> None:
    from boligdesk.cli import vacancies, waiting_list

    assert set(vacancies.SORTS) == set(VACANCY_SORTS)
    assert set(waiting_list.SORTS) == set(WAITING_SORTS)
    assert waiting_list.NEEDS == WAITING_NEEDS


def test_that_vacancies_are_listed(run, place) -> None:
    found = run("vacancies", "list", "--json").json
    assert list(found) == ["rows", "total", "offset", "hidden"]
    assert {row["code"]: row["stage"] for row in found["rows"]} == {"K-1": "forslag", "K-333": "ledig"}
    assert [row["code"] for row in run("vacancies", "list", "--stage", "ledig", "--json").json["rows"]] == [
        "K-333"
    ]
    assert run("vacancies", "list", "--text", "finnes ikke").out == "Ingen rader.\n"
    told = run("vacancies", "list")
    assert told.code == 0
    assert max(map(len, told.out.splitlines())) <= 100
    for sort in VACANCY_SORTS:
        assert run("vacancies", "list", "--sort", sort, "--descending").code == 0


def test_that_the_waiting_list_is_told_in_its_order(run, place) -> None:
    found = run("waiting-list", "--json").json
    assert found["rows"][0]["applicant"] == "Elv, Rolig"
    assert found["total"] == 3
    told = run("waiting-list").out
    assert max(map(len, told.splitlines())) <= 100
    for narrowed, number in (
        (("--bedrooms", "4"), 1),
        (("--priority", "A"), 1),
        (("--district", "Sentrum"), 1),
        (("--with-children",), 3),
        (("--without-children",), 0),
        (("--need", "wheelchair"), 0),
        (("--text", "fjell"), 1),
        (("--limit", "0"), 3),
    ):
        assert run("waiting-list", *narrowed, "--json").json["total"] == number, narrowed
    done = run("waiting-list", "--district", "Sentrm", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "wrong_use")
    assert "Mente du «Sentrum»" in done.err
    done = run("waiting-list", "--priority", "Q")
    assert (done.code, "Ukjent prioritet: «Q»" in done.err) == (2, True)


def test_that_a_shortlist_is_told_with_who_is_left_out(run, place) -> None:
    found = run("shortlist", "K-333", "--json").json
    assert found["vacancy"]["code"] == "K-333"
    assert found["considered"] == 2, "who has an offer already is not reckoned with"
    assert [one["applicant"] for one in found["candidates"]] != []
    assert found["excluded_by"]
    told = run("shortlist", "K-333")
    assert told.code == 0
    assert "«Tildeling" in told.out
    assert max(map(len, told.out.splitlines())) <= 100
    assert run("shortlist", "K-333", "--limit", "1", "--json").json["candidates"] == found["candidates"][:1]
    assert "Ingen aktuelle" not in run("shortlist", "K-333", "--limit", "0").out


def test_that_a_dwelling_is_meant_by_code_address_or_id(run, place) -> None:
    row = next(row for row in run("vacancies", "list", "--json").json["rows"] if row["code"] == "K-333")
    for said in ("k-333", row["address"], row["id"], row["dwelling_id"]):
        assert run("shortlist", said, "--json").json["vacancy"]["id"] == row["id"], said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("K-22", "Boligen er ikke meldt ledig."),
        ("Eksempelveien", "Flere ledige boliger passer"),
        ("finnes ikke", "Fant ikke boligen"),
        ("", "Fant ikke boligen"),
        ("00000000-0000-0000-0000-000000000000", "Fant ikke den ledige boligen"),
    ],
)
def test_that_what_is_no_vacancy_is_told(run, place, said, told) -> None:
    done = run("shortlist", said, "--json")
    assert done.code == 1
    assert told in done.err
    assert done.json["error"]["title"]


def test_that_a_place_in_the_list_is_explained(run, place) -> None:
    found = run("shortlist", "K-333", "--json").json
    first = found["candidates"][0]
    said = [
        run("shortlist", "K-333", "--why", who, "--json").json
        for who in ("1", first["entry_id"], first["case_number"])
    ]
    assert said[0] == said[1] == said[2]
    assert said[0]["sentences"]
    assert said[0]["title"]
    assert run("shortlist", "K-333", "--why", "1").out.splitlines()[1] == said[0]["title"]
    for who, told in (("99", "ingen nr. 99"), ("2026/999", "Fant ikke saken"), ("Klok", "forstår ikke")):
        done = run("shortlist", "K-333", "--why", who)
        assert (done.code, told in done.err) == (1, True), done.err
    gone = run("shortlist", "K-333", "--why", "00000000-0000-0000-0000-000000000000", "--json")
    assert gone.code == 1
    assert gone.json["error"]["title"]


# -- letters of a case ----------------------------------------------------------------------------


def rendered(run, path, kind, case, *more):
    return run("letters", "render", kind, "--language", "nb", "--case", case, "-o", path, "--json", *more)


def test_that_a_finished_letter_comes_as_it_was_frozen(run, place, tmp_path) -> None:
    path = tmp_path / "brev.pdf"
    done = rendered(run, path, "forelopig_svar", NUMBERS["interim"])
    assert done.code == 0, done.err
    assert (done.json["draft"], done.json["journal_number"]) == (False, f"1/{dt.date.today().year}")
    assert done.json["is_valid"]
    assert run("letters", "check", path).code == 0


def test_that_a_letter_that_is_not_finished_comes_as_a_draft(run, place, tmp_path) -> None:
    path = tmp_path / "brev.pdf"
    done = rendered(run, path, "forelopig_svar", NUMBERS["begun"])
    assert (done.code, done.json["draft"], done.json["journal_number"]) == (0, True, "")
    assert done.json["findings"] == []
    assert run("letters", "check", path).code == 0
    said = run("letters", "render", "mangler", "--language", "nn", "--case", NUMBERS["begun"], "-o", path)
    assert said.code == 0
    assert "kladd" in said.out
    assert "Mangler:" in said.out


@pytest.mark.parametrize("kind", LetterKind.codes())
def test_that_any_letter_of_any_case_can_be_seen_as_it_would_be(run, place, tmp_path, kind) -> None:
    path = tmp_path / "brev.pdf"
    done = rendered(run, path, kind, "2026/4" if kind == "tilbud" else NUMBERS["begun"])
    assert done.code == 0, done.err
    assert done.json["draft"] is True
    assert run("letters", "check", path).code == 0


def test_that_the_log_tells_who_had_a_letter_out(run, place, tmp_path) -> None:
    rendered(run, tmp_path / "brev.pdf", "forelopig_svar", NUMBERS["begun"], "--reason", "Kontroll")
    assert any(row["kind"] == "lest" for row in run("log", "list", "--limit", "3", "--json").json["rows"])


@pytest.mark.parametrize(
    ("case", "told"), [("2026/99", "Fant ikke"), ("finnes ikke", "Fant ikke saken"), ("", "Fant ikke saken")]
)
def test_that_a_case_that_is_not_there_is_told_and_nothing_written(run, place, tmp_path, case, told) -> None:
    path = tmp_path / "brev.pdf"
    done = rendered(run, path, "tilbud", case)
    assert (done.code, done.json["error"]["code"]) == (1, "not_found")
    assert told in done.err
    assert not path.exists()


def test_that_a_letter_to_somebody_hidden_is_not_there_for_others(run, place, tmp_path) -> None:
    path = tmp_path / "brev.pdf"
    done = rendered(run, path, "forelopig_svar", NUMBERS["hidden"], "--user", "jonas")
    assert (done.code, done.json["error"]["code"]) == (1, "not_found")
    assert not path.exists()


def test_that_a_letter_to_somebody_hidden_has_no_address(run, place, tmp_path) -> None:
    path = tmp_path / "brev.pdf"
    done = rendered(run, path, "forelopig_svar", NUMBERS["hidden"])
    assert (done.code, done.json["draft"]) == (0, True)
    said = " ".join(words for _role, words in outline(path.read_bytes()))
    assert "Sprek Bie" in said
    assert "Eksempelgata" not in said
    assert "offentleglova" in said
