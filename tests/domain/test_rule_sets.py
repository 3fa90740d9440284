"""The local rules as data: read, checked, dated, hashed."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.expressions import DERIVED, facts_of
from boligdesk.domain.facts import unknown_keys
from boligdesk.domain.rule_sets import RuleSetError, in_force, load, shipped
from boligdesk.resources import resource_path

TEXT = resource_path("rules", "allocation", "ovelse_2026.json").read_text("utf-8")
RULES = json.loads(TEXT)
V2, V3 = shipped()


def changed(*path_and_value):
    *path, value = path_and_value
    copied = copy.deepcopy(RULES)
    inner = copied
    for step in path[:-1]:
        inner = inner[step]
    if value is KeyError:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return json.dumps(copied)


def test_that_the_shipped_rules_are_dated_versions_of_one_set():
    assert [(found.title, found.version, found.municipality) for found in (V2, V3)] == [
        ("Tildeling 2025", 2, "Øvelse kommune"),
        ("Tildeling 2026", 3, "Øvelse kommune"),
    ]
    days = [dt.date(2025, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2030, 6, 1)]
    assert [in_force(shipped(), day).version for day in days] == [2, 2, 3, 3]


def test_that_no_rules_before_the_first_is_said_plainly():
    with pytest.raises(RuleSetError, match=r"31\. desember 2024"):
        in_force(shipped(), dt.date(2024, 12, 31))
    with pytest.raises(RuleSetError, match="Ingen"):
        in_force((), dt.date(2026, 1, 1))


def test_that_the_newest_of_overlapping_sets_holds_and_equal_ones_are_refused():
    newer = load(changed("version", 4))
    day = dt.date(2026, 5, 1)
    assert in_force((newer, V3), day).version == in_force((V3, newer), day).version == 4
    assert in_force((V3, V3), day) is V3
    with pytest.raises(RuleSetError, match="To ulike"):
        in_force((V3, load(changed("term_months", 60))), day)


def test_that_a_later_start_goes_before_a_higher_version():
    late = load(changed("valid_from", "2026-03-01"))
    high = load(changed("version", 9))
    assert in_force((late, high), dt.date(2026, 5, 1)) == late
    assert in_force((late, high), dt.date(2026, 2, 1)) == high


def test_that_the_hash_follows_the_content_and_not_the_layout():
    other_layout = json.dumps(dict(reversed(RULES.items())), ensure_ascii=True)
    assert load(other_layout).sha256 == load("\ufeff" + TEXT).sha256 == V3.sha256
    assert load(changed("term_months", 37)).sha256 != V3.sha256


def test_that_the_two_tracks_have_their_own_bodies_and_conditions():
    help_track, local = V3.tracks
    assert [help_track.appeal_body, local.appeal_body] == ["Statsforvalteren", "Klagenemnda i Øvelse kommune"]
    assert [found.key for found in local.conditions] == [
        "alder",
        "opphold",
        "botid",
        "boligbehov",
        "kan_ikke_selv",
        "okonomi",
    ]
    assert [found.key for found in help_track.conditions] == [
        "lovlig_opphold",
        "oppholdskommune",
        "vanskeligstilt",
        "behov_for_bistand",
    ]
    assert [found.source for found in help_track.conditions] == [
        f"boligsosialloven § {paragraph}" for paragraph in (2, 3, 4, 6)
    ]


def test_that_time_lived_here_is_never_asked_for_help_under_the_act():
    assert all(
        test.value in {0, None}
        for condition in V3.track("boligsosialloven").conditions
        if condition.suggest
        for test in condition.suggest.parts
        if getattr(test, "fact", "") == "botid_since"
    )
    botid = copy.deepcopy(RULES["tracks"]["lokale_regler"]["conditions"][2])
    for key in ("botid", "tilknytning"):
        wrong = {**botid, "key": key}
        with pytest.raises(RuleSetError, match="botid") as caught:
            load(changed("tracks", "boligsosialloven", "conditions", 0, wrong))
        assert caught.value.where == "tracks.boligsosialloven.conditions[0]"


def test_that_every_rule_names_its_source():
    for found in shipped():
        sources = [condition.source for condition in found.track("lokale_regler").conditions]
        sources += [level.source for level in found.priority] + [need.source for need in found.needs]
        sources += [
            found.order.source,
            found.offer.source,
            found.neighbourhood.source,
            found.bedroom_norm.source,
        ]
        assert all(source.startswith("Øvelse kommune, retningslinjer for tildeling § ") for source in sources)


def test_that_every_fact_asked_for_is_in_the_catalogue():
    rules = [reason.when for level in V3.priority for reason in level.reasons]
    rules += [c.suggest for track in V3.tracks for c in track.conditions if c.suggest]
    asked = {key for rule in rules for key in facts_of(rule)} - {kind.key for kind in DERIVED}
    assert unknown_keys("soknad", asked) == ()


@pytest.mark.parametrize(
    ("persons", "span"),
    [(1, (0, 1)), (2, (1, 2)), (4, (2, 3)), (5, (3, 4)), (9, (5, None)), (14, (5, None)), (0, (0, 1))],
)
def test_that_the_norm_gives_bedrooms_by_persons(persons, span):
    assert V3.bedroom_norm.span(persons) == span


@pytest.mark.parametrize(
    ("path", "value", "where", "part"),
    [
        (["versjon"], 3, "øverst i filen", "Mente du «version»"),
        (["title"], KeyError, "øverst i filen", "«title» mangler"),
        (["valid_from"], "1. januar", "valid_from", "dato"),
        (["valid_to"], "2026-01-01", "valid_to", "slutte"),
        (["version"], "3", "version", "helt tall"),
        (["term_months"], 0, "term_months", "fra 1"),
        (["key"], "Øvelse", "key", "a–z"),
        (["title"], " Tildeling", "title", "mellomrom"),
        (["title"], "Tildeling\u202e", "title", "vises"),
        (["tracks", "startlan"], {}, "tracks", "startlan"),
        (["tracks", "lokale_regler"], KeyError, "tracks", "lokale_regler"),
        (["tracks", "lokale_regler", "conditions"], [], "tracks.lokale_regler.conditions", "Listen"),
        (
            ["tracks", "lokale_regler", "conditions", 1, "key"],
            "alder",
            "tracks.lokale_regler.conditions[1]",
            "to ganger",
        ),
        (
            ["tracks", "lokale_regler", "conditions", 0, "met", "nn"],
            KeyError,
            "tracks.lokale_regler.conditions[0].met",
            "«nn» mangler",
        ),
        (
            ["tracks", "lokale_regler", "conditions", 0, "met", "nb"],
            "Du er {alder} år.",
            "tracks.lokale_regler.conditions[0].met.nb",
            "alder",
        ),
        (
            ["tracks", "lokale_regler", "conditions", 0, "met", "nb"],
            "Du er {",
            "tracks.lokale_regler.conditions[0].met.nb",
            "parenteser",
        ),
        (["priority", 0, "rank"], 2, "priority[0]", "«rank» være 1"),
        (["priority", 1, "code"], "A", "priority[1]", "to ganger"),
        (["priority", 0, "reasons"], [], "priority[0].reasons", "Listen"),
        (["priority", 2, "otherwise"], KeyError, "priority[2]", "otherwise"),
        (["priority", 0, "otherwise"], {}, "priority[0]", "otherwise"),
        (["needs", 0, "kind"], "krav", "needs[0].kind", "absolutt"),
        (["needs", 10, "kind"], "absolutt", "needs[10].kind", "bomiljo"),
        (["needs", 0, "key"], "basseng", "needs[0].key", "soverom"),
        (["needs", 1, "key"], "soverom", "needs[1]", "to ganger"),
        (["needs", 9, "refused"], "kanskje", "needs[9].refused", "utelukker"),
        (["bedroom_norm", "rows", 1, "bedrooms"], 2, "bedroom_norm.rows[1].bedrooms", "stå 1"),
        (["bedroom_norm", "rows", 3, "persons_min"], 6, "bedroom_norm.rows[3]", "husstander"),
        (["bedroom_norm", "rows", 5, "persons_max"], 9, "bedroom_norm.rows[5].persons_max", "høyeste"),
        (["order", "by"], ["ventetid", "prioritet"], "order.by", "skille"),
        (["order", "by"], ["onsker"], "order.by", "Prioriteten"),
        (["order", "by"], ["prioritet", "prioritet"], "order.by[1]", "to ganger"),
        (["neighbourhood", "limit_percent"], 101, "neighbourhood.limit_percent", "100"),
        (["offer", "reply_working_days"], 0, "offer.reply_working_days", "fra 1"),
        (["offer", "consequences", 0, "from_time"], 3, "offer.consequences", "første «nei»"),
        (["offer", "consequences", 0, "answer"], "ja", "offer.consequences[0].answer", "nei"),
    ],
)
def test_that_a_wrong_rule_says_what_and_where(path, value, where, part):
    with pytest.raises(RuleSetError, match=part) as caught:
        load(changed(*path, value))
    assert caught.value.where == where
    assert str(caught.value).endswith(f"Sted: {where}.")


def test_that_a_class_in_which_nothing_decides_is_refused():
    reasons = [{**reason, "decides": False} for reason in RULES["priority"][0]["reasons"]]
    with pytest.raises(RuleSetError, match="Minst én grunn"):
        load(changed("priority", 0, "reasons", reasons))


def test_that_seniority_may_decide_only_when_the_rules_say_so():
    order = {**RULES["order"], "by": ["ventetid", "prioritet"], "seniority": "avgjor"}
    assert load(changed("order", order)).order.by == ("ventetid", "prioritet")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "JSON"),
        ("{", "linje 1, tegn 2"),
        ('{"key": "a", "key": "b"}', "to ganger"),
        ('{"version": NaN}', "NaN"),
        ('{"version": 1e999}', "ikke kan leses"),
        ('{"title": "\\ud800"}', "ikke kan leses"),
        ("[" * 100_000, "ikke kan leses"),
        ('{"version": ' + "9" * 5000 + "}", "ikke kan leses"),
        (" " * 2_000_001, "for stor"),
        ("[]", "krøllparenteser"),
        ("null", "krøllparenteser"),
    ],
)
def test_that_what_is_no_rule_file_is_refused_in_words(text, part):
    with pytest.raises(RuleSetError, match=part):
        load(text)


LEAF_PATHS: list[list[str | int]] = []


def walk(value, path):
    LEAF_PATHS.append(path)
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            walk(inner, [*path, key])
        else:
            LEAF_PATHS.append([*path, key])


walk(RULES, [])
JUNK = st.sampled_from([None, 0, -1, True, 1.5, "", "x", [], {}, [None], {"a": 1}, "\x00", 10**30])


@given(st.sampled_from(LEAF_PATHS[1:]), JUNK | st.just(KeyError))
def test_that_any_spoiled_file_loads_or_is_refused_and_never_breaks(path, junk):
    with contextlib.suppress(RuleSetError):
        assert load(changed(*path, junk)).needs
