"""Legal references in letters, and the day the new forvaltningslov takes over."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.legal_references import (
    NEW_ACT,
    OLD_ACT,
    LegalReference,
    field_values,
    in_force,
    law_lines,
    shipped,
)
from boligdesk.domain.letter_fields import BY_KEY
from boligdesk.domain.letters import LETTERS, LetterKind

DAY = dt.date(2026, 11, 24)
SWITCH = dt.date(2027, 1, 1)
DAYS = st.dates(dt.date(2023, 7, 1), dt.date(2040, 12, 31))


def plain(said):
    return {key: words.replace("\u00a0", " ") for key, words in said.items()}


def test_that_every_reference_has_both_languages_and_a_known_place():
    for row in shipped():
        assert row.nb
        assert row.nn
        assert bool(row.field) != bool(row.kinds)
        assert not row.field or row.field in BY_KEY
        assert set(row.kinds) <= set(LetterKind.codes())


def test_that_the_old_act_holds_until_the_office_sets_a_day():
    assert plain(field_values(DAY, "nb")) == {
        "hjemmel_klage": "forvaltningsloven §§ 28 til 32",
        "hjemmel_innsyn": "forvaltningsloven §§ 18 og 19",
        "hjemmel_utsatt": "forvaltningsloven § 42",
        "hjemmel_forelopig": "forvaltningsloven § 11 a",
        "hjemmel_utredning": "forvaltningsloven §§ 11 og 17",
        "hjemmel_leietid": "husleieloven § 11-1",
    }
    assert not any(row.act == NEW_ACT for row in in_force(dt.date(2035, 1, 1)))


def test_that_the_new_act_takes_over_on_the_day_and_not_before():
    before = plain(field_values(SWITCH - dt.timedelta(days=1), "nb", SWITCH))
    after = plain(field_values(SWITCH, "nb", SWITCH))
    assert before == plain(field_values(DAY, "nb"))
    assert after == {
        "hjemmel_klage": "forvaltningsloven §§ 61 til 66",
        "hjemmel_innsyn": "forvaltningsloven §§ 46 til 51",
        "hjemmel_utsatt": "forvaltningsloven §§ 75 og 76",
        "hjemmel_forelopig": "forvaltningsloven § 17",
        "hjemmel_utredning": "forvaltningsloven §§ 14 til 16, 43 og 44",
        "hjemmel_leietid": "husleieloven § 11-1",
    }


@given(DAYS, st.none() | DAYS, st.sampled_from(["nb", "nn"]))
def test_that_each_place_is_filled_by_exactly_one_act_on_every_day(day, switch, language):
    rows = in_force(day, switch)
    acts = {row.act for row in rows}
    assert (NEW_ACT in acts) == (switch is not None and day >= switch)
    assert (OLD_ACT in acts) != (NEW_ACT in acts)
    keys = [row.key for row in rows]
    assert len(keys) == len(set(keys))
    assert set(field_values(day, language, switch)) == {key for key in BY_KEY if key.startswith("hjemmel_")}


@pytest.mark.parametrize("kind", LetterKind.codes())
@pytest.mark.parametrize("switch", [None, SWITCH])
def test_that_a_vedtak_names_the_rules_it_rests_on(kind, switch):
    lines = law_lines(kind, SWITCH, "nb", switch)
    assert bool(lines) == LETTERS[LetterKind(kind)].is_vedtak
    assert len(law_lines(kind, SWITCH, "nn", switch)) == len(lines)
    if lines:
        assert any("begrunne" in line for line in lines)
        assert any("Klagefristen" in line for line in lines)
        assert any("Boligsosialloven" in line for line in lines) == kind.endswith("bistand")


def test_that_references_of_boligsosialloven_hold_from_its_first_day():
    assert not any("osial" in line for line in law_lines("vedtak_bistand", dt.date(2023, 6, 30), "nb"))
    assert any("osial" in line for line in law_lines("vedtak_bistand", dt.date(2023, 7, 1), "nb"))


def test_that_a_reference_ends_on_its_last_day():
    row = LegalReference(
        "x", "lov", "", ("tilbud",), "nb", "nn", "V", dt.date(2026, 1, 1), dt.date(2026, 3, 1)
    )
    assert in_force(dt.date(2026, 2, 28), None, [row]) == (row,)
    assert in_force(dt.date(2026, 3, 1), None, [row]) == ()
    assert in_force(dt.date(2025, 12, 31), None, [row]) == ()
