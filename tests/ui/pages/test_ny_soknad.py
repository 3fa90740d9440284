"""Registration of an application in the real window: known person, new person, draft, and how many acts it takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from uilint import uilint

from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from boligdesk.services.records.office import BirthdayRule
from boligdesk.services.records.people import HouseholdDraft, IdentifierDraft, MemberDraft
from boligdesk.ui.pages.ny_soknad.page import NySoknadPage
from boligdesk.ui.pages.sak.page import SakPage
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint, to_pdf
from boligdesk.ui.theme import apply_theme
from tests.ui.harness import (
    case_id,
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

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

NUMBER = "15838800065"
TODAY = dt.date(2026, 11, 24)


def number_for(services, family: str) -> None:
    person = person_id(services, family)
    known = services.people.detail(person)
    draft = replace(
        known.draft, id=person, version=known.version, identifiers=(IdentifierDraft("fnr", NUMBER),)
    )
    services.people.change(draft)


def open_page(window, subject=None) -> NySoknadPage:
    window.go(Place("ny_soknad", subject=subject))
    settle()
    page = window.findChild(NySoknadPage)
    assert page is not None
    return page


def typed(page: NySoknadPage, text: str) -> None:
    line = page.who.picker.line
    line.setFocus()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle()


def cases_of(services, family: str) -> list[str]:
    rows = services.cases.page(CaseFilter(), Sort("number"), 0, 50).rows
    return [row.number for row in rows if family in row.applicant]


def button(page, text: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(page))


def test_that_a_known_person_takes_five_acts(desk_window, office):
    number_for(office, "Fjell")
    acts = 2  # Ctrl+N, A
    page = open_page(desk_window)
    typed(page, NUMBER)
    acts += 1  # a typed search term; a whole number that one person has is chosen at once
    assert page.who.person.name == "Treg Fjell"
    assert page.what.knows.no.hasFocus()
    QTest.keyClick(page.what.knows.no, Qt.Key.Key_Space)
    acts += 1
    page.primary()  # Ctrl+Enter
    acts += 1
    settle()
    assert acts == 5
    assert len(cases_of(office, "Fjell")) == 1
    shown = desk_window.findChild(SakPage)
    assert shown.detail.identity.name == "Treg Fjell"
    assert shown.detail.application.received_on == TODAY


def test_that_a_known_person_is_shown_with_cases(desk_window, office):
    page = open_page(desk_window)
    typed(page, "hest klok")
    assert page.who.words.text() == "Fant Klok Hest, 15.03.1988. Har 1 åpen sak (2026/1)."


def test_that_several_matches_are_chosen_by_hand(desk_window, office):
    page = open_page(desk_window)
    page.who.picker.line.setText("68 05 00 01")
    page.who.picker._look()
    settle()
    assert [match.name for match in page.who.picker.list.matches] == ["Klok Hest"]
    button(page, "Bruk denne").click()
    assert page.who.person.name == "Klok Hest"
    page.who.change.click()
    assert page.who.person is None


def test_that_nobody_found_leads_to_a_new_person_without_a_number(desk_window, office):
    page = open_page(desk_window)
    typed(page, "Lykkelig Krage")
    assert "Vi fant ingen" in page.who.picker.say.text()
    page.who.picker.new.click()
    form = page.who.form
    assert (form.given.text(), form.family.text()) == ("Lykkelig", "Krage")
    form.birth.setText("01.02.1980")
    form.save()
    settle()
    assert page.who.person.name == "Lykkelig Krage"
    page.what.knows.no.click()
    page.primary()
    settle()
    assert len(cases_of(office, "Krage")) == 1


def test_that_a_duplicate_is_shown_while_a_new_person_is_typed(desk_window, office):
    page = open_page(desk_window)
    page.who.picker.new.click()
    form = page.who.form
    form.given.setText("Klok")
    form.family.setText("Hest")
    form._look()
    settle()
    assert form.warning.text() == "Finnes personen allerede?"
    button(form, "Bruk denne").click()
    assert page.who.person.id == person_id(office, "Hest")


def test_that_a_wrong_number_is_explained_at_the_number(desk_window, office):
    page = open_page(desk_window)
    page.who.picker.new.click()
    form = page.who.form
    form.given.setText("Lykkelig")
    form.family.setText("Krage")
    form.number.setText("15838800066")
    form.save()
    settle()
    assert page.who.person is None
    assert form.rows["number"].error()


def test_that_the_rule_proposes_a_caseworker_and_says_why(desk_window, office, colleague):
    office.office.save_birthday_rules((BirthdayRule(1, 31, colleague.user.id),))
    page = open_page(desk_window)
    typed(page, "Treg Fjell")
    assert page.what.assignee.currentText() == "Jonas H."
    assert page.what.why.text() == "Søkeren er født den 8. i måneden, og Jonas H. har dag 1–31."
    page.what.knows.no.click()
    page.primary()
    settle()
    assert office.cases.detail(case_id(office, "Fjell")).assignee == "Jonas H."


def test_that_somebody_who_knows_the_applicant_gives_the_case_away(desk_window, office):
    page = open_page(desk_window)
    typed(page, "Treg Fjell")
    page.what.knows.yes.click()
    assert "Ingrid B. (meg)" not in [
        page.what.assignee.itemText(place) for place in range(page.what.assignee.count())
    ]
    page.primary()
    assert page.what.rows["conflict_grounds"].error() == "Skriv kort hvordan du kjenner søkeren."
    page.what.grounds.setText("Nabo")
    page.primary()
    settle()
    assert office.cases.detail(case_id(office, "Fjell")).assignee == ""


def test_that_the_household_follows_into_the_case(desk_window, office):
    person, child = person_id(office, "Fjell"), person_id(office, "Nepe")
    members = (MemberDraft("hovedperson", person), MemberDraft("barn", child))
    office.households.save(HouseholdDraft(members))
    page = open_page(desk_window)
    typed(page, "Treg Fjell")
    page.what.knows.no.click()
    page.primary()
    settle()
    made = office.cases.detail(case_id(office, "Fjell"))
    assert made.household is not None
    assert {member.person_id for member in made.household.members} == {person, child}


def test_that_gaps_are_shown_at_their_places(desk_window, office):
    page = open_page(desk_window)
    page.what.received.setText("32.13.2026")
    page.primary()
    assert page.who.error.text() == "Velg hvem søknaden gjelder."
    assert "finnes ikke" in page.what.rows["received_on"].error()
    assert page.what.rows["knows_applicant"].error() == "Svar på om du kjenner søkeren."
    assert len(cases_of(office, "")) == 3


def test_that_a_day_in_the_future_is_refused_at_the_date(desk_window, office):
    page = open_page(desk_window)
    typed(page, "Treg Fjell")
    page.what.knows.no.click()
    page.what.received.setText("25.11.2026")
    page.primary()
    settle()
    assert "fram i tid" in page.what.rows["received_on"].error()
    page.what.received.setText("24.11.2026")
    page.primary()
    settle()
    assert len(cases_of(office, "Fjell")) == 1


def test_that_answers_and_the_scanned_application_follow_into_the_case(desk_window, office, tmp_path):
    (tmp_path / "skann.pdf").write_bytes(to_pdf(ListPrint("Søknad", (), TODAY, (), ())))
    (tmp_path / "makro.exe").write_bytes(b"MZ")
    page = open_page(desk_window)
    typed(page, "Treg Fjell")
    page.knowledge.take([tmp_path / "skann.pdf", tmp_path / "makro.exe"])
    assert "er ikke tatt med" in "".join(label.text() for label in page.knowledge.findChildren(QLabel))
    page.knowledge.form.fields["bedrooms"].field.setFocus()
    QTest.keyClicks(page.knowledge.form.fields["bedrooms"].field, "2")
    page.knowledge.texts["own_attempts"].setPlainText("Fem visninger.")
    page.what.knows.no.click()
    page.primary()
    settle()
    made = office.cases.detail(case_id(office, "Fjell"))
    assert [(fact.key, fact.value, fact.source) for fact in made.application.facts] == [
        ("bedrooms", 2, "soknad")
    ]
    assert made.application.own_attempts == "Fem visninger."
    assert [row.kind for row in made.documents] == ["SØKNAD"]


def test_that_what_was_typed_comes_back(desk_window, office):
    page = open_page(desk_window)
    typed(page, "Treg Fjell")
    page.knowledge.texts["what_it_takes"].setPlainText("Ro.")
    question = page.knowledge.form.fields["must_leave_by"]
    question.field.setFocus()
    QTest.keyClicks(question.field, "15.12.2026")
    page.leave()
    page._start()
    page.open(Place("ny_soknad"))
    settle()
    assert "Vi fant en kladd" in page.offer.bar().text
    button(page.offer, "Fortsett på kladden").click()
    settle()
    assert page.who.person.name == "Treg Fjell"
    assert page.knowledge.text("what_it_takes") == "Ro."
    assert [(fact.key, fact.value) for fact in page.knowledge.facts()] == [
        ("must_leave_by", dt.date(2026, 12, 15))
    ]
    page.what.knows.no.click()
    page.primary()
    settle()
    assert office.drafts.load("application", None, "ny_soknad") is None


def test_that_the_page_can_be_opened_for_a_person(desk_window, office):
    page = open_page(desk_window, person_id(office, "Fjell"))
    assert page.who.person.name == "Treg Fjell"


@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (1366, 768), (960, 540)])
def test_that_the_page_has_names_targets_and_whole_texts(desk_window, office, qapp, wide, high):
    desk_window.resize(wide, high)
    page = open_page(desk_window)
    page.who.picker.line.setText("Klok Hest")
    page.who.picker._look()
    settle()
    assert uilint(page) == []
    assert page.minimumSizeHint().width() <= page.width()
    grab(desk_window, f"ny_soknad_light_{wide}")
    page.who.picker.new.click()
    settle()
    assert uilint(page) == []
    grab(desk_window, f"ny_soknad_person_light_{wide}")
    if wide == 1440:
        apply_theme(qapp, "dark")
        settle()
        grab(desk_window, "ny_soknad_dark_1440")
        apply_theme(qapp, "light")
