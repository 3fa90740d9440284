"""How many live in a home, as the rules of assessment count them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from boligdesk.domain.households import HeadCount, Occupant, head_count

TODAY = dt.date(2026, 11, 24)
ADULT = Occupant("hovedperson", birth_on=dt.date(1988, 3, 15))
CHILD = Occupant("barn", birth_on=dt.date(2019, 5, 1))


def test_that_age_decides_and_the_role_only_where_it_is_unknown():
    grown = Occupant("barn", birth_on=dt.date(2000, 1, 1))
    unknown = (Occupant("barn"), Occupant("annen"))

    assert head_count((ADULT, CHILD, grown, *unknown), TODAY) == HeadCount(3, 2, 0, expects_child=False)


def test_that_a_child_of_shared_custody_is_counted_and_told_apart():
    shared = replace(CHILD, care_share=40)

    assert head_count((ADULT, CHILD, shared), TODAY) == HeadCount(1, 2, 1, expects_child=False)


def test_that_the_dead_those_who_left_and_the_unborn_are_not_counted():
    gone = replace(ADULT, valid_to=TODAY)
    dead = replace(ADULT, dead_on=dt.date(2026, 1, 1))
    expected = Occupant("barn", is_expected=True, expected_on=dt.date(2027, 1, 10))

    assert head_count((ADULT, gone, dead, expected), TODAY) == HeadCount(1, 0, 0, expects_child=True)


def test_that_somebody_who_may_not_be_read_leaves_the_number_unknown():
    hidden = Occupant("annen", is_masked=True)

    assert head_count((ADULT, hidden), TODAY) == HeadCount(None, None, 0, expects_child=False)
    assert head_count((ADULT, CHILD, hidden), TODAY) == HeadCount(None, 1, 0, expects_child=False)
