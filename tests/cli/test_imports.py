"""Bringing in a list from the command line: what is refused before a row is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = "Etternavn;Fornavn;Mobil\nHest;Klok;68 05 00 11\nBie;Sprek;68 05 00 12\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "søkere.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 noe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 passord"])
def test_that_a_file_that_is_no_list_is_one_line(run, practice: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(content)
    done = run("import", "people", path, "--json")
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert done.json["error"]["safe"] == "Ingenting er hentet inn."


def test_that_a_missing_file_is_one_line(run, practice: Path, tmp_path: Path) -> None:
    done = run("import", "dwellings", tmp_path / "borte.csv")
    assert done.code == 1
    assert done.err.startswith("Fila finnes ikke.")


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("ikke json", "ikke gyldig JSON"),
        ('{"Etternavn": "family_nam"}', "Mente du «family_name»"),
        ('{"Navnet": "family_name"}', "finnes ikke i fila"),
    ],
)
def test_that_a_wrong_mapping_file_is_explained(
    run, practice: Path, people: Path, tmp_path: Path, mapping: str, told: str
) -> None:
    path = tmp_path / "kobling.json"
    path.write_text(mapping, encoding="utf-8")
    done = run("import", "people", people, "--mapping", path)
    assert done.code == 1
    assert told in done.err


def test_that_the_report_is_never_written_over_the_list(
    run, practice: Path, people: Path, tmp_path: Path
) -> None:
    workbook = tmp_path / "liste.xlsx"
    workbook.write_bytes(b"PK")
    assert run("import", "people", workbook, "--report", workbook).code == 2
    assert run("import", "people", people, "--report", people).code == 2
    assert people.read_text(encoding="utf-8") == PEOPLE


def taken(done) -> dict[str, int]:
    names = ("created", "updated", "unchanged", "rejected")
    return {name: done.json[name] for name in names if done.json[name]}


def test_that_a_list_is_tried_first_then_taken_and_the_same_list_changes_nothing(
    run, practice: Path, people: Path
) -> None:
    tried = run("import", "people", people, "--dry-run", "--json")
    assert tried.code == 0, tried.err
    assert list(tried.json) == ["read", "created", "updated", "unchanged", "rejected", "warnings", "rows"]
    assert [row["id"] for row in tried.json["rows"]] == [None, None]
    assert run("people", "list", "--json").json["total"] == 0
    assert taken(run("import", "people", people, "--json")) == {"created": 2}
    assert taken(run("import", "people", people, "--json")) == {"unchanged": 2}
    assert run("people", "list", "--json").json["total"] == 2


def test_that_a_trial_names_nobody_it_would_have_made_also_where_a_row_is_repeated(
    run, practice: Path, people: Path
) -> None:
    header, first, *_rest = people.read_text(encoding="utf-8").splitlines()
    people.write_text(f"{header}\n{first}\n{first}\n", encoding="utf-8")

    tried = run("import", "people", people, "--dry-run", "--json")
    assert [(row["outcome"], row["id"]) for row in tried.json["rows"]] == [
        ("created", None),
        ("unchanged", None),
    ]


def test_that_good_rows_are_taken_and_bad_rows_come_back(
    run, practice: Path, people: Path, tmp_path: Path
) -> None:
    people.write_text(
        "Etternavn;Fornavn;Født\nHest;Klok;31.02.1980\nBie;Sprek;17.05.1980\n", encoding="utf-8"
    )
    report = tmp_path / "må rettes.xlsx"
    done = run("import", "people", people, "--report", report, "--json")
    assert done.code == 1
    assert taken(done) == {"created": 1, "rejected": 1}
    assert done.json["rows"][0]["findings"][0]["level"] == "error"
    sheet = openpyxl.load_workbook(report).active
    assert [[cell.value for cell in row][1:5] for row in sheet.iter_rows(min_row=2)] == [
        [2, "Hest", "Klok", "31.02.1980"]
    ]
    assert "Rad 2:" in run("import", "people", people, "--dry-run").out


def test_that_a_mapping_made_by_hand_is_remembered(run, practice: Path, people: Path, tmp_path: Path) -> None:
    people.write_text("Kol1;Kol2\nHest;Klok\n", encoding="utf-8")
    assert run("import", "people", people).code == 1
    mapping = tmp_path / "kobling.json"
    mapping.write_text('{"Kol1": "family_name", "Kol2": "given_name"}', encoding="utf-8")
    assert taken(run("import", "people", people, "--mapping", mapping, "--json")) == {"created": 1}
    assert taken(run("import", "people", people, "--json")) == {"unchanged": 1}


def test_that_a_report_that_cannot_be_written_does_not_hide_what_was_taken(
    run, practice: Path, people: Path, tmp_path: Path
) -> None:
    done = run("import", "people", people, "--report", tmp_path / "borte" / "r.xlsx", "--json")
    assert done.code == 1
    assert taken(done) == {"created": 2}
    assert done.err.startswith("Radene er hentet inn. Rapporten ble ikke lagret.")
