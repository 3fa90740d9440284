"""Misspelt names, hidden addresses, dated protection and readers, through the real window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from uilint import uilint

from boligdesk.domain.catalog import Role
from boligdesk.ui.pages.person import forms
from boligdesk.ui.places import Place
from boligdesk.ui.theme import apply_theme
from boligdesk.ui.widgets import Pill
from tests.ui.harness import (
    colleague,
    desk_window,
    grab,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    services_of,
    settle,
)
from tests.ui.pages.person_office import hest, row, save, show

__all__ = [
    "colleague", "desk_window", "hest", "office", "office_path", "office_template", "open_desk", "opened",
]  # fmt: skip

WHY = "Har saken"
KODE_7, KODE_6 = "fortrolig", "strengt_fortrolig"


@pytest.fixture
def berit(office, opened):
    office.office.register_user("berit", "Berit K.", (Role.LEADER, Role.CASEWORKER), 2)
    office.office.register_user("siv", "Siv T.", (Role.CASEWORKER,), 2)
    return services_of(opened, "berit")


def protect(office, key, level):
    office.people.protect(key, office.people.detail(key, WHY).version, level, "Politiet", "Brev")


def open_strict(window, key):
    page = show(window, key)
    page.gate.reason.setText(WHY)
    QTest.keyClick(page.gate.reason, Qt.Key.Key_Return)
    settle()
    return page


def act(card, title, words):
    """What the act of that row does."""
    next(act for act in row(card, title).acts if act.words == words).do()
    settle()


def test_that_a_misspelt_name_is_corrected_and_leaves_no_former_name(desk_window, hest):
    page = show(desk_window, hest)
    act(page.body.cards["names"], "Klok Hest", "Rett skrivefeil")
    dialog = page.body.dialog
    assert uilint(dialog) == []
    grab(dialog, "person_rett_skrivefeil")
    dialog.widgets["family"].setText("Hesten")
    save(dialog)
    assert page.head.bar.name.text() == "Klok Hesten"
    assert [one.title for one in page.body.cards["names"].rows()] == ["Klok Hesten", "Klokkis"]
    page.body.edit(forms.NAME, None)
    settle()
    grab(page.body.dialog, "person_nytt_navn")
    page.body.dialog.reject()


def test_that_a_protected_address_is_shown_for_half_a_minute_and_logged(desk_window, office, hest):
    protect(office, hest, KODE_7)
    page = show(desk_window, hest)
    card = page.body.cards["addresses"]
    assert [one.title for one in card.rows()] == ["Skjult", "Skjult"]
    assert [one.words for one in card.rows()[0].acts] == ["Vis"]
    assert "Storgata" not in str(page.printout().rows)
    grab(desk_window, "person_fortrolig_1440")

    card.rows()[0].acts[0].do()
    settle()

    assert card.rows()[0].title == "Storgata 12, Tromsø"
    assert [one.words for one in card.rows()[0].acts] == ["Rett"]
    newest = office.log.entries(0, 1, person_id=hest).rows[0]
    assert "skjermede adressen" in newest.what
    page._hide_numbers.timeout.emit()
    assert card.rows()[0].title == "Skjult"


def test_that_a_protection_is_decided_for_a_day_to_come(desk_window, office, hest):
    page = show(desk_window, hest)
    page.body.protection.set_protection()
    dialog = page.body.protection.dialog
    dialog.basis.setText("Brev")
    dialog.since.set_value(dt.date(2026, 12, 3))
    dialog.until.set_value(dt.date(2027, 3, 3))
    assert uilint(dialog) == []
    grab(dialog, "person_sett_sperre")
    dialog.look()
    settle()
    grab(dialog.confirm, "person_sett_sperre_bekreft")
    dialog.confirm.act.click()
    settle()
    assert office.people.detail(hest).protection == "ingen"
    assert "Fra 03.12.2026" in page.body.protection.words.text()
    page.body.protection.end_protection()
    ending = page.body.protection.dialog
    ending.basis.setText("Melding")
    grab(ending, "person_avslutt_sperre")
    ending.look()
    ending.confirm.act.click()
    settle()
    assert page.body.protection.words.text() == "Personen har ingen adressesperre."


def test_that_two_persons_give_access_and_one_ends_it(desk_window, office, berit, hest, monkeypatch):
    protect(office, hest, KODE_6)
    page = open_strict(desk_window, hest)
    card = page.body.readers
    assert [one.title for one in card.rows()] == ["Ingrid B."]
    assert card.rows()[0].acts == ()
    card.propose()
    settle()
    dialog = card.dialog
    assert [dialog.user.itemText(place) for place in range(dialog.user.count())] == ["Berit K.", "Siv T."]
    dialog.look()
    assert dialog.form.rows["basis"].error()
    dialog.basis.setText("Vikar i ferien")
    assert uilint(dialog) == []
    grab(dialog, "person_gi_tilgang")
    dialog.look()
    settle()
    dialog.confirm.act.click()
    settle()
    proposed = next(one for one in card.rows() if one.title == "Berit K.")
    assert proposed.pill is not None
    assert [one.words for one in proposed.acts] == ["Trekk tilbake"]

    berit.people.confirm_reader(berit.people.reader_proposals()[0].id)
    page.refresh()
    settle()
    act(card, "Berit K.", "Avslutt tilgangen")
    card.dialog.act.click()
    settle()
    assert [one.title for one in card.rows()] == ["Ingrid B."]


def test_that_the_second_person_confirms_under_users_without_seeing_whose_file(
    desk_window, office, berit, hest
):
    protect(office, hest, KODE_6)
    siv = next(user for user in office.office.users() if user.login == "siv")
    office.people.propose_reader(hest, siv.id, "Vikar i ferien")
    desk_window.go(Place("administrasjon", tab="brukere"))
    settle()
    card = desk_window.navigator.here.tab().access
    assert card.isVisible()
    assert not card.waiting[0].may_confirm
    grab(desk_window, "administrasjon_tilgang_venter")

    desk_window.services = berit
    card.refresh()
    settle()
    card.confirm(card.waiting[0])
    settle()
    assert "Hest" not in card.dialog.windowTitle()
    card.dialog.act.click()
    settle()
    card.refresh()
    settle()
    assert card.isHidden()
    assert {reader.name for reader in office.people.readers(hest)} == {"Ingrid B.", "Siv T."}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (960, 540)])
def test_that_a_strict_file_has_names_targets_and_room(qapp, desk_window, office, berit, hest, theme, size):
    apply_theme(qapp, theme)
    desk_window.resize(*size)
    protect(office, hest, KODE_6)
    office.people.propose_reader(hest, berit.user.id, "Vikar i ferien")
    page = open_strict(desk_window, hest)
    page.area.ensureWidgetVisible(page.body.readers)
    settle()
    grab(desk_window, f"person_strengt_{theme}_{size[0]}")
    assert uilint(page) == []
    assert page.area.horizontalScrollBar().maximum() == 0
    pills = [pill for pill in page.head.findChildren(Pill) if pill.isVisible()]
    assert len(pills) == 3
    desk_window.go(Place("administrasjon", tab="brukere"))
    settle()
    assert uilint(desk_window.navigator.here) == []
    grab(desk_window, f"administrasjon_tilgang_{theme}_{size[0]}")
    apply_theme(qapp, "light")
