"""One person through the real window: the head, the cards, their forms, households, protection, conflicts, undo."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from uilint import uilint

from boligdesk.services.records.people import (
    ContactDraft,
    IdentifierDraft,
    NameDraft,
)
from boligdesk.services.records.work import VisitDraft
from boligdesk.ui.pages.person import forms
from boligdesk.ui.pages.person.cards import LinkButton
from boligdesk.ui.pages.person.page import PersonPage
from boligdesk.ui.pages.person.sections import about_facts
from boligdesk.ui.places import Place
from boligdesk.ui.printing import to_pdf
from boligdesk.ui.theme import apply_theme
from boligdesk.ui.widgets import Button
from boligdesk.ui.widgets.parsing import NBSP
from tests.ui.harness import (
    colleague,
    desk_window,
    grab,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    settle,
)
from tests.ui.pages.person_office import D_NUMBER, FNR, hest, home, row, save, show

__all__ = [
    "colleague", "desk_window", "hest", "home", "office", "office_path", "office_template", "open_desk", "opened",
]  # fmt: skip

WHY = "Forbereder møtet"


# --- the head -------------------------------------------------------------------------------------------------


def test_that_the_head_says_who_it_is_and_hides_the_number(desk_window, hest):
    page = show(desk_window, hest)
    facts = page.head.bar.facts
    assert page.head.bar.name.text() == "Klok Hest"
    assert facts.text().replace(NBSP, " ") == (
        "15.03.1988 (38 år) · 158388 ••••• · tlf. 68 05 00 01 · tolk: tigrinja · brev på nynorsk"
    )
    assert f"158388{NBSP}skjult" in facts.accessibleName()
    assert page.window_title == "Person"
    assert "Hest" not in desk_window.windowTitle()


def test_that_the_number_is_shown_for_half_a_minute_and_logged(desk_window, office, hest):
    page = show(desk_window, hest)
    page.head.reveal.click()
    settle()
    assert f"158388{NBSP}00065" in page.head.bar.facts.text()
    assert row(page.body.cards["identifiers"], "158388 00065")
    assert page._hide_numbers.interval() == 30_000
    assert any("nummer" in entry.what.lower() for entry in office.log.entries(0, 20, person_id=hest).rows)
    page._hide_numbers.timeout.emit()
    assert f"158388{NBSP}•••••" in page.head.bar.facts.text()


def test_that_the_number_is_hidden_when_the_page_is_left(desk_window, hest):
    page = show(desk_window, hest)
    page.head.reveal.click()
    settle()
    desk_window.go(Place("personer"))
    settle()
    assert "00065" not in page.head.bar.facts.text()


def test_that_long_words_do_not_push_the_buttons_out(desk_window, office, hest):
    detail = office.people.detail(hest)
    office.people.change(
        replace(forms.with_only(detail.draft), interpreter_language="tigrinja og arabisk " * 12)
    )
    office.people.change(
        forms.with_only(office.people.detail(hest).draft, names=(NameDraft("Klok " * 20, "Hest " * 10),))
    )
    desk_window.resize(960, 540)
    page = show(desk_window, hest)
    assert uilint(page) == []
    assert desk_window.width() == 960


# --- strictly confidential ------------------------------------------------------------------------------------


def test_that_a_strictly_confidential_file_asks_for_the_reason_first(desk_window, office, hest):
    office.people.protect(hest, office.people.detail(hest).version, "strengt_fortrolig", "Politiet", "Brev")
    page = show(desk_window, hest)
    assert page.stack.currentWidget() is page.gate
    assert page.head.isHidden()
    assert page.printout() is None
    page.gate.open_button.click()
    assert "Skriv hvorfor" in page.gate.form.rows["reason"].error()
    page.gate.reason.setText(WHY)
    QTest.keyClick(page.gate.reason, Qt.Key.Key_Return)
    settle()
    assert page.stack.currentWidget() is page.area
    assert page.head.bar.name.text() == "Klok Hest"
    assert any(WHY in str(entry) for entry in office.log.entries(0, 20, person_id=hest).rows)
    desk_window.go(Place("personer"))
    settle()
    page = show(desk_window, hest)
    assert page.stack.currentWidget() is page.gate


def test_that_somebody_without_access_is_told_calmly(
    desk_window, opened, office, colleague, hest, monkeypatch
):
    office.people.protect(hest, office.people.detail(hest).version, "fortrolig", "Politiet", "Brev")
    monkeypatch.setattr(desk_window, "services", colleague)
    page = PersonPage(desk_window)
    page.open(Place("person", subject=hest))
    settle()
    assert page.stack.currentWidget() is page.error
    assert page.found is None
    page.deleteLater()


# --- the cards ------------------------------------------------------------------------------------------------


def test_that_the_cards_show_what_holds_and_what_held(desk_window, hest):
    cards = show(desk_window, hest).body.cards
    assert [(r.title, r.is_old) for r in cards["addresses"].rows()] == [
        ("Storgata 12, Tromsø", False),
        ("Gamleveien", True),
    ]
    assert row(cards["addresses"], "Gamleveien").sub == "Bosted · 1. januar 2020 – 3. mars 2026"
    assert "Kroken" in row(cards["addresses"], "Storgata 12, Tromsø").sub
    assert row(cards["contacts"], "68 05 00 09").pill.word == "Ikke ring"
    assert row(cards["identifiers"], "558388 •••••").is_old
    assert "syntetisk" in row(cards["identifiers"], "158388 •••••").sub
    assert "Økonomi" in row(cards["representatives"], "Sta Furu").sub
    assert row(cards["names"], "Klokkis").sub.startswith("Kalles også")


def test_that_a_new_address_ends_the_old_and_can_be_undone(desk_window, office, hest):
    page = show(desk_window, hest)
    page.body.edit(forms.ADDRESS, None)
    dialog = page.body.dialog
    dialog.widgets["street"].setText("Nygata")
    dialog.widgets["city"].setText("Tromsø")
    save(dialog)
    old = row(page.body.cards["addresses"], "Storgata 12, Tromsø")
    assert old.is_old
    assert old.sub.endswith("– 24. november 2026")
    bar = desk_window.messages.bar()
    assert "Adressen er lagret." in bar.text
    next(b for b in bar.findChildren(Button) if b.text() == "Angre").click()
    settle()
    assert not row(page.body.cards["addresses"], "Storgata 12, Tromsø").is_old
    assert page.area.hasFocus() or page.isAncestorOf(desk_window.focusWidget())
    assert "Nygata, Tromsø" not in [r.title for r in page.body.cards["addresses"].rows()]


def test_that_correcting_an_address_keeps_its_area(desk_window, office, hest):
    page = show(desk_window, hest)
    address = page.found.detail.draft.addresses[0]
    page.body.edit(forms.ADDRESS, address)
    page.body.dialog.widgets["postcode"].setText("9008")
    save(page.body.dialog)
    stored = office.people.detail(hest).draft.addresses[0]
    assert (stored.postcode, stored.district_id) == ("9008", address.district_id)


def test_that_faults_stand_beside_their_fields(desk_window, hest):
    page = show(desk_window, hest)
    page.body.edit(forms.CONTACT, None)
    dialog = page.body.dialog
    dialog.widgets["kind"].setCurrentIndex(1)
    dialog.widgets["value"].setText("ikke en adresse")
    save(dialog)
    assert dialog.isVisible()
    assert "E-postadressen" in dialog.form.rows["value"].error()
    assert dialog.widgets["value"].hasFocus()
    dialog.widgets["valid_from"].setText("99.99.2026")
    save(dialog)
    assert "finnes ikke" in dialog.form.rows["valid_from"].error()
    dialog.reject()


def test_that_a_period_the_wrong_way_round_is_told_at_its_end(desk_window, hest):
    page = show(desk_window, hest)
    page.body.edit(forms.REPRESENTATIVE, None)
    dialog = page.body.dialog
    dialog.widgets["name"].setText("Rask Elv")
    dialog.widgets["valid_from"].set_value(dt.date(2026, 5, 1))
    dialog.widgets["valid_to"].set_value(dt.date(2026, 4, 1))
    save(dialog)
    assert "før fra-datoen" in dialog.form.rows["valid_to"].error()
    dialog.reject()


def test_that_a_new_name_keeps_the_old_one(desk_window, hest):
    page = show(desk_window, hest)
    page.body.edit(forms.NAME, None)
    page.body.dialog.widgets["given"].setText("Klok")
    page.body.dialog.widgets["family"].setText("Bjørk")
    save(page.body.dialog)
    assert page.head.bar.name.text() == "Klok Bjørk"
    assert row(page.body.cards["names"], "Klok Hest").sub == "Tidligere navn · til 24. november 2026"


def test_that_a_d_number_is_followed_by_a_birth_number(desk_window, office):
    nepe = office.people.detail(person_id(office, "Nepe"))
    office.people.change(
        replace(nepe.draft, identifiers=(IdentifierDraft("dnr", D_NUMBER),), names=(), contacts=())
    )
    page = show(desk_window, nepe.id)
    page.body.add_number()
    dialog = page.body.dialog
    save(dialog)
    assert dialog.form.rows["identifiers"].error() == "Skriv nummeret."
    dialog.number.line.setText(FNR)
    save(dialog)
    assert row(page.body.cards["identifiers"], "558388 •••••").is_old
    assert not row(page.body.cards["identifiers"], "158388 •••••").is_old


def test_that_the_period_of_a_number_is_corrected_without_showing_it(desk_window, office, hest):
    page = show(desk_window, hest)
    number = next(n for n in page.found.detail.draft.identifiers if n.kind == "fnr")
    page.body.edit_number(number)
    page.body.dialog.form.rows["valid_from"].field.set_value(dt.date(2019, 6, 1))
    save(page.body.dialog)
    assert "fra 1. juni 2019" in row(page.body.cards["identifiers"], "158388 •••••").sub
    stored = next(n for n in office.people.detail(hest).draft.identifiers if n.kind == "fnr")
    assert office.people.reveal_number(hest, stored.id) == FNR


def test_that_what_is_said_once_is_corrected(desk_window, hest):
    page = show(desk_window, hest)
    page.body.edit_about()
    dialog = page.body.dialog
    dialog.widgets["birth_on"].set_value(dt.date(2030, 1, 1))
    save(dialog)
    assert "fram i tid" in dialog.form.rows["birth_on"].error()
    dialog.widgets["birth_on"].set_value(dt.date(1989, 3, 15))
    dialog.widgets["birth_precision"].setCurrentIndex(3)
    dialog.widgets["wants_paper"].set_value(True)
    save(dialog)
    assert f"15.03.1989{NBSP}(37{NBSP}år)" in page.head.bar.facts.text()
    facts = dict(about_facts(page.found.detail, page.window_.today()))
    assert facts["Født"] == "15.03.1989 (37 år) · anslått"
    assert facts["Brev på papir"] == "Ja"


def test_that_many_old_rows_are_shown_when_asked_for(desk_window, office, hest):
    ended = tuple(
        ContactDraft(
            "telefon", f"68 05 01 0{n}", valid_from=dt.date(2010, 1, 1), valid_to=dt.date(2012 + n, 1, 1)
        )
        for n in range(4)
    )
    detail = office.people.detail(hest)
    office.people.change(forms.with_only(detail.draft, contacts=ended))
    card = show(desk_window, hest).body.cards["contacts"]
    more = next(b for b in card.findChildren(Button) if b.text() == "Vis 4 tidligere")
    more.click()
    settle()
    assert not [b for b in card.findChildren(Button) if b.text().startswith("Vis 4")]


# --- cases, visits, links -------------------------------------------------------------------------------------


def test_that_enter_on_a_case_opens_it(desk_window, hest):
    page = show(desk_window, hest)
    link = page.body.cases.findChild(LinkButton)
    assert link.text() == "2026/1 · Kommunal bolig"
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    settle()
    assert desk_window.navigator.here.key == "sak"


def test_that_visits_are_shown_and_a_new_one_begins_from_here(desk_window, office, hest):
    office.guidance.log_visit(
        VisitDraft(hest, dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC), observed="Ryddig")
    )
    page = show(desk_window, hest)
    assert page.body.visits.rows()[0].title == "Besøk man. 23. nov."
    page.body.visits.rows()[0].open()
    settle()
    assert desk_window.navigator.here.key == "besok"
    show(desk_window, hest)._new_visit()
    settle()
    assert desk_window.navigator.here.key == "nytt_besok"


def test_that_the_primary_act_is_an_application_for_the_person(desk_window, hest):
    page = show(desk_window, hest)
    assert page.subject_person() == hest
    page.primary()
    settle()
    assert desk_window.navigator.here.key == "ny_soknad"


def test_that_a_page_out_of_sight_leaves_no_mark_in_the_log(desk_window, office, hest):
    show(desk_window, hest)
    desk_window.go(Place("personer"))
    settle()
    before = office.log.entries(0, 1, person_id=hest).total
    nepe = office.people.detail(person_id(office, "Nepe"))
    saved = office.people.change(replace(forms.with_only(nepe.draft), remark="Noe"))
    desk_window.tasks.publish(saved.changes)
    settle()
    assert office.log.entries(0, 1, person_id=hest).total == before


def test_that_a_person_is_printed_with_the_number_masked(desk_window, hest):
    job = show(desk_window, hest).printout()
    assert job.title == "Person"
    lines = dict(job.rows)
    assert lines["Nummer"].startswith("558388 •••••")
    assert FNR not in str(job.rows)
    assert to_pdf(job).startswith(b"%PDF")


# --- two at once ----------------------------------------------------------------------------------------------


def test_that_another_part_changed_meanwhile_is_left_as_it_is(desk_window, office, colleague, hest):
    page = show(desk_window, hest)
    page.body.edit(forms.CONTACT, None)
    page.body.dialog.widgets["value"].setText("68 05 00 66")
    theirs = colleague.people.detail(hest)
    colleague.people.change(replace(forms.with_only(theirs.draft), remark="Skrevet av Jonas"))
    save(page.body.dialog)
    stored = office.people.detail(hest).draft
    assert stored.remark == "Skrevet av Jonas"
    assert "68 05 00 66" in [contact.value for contact in stored.contacts]


def test_that_the_same_part_changed_by_both_is_shown_in_words_and_chosen(
    desk_window, office, colleague, hest
):
    page = show(desk_window, hest)
    page.body.edit_about()
    dialog = page.body.dialog
    dialog.widgets["interpreter_language"].setText("arabisk")
    theirs = colleague.people.detail(hest)
    colleague.people.change(replace(forms.with_only(theirs.draft), interpreter_language="somali"))
    save(dialog)
    bar = dialog.messages.bar()
    assert "Jonas H. har endret det samme" in bar.text
    assert "Tolkespråk: Du skrev «arabisk». Jonas H. skrev «somali»." in bar.text
    assert office.people.detail(hest).draft.interpreter_language == "somali"
    next(b for b in bar.findChildren(Button) if b.text() == "Lagre det jeg skrev").click()
    settle()
    assert office.people.detail(hest).draft.interpreter_language == "arabisk"


# --- the look -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (960, 540)])
def test_that_the_page_has_names_targets_and_room(desk_window, home, hest, size):
    desk_window.resize(*size)
    page = show(desk_window, hest)
    assert uilint(page) == []
    assert page.area.horizontalScrollBar().maximum() == 0
    assert grab(desk_window, f"person_{size[0]}").exists()


def test_that_the_forms_have_names_and_room_in_dark(qapp, desk_window, home, hest):
    apply_theme(qapp, "dark")
    desk_window.resize(960, 540)
    body = show(desk_window, hest).body
    for spec in (forms.NAME, forms.CONTACT, forms.ADDRESS, forms.REPRESENTATIVE):
        body.edit(spec, None)
        settle()
        assert uilint(body.dialog) == [], spec.kids
        body.dialog.reject()
    body.edit_about()
    settle()
    assert uilint(body.dialog) == []
    body.dialog.reject()
    body.homes.add_member(body.homes.homes()[0])
    settle()
    assert uilint(body.homes.dialog) == []
    body.homes.dialog.reject()
    apply_theme(qapp, "light")
