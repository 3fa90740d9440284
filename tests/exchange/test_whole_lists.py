"""From file to checked rows, as an office's own lists and another system's lists look."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.exchange.tables import read_table
from boligdesk.services.imports.mapping import guess_kind, recognise
from boligdesk.services.imports.rows import check_rows

TODAY = dt.date(2026, 6, 30)

ENGLISH = {
    "people": "id,case_no,person_no,first_name,last_name,birth_date,phone,email,street,postcode,city,district,created_on,status\n"
    "1,2017/000001,19849428145,Blid,Nepe,1994-04-19,04387231,p1@eksempel.invalid,Fjordgata 23,9905,Eksempelvik,Åsgrenda,2017-01-13,avsluttet\n"
    "2,2018/000001,01914796756,Klok Vår,Hest-Bie,1947-11-01,00387231,,Østre vei 1,9900,Eksempelvik,Sentrum,2018-01-13,aktiv\n",
    "households": "id,applicant_id,name,birth_date,relation\n1,1,Lys Nepe,2015-01-08,barn\n2,1,Lys Nepe,1975-04-23,annen\n",
    "dwellings": "id,code,street,postcode,district,bedrooms,area_m2,rent_month,floor,lift,step_free,wheelchair,status,available_on\n"
    "1,B00001,Granveien 103,9900,Sentrum,2,58,9260,7,0,0,0,occupied,\n2,B00002,Havnegata 4,9906,Havna,0,25,5100,1,1,1,1,vacant,2026-07-15\n",
    "applications": "id,applicant_id,received_on,priority,type,status,need_bedrooms,max_rent,need_step_free,need_wheelchair,district_wish\n"
    "1,2,2024-04-07,3,ordinær,queue,1,14200,0,0,\n2,3,2024-04-08,1,akutt,queue,0,7200,1,1,Havna\n",
}


def dry_run(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "liste.csv"
    path.write_bytes(content.encode(encoding))
    table = read_table(path)
    kind = guess_kind(table.headings)
    mapping = recognise(table.headings, kind)
    return kind, mapping, list(check_rows(table, mapping, kind, TODAY))


@pytest.mark.parametrize("kind", ENGLISH)
def test_that_lists_with_english_headings_come_in_whole(tmp_path, kind):
    found, mapping, rows = dry_run(tmp_path, ENGLISH[kind])
    assert found == kind
    assert None not in mapping.fields
    assert [row.row_no for row in rows] == [2, 3]
    assert not any(row.is_rejected for row in rows)


def test_that_the_values_of_a_dwelling_are_those_of_the_store(tmp_path):
    _kind, _mapping, rows = dry_run(tmp_path, ENGLISH["dwellings"])
    assert rows[1].values == {
        "external_id": "2",
        "code": "B00002",
        "street": "Havnegata",
        "house_number": "4",
        "postcode": "9906",
        "district": "Havna",
        "bedrooms": 0,
        "area_m2": 250,
        "rent_month": 510000,
        "floor": 1,
        "lift": True,
        "step_free": True,
        "wheelchair": True,
        "status": "ledig",
        "available_on": dt.date(2026, 7, 15),
    }


def test_that_an_offices_own_list_from_an_old_spreadsheet_comes_in(tmp_path):
    kind, mapping, rows = dry_run(
        tmp_path,
        "KOMMUNALE UTLEIEBOLIGER;;;;;;;;;\n"
        "Oppdatert 3. mars 2026;;;;;;;;;\n"
        "Objektnr;Adresse;Leil.;Ant. rom;BRA;Husleie pr. mnd;Heis?;HC;Status;Gnr/Bnr\n"
        "1001-01;Åsveien 12 B;H0203;3-roms;82,5;9 840,50;Ja;x;Utleid;124/56\n"
        "1001-02;Åsveien 12B H0204;;2;55;kr 8.100,-;nei;?;Ledig;5501-124/56\n"
        "1001-03;Åsveien 12B;203;2;55;-1;;;Ledig;\n",
        "cp1252",
    )
    assert kind == "dwellings"
    assert mapping.notes == ()
    assert [row.is_rejected for row in rows] == [False, False, True]
    assert rows[0].values["rent_month"] == 984050
    assert (rows[1].values["unit_number"], rows[1].values["lift"], rows[1].values["wheelchair"]) == (
        "H0204",
        False,
        None,
    )
    assert {finding.heading for finding in rows[2].findings if finding.level == "error"} == {
        "Leil.",
        "Husleie pr. mnd",
    }


def test_that_the_same_file_gives_the_same_result(tmp_path):
    assert dry_run(tmp_path, ENGLISH["people"]) == dry_run(tmp_path, ENGLISH["people"])
