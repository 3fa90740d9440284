"""Bringing in the office's lists through the page: from an awkward file to people in the store, and back out."""

from __future__ import annotations

import csv
import datetime as dt
import json

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from uilint import uilint

from boligdesk.domain.catalog import Role
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import PersonFilter
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.pages.administrasjon.import_tab import ImportTab
from boligdesk.ui.pages.administrasjon.import_words import shown
from boligdesk.ui.pages.administrasjon.page import AdministrasjonPage
from boligdesk.ui.places import Place
from boligdesk.ui.tasks import Tasks
from tests.ui.harness import desk_window, office, office_path, office_template, open_desk, opened, settle

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

HEADINGS = ("Saksnr", "Fødselsnr", "Fornavn", "Ætt", "Mobil", "Notat fra før", "Registrert")
#: The second has a date that does not exist, the fourth no name; synthetic numbers only.
ROWS = (
    ("2025/0101", "15838800065", "Rask", "Furu", "68 05 00 11", "ring <b>tirsdag</b>", dt.date(2025, 3, 1)),
    ("2025/0102", None, "Mild", "Rogn", "68050012", None, "32.13.2025"),
    ("2025/0103", None, "Glad", "Selje", "68 05 00 13", "x" * 500, "3.4.25"),
    ("2025/0104", None, None, None, "68 05 00 14", None, dt.date(2025, 3, 4)),
)


def write_book(path, headings=HEADINGS, rows=ROWS, title="Søkerliste for boligkontoret"):
    """A workbook as offices have them: a title on top, an empty line, and a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Søkere"
    sheet.append([title])
    sheet.append([])
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    other = book.create_sheet("Boliger")
    other.append(("Boligkode", "Gateadresse", "Soverom"))
    other.append(("B-77", "Prøvegata 3", 2))
    book.save(path)
    return path


@pytest.fixture
def listed(tmp_path):
    return write_book(tmp_path / "søkere.xlsx")


@pytest.fixture
def page(desk_window) -> AdministrasjonPage:
    desk_window.go(Place("administrasjon", tab="hent_inn"))
    settle()
    shown_page = desk_window.navigator.here
    assert isinstance(shown_page, AdministrasjonPage)
    return shown_page


@pytest.fixture
def tab(page) -> ImportTab:
    made = page.tab()
    assert isinstance(made, ImportTab)
    return made


@pytest.fixture
def saving(monkeypatch, tmp_path):
    """Answers the dialog that asks where to save; returns the path."""

    def answer(name: str):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
        return path

    return answer


def read(tab: ImportTab, path) -> None:
    tab.choose.take([path])
    settle()


def map_by_hand(tab: ImportTab, heading: str, field: str) -> None:
    """Choose the row, then the field in the box beside it, as a hand does."""
    row = next(row for row in tab.map_step._rows if row.heading == heading)
    tab.map_step.table.select_id(row.id)
    combo = tab.map_step.pane.combo
    combo.setCurrentIndex(combo.findData(field))
    combo.activated.emit(combo.currentIndex())
    settle()


def press(button) -> None:
    assert button.isEnabled()
    button.click()
    settle()


def names(office) -> set[str]:
    return {row.name for row in office.people.page(PersonFilter(), Sort("name"), 0, 200).rows}


def message(tab) -> str:
    bar = tab.messages.bar()
    return bar.text if bar is not None else ""


def tried(tab: ImportTab, path) -> None:
    read(tab, path)
    map_by_hand(tab, "Ætt", "family_name")
    press(tab.map_step.try_button)


def test_that_a_list_that_lacks_a_field_says_so_and_cannot_be_tried(tab, tmp_path) -> None:
    headings, rows = ("Saksnr", "Fødselsnr", "Ætt", "Mobil"), [("2025/0101", None, "Furu", "68 05 00 11")]
    read(tab, write_book(tmp_path / "uten navn.xlsx", headings, rows))
    tab.set_kind("people")
    settle()
    assert tab.steps.currentWidget() is tab.map_step
    assert "«Etternavn»" in tab.map_step.state_words()
    assert not tab.map_step.try_button.isEnabled()
    assert tab.map_step.try_button.toolTip()
    map_by_hand(tab, "Ætt", "family_name")
    assert tab.map_step.try_button.isEnabled()


def test_that_a_column_can_be_mapped_by_hand(tab, listed) -> None:
    read(tab, listed)
    map_by_hand(tab, "Ætt", "family_name")
    assert tab.map_step.try_button.isEnabled()
    assert tab.map_step.state_words() == ""
    row = next(row for row in tab.map_step._rows if row.heading == "Ætt")
    assert (row.label, row.pill.word) == ("Etternavn", "valgt av deg")


def test_that_a_field_moves_from_its_old_column_and_the_page_says_so(tab, listed) -> None:
    read(tab, listed)
    map_by_hand(tab, "Ætt", "given_name")
    rows = {row.heading: row for row in tab.map_step._rows}
    assert rows["Fornavn"].pill.word == "ikke brukt"
    assert rows["Ætt"].field == "given_name"


def test_that_a_dry_run_stores_nothing_and_its_counts_add_up(tab, office, listed) -> None:
    before = names(office)
    tried(tab, listed)
    assert tab.steps.currentWidget() is tab.report_step
    assert tab.report_step.sum.text() == "4 rader lest = 2 nye + 0 endret + 0 uendret + 2 må rettes"
    assert names(office) == before
    assert tab.report_step.take_button.text() == "Hent inn 2 rader"


def test_that_the_report_names_row_and_column_of_every_finding(tab, listed) -> None:
    tried(tab, listed)
    found = [row for _number, row in tab.report_step.model.held_rows()]
    assert all(row.level == "error" for row in found)
    assert (5, "Registrert", "32.13.2025") in {(row.row_no, row.heading, row.cell) for row in found}
    assert {row.row_no for row in found} == {5, 7}


def test_that_the_filters_of_the_report_count_what_they_show(tab, listed) -> None:
    tried(tab, listed)
    step = tab.report_step
    for key, button in step.filter._buttons.items():
        button.click()
        settle()
        assert button.text().split()[-1] == str(step.model.total()), key


def test_that_good_rows_are_stored_and_the_links_lead_to_them(tab, office, listed, desk_window) -> None:
    tried(tab, listed)
    press(tab.report_step.take_button)
    assert {"Rask Furu", "Glad Selje"} <= names(office)
    assert not {"Mild Rogn"} & names(office)
    assert tab.steps.currentWidget() is tab.result
    press(tab.result.open_button)
    assert desk_window.navigator.history.here.page == "personer"


def test_that_rejected_rows_come_back_with_reasons_and_can_be_mended(tab, office, listed, saving) -> None:
    tried(tab, listed)
    press(tab.report_step.take_button)
    path = saving("må rettes.xlsx")
    press(tab.result.save_button)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Hva må rettes", "Rad i forrige fil", *HEADINGS)
    assert [row[1] for row in rows[1:]] == [5, 7]
    assert all(row[0] for row in rows[1:])
    assert "må rettes.xlsx" in message(tab)
    sheet.cell(2, 9).value = dt.date(2025, 3, 2)
    sheet.delete_rows(3)
    book.save(path)
    press(tab.result.again_button)
    read(tab, path)
    map_by_hand(tab, "Ætt", "family_name")
    press(tab.map_step.try_button)
    press(tab.report_step.take_button)
    assert "Mild Rogn" in names(office)


def test_that_the_same_file_again_changes_nothing(tab, office, tmp_path) -> None:
    path = write_book(tmp_path / "to.xlsx", rows=(ROWS[0], ROWS[2]))
    tried(tab, path)
    press(tab.report_step.take_button)
    before = names(office)
    press(tab.result.again_button)
    read(tab, path)
    press(tab.map_step.try_button)
    assert tab.report_step.sum.text() == "2 rader lest = 0 nye + 0 endret + 2 uendret + 0 må rettes"
    assert not tab.report_step.take_button.isEnabled()
    assert "endrer ingenting" in tab.report_step.explained.text()
    assert names(office) == before


def test_that_a_mapping_made_by_hand_is_remembered(tab, listed) -> None:
    tried(tab, listed)
    tab.begin()
    read(tab, listed)
    assert tab.mapping.as_json()["Ætt"] == "family_name"
    assert tab.map_step.try_button.isEnabled()


def test_that_a_mapping_is_saved_and_fetched_as_a_file(tab, listed, saving, monkeypatch) -> None:
    read(tab, listed)
    map_by_hand(tab, "Ætt", "family_name")
    path = saving("kobling.json")
    tab.map_step.files_menu.actions()[0].trigger()
    settle()
    assert json.loads(path.read_text(encoding="utf-8"))["Ætt"] == "family_name"
    tab.begin()
    read(tab, listed)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    tab.map_step.files_menu.actions()[1].trigger()
    settle()
    assert tab.mapping.as_json()["Ætt"] == "family_name"


def test_that_another_sheet_is_another_list(tab, listed) -> None:
    read(tab, listed)
    combo = tab.map_step.sheet
    assert [combo.itemText(i) for i in range(combo.count())] == ["Søkere", "Boliger"]
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    settle()
    assert tab.table.sheet == "Boliger"
    assert tab.mapping.kind == "dwellings"


def test_that_the_file_is_shown_as_it_is_without_whole_identity_numbers(tab, listed) -> None:
    read(tab, listed)
    tab.map_step.view._buttons["rader"].click()
    settle()
    preview = tab.map_step.preview
    texts = [preview.rows.data(preview.rows.index(0, place)) for place in range(len(HEADINGS) + 1)]
    assert texts[:5] == ["4", "2025/0101", "158388 •••••", "Rask", "Furu"]
    assert shown("15838800065 og mer") == "158388 ••••• og mer"
    assert len(shown("x" * 100_000)) <= 60


def test_that_a_text_file_from_an_old_system_is_read(tab, office, tmp_path) -> None:
    path = tmp_path / "gammel.csv"
    lines = [
        "Fornavn;Etternavn;Mobil;Reg.dato",
        "Kvikk;Ås;68 05 00 21;01.02.2024",
        "Bråd;Øde;68 05 00 22;1/3-2024",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    read(tab, path)
    if tab.mapping is None:  # the few headings need not tell the kind
        tab.set_kind("people")
    press(tab.map_step.try_button)
    press(tab.report_step.take_button)
    assert "Kvikk Ås" in names(office)


@pytest.mark.parametrize("act", ["try", "take"])
def test_that_stopping_stores_nothing_and_says_so(tab, office, tmp_path, act) -> None:
    rows = [(f"2025/{n:04}", None, "Rask", f"Furu{n}", None, None, None) for n in range(1, 181)]
    path = write_book(tmp_path / "lang.xlsx", rows=rows)
    before = names(office)
    if act == "take":
        tried(tab, path)
    else:
        read(tab, path)
        map_by_hand(tab, "Ætt", "family_name")
    tab.working._step.connect(lambda _at, _of: tab.working.stop())
    press(tab.report_step.take_button if act == "take" else tab.map_step.try_button)
    assert "stoppet" in message(tab)
    assert "Ingenting fra lista er lagret." in message(tab)
    assert names(office) == before
    assert not tab.working.busy
    assert tab.steps.isEnabled()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bilde.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64),
        ("passord.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 2048),
        ("tom.csv", b""),
        ("bare.csv", b"Fornavn;Etternavn\r\n"),
    ],
)
def test_that_a_file_that_is_no_list_is_refused_in_its_place(tab, tmp_path, name, content) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    read(tab, path)
    assert tab.steps.currentWidget() is tab.choose
    assert "Ingenting er hentet inn." in message(tab)
    assert not tab.working.busy


def test_that_the_report_is_saved_as_a_workbook_and_never_over_the_list(tab, listed, saving) -> None:
    tried(tab, listed)
    before = listed.read_bytes()
    saving(listed.name)
    press(tab.report_step.save_button)
    assert listed.read_bytes() == before
    assert "Velg et annet navn" in message(tab)
    path = saving("rapport.xlsx")
    press(tab.report_step.save_button)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Oppsummering", "Kolonner", "Rader"]
    assert book["Rader"].max_row > 2


def test_that_the_steps_are_done_with_the_keyboard(page, tab, listed) -> None:
    assert tab.choose.button.hasFocus()
    read(tab, listed)
    assert tab.map_step.table.hasFocus()
    map_by_hand(tab, "Ætt", "family_name")
    page.primary()
    settle()
    assert tab.steps.currentWidget() is tab.report_step
    page.primary()
    settle()
    assert tab.steps.currentWidget() is tab.result


def test_that_a_list_is_read_and_stored_in_the_background(qtbot, open_desk, office, listed) -> None:
    window = MainWindow(Tasks())
    window.resize(1100, 700)
    window.show()
    window.enter(open_desk, {})
    window.go(Place("administrasjon", tab="hent_inn"))
    here = window.navigator.here
    tab = here.tab()
    tab.read(listed)
    qtbot.waitUntil(lambda: tab.mapping is not None, timeout=20_000)
    tab.set_field("Ætt", "family_name")
    tab.try_out()
    assert tab.working.busy
    assert not tab.steps.isEnabled()
    qtbot.waitUntil(lambda: tab.report is not None, timeout=20_000)
    tab.take()
    qtbot.waitUntil(lambda: tab.steps.currentWidget() is tab.result, timeout=20_000)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    window.deleteLater()
    settle()
    assert "Rask Furu" in names(office)


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (960, 540)])
def test_that_every_step_fits_and_has_names(desk_window, tab, listed, size) -> None:
    desk_window.resize(*size)
    settle()
    assert uilint(desk_window) == []
    read(tab, listed)
    assert uilint(desk_window) == []
    map_by_hand(tab, "Ætt", "family_name")
    press(tab.map_step.try_button)
    assert uilint(desk_window) == []
    press(tab.report_step.take_button)
    assert uilint(desk_window) == []


def test_that_a_list_can_be_dropped_on_the_first_step(tab) -> None:
    assert tab.choose.acceptDrops()
    assert tab.choose.button.focusPolicy() != Qt.FocusPolicy.NoFocus


def test_that_an_exported_list_is_the_whole_list_with_names_as_on_screen(desk_window, office, saving) -> None:
    desk_window.go(Place("personer"))
    settle()
    page = desk_window.navigator.here
    path = saving("personer.csv")
    page.export()
    settle()
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == [column.title for column in page.rows.columns]
    assert len(rows) - 1 == page.rows.total() == len(names(office))
    assert any("Hest" in cell for row in rows for cell in row)
    desk_window.saver.hides_names = True
    page.export()
    settle()
    assert "Hest" not in path.read_text(encoding="utf-8-sig")
    noted = [entry for entry in office.log.entries(kind="lest").rows if entry.what == "Tok ut i fil"]
    assert [entry.reason for entry in noted] == [f"Personer, {len(rows) - 1} rader"] * 2


@pytest.mark.parametrize("key", ["saker", "boliger"])
def test_that_the_other_lists_are_exported_too(desk_window, saving, key) -> None:
    desk_window.go(Place(key))
    settle()
    page = desk_window.navigator.here
    path = saving(f"{key}.xlsx")
    page.export()
    settle()
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=3, values_only=True))
    assert len(rows) - 1 == page.table.rows.total()
    assert desk_window.messages.bar().text.count(f"{key}.xlsx") == 1


def test_that_roles_have_their_words() -> None:
    from boligdesk.ui.pages.administrasjon.user_words import MAY_DO

    assert set(MAY_DO) == set(Role)
