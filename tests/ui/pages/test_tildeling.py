"""Tildeling: from an explained list to an answered offer, and the waiting list."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from uilint import uilint

from boligdesk.domain.allocation_catalog import MatchOutcome, NeedKey, NeedKind
from boligdesk.domain.matching import Match
from boligdesk.services.records.allocation import Candidate
from boligdesk.ui.pages.tildeling.cells import cell
from boligdesk.ui.pages.tildeling.columns import shortlist_columns
from boligdesk.ui.pages.tildeling.demands import DemandsDialog
from boligdesk.ui.pages.tildeling.dialogs import OfferDialog, ReasonDialog
from boligdesk.ui.pages.tildeling.page import TildelingPage
from boligdesk.ui.pages.tildeling.vacancy_view import WHY_AFTER_MS
from boligdesk.ui.pages.tildeling.waiting_dialogs import LeaveDialog, PauseDialog, PriorityDialog
from boligdesk.ui.places import Place
from boligdesk.ui.widgets import PillSpec
from tests.contract.allocation_office import TODAY, case_of, choose, dwelling, sent, vacancy, version, waits
from tests.ui.harness import desk_window, office, office_path, office_template, open_desk, opened, settle

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

SINCE = dt.date(2026, 8, 2)


@pytest.fixture
def queue(office):
    """Four who wait: three for whom two bedrooms are right, one who needs four. Ids by family name."""
    office.office.add_district("Sentrum")
    return {
        "Ost": waits(office, "Rask", "Ost", since=SINCE, priority_class="A"),
        "Ask": waits(office, "Modig", "Ask", since=SINCE, priority_class="B", lift_or_ground=None),
        "Elv": waits(office, "Lur", "Elv", since=SINCE, priority_class="C", max_rent_ore=None),
        "Sky": waits(office, "Stor", "Sky", since=SINCE, bedrooms_min=4, bedrooms_max=4),
    }


@pytest.fixture
def home(office, queue):
    """A vacancy with a proposal."""
    found = vacancy(office)
    office.allocation.freeze(found, version(office, found))
    return found


def shown(window, place) -> TildelingPage:
    window.go(place)
    settle()
    page = window.navigator.here
    assert isinstance(page, TildelingPage)
    return page


@pytest.fixture
def page(desk_window, home) -> TildelingPage:
    return shown(desk_window, Place("tildeling", subject=home))


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def rows(page):
    return [(row.applicant, row.rank) for row in page.board.vacancy.shortlist.rows]


def choose_row(page, entry) -> None:
    page.board.vacancy.shortlist.select(entry)
    settle(WHY_AFTER_MS * 3)


def test_that_the_page_opens_where_there_is_something_to_do(desk_window, home) -> None:
    page = shown(desk_window, Place("tildeling"))
    assert page.board.stages.value() == "forslag"
    assert page.header.sub.text() == "1 bolig i arbeid · 4 søkere på venteliste"
    assert page.board.stages._buttons["forslag"].text() == "Forslag  1"
    assert page.board.vacancy.head.title.text().startswith("Eksempelveien 12 B")


def test_that_an_empty_stage_says_so_and_an_empty_pipeline_how_to_begin(desk_window, queue, qtbot) -> None:
    page = shown(desk_window, Place("tildeling"))
    assert "Ingen boliger er meldt ledige." in texts(page)
    page.board.stages._buttons["tilbud_sendt"].click()
    settle()
    assert "Ingen tilbud er ute nå." in texts(page)


def test_that_every_cell_says_how_it_stands_and_the_panel_why(page, queue) -> None:
    assert rows(page) == [("Ost, Rask", 1), ("Ask, Modig", 2), ("Elv, Lur", 3), ("Sky, Stor", None)]
    columns = {column.key: column for column in page.board.vacancy.shortlist.model.columns}
    said = [columns["soverom"].text(row) for row in page.board.vacancy.shortlist.rows]
    assert said == ["2 av 2", "2 av 2", "2 av 2", "4 av 2"]
    assert columns["heis_eller_1"].text(page.board.vacancy.shortlist.rows[1]) == "Ukjent"
    assert columns["husleie"].text(page.board.vacancy.shortlist.rows[2]) == "Mangler"
    first = page.board.vacancy.shortlist.rows[0]
    assert columns["soverom"].pill(first).is_quiet
    assert not columns["soverom"].pill(page.board.vacancy.shortlist.rows[3]).is_quiet
    choose_row(page, queue["Ost"])
    panel = page.board.vacancy.shortlist.panel
    assert panel.title.text() == "Hvorfor er Ost, Rask nr. 1?"
    assert "Regelsett «Tildeling 2026», versjon 3 · beregnet i dag 10:00" in panel.rules.text()
    assert "Soverom: trenger 2, boligen har 2." in texts(panel)
    assert "Listen er et forslag. Inntaksteamet bestemmer." in texts(page)
    choose_row(page, queue["Sky"])
    assert panel.title.text() == "Hvorfor er Sky, Stor ikke aktuell?"
    assert "3 av 4 søkere er aktuelle. Utelukket av: soverom 1." in texts(page)


def test_that_the_first_three_go_to_the_team_in_one_press(page, office, home, queue) -> None:
    view = page.board.vacancy
    assert view.send.text() == "Send 3 til inntaksteam"
    page.primary()
    settle()
    assert office.allocation.vacancy(home).row.stage == "inntaksteam"
    assert page.board.stages.value() == "inntaksteam"
    assert view.shortlist.isVisibleTo(page)


def test_that_space_takes_one_out_of_those_sent(page, queue) -> None:
    table = page.board.vacancy.shortlist.table
    choose_row(page, queue["Elv"])
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert page.board.vacancy.send.text() == "Send 2 til inntaksteam"


def test_that_another_than_the_first_needs_a_written_reason(page, office, home, queue) -> None:
    choose_row(page, queue["Ask"])
    page.board.vacancy.give.click()
    dialog = page.findChild(OfferDialog)
    assert not dialog.form.rows["reason"].isHidden()
    dialog.act.click()
    settle()
    assert dialog.form.rows["reason"].error()
    dialog.reason.setPlainText("Den første har bedt om å vente til barnet er født.")
    dialog.viewing.setText("torsdag 26. november kl. 12.00")
    dialog.act.click()
    settle()
    offer = office.allocation.vacancy(home).offers[0]
    assert (offer.applicant, offer.rank) == ("Ask, Modig", 2)
    card = page.board.vacancy.offer
    assert "Tilbudet er ikke sendt · Brevet er ikke skrevet" in texts(card)
    assert card.write.isVisibleTo(page)
    assert not card.answers.isVisibleTo(page)


def test_that_the_first_needs_no_reason_and_the_excluded_gets_no_offer(page, queue) -> None:
    choose_row(page, queue["Sky"])
    assert not page.board.vacancy.give.isEnabled()
    choose_row(page, queue["Ost"])
    page.board.vacancy.give.click()
    dialog = page.findChild(OfferDialog)
    assert dialog.form.rows["reason"].isHidden()
    assert dialog.rent.value() == 900_000
    dialog.reject()


def test_that_a_yes_is_three_presses_from_the_pipeline(desk_window, opened, office, home, queue) -> None:
    offer = choose(office, home, queue["Ost"]).id
    sent(opened.store, office, offer)
    page = shown(desk_window, Place("tildeling"))
    page.board.stages._buttons["tilbud_sendt"].click()
    settle()
    card = page.board.vacancy.offer
    assert "Svarfrist tir. 1. des., om 7 dager" in texts(card)
    assert not card.none.isEnabled()
    card.yes.click()
    settle()
    assert office.allocation.vacancy(home).row.stage == "takket_ja"


def test_that_a_no_asks_why_in_the_same_place_and_shows_what_follows(
    desk_window, opened, office, home, queue
) -> None:
    offer = choose(office, home, queue["Ost"]).id
    sent(opened.store, office, offer)
    page = shown(desk_window, Place("tildeling", state={"offer": str(offer)}))
    card = page.board.vacancy.offer
    card.no.click()
    settle()
    assert "beholder prioriteten" in texts(card)
    assert "Neste i forslaget er Ask, Modig, prioritet B." in texts(card)
    card.save.click()
    settle()
    assert card.form.form.rows["reason"].error()
    card.form.reason.setText("For langt fra skolen")
    card.save.click()
    settle()
    stored = office.allocation.offer(offer)
    assert (stored.state, stored.consequence) == ("nei", "beholder")
    page.board.go_to(home)
    settle()
    assert page.board.vacancy.shortlist.isVisibleTo(page)
    assert "Tidligere tilbud om boligen: Ost, Rask: takket nei 24. nov." in page.board.vacancy.earlier.text()


def test_that_an_offer_is_withdrawn_with_a_reason(page, office, home, queue) -> None:
    choose(office, home, queue["Ost"])
    page.refresh()
    settle()
    page.board.vacancy.offer.withdraw.click()
    dialog = page.findChild(ReasonDialog)
    dialog.reason.setText("Boligen har fått vannskade")
    dialog.act.click()
    settle()
    assert office.allocation.vacancy(home).offers[0].state == "trukket"


def test_that_what_is_unknown_is_listed_before_a_list_is_made(desk_window, office, queue) -> None:
    found = vacancy(office, dwelling(office, "B77", facts={"lift": 1}))
    page = shown(desk_window, Place("tildeling", subject=found))
    bar = page.board.vacancy.messages.bar()
    assert bar is not None
    assert "trinnfri" in bar.text
    assert "Vet ikke" in texts(page.board.vacancy.facts)
    page.primary()
    settle()
    assert page.board.stages.value() == "forslag"
    assert "Ukjent om boligen:" in page.board.vacancy.shortlist.below.text()


def test_that_an_empty_list_says_who_nearly_is(desk_window, office) -> None:
    office.office.add_district("Sentrum")
    waits(office, "Rask", "Ost", lift_or_ground=1)
    found = vacancy(office, dwelling(office, facts={"lift": 0}))
    office.allocation.freeze(found, version(office, found))
    page = shown(desk_window, Place("tildeling", subject=found))
    state = page.board.vacancy.shortlist.table.state_widget()
    assert state.accessibleName() == "Ingen søker oppfyller alle krav. 1 mangler bare ett: heis / 1. et."
    state.button.click()
    settle()
    assert rows(page) == [("Ost, Rask", None)]
    assert not page.board.vacancy.send.isEnabled()


def test_that_a_masked_cell_says_the_outcome_alone() -> None:
    def row(outcome):
        match = Match(NeedKey.DISTRICT, NeedKind.WISH, "", "", outcome, "", None, "")
        return Candidate(uuid4(), None, "2026/9", "Skjermet søker", True, 2, "A", "A", SINCE, (match,), "", 0, False, "Prioritet A")  # fmt: skip

    assert cell(row(MatchOutcome.TO_CHECK), "omrade") == PillSpec("lock", "Må sjekkes")
    assert cell(row(MatchOutcome.MET), "omrade").word == "Ja"
    columns = {column.key: column for column in shortlist_columns(lambda: TODAY)}
    assert columns["applicant"].second(row(MatchOutcome.MET)) == "2026/9 · skjermet"
    assert columns["why"].second(row(MatchOutcome.MET)) == "Åpnes av den som har tilgang"


def test_that_other_demands_are_shown_beside_the_list_before_they_are_stored(
    page, office, home, queue
) -> None:
    page.board.vacancy.change_demands()
    dialog = page.findChild(DemandsDialog)
    for need in ("soverom", "husstand"):
        box = dialog.choices[need]
        box.setCurrentIndex(box.findData("onske"))
    dialog.ask()
    settle()
    assert "3 aktuelle nå, 4 med disse kravene." in texts(dialog)
    assert "Sky, Stor" in texts(dialog)
    assert office.allocation.vacancy(home).demands.wish == ()
    dialog.act.click()
    settle()
    assert set(office.allocation.vacancy(home).demands.wish) == {"soverom", "husstand"}
    assert rows(page)[-1][1] == 4
    assert "soverom er bare et ønske" in page.board.vacancy.head.demands.text()


def test_that_a_need_left_out_must_be_said_why(page, office, home) -> None:
    page.board.vacancy.change_demands()
    dialog = page.findChild(DemandsDialog)
    box = dialog.choices["husleie"]
    box.setCurrentIndex(box.findData("ikke_med"))
    dialog.act.click()
    settle()
    assert dialog.form.rows["reason"].error()
    dialog.reject()


def test_that_a_frozen_list_is_shown_as_it_was(page, office, home, queue) -> None:
    ref = office.allocation.vacancy(home).shortlists[0]
    waits(office, "Ny", "Gran", since=dt.date(2026, 1, 2), priority_class="A")
    page.refresh()
    settle()
    assert rows(page)[0][0] == "Gran, Ny"
    page.board.vacancy.show_frozen(ref)
    settle()
    assert rows(page)[0][0] == "Ost, Rask"
    bar = page.board.vacancy.messages.bar()
    assert "forslag nr. 1, beregnet 24.11.2026 10:00 av Ingrid B. Slik var listen da." in bar.text
    assert not page.board.vacancy.send.isVisibleTo(page)
    page.board.vacancy.show_now()
    settle()
    assert rows(page)[0][0] == "Gran, Ny"


def test_that_the_list_on_paper_has_wanted_and_has_and_what_deviates(page) -> None:
    job = page.printout()
    cells = [" | ".join(column.text(row) for column in job.columns) for row in job.rows]
    assert "2 av 2 (2 / 2)" in cells[0]
    assert "boligen har for få soverom" in cells[3]


def test_that_hidden_names_are_case_numbers_here_too(desk_window, home, queue) -> None:
    desk_window.saver.hides_names = True
    page = shown(desk_window, Place("tildeling", subject=home))
    choose_row(page, queue["Ost"])
    said = texts(page) + " ".join(name for name, _rank in rows(page))
    assert "Ost" not in said
    assert "2026/" in said


def test_that_nothing_is_cut_at_any_size(page, desk_window, queue) -> None:
    for wide, high in ((1440, 900), (1366, 768), (960, 540)):
        desk_window.resize(wide, high)
        settle()
        assert uilint(page) == []


# --- the waiting list --------------------------------------------------------------------------------------


@pytest.fixture
def waiting(desk_window, queue):
    page = shown(desk_window, Place("tildeling", tab="venteliste"))
    assert page.waiting is not None
    return page.waiting


def listed(waiting) -> list[str]:
    return [row.applicant for _number, row in waiting.rows.held_rows()]


def test_that_the_waiting_list_stands_in_order_and_is_filtered(waiting) -> None:
    assert listed(waiting)[0] == "Ost, Rask"
    waiting.menus["bedrooms"]._choose("4")
    settle()
    assert listed(waiting) == ["Sky, Stor"]
    waiting.clear_filters()
    settle()
    assert len(listed(waiting)) == 4
    waiting.search.setText("Elv")
    waiting.search.searched.emit("Elv")
    settle()
    assert listed(waiting) == ["Elv, Lur"]


def test_that_an_approval_that_ends_soon_is_flagged(desk_window, office, queue) -> None:
    waits(office, "Snar", "Mark", valid_to=dt.date(2027, 2, 2))
    page = shown(desk_window, Place("tildeling", tab="venteliste"))
    column = next(one for one in page.waiting.rows.columns if one.key == "valid_to")
    row = next(row for _number, row in page.waiting.rows.held_rows() if row.applicant == "Mark, Snar")
    assert column.date(row).words == "om 70 dager"
    assert column.date(row).tone == "warn"


def test_that_priority_pause_and_leaving_have_a_reason(waiting, office, queue) -> None:
    entry = queue["Ask"]
    waiting.table.select_id(entry)
    settle()
    waiting.priority.click()
    dialog = waiting.findChild(PriorityDialog)
    dialog.chosen.setCurrentIndex(dialog.chosen.findData("A"))
    dialog.act.click()
    settle()
    assert dialog.form.rows["reason"].error()
    dialog.reason.setText("Ny vurdering etter brann")
    dialog.act.click()
    settle()
    assert office.allocation.waiting_row(entry).priority_class == "A"
    waiting.pause.click()
    pause = waiting.findChild(PauseDialog)
    pause.reason.setText("Bor hos familie til januar")
    pause.act.click()
    settle()
    assert office.allocation.waiting_row(entry).state == "pauset"
    waiting.resume.click()
    settle()
    assert office.allocation.waiting_row(entry).state == "aktiv"
    waiting.leave.click()
    leave = waiting.findChild(LeaveDialog)
    leave.reason.setText("Flyttet til en annen kommune")
    leave.act.click()
    settle()
    assert office.allocation.waiting_row(entry).state == "trukket"
    assert "Ask, Modig" not in listed(waiting)


def test_that_the_case_says_where_it_stands_in_the_queue(desk_window, office, home, queue) -> None:
    choose(office, home, queue["Ost"])
    desk_window.go(Place("sak", subject=case_of(office, queue["Ost"]), tab="bolig"))
    settle()
    tab = desk_window.navigator.here._built["bolig"]
    said = texts(tab)
    assert "114 dager, siden 2. august 2026" in said
    assert "Sto som nr. 1 i forslaget" in said
    assert uilint(tab) == []
