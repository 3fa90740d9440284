from __future__ import annotations

import pytest

from boligdesk.services.errors import UserError
from boligdesk.services.imports.fields import KINDS, field_of, fields_of
from boligdesk.services.imports.headings import key, known_keys

PROMISED = {
    "people": "case_number national_id given_name family_name birth_date phone email street postcode city district "
    "created_on status external_id middle_name full_name written_form interpreter_language protection note "
    "house_number care_of country guardian_name representative",
    "dwellings": "code street house_number letter entrance unit_number postcode city district building offer_kind ownership rooms "
    "bedrooms area_m2 rent_month floor lift step_free wheelchair wide_door bath pets status available_on cadastre "
    "built_year kobo_id fdv_id note external_id",
    "households": "external_id person_ref national_id household_ref name given_name family_name birth_date relation "
    "member_national_id care_share from to expected_on",
    "applications": "external_id person_ref national_id case_number received_on asks type priority status need_bedrooms "
    "max_rent need_step_free need_wheelchair district_wish channel note",
}


@pytest.mark.parametrize("kind", KINDS)
def test_that_the_promised_field_names_are_there_once(kind):
    names = [spec.name for spec in fields_of(kind)]
    assert len(names) == len(set(names))
    assert set(PROMISED[kind].split()) <= set(names)


@pytest.mark.parametrize("kind", KINDS)
def test_that_labels_are_different_and_norwegian_headings_point_to_one_field(kind):
    labels = [key(spec.label) for spec in fields_of(kind)]
    assert len(labels) == len(set(labels))
    owner = {}
    for spec in fields_of(kind):
        for heading in spec.headings:
            assert owner.setdefault(key(heading), spec.name) == spec.name, heading
    assert all(known_keys(kind).values())


@pytest.mark.parametrize("kind", KINDS)
def test_that_every_alternative_to_a_required_field_exists(kind):
    for spec in fields_of(kind):
        for name in spec.or_else:
            assert field_of(kind, name)


def test_that_an_unknown_kind_is_answered_with_the_kinds_there_are():
    with pytest.raises(UserError) as caught:
        fields_of("cars")
    assert "dwellings, people, households, applications" in caught.value.line()
