"""What a case is to the rules: facts, household in figures, the queue row and the words of the priority."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.rule_sets import in_force, shipped
from boligdesk.services.errors import NotFound
from boligdesk.services.known_facts import has_children, household_of, known_to
from boligdesk.services.ports.assessment import CaseKnown, TrackState
from boligdesk.services.priorities import priority_view, priority_words, short_reasons
from boligdesk.services.records.assessment import Terms
from boligdesk.services.records.common import FactValue
from boligdesk.services.waiting import codes_in, worked_out

TODAY = dt.date(2026, 11, 24)
RULES = in_force(shipped(), TODAY)
CASE, TRACK, EDITION, VEDTAK = (UUID(int=number) for number in range(1, 5))


def fact(key, value, state="kjent"):
    return FactValue(key, key, state, str(value), value, "soknad", dt.date(2026, 10, 26), "Ingrid B.")


FACTS = (
    fact("housing_now", "uten_bolig"),
    fact("must_leave_by", dt.date(2026, 12, 15)),
    fact("lift_or_ground", 1),
    fact("wheelchair", 0),
    fact("staffed", None, "ukjent"),
    fact("shielded", None, "ikke_aktuelt"),
    fact("pets", "hund"),
    fact("max_rent", 900_000),
    fact("areas_wanted", "Helst Nordre Sentrum eller i Kroken."),
    fact("areas_refused", "Ikke Åsgård"),
)


def track(**changes):
    return replace(
        TrackState(
            id=TRACK,
            version=3,
            law="lokale_regler",
            no=1,
            decision_body="Kommunen",
            appeal_body="Klagenemnda",
            status="avgjort",
            conditions=(),
            proposed_outcome="innvilgelse",
            conclusion_text="",
            wishes_text="",
            vedtak_id=VEDTAK,
            vedtak_version=2,
            prepared_by=None,
            decided_on=dt.date(2026, 11, 20),
            main_content=(),
            terms=Terms(),
            other_help_text="",
            children_text="",
            priority_class="A",
            priority_reason="",
            rule_edition_id=EDITION,
            letter_id=None,
            letter_status="",
        ),
        **changes,
    )


def case(facts=FACTS, tracks=None, **changes):
    return replace(
        CaseKnown(
            case_id=CASE,
            case_version=4,
            phase="vedtak",
            is_open=True,
            applicant_id=UUID(int=9),
            birth_on=dt.date(1988, 3, 15),
            written_form="bm",
            household_id=None,
            persons=3,
            adults=1,
            children=2,
            children_part_time=1,
            expects_child=None,
            received_on=dt.date(2026, 10, 26),
            facts=facts,
            tracks=(track(),) if tracks is None else tracks,
            conflict_user_ids=(),
        ),
        **changes,
    )


class Assessment:
    """The reads of assessment, of one case."""

    def __init__(self, known):
        self._known = known

    def known(self, _case_id):
        return self._known

    def edition(self, edition_id):
        assert edition_id == EDITION
        return RULES

    def rule_sets(self):
        return ()

    def districts(self):
        return (
            ("sentrum", "Sentrum"),
            ("nordre-sentrum", "Nordre Sentrum"),
            ("kroken", "Kroken"),
            ("asgard", "Åsgård"),
        )


class Desk:
    today = TODAY

    def __init__(self, known):
        self.assessment = Assessment(known)


def row(known=None, **changes):
    return worked_out(Desk(known or case(**changes)), CASE, TRACK)


# -- the household ------------------------------------------------------------------------------------------------


def test_that_children_of_shared_custody_are_counted_apart():
    found = household_of(case())

    assert (found.adults, found.children, found.children_part_time) == (1, 1, 1)
    assert known_to(RULES, case())["persons"].value == 3


def test_that_a_household_nobody_has_told_of_stays_unknown():
    unknown = case(adults=None, children=None, children_part_time=None, persons=None)

    assert household_of(unknown).children is None
    assert "persons" not in known_to(RULES, unknown)
    assert not has_children(unknown)
    assert row(unknown).bedrooms_min is None


# -- the queue ----------------------------------------------------------------------------------------------------


def test_that_yes_is_a_need_no_is_none_and_unknown_stays_unknown():
    found = row()

    assert (found.lift_or_ground, found.wheelchair, found.staffed, found.shielded) == (1, 0, None, 0)
    assert (found.step_free, found.pets, found.max_rent_ore) == (None, 1, 900_000)


def test_that_the_decision_goes_before_the_norm():
    assert (row().bedrooms_min, row().bedrooms_max) == (2, 2)
    decided = track(terms=Terms(bedrooms_min=3, valid_to=dt.date(2027, 6, 1)))

    found = row(tracks=(decided,))

    assert (found.bedrooms_min, found.bedrooms_max) == (3, None)
    assert found.valid_to == dt.date(2027, 6, 1)


def test_that_the_approval_holds_as_long_as_the_rules_say_from_the_day_it_was_decided():
    found = row()

    assert (found.valid_from, found.valid_to) == (dt.date(2026, 11, 20), dt.date(2027, 11, 20))
    assert (found.waiting_since, found.rule_edition_id, found.vedtak_id) == (
        dt.date(2026, 10, 26),
        EDITION,
        VEDTAK,
    )


def test_that_the_class_is_the_one_decided_with_its_reasons():
    assert (row().priority_class, row().priority_rank) == ("A", 1)
    assert row().priority_reasons == ("må ut 15. des.", "uten bolig", "barn")

    other = row(tracks=(track(priority_class="C", priority_reason="Bor trygt til våren."),))

    assert (other.priority_class, other.priority_rank, other.priority_reasons) == ("C", 3, ())
    assert other.overridden_reason == "Bor trygt til våren."


def test_that_a_track_without_a_class_gets_the_suggested_one():
    assert row(tracks=(track(priority_class="", rule_edition_id=None),)).priority_class == "A"


def test_that_districts_are_found_in_the_applicants_own_words():
    assert row().districts_wish == "kroken nordre-sentrum"
    assert row().districts_no == "asgard"


def test_that_a_track_of_another_case_is_not_found():
    with pytest.raises(NotFound):
        worked_out(Desk(case(tracks=())), CASE, TRACK)


@given(st.text(max_size=80))
def test_that_any_words_give_codes_that_exist_once_and_sorted(words):
    districts = Desk(case()).assessment.districts()

    found = codes_in(words, districts).split()

    assert found == sorted(set(found))
    assert set(found) <= {code for code, _name in districts}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ""),
        ("SENTRUM", "sentrum"),
        ("Sentrumsnært", ""),
        ("Aasgaard og kroken", "asgard kroken"),
        ("nordre sentrum, helst", "nordre-sentrum"),
        ("Nordre Sentrum, eller Sentrum", "nordre-sentrum sentrum"),
    ],
)
def test_that_a_district_is_named_as_a_whole_word(words, found):
    assert codes_in(words, Desk(case()).assessment.districts()) == found


# -- words --------------------------------------------------------------------------------------------------------


def test_that_the_letter_says_the_class_and_every_reason_in_its_language():
    words = priority_words(case(), RULES, track(), TODAY, "nb")
    nynorsk = priority_words(case(), RULES, track(), TODAY, "nn")

    assert words.label == "Prioritet A"
    assert words.reasons == (
        "Du må flytte innen 15. desember 2026. Det er om 30 dager eller mindre.",
        "Du har ingen bolig nå.",
        "Du har barn under 18 år i husstanden.",
    )
    assert nynorsk.reasons[1] == "Du har ingen bustad no."


def test_that_a_class_somebody_chose_is_told_with_their_reason():
    chosen = track(priority_class="B", priority_reason="Søsteren kan hjelpe til jul.")

    words = priority_words(case(), RULES, chosen, TODAY, "nb")

    assert (words.label, words.reasons) == ("Prioritet B", ("Søsteren kan hjelpe til jul.",))


def test_that_the_class_of_a_conclusion_stands_when_the_facts_change_afterwards():
    settled = case(facts=(fact("housing_now", "eier"),))

    words = priority_words(settled, RULES, track(priority_class="A"), TODAY, "nb")
    view = priority_view(settled, RULES, track(priority_class="A"), TODAY)

    assert (words.label, words.reasons) == ("Prioritet A", ("Du har barn under 18 år i husstanden.",))
    assert (view.suggested_class, view.chosen_class) == ("C", "A")


def test_that_the_last_class_says_what_holds_for_all_others():
    nothing = case(facts=(fact("housing_now", "eier"),), children=0, children_part_time=0)

    assert short_reasons(nothing, RULES, "C", TODAY) == ("fyller vilkårene",)
    assert short_reasons(nothing, RULES, "finnes ikke", TODAY) == ()
