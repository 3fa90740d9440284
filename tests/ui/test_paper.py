"""Every list on a real printer that writes a PDF, read back; and what is said when the disk has no room."""

from __future__ import annotations

import sys

import pypdfium2 as pdfium
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel

from boligdesk.exchange import atomic
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.services.records.work import TaskDraft, VisitDraft
from boligdesk.ui.places import Place
from boligdesk.ui.printing import PrintDialog, PrintFailed, put_on_paper
from boligdesk.ui.tables import cell_text
from tests.ui.harness import (
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    settle,
)

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

LISTS = ("min_dag", "saker", "personer", "boliger", "bo_oppfolging")
ROOM = 2_000
"""Bytes: less than a PDF or a workbook of one line."""


def pdf_printer(path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def packed(text: str) -> str:
    """Without white space: a reader of PDF guesses where lines and words end."""
    return "".join(text.split())


def words_of(path) -> str:
    document = pdfium.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return packed(text)


@pytest.fixture
def no_room():
    """The real limit of the system: no file of this program may grow beyond ``ROOM``."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit for one process")
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))

    def lift() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    limit.lift = lift
    yield limit
    lift()
    signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.parametrize("key", LISTS)
def test_that_every_list_comes_out_of_the_printer_as_it_stands(desk_window, office, tmp_path, key):
    visit = VisitDraft(person_id(office, "Nepe"), observed="Det var ryddig", next_step="Ringe NAV")
    office.guidance.log_visit(visit)
    office.tasks.add(TaskDraft("ring_tilbake", person_id=person_id(office, "Nepe")))
    office.dwellings.register(DwellingDraft("A-1", "Aveien", "1"), "ledig")
    desk_window.go(Place(key))
    settle()
    page = desk_window.navigator.here
    job = page.printout()
    path = tmp_path / f"{key}.pdf"
    put_on_paper(pdf_printer(path), job)
    text = words_of(path)
    assert packed(job.title) in text
    assert packed(" · ".join(job.filters)) in text
    assert len(job.rows) == page.table.rows.total() > 0
    for row in job.rows:
        for column in job.columns:
            assert packed(cell_text(column, row)) in text


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_that_a_printer_that_takes_nothing_is_said_in_the_window(desk_window, tmp_path):
    desk_window.go(Place("saker"))
    settle()
    page = desk_window.navigator.here
    dialog = PrintDialog(page.printout(), page)
    dialog.open()
    with pytest.raises(PrintFailed):
        put_on_paper(pdf_printer(tmp_path), page.printout())  # a folder
    dialog.print_with(pdf_printer(tmp_path))
    said = " ".join(part.text() for part in dialog.messages.findChildren(QLabel))
    assert "Listen ble ikke skrevet ut." in said
    assert "se om disken er full" in said
    assert dialog.isVisible()
    dialog.print_with(pdf_printer(tmp_path / "liste.pdf"))
    assert not dialog.isVisible()


def test_that_a_full_disk_is_noticed_when_a_list_is_printed_to_a_file(desk_window, tmp_path, no_room):
    desk_window.go(Place("saker"))
    settle()
    job = desk_window.navigator.here.printout()
    no_room()
    with pytest.raises(PrintFailed):
        put_on_paper(pdf_printer(tmp_path / "liste.pdf"), job)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit for one process")
def test_that_a_full_disk_is_said_when_a_list_is_exported(desk_window, tmp_path, monkeypatch, no_room):
    desk_window.go(Place("saker"))
    settle()
    path = tmp_path / "saker.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "Excel-arbeidsbok (*.xlsx)"))
    real = atomic.write_atomically

    def on_a_full_disk(where, write):
        no_room()
        try:
            real(where, write)
        finally:
            no_room.lift()

    monkeypatch.setattr("boligdesk.exchange.reports.write_atomically", on_a_full_disk)
    desk_window.navigator.here.export()
    settle()
    said = " ".join(part.text() for part in desk_window.findChildren(QLabel) if part.isVisible())
    assert "Disken er full" in said
    assert list(tmp_path.glob("saker*")) == []
    assert list(tmp_path.glob(".*")) == []
