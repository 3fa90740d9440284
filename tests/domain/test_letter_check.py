"""The completeness check of letters: every rule can be met and unmet, and holds on its days only."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.documents.room import PaperRoom
from boligdesk.domain.letter_check import (
    STOP,
    WARN,
    Addressee,
    CheckFacts,
    blocking,
    check,
    mandatory_fields,
    rules,
)
from boligdesk.domain.letter_fields import BY_KEY, FIELDS, FieldType, label_of
from boligdesk.domain.letters import LANGUAGES, LetterKind
from boligdesk.services.letter_examples import DAY, example_paper, example_values

PAPERS = PaperRoom()
KINDS = LetterKind.codes()
BODY = {rule.key: rule.body for rule in rules()}
#: Stands in the head of the page, whatever the template says.
HEAD = ("kommune", "kontor", "kontor_adresse", "kontor_telefon")
#: What sets each named check off: rule key -> fields of CheckFacts.
SPOILT = {
    "mottaker": {"addressees": ()},
    "representant": {"unserved": ("Sprek Bie",)},
    "lange_setninger": {"written": {"begrunnelse": f"Du {'og ' * 25}vi."}},
    "passiv": {"written": {"begrunnelse": "Søknaden avslås."}},
    "stive_ord": {"written": {"begrunnelse": "Det gjelder ovennevnte bolig."}},
    "forkortelser": {"written": {"begrunnelse": "Du har bodd her ca. ett år."}},
    "dode_hjemler": {"written": {"annen_hjelp": "Se sosialtjenesteloven § 15."}},
    "fylkesmannen": {"written": {"annen_hjelp": "Du kan spørre Fylkesmannen."}},
    "forliksradet": {"written": {"annen_hjelp": "Saken kan gå til forliksrådet."}},
    "malform": {"written": {"begrunnelse": "Du har ikkje ein stad å bu."}},
    "utfylt": {"gaps": ("soknad_dato",)},
    "annen_kladd": {"other_drafts": ("Foreløpig svar, 20. nov.",)},
}


def complete(kind, language="nb", **changed):
    """A letter that has all it must."""
    _paper, composed = example_paper(PAPERS, kind, language)
    parts = {}
    for block in composed.blocks:
        parts[block.part] = f"{parts.get(block.part, '')}\n{block.text}"
    values = example_values(kind, language)
    template = PAPERS.template(kind, language)
    facts = CheckFacts(
        kind=kind,
        on=DAY,
        parts=parts,
        values=values,
        addressees=(Addressee("mottaker", "Klok Hest"),),
        has_children=True,
        written={free.key: values[free.key] for free in template.free_texts},
        language=language,
    )
    return dataclasses.replace(facts, **changed)


def finding(facts, key):
    return next((one for one in check(facts) if one.key == key), None)


def spoilings(rule, facts):
    """(what is taken away, the letter without it): every way in which the rule can be broken."""
    body = rule.body
    for key in body.get("fields", ()):
        for empty in (None, "  ", ()):
            yield key, dataclasses.replace(facts, values={**facts.values, key: empty})
    for part in body.get("parts", ()):
        yield part, dataclasses.replace(facts, parts={**facts.parts, part: " \n"})
        yield part, dataclasses.replace(facts, parts={k: v for k, v in facts.parts.items() if k != part})
    for key in body.get("contains", ()):
        yield key, dataclasses.replace(facts, values={**facts.values, key: "noen andre"})
    for key in body.get("future", ()):
        yield key, dataclasses.replace(facts, values={**facts.values, key: facts.on})
    for key, (low, high) in body.get("amounts", {}).items():
        for amount in (low - 1, high + 1):
            yield key, dataclasses.replace(facts, values={**facts.values, key: amount})
    if rule.key in SPOILT:
        yield rule.key, dataclasses.replace(facts, **SPOILT[rule.key])


@pytest.mark.parametrize("language", [code for code, _label in LANGUAGES])
@pytest.mark.parametrize("kind", KINDS)
def test_that_an_example_lacks_nothing(kind, language):
    assert [(one.key, one.text) for one in check(complete(kind, language)) if not one.is_met] == []


@pytest.mark.parametrize("kind", KINDS)
def test_that_every_rule_can_be_met_and_unmet(kind):
    facts = complete(kind)
    for rule in rules():
        if not rule.holds(kind, DAY):
            continue
        assert finding(facts, rule.key).is_met
        broken = list(spoilings(rule, facts))
        assert broken, f"{rule.key} cannot be broken"
        for what, spoilt in broken:
            found = finding(spoilt, rule.key)
            assert not found.is_met, f"{rule.key} without {what}"
            assert found.text.endswith(".")
            assert found.blocks == (rule.severity == STOP)
            assert found.source


def test_that_every_rule_holds_for_some_letter():
    unused = [rule.key for rule in rules() if not any(rule.holds(kind, DAY) for kind in KINDS)]
    assert unused == []
    assert len({rule.key for rule in rules()}) == len(rules())
    assert {rule.severity for rule in rules()} == {STOP, WARN}
    assert all(kind == "*" or kind in KINDS for rule in rules() for kind in rule.kinds)


def test_that_templates_and_rules_name_fields_that_are_known_and_every_field_is_used():
    in_rules = {
        key
        for rule in rules()
        for name in ("fields", "future", "contains", "amounts")
        for key in rule.body.get(name, ())
    }
    infos = [PAPERS.template(kind, language) for kind in KINDS for language, _label in LANGUAGES]
    in_templates = {key for info in infos for key in (*info.fields, *(free.key for free in info.free_texts))}
    assert in_rules | in_templates == set(BY_KEY)
    assert len(BY_KEY) == len(FIELDS)


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_rule_asks_only_for_parts_and_fields_that_the_letter_has(kind):
    template = PAPERS.template(kind, "nb")
    shown = {*template.fields, *(free.key for free in template.free_texts), *HEAD}
    for rule in rules():
        if not rule.holds(kind, DAY):
            continue
        assert set(rule.body.get("parts", ())) <= set(template.parts), rule.key
        assert set(rule.body.get("fields", ())) <= shown, rule.key
        assert all(BY_KEY[key].type is FieldType.DATE for key in rule.body.get("future", ()))
        assert all(BY_KEY[key].type is FieldType.MONEY for key in rule.body.get("amounts", ()))


@pytest.mark.parametrize(
    ("language", "fields"),
    [
        ("nn", {"written": {"begrunnelse": "Du er uten bolig."}}),
        ("nn", {"values": {"vurderinger": ("Du har fylt 18 år.", "Det viser leiekontrakten fra i fjor.")}}),
        ("nb", {"written": {"begrunnelse": "Du er utan bustad."}}),
    ],
)
def test_that_a_text_in_the_other_written_form_is_told(language, fields):
    facts = complete("innvilgelse_bolig", language)
    changed = {key: {**getattr(facts, key), **given} for key, given in fields.items()}
    found = finding(dataclasses.replace(facts, **changed), "malform")
    assert (found.is_met, found.severity) == (False, WARN)
    assert found.target in {"begrunnelse", "vurderinger"}


def test_that_the_place_to_put_it_right_is_told():
    facts = complete("forelopig_svar")
    values = {**facts.values, "svar_grunn": ""}
    found = finding(dataclasses.replace(facts, values=values), "grunn_til_ventetid")
    assert (found.target, found.text) == ("svar_grunn", "Hvorfor svaret tar tid mangler.")
    nobody = dataclasses.replace(facts, addressees=(Addressee("mottaker", "Klok Hest", "Mangler adresse."),))
    assert (finding(nobody, "mottaker").target, finding(nobody, "mottaker").text) == (
        "mottakere",
        "Mangler adresse.",
    )


def test_that_an_expected_answer_must_lie_ahead():
    facts = complete("forelopig_svar")
    late = dataclasses.replace(facts, values={**facts.values, "ventet_svar": dt.date(2026, 11, 1)})
    said = "Når svaret er ventet er 1. november 2026. Datoen må være etter i dag."
    assert finding(late, "ventet_svar").text == said


def test_that_children_are_minded_only_where_there_are_some():
    facts = complete("avslag_bolig", values={**example_values("avslag_bolig", "nb"), "barnets_beste": None})
    assert finding(facts, "barn").blocks
    assert finding(dataclasses.replace(facts, has_children=False), "barn") is None
    assert "barnets_beste" in mandatory_fields("avslag_bolig", DAY, has_children=True)
    assert "barnets_beste" not in mandatory_fields("avslag_bolig", DAY, has_children=False)


@pytest.mark.parametrize(
    ("kind", "body", "is_met"),
    [
        ("avslag_bolig", "klagenemnda i Øvelse kommune", True),
        ("avslag_bolig", "statsforvalteren", False),
        ("avslag_bistand", "statsforvalteren", True),
        ("avslag_bistand", "statsforvaltaren", True),
        ("avslag_bistand", "klagenemnda", False),
    ],
)
def test_that_the_complaint_goes_to_the_right_body(kind, body, is_met):
    facts = complete(kind, values={**example_values(kind, "nb"), "klageinstans": body})
    found = [one.is_met for one in check(facts) if one.label == "Riktig klageinstans"]
    assert found == [is_met]


@pytest.mark.parametrize(
    ("day", "is_there"), [(dt.date(2023, 6, 30), False), (dt.date(2023, 7, 1), True), (DAY, True)]
)
def test_that_rules_of_boligsosialloven_hold_from_its_first_day(day, is_there):
    facts = complete("vedtak_bistand", on=day)
    for key in ("hovedinnhold", "onsker", "klageinstans_bistand", "dode_hjemler"):
        assert (finding(facts, key) is not None) == is_there


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Du har rett til det etter sosialtjenesteloven § 15.", "dode_hjemler"),
        ("Du har rett til det etter sosialtenestelova § 15.", "dode_hjemler"),
        ("Se lov om sosiale tjenester i NAV § 15.", "dode_hjemler"),
        ("Se helse- og omsorgstjenesteloven § 3-7.", "dode_hjemler"),
        ("Se sosialtjenesteloven § 18.", None),
        ("Se helse- og omsorgstjenesteloven § 3-2.", None),
        ("Vi vurderer saken, jf. reglene.", "forkortelser"),
        ("Det gjelder f.eks. barna.", "forkortelser"),
        ("Du bor på Karl Johans gate 1.", None),
        ("Papirene sendes til oss.", "passiv"),
        ("Saka vert vurdera.", "passiv"),
        ("Du sender papirene til oss.", None),
        ("Vedkommende må flytte.", "stive_ord"),
        ("Du har krav på det i henhold til reglene.", "stive_ord"),
        ("Fylkesmannen avgjør klagen.", "fylkesmannen"),
        ("Forliksrådet kan hjelpe.", "forliksradet"),
        ("", None),
    ],
)
def test_that_words_to_mind_are_found_and_only_warned_about(text, key):
    found = [one for one in check(complete("avslag_bolig", written={"annen_hjelp": text})) if not one.is_met]
    assert [one.key for one in found] == ([key] if key else [])
    assert blocking(found) == ()
    assert all(one.target == "annen_hjelp" for one in found)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_that_long_sentences_are_counted(lengths):
    text = " ".join(f"{'ord ' * (words - 1)}ord." for words in lengths)
    facts = complete("avslag_bolig", written={"begrunnelse": text})
    found = finding(facts, "lange_setninger")
    limit = BODY["lange_setninger"]["limit"]
    long = sum(words > limit for words in lengths)
    assert found.is_met == (long == 0)
    if long:
        assert found.text.startswith("1 lang setning," if long == 1 else f"{long} lange setninger,")


@given(st.integers(-1, 4_000_000), st.integers(-1, 20_000_000))
def test_that_unusual_amounts_are_asked_about(rent, deposit):
    values = {**example_values("tilbud", "nb"), "husleie": rent, "depositum": deposit}
    is_usual = 200_000 <= rent <= 3_000_000 and 0 <= deposit <= 18_000_000
    found = finding(complete("tilbud", values=values), "uvanlig_belop")
    assert found.is_met == is_usual
    assert found.severity == WARN


def test_that_what_stops_stands_before_what_warns():
    found = [one.severity for one in check(complete("tilbud"))]
    assert found == sorted(found, key=lambda severity: severity != STOP)


def test_that_a_field_that_is_not_known_is_called_by_its_key():
    assert label_of("husleie") == "Husleie per måned"
    assert label_of("noe_annet") == "noe_annet"
