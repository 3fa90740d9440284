"""People from service to storage, on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    IdentifierDraft,
    NameDraft,
    PersonDraft,
    PersonFilter,
    PersonProbe,
    RepresentativeDraft,
)

# synthetic numbers only (month + 80)
D_NUMBER = "41814800198"
FNR = "01914796756"
OTHER_FNR = "02838897382"
BY_NAME = Sort("name")


def person(given="Klok", family="Hest", **fields) -> PersonDraft:
    return PersonDraft(names=(NameDraft(given, family),), **fields)


def home(city="Tromsø", street="Storgata", **fields) -> AddressDraft:
    return AddressDraft(street=street, house_no="12", postcode="9008", city=city, **fields)


def phone(value="68 05 00 01", **fields) -> ContactDraft:
    return ContactDraft("telefon", value, **fields)


def names(services, text="", **filters):
    found = services.people.page(PersonFilter(text, **filters), BY_NAME, 0, 50)
    assert found.total == len(found.rows)
    return [row.name for row in found.rows]


def live(children):
    return [child for child in children if child.valid_to is None]


def test_that_a_person_needs_a_name_and_no_number(services):
    saved = services.people.register(person())
    detail = services.people.detail(saved.id)
    assert detail.name == "Klok Hest"
    assert detail.draft.identifiers == ()
    assert detail.version == saved.version == 1
    assert detail.changed_by == "Ingrid B."
    with pytest.raises(InvalidInput) as refused:
        services.people.register(PersonDraft(names=()))
    assert refused.value.field == "names"
    unknown = services.people.register(PersonDraft(names=(), is_unidentified=True))
    assert services.people.detail(unknown.id).name == "Ukjent navn"


def test_that_the_list_shows_name_place_and_phone_and_sorts_as_norwegians_do(services):
    districts = {name: key for key, name in services.office.districts()}
    services.people.register(
        person("Sprek", "Øye", birth_on=dt.date(1990, 1, 2), addresses=(home("Ålesund"),))
    )
    services.people.register(person("Blid", "Åse", addresses=(home("Øksfjord"),)))
    services.people.register(
        person(
            birth_on=dt.date(1988, 3, 15),
            contacts=(phone("+4768050001"),),
            addresses=(home(district_id=districts["Kroken"]),),
        )
    )
    page = services.people.page(PersonFilter(), BY_NAME, 0, 50)
    assert [row.name for row in page.rows] == ["Klok Hest", "Sprek Øye", "Blid Åse"]
    first = page.rows[0]
    assert (first.city, first.district, first.phone) == ("Tromsø", "Kroken", "68 05 00 01")
    assert (first.birth_on, first.open_cases, first.is_restricted) == (dt.date(1988, 3, 15), 0, False)

    def order(key, descending=False):
        return [
            row.name.split()[0]
            for row in services.people.page(PersonFilter(), Sort(key, descending), 0, 9).rows
        ]

    assert order("name", descending=True) == ["Blid", "Sprek", "Klok"]
    assert order("birth") == ["Klok", "Sprek", "Blid"]
    assert order("birth", descending=True) == ["Sprek", "Klok", "Blid"]
    assert order("city") == ["Klok", "Blid", "Sprek"]
    assert order("created") == ["Sprek", "Blid", "Klok"]
    assert order("district")[0] == "Klok"
    window = services.people.page(PersonFilter(), BY_NAME, 1, 1)
    assert [row.name for row in window.rows] == ["Sprek Øye"]
    assert (window.total, window.offset) == (3, 1)
    assert names(services, district_id=districts["Kroken"]) == ["Klok Hest"]
    assert names(services, has_open_case=True) == []
    assert len(names(services, has_open_case=False)) == 3


def test_that_a_change_touches_only_what_changed(services, clock):
    saved = services.people.register(person(contacts=(phone(),), addresses=(home(),)))
    clock.set(dt.date(2026, 12, 1))
    before = services.people.detail(saved.id).draft
    changed = services.people.change(
        replace(
            before,
            names=(),
            addresses=(),
            contacts=(replace(before.contacts[0], value="68 05 00 02"), phone("68 05 00 03", use="jobb")),
        )
    )
    after = services.people.detail(saved.id)
    assert after.version == changed.version > before.version
    assert after.draft.names == before.names
    assert after.draft.addresses == before.addresses
    assert [contact.value for contact in live(after.draft.contacts)] == ["68 05 00 02", "68 05 00 03"]
    (ended,) = [contact for contact in after.draft.contacts if contact.valid_to]
    assert (ended.value, ended.valid_to) == ("68 05 00 01", dt.date(2026, 12, 1))
    assert live(after.draft.contacts)[0].valid_from == dt.date(2026, 12, 1)
    assert services.people.page(PersonFilter(), BY_NAME, 0, 9).rows[0].phone == "68 05 00 02"


def test_that_what_is_said_about_the_same_thing_is_corrected_where_it_stands(services):
    saved = services.people.register(person(contacts=(phone(),)))
    draft = services.people.detail(saved.id).draft
    services.people.change(
        replace(draft, contacts=(replace(draft.contacts[0], must_not_call=True, note="Bare SMS"),))
    )
    (contact,) = services.people.detail(saved.id).draft.contacts
    assert contact.must_not_call
    assert contact.note == "Bare SMS"
    assert contact.valid_to is None


def test_that_saving_without_a_change_writes_nothing(services):
    saved = services.people.register(person(contacts=(phone(),), identifiers=(IdentifierDraft("fnr", FNR),)))
    draft = services.people.detail(saved.id).draft
    again = services.people.change(draft)
    assert again.event_id is None
    assert again.version == saved.version
    assert services.people.detail(saved.id).version == saved.version


def test_that_a_d_number_is_ended_by_a_fodselsnummer_and_both_are_found(services, clock):
    saved = services.people.register(
        person(
            identifiers=(IdentifierDraft("dnr", D_NUMBER, override_reason="Står slik i vedtaket fra UDI"),)
        )
    )
    clock.set(dt.date(2026, 12, 1))
    draft = services.people.detail(saved.id).draft
    services.people.change(replace(draft, identifiers=(IdentifierDraft("fnr", FNR),)))
    numbers = services.people.detail(saved.id).draft.identifiers
    assert [(number.kind, number.value, number.valid_to) for number in numbers] == [
        ("fnr", "019147 •••••", None),
        ("dnr", "418148 •••••", dt.date(2026, 12, 1)),
    ]
    for digits in (D_NUMBER, FNR, "019147 96756"):
        assert names(services, digits) == ["Klok Hest"]
        assert [hit.id for hit in services.search.find(digits).people] == [saved.id]
        assert [match.strength for match in services.people.matches(PersonProbe(national_id=digits))] == [3]


def test_that_a_wrong_number_needs_a_reason_and_keeps_its_remarks(services):
    wrong = IdentifierDraft("fnr", "01914796757")
    with pytest.raises(InvalidInput) as refused:
        services.people.register(person(identifiers=(wrong,)))
    assert refused.value.field == "identifiers"
    assert "01914796757" not in str(refused.value)
    saved = services.people.register(
        person(identifiers=(replace(wrong, override_reason="Står slik i passet"),))
    )
    (number,) = services.people.detail(saved.id).draft.identifiers
    assert number.override_reason == "Står slik i passet"
    assert any("Kontrollsifrene" in remark for remark in number.remarks)


def test_that_a_number_is_shown_whole_only_on_demand(services, store):
    saved = services.people.register(person(identifiers=(IdentifierDraft("fnr", FNR),)))
    (number,) = services.people.detail(saved.id).draft.identifiers
    assert FNR not in repr(services.people.detail(saved.id))
    assert services.people.reveal_number(saved.id, number.id) == FNR
    assert any(
        "ummer" in row.what for row in services.log.entries(person_id=saved.id).rows if row.kind == "lest"
    )
    with pytest.raises(NotFound):
        services.people.reveal_number(saved.id, saved.id)
    assert not any(FNR in str(row) for row in services.log.entries().rows)


def test_that_a_number_belongs_to_one_file(services, other_services):
    services.people.register(person(identifiers=(IdentifierDraft("fnr", FNR),)))
    with pytest.raises(InvalidInput) as refused:
        other_services.people.register(person("Blid", "Nepe", identifiers=(IdentifierDraft("fnr", FNR),)))
    assert refused.value.field == "identifiers"
    assert "Klok Hest" in refused.value.what
    assert FNR not in str(refused.value)
    assert names(services) == ["Klok Hest"]


def test_that_a_second_writer_gets_both_versions_in_words(services, other_services):
    saved = services.people.register(person(contacts=(phone(),)))
    first, second = services.people.detail(saved.id).draft, other_services.people.detail(saved.id).draft
    services.people.change(replace(first, birth_on=dt.date(1988, 3, 15), remark="Ring etter kl. 12"))
    with pytest.raises(ConflictError) as conflict:
        other_services.people.change(
            replace(
                second,
                birth_on=dt.date(1988, 3, 16),
                contacts=(replace(second.contacts[0], value="68 05 00 09"),),
            )
        )
    assert conflict.value.mine == {
        "Fødselsdato": "16.03.1988",
        "Merknad": "ikke oppgitt",
        "Telefon og e-post": "Telefon 68 05 00 09",
    }
    assert conflict.value.theirs == {
        "Fødselsdato": "15.03.1988",
        "Merknad": "Ring etter kl. 12",
        "Telefon og e-post": "Telefon 68 05 00 01",
    }
    assert conflict.value.theirs_by == "Ingrid B."
    assert services.people.detail(saved.id).draft.birth_on == dt.date(1988, 3, 15)


def test_that_a_new_name_ends_the_old_which_is_still_found(services, clock):
    saved = services.people.register(person())
    clock.set(dt.date(2026, 12, 1))
    draft = services.people.detail(saved.id).draft
    services.people.change(replace(draft, names=(NameDraft("Klok", "Bie"),)))
    detail = services.people.detail(saved.id)
    assert detail.name == "Klok Bie"
    assert [(name.family, name.valid_to) for name in detail.draft.names] == [
        ("Bie", None),
        ("Hest", dt.date(2026, 12, 1)),
    ]
    assert names(services, "hest") == names(services, "bie") == ["Klok Bie"]


def test_that_a_change_can_be_taken_back_with_its_tokens(services):
    saved = services.people.register(person(contacts=(phone(),)))
    draft = services.people.detail(saved.id).draft
    changed = services.people.change(
        replace(
            draft,
            names=(replace(draft.names[0], family="Nepe"),),
            contacts=(replace(draft.contacts[0], value="68 05 00 02"),),
            remark="Ny",
        )
    )
    assert names(services, "nepe") == ["Klok Nepe"]
    services.undo.undo(changed.event_id)
    detail = services.people.detail(saved.id)
    assert detail.name == "Klok Hest"
    assert detail.version > changed.version
    assert detail.draft == replace(draft, version=detail.version)
    row = services.people.page(PersonFilter("hest"), BY_NAME, 0, 9).rows[0]
    assert (row.name, row.phone) == ("Klok Hest", "68 05 00 01")
    assert names(services, "nepe") == []
    assert names(services, "68050002") == []


def test_that_matches_find_the_likely_duplicates(services):
    klok = services.people.register(
        person(birth_on=dt.date(1988, 3, 15), contacts=(phone(),), identifiers=(IdentifierDraft("fnr", FNR),))
    )
    services.people.register(person("Sprek", "Bie"))

    def found(**probe):
        return [(match.name, match.strength) for match in services.people.matches(PersonProbe(**probe))]

    hest = [("Klok Hest", 1)]
    assert found() == []
    assert found(national_id="019147 96756") == [("Klok Hest", 3)]
    assert found(text=FNR) == [("Klok Hest", 3)]
    assert found(given="Klok", family="Hest") == hest
    assert found(given="Hest", family="klok") == hest
    assert found(text="Klokk Hest") == hest
    assert found(given="Klok", family="Hesst") == hest
    assert found(given="Klok", family="Hset") == hest
    assert found(given="Klokk", family="Hesst") == []
    assert found(given="Klok", family="Bie") == []
    assert found(phone="+47 68050001") == hest
    assert found(text="68 05 00 01") == hest
    assert found(given="Klok", family="Hest", phone="68050001") == [("Klok Hest", 2)]
    assert found(given="Klok", family="Hesst", birth_on=dt.date(1988, 3, 15)) == [("Klok Hest", 2)]
    assert found(given="Blid", family="Nepe", birth_on=dt.date(1988, 3, 15)) == []
    assert found(given="Klok", family="Hest", national_id=FNR) == [("Klok Hest", 3)]
    (match,) = services.people.matches(PersonProbe(national_id=FNR))
    assert (match.id, match.birth_on, match.why) == (klok.id, dt.date(1988, 3, 15), "Samme nummer")


def test_that_representatives_and_addresses_have_their_time(services, clock):
    verge = RepresentativeDraft("verge", "Sprek Bie", phone="68 05 00 07", letters="i_stedet")
    saved = services.people.register(person(addresses=(home(),), representatives=(verge,)))
    clock.set(dt.date(2026, 12, 1))
    draft = services.people.detail(saved.id).draft
    services.people.change(
        replace(
            draft,
            addresses=(home("Harstad", "Havnegata"),),
            representatives=(replace(draft.representatives[0], valid_to=dt.date(2026, 12, 1)),),
        )
    )
    detail = services.people.detail(saved.id)
    assert [(address.city, address.valid_to) for address in detail.draft.addresses] == [
        ("Harstad", None),
        ("Tromsø", dt.date(2026, 12, 1)),
    ]
    assert detail.draft.representatives[0].valid_to == dt.date(2026, 12, 1)
    assert services.people.page(PersonFilter(), BY_NAME, 0, 9).rows[0].city == "Harstad"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (person("a" * 100_000, ""), "names"),
        (person(remark="a" * 100_000), "remark"),
        (person(birth_on=dt.date(2030, 1, 1)), "birth_on"),
        (person(birth_on=dt.date(1990, 1, 1), dead_on=dt.date(1980, 1, 1)), "dead_on"),
        (person(contacts=(ContactDraft("epost", "klok"),)), "contacts"),
        (person(contacts=(ContactDraft("telefon", "ukjent"),)), "contacts"),
        (person(contacts=(ContactDraft("brevdue", "1"),)), "contacts"),
        (person(addresses=(AddressDraft(),)), "addresses"),
        (person(addresses=(home(unit_no="X1"),)), "addresses"),
        (person(addresses=(home(), home("Harstad"))), "addresses"),
        (person(identifiers=(IdentifierDraft("fnr", ""),)), "identifiers"),
        (person(written_form="svensk"), "written_form"),
        (person(birth_precision="kanskje"), "birth_precision"),
        (person(representatives=(RepresentativeDraft("verge", ""),)), "representatives"),
        (
            person(contacts=(phone(valid_from=dt.date(2026, 2, 1), valid_to=dt.date(2026, 1, 1)),)),
            "contacts",
        ),
    ],
)
def test_that_what_cannot_be_stored_is_refused_by_field(services, draft, field):
    with pytest.raises(InvalidInput) as refused:
        services.people.register(draft)
    assert refused.value.field == field
    assert names(services) == []


def test_that_controls_are_cleaned_and_markup_stays_text(services):
    saved = services.people.register(person("Klok\u202e\x00", "<b>Hest</b>\n"))
    assert services.people.detail(saved.id).name == "Klok <b>Hest</b>"


def test_that_roles_decide_who_reads_and_writes(services, home_guide, administrator, caretaker):
    saved = services.people.register(person())
    assert home_guide.people.detail(saved.id).name == "Klok Hest"
    with pytest.raises(NotAllowed):
        home_guide.people.register(person())
    for stranger in (administrator, caretaker):
        assert names(stranger) == []
        assert stranger.people.matches(PersonProbe(given="Klok", family="Hest")) == ()
        with pytest.raises(NotAllowed):
            stranger.people.detail(saved.id)
    with pytest.raises(NotFound):
        services.people.detail(services.user.id)


def test_that_opening_a_file_leaves_a_read_entry(services):
    saved = services.people.register(person())
    services.people.detail(saved.id, "Ringte meg")
    reasons = [row.reason for row in services.log.entries(person_id=saved.id).rows if row.kind == "lest"]
    assert reasons == ["Ringte meg"]
    assert services.log.check().problem is None
