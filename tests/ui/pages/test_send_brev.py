"""The confirm page: nothing by Enter, a routine of its own for protected ones, several at once with what became of each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from uilint import uilint

from boligdesk.ui.marking_sent import SentDialog
from boligdesk.ui.places import Place
from tests.ui.harness import (
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

from tests.ui.harness import person_id
from tests.ui.pages.letter_office import TODAY, approvable, furnish, interim, print_to


def confirm(window, letter):
    window.go(Place("send_brev", subject=letter))
    settle()
    return window.navigator.pages["send_brev"]


def batch(window, office, *letters):
    wanted = [(letter, office.letters.reread(letter).version) for letter in letters]
    window.go(Place("send_brev", state={"letters": wanted}))
    settle()
    return window.navigator.pages["send_brev"]


def said(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_that_enter_goes_back_and_does_not_send(desk_window, office):
    furnish(office)
    letter = interim(office)
    page = confirm(desk_window, letter)
    assert page.header.title.text() == "Send brevet?"
    assert page.act.text() == "Send brevet"
    assert QApplication.focusWidget() is page.back
    QTest.keyClick(page.back, Qt.Key.Key_Return)
    QTest.keyClick(desk_window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert office.letters.reread(letter).status == "kladd"
    assert not uilint(page)


def test_that_the_page_says_to_whom_and_what_follows(desk_window, office):
    furnish(office)
    page = confirm(desk_window, interim(office))
    words = said(page.single)
    assert "Klok Hest, Eksempelgata 1, 9000 Tromsø" in words
    assert "Etter dette kan det ikke endres" in words


def test_that_the_act_locks_the_letter_and_shows_it(desk_window, office):
    furnish(office)
    letter = interim(office)
    confirm(desk_window, letter).act.click()
    settle()
    done = office.letters.reread(letter)
    assert (done.status, done.journal_number) == ("ferdigstilt", "1/2026")
    assert desk_window.navigator.here.key == "brev"
    assert "er ferdigstilt" in desk_window.messages.bar().text
    page = confirm(desk_window, letter)
    assert not page.act.isVisible()


def test_that_a_protected_letter_needs_two_people_and_tells_who(desk_window, office):
    furnish(office)
    letter = interim(office)
    person = person_id(office, "Hest")
    known = office.people.detail(person, "prøve")
    office.people.protect(person, known.version, "fortrolig", "Skatteetaten", "Vedtak om fortrolig adresse")
    page = confirm(desk_window, letter)
    assert page.single.routine.isVisible()
    assert "indre konvolutt" in said(page.single.routine)
    assert not page.act.isEnabled()
    page.single.followed.setChecked(True)
    assert not page.act.isEnabled()
    page.single.colleague.setCurrentIndex(1)
    with_whom = page.single.colleague.currentText()
    page.act.click()
    settle()
    case = office.letters.reread(letter).case_id
    note = office.cases.reread(case).notes[0].facts_text
    assert note.startswith("Brev 1/2026: egen rutine")
    assert with_whom.rstrip(".") in note
    assert office.letters.of_case(case)[0].printed_at is None


def test_that_a_vedtak_that_is_not_approved_cannot_be_sent(desk_window, office):
    furnish(office)
    page = confirm(desk_window, approvable(office))
    assert not page.act.isVisible()
    assert "Brevet må godkjennes først." in said(page)


def test_that_a_batch_is_finished_printed_and_marked(desk_window, office, tmp_path, monkeypatch):
    furnish(office)
    first, second, vedtak = interim(office, "Nepe"), interim(office, "Bie"), approvable(office)
    page = batch(desk_window, office, first, second, vedtak)
    assert page.header.title.text() == "Skriv ut og ferdigstill 2 brev?"
    assert "Brevet må godkjennes først" in said(page.batch)
    assert QApplication.focusWidget() is page.back
    print_to(tmp_path / "bunke.pdf", monkeypatch)
    page.act.click()
    settle()
    assert "journalnummer 1/2026" in said(page.batch)
    assert page.printed == (first, second)
    assert office.letters.reread(vedtak).status == "kladd"
    assert office.letters.reread(first).sent_on is None
    page.next.click()
    page.findChild(SentDialog).act.click()
    settle()
    assert [office.letters.reread(one).sent_on for one in (first, second)] == [TODAY, TODAY]
    assert desk_window.navigator.here.key == "vedtak_og_brev"


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_that_a_batch_that_was_not_printed_is_not_marked(desk_window, office, tmp_path, monkeypatch):
    furnish(office)
    letter = interim(office, "Nepe")
    page = batch(desk_window, office, letter)
    print_to(tmp_path / "finnes_ikke" / "bunke.pdf", monkeypatch)
    page.act.click()
    settle()
    assert office.letters.reread(letter).status == "ferdigstilt"
    assert not page.next.isVisible()
    assert page.again.isVisible()
    assert "ikke merket som sendt" in desk_window.messages.bar().text


def test_that_a_letter_changed_meanwhile_is_told_and_the_rest_go_on(
    desk_window, office, tmp_path, monkeypatch
):
    furnish(office)
    first, second = interim(office, "Nepe"), interim(office, "Bie")
    page = batch(desk_window, office, first, second)
    from boligdesk.services.records.letters import LetterTexts

    version = office.letters.reread(first).version
    office.letters.save(first, version, LetterTexts({"svar_grunn": "Endret av en annen."}))
    print_to(tmp_path / "bunke.pdf", monkeypatch)
    page.act.click()
    settle()
    assert office.letters.reread(first).status == "kladd"
    assert page.printed == (second,)
    assert "Ikke ferdigstilt" in said(page.batch)
