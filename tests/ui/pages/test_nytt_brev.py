"""From the case or a task to a letter: chosen for you, begun by Enter, and asked for papers in four acts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from uilint import uilint

from boligdesk.domain.missing_papers import USUAL_PAPERS
from boligdesk.ui.pages.sak.asking import AskDialog
from boligdesk.ui.places import Place
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

from tests.ui.pages.letter_office import approvable, furnish, interim


def new_letter(window, case, **state):
    window.go(Place("nytt_brev", subject=case, state=state))
    settle()
    return window.navigator.pages["nytt_brev"]


def test_that_the_likeliest_letter_is_chosen_and_enter_begins_it(desk_window, office):
    furnish(office)
    page = new_letter(desk_window, case_id(office, "Hest"))
    button = page.group.checkedButton()
    assert button.text() == "Foreløpig svar"
    assert "Søkeren har ikke fått svar ennå" in button.accessibleName()
    assert not uilint(page)
    QTest.keyClick(button, Qt.Key.Key_Return)
    settle()
    assert desk_window.navigator.here.key == "brev"
    assert desk_window.navigator.here.detail.kind == "forelopig_svar"


def test_that_a_concluded_case_proposes_its_vedtak(desk_window, office):
    furnish(office)
    letter = approvable(office)
    office.letters.drop(letter, office.letters.reread(letter).version)
    page = new_letter(desk_window, case_id(office, "Hest"))
    assert page.group.checkedButton().text() == "Innvilget kommunal bolig"
    assert "godkjennes av en til" in page.group.checkedButton().accessibleName()


def test_that_a_task_begins_its_letter_at_once_and_the_way_back_does_not(desk_window, office):
    furnish(office)
    case = case_id(office, "Hest")
    new_letter(desk_window, case, kind="forelopig_svar")
    assert desk_window.navigator.here.key == "brev"
    assert len(office.letters.of_case(case)) == 1
    desk_window.navigator.back()
    settle()
    assert desk_window.navigator.here.key == "nytt_brev"


def test_that_a_draft_from_before_is_opened_and_not_made_twice(desk_window, office):
    furnish(office)
    letter = interim(office)
    new_letter(desk_window, case_id(office, "Hest"), kind="forelopig_svar")
    assert desk_window.navigator.here.detail.id == letter


def test_that_ctrl_shift_b_writes_in_the_case_in_focus(desk_window, office):
    desk_window.go(Place("sak", subject=case_id(office, "Hest")))
    settle()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk_window, Qt.Key.Key_B, keys)
    settle()
    assert desk_window.navigator.here.key == "nytt_brev"


def test_that_papers_are_asked_for_in_four_acts(desk_window, office):
    furnish(office)
    case = case_id(office, "Hest")
    desk_window.go(Place("sak", subject=case))
    settle()
    page = desk_window.navigator.here
    page._act("ask")  # [Be om opplysninger …]
    settle()
    dialog = page.findChild(AskDialog)
    dialog.boxes[0].setChecked(True)
    dialog.act.click()
    settle()
    confirm = desk_window.navigator.here
    assert confirm.key == "send_brev"
    confirm.act.click()
    settle()
    letter = office.letters.of_case(case)[0]
    assert letter.status == "ferdigstilt"
    office.letters.mark_sent(letter.id, letter.version)
    assert office.cases.reread(case).waiting_on == "soker"


def test_that_asking_for_nothing_is_refused_beside_the_field(desk_window, office):
    desk_window.go(Place("sak", subject=case_id(office, "Hest")))
    settle()
    page = desk_window.navigator.here
    page._act("ask")
    dialog = page.findChild(AskDialog)
    dialog.act.click()
    assert "Kryss av minst én ting" in dialog.form.rows["mangler"].error()
    dialog.own.setPlainText("- Kopi av vigselsattesten\n\n- Kopi av vigselsattesten")
    dialog.boxes[1].setChecked(True)
    assert dialog.items() == (USUAL_PAPERS[1].nb, "Kopi av vigselsattesten")
    dialog.reject()
    settle()


def test_that_a_letter_that_lacks_something_opens_with_its_check_list(desk_window, office):
    desk_window.go(Place("sak", subject=case_id(office, "Hest")))
    settle()
    page = desk_window.navigator.here
    page._act("ask")
    dialog = page.findChild(AskDialog)
    dialog.boxes[0].setChecked(True)
    dialog.act.click()
    settle()
    assert desk_window.navigator.here.key == "brev"
    desk_window.go(Place("sak", subject=case_id(office, "Hest")))
    settle()
    desk_window.navigator.here._act("ask")
    settle()
    assert desk_window.navigator.here.key == "brev"


def test_that_the_case_lists_its_letters(desk_window, office):
    furnish(office)
    letter = interim(office)
    desk_window.go(Place("sak", subject=case_id(office, "Hest"), tab="brev"))
    settle()
    page = desk_window.navigator.here
    tab = page._built["brev"]
    assert tab.table.rows.total() == 1
    assert "Vedtak og brev  1" in [page.tabs.tabText(place) for place in range(page.tabs.count())]
    tab.table.setFocus()
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    settle()
    assert desk_window.navigator.here.detail.id == letter
