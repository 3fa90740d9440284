"""One visit: read, corrected without losing what stood there, and printed for the person it is about."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel
from uilint import uilint

from boligdesk.services.records.work import VisitDraft
from boligdesk.ui.pages.besok.page import BesokPage, PrintChoice
from boligdesk.ui.places import Place
from boligdesk.ui.printing import PrintDialog
from tests.ui.harness import (
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    settle,
)

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

SEEN, CORRECTED, THOUGHT = "Tre regninger lå på bordet.", "To regninger lå på bordet.", "Trenger støtte."


@pytest.fixture
def visit(office):
    draft = VisitDraft(
        person_id(office, "Hest"), dt.datetime(2026, 11, 23, 10, 15), 45, observed=SEEN, said="Vil ha fast trekk.",
        assessment=THOUGHT, next_step="Ringe banken", interpreter="Tigrinja, på telefon",
    )  # fmt: skip
    return office.guidance.log_visit(draft).id


@pytest.fixture
def page(desk_window, visit) -> BesokPage:
    desk_window.go(Place("besok", subject=visit))
    settle()
    shown = desk_window.navigator.here
    assert isinstance(shown, BesokPage)
    return shown


def texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and not label.isHidden()]


def test_that_the_three_texts_stand_under_their_own_headings(page) -> None:
    said = texts(page)
    assert said[said.index("Observert") + 1] == SEEN
    assert said[said.index("Vurdering") + 1] == THOUGHT
    assert "mandag 23. november 2026 klokka 10:15 · Hjemme hos personen · 45 minutter" in said
    assert "Tigrinja, på telefon" in said


def test_that_the_window_names_nobody(page, desk_window) -> None:
    assert page.header.title.text() == "Klok Hest"
    assert "Hest" not in desk_window.windowTitle()


def test_that_a_correction_stands_above_the_text_it_corrects(page, desk_window, office, visit) -> None:
    page.header.primary.click()
    settle()
    form_page = desk_window.navigator.here
    assert form_page.form.texts["observed"].toPlainText() == SEEN
    form_page.form.texts["observed"].setPlainText(CORRECTED)
    form_page.primary()
    settle()
    assert desk_window.navigator.here is page
    said = texts(page)
    assert said[said.index("Observert") + 1] == CORRECTED
    assert said.index("Slik sto det først") < said.index(SEEN)
    assert said.count(THOUGHT) == 1
    detail = office.guidance.detail(visit)
    assert (detail.draft.observed, detail.corrections[0].observed) == (CORRECTED, SEEN)


def test_that_the_paper_has_facts_and_the_assessment_only_when_chosen(page) -> None:
    plain = dict(page.printout().rows)
    assert plain["Observert"] == SEEN
    assert "Vurdering" not in plain
    assert dict(page.paper(with_assessment=True).rows)["Vurdering"] == THOUGHT


def test_that_the_choice_of_the_assessment_reaches_the_print_window(page, monkeypatch) -> None:
    jobs = []
    monkeypatch.setattr(PrintDialog, "open", lambda self: jobs.append(self._job))
    page._print()
    dialog = page.findChild(PrintChoice)
    dialog.with_assessment.setChecked(True)
    dialog.act.click()
    settle()
    assert "Vurdering" in dict(jobs[0].rows)


def test_that_a_visit_can_be_put_off_from_correction_without_a_change(
    page, desk_window, office, visit
) -> None:
    page.primary()
    settle()
    desk_window.navigator.here.back.click()
    settle()
    assert desk_window.navigator.here is page
    assert office.guidance.detail(visit).corrections == ()


@pytest.mark.parametrize("size", [(1440, 900), (960, 540)])
def test_that_the_page_has_names_targets_and_whole_texts(page, desk_window, size) -> None:
    desk_window.resize(*size)
    settle()
    assert uilint(page) == []
    assert page.minimumSizeHint().width() <= 960 - 56
