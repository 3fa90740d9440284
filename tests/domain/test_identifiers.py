from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.identifiers import (
    KINDS,
    check,
    check_all,
    check_person_number,
    first_six,
    is_kid,
    mask_fodselsnummer,
    normalise,
    parse_matrikkelnummer,
)
from boligdesk.domain.mod11 import (
    FIRST_PERSON_WEIGHTS,
    ORGANISATION_WEIGHTS,
    SECOND_PERSON_WEIGHTS,
    control_digit,
    kid_control,
    luhn_digit,
    weighted_sum,
)

BOTH, NEW = "both", "2032"
PERSON_VECTORS = [
    ("02013299997", "fodselsnummer", BOTH, False),
    ("30108299920", "fodselsnummer", BOTH, False),
    ("30108299939", "fodselsnummer", NEW, False),
    ("02013299903", "fodselsnummer", NEW, False),
    ("02013299806", "fodselsnummer", BOTH, False),
    ("01914796756", "fodselsnummer", BOTH, True),
    ("02838897382", "fodselsnummer", BOTH, True),
    ("02898597531", "fodselsnummer", BOTH, True),
    ("28873847516", "fodselsnummer", BOTH, True),
    ("14884894736", "fodselsnummer", BOTH, True),
    ("13097248022", "fodselsnummer", BOTH, False),
    ("29029648784", "fodselsnummer", BOTH, False),
    ("29020075838", "fodselsnummer", BOTH, False),
    ("15021951940", "fodselsnummer", BOTH, False),
    ("53097248016", "d-number", BOTH, False),
    ("13527248013", "h-number", BOTH, False),
    ("10915596784", "fodselsnummer", BOTH, True),
    ("68467038838", "d-number", BOTH, False),
    ("50846202355", "d-number", BOTH, True),
    ("41664061188", "d-number", BOTH, True),
    ("24417138435", "h-number", BOTH, False),
    ("16526295130", "h-number", BOTH, False),
    ("12096342568", "fodselsnummer", BOTH, False),
    ("12113019024", "fodselsnummer", BOTH, False),
    ("14117821758", "fodselsnummer", BOTH, False),
]
OTHER_VALID = [
    *(
        (number, "organisasjonsnummer")
        for number in ("940101808", "988077917", "995525828", "974760673", "981566378")
    ),
    *((number, "kontonummer") for number in ("47501946504", "86011117947", "97104133219", "99990000006")),
    *((number, "kid") for number in ("2345676", "0000001230", "0000012344", "01290865")),
    *((number, "kid") for number in ("0000001236", "0000012343", "1000005-")),
    *((number, "bruksenhetsnummer") for number in ("H0101", "H0203", "U0101", "K0101", "L0101")),
    ("5501-124/56/0/3", "matrikkelnummer"),
    *((number, "postnummer") for number in ("9008", "9299", "0001")),
]
OTHER_INVALID = [
    ("123456789", "organisasjonsnummer"),
    ("86011117949", "kontonummer"),
    ("00000000000", "kontonummer"),
    ("2345674", "kid"),
    ("100030", "kid"),
    ("H203", "bruksenhetsnummer"),
    ("X0101", "bruksenhetsnummer"),
]


@pytest.mark.parametrize(("value", "kind", "scheme", "synthetic"), PERSON_VECTORS)
def test_that_known_person_numbers_are_read_as_published(value, kind, scheme, synthetic):
    found = check(value)
    assert (found.kind, found.valid, found.scheme, found.synthetic) == (kind, True, scheme, synthetic)
    assert check(value, kind) == found
    assert check_person_number(value) == found


@pytest.mark.parametrize("value", ["13097248032", "13097248023", "12345678910"])
def test_that_known_wrong_person_numbers_are_called_wrong(value):
    found = check(value)
    assert (found.kind, found.valid, found.scheme) == ("fodselsnummer", False, None)
    assert found.reasons


@pytest.mark.parametrize(("value", "kind"), OTHER_VALID)
def test_that_known_numbers_are_valid_with_and_without_a_stated_kind(value, kind):
    assert (check(value).kind, check(value).valid) == (kind, True)
    assert (check(value, kind).kind, check(value, kind).valid) == (kind, True)
    assert check(value).scheme is None


def test_that_an_eleven_digit_kid_is_read_as_the_account_number_it_also_is():
    assert check("12345678903").kind == "kontonummer"
    assert check("12345678903", "kid").valid


@pytest.mark.parametrize(("value", "kind"), OTHER_INVALID)
def test_that_known_wrong_numbers_are_invalid_and_say_why(value, kind):
    for found in (check(value), check(value, kind)):
        assert (found.kind, found.valid) == (kind, False)
        assert found.reasons
        assert all(value not in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("4750 19 46504", "kontonummer"),
        ("4750.19.46504", "kontonummer"),
        ("4750\u00a019\u00a046504", "kontonummer"),
        ("019147 96756", "fodselsnummer"),
        ("019147-96756", "fodselsnummer"),
        ("940 101 808", "organisasjonsnummer"),
        ("NO 940 101 808 MVA", "organisasjonsnummer"),
        ("h 0203", "bruksenhetsnummer"),
        ("5501 gnr. 124 bnr. 56", "matrikkelnummer"),
        ("124/56", "matrikkelnummer"),
        ("\u200e01914796756\u200b", "fodselsnummer"),
    ],
)
def test_that_numbers_are_read_as_people_write_them(value, kind):
    assert check(value).kind == kind
    assert check(value).value == value


@pytest.mark.parametrize(
    "value", ["", "   ", "abc", "12", "1" * 26, "x" * 100_000, "٠١٢٣٤٥٦٧٨٩٠", "²345676", "\u200b"]
)
def test_that_what_is_no_number_is_unknown(value):
    found = check(value)
    assert (found.kind, found.valid) == ("unknown", False)
    assert found.reasons


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", ["", "abc", "-", "x" * 100_000, "1-2-3", "🙂"])
def test_that_a_forced_kind_answers_for_any_text(kind, value):
    found = check(value, kind)
    assert (found.kind, found.valid) == (kind, False)
    assert found.reasons


def test_that_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        check("1", "passport")


def test_that_a_d_number_is_not_accepted_as_a_fodselsnummer():
    assert not check("53097248016", "fodselsnummer").valid
    assert not check("13097248022", "d-number").valid


def test_that_a_number_starting_with_eight_or_nine_is_no_person_number():
    found = check("86011117947", "fodselsnummer")
    assert not found.valid
    assert "FH-nummer" in found.reasons[0]


def test_that_an_impossible_date_is_not_excused_by_right_control_digits():
    assert not check(_person("310299", "123"), "fodselsnummer").valid
    assert not check(_person("290201", "124"), "fodselsnummer").valid
    assert check(_person("290200", "123"), "fodselsnummer").valid


def test_that_synthetic_numbers_without_check_digits_are_still_seen_as_synthetic():
    found = check("019147 96757")
    assert (found.kind, found.valid, found.synthetic) == ("fodselsnummer", False, True)


def test_that_a_cadastre_number_needs_its_municipality():
    assert "Kommunenummeret mangler" in check("124/56").reasons[0]
    assert not check("550-124/56").valid
    assert str(parse_matrikkelnummer("5501 – 124 / 56/0/3")) == "5501-124/56/0/3"
    assert str(parse_matrikkelnummer("gnr 124, bnr 56, snr 3")) == "124/56/0/3"
    assert parse_matrikkelnummer("Storgata 12") is None


def test_that_a_municipality_with_a_slash_behind_is_read_as_one_and_told():
    assert str(parse_matrikkelnummer("5501/124/56")) == "5501-124/56"
    assert str(parse_matrikkelnummer("0301 / 124 / 56 / 0 / 3")) == "0301-124/56/0/3"
    assert str(parse_matrikkelnummer("124/56/3")) == "124/56/3"
    led = check("5501/124/56")
    assert (led.kind, led.valid) == ("matrikkelnummer", True)
    assert "kommunenummer" in led.reasons[0]
    assert check("5501-124/56").reasons == ()


def test_that_masking_shows_the_date_and_nothing_else():
    assert mask_fodselsnummer("15038812345") == "150388 •••••"
    assert mask_fodselsnummer("150388 12345") == "150388 •••••"
    assert mask_fodselsnummer("1503881234") == "•••••"
    assert mask_fodselsnummer("") == ""
    assert first_six("150388-12345") == "150388"
    assert first_six("H0203") == ""


def test_that_every_value_gets_one_answer_in_order():
    assert [found.kind for found in check_all(["9008", "H0203", "?"])] == [
        "postnummer",
        "bruksenhetsnummer",
        "unknown",
    ]


# -- built from the rule -------------------------------------------------------------------------------------


def _person(date_part: str, individual: str, remainder: int = 0) -> str:
    """A number whose first control digit leaves the remainder; walks the individual digits to one that exists."""
    for step in range(1000):
        nine = date_part + f"{(int(individual) + step) % 1000:03d}"
        first = (remainder - weighted_sum(nine, FIRST_PERSON_WEIGHTS)) % 11
        second = control_digit(f"{nine}{first}", SECOND_PERSON_WEIGHTS) if first < 10 else 10
        if second < 10:
            return f"{nine}{first}{second}"
    raise AssertionError


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


GOOD_REMAINDERS = st.integers(0, 3)


@st.composite
def person_numbers(draw, remainders=GOOD_REMAINDERS):
    day = draw(DAYS)
    d_number = draw(st.booleans())
    offset = draw(st.sampled_from((0, 40, 65, 80)))
    remainder = draw(remainders)
    date_part = f"{day.day + 40 * d_number:02d}{day.month + offset:02d}{day.year % 100:02d}"
    number = _person(date_part, f"{draw(st.integers(0, 999)):03d}", remainder)
    kind = "d-number" if d_number else "h-number" if offset == 40 else "fodselsnummer"
    return number, kind, remainder, offset


@given(person_numbers())
def test_that_every_number_built_by_the_rule_is_valid(built):
    number, kind, remainder, offset = built
    found = check(number)
    assert (found.kind, found.valid) == (kind, True)
    assert found.scheme == ("2032" if remainder else "both")
    assert found.synthetic == (offset in {65, 80})


@given(person_numbers(remainders=st.integers(4, 10)))
def test_that_other_remainders_are_not_a_person_number(built):
    number, kind, _remainder, _offset = built
    assert not check(number, kind).valid
    assert check(number).kind == "kontonummer"


@given(person_numbers(remainders=st.just(0)), st.integers(0, 10), st.integers(1, 9))
def test_that_one_wrong_digit_is_caught_by_the_second_control_digit(built, place, change):
    number, *_ = built
    wrong = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    assert not any(check(wrong, other).valid for other in ("fodselsnummer", "d-number", "h-number"))


@given(st.integers(10_000_000, 99_999_999))
def test_that_every_organisation_number_built_by_the_rule_is_valid(body):
    control = control_digit(str(body), ORGANISATION_WEIGHTS)
    assert check(f"{body}0").valid == (control == 0)
    if control < 10:
        assert check(f"{body}{control}").valid
        assert not check(f"{body}{(control + 1) % 10}").valid


@given(st.text("0123456789", min_size=10, max_size=10).filter(lambda digits: digits.strip("0")))
def test_that_every_account_number_built_by_the_rule_is_valid(body):
    control = control_digit(body, SECOND_PERSON_WEIGHTS)
    if control < 10:
        assert check(f"{body[:4]} {body[4:6]} {body[6:]}{control}").kind == "kontonummer"
        assert check(f"{body}{control}", "kontonummer").valid
        assert not check(f"{body}{(control + 5) % 10}", "kontonummer").valid


@given(st.text("0123456789", min_size=3, max_size=24).filter(lambda digits: digits.strip("0")))
def test_that_a_kid_with_either_control_character_is_valid(body):
    assert is_kid(body + luhn_digit(body))
    assert is_kid(body + kid_control(body))
    wrong = [digit for digit in "0123456789-" if digit not in {luhn_digit(body), kid_control(body)}]
    assert not any(is_kid(body + control) for control in wrong)


@given(st.text(max_size=90))
def test_that_any_text_gets_a_plain_answer(text):
    found = check(text)
    assert found.value == text
    assert found.kind in {*KINDS, "unknown"}
    assert found.valid or found.reasons
    assert (found.scheme is None) or found.valid
    assert normalise(normalise(text)) == normalise(text)


@given(DAYS)
def test_that_the_date_check_agrees_with_the_calendar(day):
    number = _person(f"{day:%d%m%y}", "500")
    assert check(number, "fodselsnummer").valid
    after = day + timedelta(days=1)
    if after.day == 1 and day.day < 31 and not (day.month == 2 and day.day == 28):
        assert not check(_person(f"{day.day + 1:02d}{day:%m%y}", "500"), "fodselsnummer").valid
