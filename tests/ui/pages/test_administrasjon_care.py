"""Users, who gets what, copies and the log, through the page in the real window."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from uilint import uilint

from boligdesk.app import Desk, DeskFiles, open_for_window
from boligdesk.domain.catalog import Role
from boligdesk.services.errors import UserError
from boligdesk.services.records.office import BirthdayRule
from boligdesk.storage.location import file_location, parse_location
from boligdesk.storage.opening import OpenedStore, open_store
from boligdesk.storage.reader import SYSTEM
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.pages.administrasjon.backup_tab import last_words
from boligdesk.ui.pages.administrasjon.rules_tab import day_words
from boligdesk.ui.pages.administrasjon.tab import ClosedTab
from boligdesk.ui.pages.administrasjon.user_dialog import UserDialog
from boligdesk.ui.places import Place
from boligdesk.ui.tasks import Tasks
from tests.ui.harness import (
    colleague,
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    services_of,
    settle,
)

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

TABS = ("hent_inn", "brukere", "fordeling", "kontoret", "tildelingsregler", "sikkerhetskopi", "logg")


def show(window, key: str):
    window.go(Place("administrasjon", tab=key))
    settle()
    return window.navigator.here.tab()


def press(button) -> None:
    assert button.isEnabled()
    button.click()
    settle()


def dialog_of(tab) -> UserDialog:
    return next(child for child in tab.findChildren(QDialog) if isinstance(child, UserDialog))


def users(office):
    return {user.login: user for user in office.office.users()}


# --- the page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (960, 540)])
def test_that_every_tab_fits_and_has_names(desk_window, size) -> None:
    desk_window.resize(*size)
    settle()
    for key in TABS:
        show(desk_window, key)
        assert uilint(desk_window) == [], key


def test_that_ctrl_tab_walks_the_tabs_and_the_place_remembers_the_tab(desk_window) -> None:
    show(desk_window, "hent_inn")
    page = desk_window.navigator.here
    QTest.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.tab_key() == "brukere"
    desk_window.go(Place("boliger"))
    desk_window.navigator.back()
    settle()
    assert desk_window.navigator.here.tab_key() == "brukere"
    assert all(page.help_text() for _tab in TABS)


def test_that_a_tab_without_the_right_explains_itself(qtbot, opened, office) -> None:
    office.office.register_user("drift", "Drift D.", (Role.ADMINISTRATOR,), 0)
    window = MainWindow(Tasks(immediate=True))
    window.show()
    window.enter(open_for_window(Desk(opened, services_of(opened, "drift"))), {})
    assert isinstance(show(window, "hent_inn"), ClosedTab)
    assert isinstance(show(window, "logg"), ClosedTab)
    assert not isinstance(show(window, "sikkerhetskopi"), ClosedTab)
    assert uilint(window) == []
    window.close()
    window.deleteLater()
    settle()


# --- users -------------------------------------------------------------------------------------------------


def test_that_a_user_is_added_with_faults_told_beside_the_fields(desk_window, office) -> None:
    tab = show(desk_window, "brukere")
    press(tab.add_button)
    dialog = dialog_of(tab)
    press(dialog.store)
    assert dialog.form.rows["login"].error()
    dialog.name.setText("Tine T.")
    dialog.login.setText("jonas")
    press(dialog.store)
    assert dialog.form.rows["roles"].error() == "Velg minst én rolle."
    dialog.roles.boxes[Role.HOME_GUIDE].setChecked(True)
    press(dialog.store)
    assert "allerede en bruker" in dialog.form.rows["login"].error()
    dialog.login.setText("tine")
    dialog.clearance.setCurrentIndex(1)
    press(dialog.store)
    made = users(office)["tine"]
    assert (made.name, made.roles, made.clearance) == ("Tine T.", (Role.HOME_GUIDE,), 1)
    assert [user.login for user in tab.users] == ["ingrid", "jonas", "tine"]


def test_that_a_user_is_changed(desk_window, office) -> None:
    tab = show(desk_window, "brukere")
    tab.table.select_id(users(office)["jonas"].id)
    press(tab.change_button)
    dialog = dialog_of(tab)
    assert dialog.login.isReadOnly()
    dialog.roles.boxes[Role.ARCHIVIST].setChecked(True)
    press(dialog.store)
    assert set(users(office)["jonas"].roles) == {Role.CASEWORKER, Role.ARCHIVIST}
    assert any("Arkivar" in tab.model.columns[2].text(user) for user in tab.users)


def test_that_a_user_is_blocked_and_let_in_again(desk_window, office) -> None:
    tab = show(desk_window, "brukere")
    tab.table.select_id(users(office)["jonas"].id)
    press(tab.block_button)
    assert not users(office)["jonas"].active
    assert tab.block_button.text() == "Åpne for brukeren"
    press(tab.block_button)
    assert users(office)["jonas"].active


def test_that_the_last_who_manages_users_is_kept(desk_window, office) -> None:
    tab = show(desk_window, "brukere")
    tab.table.select_id(users(office)["ingrid"].id)
    press(tab.block_button)
    assert users(office)["ingrid"].active
    assert "Minst én må kunne styre brukere" in desk_window.messages.bar().text
    press(tab.change_button)
    dialog = dialog_of(tab)
    for role in (Role.LEADER, Role.ADMINISTRATOR):
        dialog.roles.boxes[role].setChecked(False)
    press(dialog.store)
    assert "siste brukeren" in dialog.form.rows["roles"].error()
    dialog.close()
    settle()


# --- who gets what -----------------------------------------------------------------------------------------


def test_that_the_allocation_is_made_line_by_line_and_stored_as_a_set(desk_window, office) -> None:
    known = users(office)
    tab = show(desk_window, "fordeling")
    assert "fordeles for hånd" in tab.covered.text()
    press(tab.add_button)
    first = tab.lines[0]
    first.last.set_value(15)
    assert tab.covered.text().startswith("Ingen har dag 16–31.")
    press(tab.save_button)
    assert "Velg saksbehandler" in tab.messages.bar().text
    first.who.setCurrentIndex(first.who.findData(str(known["ingrid"].id)))
    press(tab.add_button)
    second = tab.lines[1]
    assert (second.first.value(), second.last.value()) == (16, 31)
    second.who.setCurrentIndex(second.who.findData(str(known["jonas"].id)))
    assert tab.covered.text() == "Alle dagene i måneden er fordelt."
    press(tab.save_button)
    assert office.office.birthday_rules() == (
        BirthdayRule(1, 15, known["ingrid"].id),
        BirthdayRule(16, 31, known["jonas"].id),
    )
    press(tab.lines[1].remove)
    press(tab.save_button)
    assert len(office.office.birthday_rules()) == 1


def test_that_two_lines_for_one_day_are_refused_in_their_place(desk_window, office) -> None:
    known = users(office)
    office.office.save_birthday_rules((BirthdayRule(1, 15, known["ingrid"].id),))
    tab = show(desk_window, "fordeling")
    press(tab.add_button)
    tab.lines[1].first.set_value(15)
    tab.lines[1].who.setCurrentIndex(1)
    press(tab.save_button)
    assert "Dag 15 står i to regler." in tab.messages.bar().text
    assert len(office.office.birthday_rules()) == 1
    assert len(tab.lines) == 2


def test_that_days_are_told_in_runs() -> None:
    assert day_words([1, 2, 3, 17, 29, 30]) == "1–3, 17 og 29–30"
    assert day_words([4]) == "4"


# --- copies ------------------------------------------------------------------------------------------------


def test_that_a_copy_is_made_from_the_page_and_can_be_opened(desk_window, monkeypatch, tmp_path) -> None:
    tab = show(desk_window, "sikkerhetskopi")
    assert tab.pill.spec.word == "Ikke sikret"
    folder = tmp_path / "kopier"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    press(tab.copy_button)
    assert "tatt og lest tilbake" in tab.messages.bar().text
    assert tab.pill.spec.word == "Sikret"
    assert tab.last.text().startswith("Sist sikret i dag kl.")
    copy = next(path for path in folder.iterdir() if path.suffix == ".db")
    store = open_store(file_location(copy), passphrase=lambda: "", keystore=lambda: None)
    logins = {user.login for user in store.store.read(SYSTEM, lambda view: view.office.users())}
    store.close()
    assert logins == {"ingrid", "jonas"}


def test_that_a_copy_that_is_stopped_leaves_nothing(open_desk, tmp_path) -> None:
    with pytest.raises(UserError, match="stoppet"):
        open_desk.files.backup(tmp_path / "kopier", None, lambda: True)
    assert list((tmp_path / "kopier").iterdir()) == []
    assert open_desk.files.last_backup() is None


def test_that_the_check_says_that_the_store_is_whole(desk_window) -> None:
    tab = show(desk_window, "sikkerhetskopi")
    press(tab.check_button)
    assert tab.messages.bar().text.startswith("Databasen er hel. Loggen har")


def test_that_a_store_on_a_server_is_copied_there(qtbot, opened, open_desk) -> None:
    server = OpenedStore(opened.store, parse_location("postgresql://hemmelig:ord@tjener/boligdesk"))
    desk = dataclasses.replace(open_desk, files=DeskFiles(server), is_server=True)
    window = MainWindow(Tasks(immediate=True))
    window.show()
    window.enter(desk, {})
    tab = show(window, "sikkerhetskopi")
    assert tab.pill.spec.word == "Sikres på tjeneren"
    assert not tab.copy_button.isVisible()
    assert "ord" not in tab.window_.files.where.split()
    assert "hemmelig" not in tab.window_.files.where
    with pytest.raises(UserError, match="tjenerens egne verktøy"):
        desk.files.backup(opened.location.file.parent)
    assert uilint(window) == []
    window.close()
    window.deleteLater()
    settle()


def test_that_the_last_copy_is_told_in_words() -> None:
    now = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
    assert last_words(now - dt.timedelta(hours=1), now) == "Sist sikret i dag kl. 09:00."
    assert last_words(now - dt.timedelta(days=1), now) == "Sist sikret i går kl. 10:00."
    assert last_words(now - dt.timedelta(days=6), now).startswith(
        "Sist sikret onsdag 18. november 2026, for 6 dager"
    )
    assert "ikke tatt noen" in last_words(None, now)


# --- log ---------------------------------------------------------------------------------------------------


def test_that_the_log_is_narrowed_to_what_was_read_or_written(desk_window, office) -> None:
    office.people.detail(person_id(office, "Hest"))
    tab = show(desk_window, "logg")
    total = tab.model.total()
    counts = {}
    for key in ("skrevet", "lest"):
        tab.kind._buttons[key].click()
        settle()
        counts[key] = tab.model.total()
        assert {row.kind for _number, row in tab.model.held_rows()} == {key}
        assert tab.count.text() == ("1 linje" if counts[key] == 1 else f"{counts[key]} linjer")
    assert sum(counts.values()) == total


def test_that_the_log_of_one_person_is_found_by_name(desk_window, office) -> None:
    tab = show(desk_window, "logg")
    tab.search.setText("Hest")
    QTest.keyClick(tab.search, Qt.Key.Key_Return)
    settle()
    assert tab.chip.isVisible()
    assert {row.subject.split(" · ")[0] for _number, row in tab.model.held_rows()} == {"Klok Hest"}
    tab.chip.click()
    settle()
    assert len({row.subject for _number, row in tab.model.held_rows()}) > 2
    tab.search.setText("Finnes Ikke")
    QTest.keyClick(tab.search, Qt.Key.Key_Return)
    settle()
    assert "Fant ingen person" in tab.messages.bar().text


def test_that_the_pane_shows_old_and_new(desk_window, office) -> None:
    jonas = users(office)["jonas"]
    office.office.change_user(jonas.id, jonas.version, "Jonas Hansen", jonas.roles, 1, True)
    tab = show(desk_window, "logg")
    entry = next(row for _number, row in tab.model.held_rows() if row.changes and row.what == "Bruker endret")
    tab.pane.show_entry(entry)
    texts = [label.text() for label in tab.pane.changes.findChildren(type(tab.pane.what))]
    assert "Jonas H. → Jonas Hansen" in texts


def test_that_the_log_is_whole_and_is_exported_with_its_changes(desk_window, monkeypatch, tmp_path) -> None:
    tab = show(desk_window, "logg")
    press(tab.check_button)
    assert tab.messages.bar().text.startswith("Loggen er hel.")
    path = tmp_path / "logg.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    total = tab.model.total()
    press(tab.export_button)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][-1] == "Endringer"
    assert len(rows) - 1 == total


def test_that_f4_shows_the_pane_where_there_is_no_room_for_it(desk_window) -> None:
    desk_window.resize(960, 540)
    settle()
    tab = show(desk_window, "logg")
    assert not tab.pane.isVisible()
    desk_window.navigator.here.toggle_detail()
    assert tab.pane.isVisible()
