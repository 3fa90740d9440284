"""The guidance log: whose, who, when, how it went; a visit is written down in four acts and never lost."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from uilint import uilint

from boligdesk.services.records.common import Sort
from boligdesk.services.records.work import TaskFilter, VisitDraft, VisitFilter
from boligdesk.ui.pages.bo_oppfolging.filters import PersonDialog
from boligdesk.ui.pages.bo_oppfolging.page import READ_AFTER_MS, BoOppfolgingPage
from boligdesk.ui.pages.nytt_besok.when_field import parse_clock
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

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

TEXTS = {
    "observed": "Tre regninger lå på bordet.",
    "said": "Vil ha fast trekk.",
    "assessment": "Trenger støtte.",
}


def visit(services, family: str, day: int, **more):
    made = VisitDraft(person_id(services, family), dt.datetime(2026, 11, day, 10, 15), **more)
    return services.guidance.log_visit(made).id


@pytest.fixture
def visits(office, colleague):
    return (
        visit(office, "Hest", 23, **TEXTS),
        visit(office, "Nepe", 20, outcome="ikke_hjemme"),
        visit(colleague, "Hest", 18),
    )


@pytest.fixture
def page(desk_window, visits) -> BoOppfolgingPage:
    desk_window.go(Place("bo_oppfolging"))
    settle()
    shown = desk_window.navigator.here
    assert isinstance(shown, BoOppfolgingPage)
    return shown


def shown_people(page) -> list[str]:
    return [row.person for _number, row in page.model.held_rows()]


def texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def all_visits(office):
    return office.guidance.page(VisitFilter(owner="team"), Sort("when", True), 0, 50).rows


def test_that_mine_and_the_team_are_counted_as_they_are_shown(page) -> None:
    assert [b.text() for b in page.filters.owner._buttons.values()] == ["Mine  2", "Teamet  3"]
    assert len(shown_people(page)) == 2
    page.filters.owner._buttons["team"].click()
    settle()
    assert len(shown_people(page)) == 3


def test_that_outcome_and_dates_narrow_and_the_filter_is_taken_away_again(page) -> None:
    next(a for a in page.filters.outcome.menu.actions() if a.text() == "Ikke hjemme").trigger()
    settle()
    assert shown_people(page) == ["Blid Nepe"]
    page.filters.from_on.setText("21.11.2026")
    page.filters.from_on.editingFinished.emit()
    settle()
    assert shown_people(page) == []
    page.table.state_widget().button.click()
    settle()
    assert len(shown_people(page)) == 2


def test_that_one_person_can_be_chosen_and_let_go(page) -> None:
    page.filters.owner._buttons["team"].click()
    page.filters.person.click()
    dialog = page.findChild(PersonDialog)
    QTest.keyClicks(dialog.picker.line, "Nepe")
    QTest.keyClick(dialog.picker.line, Qt.Key.Key_Return)
    settle()
    assert shown_people(page) == ["Blid Nepe"]
    page.filters.chip.click()
    settle()
    assert len(shown_people(page)) == 3


def test_that_a_person_as_subject_shows_the_visits_of_all(desk_window, visits, office) -> None:
    desk_window.go(Place("bo_oppfolging", subject=person_id(office, "Hest")))
    settle()
    here = desk_window.navigator.here
    assert shown_people(here) == ["Klok Hest", "Klok Hest"]
    assert "Klok Hest" in here.printout().filters


def test_that_the_pane_has_the_three_texts_under_their_headings(page) -> None:
    settle(READ_AFTER_MS + 150)
    said = texts(page.pane)
    for heading, text in (("Observert", "observed"), ("Sagt", "said"), ("Vurdering", "assessment")):
        assert said[said.index(heading) + 1] == TEXTS[text]


def test_that_the_pane_comes_with_the_width_and_with_f4(page, desk_window) -> None:
    assert page.pane.isVisible()
    desk_window.resize(1100, 700)
    settle()
    assert not page.pane.isVisible()
    page.toggle_detail()
    assert page.pane.isVisible()


def test_that_a_row_that_is_passed_leaves_no_trace(page, office) -> None:
    before = office.log.entries(0, 100).total
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    assert office.log.entries(0, 100).total == before


def test_that_the_paper_has_the_rows_and_says_whose_they_are(page) -> None:
    job = page.printout()
    assert len(job.rows) == 2
    assert job.filters == ["Mine", "sortert etter dato, nyeste først"]


def test_that_a_visit_is_written_down_in_four_acts(page, desk_window, office) -> None:
    page.header.primary.click()  # 1 Nytt besøk
    settle()
    form_page = desk_window.navigator.here
    QTest.keyClicks(form_page.picker.line, "Fjell")  # 2 the name
    QTest.keyClick(form_page.picker.line, Qt.Key.Key_Return)  # 3 this one
    settle()
    assert form_page.name.text() == "Treg Fjell"
    form_page.primary()  # 4 Ctrl+Enter
    settle()
    assert desk_window.navigator.here.key == "bo_oppfolging"
    newest = all_visits(office)[0]
    assert (newest.person, newest.outcome, newest.place) == ("Treg Fjell", "gjennomfort", "hjemme")


def test_that_everything_that_was_chosen_and_typed_is_stored_apart(desk_window, office) -> None:
    desk_window.go(Place("nytt_besok", subject=person_id(office, "Hest")))
    settle()
    page = desk_window.navigator.here
    form = page.form
    form.outcome.buttons["avvist_adgang"].click()
    form.areas.buttons["okonomi"].click()
    form.areas.buttons["nettverk"].click()
    form.place.buttons["kontor"].click()
    form.when.day.setText("23.11.2026")
    form.when.clock.setText("1030")
    form.minutes.setText("45")
    for name, text in TEXTS.items():
        form.texts[name].setPlainText(text)
    form.next_step.setText("Ringe banken")
    form.next_on.set_value(dt.date(2026, 11, 30))
    form.second.setCurrentIndex(form.second.findText("Jonas H."))
    form.reported_on.set_value(dt.date(2026, 11, 23))
    page.primary()
    settle()
    row = all_visits(office)[0]
    draft = office.guidance.detail(row.id).draft
    assert {name: getattr(draft, name) for name in TEXTS} == TEXTS
    assert (draft.outcome, draft.place, draft.minutes) == ("avvist_adgang", "kontor", 45)
    assert draft.areas == ("okonomi", "nettverk")
    assert draft.starts_at == dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    assert draft.report_child_welfare_on == dt.date(2026, 11, 23)
    assert draft.second_id is not None
    tasks = office.tasks.page(TaskFilter(), Sort("due"), 0, 50).rows
    assert any(task.kind == "boveiledning_neste" and task.due_on == dt.date(2026, 11, 30) for task in tasks)


def test_that_a_visit_without_a_person_is_asked_for_one(desk_window, office) -> None:
    desk_window.go(Place("nytt_besok"))
    settle()
    page = desk_window.navigator.here
    page.primary()
    assert page.picker.say.text() == "Velg hvem besøket gjelder."
    assert all_visits(office) == ()


def test_that_what_cannot_be_is_told_at_its_field(desk_window, office) -> None:
    desk_window.go(Place("nytt_besok", subject=person_id(office, "Hest")))
    settle()
    page = desk_window.navigator.here
    rows = page.form.section.rows
    page.form.when.day.setText("20.11.2026")
    page.form.minutes.setText("lenge")
    page.primary()
    assert "omtrent når" in rows["starts_at"].error()
    assert "tall" in rows["minutes"].error()
    page.form.when.day.setText("30.11.2026")
    page.form.when.clock.setText("10")
    page.form.minutes.setText("")
    page.primary()
    settle()
    assert "ikke kommet ennå" in rows["starts_at"].error()


def test_that_a_text_that_was_left_is_offered_to_the_same_person_only(desk_window, office) -> None:
    desk_window.go(Place("nytt_besok", subject=person_id(office, "Hest")))
    settle()
    desk_window.navigator.here.form.texts["observed"].setPlainText("Halvferdig")
    desk_window.go(Place("boliger"))
    desk_window.go(Place("nytt_besok", subject=person_id(office, "Nepe")))
    settle()
    page = desk_window.navigator.here
    assert page.form.texts["observed"].toPlainText() == ""
    assert page.keeper.offer.bar() is None
    desk_window.go(Place("nytt_besok", subject=person_id(office, "Hest")))
    settle()
    assert "kladd" in page.keeper.offer.bar().text


def test_that_what_was_typed_before_the_person_was_chosen_stays(desk_window) -> None:
    desk_window.go(Place("nytt_besok"))
    settle()
    page = desk_window.navigator.here
    page.form.texts["said"].setPlainText("Vil flytte.")
    QTest.keyClicks(page.picker.line, "Bie")
    QTest.keyClick(page.picker.line, Qt.Key.Key_Return)
    settle()
    assert page.form.texts["said"].toPlainText() == "Vil flytte."


@pytest.mark.parametrize("size", [(1440, 900), (960, 540)])
@pytest.mark.parametrize("key", ["bo_oppfolging", "nytt_besok"])
def test_that_the_pages_have_names_targets_and_whole_texts(desk_window, visits, key, size) -> None:
    desk_window.resize(*size)
    desk_window.go(Place(key))
    settle()
    here = desk_window.navigator.here
    assert uilint(here) == []
    assert here.minimumSizeHint().width() <= 960 - 56


@pytest.mark.parametrize(
    ("text", "clock"), [("", None), ("9", dt.time(9)), ("10:30", dt.time(10, 30)), ("10.30", dt.time(10, 30)), ("1030", dt.time(10, 30))]
)  # fmt: skip
def test_that_a_clock_is_read_as_people_write_it(text, clock) -> None:
    assert parse_clock(text) == clock


@pytest.mark.parametrize("text", ["25", "10:75", "snart"])
def test_that_a_clock_that_is_none_is_refused(text) -> None:
    with pytest.raises(ValueError, match="10:30"):
        parse_clock(text)


def test_that_whoever_has_no_visits_begins_with_those_of_the_team(desk_window, colleague, office) -> None:
    colleague.guidance.log_visit(VisitDraft(person_id(office, "Hest")))
    desk_window.go(Place("bo_oppfolging"))
    settle()
    here = desk_window.navigator.here
    assert here.filters.owner.value() == "team"
    assert here.model.total() == 1
    here.filters.owner.set_value("mine")
    here._filtered()
    settle()
    state = here.table.state_widget()
    assert state.accessibleName() == "Du har ikke hatt noen av besøkene."
    state.button.click()
    settle()
    assert here.model.total() == 1
