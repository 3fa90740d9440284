"""Two people change the same: nothing is overwritten, and each field is chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from uilint import uilint

from boligdesk.services.errors import ConflictError
from boligdesk.ui.pages.konflikt.labels import label_of, words_of
from boligdesk.ui.pages.konflikt.page import KonfliktPage
from boligdesk.ui.theme import apply_theme
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


@pytest.fixture
def in_conflict(desk_window, office, colleague):
    """Ingrid has Hest open; Jonas saves first; then Ingrid saves."""
    person = person_id(office, "Hest")
    mine = office.people.detail(person).draft
    colleague.people.change(replace(mine, remark="Ring etter kl. 12", wants_paper=False))

    def save(draft):
        desk_window.save(
            lambda: office.people.change(draft), owner=desk_window, said="Personen er lagret.", again=again
        )
        settle()

    def again(chosen):
        stored = office.people.detail(person).draft
        save(replace(stored, remark=mine.remark) if chosen["Merknad"] == "mine" else stored)

    mine = replace(mine, remark="Ring før kl. 10", wants_paper=True)
    save(mine)
    return person


def test_that_both_texts_are_shown_and_nothing_is_overwritten(desk_window, office, in_conflict):
    page = desk_window.navigator.here
    assert isinstance(page, KonfliktPage)
    assert office.people.detail(in_conflict).draft.remark == "Ring etter kl. 12"
    assert set(page.choices) >= {"Merknad"}
    assert not page.primary_button.isEnabled()
    assert desk_window.windowTitle() == "To har endret det samme – Boligdesk"
    assert uilint(desk_window) == []
    for look in ("light", "dark"):
        apply_theme(QApplication.instance(), look)
        settle()
        grab(desk_window, f"konflikt-{look}")
    apply_theme(QApplication.instance(), "light")


def test_that_what_is_chosen_is_saved_over_the_new_version(desk_window, office, in_conflict):
    page = desk_window.navigator.here
    for name, choice in page.choices.items():
        (choice.mine if name == "Merknad" else choice.theirs).click()
    assert page.primary_button.isEnabled()
    page.primary()
    settle()
    draft = office.people.detail(in_conflict).draft
    assert draft.remark == "Ring før kl. 10"
    assert draft.wants_paper is False
    assert desk_window.navigator.aside is None
    assert desk_window.messages.bar().text == "Personen er lagret."


def test_that_one_can_go_back_to_the_form_with_nothing_changed(desk_window, office, in_conflict):
    desk_window.navigator.here.back_button.click()
    settle()
    assert not isinstance(desk_window.navigator.here, KonfliktPage)
    assert office.people.detail(in_conflict).draft.remark == "Ring etter kl. 12"


def test_that_a_page_with_its_own_answer_gets_the_conflict(desk_window):
    got = []

    def work():
        raise ConflictError({"remark": "a"}, {"remark": "b"}, "Jonas H.", "2026-11-24T09:00:00+00:00")

    desk_window.save(work, owner=desk_window, conflict=got.append)
    settle()
    assert got[0].theirs_by == "Jonas H."
    assert desk_window.navigator.aside is None


def test_that_without_a_way_to_save_again_the_newest_is_offered(desk_window):
    desk_window.show_conflict(ConflictError({}, {}, "Jonas H."))
    page = desk_window.navigator.here
    assert page.primary_button.text() == "Hent det som gjelder nå"
    page.primary()
    settle()
    assert desk_window.navigator.aside is None


def test_that_fields_and_values_are_told_in_words():
    assert label_of("birth_on") == "Fødselsdato"
    assert label_of("odd_id") == "Odd"
    assert label_of("odd", {"odd": "Rart"}) == "Rart"
    assert words_of(None) == "Tomt"
    assert words_of(True) == "Ja"
