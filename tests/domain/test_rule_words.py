"""A rule set in plain words, and how two sets differ."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from boligdesk.domain.expressions import AllOf, AnyOf, Not, Test, Unsure, parse
from boligdesk.domain.rule_reader import read_json
from boligdesk.domain.rule_sets import dated, load, shipped
from boligdesk.domain.rule_words import described, differences, expression_words, period_words
from boligdesk.resources import resource_path

TEXT = resource_path("rules", "allocation", "ovelse_2026.json").read_text("utf-8")
CHILD = Test("children", "at_least", 1)


def changed(change):
    body = json.loads(TEXT)
    change(body)
    return load(json.dumps(body))


def test_that_every_part_has_a_line_of_its_own_with_its_source() -> None:
    for rules in shipped():
        lines = [line for section in described(rules) for line in section.lines]
        assert len({line.key for line in lines}) == len(lines)
        assert all(line.name and line.text.endswith((".", "»", "?")) for line in lines)
        conditions = [one for track in rules.tracks for one in track.conditions]
        assert {one.source for one in conditions} <= {line.source for line in lines}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CHILD, "«Barn under 18 år som bor fast» er minst 1"),
        (Test("notice_given", "is_yes"), "«Leieforholdet er sagt opp» er ja"),
        (Test("must_leave_by", "within_days", 1), "«Må flytte innen» er om 1 dag eller mindre"),
        (Test("birth_on", "years_at_least", 18), "«Fødselsdato» er minst 18 år siden"),
        (Test("botid_since", "months_at_least", 0), "«Har bodd i kommunen siden» ikke er fram i tid"),
        (Not(CHILD), "det ikke er slik at «Barn under 18 år som bor fast» er minst 1"),
        (Unsure(), "en person vurderer det slik"),
        (
            Test("residence_basis", "in", ("norsk", "eos")),
            "«Grunnlag for opphold» er norsk statsborger eller EØS-borger",
        ),
        (
            AllOf((CHILD, AnyOf((Test("notice_given", "is_yes"), Test("step_free", "is_no"))))),
            (
                "«Barn under 18 år som bor fast» er minst 1 og («Leieforholdet er sagt opp» er ja eller "
                "«Trenger trinnfri adkomst» er nei)"
            ),
        ),
    ],
)
def test_that_a_rule_is_told_in_words(rule, words) -> None:
    assert expression_words(rule) == words


def test_that_what_a_person_must_judge_is_told_apart() -> None:
    def said(key: str) -> str:
        return next(
            line.text for section in described(shipped()[-1]) for line in section.lines if line.key == key
        )

    assert said("boligsosialloven.vanskeligstilt").endswith("En person må vurdere det.")
    assert said("boligsosialloven.lovlig_opphold").endswith("Ellers må en person vurdere det.")
    assert "er har søkt om tillatelse eller annet, må en person vurdere det." in said("lokale_regler.opphold")
    assert said("lokale_regler.botid").endswith("«ikke oppfylt». Unntak kan gis.")


def test_that_the_two_shipped_sets_differ_in_what_was_changed() -> None:
    before, now = shipped()
    found = {one.name: (one.before, one.now) for one in differences(before, now)}
    assert set(found) == {
        "Botid i kommunen",
        "Prioritet A: må ut [dato]",
        "Bomiljø",
        "Svarfrist",
        "Godkjenningen gjelder",
    }
    assert found["Godkjenningen gjelder"] == ("6 måneder.", "12 måneder.")
    assert differences(now, now) == ()


def test_that_new_gone_renamed_and_hidden_changes_are_all_told() -> None:
    now = shipped()[-1]

    def change(body) -> None:
        local = body["tracks"]["lokale_regler"]["conditions"]
        local[0]["key"] = "myndig"
        local[1]["met"]["nn"] = "Du har lovleg opphald."
        local[2]["label"]["nb"] = "Tid i kommunen"

    told = differences(now, changed(change))
    assert [(one.name, bool(one.before), bool(one.now)) for one in told] == [
        ("Alder", False, True),
        ("Lovlig opphold", True, True),
        ("Tid i kommunen", True, True),
        ("Alder", True, False),
    ]
    found = {one.name: one for one in told}
    assert found["Lovlig opphold"].now.endswith("(nynorsk eller detaljer er endret)")
    assert found["Tid i kommunen"].before.startswith("Botid i kommunen: ")


def test_that_the_period_is_told_with_its_days() -> None:
    assert period_words(dt.date(2026, 1, 1), None) == "Gjelder fra torsdag 1. januar 2026"
    assert period_words(dt.date(2025, 1, 1), dt.date(2026, 1, 1)).endswith(
        "og slutter å gjelde torsdag 1. januar 2026"
    )


def test_that_only_the_first_day_of_a_file_is_changed() -> None:
    day = dt.date(2027, 3, 1)
    new = load(dated(f"\ufeff{TEXT}", day))
    assert new.valid_from == day
    assert differences(shipped()[-1], new) == ()
    assert json.loads(dated(TEXT, day)) == {**json.loads(TEXT), "valid_from": "2027-03-01"}


def test_that_a_parsed_rule_is_told_like_a_built_one() -> None:
    node, _digest = read_json(
        '{"any": [{"fact": "children", "op": "at_least", "value": 1}, {"unsure": true}]}'
    )
    assert expression_words(parse(node)).endswith("er minst 1 eller en person vurderer det slik")
