"""Find anything, and nothing that one may not see; on both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import delete
from sqlalchemy import event as hook

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.services.records.common import Sort
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.services.records.people import AddressDraft, ContactDraft, IdentifierDraft, PersonFilter
from boligdesk.storage.preparing import renew_search_words
from boligdesk.storage.tables import SearchToken
from tests.contract.case_office import apply, person, protect

NUMBER = "15838899701"


def names(services, text, **more):
    return [hit.title for hit in services.search.find(text, **more).people]


def test_that_starts_of_words_come_before_insides(services):
    for family in ("Storbjørk", "Bjørkli", "Hest"):
        person(services, "Klok", family)

    assert names(services, "bjørk") == ["Klok Bjørkli", "Klok Storbjørk"]
    assert names(services, "bj") == ["Klok Bjørkli"]
    assert services.search.find("bjørk", counted=True).counts["people"] == 2


@pytest.mark.parametrize(
    ("given", "family", "typed"),
    [
        ("Åse", "Ødegård", ("åse ødegård", "aase odegaard", "odegard ase", "ØDEGÅRD")),
        ("Blid", "Nærbø", ("nærbø", "naerboe", "nærbo")),
        ("Máhtte", "Čáhppe", ("čáhppe", "cahppe", "mahtte")),
        ("Sprek", "Biŋŋá", ("binna", "biŋŋá")),
    ],
)
def test_that_spellings_are_alike_and_words_come_in_any_order(services, given, family, typed):
    found = person(services, given, family)

    for text in typed:
        assert [hit.id for hit in services.search.find(text).people] == [found], text


@pytest.mark.parametrize(
    ("given", "family", "typed"),
    [
        ("محمد", "الخطيب", ("محمد", "الخطيب محمد", "خطيب")),
        ("Олена", "Шевченко", ("олена", "ШЕВЧ", "ченко")),
        ("Leyla", "Əliyeva", ("əliyeva", "leyla əli")),
        ("ተስፋዬ", "ሀብተማርያም", ("ተስፋዬ", "ሀብተ")),
    ],
)
def test_that_names_in_other_scripts_are_kept_and_found(services, given, family, typed):
    found = person(services, given, family)
    person(services, "Klok", "Hest")

    for text in typed:
        assert [hit.id for hit in services.search.find(text).people] == [found], text
        assert services.people.page(PersonFilter(text=text), Sort("name"), 0, 10).total == 1, text


def test_that_telephone_birth_digits_and_full_number_find_the_person(services, other_services):
    found = person(
        services,
        identifiers=(IdentifierDraft("syntetisk", NUMBER, override_reason="Øvelse"),),
        contacts=(ContactDraft("telefon", "68 05 00 01"),),
    )
    for text in ("68050001", "+47 68 05 00 01", NUMBER[:6], NUMBER, f"{NUMBER[:6]} {NUMBER[6:]}"):
        assert [hit.id for hit in services.search.find(text).people] == [found], text
    protect(services, found, "fortrolig")

    assert [hit.id for hit in services.search.find(NUMBER).people] == [found]
    for text in ("68050001", NUMBER[:6], NUMBER, "klok hest"):
        result = other_services.search.find(text, counted=True)
        assert (result.people, result.cases, result.counts["people"], result.counts["cases"]) == (
            (),
            (),
            0,
            0,
        ), text


def test_that_a_full_number_finds_the_cases_of_the_person_as_well(services, other_services):
    found = person(services, identifiers=(IdentifierDraft("syntetisk", NUMBER, override_reason="Øvelse"),))
    case = apply(services, found).id

    result = services.search.find(NUMBER, counted=True)
    assert [hit.id for hit in result.cases] == [case]
    assert result.counts["cases"] == 1
    protect(services, found, "fortrolig")
    hidden = other_services.search.find(NUMBER, counted=True)
    assert (hidden.cases, hidden.counts["cases"]) == ((), 0)


def test_that_what_is_found_at_the_second_try_is_counted_too(services):
    found = person(services, "Blid", "Bjørk")
    number = services.cases.detail(apply(services, found).id).number
    year, sequence = number.split("/")

    for text in ("bjoerk", "bjork", f"{year}/00{sequence}"):
        result = services.search.find(text, counted=True)
        assert len(result.cases) == result.counts["cases"] == 1, text
        assert len(result.people) == result.counts["people"], text


def test_that_a_masked_case_is_found_by_its_number_and_never_by_a_name(services, other_services):
    found = person(services, "Blid", "Nepe")
    number = services.cases.detail(apply(services, found).id).number
    protect(services, found, "fortrolig")

    (hit,) = other_services.search.find(number).cases
    assert hit.is_masked
    assert "Skjermet søker" in hit.detail
    assert hit.person_id is None
    assert other_services.search.find("nepe", counted=True).counts["cases"] == 0
    assert "Nepe" in services.search.find(number).cases[0].detail


def test_that_a_strictly_protected_case_is_not_found_at_all(services, other_services):
    found = person(services, "Blid", "Nepe")
    number = services.cases.detail(apply(services, found).id).number
    protect(services, found, "strengt_fortrolig")

    assert other_services.search.find(number, counted=True).counts["cases"] == 0
    assert services.search.find("nepe").people == ()


def test_that_what_is_sold_is_not_found(services):
    for code in ("B1", "B2"):
        services.dwellings.register(
            DwellingDraft(code=code, street="Storgata", house_no="12"),
            DwellingStatus.VACANT,
            dt.date(2026, 11, 1),
        )
    first = services.search.find("B1").dwellings[0].id
    version = services.dwellings.detail(first).version

    services.dwellings.set_status(first, version, DwellingStatus.SOLD, dt.date(2026, 11, 24))

    result = services.search.find("storgata 12", counted=True)
    assert [hit.detail for hit in result.dwellings] == ["B2"]
    assert result.counts["dwellings"] == 1


def lives(services, family, street, house_no, letter="", **more):
    home = AddressDraft(street=street, house_no=house_no, letter=letter, city="Tromsø", **more)
    return person(services, "Klok", family, addresses=(home,))


def test_that_people_are_found_by_street_and_number_and_never_by_the_street_alone(services):
    lives(services, "Hest", "Bjørkeveien", "11")
    lives(services, "Nepe", "Bjørkeveien", "112", "B")
    lives(services, "Bie", "Bjørkeveien", "7")
    person(services, "Sprek", "Bjørk")

    for text in ("bjørk", "bjørkeveien"):
        assert set(names(services, text)) <= {"Sprek Bjørk"}, text
    assert names(services, "bjørkeveien 11") == ["Klok Hest", "Klok Nepe"]
    assert names(services, "bjørkev 11") == ["Klok Hest", "Klok Nepe"]
    assert names(services, "Bjoerkeveien 112b, 9008 Tromsø") == ["Klok Nepe"]
    assert names(services, "nepe bjørkeveien 112") == ["Klok Nepe"]
    assert names(services, "bjørkeveien 113") == []
    for text, count in (("bjørkeveien 11", 2), ("bjørk", 1), ("bjørkeveien 7 bie", 1)):
        assert services.search.find(text, counted=True).counts["people"] == count, text
        page = services.people.page(PersonFilter(text=text), Sort("name"), 0, 10)
        assert page.total == count, text


def test_that_the_address_of_yesterday_finds_nobody(services):
    found = lives(services, "Hest", "Storgata", "12")
    detail = services.people.detail(found)
    services.people.change(replace(detail.draft, addresses=(AddressDraft(street="Havnegata", house_no="3"),)))

    assert names(services, "storgata 12") == []
    assert names(services, "havnegata 3") == ["Klok Hest"]


@pytest.mark.parametrize("level", ["fortrolig", "strengt_fortrolig"])
def test_that_a_protected_address_finds_nobody_until_the_protection_ends(services, other_services, level):
    found = lives(services, "Hest", "Storgata", "12")
    protect(services, found, level)

    for desk in (services, other_services):
        result = desk.search.find("storgata 12", counted=True)
        assert (result.people, result.counts["people"]) == ((), 0)
    services.people.end_protection(found, services.people.detail(found, "Sjekk").version, "Brev")
    assert names(other_services, "storgata 12") == ["Klok Hest"]


def test_that_a_store_of_an_older_program_gets_its_addresses_into_the_search(services, store):
    lives(services, "Hest", "Storgata", "12")
    protect(services, lives(services, "Nepe", "Storgata", "12"), "fortrolig")
    with store.engine.begin() as connection:
        connection.execute(delete(SearchToken).where(SearchToken.subject_kind == "address"))
    assert names(services, "storgata 12") == []

    assert renew_search_words(store)
    assert names(services, "storgata 12") == ["Klok Hest"]
    assert not renew_search_words(store)


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "'; --", "\x00", "a" * 100_000, "12" * 5_000, "🙂", "«»"]
)
def test_that_odd_words_find_nothing_and_break_nothing(services, text):
    person(services)
    assert services.search.find(text, counted=True).dwellings == ()


def test_that_a_caretaker_finds_no_people(services, caretaker):
    number = services.cases.detail(apply(services).id).number
    for text in ("klok", number):
        assert caretaker.search.find(text, counted=True).counts == {
            "people": 0, "cases": 0, "dwellings": 0, "letters": 0,
        }  # fmt: skip


def test_that_the_words_are_looked_up_in_their_index(services, store):
    if store.engine.dialect.name != "sqlite":
        pytest.skip("the plan is read from SQLite")
    person(services)
    asked = []

    def listen(_connection, _cursor, statement, parameters, _context, _many):
        if "search_token" in statement and statement.startswith("SELECT"):
            asked.append((statement, parameters))

    hook.listen(store.engine, "before_cursor_execute", listen)
    services.search.find("klok hest")
    services.search.find("klok bjørkev 11")
    hook.remove(store.engine, "before_cursor_execute", listen)

    assert asked
    with store.engine.connect() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            lines = [row[3] for row in plan if "search_token" in row[3]]
            assert lines
            assert not any(line.startswith("SCAN") for line in lines), lines
