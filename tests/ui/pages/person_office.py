"""A person with something in every card, and a household, for the tests of the page of one person."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    HouseholdDraft,
    IdentifierDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
    RepresentativeDraft,
)
from boligdesk.ui.places import Place
from tests.ui.harness import (
    person_id,
    settle,
)

FNR, D_NUMBER = "15838800065", "55838800059"


@pytest.fixture
def hest(office):
    """Klok Hest with something in every card."""
    key = person_id(office, "Hest")
    detail = office.people.detail(key)
    kroken = office.office.add_district("Kroken")
    office.people.change(
        replace(
            detail.draft,
            written_form="nn",
            interpreter_language="tigrinja",
            names=(NameDraft("Klokkis", "", kind="alias"),),
            identifiers=(
                IdentifierDraft(
                    "dnr", D_NUMBER, valid_from=dt.date(2015, 1, 1), valid_to=dt.date(2019, 5, 2)
                ),
                IdentifierDraft("fnr", FNR, valid_from=dt.date(2019, 5, 2)),
            ),
            contacts=(ContactDraft("telefon", "68 05 00 09", "jobb", must_not_call=True),),
            addresses=(
                AddressDraft(
                    street="Storgata",
                    house_no="12",
                    city="Tromsø",
                    district_id=kroken,
                    valid_from=dt.date(2024, 5, 1),
                ),
                AddressDraft(
                    street="Gamleveien", valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2026, 3, 3)
                ),
            ),
            representatives=(RepresentativeDraft("verge", "Sta Furu", powers="Økonomi"),),
        )
    )
    return key


@pytest.fixture
def home(office, hest):
    """Klok with Blid, half of Liten, and a child on the way."""
    liten = office.people.register(PersonDraft((NameDraft("Liten", "Hest"),), dt.date(2019, 4, 2))).id
    members = (
        MemberDraft("hovedperson", hest, valid_from=dt.date(2024, 5, 1)),
        MemberDraft("partner", person_id(office, "Nepe"), valid_from=dt.date(2024, 5, 1)),
        MemberDraft("barn", liten, care_share=50, valid_from=dt.date(2024, 5, 1)),
        MemberDraft("barn", expected_on=dt.date(2027, 1, 20)),
    )
    return office.households.save(HouseholdDraft(members, "Storgata 12")).id


def show(window, key):
    window.go(Place("person", subject=key))
    settle()
    return window.navigator.here


def save(dialog):
    dialog.save()
    settle()


def row(card, title):
    return next(row for row in card.rows() if row.title == title)
