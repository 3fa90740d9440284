from __future__ import annotations

import datetime as dt

import pytest

from tests.services.imports.reading import read, refused, value


@pytest.mark.parametrize("written", ["H0203", "h0203", "H 0203", "H-0203", "0203"])
def test_that_a_unit_number_is_read(written):
    assert value("unit_number", written) == "H0203"


@pytest.mark.parametrize("written", ["203", 203, "H203", "X0101", "leil. 4"])
def test_that_a_landlords_number_is_refused_for_a_dwelling_and_left_out_for_a_person(written):
    assert "H0203" in refused("unit_number", written)
    kept = read("unit_number_kept", written)
    assert kept.value is None
    assert kept.warning


def test_that_a_cadastral_number_is_read_with_and_without_municipality():
    assert str(value("cadastre", "5501-124/56/0/3")) == "5501-124/56/0/3"
    short = read("cadastre", "124/56")
    assert short.assumption
    assert (short.value.gnr, short.value.bnr) == (124, 56)
    refused("cadastre", "hundre")
    refused("cadastre", "55-124/56")
    assert "om til en dato" in refused("cadastre", dt.datetime(2025, 5, 12))


def test_that_a_municipality_before_a_slash_is_no_farm_number():
    led = read("cadastre", "5501/124/56")
    assert str(led.value) == "5501-124/56"
    assert "kommunenummer" in led.assumption
    assert str(value("cadastre", "124/56/3")) == "124/56/3"
    assert str(value("cadastre", "9901/12/3")) == "9901/12/3"  # no such county, so it may be a farm
    assert str(value("cadastre", "5501/124/56/0/3")) == "5501-124/56/0/3"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("9008", "9008"),
        (9008, "9008"),
        (1, "0001"),
        ("150", "0150"),
        ("0001", "0001"),
        (9008.0, "9008"),
        ("N-9008", "9008"),
    ],
)
def test_that_a_postcode_has_four_digits_as_text(written, code):
    assert value("postcode", written) == code


def test_that_zeros_put_in_front_are_told_and_a_city_in_the_same_cell_is_used():
    assert "Nuller foran" in read("postcode", 1).assumption
    assert read("postcode", "9008 Eksempelvik").also == (("city", "Eksempelvik"),)


@pytest.mark.parametrize("written", ["99999", "abcd", "SE-123 45", 0, "0000", "-12"])
def test_that_what_is_no_postcode_is_refused(written):
    refused("postcode", written)


def test_that_a_street_is_taken_apart():
    found = read("street", "Eksempelveien 12 b, H0203")
    assert found.value == "Eksempelveien"
    assert dict(found.also) == {"house_number": "12", "letter": "B", "unit_number": "H0203"}
    assert "om til en dato" in refused("house_number", dt.datetime(2025, 3, 5))
    assert read("house_number", "12B").also == (("letter", "B"),)
    assert value("letter", "Oppgang c") == "C"
