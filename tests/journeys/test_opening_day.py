"""The first day of an office: the store is made, the lists come in, somebody is found and opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import boligdesk.app as program
from boligdesk.app import StoreOpener
from boligdesk.storage.keys import KdfCost
from boligdesk.ui.first_run.flow import Flow
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.tasks import Tasks
from tests.journeys.clerk import Clerk
from tests.ui.harness import settle

PASSPHRASE = "fire ville hester danser"
DWELLINGS = "Boligkode;Gateadresse;Postnr;Poststed;Soverom;Husleie\nB-1;Prøvegata 3;9008;Tromsø;2;8 480,00\n"
PEOPLE = "Fødselsnr;Fornavn;Etternavn;Mobil\n15838800065;Rask;Storbjørk;68 05 00 11\n;Mild;Rogn;68050012\n"


@pytest.fixture
def new_office(qtbot, tmp_path, monkeypatch):
    """A program that has never been started, with a key derivation that costs little."""
    original = KdfCost.__init__
    monkeypatch.setattr(KdfCost, "__init__", lambda self, *_a, **_k: original(self, 1, 8 * 1024, 1))
    monkeypatch.setattr(program, "key_store", lambda: None)
    monkeypatch.setenv("BOLIGDESK_USER", "ingrid")
    window = MainWindow(Tasks(immediate=True))
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    flow = Flow(window, StoreOpener(), str(tmp_path / "kontor.db"))
    flow.begin()
    settle()
    yield window, flow
    window.close()
    window.deleteLater()
    settle()


def open_for_the_first_time(flow: Flow) -> None:
    flow.sheet.next.click()  # on this machine
    settle()
    for field in (flow.sheet.fields.first, flow.sheet.fields.second):
        QTest.keyClicks(field, PASSPHRASE)
    flow.sheet.next.click()
    settle()
    QTest.keyClicks(flow.sheet.field, flow.sheet._key.split("-")[2])
    flow.sheet.next.click()
    settle()
    flow.sheet.name.setText("Ingrid B.")
    flow.sheet.next.click()
    settle()
    flow.sheet.lists.click()
    settle()


def bring_in(clerk: Clerk, path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    tab = clerk.page.tab()
    tab.choose.take([path])
    settle()
    for button in (tab.map_step.try_button, tab.report_step.take_button):
        assert button.isEnabled()
        button.click()
        settle()


def test_that_an_office_opens_brings_in_its_lists_and_finds_a_person(new_office, tmp_path):
    window, flow = new_office
    open_for_the_first_time(flow)
    clerk = Clerk(window)
    assert (clerk.page.key, clerk.page.tab_key()) == ("administrasjon", "hent_inn")
    bring_in(clerk, tmp_path / "boliger.csv", DWELLINGS)
    clerk.goes("boliger")
    assert clerk.sees("Prøvegata 3")
    clerk.goes("administrasjon", tab="hent_inn")
    clerk.page.tab().begin()
    bring_in(clerk, tmp_path / "personer.csv", PEOPLE)
    clerk.begins()
    clerk.finds("bjørk")  # inside a word
    assert clerk.page.key == "person"
    assert clerk.sees("Rask Storbjørk")
    assert clerk.acts == 3
    clerk.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clerk.page.key == "ny_soknad"
