"""Headings as ten municipalities write them, in both written forms of Norwegian."""

from __future__ import annotations

import re

import pytest

from boligdesk.services.imports.mapping import recognise
from tests.services.imports.test_rows import check

LISTS = [
    (
        "people",
        (
            "Namn=full_name Fødd=birth_date Fødselsnr.=national_id Bustadadresse=street Postnr.=postcode Poststad=city "
            "Telefonnummer mobil=phone E-postadr.=email Merknadar=note Vergje=guardian_name Sivilstand="
        ),
    ),
    (
        "people",
        (
            "Førenamn=given_name Etternamn=family_name Fødselsår=birth_date Mobilnummer privat=phone Tlf arb.=phone_other "
            "Noverande adresse=street Postnummer/-sted=postcode Brukarnr=external_id Saksnr. Acos=case_number"
        ),
    ),
    (
        "people",
        (
            "Søkjar=full_name Fødselsdato/personnr=national_id Tlf/mobil=phone Gate/husnr.=street Grend=district "
            "Språk/tolk=interpreter_language Registrert den=created_on Kjønn= Alder="
        ),
    ),
    (
        "dwellings",
        (
            "Bustadnr.=unit_number Adresse=street Tal rom=rooms Soverom=bedrooms Storleik m2=area_m2 "
            "Husleige pr. månad=rent_month Ledig frå=available_on Eigarform=ownership Bustadstatus=status"
        ),
    ),
    (
        "dwellings",
        (
            "Vegnamn=street Husnr./bokstav=house_number Leige=rent_month Bustadtype=offer_kind Etg.=floor "
            "Gnr=farm_number Bnr=title_number Fnr=lease_number Snr=section_number Knr=municipality"
        ),
    ),
    (
        "dwellings",
        (
            "Boligens adresse=street BRA i kvm=area_m2 Ant sov=bedrooms Husleie 2026=rent_month Leietaker= Fnr= "
            "Status bolig=status Tilrettelagt for rullestol=wheelchair Byggår=built_year"
        ),
    ),
    (
        "applications",
        (
            "Dato søknad=received_on Søkjar-id=person_ref Søkjer om=asks Status søknad=status Ønskja bydel=district_wish "
            "Høgaste leige=max_rent Behov for antall soverom=need_bedrooms Prioriteringsgruppe=priority"
        ),
    ),
    (
        "applications",
        (
            "Motteken dato=received_on Fnr søker=national_id Type søknad=asks Søkjargruppe=type Trappefri=need_step_free "
            "Maks leige=max_rent Poeng="
        ),
    ),
    (
        "households",
        "Søkjar-id=person_ref Namn=name Fødd=birth_date Tilhøve til søkjar=relation Frå dato=from Barn=",
    ),
    (
        "households",
        "Hushaldnr=household_ref Familiemedlem=name Fnr barn=member_national_id Samvær %=care_share",
    ),
]


def read_pairs(text):
    """«Heading with spaces=field Next=» in pairs."""
    return re.findall(r"(\S[^=]*)=(\w*)", text)


@pytest.mark.parametrize(("kind", "text"), LISTS)
def test_that_the_lists_of_ten_offices_are_recognised(kind, text):
    expected = dict(read_pairs(text))
    mapping = recognise(list(expected), kind)
    assert {column.heading: column.field or "" for column in mapping.columns} == expected
    assert all(column.sure in {"exact", "variant"} for column in mapping.columns if column.field)


def test_that_a_plain_word_for_a_dwelling_is_only_a_guess():
    mapping = recognise(["Bustad", "Leige"], "dwellings")
    assert mapping.fields == ("street", "rent_month")
    assert any("Sjekk at «Bustad»" in note for note in mapping.notes)


def test_that_columns_of_their_own_become_one_cadastral_number():
    headings = ["Adresse", "Knr", "Gnr", "Bnr", "Fnr", "Snr"]
    whole, plain, half, person = check(
        "dwellings",
        headings,
        ["Veien 1", "5501", "124", "56", None, "3"],
        ["Veien 2", None, 124.0, "57", None, None],
        ["Veien 3", "5501", "124", None, None, None],
        ["Veien 4", "5501", "124", "58", "01914796756", None],
    )
    assert str(whole.values["cadastre"]) == "5501-124/56/0/3"
    assert str(plain.values["cadastre"]) == "124/57"
    assert "Kommunenummer mangler" in plain.findings[0].message
    assert "både gårdsnummer og bruksnummer" in half.reasons()
    assert (str(person.values["cadastre"]), person.findings[0].level) == ("5501-124/58", "warning")


def test_that_one_column_with_all_of_it_wins():
    (row,) = check("dwellings", ["Adresse", "Matrikkel", "Gnr", "Bnr"], ["Veien 1", "5501-1/2", "7", "8"])
    assert str(row.values["cadastre"]) == "5501-1/2"


def test_that_nynorsk_words_in_the_cells_are_understood():
    (row,) = check("dwellings", ["Adresse", "Status", "Eigarform"], ["Vegen 1", "Utleigd", "Innleigd"])
    assert (row.values["status"], row.values["ownership"]) == ("utleid", "innleid")
    (name,) = check("people", ["Etternamn og fornamn"], ["Nepe Blid"])
    assert (name.values["given_name"], name.values["family_name"]) == ("Blid", "Nepe")
