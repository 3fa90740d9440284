from __future__ import annotations

import pytest

from boligdesk.services.errors import UserError
from boligdesk.services.imports.mapping import (
    by_hand,
    guess_kind,
    heading_signature,
    parse_mapping,
    recognise,
)

APPLICANT = "id case_no person_no first_name last_name birth_date phone email street postcode city district created_on status"
MEMBER = "id applicant_id name birth_date relation"
DWELLING = "id code street postcode district bedrooms area_m2 rent_month floor lift step_free wheelchair status available_on"
APPLICATION = "id applicant_id received_on priority type status need_bedrooms max_rent need_step_free need_wheelchair district_wish"


def fields(headings, kind):
    return [column.field for column in recognise(headings, kind).columns]


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("people", heading, field)
        for field, headings in {
            "national_id": "Fødselsnr|Fnr.|Personnr|FNR|Fødselsnummer (11 siffer)|Fodselsnummer|Foedselsnr|Fødsels nr|Søkers fødselsnummer|person_no|D-nummer|Fødselsnummmer",
            "phone": "Mob.|Tlf.|TELEFON|Mobilnr|Tlf. nr|Mobil|Telefonnummer:",
            "postcode": "Postnr|Post nr.|POSTNUMMER|postcode",
            "city": "Poststed|Sted",
            "district": "Bydel|Område",
            "full_name": "Navn|Søkers navn|Fullt navn|Etternavn, fornavn",
            "birth_date": "Født|Fødselsdato (dd.mm.åååå)|F.dato",
            "created_on": "Registrert|Reg.dato",
            "protection": "Kode 6/7|Adressesperre|Gradering",
            "email": "E-post|Epost|Mail",
            "written_form": "Målform",
            "guardian_name": "Verge",
            "external_id": "Id|Løpenr|Klientnr",
        }.items()
        for heading in headings.split("|")
    ]
    + [
        ("dwellings", heading, field)
        for field, headings in {
            "area_m2": "Kvm|BRA|Areal (m²)|m2|Bruksareal",
            "bedrooms": "Ant. soverom|antallSoverom|Soverom",
            "rent_month": "Husleie pr. mnd|Leie|Husleie (kr)|Leiekostnad",
            "unit_number": "Bolignr|Leilighetsnr|Bruksenhetsnummer|H-nr",
            "cadastre": "Gnr/Bnr|Matrikkel",
            "rooms": "Antall rom",
            "wheelchair": "erTilgjengeligForRullestolbruker|Rullestol|HC",
            "kobo_id": "koboId",
            "status": "Status",
            "available_on": "Ledig fra",
        }.items()
        for heading in headings.split("|")
    ],
)
def test_that_common_headings_are_recognised(kind, heading, field):
    assert fields([heading], kind) == [field]


@pytest.mark.parametrize(
    "heading",
    [
        "Skostørrelse",
        "",
        "Ektefelles navn",
        "Ektefelle – Navn",
        "Hva må rettes",
        "Saksbehandler",
        "Telefon 3",
    ],
)
def test_that_strange_headings_are_left_alone(heading):
    assert fields([heading], "people") == [None]


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("people", APPLICANT),
        ("people", APPLICANT.removeprefix("id ")),
        ("households", MEMBER),
        ("dwellings", DWELLING),
        ("applications", APPLICATION),
    ],
)
def test_that_the_english_lists_are_known_whole_and_for_what_they_are(kind, headings):
    mapping = recognise(headings.split(), kind)
    assert all(column.sure in {"exact", "variant"} for column in mapping.columns)
    assert mapping.missing() == ()
    assert guess_kind(headings.split()) == kind


def test_that_norwegian_lists_are_told_apart():
    assert guess_kind(["Navn", "Fnr", "Mob.", "Adresse"]) == "people"
    assert guess_kind(["Adresse", "Bolignr", "Kvm", "Husleie"]) == "dwellings"
    assert guess_kind(["Hovedpersonens fødselsnummer", "Navn", "Relasjon"]) == "households"
    assert guess_kind(["Fnr", "Søknadsdato", "Maks leie"]) == "applications"
    assert guess_kind(["Kake", "Kaffe"]) is None


def test_that_two_columns_never_fill_one_field():
    mapping = recognise(["Adr", "Gateadresse"], "people")
    assert mapping.fields == (None, "street")
    assert mapping.notes == ("Kolonnen «Adr» er ikke tatt med, fordi «Gateadresse» er brukt i stedet.",)


def test_that_a_second_telephone_gets_its_own_field():
    mapping = recognise(["Mobil", "Telefon"], "people")
    assert mapping.fields == ("phone_other", "phone")


def test_that_group_headings_tell_whose_value_it_is():
    mapping = recognise(
        ["Søker – Navn", "Søker – Tlf", "Verge – Navn", "Verge – Tlf", "Adresse – Postnr"], "people"
    )
    assert mapping.fields == ("full_name", "phone", "guardian_name", "guardian_phone", "postcode")


def test_that_guesses_and_unknown_columns_are_told():
    mapping = recognise(["Navn", "Fødselnummer", "Skostørrelse"], "people")
    assert mapping.columns[1].sure == "guess"
    assert mapping.notes == (
        "Sjekk at «Fødselnummer» er riktig kolonne.",
        "Ikke kjent igjen og ikke tatt med: «Skostørrelse».",
    )


def test_that_missing_columns_are_told_with_what_would_do_instead():
    missing = recognise(["Mobil"], "people").missing()
    assert [spec.name for spec in missing] == ["family_name"]
    assert recognise(["Navn"], "people").missing() == ()


def test_that_a_mapping_by_hand_is_taken_as_it_is():
    mapping = by_hand({"Kake": "full_name", "mobil ": "phone"}, ["Navn", "Kake", "Mobil"], "people")
    assert mapping.fields == (None, "full_name", "phone")
    assert mapping.as_json() == {"Kake": "full_name", "Mobil": "phone"}


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"Navn": "fullname"}, "Mente du «full_name»"),
        ({"Navn": "Fnr"}, "Mente du «national_id»"),
        ({"Navn": "xyz"}, "import fields people"),
        ({"Kake": "full_name"}, "finnes ikke i fila. Fila har disse kolonnene: Navn, Alias."),
        ({"Navn": "full_name", "Alias": "full_name"}, "To kolonner"),
    ],
)
def test_that_a_wrong_mapping_is_refused_with_a_hint(chosen, words):
    with pytest.raises(UserError) as caught:
        by_hand(chosen, ["Navn", "Alias"], "people")
    assert words in caught.value.line()
    assert "Ingenting er hentet inn." in caught.value.line()


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"a": 1}', '"x"', "[" * 100_000])
def test_that_a_damaged_mapping_file_is_refused(text):
    with pytest.raises(UserError, match="Koblingsfila"):
        parse_mapping(text)


def test_that_the_signature_is_the_same_for_the_same_headings():
    one = heading_signature(["Navn", "Fnr.", "Mobil"])
    assert one == heading_signature(["fnr", "MOBIL", "Hva må rettes", "navn", "Rad i forrige fil"])
    assert one != heading_signature(["Navn", "Fnr."])


def test_that_a_plain_number_is_the_members_where_the_household_has_an_id():
    assert fields(["Husstandsnr", "Navn", "Fnr", "Relasjon"], "households") == [
        "household_ref",
        "name",
        "member_national_id",
        "relation",
    ]
    assert fields(["Fnr", "Navn", "Relasjon"], "households") == ["national_id", "name", "relation"]
    assert fields(["Søkers fnr", "Husstandsnr", "Navn"], "households") == [
        "national_id",
        "household_ref",
        "name",
    ]
