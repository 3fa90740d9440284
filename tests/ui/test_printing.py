"""Lists on paper: every page has its headings, its number and black letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pypdfium2 as pdfium
import pytest
from PIL import ImageChops, ImageStat
from PySide6.QtPrintSupport import QPrinter

from boligdesk.ui.printing import DOCUMENT_NAME, ListPrint, PrintDialog, print_on, print_to_pdf, to_pdf
from boligdesk.ui.tables import Column


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    name: str


COLUMNS = (
    Column[Line]("name", "Søker", lambda r: r.name),
    Column[Line]("id", "Rad", lambda r: str(r.id), align="right"),
)


def job(rows: int, *, landscape: bool = True) -> ListPrint:
    lines = [Line(n, f"Nepe&Ærlig<{n}>") for n in range(rows)]
    return ListPrint("Dagsliste", ("Mine oppgaver",), date(2026, 11, 24), COLUMNS, lines, landscape)


def pages(data: bytes) -> list[str]:
    document = pdfium.PdfDocument(data)
    # the reader guesses at spaces between words that were placed one by one; they are not ours to test
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return texts


def test_that_headings_and_page_numbers_are_on_every_page(qapp):
    texts = pages(to_pdf(job(120)))
    assert len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert "Søker" in text
        assert f"Side{number}av{len(texts)}" in text
        assert "Dagsliste·skrevetut24.11.2026" in text
    assert "Mineoppgaver·120rader" in texts[0]


def test_that_every_row_is_printed_once_and_as_it_is_written(qapp):
    whole = "\n".join(pages(to_pdf(job(120))))
    assert [whole.count(f"Nepe&Ærlig<{n}>") for n in range(120)] == [1] * 120


@pytest.mark.parametrize("landscape", [True, False])
def test_that_the_sheet_is_a4_and_letters_are_black_in_the_dark_theme_too(qapp, dark, landscape):
    document = pdfium.PdfDocument(to_pdf(job(3, landscape=landscape)))
    size = sorted(round(x) for x in document[0].get_size())
    picture = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    assert size == [595, 842]
    assert picture.getextrema()[0] < 60


def test_that_nothing_in_the_file_but_the_list_names_a_person(qapp, tmp_path):
    path = tmp_path / "liste.pdf"
    print_to_pdf(job(3), path)
    document = pdfium.PdfDocument(path)
    told = document.get_metadata_dict()
    document.close()
    assert told["Title"] == DOCUMENT_NAME
    assert "Nepe" not in str(told)


def test_that_a_printer_gets_the_same_pages_as_the_preview(qapp, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "skriver.pdf"))
    shown = to_pdf(job(120))
    assert print_on(printer, job(120)) == len(pages(shown))
    looks = []
    for source in (shown, (tmp_path / "skriver.pdf").read_bytes()):
        document = pdfium.PdfDocument(source)
        looks.append(document[0].render(scale=1).to_pil().convert("L").resize((421, 298)))
        document.close()
    # of 255: the same sizes in the same places, whatever the printer's resolution; the footer by itself
    for box in ((0, 0, 421, 298), (0, 262, 421, 298)):
        parts = [look.crop(box) for look in looks]
        assert ImageStat.Stat(ImageChops.difference(*parts)).mean[0] < 1


def test_that_an_empty_list_is_one_page(qapp):
    assert len(pages(to_pdf(job(0)))) == 1


def test_that_the_preview_shows_what_will_be_printed(qtbot):
    dialog = PrintDialog(job(120))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.preview.page_count() == len(pages(to_pdf(job(120))))
    assert dialog.preview.where.text().startswith("Side 1 av ")
    dialog.preview.go_to(1)
    assert dialog.preview.where.text().startswith("Side 2 av ")
    dialog.preview.go_to(99)
    assert dialog.preview.where.text().startswith("Side 2 av ")
