from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.worksheet.formula import ArrayFormula

from boligdesk.exchange import container
from boligdesk.exchange.tables import read_table
from boligdesk.services.errors import UserError
from boligdesk.services.imports.mapping import recognise
from boligdesk.services.imports.table import ErrorCell, FormulaCell


def workbook(*rows, title="Ark1"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def save(book, tmp_path, name="liste.xlsx"):
    path = tmp_path / name
    book.save(path)
    return path


def edited(path, inside, old, new):
    """The same workbook with one of its parts changed as Excel would have written it."""
    content = path.read_bytes()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == inside:
                assert old in data
                data = data.replace(old, new)
            target.writestr(entry, data)
    return path


def test_that_typed_cells_come_as_they_are(tmp_path):
    path = save(
        workbook(["Navn", "Født", "Postnr", "Heis"], ["Blid Nepe", dt.datetime(1990, 2, 1), 1, True]),
        tmp_path,
    )
    table = read_table(path)
    assert table.headings == ("Navn", "Født", "Postnr", "Heis")
    assert table.rows[0].cells == ("Blid Nepe", dt.datetime(1990, 2, 1), 1, True)
    assert (table.name, table.sheet, table.sheets, table.heading_row) == ("liste.xlsx", "Ark1", ("Ark1",), 1)


def test_that_the_name_of_the_file_does_not_decide(tmp_path):
    path = save(workbook(["Navn", "Fnr"], ["Blid Nepe", "01914796756"]), tmp_path).rename(
        tmp_path / "liste.csv"
    )
    assert len(read_table(path).rows) == 1
    assert read_table(path).notes[0] == (
        "Navnet slutter på .csv, men innholdet er en Excel-arbeidsbok. Fila er lest som det."
    )
    text = tmp_path / "liste2.xlsx"
    text.write_text("Navn;Fnr\nBlid Nepe;01914796756\n", encoding="utf-8")
    assert len(read_table(text).rows) == 1
    assert (
        read_table(text).notes[0]
        == "Navnet slutter på .xlsx, men innholdet er ren tekst. Fila er lest som CSV."
    )
    text.write_text("Hei på deg\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_table(text)
    assert "innholdet er ren tekst" in caught.value.what


def test_that_row_numbers_are_those_of_the_sheet(tmp_path):
    book = workbook(
        ["Eksempelvik kommune"], [], ["Navn", "Bydel"], ["Blid Nepe", "Sørli"], [], ["Klok Hest", "Havna"]
    )
    table = read_table(save(book, tmp_path))
    assert table.heading_row == 3
    assert [row.row_no for row in table.rows] == [4, 6]
    assert "1 rad over overskriftene er hoppet over." in table.notes


def test_that_stored_results_of_formulas_are_used_and_told(tmp_path):
    path = save(workbook(["Adresse", "Leie", "Kode"], ["Veien 1", "=4000+840", "x"]), tmp_path)
    edited(path, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>4840</v>") if b"<v></v>" in part(
        path
    ) else edited(path, "xl/worksheets/sheet1.xml", b"<v />", b"<v>4840</v>")
    table = read_table(path)
    assert table.rows[0].cells[1] == 4840
    assert "1 celler har formler. Verdien som sist ble lagret, er brukt." in table.notes


def part(path, inside="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(path) as archive:
        return archive.read(inside)


def test_that_a_formula_without_result_is_marked(tmp_path):
    book = workbook(["Adresse", "Leie", "Kvm"], ["Veien 1", "=4000+840", None])
    book.active["C2"] = ArrayFormula("C2:C2", "=SUM(1,2)")
    table = read_table(save(book, tmp_path))
    assert table.rows[0].cells == ("Veien 1", FormulaCell(), FormulaCell())


def test_that_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path):
    path = save(workbook(["Adresse", "Merknad", "Leie"], ["Veien 1", '=""', 9840]), tmp_path)
    old = b'<c r="B2"><f>""</f>'
    edited(path, "xl/worksheets/sheet1.xml", old, b'<c r="B2" t="str"><f>""</f>')
    assert read_table(path).rows[0].cells == ("Veien 1", None, 9840)


def test_that_error_cells_are_marked(tmp_path):
    book = workbook(["Adresse", "Leie"], ["Veien 1", "#REF!"], ["Veien 2", "#N/A"])
    table = read_table(save(book, tmp_path))
    assert [row.cells[1] for row in table.rows] == [ErrorCell("#REF!"), ErrorCell("#N/A")]


def test_that_an_impossible_serial_date_is_an_error_cell_without_noise(tmp_path):
    book = workbook(["Navn", "Født"], ["Blid Nepe", 99_999_999])
    book.active["B2"].number_format = "dd.mm.yyyy"
    assert read_table(save(book, tmp_path)).rows[0].cells[1] == ErrorCell("#VALUE!")


def test_that_merged_group_headings_are_joined_with_what_stands_below(tmp_path):
    book = workbook(
        ["Personliste"],
        ["Navn", "Adresse", None, None, "Verge", None],
        [None, "Gate", "Postnr", "Poststed", "Navn", "Tlf"],
        ["Blid Nepe", "Veien 1", 9008, "Eksempelvik", "Klok Hest", 68050001],
    )
    for cells in ("A1:F1", "A2:A3", "B2:D2", "E2:F2"):
        book.active.merge_cells(cells)
    table = read_table(save(book, tmp_path))
    assert table.headings == (
        "Navn",
        "Adresse – Gate",
        "Adresse – Postnr",
        "Adresse – Poststed",
        "Verge – Navn",
        "Verge – Tlf",
    )
    assert table.heading_row == 3
    assert recognise(table.headings, "people").fields == (
        "full_name",
        "street",
        "postcode",
        "city",
        "guardian_name",
        "guardian_phone",
    )
    assert "Overskriftene står på to linjer. De er slått sammen." in table.notes


def test_that_a_merged_title_over_the_list_is_no_group(tmp_path):
    book = workbook(["Boliger i Eksempelvik"], ["Adresse", "Kvm", "Leie"], ["Veien 1", 82, 9840])
    book.active.merge_cells("A1:C1")
    assert read_table(save(book, tmp_path)).headings == ("Adresse", "Kvm", "Leie")


def test_that_the_first_visible_sheet_with_rows_is_read_and_others_by_name(tmp_path):
    book = workbook(title="Forside")
    hidden = book.create_sheet("Skjult")
    hidden.sheet_state = "hidden"
    for name, street in (("Skjult", "Skjulveien 1"), ("Boliger", "Veien 1"), ("Gamle", "Gamleveien 1")):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["Adresse", "Kvm"])
        sheet.append([street, 82])
    path = save(book, tmp_path)
    table = read_table(path)
    assert (table.sheet, table.sheets) == ("Boliger", ("Forside", "Boliger", "Gamle"))
    assert "Arbeidsboka har flere ark. Lest er «Boliger»." in table.notes
    assert "1 skjult ark er ikke lest." in table.notes
    assert read_table(path, "gamle").rows[0].cells[0] == "Gamleveien 1"
    assert any("skjult" in note for note in read_table(path, "Skjult").notes)
    with pytest.raises(UserError, match="Arkene heter: Forside, Boliger, Gamle"):
        read_table(path, "Kake")


def test_that_only_hidden_content_and_no_content_are_told_apart(tmp_path):
    book = workbook(title="Forside")
    sheet = book.create_sheet("Skjult")
    sheet.append(["Adresse", "Kvm"])
    sheet.append(["Veien 1", 82])
    sheet.sheet_state = "hidden"
    with pytest.raises(UserError, match="skjult"):
        read_table(save(book, tmp_path))
    with pytest.raises(UserError, match="ingen rader"):
        read_table(save(workbook(), tmp_path, "tom.xlsx"))


def test_that_a_wrong_size_written_in_the_file_does_no_harm(tmp_path):
    path = save(workbook(["Navn", "Bydel"], ["Blid Nepe", "Sørli"]), tmp_path)
    edited(path, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    table = read_table(path)
    assert table.headings == ("Navn", "Bydel")
    assert len(table.rows) == 1


def test_that_a_lonely_cell_far_out_does_no_harm(tmp_path):
    book = workbook(["Navn", "Bydel"], ["Blid Nepe", "Sørli"])
    book.active["ZZ2"] = "x"
    table = read_table(save(book, tmp_path))
    assert len(table.headings) == 2
    assert any("mer enn 500 kolonner" in note for note in table.notes)


def test_that_a_workbook_with_a_password_is_refused_with_what_to_do(tmp_path):
    plain = save(workbook(["Navn", "Fnr"], ["Blid Nepe", "01914796756"]), tmp_path)
    locked = tmp_path / "laast.xlsx"
    with plain.open("rb") as source, locked.open("w+b") as target:
        OOXMLFile(source).encrypt("hemmelig", target)
    with pytest.raises(UserError, match="låst med passord") as caught:
        read_table(locked)
    assert "fjern passordet i en kopi" in caught.value.line()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(path, **parts):
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(OLE + "Workbook".encode("utf-16-le")), "gammel Excel-fil"),
        (lambda path: path.write_bytes(OLE + "WordDocument".encode("utf-16-le")), "gammelt Office-dokument"),
        (lambda path: path.write_bytes(b"%PDF-1.7\n"), "PDF-fil"),
        (lambda path: archive(path, word__document_xml="x"), "tekstdokument"),
        (
            lambda path: archive(path, mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "OpenDocument",
        ),
        (lambda path: archive(path, bilder="x"), "pakket fil"),
    ],
)
def test_that_files_that_only_look_like_workbooks_are_refused(tmp_path, make, words):
    path = tmp_path / "liste.xlsx"
    make(path)
    with pytest.raises(UserError, match=words) as caught:
        read_table(path)
    assert caught.value.todo


def test_that_a_damaged_workbook_is_told_at_every_place_it_may_break(tmp_path):
    path = save(
        workbook(["Navn", "Fnr"], *[["Blid Nepe", f"{number:011d}"] for number in range(400)]), tmp_path
    )
    whole = path.read_bytes()
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(UserError, match="skadet"):
            read_table(path)
    for position in range(60, len(whole), len(whole) // 40):
        path.write_bytes(whole[:position] + b"\xff\x00\xff" + whole[position + 3 :])
        try:
            read_table(path)
        except UserError:
            continue


def test_that_broken_xml_inside_is_told(tmp_path):
    path = save(workbook(["Navn", "Fnr"], ["Blid Nepe", "1"]), tmp_path)
    edited(path, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetDat>")
    with pytest.raises(UserError, match="skadet"):
        read_table(path)


def test_that_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(container, "MAX_UNPACKED", 5_000_000)
    path = save(workbook(["Navn", "Fnr"], ["Blid Nepe", "1"]), tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/media/x.bin", bytes(6_000_000))
    assert path.stat().st_size < 100_000
    with pytest.raises(UserError, match="for stor når den pakkes ut"):
        read_table(path)


def test_that_entities_that_grow_without_end_are_refused(tmp_path):
    path = save(workbook(["Navn", "Fnr"], ["Blid Nepe", "1"]), tmp_path)
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    start = part(path)[:10]
    edited(
        path, "xl/worksheets/sheet1.xml", start, f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'.encode() + start
    )
    edited(path, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>&a9;")
    with pytest.raises(UserError, match="skadet"):
        read_table(path)


def with_shared_texts(path):
    """The workbook as Excel writes it: every text once in a table of its own, with a rich one among them."""
    texts = []

    def number(found):
        texts.append(found[2])
        return found[1] + b' t="s"><v>%d</v></c>' % (len(texts) - 1)

    pattern = rb'(<c r="[A-Z]+[0-9]+") t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>'
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(pattern, number, parts[sheet])
    items = b"".join(b"<si><r><t>%s</t></r><r><t>%s</t></r></si>" % (text[:1], text[1:]) for text in texts)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (main, items)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.sharedStrings+xml"/></Types>',
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return len(texts)


def test_that_texts_kept_once_in_a_table_as_excel_does_are_read(tmp_path):
    path = save(workbook(["Navn", "Fnr"], ["Blid Nepe", "01914796756"]), tmp_path)
    assert with_shared_texts(path) == 4
    table = read_table(path)
    assert (table.headings, table.rows[0].cells) == (("Navn", "Fnr"), ("Blid Nepe", "01914796756"))


def test_that_texts_beyond_memory_are_refused(tmp_path, monkeypatch):
    path = save(workbook(["Navn", "Fnr"], *[[f"Blid Nepe {n}", "1"] for n in range(100)]), tmp_path)
    with_shared_texts(path)
    monkeypatch.setattr(container, "MAX_TEXTS", 1000)
    with pytest.raises(UserError, match="for stor når den pakkes ut"):
        read_table(path)
