from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.services.errors import UserError
from boligdesk.services.imports.mapping import by_hand, recognise
from boligdesk.services.imports.rows import check_rows, differs
from boligdesk.services.imports.table import ErrorCell, FormulaCell, SourceRow, SourceTable

TODAY = dt.date(2026, 6, 30)


def table(headings, *rows):
    numbered = tuple(SourceRow(number, tuple(row)) for number, row in enumerate(rows, start=2))
    return SourceTable("liste.csv", "", (), tuple(headings), numbered, (), "0" * 64, 1)


def check(kind, headings, *rows, mapping=None):
    source = table(headings, *rows)
    return list(check_rows(source, mapping or recognise(headings, kind), kind, TODAY))


def levels(row):
    return [finding.level for finding in row.findings]


def test_that_a_good_row_becomes_values_without_findings():
    (row,) = check(
        "people",
        ["Fornavn", "Etternavn", "Fnr", "Født", "Mobil", "Adresse", "Postnr"],
        ["Blid", "Nepe", "01914796756", "01.11.1947", "68 05 00 01", "Eksempelveien 12 B", "9008"],
    )
    assert row.findings == ()
    assert row.row_no == 2
    assert row.values == {
        "given_name": "Blid",
        "family_name": "Nepe",
        "national_id": "01914796756",
        "birth_date": dt.date(1947, 11, 1),
        "phone": "68050001",
        "street": "Eksempelveien",
        "house_number": "12",
        "letter": "B",
        "postcode": "9008",
    }


def test_that_an_empty_cell_is_not_a_value_and_unknown_is():
    (row,) = check("dwellings", ["Adresse", "Heis", "Trinnfri"], ["Eksempelveien 1", None, "?"])
    assert "lift" not in row.values
    assert row.values["step_free"] is None


def test_that_a_row_with_an_error_is_rejected_and_says_where_and_why():
    (row,) = check("people", ["Navn", "Født"], ["Blid Nepe", "31.02.2025"])
    assert row.is_rejected
    assert row.reasons() == "Født: Datoen finnes ikke i kalenderen."
    assert row.findings[0].field == "birth_date"


def test_that_warnings_and_assumptions_do_not_reject():
    (row,) = check("people", ["Navn", "Fnr"], ["Blid Nepe", "19849428145"])
    assert not row.is_rejected
    assert levels(row) == ["warning", "assumed"]


def test_that_a_missing_name_rejects_once():
    rows = check("people", ["Navn", "Mobil"], [None, "68050001"], ["12345", "68050002"])
    assert [len([f for f in row.findings if f.level == "error"]) for row in rows] == [1, 1]
    assert rows[0].reasons() == "Mangler «Etternavn» eller «Navn» eller «Fornavn»."


def test_that_a_column_of_its_own_wins_over_what_another_cell_also_says():
    (row,) = check(
        "people", ["Navn", "Etternavn", "Adresse", "Husnr"], ["Blid Lys Nepe", "Lys Nepe", "Veien 1", "3"]
    )
    assert row.values["family_name"] == "Lys Nepe"
    assert row.values["house_number"] == "3"


def test_that_the_heading_tells_the_order_of_a_name():
    (row,) = check(
        "people",
        ["Etternavn Fornavn"],
        ["Nepe Blid"],
        mapping=by_hand({"Etternavn Fornavn": "full_name"}, ["Etternavn Fornavn"], "people"),
    )
    assert (row.values["given_name"], row.values["family_name"]) == ("Blid", "Nepe")


def test_that_the_same_row_twice_is_told_and_taken_once():
    rows = check("people", ["Id", "Navn"], ["1", "Blid Nepe"], ["1", "Blid Nepe"])
    assert rows[0].same_as is None
    assert rows[1].same_as == 2
    assert not rows[1].is_rejected


def test_that_rows_that_differ_only_in_writing_are_one():
    headings = ["Kode", "Adresse", "Rom", "Leie"]
    rows = check(
        "dwellings", headings, ["B1", "Veien 1", "3-roms", "9 840,50"], ["B1", "Veien 1", "3", "9840,50"]
    )
    assert rows[1].same_as == 2
    assert not rows[1].is_rejected
    assert rows[1].findings[0].message == "Sier det samme som rad 2. Den tas bare med én gang."
    other = check(
        "dwellings", headings, ["B1", "Veien 1", "3-roms", "9 840,50"], ["B1", "Veien 1", "3", "9841"]
    )
    assert "resten er ulikt" in other[1].reasons()


@pytest.mark.parametrize(
    ("kind", "headings", "first", "second"),
    [
        ("people", ["Id", "Navn"], ["1", "Blid Nepe"], ["1", "Klok Hest"]),
        ("people", ["Fnr", "Navn"], ["01914796756", "Blid Nepe"], ["1914796756", "Blid O. Nepe"]),
        ("dwellings", ["Kode", "Adresse"], ["B1", "Veien 1"], ["B1", "Veien 2"]),
        ("applications", ["Id", "Person-id", "Mottatt"], ["1", "7", "01.02.2026"], ["1", "7", "02.02.2026"]),
    ],
)
def test_that_the_same_key_with_other_content_rejects_the_second(kind, headings, first, second):
    rows = check(kind, headings, first, second)
    assert not rows[0].is_rejected
    assert "Samme verdi som i rad 2" in rows[1].reasons()


def test_that_a_rejected_row_does_not_stand_in_the_way_of_the_good_one():
    rows = check(
        "people", ["Id", "Navn", "Født"], ["1", "Blid Nepe", "31.02.2025"], ["1", "Blid Nepe", "28.02.2025"]
    )
    assert [row.is_rejected for row in rows] == [True, False]


def test_that_likely_repeats_are_only_warned_about():
    rows = check(
        "people", ["Id", "Navn", "Født"], ["1", "Blid Nepe", "01.02.1990"], ["2", "Nepe, Blid", "01.02.1990"]
    )
    assert not rows[1].is_rejected
    assert "Ligner på rad 2" in rows[1].findings[0].message


def test_that_two_flats_at_one_address_are_not_repeats():
    rows = check(
        "dwellings", ["Kode", "Adresse", "Bolignr"], ["B1", "Veien 1", "H0101"], ["B2", "Veien 1", "H0102"]
    )
    assert rows[1].findings == ()


def test_that_a_child_may_be_in_two_households():
    rows = check(
        "households",
        ["Hovedperson-id", "Navn", "Fnr medlem", "Relasjon"],
        ["1", "Lys Nepe", "14884894736", "barn"],
        ["2", "Lys Nepe", "14884894736", "barn"],
    )
    assert not any(row.is_rejected for row in rows)


def test_that_an_expected_child_needs_no_name():
    (row,) = check("households", ["Hovedperson-id", "Navn", "Termin"], ["1", None, "01.11.2026"])
    assert not row.is_rejected


def test_that_formulas_without_result_and_errors_reject_the_row():
    rows = check(
        "dwellings", ["Adresse", "Leie"], ["Veien 1", FormulaCell()], ["Veien 2", ErrorCell("#REF!")]
    )
    assert all(row.is_rejected for row in rows)


def test_that_a_missing_required_column_stops_before_the_first_row():
    with pytest.raises(UserError, match=r"Fant ingen kolonne for «Gateadresse»"):
        check_rows(table(["Kode"], ["B1"]), recognise(["Kode"], "dwellings"), "dwellings", TODAY)


def test_that_a_birth_date_beside_another_number_is_warned_about():
    (row,) = check("people", ["Navn", "Fnr", "Født"], ["Blid Nepe", "01914796756", "02.11.1947"])
    assert levels(row) == ["warning", "assumed"]
    assert not differs("41914796756", dt.date(1947, 11, 1))
    assert not differs("01514796756", dt.date(2047, 11, 1))


def test_that_the_rest_of_the_column_tells_a_share_from_a_percent():
    headings = ["Hovedperson-id", "Navn", "Samvær prosent"]
    shares = check("households", headings, ["1", "Lys Nepe", "0,5"], ["1", "Rask Nepe", "0,4"])
    assert [row.values["care_share"] for row in shares] == [50, 40]
    assert levels(shares[0])[-1] == "assumed"
    mixed = check("households", headings, ["1", "Lys Nepe", "0,5"], ["1", "Rask Nepe", "40"])
    assert [row.is_rejected for row in mixed] == [True, False]


def test_that_a_period_cannot_end_before_it_begins():
    (row,) = check(
        "households", ["Person-id", "Navn", "Fra", "Til"], ["1", "Lys Nepe", "01.02.2026", "01.01.2026"]
    )
    assert row.reasons() == "Til: «Til» er før «Fra»."


def test_that_no_message_quotes_what_stood_in_the_cell():
    odd = "Hemmelig Hest 68050001"
    headings = ["Navn", "Fnr", "Født", "Mobil", "E-post", "Postnr", "Status", "Adressesperre", "Målform"]
    (row,) = check("people", headings, [odd] * len(headings))
    assert row.is_rejected
    assert all(
        "Hest" not in finding.message and "68050001" not in finding.message for finding in row.findings
    )


def test_that_protection_mentioned_in_another_column_comes_back_to_be_registered():
    rows = check(
        "people",
        ["Navn", "Merknad", "Adressesperre"],
        ["Blid Nepe", "OBS kode 6", None],
        ["Klok Hest", "Har hatt fortrolig adresse", "ingen"],
        ["Sprek Bie", "Leser kode på fritida", None],
    )
    assert [row.is_rejected for row in rows] == [True, False, False]
    assert "Adressesperre" in rows[0].reasons()
    (member,) = check("households", ["Person-id", "Navn", "Merknad"], ["1", "Lys Nepe", "strengt fortrolig"])
    assert member.is_rejected


def test_that_an_address_in_care_of_somebody_is_taken_apart_and_none_is_understood():
    rows = check("people", ["Navn", "Adresse"], ["Blid Nepe", "c/o Hest, Veien 3"], ["Klok Hest", "UFB"])
    assert rows[0].values["care_of"] == "Hest"
    assert (rows[0].values["street"], rows[0].values["house_number"]) == ("Veien", "3")
    assert rows[1].values["street"] is None
    (dwelling,) = check("dwellings", ["Adresse"], ["c/o Hest, Veien 3"])
    assert "care_of" not in dwelling.values


def test_that_our_own_reason_column_is_not_taken_for_the_list():
    (row,) = check("people", ["Hva må rettes", "Navn"], ["Raden nevner adressesperre, kode 6", "Blid Nepe"])
    assert not row.is_rejected
