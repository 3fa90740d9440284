from __future__ import annotations

import hashlib

import pytest

from boligdesk.exchange import tables
from boligdesk.exchange.container import MAX_BYTES, ReadingStopped
from boligdesk.exchange.tables import read_table
from boligdesk.services.errors import UserError

LIST = "Fornavn;Etternavn;Bydel\nBlid;Nepe;Sørli\nKlok;Hest;Åsgrenda\n"


def read(tmp_path, content, name="liste.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path)


def cells(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "cp865", "mac_roman"],
)
def test_that_norwegian_letters_survive_every_common_encoding(tmp_path, encoding):
    table = read(tmp_path, LIST.encode(encoding))
    assert table.headings == ("Fornavn", "Etternavn", "Bydel")
    assert cells(table) == [("Blid", "Nepe", "Sørli"), ("Klok", "Hest", "Åsgrenda")]


def test_that_a_judged_encoding_is_told(tmp_path):
    assert any("Windows-tegn" in note for note in read(tmp_path, LIST.encode("cp1252")).notes)
    assert any("DOS-tegn" in note for note in read(tmp_path, LIST.encode("cp865")).notes)


def test_that_another_alphabet_is_guessed_with_a_note(tmp_path):
    text = "Navn;By\n" + "Черняховский Иван Данилович;Киев и область\n" * 20
    table = read(tmp_path, text.encode("cp1251"))
    assert any("gjettet" in note for note in table.notes)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_that_the_separator_is_found(tmp_path, separator):
    table = read(tmp_path, LIST.replace(";", separator))
    assert table.headings == ("Fornavn", "Etternavn", "Bydel")


def test_that_decimal_commas_do_not_pass_for_separators(tmp_path):
    table = read(
        tmp_path, "Adresse;Kvm;Leie\nVeien 1;82,5;9 840,50\nVeien 2;60,0;8 100,00\nVeien 3;44,5;7 000,10\n"
    )
    assert cells(table)[0] == ("Veien 1", "82,5", "9 840,50")


@pytest.mark.parametrize("heading", ["Navn", "Namn", "Liste over søkere\nNavn"])
def test_that_the_comma_of_a_name_does_not_separate_under_one_heading(tmp_path, heading):
    table = read(tmp_path, f"{heading}\nHest, Klok\nNepe, Blid\nBie, Sprek\n")
    assert [row.cells[0] for row in table.rows] == ["Hest, Klok", "Nepe, Blid", "Bie, Sprek"]


def test_that_a_list_of_one_column_is_told_nothing_of_separators(tmp_path):
    table = read(tmp_path, "Navn\nHest, Klok\nNepe, Blid\n")
    assert table.notes == ()


def test_that_commas_in_quotes_do_not_separate(tmp_path):
    table = read(tmp_path, 'Navn,Adresse\n"Nepe, Blid","Veien 1, 9008"\n"Hest, Klok","Veien 2, 9008"\n')
    assert cells(table)[0] == ("Nepe, Blid", "Veien 1, 9008")


def test_that_a_line_break_inside_quotes_stays_in_the_cell_and_rows_are_counted_as_a_spreadsheet_does(
    tmp_path,
):
    table = read(tmp_path, 'Navn;Merknad\n"Nepe, Blid";"ring først\nså kom"\n\nHest;ok\n')
    assert table.rows[0].cells[1] == "ring først\nså kom"
    assert [row.row_no for row in table.rows] == [2, 4]


def test_that_the_separator_line_of_a_spreadsheet_is_obeyed(tmp_path):
    table = read(tmp_path, "sep=|\nNavn|Bydel;Sted\nNepe|Sørli;Havna\n")
    assert table.headings == ("Navn", "Bydel;Sted")
    assert table.rows[0].row_no == 3


def test_that_titles_above_the_headings_are_skipped(tmp_path):
    table = read(
        tmp_path, "Boliger i Eksempelvik;;\nTatt ut 01.02.2026;;\n;;\nAdresse;Kvm;Leie\nVeien 1;82;9840\n"
    )
    assert table.headings == ("Adresse", "Kvm", "Leie")
    assert table.heading_row == 4
    assert table.rows[0].row_no == 5
    assert "2 rader over overskriftene er hoppet over." in table.notes


def test_that_headings_on_two_lines_become_one(tmp_path):
    table = read(tmp_path, "Søker;;Verge;\nNavn;Tlf;Navn;Tlf\nBlid Nepe;68050001;Klok Hest;68050002\n")
    assert table.headings == ("Søker – Navn", "Søker – Tlf", "Verge – Navn", "Verge – Tlf")


def test_that_duplicate_and_missing_headings_get_names_and_are_told(tmp_path):
    table = read(tmp_path, "Navn;Telefon;Telefon;;\nBlid Nepe;68050001;68050002;x;\n")
    assert table.headings == ("Navn", "Telefon", "Telefon (2)", "Kolonne D")
    assert any("Telefon (2)" in note for note in table.notes)
    assert "Kolonne D har ingen overskrift." in table.notes


def test_that_empty_rows_and_columns_at_the_end_are_cut(tmp_path):
    table = read(tmp_path, "Navn;Bydel;;\n;;;\nBlid Nepe;Sørli;;\n  ; ;;\n")
    assert table.headings == ("Navn", "Bydel")
    assert [row.row_no for row in table.rows] == [3]


def test_that_headings_repeated_on_every_page_are_skipped(tmp_path):
    table = read(tmp_path, "Navn;Bydel\nBlid Nepe;Sørli\nNavn;Bydel\nKlok Hest;Havna\n")
    assert len(table.rows) == 2
    assert any("hoppet over" in note for note in table.notes)


def test_that_short_and_long_rows_get_the_same_width(tmp_path):
    table = read(tmp_path, "Navn;Bydel\nBlid Nepe\nKlok Hest;Havna;ekstra\n")
    assert {len(row.cells) for row in table.rows} == {3} == {len(table.headings)}


def test_that_the_fingerprint_is_that_of_the_file(tmp_path):
    assert read(tmp_path, LIST).sha256 == hashlib.sha256(LIST.encode()).hexdigest()


def test_that_a_very_long_cell_is_read_whole(tmp_path):
    table = read(tmp_path, f"Navn;Merknad\nBlid Nepe;{'x' * 200_000}\n")
    assert len(table.rows[0].cells[1]) == 200_000


def test_that_a_quotation_mark_that_is_never_closed_is_told(tmp_path):
    text = 'Navn;Merknad\nBlid Nepe;"glemt\n' + "Klok Hest;ok\n" * 200
    with pytest.raises(UserError, match="anførselstegn på linje 2"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Fila er tom"),
        (b"\n\n;;\n", "ingen rader"),
        (b"Navn;Bydel\n", "ingen rader"),
        (b"%PDF-1.7 x", "en PDF-fil"),
        (b"\x89PNG\r\n\x1a\n", "et bilde"),
        (b"\xff\xd8\xff\xe0", "et bilde"),
        (b"{\\rtf1", "tekstdokument"),
        (b"<html><table></table></html>", "nettside"),
        (b"PK\x03\x04 broken", "skadet"),
        (b"SQLite format 3\x00", "database"),
        (b"\x00\x01\x02\x03" * 400 + b"abc" * 900, "ikke en tekstfil"),
    ],
)
def test_that_what_is_no_list_is_refused_with_what_it_is(tmp_path, content, words):
    with pytest.raises(UserError, match=words) as caught:
        read(tmp_path, content)
    assert "Ingenting er hentet inn." in caught.value.line()


def test_that_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(UserError, match="finnes ikke"):
        read_table(tmp_path / "borte.csv")
    with pytest.raises(UserError, match="mappe"):
        read_table(tmp_path)


def test_that_a_file_of_200_mb_is_refused_unread(tmp_path):
    path = tmp_path / "stor.xlsx"
    with path.open("wb") as file:
        file.truncate(2 * MAX_BYTES)
    with pytest.raises(UserError, match=r"for stor \(200 MB\)"):
        read_table(path)


def test_that_reading_can_be_stopped_and_tells_how_far_it_is(tmp_path):
    path = tmp_path / "lang.csv"
    path.write_text("Navn;Bydel\n" + "Blid Nepe;Sørli\n" * 2500, encoding="utf-8")
    seen = []
    read_table(path, progress=seen.append)
    assert seen == [1000, 2000]
    with pytest.raises(ReadingStopped):
        read_table(path, cancelled=lambda: True)


def test_that_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables.reading_csv, "MAX_ROWS", 10)
    with pytest.raises(UserError, match="mer enn 10 rader"):
        read(tmp_path, "Navn;Bydel\n" + "Blid;Sørli\n" * 20)


def test_that_a_stray_control_character_does_not_cost_the_file(tmp_path):
    table = read(tmp_path, LIST.replace("Blid", "Bl\x00i\x07d"))
    assert table.rows[0].cells[0] == "Bl\x00i\x07d"


def test_that_a_short_list_with_an_open_quotation_mark_is_refused_too(tmp_path):
    with pytest.raises(UserError, match="linje 2 blir aldri lukket"):
        read(tmp_path, 'Navn;Merknad\nBlid Nepe;"glemt\nKlok Hest;ok\n')
