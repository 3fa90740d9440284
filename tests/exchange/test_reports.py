from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import stat

import openpyxl
import pytest

from boligdesk.exchange.atomic import cannot_write, write_atomically
from boligdesk.exchange.mapping_files import read_mapping, write_mapping
from boligdesk.exchange.reports import write_list, write_rejected, write_report
from boligdesk.exchange.tables import read_table
from boligdesk.services.errors import UserError
from boligdesk.services.imports.mapping import recognise
from boligdesk.services.imports.rows import check_rows

TODAY = dt.date(2026, 6, 30)
LIST = (
    "Id;Navn;Født;Fnr;Merknad\n"
    "1;Blid Nepe;31.02.1990;01914796756;=1+1\n"
    "2;Klok Hest;01.02.1990;19849428145;@SUM(A1)\n"
    "2;Klok Hest;01.02.1990;19849428145;@SUM(A1)\n"
)


def checked(tmp_path, content=LIST, kind="people"):
    path = tmp_path / "liste.csv"
    path.write_text(content, encoding="utf-8")
    table = read_table(path)
    mapping = recognise(table.headings, kind)
    return table, mapping, list(check_rows(table, mapping, kind, TODAY))


def test_that_rejected_rows_come_back_with_the_reason_first(tmp_path):
    table, _mapping, rows = checked(tmp_path)
    out = tmp_path / "rettes.xlsx"
    assert write_rejected(out, table, [row for row in rows if row.is_rejected]) == 1
    sheet = openpyxl.load_workbook(out).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == ("Hva må rettes", "Rad i forrige fil", "Id", "Navn", "Født", "Fnr", "Merknad")
    assert lines[1] == (
        "Født: Datoen finnes ikke i kalenderen.",
        2,
        "1",
        "Blid Nepe",
        "31.02.1990",
        "01914796756",
        "=1+1",
    )
    assert len(lines) == 2


def test_that_the_workbook_can_be_corrected_and_read_again(tmp_path):
    table, _mapping, rows = checked(tmp_path)
    out = tmp_path / "rettes.xlsx"
    write_rejected(out, table, [row for row in rows if row.is_rejected])
    book = openpyxl.load_workbook(out)
    book.active["E2"] = "28.02.1990"
    book.save(out)
    again = read_table(out)
    mapping = recognise(again.headings, "people")
    assert mapping.fields == (None, None, "external_id", "full_name", "birth_date", "national_id", "note")
    assert mapping.notes == ()
    (row,) = check_rows(again, mapping, "people", TODAY)
    assert not row.is_rejected
    assert row.values["birth_date"] == dt.date(1990, 2, 28)
    assert row.values["note"] == "=1+1"


def test_that_text_that_looks_like_a_formula_stays_text(tmp_path):
    out = tmp_path / "liste.xlsx"
    write_list(out, "Boliger", ["A", "B"], [["=cmd|' /C calc'!A0", "+47 68050001"], ["@x", "-1"]])
    sheet = openpyxl.load_workbook(out).active
    cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_that_the_report_has_a_line_for_every_finding(tmp_path):
    table, mapping, rows = checked(tmp_path)
    out = tmp_path / "rapport.xlsx"
    counts = write_report(out, table, mapping, rows)
    assert counts == {"read": 3, "rejected": 1, "warnings": 2, "assumed": 3, "same": 1}
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Oppsummering", "Kolonner", "Rader"]
    lines = list(book["Rader"].iter_rows(values_only=True))
    assert lines[1] == (2, "Født", "Feil", "Datoen finnes ikke i kalenderen.", "31.02.1990")
    assert len(lines) - 1 == sum(len(row.findings) for row in rows)
    assert ("Navn", "Navn", "full_name", "Ja") in list(book["Kolonner"].iter_rows(values_only=True))


def test_that_a_list_is_written_as_a_workbook_that_reads_back(tmp_path):
    out = tmp_path / "boliger.xlsx"
    rows = [
        ["Veien 1", 82.5, dt.date(2026, 1, 2), True, None],
        ["Veien\x07 2", 60, None, False, "x" * 40_000],
    ]
    assert write_list(out, "Boliger", ["Adresse", "Kvm", "Ledig fra", "Heis", "Merknad"], iter(rows)) == 2
    table = read_table(out)
    assert table.headings == ("Adresse", "Kvm", "Ledig fra", "Heis", "Merknad")
    assert table.rows[0].cells == ("Veien 1", 82.5, dt.datetime(2026, 1, 2), "Ja", None)
    assert table.rows[1].cells[0] == "Veien 2"
    assert len(table.rows[1].cells[4]) == 32_767


def test_that_a_list_is_written_as_text_for_norwegian_spreadsheets(tmp_path):
    out = tmp_path / "boliger.csv"
    write_list(out, "Boliger", ["Adresse", "Kvm"], [["Åsveien; 1", 82.5], ["=1+1", 60]])
    content = out.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert lines == [["Adresse", "Kvm"], ["Åsveien; 1", "82,5"], ["'=1+1", "60"]]
    assert read_table(out).rows[0].cells == ("Åsveien; 1", "82,5")


def test_that_an_empty_list_is_a_file_with_headings(tmp_path):
    out = tmp_path / "tom.xlsx"
    assert write_list(out, "Boliger", ["Adresse"], []) == 0
    assert out.exists()


def test_that_a_failed_write_leaves_the_old_file_and_no_debris(tmp_path):
    out = tmp_path / "liste.csv"
    out.write_text("før", encoding="utf-8")

    def fails(file):
        file.write(b"halv")
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(UserError, match="Disken er full"):
        write_atomically(out, fails)
    assert out.read_text(encoding="utf-8") == "før"
    assert [path.name for path in tmp_path.iterdir()] == ["liste.csv"]


def test_that_a_write_protected_file_is_respected(tmp_path):
    out = tmp_path / "liste.csv"
    out.write_text("før", encoding="utf-8")
    out.chmod(stat.S_IRUSR)
    with pytest.raises(UserError, match="skrivebeskyttet"):
        write_list(out, "Boliger", ["Adresse"], [])
    assert out.read_text(encoding="utf-8") == "før"


def test_that_a_missing_folder_and_a_folder_in_the_way_are_told(tmp_path):
    with pytest.raises(UserError, match="Mappa finnes ikke"):
        write_list(tmp_path / "borte" / "x.xlsx", "Boliger", ["Adresse"], [])
    with pytest.raises(UserError, match="mappe med dette navnet"):
        write_list(tmp_path, "Boliger", ["Adresse"], [])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, ""), "åpen i et annet program"),
        (OSError(errno.EROFS, ""), "åpen i et annet program"),
        (OSError(errno.EDQUOT, ""), "Disken er full"),
        (OSError(errno.EIO, ""), "svarte ikke"),
    ],
)
def test_that_what_the_system_answers_becomes_a_sentence(error, words):
    assert words in cannot_write(error).line()
    assert "Ingenting er skrevet" in cannot_write(error).safe


def test_that_only_the_owner_can_read_what_is_written(tmp_path):
    out = tmp_path / "liste.xlsx"
    write_list(out, "Boliger", ["Adresse"], [])
    if stat.S_IMODE(tmp_path.stat().st_mode) == 0o700:
        assert stat.S_IMODE(out.stat().st_mode) & 0o077 == 0


def test_that_a_mapping_file_is_written_and_read_back(tmp_path):
    mapping = recognise(["Navn", "Mob.", "Skostørrelse"], "people")
    path = tmp_path / "kobling.json"
    write_mapping(path, mapping)
    assert (
        read_mapping(path)
        == {"Navn": "full_name", "Mob.": "phone"}
        == json.loads(path.read_text(encoding="utf-8"))
    )
    path.write_bytes('{"Født": "birth_date"}'.encode("utf-16"))
    assert read_mapping(path) == {"Født": "birth_date"}
