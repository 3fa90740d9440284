"""The letter on the screen and on the printer: every page, off the window's thread, and told when it cannot be."""

from __future__ import annotations

from uuid import UUID

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from boligdesk.documents.room import PaperRoom
from boligdesk.services.errors import UserError
from boligdesk.services.letter_examples import example_paper
from boligdesk.ui.letter_printing import DOCUMENT_NAME, LetterPrinter, new_printer
from boligdesk.ui.pdf_pages import BrokenPdf, pages_of_resolution, pages_of_width
from boligdesk.ui.widgets.pdf_view import PdfView

LETTER = UUID(int=1)
OTHER = UUID(int=2)


@pytest.fixture(scope="module")
def letter():
    """An example of a long letter, and its plain text."""
    room = PaperRoom()
    paper, _composed = example_paper(room, "innvilgelse_bolig", "nb")
    return room.render(paper), room.plain_text(paper)


@pytest.fixture
def view(tasks, qtbot):
    made = PdfView(tasks, "Brevet")
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def printer_to(path):
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_that_every_page_is_drawn_to_the_width(view, letter):
    view.show_pdf(*letter)
    assert len(view.sheets) == len(pdfium.PdfDocument(letter[0]))
    assert view.sheets[0].accessibleName() == f"Brevet, side 1 av {len(view.sheets)}"
    assert view.sheets[0].width() <= view.area.viewport().width()
    assert view.where.text() == f"Side 1 av {len(view.sheets)}"


def test_that_page_keys_go_from_page_to_page(view, letter, qtbot):
    view.show_pdf(*letter)
    qtbot.waitUntil(lambda: view.area.verticalScrollBar().maximum() > 0)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.where.text().startswith("Side 2")
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.where.text().startswith("Side 1")


def test_that_the_letter_can_be_enlarged_and_fitted_again(view, letter):
    view.show_pdf(*letter)
    view.set_zoom(None)
    fitted = view.sheets[0].width()
    view.set_zoom(1.5)
    assert view.sheets[0].width() > fitted
    view.set_zoom(None)
    assert view.sheets[0].width() == fitted


def test_that_plain_text_stands_instead_of_the_pages(view, letter):
    view.show_pdf(*letter)
    view.toggle_text()
    assert view.shows_text
    assert "Du kan klage" in view.words.toPlainText()
    view.toggle_text()
    assert not view.shows_text


def test_that_the_last_good_pages_stay_when_the_next_cannot_be_drawn(view, letter):
    def fails():
        raise UserError("Brevet har tegn som ikke kan skrives.")

    view.show_pdf(*letter)
    view.draw(fails)
    assert view.pdf == letter[0]
    assert "tegn som ikke kan skrives" in view.messages.bar().text
    view.show_pdf(*letter)
    assert view.messages.bar() is None


def test_that_a_newer_letter_takes_the_place_of_an_older_one(threaded_tasks, qtbot, letter):
    view = PdfView(threaded_tasks, "Brevet")
    qtbot.addWidget(view)
    view.show()
    for number in range(3):
        view.draw(lambda number=number: (letter[0], f"Utgave {number}"))
    qtbot.waitUntil(lambda: view.words.toPlainText() == "Utgave 2")


def test_that_what_is_no_pdf_is_told():
    with pytest.raises(BrokenPdf):
        pages_of_width(b"ikke en PDF", 300)


def test_that_pages_for_paper_have_three_hundred_dots_an_inch(letter):
    assert abs(pages_of_resolution(letter[0], 300)[0].width() - 2480) <= 2


def test_that_letters_come_whole_and_in_order_on_paper(tasks, qtbot, letter, tmp_path):
    path = tmp_path / "bunke.pdf"
    told = []
    printer = printer_to(path)
    assert printer.docName() == DOCUMENT_NAME == "Boligdesk brev"
    LetterPrinter(tasks, tasks).start(
        printer, [(LETTER, (letter[0],)), (OTHER, (letter[0],) * 2)], told.append
    )
    assert (told[0].letters, told[0].error) == ((LETTER, OTHER), None)
    assert len(pdfium.PdfDocument(path)) == 3 * len(pdfium.PdfDocument(letter[0]))


def test_that_printing_is_stopped_between_two_letters(tasks, qtbot, letter, tmp_path):
    told = []
    work = LetterPrinter(tasks, tasks)
    work.progressed.connect(lambda at, _of: work.stop() if at == 1 else None)
    work.start(
        printer_to(tmp_path / "bunke.pdf"), [(LETTER, (letter[0],)), (OTHER, (letter[0],))], told.append
    )
    assert (told[0].letters, told[0].stopped) == ((LETTER,), True)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_that_a_printer_that_takes_nothing_is_told_and_prints_nothing(tasks, qtbot, letter, tmp_path):
    told = []
    printer = printer_to(tmp_path / "finnes_ikke" / "bunke.pdf")
    LetterPrinter(tasks, tasks).start(printer, [(LETTER, (letter[0],))], told.append)
    assert told[0].letters == ()
    assert "ikke merket som sendt" in told[0].error.what


def test_that_a_broken_letter_is_told(tasks, qtbot, tmp_path):
    told = []
    LetterPrinter(tasks, tasks).start(printer_to(tmp_path / "b.pdf"), [(LETTER, (b"nei",))], told.append)
    assert isinstance(told[0].error, BrokenPdf)
