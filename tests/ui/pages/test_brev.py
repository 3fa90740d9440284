"""The builder in the real window: written, checked, approved by another, finished, printed, sent, corrected."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from uilint import uilint

from boligdesk.app import Desk, open_for_window
from boligdesk.services.records.letters import LetterTexts
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.marking_sent import SentDialog
from boligdesk.ui.pages.brev.dialogs import ArrivalDialog, RecallDialog, SendBackDialog
from boligdesk.ui.places import Place
from boligdesk.ui.tasks import Tasks
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

from tests.ui.pages.letter_office import (
    TODAY,
    approvable,
    finished,
    furnish,
    interim,
    open_letter,
    print_to,
    second_leader,
)


def buttons(page):
    line = page.buttons
    found = [line.itemAt(place).widget() for place in range(line.count())]
    return {button.text(): button for button in found if button is not None}


def write(page, key, text):
    page.writing.texts[key].setPlainText(text)
    page.draw()  # what the timer does soon after the last key
    settle()


def window_of(qtbot, opened, services):
    window = MainWindow(Tasks(immediate=True))
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.enter(open_for_window(Desk(opened, services)), {})
    settle()
    return window


def close(window):
    window.close()
    window.deleteLater()
    settle()


def test_that_the_letter_is_written_beside_its_picture(desk_window, office):
    furnish(office)
    page = open_letter(desk_window, interim(office, complete=False))
    assert page.header.title.text() == "Foreløpig svar"
    assert page.side.view.pdf.startswith(b"%PDF")
    assert "2 punkt" in page.foot.text()
    assert not page.acts.primary.isEnabled()
    before = page.side.view.pdf
    write(page, "svar_grunn", "Vi venter på legen.")
    assert page.side.view.pdf != before
    assert "Vi venter på legen." in page.side.view.words.toPlainText()
    page.writing.days["ventet_svar"].set_value(dt.date(2026, 12, 18))
    page.writing.days["ventet_svar"].changed.emit()
    page.draw()
    assert page.acts.primary.isEnabled()
    assert "kan det ikke endres" in page.foot.text()
    settle()
    assert not uilint(page)


def test_that_typing_asks_for_a_new_picture_after_a_pause(desk_window, office):
    furnish(office)
    page = open_letter(desk_window, interim(office))
    before = page.side.view.pdf
    page.writing.texts["svar_grunn"].setFocus()
    QTest.keyClicks(page.writing.texts["svar_grunn"], "Ny grunn. ")
    assert page._soon.isActive()
    assert page._soon.interval() <= 150  # the page shall be there 400 ms after the last key
    assert page.side.view.pdf == before
    settle(520)
    assert page.side.view.pdf != before


def test_that_put_right_moves_the_focus_to_what_is_missing(desk_window, office):
    furnish(office)
    page = open_letter(desk_window, interim(office, complete=False))
    page.checks.buttons["grunn_til_ventetid"].click()
    assert QApplication.focusWidget() is page.writing.texts["svar_grunn"]
    page.checks.buttons["ventet_svar"].click()
    assert QApplication.focusWidget() is page.writing.days["ventet_svar"]


def test_that_a_missing_letterhead_leads_to_where_it_is_filled_in(desk_window, office):
    page = open_letter(desk_window, interim(office))
    page.checks.buttons["avsender"].click()
    settle()
    assert desk_window.navigator.here.key == "administrasjon"
    assert desk_window.navigator.history.here.tab == "kontoret"


def test_that_what_is_written_is_kept_when_the_page_is_left(desk_window, office):
    furnish(office)
    letter = interim(office, complete=False)
    page = open_letter(desk_window, letter)
    write(page, "svar_grunn", "Vi venter på legen.")
    desk_window.go(Place("saker"))
    settle()
    assert office.letters.reread(letter).texts["svar_grunn"] == "Vi venter på legen."
    assert office.drafts.load("letter", letter, "tekster") is None


def test_that_a_draft_from_before_a_crash_is_offered(desk_window, office):
    furnish(office)
    letter = interim(office, complete=False)
    page = open_letter(desk_window, letter)
    page.writing.texts["svar_grunn"].setPlainText("Skrevet rett før strømmen gikk.")
    page.keeper.keep()
    page.detail = None  # the window went down here
    page._letter_id = None
    page = open_letter(desk_window, letter)
    assert "Vi fant en kladd" in page.keeper.offer.bar().text


def test_that_the_written_form_can_be_changed(desk_window, office):
    furnish(office)
    letter = interim(office)
    page = open_letter(desk_window, letter)
    page.writing.language.set_value("nn")
    page.writing.language.changed.emit("nn")
    page.draw()
    assert "Med vennleg helsing" in page.side.view.words.toPlainText()
    page.leave()
    settle()
    assert office.letters.reread(letter).language == "nn"


def test_that_f4_shows_the_letter_as_plain_text(desk_window, office):
    furnish(office)
    page = open_letter(desk_window, interim(office))
    QTest.keyClick(desk_window, Qt.Key.Key_F4)
    assert page.side.view.shows_text
    assert "Vi venter på en uttalelse" in page.side.view.words.toPlainText()
    QTest.keyClick(desk_window, Qt.Key.Key_F4)
    assert not page.side.view.shows_text


def test_that_a_vedtak_goes_to_another_who_reads_and_approves(desk_window, office, opened, qtbot):
    furnish(office)
    letter = approvable(office)
    page = open_letter(desk_window, letter)
    assert page.header.title.text() == "Vedtak: innvilget kommunal bolig"
    assert page.acts.primary.text() == "Til godkjenning"
    page.primary()
    settle()
    assert page.acts.primary is None
    assert "venter på godkjenning" in page.foot.text()
    other = window_of(qtbot, opened, second_leader(opened, office))
    theirs = open_letter(other, letter)
    assert all(box.isReadOnly() for box in theirs.writing.texts.values())
    assert QApplication.focusWidget() is not theirs.acts.primary
    assert list(buttons(theirs)) == ["Send tilbake …", "Godkjenn vedtaket"]
    theirs.primary()
    settle()
    assert office.letters.reread(letter).status == "godkjent"
    close(other)
    page.reread()
    assert page.acts.primary.text() == "Ferdigstill …"


def test_that_a_letter_is_sent_back_with_a_reason_and_tells_what_was_changed(
    desk_window, office, opened, qtbot
):
    furnish(office)
    letter = approvable(office)
    office.letters.submit(letter, office.letters.reread(letter).version)
    other = window_of(qtbot, opened, second_leader(opened, office))
    theirs = open_letter(other, letter)
    buttons(theirs)["Send tilbake …"].click()
    dialog = theirs.findChild(SendBackDialog)
    dialog.act.click()
    assert dialog.form.rows["reason"].error()
    dialog.why.setCurrentIndex(1)
    dialog.reason.setPlainText("Skriv hva legen mener.")
    dialog.act.click()
    settle()
    page = open_letter(desk_window, letter)
    assert page.detail.approvals[-1].comment == "Skriv hva legen mener."
    write(page, "begrunnelse", "Legen mener at du må bo i første etasje.")
    page.primary()
    settle()
    theirs = open_letter(other, letter)
    assert theirs.detail.changed_since == ("Begrunnelse",)
    close(other)


def test_that_a_lost_approval_is_told_before_and_after_it_is_lost(desk_window, office, opened):
    furnish(office)
    letter = approvable(office)
    office.letters.submit(letter, office.letters.reread(letter).version)
    leader = second_leader(opened, office)
    leader.letters.approve(letter, leader.letters.reread(letter).version)
    page = open_letter(desk_window, letter)
    assert page.messages.bar() is None
    write(page, "begrunnelse", "En helt annen grunn enn den som er godkjent.")
    assert "Godkjenningen gjelder ikke lenger" in page.messages.bar().text
    assert page.acts.primary.text() == "Til godkjenning"
    page.leave()
    settle()
    assert office.letters.reread(letter).status == "kladd"
    assert "Godkjenningen gjelder ikke lenger" in desk_window.messages.bar().text


def test_that_two_who_write_at_once_lose_nothing(desk_window, office):
    furnish(office)
    letter = interim(office)
    page = open_letter(desk_window, letter)
    page.writing.texts["svar_grunn"].setPlainText("Min grunn.")
    version = office.letters.reread(letter).version
    office.letters.save(letter, version, LetterTexts({"svar_grunn": "En annens grunn."}))
    page.primary()
    settle()
    assert "En annen har endret brevet samtidig" in page.messages.bar().text
    assert page.writing.texts["svar_grunn"].toPlainText() == "Min grunn."
    assert office.letters.reread(letter).texts["svar_grunn"] == "En annens grunn."


def test_that_a_finished_letter_is_printed_and_marked_as_sent(desk_window, office, tmp_path, monkeypatch):
    furnish(office)
    letter = finished(office)
    page = open_letter(desk_window, letter)
    assert page.side.view.pdf == office.letters.pdfs(letter)[0]
    assert page.detail.journal_number in dict_of(page.settled.facts)
    print_to(tmp_path / "brev.pdf", monkeypatch)
    assert page.acts.primary.text() == "Skriv ut …"
    page.primary()
    settle()
    assert (tmp_path / "brev.pdf").stat().st_size > 1000
    assert "Merk som sendt" in desk_window.messages.bar().text
    assert office.letters.reread(letter).sent_on is None
    assert page.acts.primary.text() == "Merk som sendt …"
    page.primary()
    dialog = page.findChild(SentDialog)
    assert dialog.day.value() == TODAY
    dialog.act.click()
    settle()
    assert office.letters.reread(letter).sent_on == TODAY
    assert list(buttons(page)) == ["Rett mottatt dato …", "Skriv ut …"]


def dict_of(grid):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in grid.findChildren(QLabel)]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_that_a_printer_that_fails_marks_nothing(desk_window, office, monkeypatch, tmp_path):
    furnish(office)
    letter = finished(office)
    page = open_letter(desk_window, letter)
    print_to(tmp_path / "finnes_ikke" / "brev.pdf", monkeypatch)
    page.primary()
    settle()
    assert "Skriveren tok ikke imot brevet" in desk_window.messages.bar().text
    assert page.acts.primary.text() == "Skriv ut …"
    assert office.letters.of_case(case_id(office, "Hest"))[0].printed_at is None


def test_that_a_finished_letter_can_be_taken_back_and_written_anew(desk_window, office):
    furnish(office)
    letter = finished(office)
    page = open_letter(desk_window, letter)
    buttons(page)["Trekk tilbake …"].click()
    dialog = page.findChild(RecallDialog)
    dialog.act.click()
    assert dialog.form.rows["reason"].error()
    dialog.reason.setPlainText("Feil dato i brevet.")
    dialog.act.click()
    settle()
    assert office.letters.reread(letter).status == "tilbakekalt"
    assert list(buttons(page)) == ["Skriv nytt brev"]


def test_that_the_day_a_letter_came_is_corrected_with_a_reason(desk_window, office):
    furnish(office)
    letter = finished(office)
    office.letters.mark_sent(letter, office.letters.reread(letter).version, TODAY)
    page = open_letter(desk_window, letter)
    buttons(page)["Rett mottatt dato …"].click()
    dialog = page.findChild(ArrivalDialog)
    dialog.day.set_value(TODAY)
    dialog.reason.setPlainText("Søkeren hentet det selv.")
    dialog.act.click()
    settle()
    assert office.letters.reread(letter).recipients[0].arrived_on == TODAY


def test_that_a_draft_can_be_thrown_away_and_brought_back(desk_window, office):
    furnish(office)
    letter = interim(office)
    page = open_letter(desk_window, letter)
    buttons(page)["Forkast kladden"].click()
    settle()
    assert office.letters.of_case(case_id(office, "Hest")) == ()
    desk_window.saver.undo()
    settle()
    assert office.letters.reread(letter).status == "kladd"


def test_that_a_draft_is_printed_as_a_draft(desk_window, office, tmp_path, monkeypatch):
    furnish(office)
    page = open_letter(desk_window, interim(office))
    print_to(tmp_path / "kladd.pdf", monkeypatch)
    page.side.print_button.click()
    settle()
    assert desk_window.messages.bar().text == "Kladden er skrevet ut."
    assert (tmp_path / "kladd.pdf").exists()


def test_that_hidden_names_hide_the_letter_too(desk_window, office):
    furnish(office)
    letter = finished(office)
    desk_window.parts.toggle_names()
    page = open_letter(desk_window, letter)
    assert page.side.view.pdf == b""
    assert "Hest" not in page.header.sub.text()
    desk_window.parts.toggle_names()


def test_that_a_narrow_window_shows_one_half_at_a_time(desk_window, office):
    furnish(office)
    desk_window.resize(960, 540)
    page = open_letter(desk_window, interim(office))
    assert (page.left.isVisible(), page.side.isVisible()) == (True, False)
    QTest.keyClick(desk_window, Qt.Key.Key_F4)
    assert (page.left.isVisible(), page.side.isVisible()) == (False, True)
    settle()
    assert not uilint(page)


def test_that_real_threads_save_once_and_meet_no_conflict(qtbot, open_desk, office):
    furnish(office)
    letter = interim(office)
    window = MainWindow(Tasks())
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.enter(open_desk, {})
    window.go(Place("brev", subject=letter))
    page = window.navigator.pages["brev"]
    qtbot.waitUntil(lambda: page.side.view.pdf.startswith(b"%PDF"))
    page.writing.texts["svar_grunn"].setPlainText("Vi venter på svar fra legen.")
    page.primary()
    qtbot.waitUntil(
        lambda: window.navigator.here.key == "send_brev" and window.navigator.here.act.isVisible()
    )
    qtbot.waitUntil(lambda: not window.tasks.busy())
    assert page.messages.bar() is None
    assert office.letters.reread(letter).texts["svar_grunn"] == "Vi venter på svar fra legen."
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    window.tasks.shutdown()
    window.deleteLater()
    settle()
