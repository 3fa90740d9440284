from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.calendar import add_months, is_working_day
from boligdesk.domain.deadline_rules import read_rules
from boligdesk.domain.deadlines import (
    DeadlineInputError,
    Length,
    as_json,
    compute,
    in_force_from,
    load_rules,
    rule_as_json,
    rule_for,
)

VECTORS = [
    ("klagefrist", "2026-03-12", "2026-04-02", "2026-04-07"),
    ("klagefrist", "2026-04-10", "2026-05-01", "2026-05-04"),
    ("klagefrist", "2026-04-23", "2026-05-14", "2026-05-15"),
    ("klagefrist", "2026-05-04", "2026-05-25", "2026-05-26"),
    ("klagefrist", "2026-12-03", "2026-12-24", "2026-12-24"),
    ("klagefrist", "2026-12-04", "2026-12-25", "2026-12-28"),
    ("klagefrist", "2026-12-11", "2027-01-01", "2027-01-04"),
    ("klagefrist", "2027-03-04", "2027-03-25", "2027-03-30"),
    ("klagefrist", "2027-04-26", "2027-05-17", "2027-05-18"),
    ("protest", "2026-01-31", "2026-02-28", "2026-03-02"),
    ("forelopig_svar", "2026-01-31", "2026-02-28", "2026-02-27"),
    ("forelopig_svar", "2026-10-26", "2026-11-26", "2026-11-26"),
    ("flytteoppfordring", "2026-11-30", "2027-02-28", "2027-02-28"),
    ("leie_6", "2027-08-31", "2027-02-28", "2027-02-28"),
    ("leie_3", "2027-05-31", "2027-02-28", "2027-02-28"),
    ("oppsigelse_slutt", "2026-01-31", "2026-04-30", "2026-04-30"),
    ("oppsigelse_slutt", "2026-02-01", "2026-05-31", "2026-06-01"),
    ("gjengs_leie", "2024-08-31", "2027-02-28", "2027-02-28"),
    ("klage_ettar", "2024-02-29", "2025-02-28", "2025-02-28"),
    ("svarfrist_tilbud", "2026-12-02", "2026-12-09", "2026-12-09"),
    ("svarfrist_tilbud", "2026-12-22", "2026-12-30", "2026-12-30"),
    ("botilbud_90", "2026-11-22", "2027-02-20", "2027-02-20"),
    ("varsel_4_18", "2026-04-23", "2026-05-07", "2026-05-07"),
]
COMPUTABLE = {
    *("forelopig_svar", "forsinket_svar", "dokumentfrist", "uttalefrist", "klagefrist", "klage_ettar"),
    *("klage_retting", "klage_oversend", "klage_kostnad", "innsyn_klage", "varsel_2", "svarfrist_tilbud"),
    "postgang",
    *(
        "godkjenning_utloper",
        "leie_6",
        "leie_4",
        "leie_3",
        "flytteoppfordring",
        "oppsigelse_slutt",
        "protest",
    ),
    *(
        "soksmal",
        "kpi_aar",
        "gjengs_leie",
        "purring",
        "inkassovarsel",
        "varsel_4_18",
        "nav_9_11",
        "varsel_4_19",
    ),
    *("botilbud_slutt", "botilbud_14", "botilbud_90", "sikkerhetsnotat", "godkjent_opphold", "dnummer_5"),
    *("verge_slutt", "delegasjon_slutt", "brann_aar", "tilsyn_aar", "mal_gjennomgang"),
}
IN_FORCE = sorted(rule.key for rule in load_rules() if rule.valid_from)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(("key", "start", "raw", "due"), VECTORS)
def test_that_a_known_deadline_is_reckoned_as_published(key, start, raw, due):
    answer = as_json(compute(key, date.fromisoformat(start)))
    assert (answer["rule"], answer["from"], answer["raw"], answer["due"]) == (key, start, raw, due)


def test_that_the_reckoning_is_told_in_words():
    assert compute("klagefrist", date(2026, 3, 12)).why == (
        "Tre uker fra torsdag 12. mars 2026 er torsdag 2. april 2026. Det er skjærtorsdag. "
        "Deretter kommer langfredag, lørdag, 1. påskedag og 2. påskedag. "
        "Fristen flyttes til første virkedag, tirsdag 7. april 2026."
    )
    assert compute("forelopig_svar", date(2026, 1, 31)).why == (
        "Én måned fra lørdag 31. januar 2026 er lørdag 28. februar 2026, for februar har ingen dag 31. "
        "Det er en lørdag. Kontorets egen frist flyttes til siste virkedag før, fredag 27. februar 2026."
    )
    assert compute("klagefrist", date(2026, 12, 3)).why == (
        "Tre uker fra torsdag 3. desember 2026 er torsdag 24. desember 2026."
    )
    assert "Denne datoen flyttes ikke" in compute("flytteoppfordring", date(2026, 11, 30)).why
    assert (
        "1. juledag og 2. juledag er ikke regnet med" in compute("svarfrist_tilbud", date(2026, 12, 22)).why
    )


def test_that_an_answer_has_its_sources_and_is_plain_json():
    answer = as_json(compute("klagefrist", date(2026, 3, 12)))
    assert list(answer) == ["rule", "from", "raw", "due", "basis", "why"]
    assert answer["basis"][0]["section"] == "§ 29"
    assert {source["section"] for source in answer["basis"]} >= {"§ 148", "§ 149"}
    assert json.loads(json.dumps(answer)) == answer


def test_that_every_key_with_one_start_date_has_a_rule():
    assert {rule.key for rule in load_rules()} == COMPUTABLE


def test_that_every_rule_is_whole():
    for rule in load_rules():
        assert rule.title
        assert rule.start_event
        assert rule.basis[0].act
        assert all(source.section and source.text for source in rule.basis)
        assert rule.roll != "neste_virkedag" or rule.side == "part"
        assert rule.roll != "forrige_virkedag" or rule.side == "egen_plikt"
        assert json.dumps(rule_as_json(rule))


def test_that_at_most_one_version_of_a_rule_holds_on_a_day():
    for day in (date(1970, 1, 1), date(2026, 11, 22), date(2100, 1, 1)):
        holding = [rule.key for rule in load_rules() if rule.holds_on(day)]
        assert len(holding) == len(set(holding))


def test_that_the_new_act_is_not_used_before_the_office_sets_its_date():
    new = "forvaltningsloven (2025)"
    assert all(rule.valid_from is None for rule in load_rules() if rule.act == new)
    assert rule_for("klagefrist", date(2030, 1, 1)).act == "forvaltningsloven (1967)"
    with pytest.raises(DeadlineInputError, match="gjelder ikke"):
        compute("forsinket_svar", date(2030, 1, 1))
    rules = in_force_from(load_rules(), new, date(2028, 1, 1))
    assert rule_for("klagefrist", date(2027, 12, 31), rules).act == "forvaltningsloven (1967)"
    assert rule_for("klagefrist", date(2028, 1, 1), rules).act == new
    assert compute("forsinket_svar", date(2028, 1, 3), rules=rules).due == date(2028, 1, 3)
    assert rule_for("protest", date(2028, 1, 1), rules).act == "husleieloven"


@pytest.mark.parametrize(
    ("wrong", "meant"), [("klagefirst", "klagefrist"), ("Forelopig-svar", "forelopig_svar")]
)
def test_that_an_unknown_rule_names_those_like_it(wrong, meant):
    with pytest.raises(DeadlineInputError) as caught:
        compute(wrong, date(2026, 1, 1))
    assert meant in caught.value.todo
    assert caught.value.field == "rule"


@pytest.mark.parametrize("wrong", ["", "xyzzy", "x" * 100_000])
def test_that_a_hopeless_rule_name_points_to_the_list(wrong):
    with pytest.raises(DeadlineInputError, match="deadlines rules"):
        compute(wrong, date(2026, 1, 1))


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2201, 1, 1), date.max])
def test_that_an_absurd_year_is_refused(day):
    with pytest.raises(DeadlineInputError) as caught:
        compute("klagefrist", day)
    assert caught.value.field == "from"


def test_that_only_adjustable_rules_take_another_length():
    assert compute("dokumentfrist", date(2026, 11, 3), length=Length(3, "weeks")).raw == date(2026, 11, 24)
    with pytest.raises(DeadlineInputError, match="fastsatt"):
        compute("klagefrist", date(2026, 11, 3), length=Length(4, "weeks"))
    for length in (Length(0, "days"), Length(-1, "days"), Length(10**9, "days"), Length(1, "moons")):
        with pytest.raises(DeadlineInputError):
            compute("dokumentfrist", date(2026, 11, 3), length=length)


def test_that_the_offices_closed_days_move_its_own_duties_and_nobody_elses_deadline():
    friday = date(2026, 11, 27)
    assert compute("forelopig_svar", date(2026, 10, 27), closed={friday}).due == date(2026, 11, 26)
    assert compute("klagefrist", date(2026, 11, 6), closed={friday}).due == friday


def test_that_an_own_duty_never_falls_before_what_started_it():
    saturday = date(2026, 11, 21)
    found = compute("klage_oversend", saturday, length=Length(1, "days"))
    assert found.due == found.raw == date(2026, 11, 22)


def test_that_a_task_shows_as_many_days_before_as_the_rule_says():
    found = compute("forelopig_svar", date(2026, 10, 26))
    assert found.due - found.shows_on == timedelta(days=7)


def test_that_a_damaged_rules_file_is_not_half_read(tmp_path):
    rule = rule_as_json(load_rules()[0])
    rule["key"] = rule.pop("rule")
    rule["roll"] = "en_gang"
    path = tmp_path / "rules.json"
    path.write_text(json.dumps({"rules": [rule]}), "utf-8")
    with pytest.raises(ValueError, match="not known"):
        read_rules(path)


@given(st.sampled_from(IN_FORCE), DAYS)
def test_that_rolling_goes_the_right_way_and_no_further_than_it_must(key, start):
    found = compute(key, start)
    rule, raw, due = found.rule, found.raw, found.due
    if rule.roll == "neste_virkedag":
        assert due >= raw
        assert is_working_day(due)
    elif rule.roll == "forrige_virkedag":
        assert start <= due <= raw
        assert is_working_day(due)
    else:
        assert due == raw
    inside = [min(due, raw) + timedelta(days=gone) for gone in range(abs((due - raw).days) + 1)]
    assert [day for day in inside if is_working_day(day) and day != due] == []
    assert (raw <= start) if rule.direction == "before" or rule.length.value == 0 else raw > start


@given(st.sampled_from(IN_FORCE), DAYS)
def test_that_the_words_name_the_dates_and_are_whole_sentences(key, start):
    found = compute(key, start)
    for day in {found.raw, found.due}:
        assert f"{day.day}. " in found.why
        assert str(day.year) in found.why
    assert found.why.endswith(".")
    assert not re.search(r"\.\.|  |None|\bog er\b", found.why)


@given(DAYS)
def test_that_weeks_and_months_are_raw_on_the_same_weekday_and_date(start):
    assert (compute("klagefrist", start).raw - start).days == 21
    assert compute("forelopig_svar", start).raw == add_months(start, 1)


@given(DAYS, DAYS)
def test_that_a_later_start_never_gives_an_earlier_deadline(one, other):
    first, last = min(one, other), max(one, other)
    for key in ("klagefrist", "forelopig_svar", "flytteoppfordring", "svarfrist_tilbud", "leie_6"):
        assert compute(key, first).due <= compute(key, last).due
