"""The household and the address protection on the page of one person, through the real window."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from boligdesk.services.records.common import MASKED_NAME
from boligdesk.services.records.people import (
    MemberDraft,
)
from boligdesk.ui.pages.person.cards import LinkButton
from boligdesk.ui.pages.person.household_card import is_masked, member_words
from boligdesk.ui.pages.person.page import PersonPage
from boligdesk.ui.places import Place
from tests.ui.harness import (
    colleague,
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    settle,
)
from tests.ui.pages.person_office import hest, home, save, show

__all__ = [
    "colleague", "desk_window", "hest", "home", "office", "office_path", "office_template", "open_desk", "opened",
]  # fmt: skip


# --- the household --------------------------------------------------------------------------------------------


def test_that_the_household_says_who_lives_there(desk_window, home, hest):
    homes = show(desk_window, hest).body.homes
    (found,) = homes.homes()
    assert found.summary.startswith("2 voksne, 1 barn (7 år)")
    links = [link.text() for link in homes.findChildren(LinkButton)]
    assert links == ["Blid Nepe", "Liten Hest"]


def test_that_a_member_leads_to_their_page(desk_window, home, hest):
    page = show(desk_window, hest)
    page.body.homes.findChildren(LinkButton)[0].click()
    settle()
    assert desk_window.navigator.here.head.bar.name.text() == "Blid Nepe"


def test_that_the_household_is_shown_as_it_was(desk_window, home, hest):
    homes = show(desk_window, hest).body.homes
    homes.day.setText("01.01.2024")
    homes.day.editingFinished.emit()
    settle()
    assert "venter barn" in homes.homes()[0].summary
    assert "2 voksne" not in homes.homes()[0].summary
    homes.day.setText("tull")
    homes.day.editingFinished.emit()
    assert homes.fault.text()


def test_that_a_restricted_member_is_shown_as_the_record_says(desk_window, home, hest):
    member = MemberDraft("annen", name=MASKED_NAME, valid_from=dt.date(2024, 5, 1))
    assert is_masked(member)
    assert member_words(member, dt.date(2026, 11, 24)) == "fra 1. mai 2024"
    homes = show(desk_window, hest).body.homes
    shown = homes._row(homes.homes()[0], member, dt.date(2026, 11, 24))
    assert (shown.title, shown.acts, shown.open) == (MASKED_NAME, (), None)
    assert shown.pill.word == "Skjermet"


def test_that_the_custody_share_of_a_member_is_changed_from_today(desk_window, office, home, hest):
    homes = show(desk_window, hest).body.homes
    child = next(m for m in homes.homes()[0].members if m.name == "Liten Hest")
    homes.edit_member(homes.homes()[0], child)
    dialog = homes.dialog
    dialog.form.rows["care_share"].field.setText("120")
    save(dialog)
    assert dialog.form.rows["care_share"].error() == "Skriv et tall fra 0 til 100."
    dialog.form.rows["care_share"].field.setText("40")
    save(dialog)
    shares = [
        (m.care_share, m.valid_to) for m in office.households.detail(home).members if m.name == "Liten Hest"
    ]
    assert set(shares) == {(40, None), (50, dt.date(2026, 11, 24))}


def test_that_a_member_is_found_and_added(desk_window, office, home, hest):
    homes = show(desk_window, hest).body.homes
    homes.add_member(homes.homes()[0])
    dialog = homes.dialog
    save(dialog)
    assert "Velg hvem" in dialog.messages.bar().text
    dialog.picker.set_text("Sprek Bie")
    settle()
    dialog.picker.list.buttons[0].click()
    dialog.form.rows["role"].field.setCurrentIndex(5)
    save(dialog)
    assert "Sprek Bie" in [member.name for member in office.households.detail(home).members]


def test_that_a_new_person_is_registered_into_the_household(desk_window, office, home, hest):
    homes = show(desk_window, hest).body.homes
    homes.add_member(homes.homes()[0])
    dialog = homes.dialog
    dialog.picker.new_wanted.emit("Liten Nepe")
    assert dialog.form.rows["given"].field.text() == "Liten"
    dialog.form.rows["birth_on"].field.set_value(dt.date(2021, 1, 1))
    save(dialog)
    assert "Liten Nepe" in [member.name for member in office.households.detail(home).members]


def test_that_the_child_is_born_and_keeps_its_place(desk_window, office, home, hest):
    homes = show(desk_window, hest).body.homes
    expected = next(m for m in homes.homes()[0].members if m.person_id is None)
    homes.born(homes.homes()[0], expected)
    dialog = homes.dialog
    assert dialog.form.rows["family"].field.text() == "Hest"
    save(dialog)
    assert dialog.form.rows["birth_on"].error() == "Skriv når barnet ble født."
    dialog.form.rows["given"].field.setText("Ny")
    dialog.form.rows["birth_on"].field.set_value(dt.date(2026, 11, 20))
    save(dialog)
    member = next(m for m in office.households.detail(home).members if m.id == expected.id)
    assert (member.name, member.birth_on) == ("Ny Hest", dt.date(2026, 11, 20))


def test_that_some_move_out_to_a_household_of_their_own(desk_window, office, home, hest):
    homes = show(desk_window, hest).body.homes
    homes.split(homes.homes()[0])
    dialog = homes.dialog
    save(dialog)
    assert "noen, men ikke alle" in dialog.messages.bar().text
    for member, box in dialog.boxes:
        box.setChecked(member.name in {"Blid Nepe", "Liten Hest"})
    dialog.form.rows["label"].field.setText("Hos Blid")
    save(dialog)
    found = office.households.of_person(person_id(office, "Nepe"))
    assert [home.label for home in found] == ["Hos Blid", "Storgata 12"]
    assert found[0].formed_on == dt.date(2026, 11, 24)


def test_that_a_household_is_renamed_and_dissolved(desk_window, office, home, hest):
    homes = show(desk_window, hest).body.homes
    homes.edit_home(homes.homes()[0])
    homes.dialog.form.rows["label"].field.setText("Storgata 12 B")
    homes.dialog.form.rows["dissolved_on"].field.set_value(dt.date(2026, 11, 1))
    save(homes.dialog)
    found = office.households.detail(home)
    assert (found.label, found.dissolved_on) == ("Storgata 12 B", dt.date(2026, 11, 1))


def test_that_somebody_who_lives_alone_gets_a_household(desk_window, office):
    fjell = person_id(office, "Fjell")
    homes = show(desk_window, fjell).body.homes
    homes.add_home()
    homes.dialog.way.set_value("alone")
    homes.dialog._fit_way()
    save(homes.dialog)
    assert office.households.of_person(fjell)[0].summary == "1 voksen"


# --- protection -----------------------------------------------------------------------------------------------


def test_that_protection_is_explained_before_it_is_set_and_ended(desk_window, office, hest):
    page = show(desk_window, hest)
    card = page.body.protection
    card.set_protection()
    dialog = card.dialog
    dialog.look()
    assert dialog.form.rows["basis"].error() == "Skriv hva det bygger på."
    dialog.basis.setText("Brev av 3. november")
    dialog.look()
    settle()
    assert dialog.confirm.focusWidget() is dialog.confirm.back
    QTest.keyClick(dialog.confirm, Qt.Key.Key_Return)
    settle()
    assert office.people.detail(hest).protection == "ingen"
    dialog.confirm.act.click()
    settle()
    assert office.people.detail(hest).protection == "fortrolig"
    assert not card.end_button.isHidden()
    card.end_protection()
    card.dialog.basis.setText("Melding av 10. november")
    card.dialog.look()
    card.dialog.confirm.act.click()
    settle()
    assert office.people.detail(hest).protection == "ingen"


def test_that_protection_is_not_offered_without_the_right(desk_window, colleague, hest, monkeypatch):
    monkeypatch.setattr(desk_window, "services", colleague)
    page = PersonPage(desk_window)
    page.open(Place("person", subject=hest))
    settle()
    assert page.body.protection.isHidden()
    page.deleteLater()
