"""Small helpers of the contract tests of assessment and what follows from it."""

from __future__ import annotations

import datetime as dt

from boligdesk.services.records.assessment import ConclusionDraft, ConditionDraft, Terms
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.common import FactDraft
from tests.contract.case_office import person

LOCAL, HELP = "lokale_regler", "boligsosialloven"
RECEIVED = dt.date(2026, 10, 26)


def known(key, value):
    return FactDraft(key, "kjent", value)


#: An applicant who meets every condition that facts can show, with one child.
FACTS = (
    known("adults", 1),
    known("children", 1),
    known("housing_now", "uten_bolig"),
    known("must_leave_by", dt.date(2026, 12, 15)),
    known("botid_since", dt.date(2020, 3, 3)),
    known("residence_basis", "norsk"),
    known("income_month", 1_800_000),
    known("max_rent", 900_000),
    known("lift_or_ground", 1),
    known("step_free", 0),
    known("pets", "nei"),
    known("areas_wanted", "Helst Sentrum"),
    known("areas_refused", "ikke kroken"),
)


def applied(services, person_id=None, facts=FACTS, **fields):
    """The id of a case with its application."""
    draft = ApplicationDraft(
        person_id or person(services),
        facts=facts,
        received_on=RECEIVED,
        assignee_id=services.user.id,
        **fields,
    )
    return services.cases.register_application(draft).id


def track(services, case_id, law=LOCAL):
    found = services.assessment.of_case(case_id)
    return next(one for one in found.tracks if one.law == law)


def condition(services, case_id, key, law=LOCAL):
    return next(one for one in track(services, case_id, law).conditions if one.key == key)


def judge(services, case_id, key, outcome="oppfylt", law=LOCAL, reason="Det viser papirene.", **fields):
    now = track(services, case_id, law)
    draft = ConditionDraft(key, outcome, reason, **fields)
    return services.assessment.assess(case_id, now.id, now.version, draft)


def judge_all(services, case_id, law=LOCAL, outcome="oppfylt"):
    """Suggested ones accepted, the rest judged by hand."""
    now = track(services, case_id, law)
    keys = [one.key for one in now.conditions if one.suggested != "uavklart"]
    services.assessment.accept_suggestions(case_id, now.id, now.version, keys)
    for one in now.conditions:
        if one.suggested == "uavklart":
            judge(services, case_id, one.key, outcome, law)


def conclusion(outcome="innvilgelse", **fields):
    given = {
        "conclusion_text": "Du er uten bolig, og vi har vurdert at du trenger hjelp til å skaffe en.",
        "wishes_text": "Du ønsker å bo i sentrum.",
        "other_help_text": "Vi har vurdert startlån og hjelp til å leie privat.",
        "children_text": "Barnet trenger en trygg bolig nær skolen.",
        "main_content": ("Vi hjelper deg med å finne en bolig.",),
        "terms": Terms(bedrooms_min=2, bedrooms_max=2, rooms=3, area_m2=65, term_months=36),
    }
    return ConclusionDraft(outcome, **{**given, **fields})


def conclude(services, case_id, law=LOCAL, outcome="innvilgelse", **fields):
    now = track(services, case_id, law)
    return services.assessment.conclude(case_id, now.id, now.version, conclusion(outcome, **fields))


def concluded(services, case_id, law=LOCAL):
    """A track judged and concluded with approval."""
    judge_all(services, case_id, law)
    return conclude(services, case_id, law)
