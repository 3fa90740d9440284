"""One dwelling: facts with source and date, status with undo, files, registering, correcting, conflict."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from uilint import uilint

from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.ui.home_words import parse_area
from boligdesk.ui.pages.bolig.documents import DocumentDialog
from boligdesk.ui.pages.bolig.facts_dialog import FactsDialog
from boligdesk.ui.pages.bolig.page import BoligPage
from boligdesk.ui.pages.bolig.status_dialog import StatusDialog
from boligdesk.ui.places import Place
from tests.ui.harness import desk_window, office, office_path, office_template, open_desk, opened, settle

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

SEEN = dt.date(2026, 11, 12)
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def home(office):
    """Eksempelveien 12 B, vacant; somebody saw that it is step-free."""
    draft = DwellingDraft(
        "B-12", "Eksempelveien", "12", "B", "H0203", "9000", "Tromsø", area_m2x10=825, rent_ore=984_000, rooms=4, bedrooms=3
    )  # fmt: skip
    saved = office.dwellings.register(draft, "ledig", dt.date(2026, 10, 1))
    fact = FactDraft("step_free", "kjent", 1, "befaring", SEEN)
    office.dwellings.record_facts(saved.id, saved.version, (fact,))
    return saved.id


@pytest.fixture
def page(desk_window, home) -> BoligPage:
    desk_window.go(Place("bolig", subject=home))
    settle()
    shown = desk_window.navigator.here
    assert isinstance(shown, BoligPage)
    return shown


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def picture() -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_that_a_fact_has_its_source_and_date_and_the_unseen_is_not_known(page) -> None:
    said = texts(page.facts)
    assert "Ja · befaring 12. nov. 2026" in said
    assert said.count("Vet ikke") == 6
    assert "Nei" not in said


def test_that_the_page_has_what_the_register_knows(page) -> None:
    assert page.header.title.text() == "Eksempelveien 12 B H0203"
    said = texts(page)
    for words in ("82,5\u00a0m²", "4 rom, 3 soverom", "9\u00a0840\u00a0kr per måned", "Telles med"):
        assert words in said
    assert "ikke knyttet til et bygg" in said


def test_that_a_status_is_set_and_taken_back(page, office, home, desk_window) -> None:
    page.primary()
    dialog = page.findChild(StatusDialog)
    dialog.status.setCurrentIndex(dialog.status.findData("under_utbedring"))
    dialog.reason.setText("Nytt bad")
    dialog.act.click()
    settle()
    assert office.dwellings.detail(home).status == "under_utbedring"
    assert page.pill.spec.word == "Under utbedring"
    assert "Nytt bad" in texts(page.statuses)
    desk_window.saver.undo()
    settle()
    assert office.dwellings.detail(home).status == "ledig"
    assert page.pill.spec.word == "Ledig"


def test_that_only_statuses_that_may_follow_are_offered_and_a_wrong_day_is_told_at_its_field(page) -> None:
    page.change_status()
    dialog = page.findChild(StatusDialog)
    offered = {dialog.status.itemData(i) for i in range(dialog.status.count())}
    assert "ledig" not in offered
    dialog.from_on.set_value(dt.date(2026, 9, 1))
    dialog.act.click()
    settle()
    assert "før den forrige statusen begynte" in dialog.form.rows["from_on"].error()
    dialog.reject()


def test_that_new_facts_are_stored_with_their_own_source_and_date(page, office, home) -> None:
    page.update_facts()
    dialog = page.findChild(FactsDialog)
    lift, width = dialog.lines["lift"], dialog.lines["door_width"]
    lift.answer.set_value(False)
    lift.answer.changed.emit()
    lift.source.setCurrentIndex(lift.source.findData("dokument"))
    lift.day.set_value(SEEN)
    width.answer.setText("bred")
    dialog.act.click()
    assert "helt tall" in width.row.error()
    width.answer.setText("900")
    dialog.act.click()
    settle()
    facts = {fact.key: fact for fact in office.dwellings.detail(home).facts}
    assert (facts["lift"].value, facts["lift"].source, facts["lift"].observed_on) == (0, "dokument", SEEN)
    assert facts["door_width"].observed_on == TODAY
    assert facts["step_free"].observed_on == SEEN
    assert "Nei · dokument 12. nov. 2026" in texts(page.facts)


def test_that_nothing_new_is_not_called_saved(page) -> None:
    page.update_facts()
    dialog = page.findChild(FactsDialog)
    dialog.act.click()
    assert "ikke endret" in dialog.messages.bar().text
    assert dialog.isVisible()
    dialog.reject()


def test_that_a_photo_is_filed_looked_at_and_taken_away(page, office, home, tmp_path) -> None:
    path = tmp_path / "kjokken_for.png"
    path.write_bytes(picture())
    page.documents.add_files([path])
    settle()
    (row,) = office.dwellings.detail(home).documents
    assert (row.kind, row.title) == ("FOTO", "Kjokken for")
    page.documents.buttons[row.id].click()
    settle()
    dialog = page.documents.findChild(DocumentDialog)
    assert dialog.preview.page_count() == 1
    dialog.reject()
    page.documents._remove(row)
    settle()
    assert office.dwellings.detail(home).documents == ()


def test_that_a_program_is_refused_and_the_page_stands(page, office, home, tmp_path, desk_window) -> None:
    path = tmp_path / "foto.png"
    path.write_bytes(b"MZ\x90\x00 not a picture")
    page.documents.add_files([path, tmp_path / "borte.pdf"])
    settle()
    assert office.dwellings.detail(home).documents == ()
    assert "kan ikke leses" in desk_window.messages.bar().text


def test_that_the_same_answer_looked_at_again_has_a_new_day_and_not_knowing_can_be_recorded(
    page, office, home, desk_window
) -> None:
    page.update_facts()
    dialog = page.findChild(FactsDialog)
    dialog.lines["step_free"].day.set_value(TODAY)
    dialog.lines["bath"].answer._buttons[None].click()
    assert not dialog.lines["lift"].is_new()
    dialog.save()
    settle()
    facts = {fact.key: fact for fact in office.dwellings.detail(home).facts}
    assert (facts["step_free"].value, facts["step_free"].observed_on) == (1, TODAY)
    assert (facts["bath"].text, facts["bath"].observed_on) == ("Vet ikke", TODAY)
    assert facts["lift"].text == "Ikke kontrollert"
    bar = desk_window.messages.bar()
    assert bar.text == "Fakta om boligen er lagret."
    assert "Angre" not in [button.text() for button in bar.findChildren(QPushButton)]


def test_that_the_paper_has_facts_and_card(page) -> None:
    lines = dict(page.printout().rows)
    assert lines["Trinnfri adkomst"] == "Ja · befaring 12. nov. 2026"
    assert lines["Status"] == "Ledig siden 1. oktober 2026."


def test_that_a_dwelling_needs_a_code_and_is_then_registered(desk_window, office) -> None:
    desk_window.go(Place("ny_bolig"))
    settle()
    form = desk_window.navigator.here.form
    form.lines["street"].setText("Prøvegata")
    form.area.setText("mye")
    desk_window.navigator.here.primary()
    assert "82,5" in form.section.rows["area"].error()
    form.area.setText("70")
    desk_window.navigator.here.primary()
    settle()
    assert "boligkode" in form.section.rows["code"].error()
    form.lines["code"].setText("P-1")
    desk_window.navigator.here.primary()
    settle()
    shown = desk_window.navigator.here
    assert shown.key == "bolig"
    assert office.dwellings.detail(shown.detail.id).draft.area_m2x10 == 700
    assert office.drafts.all() == ()


def test_that_what_was_typed_on_a_new_dwelling_is_offered_again(desk_window) -> None:
    desk_window.go(Place("ny_bolig"))
    settle()
    desk_window.navigator.here.form.lines["street"].setText("Halvferdigveien")
    desk_window.go(Place("boliger"))
    desk_window.go(Place("ny_bolig"))
    settle()
    page = desk_window.navigator.here
    assert page.form.lines["street"].text() == ""
    assert "kladd" in page.keeper.offer.bar().text


def test_that_two_who_correct_the_same_meet_on_the_conflict_page(page, desk_window, office, home) -> None:
    page.edit.click()
    settle()
    form_page = desk_window.navigator.here
    stored = office.dwellings.detail(home).draft
    office.dwellings.change(type(stored)(**{**_fields(stored), "offer_kind": "flyktning"}))
    form_page.form.kind.setCurrentIndex(form_page.form.kind.findData("midlertidig"))
    form_page.primary()
    settle()
    conflict = desk_window.navigator.here
    assert conflict.key == "konflikt"
    said = texts(conflict)
    assert "Midlertidig" in said
    assert "Flyktning" in said
    assert office.dwellings.detail(home).draft.offer_kind == "flyktning"


def test_that_a_correction_changes_only_what_was_corrected(page, desk_window, office, home) -> None:
    before = office.dwellings.detail(home).draft
    page.edit.click()
    settle()
    desk_window.navigator.here.form.lines["floor"].setText("2")
    desk_window.navigator.here.primary()
    settle()
    after = office.dwellings.detail(home).draft
    assert (after.floor, after.rent_ore, after.unit_no) == (2, before.rent_ore, before.unit_no)


@pytest.mark.parametrize("size", [(1440, 900), (960, 540)])
@pytest.mark.parametrize("key", ["bolig", "ny_bolig"])
def test_that_the_pages_have_names_targets_and_whole_texts(desk_window, home, key, size) -> None:
    desk_window.resize(*size)
    desk_window.go(Place(key, subject=home))
    settle()
    here = desk_window.navigator.here
    assert uilint(here) == []
    assert here.minimumSizeHint().width() <= 960 - 56


def test_that_the_dialogs_have_names_targets_and_whole_texts(page) -> None:
    page.change_status()
    page.update_facts()
    settle()
    for dialog in (page.findChild(StatusDialog), page.findChild(FactsDialog)):
        assert uilint(dialog) == []
        dialog.reject()


def test_that_ctrl_enter_saves_the_form_of_a_dialog(page, office, home) -> None:
    page.change_status()
    dialog = page.findChild(StatusDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert office.dwellings.detail(home).status == "reservert"


@pytest.mark.parametrize(("text", "tenths"), [("", None), ("82", 820), ("82,5 m²", 825), (" 82.5m2", 825)])
def test_that_an_area_is_read_as_people_write_it(text, tenths) -> None:
    assert parse_area(text) == tenths


@pytest.mark.parametrize("text", ["mye", "82,55", "-3"])
def test_that_an_area_that_is_none_is_refused(text) -> None:
    with pytest.raises(ValueError, match="82,5"):
        parse_area(text)


def _fields(draft: DwellingDraft) -> dict:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}
