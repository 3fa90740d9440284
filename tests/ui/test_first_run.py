"""From nothing to an open desk, the passphrase, the lost passphrase, the unknown user, the lock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from uilint import uilint

import boligdesk.app as program
from boligdesk.app import COPIES, StoreOpener
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.dwellings import DwellingFilter
from boligdesk.storage import schema
from boligdesk.storage.key_file import key_path
from boligdesk.storage.keys import KdfCost, unlock_with_recovery
from boligdesk.storage.location import StoreLocation
from boligdesk.ui.first_run.flow import Flow
from boligdesk.ui.first_run.parts import Refusal
from boligdesk.ui.first_run.unlock import (
    RecoverPage,
    ResumePage,
    UnknownUser,
    UnlockPage,
    UnsureKeyPage,
    UpgradePage,
)
from boligdesk.ui.first_run.wizard import (
    PRACTICE,
    BeginStep,
    PassphraseStep,
    RecoveryStep,
    WhereStep,
    WhoStep,
)
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.shell.dialogs import AboutDialog
from boligdesk.ui.tasks import Tasks
from boligdesk.ui.theme import apply_theme
from tests.storage.older_stores import counts_of, stored_copy
from tests.ui.harness import grab, office_path, office_template, settle

__all__ = ["office_path", "office_template"]
PASSPHRASE = "fire ville hester danser"


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch):
    """The real derivation with little memory: it is run many times here."""
    monkeypatch.setattr(KdfCost, "__init__", _cheap(KdfCost.__init__))
    monkeypatch.setattr(program, "key_store", lambda: None)
    monkeypatch.setenv("BOLIGDESK_USER", "ingrid")


def _cheap(original):
    def make(self, *_given, **_named):
        original(self, 1, 8 * 1024, 1)

    return make


@pytest.fixture
def begun(qtbot):
    """Start the window on a location; closed at the end."""
    windows = []

    def begin(where, practice=None):
        window = MainWindow(Tasks(immediate=True))
        window.resize(1366, 768)
        windows.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        flow = Flow(window, StoreOpener(practice), str(where))
        flow.begin()
        settle()
        return window, flow

    yield begin
    for window in windows:
        window.close()
        window.deleteLater()
    settle()


def make_store(path):
    desk, key = StoreOpener().create(str(path), PASSPHRASE, "Ingrid B.")
    desk.close()
    return key


def look(window, name):
    for theme in ("light", "dark"):
        apply_theme(QApplication.instance(), theme)
        for wide, high in ((1366, 768), (960, 540)):
            window.resize(wide, high)
            settle()
            assert uilint(window) == []
            grab(window, f"start-{name}-{theme}-{wide}")
    apply_theme(QApplication.instance(), "light")


def test_that_the_first_start_asks_four_things_and_opens_the_desk(begun, tmp_path):
    window, flow = begun(tmp_path / "ny.db")
    assert isinstance(flow.sheet, WhereStep)
    assert PRACTICE not in flow.sheet.radios
    look(window, "1-hvor")
    flow.sheet.next.click()
    settle()
    assert isinstance(flow.sheet, PassphraseStep)
    look(window, "2-passord")
    fields = flow.sheet.fields
    QTest.keyClicks(fields.first, "kort")
    QTest.keyClicks(fields.second, "kort")
    flow.sheet.next.click()
    assert "for kort" in fields.rows[0].error()
    fields.first.setText(PASSPHRASE)
    fields.second.setText("noe annet")
    flow.sheet.next.click()
    assert fields.rows[1].error() == "De to er ikke like. Skriv dem på nytt."
    fields.second.setText(PASSPHRASE)
    flow.sheet.next.click()
    settle()
    step = flow.sheet
    assert isinstance(step, RecoveryStep)
    look(window, "2-nokkel")
    step.field.setText("XXXXX")
    step.next.click()
    assert "Det er ikke gruppe 3" in step.row.error()
    step.field.setText(step._key.split("-")[2].lower())
    step.next.click()
    settle()
    assert isinstance(flow.sheet, WhoStep)
    assert flow.sheet.name.text() == "ingrid"
    look(window, "3-hvem")
    flow.sheet.name.setText("Ingrid B.")
    flow.sheet.next.click()
    settle()
    assert isinstance(flow.sheet, BeginStep)
    look(window, "4-start")
    flow.sheet.empty.click()
    settle()
    assert window.desk is not None
    assert [user.name for user in window.services.office.users()] == ["Ingrid B."]
    assert not window.practice.isVisible()


def test_that_a_wrong_passphrase_is_told_beside_the_field_and_the_right_one_opens(begun, tmp_path):
    make_store(tmp_path / "kontor.db")
    window, flow = begun(tmp_path / "kontor.db")
    page = flow.sheet
    assert isinstance(page, UnlockPage)
    look(window, "las-opp")
    page.field.setText("feil passordsetning")
    page.open_button.click()
    settle()
    assert "Passordsetningen er feil." in page.row.error()
    assert page.field.hasFocus()
    page.field.setText(PASSPHRASE)
    page.open_button.click()
    settle()
    assert window.desk is not None


def test_that_the_recovery_key_gives_a_new_passphrase(begun, tmp_path):
    key = make_store(tmp_path / "kontor.db")
    window, flow = begun(tmp_path / "kontor.db")
    flow.sheet.forgot.click()
    page = flow.sheet
    assert isinstance(page, RecoverPage)
    look(window, "glemt")
    page.key.setText(key[:-1] + ("A" if key[-1] != "A" else "B"))
    page.passphrase.first.setText("en helt ny setning her")
    page.passphrase.second.setText("en helt ny setning her")
    page.save.click()
    settle()
    assert "ikke skrevet riktig" in page.key_row.error()
    page.key.setText(key.lower())
    page.save.click()
    settle()
    assert window.desk is not None
    StoreOpener().check(str(tmp_path / "kontor.db"), "en helt ny setning her")


def test_that_an_unknown_user_is_told_so_plainly(begun, tmp_path, monkeypatch):
    make_store(tmp_path / "kontor.db")
    monkeypatch.setenv("BOLIGDESK_USER", "fremmed")
    window, flow = begun(tmp_path / "kontor.db")
    flow.sheet.field.setText(PASSPHRASE)
    flow.sheet.open_button.click()
    settle()
    assert isinstance(flow.sheet, UnknownUser)
    assert window.desk is None
    look(window, "ukjent")


def test_that_a_practice_office_opens_without_a_question_and_says_so(begun, office_path, monkeypatch):
    monkeypatch.setenv("BOLIGDESK_USER", "hvem-som-helst")
    window, _flow = begun(office_path)
    assert window.desk is not None
    assert window.practice.isVisible()
    assert window.services.user.name == "Ingrid B."


def test_that_the_practice_office_is_offered_at_the_first_start(
    begun, tmp_path, office_template, monkeypatch
):
    import shutil

    from boligdesk.storage.keys import key_path

    monkeypatch.setattr(program, "default_folder", lambda: tmp_path / "mitt")

    def make(path):
        shutil.copy(office_template, path)
        shutil.copy(key_path(office_template), key_path(path))

    window, flow = begun(tmp_path / "ny.db", make)
    flow.sheet.radios[PRACTICE].setChecked(True)
    flow.sheet.next.click()
    settle()
    assert window.practice.isVisible()


def test_that_a_folder_that_must_not_be_used_is_refused_in_words(begun, tmp_path):
    window, flow = begun(tmp_path / "OneDrive" / "kontor.db")
    assert isinstance(flow.sheet, Refusal)
    assert "synkroniseres" in flow.sheet.title.text()
    look(window, "avvist")


def test_that_the_lock_hides_everything_and_keeps_it(begun, tmp_path):
    make_store(tmp_path / "kontor.db")
    window, flow = begun(tmp_path / "kontor.db")
    flow.sheet.field.setText(PASSPHRASE)
    flow.sheet.open_button.click()
    settle()
    here = window.navigator.here
    window.lock_wanted.emit()
    settle()
    page = flow.sheet
    assert isinstance(page, UnlockPage)
    assert not window.desk_area.isVisible()
    assert not window.top.search.isVisible()
    page.field.setText("ikke riktig setning")
    page.open_button.click()
    settle()
    assert "feil" in page.row.error()
    page.field.setText(PASSPHRASE)
    page.open_button.click()
    settle()
    assert window.desk_area.isVisible()
    assert window.navigator.here is here


def test_that_a_server_address_with_a_password_is_not_written_down(tmp_path, monkeypatch):
    monkeypatch.setattr(program, "default_folder", lambda: tmp_path)
    assert StoreOpener().remember("postgresql://ola:hemmelig@tjener/boligdesk") is False
    assert StoreOpener().remember("postgresql://tjener/boligdesk") is True
    assert program.remembered_place() == "postgresql://tjener/boligdesk"


def test_that_a_recovery_key_nobody_kept_is_offered_anew_at_the_next_start(begun, tmp_path):
    path = tmp_path / "ny.db"
    window, flow = begun(path)
    flow.sheet.next.click()
    settle()
    flow.sheet.fields.first.setText(PASSPHRASE)
    flow.sheet.fields.second.setText(PASSPHRASE)
    flow.sheet.next.click()
    settle()
    lost = flow.sheet._key  # the program stops while the key is shown
    flow.abandon()
    window.close()
    window, flow = begun(path)
    flow.sheet.field.setText(PASSPHRASE)
    flow.sheet.open_button.click()
    settle()
    assert isinstance(flow.sheet, UnsureKeyPage)
    assert window.desk is None
    look(window, "nokkel-usikker")
    flow.sheet.make.click()
    settle()
    step = flow.sheet
    assert isinstance(step, RecoveryStep)
    assert step._key != lost
    step.field.setText(step._key.split("-")[2])
    step.next.click()
    settle()
    assert window.desk is not None
    with pytest.raises(InvalidInput):
        unlock_with_recovery(path, lost)
    assert unlock_with_recovery(path, step._key)
    window.close()
    window, flow = begun(path)
    flow.sheet.field.setText(PASSPHRASE)
    flow.sheet.open_button.click()
    settle()
    assert window.desk is not None  # it asks no more


def test_that_an_older_database_is_upgraded_from_the_window_with_a_copy(begun, tmp_path, monkeypatch):
    path = tmp_path / "gammel.db"
    head = schema.HEAD
    monkeypatch.setattr(schema, "HEAD", "0001")
    make_store(path)
    monkeypatch.setattr(schema, "HEAD", "9998")  # no program has such a step
    window, flow = begun(path)
    flow.sheet.field.setText(PASSPHRASE)
    flow.sheet.open_button.click()
    settle()
    assert isinstance(flow.sheet, UpgradePage)
    look(window, "oppgrader")
    flow.sheet.act.click()
    settle()
    assert isinstance(flow.sheet, UpgradePage)  # refused, and the file is as before
    assert flow.sheet.messages.bar() is not None
    monkeypatch.setattr(schema, "HEAD", head)
    flow.sheet.act.click()
    settle()
    assert window.desk is not None
    assert len(list((tmp_path / COPIES).glob("*.db"))) == 2  # one before each attempt


def test_that_the_office_of_the_first_version_opens_after_its_upgrade_in_the_window(
    begun, tmp_path, monkeypatch
):
    location, key = stored_copy("0001", tmp_path)
    before = counts_of(location, key)
    monkeypatch.setenv("BOLIGDESK_USER", "ovelse")
    window, flow = begun(location.file)
    assert isinstance(flow.sheet, UpgradePage)
    flow.sheet.act.click()
    settle()
    assert window.desk is not None
    page = window.desk.services.dwellings.page(DwellingFilter(with_gone=True))
    assert page.total == before["dwelling"]
    (copy,) = (tmp_path / COPIES).glob("*.db")
    assert counts_of(StoreLocation("file", "kopien", path=copy), key) == before


def test_that_an_older_practice_office_is_brought_up_without_a_question(tmp_path, monkeypatch):
    location, key = stored_copy("0001", tmp_path)
    before = counts_of(location, key)
    place = tmp_path / "mitt" / "ovelse"
    place.mkdir(parents=True)
    for source in (location.file, key_path(location.file)):
        source.rename(place / source.name.replace("gammel", "ovelse"))
    monkeypatch.setattr(program, "default_folder", lambda: tmp_path / "mitt")
    desk = StoreOpener(lambda _path: None).practice()
    assert desk.services.dwellings.page(DwellingFilter(with_gone=True)).total == before["dwelling"]
    desk.close()


def test_that_the_window_locks_itself_and_keeps_what_lies_behind(begun, tmp_path):
    path = tmp_path / "kontor.db"
    make_store(path)
    window, flow = begun(path)
    flow.sheet.field.setText(PASSPHRASE)
    flow.sheet.open_button.click()
    settle()
    assert window.parts.idle.timer.interval() == 15 * 60_000
    window.parts.choose_idle_minutes(5)
    assert window.parts.idle.timer.interval() == 5 * 60_000
    window.parts.about()
    settle()
    dialog = window.findChild(AboutDialog)
    here = window.navigator.here
    window.parts.idle.idle.emit()
    settle()
    assert isinstance(flow.sheet, UnlockPage)
    assert not dialog.isVisible()
    assert not window.parts.idle.timer.isActive()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.navigator.here is here
    assert not window.parts.finder.popup.isVisible()
    window.parts.idle.idle.emit()  # once is enough
    flow.sheet.field.setText(PASSPHRASE)
    flow.sheet.open_button.click()
    settle()
    assert window.center.currentWidget() is window.desk_area
    assert dialog.isVisible()
    assert window.parts.idle.timer.isActive()
    dialog.reject()
    settle()


def test_that_an_exercise_is_locked_with_a_button_alone(begun, office_path):
    window, flow = begun(office_path)
    window.lock_wanted.emit()
    settle()
    assert isinstance(flow.sheet, ResumePage)
    flow.sheet.open_button.click()
    settle()
    assert window.center.currentWidget() is window.desk_area
