"""The merge fields of letters, the kinds, and the small sentences rules give to letters."""

from __future__ import annotations

import pytest

from boligdesk.domain.allocation_catalog import Consequence, OfferAnswer
from boligdesk.domain.letter_fields import BY_KEY, FIELDS, VOLATILE, FieldType, label_of
from boligdesk.domain.letter_sentences import consequence_words, held_together, source_words
from boligdesk.domain.letters import LANGUAGES, LETTERS, LetterKind
from boligdesk.domain.rule_sets import in_force, shipped
from boligdesk.services.letter_examples import DAY, example_values
from boligdesk.services.letter_values import refusal_words

#: The number of each kind in the list of letters of a housing office.
NUMBERS = {
    "forelopig_svar": 2,
    "mangler": 4,
    "avslag_bolig": 8,
    "avslag_bistand": 9,
    "innvilgelse_bolig": 10,
    "vedtak_bistand": 11,
    "tilbud": 12,
}


def test_that_every_field_has_words_a_type_and_a_source():
    assert all(field.label and field.source for field in FIELDS)
    assert len({field.label for field in FIELDS}) == len(FIELDS)
    assert {field.type for field in FIELDS} <= set(FieldType)
    assert all(key.isascii() and key == key.lower() for key in BY_KEY)
    assert set(BY_KEY) >= VOLATILE


@pytest.mark.parametrize("language", [code for code, _label in LANGUAGES])
@pytest.mark.parametrize("kind", LetterKind.codes())
def test_that_an_example_fills_every_field_with_its_type(kind, language):
    kinds = {
        FieldType.MONEY: int,
        FieldType.NUMBER: int,
        FieldType.YES_NO: int,
        FieldType.LIST: tuple,
        FieldType.TEXT: str,
        FieldType.FREE: str,
    }
    values = example_values(kind, language)
    for key, value in values.items():
        wanted = kinds.get(BY_KEY[key].type)
        assert wanted is None or isinstance(value, wanted), key
    empty = set() if LETTERS[LetterKind(kind)].is_vedtak else {"lovtekster"}
    assert {key for key, value in values.items() if not value} == empty
    assert set(values) == set(BY_KEY)


def test_that_every_kind_has_its_number_and_what_it_is_in_law():
    assert {kind.value: spec.number for kind, spec in LETTERS.items()} == NUMBERS
    assert list(LETTERS) == list(LetterKind)
    vedtak = {kind.value for kind, spec in LETTERS.items() if spec.is_vedtak}
    assert vedtak == {"avslag_bolig", "avslag_bistand", "innvilgelse_bolig", "vedtak_bistand"}
    assert all(spec.has_appeal == spec.is_vedtak for spec in LETTERS.values())
    assert all((spec.document_kind == "VEDTAK") == spec.is_vedtak for spec in LETTERS.values())
    assert all(bool(spec.outcomes) == spec.is_vedtak for spec in LETTERS.values())


def test_that_an_unknown_field_is_called_by_its_key():
    assert label_of("svarfrist") == "Svarfrist"
    assert label_of("x") == "x"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("forvaltningsloven § 11 a", "forvaltningsloven §_11_a"),
        ("forvaltningsloven §§ 24 og 25", "forvaltningsloven §§_24 og 25"),
        ("retningslinjer § 5 bokstav b", "retningslinjer §_5 bokstav_b"),
        ("husleieloven § 11-1", "husleieloven §_11-1"),
        ("Vi har 3 å velge i.", "Vi har 3 å velge i."),
        ("", ""),
    ],
)
def test_that_no_line_ends_inside_a_paragraph_of_law(text, shown):
    assert held_together(text) == shown.replace("_", "\u00a0")
    assert held_together(held_together(text)) == held_together(text)


@pytest.mark.parametrize(
    ("text", "nynorsk"),
    [
        ("boligsosialloven § 4", "bustadsosiallova § 4"),
        ("Husleieloven kapittel 11", "Husleigelova kapittel 11"),
        ("forvaltningsloven § 28", "forvaltningslova § 28"),
        ("Øvelse kommune, retningslinjer", "Øvelse kommune, retningslinjer"),
    ],
)
def test_that_acts_have_their_nynorsk_names(text, nynorsk):
    assert source_words(text, "nn").replace("\u00a0", " ") == nynorsk
    assert source_words(text, "nb").replace("\u00a0", " ") == text


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("silence", list(Consequence))
@pytest.mark.parametrize("no", list(Consequence))
def test_that_the_applicant_is_told_of_a_no_and_of_a_silence(no, silence, language):
    told = consequence_words(no, silence, language)
    assert told.casefold().count("takk") == 1
    assert "svar" in told.casefold()
    assert "søker" not in told.casefold()
    assert "søkjar" not in told.casefold()
    notice = Consequence.KEEPS not in {no, silence}
    assert not notice or "uttale deg" in told
    assert told.endswith(".")


def test_that_the_consequence_follows_how_often_the_applicant_has_answered_so():
    rule_set = in_force(shipped(), DAY)
    first = refusal_words(rule_set, "nb", {})
    assert first == (
        "Takker du nei eller lar være å svare innen fristen, kan vi tilby boligen til en annen. "
        "Du beholder prioriteten på ventelisten."
    )
    second = refusal_words(rule_set, "nb", {OfferAnswer.NO: 1})
    assert "falle bort" in second
    assert "Svarer du ikke innen fristen" in second
    assert second.endswith("Du beholder prioriteten på ventelisten.")
    assert refusal_words(rule_set, "nn", {OfferAnswer.NO: 1, OfferAnswer.NONE: 3}).count("falle bort") == 1
