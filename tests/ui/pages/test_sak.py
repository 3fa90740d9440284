"""The case page in the real window, on a real encrypted file."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QFrame, QTabWidget
from uilint import uilint

from boligdesk.services.records.common import Draft, FactDraft
from boligdesk.services.records.people import (
    HouseholdDraft,
    MemberDraft,
)
from boligdesk.ui.pages.konflikt.page import KonfliktPage
from boligdesk.ui.pages.sak import words
from boligdesk.ui.pages.sak.acts import CloseDialog
from boligdesk.ui.pages.sak.page import SakPage
from boligdesk.ui.person_words import protection_bar
from boligdesk.ui.places import Place
from boligdesk.ui.theme import apply_theme
from boligdesk.ui.widgets import InfoBar, Pill
from boligdesk.ui.widgets.colleague import ColleagueDialog
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


from tests.ui.pages.sak_office import dress, open_case, texts


def test_that_the_head_says_whose_case_it_is_on_every_tab(desk_window, office):
    dress(office)
    page = open_case(desk_window, office)
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        settle()
        said = texts(page.head)
        assert page.head.isVisible()
        for part in ("Klok Hest", "15.03.1988 (38 år)", "158388 •••••", "tolk: tigrinja", "brev på bokmål"):
            assert part in said
        assert "Sak 2026/1 · Kommunal bolig" in said
        assert "tor. 26. nov." in said
        assert "om 2 dager" in said


def test_that_no_title_holds_a_name(desk_window, office):
    open_case(desk_window, office)
    assert "Hest" not in desk_window.windowTitle()


def test_that_at_most_three_flags_stand_side_by_side(desk_window, office):
    dress(office)
    page = open_case(desk_window, office)
    flags = [pill.text() for pill in page.head.bar.findChildren(Pill)]
    assert flags[0] == "Mottatt"
    assert len(flags) <= 3
    desk_window.resize(960, 540)
    settle()
    assert len([pill for pill in page.head.bar.findChildren(Pill) if pill.isVisibleTo(page)]) == 1
    assert "+" in texts(page.head.bar)


def test_that_the_whole_number_is_shown_for_a_while_and_logged(desk_window, office):
    dress(office)
    page = open_case(desk_window, office)
    who = person_id(office, "Hest")
    before = [row.what for row in office.log.entries(person_id=who).rows if row.kind == "lest"]
    page.head.bar.reveal.click()
    settle()
    assert NUMBER in texts(page.head).replace(" ", "")
    page.head.hide_number()
    assert NUMBER not in texts(page.head).replace(" ", "")
    read = [row.what for row in office.log.entries(person_id=who).rows if row.kind == "lest"]
    assert read == ["Viste fødselsnummeret", *before]  # one entry, and no opening of the person's file


def test_that_leaving_the_page_hides_the_number(desk_window, office):
    dress(office)
    page = open_case(desk_window, office)
    page.head.bar.reveal.click()
    desk_window.go(Place("saker"))
    assert NUMBER not in page.head.bar.facts.text().replace(" ", "")


def test_that_a_protected_person_has_a_purple_bar_on_every_tab(desk_window, office):
    person = person_id(office, "Nepe")
    office.people.protect(person, office.people.detail(person).version, "fortrolig", "Politiet", "Brev")
    page = open_case(desk_window, office, "Nepe")
    bar = page.head.findChild(InfoBar)
    assert "Fortrolig" in bar.text
    assert protection_bar("strengt_fortrolig")[1] == "Ikke nevn sted, skole eller telefon."


def test_that_a_case_out_of_reach_says_so_calmly(desk_window, office):
    desk_window.go(Place("sak", subject=person_id(office, "Nepe")))  # no case has this id
    settle()
    page = desk_window.findChild(SakPage)
    assert "Fant ikke" in texts(page)
    page = open_case(desk_window, office)
    assert page.head.isVisible()


def test_that_a_note_is_a_draft_until_it_is_stored(desk_window, office):
    page = open_case(desk_window, office)
    notes = page._tab("oversikt").notes
    notes.text.setPlainText("Ringte tilbake.")
    page.leave()
    case = case_id(office, "Hest")
    assert office.drafts.load("case", case, "notat").body["facts_text"] == "Ringte tilbake."
    notes.assessment.setPlainText("Bør følges opp.")
    notes.text.setFocus()
    page.primary()
    settle()
    kept = office.cases.detail(case).notes[0]
    assert (kept.facts_text, kept.assessment_text) == ("Ringte tilbake.", "Bør følges opp.")
    assert notes.text.toPlainText() == ""
    assert office.drafts.load("case", case, "notat") is None
    assert page._tab("oversikt").timeline.shown()[0].kind == "notat"


def test_that_a_draft_from_before_is_offered_and_taken_up(desk_window, office):
    case = case_id(office, "Hest")
    office.drafts.save(Draft("case", case, "notat", {"facts_text": "Halvferdig"}))
    page = open_case(desk_window, office)
    notes = page._tab("oversikt").notes
    bar = notes.drafts.offer.bar()
    assert "Vi fant en kladd" in bar.text
    next(b for b in bar.findChildren(type(notes.store)) if b.text().startswith("Fortsett")).click()
    assert notes.text.toPlainText() == "Halvferdig"


def test_that_an_empty_note_says_what_is_missing(desk_window, office):
    page = open_case(desk_window, office)
    notes = page._tab("oversikt").notes
    notes.save()
    assert notes.error.text() == "Skriv hva som har skjedd."


def test_that_a_draft_of_one_case_never_lands_in_another(desk_window, office):
    page = open_case(desk_window, office)
    page._tab("oversikt").notes.text.setPlainText("Om Klok Hest.")
    open_case(desk_window, office, "Nepe")
    assert page._tab("oversikt").notes.text.toPlainText() == ""
    assert office.drafts.load("case", case_id(office, "Hest"), "notat") is not None
    assert office.drafts.load("case", case_id(office, "Nepe"), "notat") is None


def test_that_the_overview_tells_facts_deadlines_and_tracks(desk_window, office):
    dress(office)
    page = open_case(desk_window, office)
    said = texts(page._tab("oversikt"))
    for part in (
        "Hos familie eller venner",
        "15. desember 2026",
        "per måned",
        "3 soverom",
        "base eller bemanning",
        "Foreløpig svar",
        "Torsdag 26. november 2026",
        "§ 11a",
        "klage til statsforvalteren",
        "klage til klagenemnda",
    ):
        assert part in said, part


def test_that_the_timeline_can_be_narrowed_and_unfolds(desk_window, office):
    dress(office)
    timeline = open_case(desk_window, office)._tab("oversikt").timeline
    everything = len(timeline.shown())
    timeline.filter._choose("notat")
    assert 0 < len(timeline.shown()) < everything
    assert {entry.kind for entry in timeline.shown()} == {"notat"}
    model = timeline.view.model()
    sentence = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Vurdering: Bør gå foran." in sentence
    assert "Med rektor." in sentence


def test_that_an_answer_is_saved_by_itself_with_its_source(desk_window, office):
    page = open_case(desk_window, office, tab="soknad")
    form = page._tab("soknad").form
    tri = form.fields["lift_or_ground"]
    assert tri.caption.text() == "Ikke spurt ennå"
    QTest.mouseClick(tri.field._buttons[True], Qt.MouseButton.LeftButton)
    settle()
    facts = {fact.key: fact for fact in office.cases.detail(case_id(office, "Hest")).application.facts}
    assert (facts["lift_or_ground"].text, facts["lift_or_ground"].source) == ("Ja", "samtale")
    assert tri.caption.text() == "Samtale 24. nov. 2026 · Ingrid B."
    QTest.mouseClick(tri.field._buttons[None], Qt.MouseButton.LeftButton)
    settle()
    facts = {fact.key: fact for fact in office.cases.detail(case_id(office, "Hest")).application.facts}
    assert facts["lift_or_ground"].state == "ukjent"


def test_that_unknown_is_not_no_and_untouched_is_not_unknown(desk_window, office):
    page = open_case(desk_window, office, tab="soknad")
    page._tab("soknad").save()
    assert office.cases.detail(case_id(office, "Hest")).application.facts == ()


def test_that_numbers_money_dates_and_codes_are_read_and_saved(desk_window, office):
    page = open_case(desk_window, office, tab="soknad")
    form = page._tab("soknad").form
    for key, typed in (("bedrooms", "3"), ("income_month", "27 900"), ("must_leave_by", "151226")):
        field = form.fields[key].field
        field.setFocus()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        settle()
    code = form.fields["pets"].field
    code.setCurrentIndex(code.findData("hund"))
    code.activated.emit(code.currentIndex())
    settle()
    facts = {f.key: f.value for f in office.cases.detail(case_id(office, "Hest")).application.facts}
    assert facts == {
        "bedrooms": 3,
        "income_month": 2790000,
        "must_leave_by": dt.date(2026, 12, 15),
        "pets": "hund",
    }


def test_that_an_answer_that_cannot_be_read_stays_and_is_explained(desk_window, office):
    page = open_case(desk_window, office, tab="soknad")
    question = page._tab("soknad").form.fields["bedrooms"]
    question.field.setFocus()
    QTest.keyClicks(question.field, "mange")
    QTest.keyClick(question.field, Qt.Key.Key_Return)
    settle()
    assert question.row.error() == "Skriv et tall fra 0 til 20."
    assert question.field.text() == "mange"
    assert office.cases.detail(case_id(office, "Hest")).application.facts == ()


def test_that_texts_are_saved_when_they_are_left(desk_window, office):
    page = open_case(desk_window, office, tab="soknad")
    tab = page._tab("soknad")
    tab.what_it_takes.setFocus()
    tab.what_it_takes.setPlainText("Ro om natten.")
    tab.own_attempts.setFocus()
    settle()
    assert office.cases.detail(case_id(office, "Hest")).application.what_it_takes == "Ro om natten."
    tab.own_attempts.setPlainText("Seks visninger.")
    page.tabs.setCurrentIndex(0)
    settle()
    assert office.cases.detail(case_id(office, "Hest")).application.own_attempts == "Seks visninger."


def test_that_two_answers_to_one_question_are_both_shown_there(desk_window, office, colleague):
    page = open_case(desk_window, office, tab="soknad")
    tab, case = page._tab("soknad"), case_id(office, "Hest")
    version = office.cases.detail(case).application.version
    colleague.cases.save_application(case, version, facts=(FactDraft("bedrooms", "kjent", 4),))
    question = tab.form.fields["bedrooms"]
    question.field.setFocus()
    QTest.keyClicks(question.field, "3")
    QTest.keyClick(question.field, Qt.Key.Key_Return)
    settle()
    clash = question.findChild(QFrame, "clash")
    said = texts(clash)
    assert "Jonas H." in said
    assert "«4 soverom»" in said
    assert "«3 soverom»" in said
    assert question.field.text() == "4"
    next(b for b in clash.findChildren(type(page.head.primary)) if b.text() == "Behold mitt svar").click()
    settle()
    facts = {f.key: f.value for f in office.cases.detail(case).application.facts}
    assert facts["bedrooms"] == 3
    assert question.findChild(QFrame, "clash") is None


def test_that_two_texts_are_both_shown_and_none_is_lost(desk_window, office, colleague):
    page = open_case(desk_window, office, tab="soknad")
    tab, case = page._tab("soknad"), case_id(office, "Hest")
    version = office.cases.detail(case).application.version
    colleague.cases.save_application(case, version, "Kort vei til jobb.")
    tab.what_it_takes.setFocus()
    tab.what_it_takes.setPlainText("Ro om natten.")
    tab.own_attempts.setFocus()
    settle()
    clash = tab._text_rows["what_it_takes"].findChild(QFrame, "clash")
    assert "Kort vei til jobb." in texts(clash)
    next(b for b in clash.findChildren(type(page.head.primary)) if b.text() == "Behold mitt svar").click()
    settle()
    assert office.cases.detail(case).application.what_it_takes == "Ro om natten."


def test_that_a_text_a_colleague_did_not_touch_is_saved_without_a_question(desk_window, office, colleague):
    page = open_case(desk_window, office, tab="soknad")
    tab, case = page._tab("soknad"), case_id(office, "Hest")
    version = office.cases.detail(case).application.version
    colleague.cases.save_application(case, version, None, "Tre visninger.")
    tab.what_it_takes.setFocus()
    tab.what_it_takes.setPlainText("Ro om natten.")
    tab.form.fields["adults"].field.setFocus()
    settle()
    tab.save()
    settle()
    kept = office.cases.detail(case).application
    assert (kept.what_it_takes, kept.own_attempts) == ("Ro om natten.", "Tre visninger.")


def test_that_the_next_step_is_the_one_filled_button(desk_window, office):
    page = open_case(desk_window, office)
    assert page.head.primary.text() == "Gi saken til en kollega …"
    page.primary()
    settle()
    dialog = page.acts.dialog
    assert isinstance(dialog, ColleagueDialog)
    dialog.act.click()
    settle()
    assert office.cases.detail(case_id(office, "Hest")).assignee == "Ingrid B."
    assert page.head.primary.text() == "Start kontrollen"
    page.primary()
    settle()
    assert office.cases.detail(case_id(office, "Hest")).phase == "kontroll"
    assert page.head.primary.text() == "Start vurderingen"
    page._act("wait_applicant")
    settle()
    assert page.head.primary.text() == "Fortsett saken"
    assert "Venter på søker" in [pill.text() for pill in page.head.bar.findChildren(Pill)]


def test_that_a_case_is_closed_with_outcome_and_reason_and_opened_again(desk_window, office):
    page = open_case(desk_window, office)
    page._act("close")
    dialog = page.acts.dialog
    assert isinstance(dialog, CloseDialog)
    dialog.button.click()
    assert dialog.form.rows["outcome"].error() == "Velg hvordan saken endte."
    dialog.outcome.setCurrentIndex(dialog.outcome.findData("trukket"))
    dialog.reason.setPlainText("Har kjøpt bolig.")
    dialog.button.click()
    settle()
    kept = office.cases.detail(case_id(office, "Hest"))
    assert (kept.outcome, page.acts.dialog) == ("trukket", None)
    assert page.head.primary.text() == "Gjenåpne saken …"
    page.primary()
    page.acts.dialog.reason.setPlainText("Kjøpet ble ikke noe av.")
    page.acts.dialog.button.click()
    settle()
    assert office.cases.detail(case_id(office, "Hest")).phase == "utredning"


def test_that_an_act_on_a_stale_case_goes_to_the_conflict_page(desk_window, office, colleague):
    page = open_case(desk_window, office)
    case = page.detail
    colleague.cases.set_waiting(case.id, case.version, "andre")
    page._act("wait_applicant")
    settle()
    assert desk_window.findChild(KonfliktPage) is not None
    assert office.cases.detail(case.id).waiting_on == "andre"


def test_that_tabs_are_made_when_first_shown_and_ctrl_tab_goes_on(desk_window, office):
    page = open_case(desk_window, office)
    assert set(page._built) == {"oversikt"}
    QTest.keyClick(page._tab("oversikt").notes.text, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert isinstance(page.tabs, QTabWidget)
    assert page.tabs.currentIndex() == 1
    assert set(page._built) == {"oversikt", "soknad"}


def test_that_opening_loads_no_bytes_and_is_logged_once(desk_window, office):
    dress(office)
    case = case_id(office, "Hest")

    def openings() -> int:
        return sum(row.kind == "lest" for row in office.log.entries(case_id=case).rows)

    before = openings()
    page = open_case(desk_window, office)
    assert openings() == before + 1
    page.refresh()
    settle()
    assert openings() == before + 1


def test_that_visits_are_listed_and_open_on_their_page(desk_window, office):
    dress(office)
    page = open_case(desk_window, office, tab="oppfolging")
    table = page._tab("oppfolging").table
    settle()
    assert table.rows.total() == 1
    assert page.printout().rows


def test_that_one_comes_back_to_the_tab_that_was_left(desk_window, office):
    page = open_case(desk_window, office, tab="dokumenter")
    page.tabs.setCurrentIndex(0)
    desk_window.go(Place("min_dag"))
    desk_window.navigator.back()
    settle()
    assert page._tab_key() == "oversikt"


def test_that_the_log_shows_who_looked_and_is_saved_as_a_file(desk_window, office, tmp_path, monkeypatch):
    page = open_case(desk_window, office, tab="logg")
    tab = page._tab("logg")
    settle()
    assert tab.table.rows.total() >= 2
    asked = []

    def answer(_parent, title, name, _filters):
        asked.append((title, name))
        return str(tmp_path / "logg.csv"), "CSV (*.csv)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    tab.export.click()
    settle()
    number = page.detail.number.replace("/", "-")
    assert asked == [(f"Eksporter logg for sak {number}", f"logg for sak {number}.xlsx")]
    text = (tmp_path / "logg.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("Når;Hvem;Hva slags;Hva;Begrunnelse")
    assert "Ingrid B." in text
    taken = office.log.entries(0, 5).rows
    assert any(f"Logg for sak {number}" in f"{row.what} {row.subject} {row.reason}" for row in taken)


def test_that_the_page_begins_what_the_task_asked_for(desk_window, office):
    page = open_case(desk_window, office, tab="oversikt", act="write_note")
    assert page._tab("oversikt").notes.text.hasFocus()
    page = open_case(desk_window, office, tab="oversikt", act="assign_case")
    assert isinstance(page.acts.dialog, ColleagueDialog)
    page.acts.dialog.reject()
    settle()


@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (1366, 768), (960, 540)])
def test_that_every_tab_has_names_targets_and_whole_texts(desk_window, office, qapp, wide, high):
    dress(office)
    person, child = person_id(office, "Hest"), person_id(office, "Fjell")
    office.households.save(HouseholdDraft((MemberDraft("hovedperson", person), MemberDraft("barn", child))))
    desk_window.resize(wide, high)
    page = open_case(desk_window, office)
    for tab in ("oversikt", "soknad", "dokumenter", "oppfolging", "logg"):
        page._go_tab(tab)
        settle()
        assert uilint(page) == [], tab
        assert page.minimumSizeHint().width() <= page.width(), tab
        grab(desk_window, f"sak_{tab}_light_{wide}")
    if wide == 1440:
        apply_theme(qapp, "dark")
        page._go_tab("oversikt")
        settle()
        grab(desk_window, "sak_oversikt_dark_1440")
        apply_theme(qapp, "light")


def test_that_the_next_step_follows_the_case():
    assert words.due_tone(dt.date(2026, 11, 23), TODAY) == "crit"
    assert words.due_tone(dt.date(2026, 11, 26), TODAY) == "warn"
    assert words.due_tone(dt.date(2026, 11, 27), TODAY) == "neutral"
