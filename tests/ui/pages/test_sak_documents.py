"""The tab Dokumenter of the Sak page."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from uilint import uilint

from tests.ui.harness import (
    case_id,
    colleague,
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    settle,
)

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

NUMBER = "15838800065"
TODAY = dt.date(2026, 11, 24)


from tests.ui.pages.sak_office import dress, open_case, picture, scan


def test_that_documents_are_listed_and_shown_beside(desk_window, office):
    dress(office)
    page = open_case(desk_window, office, tab="dokumenter")
    tab = page._tab("dokumenter")
    assert "Dokumenter  2" in [page.tabs.tabText(place) for place in range(page.tabs.count())]
    for document in office.cases.detail(case_id(office, "Hest")).documents:
        tab.show_document(document.id)
        settle()
        assert tab.preview.page_count() == 1
        assert tab.title.text() == document.title


def test_that_dropped_files_are_taken_in_and_the_wrong_ones_explained(desk_window, office, tmp_path):
    page = open_case(desk_window, office, tab="dokumenter")
    tab = page._tab("dokumenter")
    (tmp_path / "leiekontrakt_2026.pdf").write_bytes(scan())
    (tmp_path / "bilde.png").write_bytes(picture())
    (tmp_path / "virus.exe").write_bytes(b"MZ\x90\x00")
    (tmp_path / "tom.pdf").write_bytes(b"")
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(path)) for path in sorted(tmp_path.iterdir()) if path.suffix != ".db"]
    )
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    over = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # as Qt delivers it: to the widget that takes drops, through its filters
    assert tab.acceptDrops()
    QApplication.sendEvent(tab, over)
    assert over.isAccepted()
    QApplication.sendEvent(tab, drop)
    assert drop.isAccepted()
    settle()
    assert [line.title.text() for line in tab.intake.lines()] == ["Bilde", "Leiekontrakt 2026"]
    faults = " ".join(tab.intake.faults())
    assert "«virus.exe» er ikke tatt med. Denne filtypen kan ikke lagres." in faults
    assert "«tom.pdf» er ikke tatt med. Filen er tom." in faults
    tab.intake.save()
    settle()
    kept = office.cases.detail(case_id(office, "Hest")).documents
    assert {(row.title, row.kind) for row in kept} == {("Bilde", "VEDLEGG"), ("Leiekontrakt 2026", "AVTALE")}
    assert tab.intake.lines() == []


def test_that_a_document_is_removed_and_comes_back(desk_window, office):
    dress(office)
    page = open_case(desk_window, office, tab="dokumenter")
    tab, case = page._tab("dokumenter"), case_id(office, "Hest")
    tab.show_document(office.cases.detail(case).documents[0].id)
    settle()
    tab.remove.click()
    settle()
    assert len(office.cases.detail(case).documents) == 1
    QTest.keyClick(desk_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(office.cases.detail(case).documents) == 2


def test_that_a_copy_of_a_document_is_written_whole(desk_window, office, tmp_path):
    dress(office)
    page = open_case(desk_window, office, tab="dokumenter")
    tab = page._tab("dokumenter")
    row = office.cases.detail(case_id(office, "Hest")).documents[0]
    tab.show_document(row.id)
    settle()
    tab.write_copy(tmp_path / "kopi")
    assert (tmp_path / "kopi").read_bytes() == office.cases.document(row.id)[1]
    tab.write_copy(tmp_path / "finnes" / "ikke")


def test_that_a_low_window_shows_the_list_or_the_document(desk_window, office):
    dress(office)
    desk_window.resize(960, 540)
    page = open_case(desk_window, office, tab="dokumenter")
    tab = page._tab("dokumenter")
    assert (tab.table.isHidden(), tab.panel.isHidden()) == (False, True)
    tab._open(tab.table.rows.row_at(0))
    settle()
    assert (tab.table.isHidden(), tab.panel.isHidden()) == (True, False)
    assert uilint(page) == []
    page.toggle_detail()
    assert (tab.table.isHidden(), tab.panel.isHidden()) == (False, True)
    desk_window.resize(1440, 900)
    settle()
    assert (tab.table.isHidden(), tab.panel.isHidden()) == (False, False)
