"""Bringing in a list from the command line: what is refused before a row is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
