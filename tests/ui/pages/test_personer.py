"""Personer and Ny person through the real window: finding, filtering, searching before registering."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from uilint import uilint

from boligdesk.domain.catalog import Role
from boligdesk.services.desk import Services
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import (
    AddressDraft,
    IdentifierDraft,
    NameDraft,
    PersonDraft,
    PersonFilter,
)
from boligdesk.storage.location import file_location
from boligdesk.storage.opening import FirstUser, create_store
from boligdesk.storage.reader import SYSTEM
from boligdesk.ui.pages.personer.page import PersonerPage
from boligdesk.ui.places import Place
from boligdesk.ui.widgets import Button
from boligdesk.ui.widgets.number_field import NO_NUMBER, NumberField
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
    services_of,
    settle,
)

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

FNR, WRONG, D_NUMBER, ONLY_2032 = "15838800065", "15838800066", "55838800059", "15838800073"


def people_page(window):
    window.go(Place("personer"))
    settle()
    return window.navigator.here


def new_page(window, **state):
    window.go(Place("ny_person", state=state))
    settle()
    return window.navigator.here


def names(page):
    return [row.name for _number, row in page.rows.held_rows()]


def count(services):
    return services.people.page(PersonFilter(), Sort("name"), 0, 1).total


# --- Personer ------------------------------------------------------------------------------------------------


def test_that_the_list_shows_everybody_by_family_name(desk_window):
    page = people_page(desk_window)
    assert names(page) == ["Sprek Bie", "Treg Fjell", "Klok Hest", "Blid Nepe"]
    assert page.filters.count.text() == "4 personer"
    assert page.table.hasFocus()
    assert page.rows.columns[1].second(page.rows.row_at(2)) == "38 år"


def test_that_enter_opens_the_person(desk_window, office):
    page = people_page(desk_window)
    page.table.select_id(person_id(office, "Hest"))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    assert desk_window.navigator.here.key == "person"
    assert desk_window.navigator.here.head.bar.name.text() == "Klok Hest"


def test_that_the_text_finds_names_in_any_order_and_telephones(desk_window):
    page = people_page(desk_window)
    for text in ("hest klok", "68050001", "hes"):
        page.filters.search.setText(text)
        page.filters.search.returnPressed.emit()
        settle()
        assert names(page) == ["Klok Hest"], text


def test_that_the_filters_narrow_by_area_and_open_case(desk_window, office):
    kroken = office.office.add_district("Kroken")
    hest = office.people.detail(person_id(office, "Hest"))
    address = AddressDraft(street="Storgata", house_no="12", city="Tromsø", district_id=kroken)
    office.people.change(PersonDraft((), hest.draft.birth_on, id=hest.id, version=1, addresses=(address,)))
    page = people_page(desk_window)
    page.filters.open_case.menu.actions()[2].trigger()
    settle()
    assert names(page) == ["Treg Fjell"]
    page.filters.clear()
    page.filters.district.menu.actions()[1].trigger()
    settle()
    assert names(page) == ["Klok Hest"]


def test_that_the_list_sorts_by_birth_and_by_registration(desk_window):
    page = people_page(desk_window)
    page.filters.order.menu.actions()[2].trigger()
    settle()
    assert names(page)[0] == "Sprek Bie"
    page.filters.order.menu.actions()[3].trigger()
    settle()
    assert names(page)[0] == "Treg Fjell"
    page.table.sort_requested.emit("city", False)
    assert page.filters.sort() == Sort("city")


def test_that_the_list_is_as_it_was_left_when_one_comes_back(desk_window, office):
    page = people_page(desk_window)
    page.filters.search.setText("nepe")
    page.filters.search.returnPressed.emit()
    settle()
    page.table.opened.emit(page.rows.row_at(0))
    settle()
    desk_window.navigator.back()
    settle()
    page = desk_window.navigator.here
    assert page.filters.search.text() == "nepe"
    assert names(page) == ["Blid Nepe"]


def test_that_an_empty_result_offers_to_remove_the_filter(desk_window):
    page = people_page(desk_window)
    page.filters.search.setText("finnesikke")
    page.filters.search.returnPressed.emit()
    settle()
    state = page.table.state_widget()
    assert state.accessibleName() == "Ingen personer passer med filteret."
    state.button.click()
    settle()
    assert len(names(page)) == 4


def test_that_a_new_office_is_told_how_to_begin(desk_window, tmp_path, monkeypatch):
    first = FirstUser("leder", "Leder L.", (Role.LEADER,))
    empty, _key = create_store(
        file_location(tmp_path / "tom.db"),
        passphrase=None,
        keystore=None,
        office="Boligkontoret",
        first=first,
    )
    monkeypatch.setattr(desk_window, "services", services_of(empty, "leder"))
    page = PersonerPage(desk_window)
    page.open(Place("personer"))
    settle()
    state = page.table.state_widget()
    assert state.accessibleName() == "Ingen personer ennå."
    assert [button.text() for button in state.findChildren(Button)] == ["Ny person", "Hent fra fil"]
    page.deleteLater()
    empty.close()


def test_that_a_restricted_person_is_marked_for_those_with_access_and_gone_for_others(
    desk_window, office, colleague
):
    fjell = person_id(office, "Fjell")
    office.people.protect(fjell, 1, "strengt_fortrolig", "Politiet", "Brev")
    page = people_page(desk_window)
    row = next(row for _number, row in page.rows.held_rows() if row.id == fjell)
    assert page.rows.columns[0].icon(row) == "lock_closed"
    assert row.name == "Skjermet"
    seen = colleague.people.page(PersonFilter(), Sort("name"), 0, 10)
    assert fjell not in {row.id for row in seen.rows}


def test_that_the_list_prints_all_its_rows_without_the_words_typed(desk_window):
    page = people_page(desk_window)
    page.filters.search.setText("hest")
    page.filters.search.returnPressed.emit()
    settle()
    job = page.printout()
    assert job.title == "Personer"
    assert [row.name for row in job.rows] == ["Klok Hest"]
    assert list(job.filters) == ["filtrert på tekst", "sortert etter navn"]


def test_that_a_home_guide_is_not_offered_to_register(desk_window, office, opened, monkeypatch):
    office.office.register_user("guide", "Gry G.", (Role.HOME_GUIDE,), 0)
    guide = opened.store.read(SYSTEM, lambda view: view.office.user_by_login("guide"))
    monkeypatch.setattr(desk_window, "services", Services(opened.store, guide))
    page = PersonerPage(desk_window)
    assert page.header.primary is None
    page.deleteLater()


# --- Ny person -----------------------------------------------------------------------------------------------


def test_that_somebody_who_looks_the_same_is_shown_while_typing(desk_window, office):
    page = new_page(desk_window)
    assert page.form.lines["given"].hasFocus()
    page.form.lines["given"].setText("Klok")
    page.form.lines["family"].setText("Hest")
    page.form.birth_on.setText("15.03.1988")
    page.panel.look_now()
    settle()
    (match,) = page.panel.matches
    assert (match.name, match.strength) == ("Klok Hest", 2)
    assert "Trolig samme person" in page.panel.buttons[0].accessibleName()
    page.panel.buttons[0].click()
    settle()
    assert desk_window.navigator.here.key == "person"
    assert count(office) == 4


def test_that_a_likely_duplicate_is_asked_about_once(desk_window, office):
    page = new_page(desk_window)
    page.form.lines["given"].setText("Klok")
    page.form.lines["family"].setText("Hest")
    page.form.lines["phone"].setText("68 05 00 01")
    page.save()
    settle()
    assert count(office) == 4
    bar = page.messages.bar()
    assert "finnes trolig fra før" in bar.text
    next(b for b in bar.findChildren(Button) if "likevel" in b.text()).click()
    settle()
    assert count(office) == 5


def test_that_a_person_without_a_number_is_registered_and_opened_with_ctrl_enter(desk_window, office):
    page = new_page(desk_window)
    assert page.form.number.words.text() == NO_NUMBER
    for name, text in {"given": "Ny", "family": "Tiur", "phone": "68 05 00 44", "city": "Tromsø"}.items():
        page.form.lines[name].setText(text)
    QTest.keyClick(desk_window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    here = desk_window.navigator.here
    assert here.key == "person"
    assert here.head.bar.name.text() == "Ny Tiur"
    assert "uten nummer" in here.head.bar.facts.text().replace(NBSP, " ")
    found = office.people.detail(here.subject_person()).draft
    assert [contact.value for contact in found.contacts] == ["68 05 00 44"]
    assert found.addresses[0].city == "Tromsø"


def test_that_a_name_is_asked_for_beside_its_field(desk_window, office):
    page = new_page(desk_window)
    page.form.lines["phone"].setText("68 05 00 55")
    page.save()
    settle()
    assert "navnet" in page.form.section.rows["given"].error().lower()
    page.form.unidentified.setChecked(True)
    page.save()
    settle()
    assert count(office) == 5


def test_that_the_same_number_never_gets_a_second_file(desk_window, office):
    office.people.register(
        PersonDraft((NameDraft("Ulik", "Gran"),), identifiers=(IdentifierDraft("fnr", FNR),))
    )
    page = new_page(desk_window)
    page.form.lines["given"].setText("Annen")
    page.form.number.line.setText(FNR)
    page.save()
    settle()
    texts = [button.text() for button in page.messages.bar().findChildren(Button)]
    assert "Bruk den som finnes" in texts
    assert not any("likevel" in text for text in texts)
    assert count(office) == 5


def test_that_a_draft_of_a_new_person_survives(desk_window, office):
    page = new_page(desk_window)
    page.form.lines["given"].setText("Halvferdig")
    page.form.number.line.setText("158388")
    desk_window.go(Place("personer"))
    settle()
    assert office.drafts.load("person", None, "ny_person").body["given"] == "Halvferdig"
    page.form.clear()
    page = new_page(desk_window)
    next(b for b in page.keeper.offer.findChildren(Button) if "Fortsett" in b.text()).click()
    assert page.form.lines["given"].text() == "Halvferdig"
    page.form.number.line.setText("")
    page.save()
    settle()
    assert office.drafts.load("person", None, "ny_person") is None


def test_that_a_visit_gets_the_new_person_it_asked_for(desk_window, office):
    page = new_page(desk_window, then="nytt_besok", text="Ny Lerke")
    assert (page.form.lines["given"].text(), page.form.lines["family"].text()) == ("Ny", "Lerke")
    page.save()
    settle()
    assert desk_window.navigator.here.key == "nytt_besok"
    assert count(office) == 5


@pytest.mark.parametrize(
    ("text", "field"), [("68050077", "phone"), ("158388 00065", "number"), ("Lerke", "given")]
)
def test_that_what_was_searched_for_goes_where_it_belongs(desk_window, text, field):
    page = new_page(desk_window, text=text)
    line = page.form.number.line if field == "number" else page.form.lines[field]
    assert line.text() == text


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (960, 540)])
def test_that_the_pages_have_names_targets_and_room(desk_window, size):
    desk_window.resize(*size)
    page = people_page(desk_window)
    assert uilint(page) == []
    page = new_page(desk_window)
    page.form.number.line.setText(WRONG)
    settle()
    assert uilint(page) == []
    assert grab(desk_window, f"ny_person_{size[0]}").exists()


# --- the number as it is typed --------------------------------------------------------------------------------


@pytest.fixture
def number(qtbot):
    field = NumberField(lambda: dt.date(1988, 3, 15))
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        (FNR, "fnr", "Fødselsnummer. Nummeret er syntetisk"),
        (D_NUMBER, "dnr", "D-nummer."),
        (ONLY_2032, "fnr", "regelen som gjelder fra 2032"),
        ("158388 00065", "fnr", "Fødselsnummer."),
    ],
)
def test_that_kind_and_remarks_are_said_while_typing(number, typed, kind, words):
    number.line.setText(typed)
    assert number.draft().kind == kind
    assert words in number.words.text()
    assert number.error() == ""
    assert number.reason_row.isHidden()


def test_that_a_wrong_number_is_kept_only_with_a_reason(number):
    number.line.setText(WRONG)
    assert "stemmer ikke" in number.error()
    assert not number.reason_row.isHidden()
    number.reason.setText("Står slik i passet")
    assert number.error() == ""
    assert number.draft().override_reason == "Står slik i passet"


def test_that_half_a_number_says_how_much_is_missing(number):
    number.line.setText("1583880006")
    assert number.words.text() == "1 siffer igjen."
    assert number.error()
    number.line.clear()
    assert number.words.text() == NO_NUMBER
    assert number.draft() is None
    assert number.error() == ""


def test_that_another_kind_of_number_is_taken_as_it_is(number):
    number.set_value("AB-17", "annet")
    assert number.draft().kind == "annet"
    assert number.error() == ""
