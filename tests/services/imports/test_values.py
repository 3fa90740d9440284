from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.services.imports.fields import KINDS, fields_of
from boligdesk.services.imports.table import ErrorCell, FormulaCell
from boligdesk.services.imports.values import Parsed, Problem, parse, parsers
from tests.services.imports.reading import TODAY, read, refused, value


@pytest.mark.parametrize(
    "written", ["Ja", "JA", "j", "x", "X", "1", 1, 1.0, True, "true", "sann", "✓", " ja "]
)
def test_that_yes_is_yes(written):
    assert value("yes_no", written) is True


@pytest.mark.parametrize("written", ["Nei", "n", "0", 0, False, "false", "usann", "NEI."])
def test_that_no_is_no(written):
    assert value("yes_no", written) is False


@pytest.mark.parametrize("written", ["-", "?", "vet ikke", "Vet ikke", "ukjent", "ikke sjekket"])
def test_that_unknown_is_not_no(written):
    assert value("yes_no", written) is None


def test_that_a_text_after_the_answer_is_told_and_other_text_is_refused():
    found = read("yes_no", "Ja, fra bakgården")
    assert found.value is True
    assert found.assumption
    refused("yes_no", "delvis")
    refused("yes_no", 2)


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        ("dwelling_status", "vacant", "ledig"), ("dwelling_status", "occupied", "utleid"), ("dwelling_status", "renovation", "under_utbedring"),
        ("dwelling_status", "reserved", "reservert"), ("dwelling_status", "Under utbedring", "under_utbedring"), ("dwelling_status", "LEDIG", "ledig"),
        ("person_status", "Aktiv", "aktiv"), ("person_status", "avsluttet", "avsluttet"), ("application_status", "queue", "venteliste"),
        ("applicant_type", "ordinær", "ordinar"), ("offer_kind", "Ordinær, spredt", "ordinar_spredt"), ("ownership", "Innleid", "innleid"),
        ("relation", "ektefelle", "partner"), ("relation", "Datter", "barn"), ("channel", "E-post", "digital"), ("written_form", "nynorsk", "nn"),
    ],
)  # fmt: skip
def test_that_words_become_codes(kind, written, code):
    assert value(kind, written) == code


def test_that_an_unknown_word_is_refused_with_the_words_that_are_known_and_not_quoted():
    message = refused("dwelling_status", "Klok Hest")
    assert "under utbedring" in message
    assert "Hest" not in message


def test_that_a_sort_of_house_is_no_kind_of_offer():
    found = read("offer_kind", "Leilighet")
    assert found.value is None
    assert found.warning


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("kode 6", 2),
        (6, 2),
        ("Kode 7", 1),
        (7, 1),
        ("fortrolig", 1),
        ("Strengt fortrolig", 2),
        ("STRENGT_FORTROLIG_UTLAND", 3),
        ("nei", 0),
        ("UGRADERT", 0),
        (False, 0),
        ("-", 0),
    ],
)
def test_that_protection_becomes_a_level(written, level):
    assert value("protection", written) == level


@pytest.mark.parametrize("written", ["ja", "x", True, "sperret", 5, "?", "ukjent"])
def test_that_an_unclear_protection_is_never_guessed(written):
    assert "ingenting blir synlig" in refused("protection", written)


def test_that_several_wishes_may_stand_together():
    assert value("asks", "Bytte og bistand") == ("bytte", "bistand")
    refused("asks", "noe annet")


def test_that_every_field_has_a_parser():
    kinds = {spec.value_kind for kind in KINDS for spec in fields_of(kind)}
    assert kinds <= set(parsers())


@pytest.mark.parametrize("kind", sorted({spec.value_kind for kind in KINDS for spec in fields_of(kind)}))
def test_that_formulas_without_result_and_error_cells_are_refused(kind):
    assert "formel" in refused(kind, FormulaCell())
    assert "feil i regnearket" in refused(kind, ErrorCell("#REF!"))


CELLS = st.one_of(
    st.text(max_size=60), st.integers(-(10**12), 10**12), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.sampled_from(["٣", "²", "1/2", "=1+1", "-", "'", "\x00", "+", "kr", ",-", "%", "H", "3-", "@", "<>", "1.1.1"]),
)  # fmt: skip


@given(st.sampled_from(sorted({spec.value_kind for kind in KINDS for spec in fields_of(kind)})), CELLS)
def test_that_no_cell_breaks_a_parser(kind, cell):
    found = parse(kind, cell, TODAY)
    assert isinstance(found, Parsed | Problem)
