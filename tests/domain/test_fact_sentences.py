"""What is known of an application, said to the applicant in bokmål and nynorsk."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.fact_sentences import ORDER, KnownFact, count_words, household_sentence, sentences
from boligdesk.domain.facts import APPLICATION, kinds_of


@pytest.mark.parametrize(
    ("adults", "children", "nb", "nn"),
    [
        (None, 2, "", ""),
        (0, 2, "", ""),
        (1, None, "Du søker for deg selv.", "Du søkjer for deg sjølv."),
        (1, 0, "Du søker for deg selv.", "Du søkjer for deg sjølv."),
        (1, 1, "Dere er én voksen og ett barn.", "De er ein vaksen og eitt barn."),
        (2, 0, "Dere er to voksne.", "De er to vaksne."),
        (2, 3, "Dere er to voksne og tre barn.", "De er to vaksne og tre barn."),
        (2, 12, "Dere er to voksne og tolv barn.", "De er to vaksne og tolv barn."),
        (14, 13, "Dere er 14 voksne og 13 barn.", "De er 14 vaksne og 13 barn."),
    ],
)
def test_that_the_household_is_told(adults, children, nb, nn):
    assert household_sentence(adults, children, "nb") == nb
    assert household_sentence(adults, children, "nn") == nn


@pytest.mark.parametrize(
    ("key", "value", "nb", "nn"),
    [
        ("housing_now", "uten_bolig", "Du er uten bolig nå.", "Du er utan bustad no."),
        (
            "must_leave_by",
            dt.date(2026, 12, 15),
            "Du må flytte fra boligen din innen 15. desember 2026.",
            "Du må flytte frå bustaden din innan 15. desember 2026.",
        ),
        (
            "rent_now",
            984000,
            "Husleien din nå er 9\u00a0840\u00a0kr per måned.",
            "Husleiga di no er 9\u00a0840\u00a0kr per månad.",
        ),
        (
            "income_month",
            2790050,
            "Husstanden har 27\u00a0900,50\u00a0kr i inntekt etter skatt per måned.",
            "Hushaldet har 27\u00a0900,50\u00a0kr i inntekt etter skatt per månad.",
        ),
        ("notice_given", 0, "Leieforholdet ditt er ikke sagt opp.", "Leigeforholdet ditt er ikkje sagt opp."),
        ("payment_remarks", 1, "Du har betalingsanmerkninger.", "Du har betalingsmerknader."),
        ("bedrooms", 3, "Dere trenger 3 soverom.", "De treng 3 soverom."),
        (
            "income_kind",
            "aap",
            "Inntekten din er arbeidsavklaringspenger.",
            "Inntekta di er arbeidsavklaringspengar.",
        ),
        ("residence_basis", "norsk", "Du er norsk statsborger.", "Du er norsk statsborgar."),
    ],
)
def test_that_a_fact_is_one_sentence(key, value, nb, nn):
    assert sentences([KnownFact(key, value)], "nb") == (nb,)
    assert sentences([KnownFact(key, value)], "nn") == (nn,)


@pytest.mark.parametrize(
    "key", ["lift_or_ground", "step_free", "wheelchair", "staffed", "shielded", "follow_up"]
)
def test_that_a_need_that_is_not_there_is_not_told(key):
    assert sentences([KnownFact(key, 0)], "nb") == ()
    assert len(sentences([KnownFact(key, 1)], "nn")) == 1


def test_that_what_nobody_knows_and_long_texts_stay_out():
    assert (
        sentences([KnownFact("income_month", None), KnownFact("own_attempts", "Jeg har lett.")], "nb") == ()
    )
    assert sentences([KnownFact("housing_now", "noe_nytt")], "nb") == ()


def test_that_the_order_is_the_letters_own():
    facts = [
        KnownFact("bedrooms", 3),
        KnownFact("botid_since", dt.date(2020, 3, 3)),
        KnownFact("housing_now", "eier"),
    ]
    told = sentences(facts, "nb")
    assert [said.split()[1] for said in told] == ["eier", "har", "trenger"]
    assert sentences(reversed(facts), "nb") == told


def test_that_every_choice_of_the_catalogue_has_a_sentence_in_both_languages():
    for kind in kinds_of(APPLICATION):
        if kind.key not in ORDER or not kind.codes:
            continue
        for code, _words in kind.codes:
            for language in ("nb", "nn"):
                said = sentences([KnownFact(kind.key, code)], language)
                assert len(said) <= 1
                assert said or code in {"annet", "vet_ikke", "ikke_avklart"}, (kind.key, code)


def test_that_every_fact_in_the_order_is_in_the_catalogue():
    assert set(ORDER) <= {kind.key for kind in kinds_of(APPLICATION)}
    assert len(ORDER) == len(set(ORDER))


@given(st.sampled_from(ORDER), st.one_of(st.integers(0, 10**9), st.dates(), st.text(max_size=30)))
def test_that_a_sentence_is_never_half(key, value):
    for language in ("nb", "nn"):
        for said in sentences([KnownFact(key, value)], language):
            assert said.endswith(".")
            assert "{" not in said or "{" in str(value)
            assert said.split()[0] in {"Du", "Dere", "De", "Boligen", "Bustaden", *_STARTS}


_STARTS = {
    "Husleien",
    "Husleiga",
    "Leieforholdet",
    "Leigeforholdet",
    "Oppholdet",
    "Opphaldet",
    "Inntekten",
    "Inntekta",
} | {
    "Husstanden",
    "Hushaldet",
}


@given(st.integers(0, 200))
def test_that_small_numbers_are_words_and_great_ones_figures(number):
    for language in ("nb", "nn"):
        assert count_words(number, language).isdecimal() == (number > 12)
