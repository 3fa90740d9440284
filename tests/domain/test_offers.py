"""Offers and vacancies: who may be offered a dwelling, when the answer is due, where the vacancy stands."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.domain.allocation_catalog import OfferState, VacancyStage
from boligdesk.domain.offers import (
    OfferRuleError,
    check_answer,
    check_choice,
    check_send,
    check_withdraw,
    consequence_of,
    first_in_line,
    reply_due,
    state_of,
)
from boligdesk.domain.rule_sets import shipped
from boligdesk.domain.vacancies import (
    VacancyRuleError,
    VacancyState,
    check_move_in,
    is_ended,
    stage_of,
)
from boligdesk.domain.vacancies import check_withdraw as check_withdraw_vacancy

V2, V3 = shipped()
SENT = dt.date(2026, 12, 2)
DUE = dt.date(2026, 12, 9)


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({"sent_on": None, "answer": None}, "forberedt"),
        ({"sent_on": SENT, "answer": None}, "sendt"),
        ({"sent_on": SENT, "answer": "ja"}, "ja"),
        ({"sent_on": SENT, "answer": "nei"}, "nei"),
        ({"sent_on": SENT, "answer": "ikke_svart"}, "ikke_svart"),
        ({"sent_on": SENT, "answer": "ja", "is_withdrawn": True}, "trukket"),
    ],
)
def test_that_the_state_follows_from_the_columns(columns, state):
    assert state_of(**columns) == state


def test_that_the_first_in_line_needs_no_reason():
    check_choice("a", ["a", "b", "c"])
    check_choice("b", ["a", "b", "c"], out={"a"})
    assert first_in_line(["a", "b"], {"a", "b"}) is None


@pytest.mark.parametrize(
    ("chosen", "more", "part"),
    [
        ("b", {}, "Skriv hvorfor"),
        ("b", {"reason": " .. "}, "Skriv hvorfor"),
        ("c", {"out": {"a"}}, "Skriv hvorfor"),
        ("x", {"reason": "Haster."}, "ikke aktuell"),
        ("a", {"out": {"a"}}, "allerede hatt"),
        ("a", {"dwelling_has_offer": True}, "Boligen er allerede tilbudt"),
        ("a", {"applicant_has_offer": True}, "Søkeren har allerede"),
        ("a", {"household_has_offer": True}, "husstanden"),
    ],
)
def test_that_another_than_the_first_and_a_second_offer_are_stopped(chosen, more, part):
    with pytest.raises(OfferRuleError, match=part):
        check_choice(chosen, ["a", "b", "c"], **more)


def test_that_another_than_the_first_may_be_chosen_with_a_reason():
    check_choice("c", ["a", "b", "c"], reason="Barnet går på skolen ved siden av.")


def test_that_only_a_finished_letter_is_sent_and_only_once():
    check_send(OfferState.PREPARED, is_finalised=True)
    with pytest.raises(OfferRuleError, match="ferdigstilles"):
        check_send(OfferState.PREPARED, is_finalised=False)
    with pytest.raises(OfferRuleError, match="sendt"):
        check_send(OfferState.SENT, is_finalised=True)


@pytest.mark.parametrize(
    ("rules", "sent", "due"),
    [
        (V3, SENT, DUE),
        (V2, SENT, dt.date(2026, 12, 7)),
        (V3, dt.date(2026, 12, 23), dt.date(2026, 12, 31)),
        (V3, dt.date(2026, 3, 30), dt.date(2026, 4, 9)),
        (V3, dt.date(2026, 4, 30), dt.date(2026, 5, 8)),
    ],
)
def test_that_the_answer_is_due_after_the_working_days_of_the_rules(rules, sent, due):
    found = reply_due(rules, sent)
    assert (found.due, found.rule.key) == (due, "svarfrist_tilbud")
    assert found.why


def answered(answer, on=DUE, state=OfferState.SENT, reason="", due=DUE, sent=SENT):
    check_answer(
        state,
        answer,
        answered_on=on,
        today=dt.date(2026, 12, 31),
        sent_on=sent,
        reply_due_on=due,
        reason=reason,
    )


def test_that_answers_are_taken_also_late_and_silence_after_the_day():
    answered("ja")
    answered("ja", on=SENT)
    answered("ja", on=dt.date(2026, 12, 30))
    answered("nei", reason="For langt til skolen.")
    answered("ikke_svart", on=dt.date(2026, 12, 10), reason="Ringte to ganger.")


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"answer": "kanskje"}, "ja, nei"),
        ({"answer": "nei"}, "hvorfor søkeren takker nei"),
        ({"answer": "ikke_svart", "reason": "Ringte."}, "til og med 9. desember 2026"),
        ({"answer": "ikke_svart", "on": dt.date(2026, 12, 30)}, "få tak i"),
        ({"answer": "ikke_svart", "reason": "Ringte.", "due": None}, "ikke ute"),
        ({"answer": "ja", "on": dt.date(2027, 1, 1)}, "fram i tid"),
        ({"answer": "ja", "on": dt.date(2026, 12, 1)}, "før tilbudet ble sendt"),
        ({"answer": "ja", "state": OfferState.PREPARED}, "forberedt"),
        ({"answer": "ja", "state": OfferState.REFUSED}, "takket nei"),
        ({"answer": "ja", "sent": None}, "kan ikke besvares"),
    ],
)
def test_that_an_answer_that_cannot_be_is_stopped(wrong, part):
    with pytest.raises(OfferRuleError, match=part):
        answered(**wrong)


def test_that_a_sent_offer_is_withdrawn_only_with_a_letter():
    check_withdraw(OfferState.PREPARED, reason="Vannskade.")
    check_withdraw(OfferState.SENT, reason="Vannskade.", letter_finalised=True)
    check_withdraw(OfferState.ACCEPTED, reason="Vannskade.", letter_finalised=True)
    for state, reason, part in (
        (OfferState.SENT, "Vannskade.", "brev"),
        (OfferState.PREPARED, "", "Skriv hvorfor"),
        (OfferState.REFUSED, "Vannskade.", "gjelder ikke lenger"),
    ):
        with pytest.raises(OfferRuleError, match=part):
            check_withdraw(state, reason=reason)


@pytest.mark.parametrize(
    ("answer", "earlier", "code", "notice"),
    [
        ("nei", 0, "beholder", False),
        ("nei", 1, "vurder_bortfall", True),
        ("nei", 7, "vurder_bortfall", True),
        ("ikke_svart", 0, "beholder", False),
        ("ikke_svart", 1, "vurder_bortfall", True),
    ],
)
def test_that_the_rules_propose_what_a_no_leads_to(answer, earlier, code, notice):
    found = consequence_of(V3, answer, earlier)
    assert (found.consequence, found.needs_notice) == (code, notice)
    assert found.sentence.nb
    assert found.sentence.nn


def test_that_a_yes_has_no_consequence():
    assert consequence_of(V3, "ja") is None


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (VacancyState(), "ledig"),
        (VacancyState(has_shortlist=True), "forslag"),
        (VacancyState(has_shortlist=True, at_intake_team=True), "inntaksteam"),
        (VacancyState(has_shortlist=True, offer=OfferState.PREPARED), "forslag"),
        (VacancyState(has_shortlist=True, at_intake_team=True, offer=OfferState.PREPARED), "inntaksteam"),
        (VacancyState(has_shortlist=True, offer=OfferState.SENT), "tilbud_sendt"),
        (VacancyState(has_shortlist=True, offer=OfferState.ACCEPTED), "takket_ja"),
        (VacancyState(has_shortlist=True, offer=OfferState.ACCEPTED, has_contract=True), "kontrakt"),
        (VacancyState(has_shortlist=True, offer=OfferState.REFUSED), "forslag"),
        (VacancyState(at_intake_team=True, offer=OfferState.UNANSWERED), "inntaksteam"),
        (VacancyState(has_shortlist=True, offer=None, moved_in=True), "innflyttet"),
        (VacancyState(has_shortlist=True, is_withdrawn=True), "trukket"),
    ],
)
def test_that_the_stage_follows_from_what_has_happened(state, stage):
    assert stage_of(state) == stage
    assert is_ended(VacancyStage(stage)) is (stage in {"innflyttet", "trukket"})


def test_that_a_vacancy_is_withdrawn_only_when_nobody_has_an_offer():
    check_withdraw_vacancy(VacancyState(offer=OfferState.REFUSED), "Skal pusses opp.")
    for state, reason, part in (
        (VacancyState(offer=OfferState.SENT), "Skal pusses opp.", "Trekk tilbudet"),
        (VacancyState(offer=OfferState.PREPARED), "Skal pusses opp.", "Trekk tilbudet"),
        (VacancyState(), " ", "Skriv hvorfor"),
        (VacancyState(is_withdrawn=True), "Skal pusses opp.", "ikke lenger"),
        (VacancyState(moved_in=True), "Skal pusses opp.", "ikke lenger"),
    ):
        with pytest.raises(VacancyRuleError, match=part):
            check_withdraw_vacancy(state, reason)


def test_that_nobody_moves_in_before_both_have_signed():
    ready = VacancyState(offer=OfferState.ACCEPTED, has_contract=True)
    check_move_in(ready, is_signed=True)
    with pytest.raises(VacancyRuleError, match="signert"):
        check_move_in(ready, is_signed=False)
    with pytest.raises(VacancyRuleError, match="takket ja"):
        check_move_in(VacancyState(offer=OfferState.SENT), is_signed=True)
