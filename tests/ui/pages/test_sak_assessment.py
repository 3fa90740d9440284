"""The tab «Vurdering»: suggestions taken or not, one's own judgement, the conclusion, and the way to the letter."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from uilint import uilint

from boligdesk.services.records.people import NameDraft, PersonDraft
from boligdesk.ui.pages.sak.assessment_tab import AssessmentTab, ReopenDialog
from boligdesk.ui.places import Place
from tests.contract.assessment_office import HELP, LOCAL, applied, judge, judge_all, track
from tests.ui.harness import desk_window, office, office_path, office_template, open_desk, opened, settle

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]


@pytest.fixture
def case(office):
    """Somebody with a child who meets every condition that facts can show."""
    person = office.people.register(PersonDraft((NameDraft("Modig", "Ask"),)))
    return applied(office, person.id)


def opened_tab(window, case) -> AssessmentTab:
    window.go(Place("sak", subject=case, tab="vurdering"))
    settle()
    tab = window.navigator.here._built["vurdering"]
    assert isinstance(tab, AssessmentTab)
    return tab


@pytest.fixture
def tab(desk_window, case) -> AssessmentTab:
    return opened_tab(desk_window, case)


def panel(tab, law=LOCAL):
    return next(one for one in tab.panels.values() if one.track.law == law)


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def outcome(office, case, key, law=LOCAL) -> str:
    return next(one.outcome for one in track(office, case, law).conditions if one.key == key)


def test_that_both_questions_stand_there_with_what_the_facts_suggest(tab) -> None:
    assert {one.track.law for one in tab.panels.values()} == {LOCAL, HELP}
    said = texts(panel(tab))
    assert "Foreslått oppfylt: du har bodd i kommunen siden 3. mars 2020" in said
    assert "Før du kan konkludere: «Alder» er ikke vurdert." in said
    assert "Regelsett «Tildeling 2026», versjon 3." in texts(tab)


def test_that_one_suggestion_and_all_suggestions_are_taken(tab, office, case) -> None:
    local = panel(tab)
    count = len(local.track.conditions)
    local.lines["botid"].accept_wanted.emit("botid")
    settle()
    assert outcome(office, case, "botid") == "oppfylt"
    panel(tab).accept_all.click()
    settle()
    assert outcome(office, case, "okonomi") == "oppfylt"
    assert outcome(office, case, "kan_ikke_selv") == ""
    assert f"av {count} vilkår er vurdert" in texts(panel(tab))


def test_that_ones_own_judgement_needs_a_reason_and_is_stored(tab, office, case) -> None:
    line = panel(tab).lines["kan_ikke_selv"]
    line.open_form()
    line.form.reason.setPlainText("")
    line.form.outcome.set_value("ikke_oppfylt")
    line.form.save.click()
    settle()
    assert line.form.form.rows["reason_text"].error() == "Skriv en begrunnelse."
    line.form.reason.setPlainText("Søkeren har fått tilbud om å leie privat.")
    line.form.save.click()
    settle()
    assert outcome(office, case, "kan_ikke_selv") == "ikke_oppfylt"
    assert line.form is None
    assert "Søkeren har fått tilbud om å leie privat." in texts(panel(tab))


def test_that_an_exception_is_asked_why_only_where_the_rules_allow_it(tab) -> None:
    line = panel(tab).lines["botid"]
    line.open_form()
    line.form.outcome.set_value("unntak")
    line.form._fit()
    assert not line.form.form.rows["exception_reason"].isHidden()
    other = panel(tab).lines["alder"]
    other.open_form()
    assert "unntak" not in other.form.outcome._buttons


def test_that_a_conclusion_is_written_stored_and_leads_to_its_letter(tab, office, case, desk_window) -> None:
    judge_all(office, case)
    tab.refresh()
    settle()
    form = panel(tab).conclusion
    form.conclude.click()
    settle()
    assert form.form.rows["conclusion_text"].error()
    form.texts["conclusion_text"].setPlainText("Du er uten bolig og trenger hjelp.")
    form.texts["children_text"].setPlainText("Barnet trenger en trygg bolig.")
    form.terms._numbers["area_m2"].set_value(65)
    form.conclude.click()
    settle()
    now = track(office, case)
    assert (now.status, now.proposed_outcome, now.terms.area_m2) == ("innstilt", "innvilgelse", 65)
    done = panel(tab).concluded
    assert done is not None
    assert "Du er uten bolig og trenger hjelp." in texts(done)
    assert "Prioritet A" in texts(done)


def test_that_another_priority_than_the_suggested_needs_a_reason(tab, office, case) -> None:
    judge_all(office, case)
    tab.refresh()
    settle()
    form = panel(tab).conclusion
    form.texts["conclusion_text"].setPlainText("Du er uten bolig.")
    form.texts["children_text"].setPlainText("Barnet er hørt.")
    form.priority.chosen.setCurrentIndex(form.priority.chosen.findData("C"))
    form.conclude.click()
    settle()
    assert "en annen prioritet enn A" in form.priority.form.rows["priority_reason"].error()
    form.priority.reason.setText("Søkeren har et tilbud om korttidsleie.")
    form.conclude.click()
    settle()
    assert office.assessment.of_case(case).priority.chosen_class == "C"


def test_that_help_is_told_a_sentence_a_line(tab, office, case) -> None:
    judge_all(office, case, HELP)
    tab.refresh()
    settle()
    form = panel(tab, HELP).conclusion
    assert form.priority is None
    for key, text in (
        ("conclusion_text", "Du trenger hjelp."),
        ("wishes_text", "Du ønsker å bo i sentrum."),
        ("children_text", "Barnet går på skole her."),
        ("main_content", "Vi hjelper deg med å finne en bolig.\n\nVi følger deg på visning."),
    ):
        form.texts[key].setPlainText(text)
    form.conclude.click()
    settle()
    assert track(office, case, HELP).main_content == (
        "Vi hjelper deg med å finne en bolig.",
        "Vi følger deg på visning.",
    )


def test_that_a_text_on_its_way_is_kept_as_a_draft(tab, office, case, desk_window) -> None:
    panel(tab).conclusion.texts["conclusion_text"].setPlainText("Halvveis i begrunnelsen")
    desk_window.go(Place("min_dag"))
    settle()
    desk_window.go(Place("sak", subject=case, tab="vurdering"))
    settle()
    kept = office.drafts.load("case", case, f"konklusjon:{LOCAL}")
    assert kept is not None
    assert kept.body["conclusion_text"] == "Halvveis i begrunnelsen"


def test_that_a_concluded_question_is_opened_again_with_a_reason(tab, office, case) -> None:
    judge_all(office, case)
    tab.refresh()
    settle()
    form = panel(tab).conclusion
    form.texts["conclusion_text"].setPlainText("Du er uten bolig.")
    form.texts["children_text"].setPlainText("Barnet er hørt.")
    form.conclude.click()
    settle()
    panel(tab).concluded.reopen_wanted.emit()
    dialog = panel(tab).findChild(ReopenDialog)
    dialog.reason.setText("Nye opplysninger om inntekten")
    dialog.act.click()
    settle()
    assert track(office, case).status == "utredes"
    assert panel(tab).conclusion.texts["conclusion_text"].toPlainText() == "Du er uten bolig."


def test_that_the_overview_says_how_the_conditions_stand(desk_window, office, case) -> None:
    judge(office, case, "kan_ikke_selv", "ikke_oppfylt")
    desk_window.go(Place("sak", subject=case))
    settle()
    said = texts(desk_window.navigator.here)
    assert "Kan ikke skaffe bolig selv – ikke oppfylt, vurdert 24. nov." in said
    assert "Botid i kommunen – ikke vurdert, forslag finnes" in said


def test_that_nothing_is_cut_at_any_size(tab, desk_window) -> None:
    panel(tab).lines["botid"].open_form()
    for wide, high in ((1440, 900), (960, 540)):
        desk_window.resize(wide, high)
        settle()
        assert uilint(desk_window.navigator.here) == []
