"""Two files of one person, side by side in the real window: find, compare, choose, merge, take back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from uilint import uilint

from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.merging import KEPT, MERGED, FieldState
from boligdesk.services.records.people import AddressDraft, ContactDraft, NameDraft, PersonDraft
from boligdesk.ui.pages.slaa_sammen.page import SlaaSammenPage
from boligdesk.ui.places import Place
from boligdesk.ui.theme import apply_theme
from boligdesk.ui.widgets import Button
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

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

WHY = "Rydder i dobbeltføring"


@pytest.fixture
def twin(office):
    """Klok Hest once more, with a slip in the name, another home and a case."""
    saved = office.people.register(
        PersonDraft(
            (NameDraft("Klokk", "Hest"),),
            dt.date(1988, 3, 15),
            contacts=(ContactDraft("telefon", "68 05 00 01"), ContactDraft("epost", "klok@hest.no")),
            addresses=(AddressDraft(street="Skippergata", house_no="4", postcode="9008", city="Tromsø"),),
            written_form="nn",
            remark="Kom innom i september.",
        )
    )
    office.cases.register_application(
        ApplicationDraft(saved.id, received_on=dt.date(2026, 11, 2), knows_applicant=False)
    )
    return saved.id


@pytest.fixture
def hest(office):
    found = person_id(office, "Hest")
    draft = office.people.detail(found).draft
    home = AddressDraft(street="Storgata", house_no="12", postcode="9008", city="Tromsø")
    office.people.change(replace(draft, written_form="bm", addresses=(home,)))
    return found


def show(window, person, other=None):
    window.go(Place("slaa_sammen", subject=person, tab=str(other) if other else ""))
    settle()
    page = window.navigator.here
    assert isinstance(page, SlaaSammenPage)
    return page


def line(page, key):
    return next(each for each in page.lines if each.field.key == key)


def choose_all(page, side=KEPT):
    for each in page.lines:
        if each.field.state is FieldState.CHOOSE:
            each.buttons[side].click()


def test_that_those_who_look_alike_are_offered_first(desk_window, hest, twin):
    page = show(desk_window, hest)
    assert [match.id for match in page.choosing.alike.matches] == [twin]
    assert (
        "telefon" in page.choosing.alike.matches[0].why or "fødselsdato" in page.choosing.alike.matches[0].why
    )
    assert page.choosing.picker.line.hasFocus()
    assert not page.primary_button.isEnabled()
    page.choosing.alike.buttons[0].click()
    settle()
    assert page.plan is not None
    assert (page.plan.kept.id, page.plan.merged.id) == (hest, twin)


def test_that_nobody_alike_is_said_and_any_other_can_be_searched(desk_window, office):
    bie, nepe = person_id(office, "Bie"), person_id(office, "Nepe")
    page = show(desk_window, bie)
    assert page.choosing.alike.matches == ()
    assert page.choosing.say.text().startswith("Vi fant ingen andre")
    QTest.keyClicks(page.choosing.picker.line, "Nepe")
    QTest.keyClick(page.choosing.picker.line, Qt.Key.Key_Return)
    settle()
    assert page.plan is not None
    assert page.plan.merged.id == nepe


def test_that_nothing_is_chosen_beforehand_and_the_act_waits(desk_window, hest, twin):
    page = show(desk_window, hest, twin)
    states = {each.field.key: each.field.state for each in page.lines}
    assert states["names"] is states["addresses"] is states["written_form"] is FieldState.CHOOSE
    assert states["birth_on"] is FieldState.SAME
    assert states["remark"] is FieldState.KEEPS
    assert not page.primary_button.isEnabled()
    assert page.header.sub.text() == "Velg hva som skal gjelde i 3 felt."
    assert not page.primary_button.hasFocus()
    page.primary()
    assert page.plan is not None
    choose_all(page)
    assert page.primary_button.isEnabled()


def test_that_the_two_become_one_and_the_bar_takes_it_back(desk_window, office, hest, twin):
    page = show(desk_window, hest, twin)
    choose_all(page)
    line(page, "addresses").choose(MERGED)
    page.primary_button.click()
    settle()
    assert desk_window.navigator.here.key == "person"
    detail = office.people.detail(twin)
    assert detail.id == hest
    assert [home.street for home in detail.draft.addresses if home.valid_to is None] == ["Skippergata"]
    bar = desk_window.messages.bar()
    assert bar.text == "Mappene er slått sammen til én."
    desk_window.saver.undo()
    settle()
    assert office.people.detail(twin).id == twin


def test_that_an_earlier_merge_can_be_taken_apart_from_the_page(desk_window, office, hest, twin):
    page = show(desk_window, hest, twin)
    choose_all(page)
    page.primary_button.click()
    settle()
    page = show(desk_window, hest)
    assert len(page.choosing.buttons) == 1
    page.choosing.buttons[0].click()
    settle()
    assert office.people.detail(twin).id == twin
    assert "skilt fra hverandre" in desk_window.messages.bar().text


def test_that_the_sides_can_be_swapped(desk_window, hest, twin):
    page = show(desk_window, hest, twin)
    page.heads.swap.click()
    settle()
    assert (page.plan.kept.id, page.plan.merged.id) == (twin, hest)
    page.heads.again.click()
    settle()
    assert page.plan is None
    assert page.stack.currentWidget() is page.choosing_area


def test_that_a_refusal_is_said_and_nothing_can_be_done(desk_window, hest):
    page = show(desk_window, hest, hest)
    assert page.plan.refusals == ("Du har valgt den samme mappen to ganger.",)
    assert not page.primary_button.isEnabled()


def test_that_somebody_elses_change_is_met_with_the_files_as_they_are_now(desk_window, office, hest, twin):
    page = show(desk_window, hest, twin)
    choose_all(page)
    office.people.change(replace(office.people.detail(twin).draft, remark="Ny"))
    page.primary_button.click()
    settle()
    assert "Noen har endret en av mappene" in desk_window.messages.bar().text
    assert office.people.detail(twin).id == twin
    assert page.plan.merged.version == office.people.detail(twin).version
    assert not page.primary_button.isEnabled(), "the choices are asked for anew"


def test_that_a_strictly_confidential_file_is_opened_with_a_reason(desk_window, office, hest, twin):
    version = office.people.detail(twin).version
    office.people.protect(twin, version, "strengt_fortrolig", "Politiet", "Brev")
    page = show(desk_window, hest, twin)
    assert page.stack.currentWidget() is page.why
    page.why.answer()
    assert page.plan is None
    page.why.reason.setText(WHY)
    page.why.answer()
    settle()
    assert page.plan is not None
    assert line(page, "protection").field.note == "Den strengeste gjelder."


def test_that_hidden_names_are_hidden_here_too(desk_window, hest, twin):
    desk_window.saver.hides_names = True
    page = show(desk_window, hest, twin)
    assert "Klok" not in page.plan.kept.name
    assert "Klok" not in line(page, "names").field.merged


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (960, 540)])
def test_that_it_stands_in_every_window(desk_window, hest, twin, qapp, mode, width, height):
    apply_theme(qapp, mode)
    desk_window.resize(width, height)
    page = show(desk_window, hest)
    settle(20)
    grab(desk_window, f"slaa_sammen_velg_{mode}_{width}")
    assert uilint(desk_window) == []
    page = show(desk_window, hest, twin)
    settle(20)
    grab(desk_window, f"slaa_sammen_{mode}_{width}")
    assert uilint(desk_window) == []
    assert page.compare_area.horizontalScrollBar().maximum() == 0
    apply_theme(qapp, "light")


def test_that_the_persons_page_leads_here_and_an_old_link_leads_to_the_kept_file(
    desk_window, office, hest, twin
):
    desk_window.go(Place("person", subject=hest))
    settle()
    button = next(
        each
        for each in desk_window.navigator.here.findChildren(Button)
        if each.accessibleName() == "Flere valg"
    )
    button.menu().actions()[0].trigger()
    settle()
    page = desk_window.navigator.here
    assert page.key == "slaa_sammen"
    page.choosing.alike.buttons[0].click()
    settle()
    choose_all(page)
    page.primary_button.click()
    settle()
    desk_window.go(Place("person", subject=twin))
    settle()
    assert desk_window.navigator.here.subject_person() == hest
    assert desk_window.messages.bar().text == "Mappen du åpnet, er slått sammen med denne."
    grab(desk_window, "slaa_sammen_person")
