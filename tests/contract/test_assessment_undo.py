"""«Angre» of judgements and conclusions, and what no longer may be taken back. On both stores."""

from __future__ import annotations

import pytest

from boligdesk.domain.catalog import TaskKind
from boligdesk.services.errors import UserError
from tests.contract.assessment_office import (
    HELP,
    applied,
    conclude,
    concluded,
    condition,
    judge,
    judge_all,
    track,
)
from tests.contract.case_office import tasks


def test_that_a_first_judgement_is_taken_back_and_done_again(services):
    case = applied(services)
    saved = judge(services, case, "botid")
    assert services.cases.timeline(case)[0].can_undo

    undone = services.undo.undo(saved.event_id)
    assert condition(services, case, "botid").outcome == ""
    assert (track(services, case).status, services.cases.detail(case).phase) == ("apen", "mottatt")

    services.undo.undo(undone.event_id)
    assert condition(services, case, "botid").reason_text == "Det viser papirene."
    assert services.log.check().problem is None


def test_that_taking_back_the_first_of_two_leaves_the_track_under_assessment(services):
    case = applied(services)
    first = judge(services, case, "botid")
    judge(services, case, "alder")

    services.undo.undo(first.event_id)

    assert track(services, case).status == "utredes"
    assert condition(services, case, "alder").outcome == "oppfylt"


def test_that_a_judgement_changed_since_is_not_taken_back(services):
    case = applied(services)
    first = judge(services, case, "botid")
    judge(services, case, "botid", reason="Bekreftet på nytt")

    with pytest.raises(UserError, match="ikke angres lenger"):
        services.undo.undo(first.event_id)


def test_that_a_conclusion_is_taken_back_with_its_draft_decision_and_task(services):
    case = applied(services)
    judge_all(services, case)
    saved = conclude(services, case)

    services.undo.undo(saved.event_id)

    now = track(services, case)
    assert (now.status, now.vedtak_id) == ("utredes", None)
    assert TaskKind.CHECK_CONDITIONS in {row.kind for row in tasks(services).rows}
    assert conclude(services, case).event_id


def test_that_a_judgement_behind_a_conclusion_stands(services):
    case = applied(services)
    judge_all(services, case)
    last = judge(services, case, "botid", reason="Sett på nytt")
    conclude(services, case)

    assert not next(one for one in services.cases.timeline(case) if one.event_id == last.event_id).can_undo
    with pytest.raises(UserError, match="ikke angres lenger") as caught:
        services.undo.undo(last.event_id)
    assert caught.value.todo == "Åpne vurderingen igjen først."


def test_that_opening_again_is_not_taken_back_over_a_new_judgement(services):
    case = applied(services)
    concluded(services, case)
    now = track(services, case)
    opened = services.assessment.reopen_track(case, now.id, now.version, "Feil inntekt")
    judge(services, case, "okonomi", "ikke_oppfylt")

    with pytest.raises(UserError, match="ikke angres lenger"):
        services.undo.undo(opened.event_id)
    assert track(services, case).status == "utredes"


def test_that_a_case_is_at_its_decision_only_while_every_question_is_concluded(services):
    case = applied(services)
    judge_all(services, case)
    first = conclude(services, case)
    concluded(services, case, HELP)
    assert services.cases.detail(case).phase == "vedtak"

    undone = services.undo.undo(first.event_id)
    assert services.cases.detail(case).phase == "utredning"

    services.undo.undo(undone.event_id)
    assert services.cases.detail(case).phase == "vedtak"
    assert track(services, case).status == "innstilt"
