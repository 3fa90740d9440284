from __future__ import annotations

import pytest

from boligdesk.services.imports.values import Parsed
from tests.services.imports.reading import read, refused, value


def test_that_a_good_number_is_taken_without_a_word():
    assert read("national_id", "019147 96756") == Parsed("01914796756")


def test_that_a_lost_zero_comes_back():
    found = read("national_id", 1914796756)
    assert found.value == "01914796756"
    assert "null er satt foran" in found.assumption
    assert found.warning is None


def test_that_a_number_that_fails_its_check_is_taken_with_a_warning():
    found = read("national_id", "19849428145")
    assert found.value == "19849428145"
    assert found.warning


def test_that_only_new_rule_numbers_are_good():
    assert read("national_id", "30108299939").warning is None


@pytest.mark.parametrize("written", ["150388", "150388*****", "15038"])
def test_that_half_a_number_is_left_out_with_a_warning(written):
    found = read("national_id", written)
    assert found.value is None
    assert found.warning


@pytest.mark.parametrize("written", ["kommer senere", "1,91E+09", "123456789012345", "٠١٩١٤٧٩٦٧٥٦", "12"])
def test_that_what_is_no_number_is_refused(written):
    refused("national_id", written)


def test_that_another_register_number_is_taken_with_a_warning():
    assert read("national_id", "201234567890").warning


@pytest.mark.parametrize(
    ("written", "number"),
    [("68 05 00 01", "68050001"), (68050001, "68050001"), ("+47 68 05 00 01", "68050001"), ("0047 680 50 001", "68050001"),
     ("4768050001", "68050001"), ("+46 70 123 45 67", "+46701234567"), ("'+47 68050001", "68050001"), (68050001.0, "68050001")],
)  # fmt: skip
def test_that_a_telephone_number_is_read(written, number):
    assert read("phone", written) == Parsed(number)


@pytest.mark.parametrize("written", ["04387231", "00387231"])
def test_that_a_number_with_zero_first_is_kept_with_a_warning(written):
    found = read("phone", written)
    assert found.value == written
    assert "begynner med 0" in found.warning


def test_that_a_second_number_goes_to_its_own_field():
    found = read("phone", "68050001 / 68050002")
    assert found.value == "68050001"
    assert found.also == (("phone_other", "68050002"),)
    assert read("phone", "68050001, 68050002, 68050003").warning


def test_that_text_with_a_number_is_kept_and_text_without_is_refused():
    assert read("phone", "ring mor 68050001").warning
    refused("phone", "hemmelig")
    assert read("phone", 6805000).warning


def test_that_mail_addresses_are_read():
    assert value("email", "blid.nepe@eksempel.invalid") == "blid.nepe@eksempel.invalid"
    assert value("email", "Blid Nepe <blid@eksempel.invalid>") == "blid@eksempel.invalid"
    assert value("email", "mailto:blid@eksempel.invalid") == "blid@eksempel.invalid"
    assert read("email", "blid@eksempel").warning
    refused("email", "har ikke")


@pytest.mark.parametrize(
    ("written", "given_name", "family_name"),
    [("Nepe, Blid", "Blid", "Nepe"), ("Blid Nepe", "Blid", "Nepe"), ("Blid Lys Nepe", "Blid Lys", "Nepe"),
     ("Blid van der Nepe", "Blid", "van der Nepe"), ("Nepe", "", "Nepe"), ("Nepe,", "", "Nepe"), ("  Blid   Nepe ", "Blid", "Nepe")],
)  # fmt: skip
def test_that_a_whole_name_is_split_and_says_so(written, given_name, family_name):
    found = read("full_name", written)
    assert dict(found.also) == {"given_name": given_name, "family_name": family_name}
    assert found.assumption


def test_that_markup_in_a_name_stays_text_with_a_warning():
    found = read("name", "<script>alert(1)</script>Nepe")
    assert found.value == "<script>alert(1)</script>Nepe"
    assert found.warning


def test_that_hidden_characters_go_and_are_told():
    assert read("name", "Ne\u202epe\x07").value == "Nepe"
    assert read("name", "Ne\x00pe").warning == "Teksten har skjulte tegn. De er tatt bort."


def test_that_a_name_from_right_to_left_is_kept_with_a_hint():
    found = read("name", "محمد")
    assert found.value == "محمد"
    assert "latinsk" in found.warning


@pytest.mark.parametrize("name", ["Bjørk", "Ærling-Åsen", "O'Nepe", "Łukasz", "Đặng", "Čáhppe"])
def test_that_latin_names_with_marks_need_no_warning(name):
    assert read("name", name) == Parsed(name)


def test_that_an_endless_name_is_refused():
    assert "for langt" in refused("name", "N" * 100_000)
    refused("full_name", "N " * 50_000)
    refused("text", "N" * 100_000)
    refused("long_text", "N" * 100_000)
    refused("reference", "N" * 100_000)


def test_that_a_cell_without_letters_is_no_name():
    refused("name", "12345")
    refused("name", "\u202e\u200f")


@pytest.mark.parametrize(
    "written",
    [
        "tlf 68050001",
        "Mob: 680 50 001",
        "Tlf.: +47 68 05 00 01",
        "mobiltlf. 68050001",
        "68050001 (mob)",
        "68050001 priv.",
    ],
)
def test_that_the_word_beside_a_telephone_number_is_no_part_of_it(written):
    found = read("phone", written)
    assert (found.value, found.warning) == ("68050001", None)


def test_that_other_words_beside_a_telephone_number_are_kept():
    assert read("phone", "tlf mor 68050001").warning
    assert value("phone", "mob. 68050001, arb 68050002") == "68050001"
    assert read("phone", "mob. 68050001, arb 68050002").also == (("phone_other", "68050002"),)


def test_that_no_is_no_language_and_yes_does_not_say_which():
    assert (value("interpreter", "Nei"), value("interpreter", "norsk")) == (None, None)
    assert value("interpreter", "arabisk") == "arabisk"
    assert read("interpreter", "Ja").warning
