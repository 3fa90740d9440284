"""Who is counted on a day, and periods that do not overlap."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.households import Occupant, join_words, overlap, summary

DAY = dt.date(2026, 11, 24)
DAYS = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 12))


def born(year, month=1, day=1, role="barn", **fields):
    return Occupant(role, birth_on=dt.date(year, month, day), **fields)


def test_that_the_sentence_counts_by_age_and_names_the_term():
    members = [
        born(1988, role="hovedperson"),
        born(1990, role="partner"),
        born(2015),
        born(2019),
        born(2022),
        Occupant("barn", is_expected=True, expected_on=dt.date(2027, 1, 10)),
    ]
    assert summary(members, DAY) == "2 voksne, 3 barn (4, 7 og 11 år), venter barn i januar"


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ([], "Ingen bor her denne dagen"),
        ([born(2008, 11, 24)], "1 voksen"),
        ([born(2008, 11, 25)], "1 barn (17 år)"),
        ([Occupant("barn")], "1 barn med ukjent alder"),
        ([Occupant("partner"), Occupant("hovedperson")], "2 personer med ukjent alder"),
        ([born(2019, birth_precision="ar")], "1 barn (ca. 7 år)"),
        ([born(1950, role="forelder", dead_on=DAY)], "Ingen bor her denne dagen"),
        ([born(1988, valid_to=DAY)], "Ingen bor her denne dagen"),
        ([born(1988, valid_from=DAY)], "1 voksen"),
        ([Occupant("annen", is_masked=True)], "1 skjermet person"),
        ([Occupant("barn", is_expected=True)], "venter barn"),
        ([Occupant("barn", is_expected=True, expected_on=dt.date(2028, 1, 1))], "venter barn i januar 2028"),
        (
            [Occupant("barn", is_expected=True, expected_on=dt.date(2026, 11, 1))],
            "ventet barn 1. november 2026",
        ),
        ([born(2019, care_share=50)], "1 barn (7 år), 1 barn bor her deler av tiden (50 % av nettene)"),
    ],
)
def test_that_each_kind_of_member_is_said_plainly(members, sentence):
    assert summary(members, DAY) == sentence


def test_that_words_are_joined_as_in_a_sentence():
    assert [join_words(words) for words in ([], ["4"], ["4", "7"], ["4", "7", "11"])] == [
        "",
        "4",
        "4 og 7",
        "4, 7 og 11",
    ]


@given(st.lists(st.tuples(DAYS, DAYS), max_size=4))
def test_that_overlap_means_a_shared_day(periods):
    calendar = [dt.date.min, *(dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(14))]

    def holds(period, day):
        return (period[0] is None or period[0] <= day) and (period[1] is None or period[1] > day)

    shared = any(sum(holds(period, day) for period in periods) > 1 for day in calendar)
    assert overlap(periods) == shared
