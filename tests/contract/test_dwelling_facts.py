"""Facts about dwellings, and the columns of the row that repeat them, on both stores."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.dwellings import DwellingDraft, DwellingFilter

if TYPE_CHECKING:
    from boligdesk.services.desk import Services
    from boligdesk.services.records.common import FactValue, Saved
    from boligdesk.services.records.dwellings import DwellingDetail
    from boligdesk.storage.store import SqlStore

YESTERDAY = dt.date(2026, 11, 23)
LATER = dt.date(2026, 12, 1)
ALL = DwellingFilter()


def registered(services: Services, code: str, house_no: str = "12") -> Saved:
    return services.dwellings.register(DwellingDraft(code, "Storgata", house_no), "ledig", YESTERDAY)


def fact(detail: DwellingDetail, key: str) -> FactValue:
    return next(item for item in detail.facts if item.key == key)


def test_that_facts_have_source_and_date_and_show_in_the_row(services: Services) -> None:
    saved = registered(services, "B-1")
    before = services.dwellings.detail(saved.id)
    assert {item.state for item in before.facts} == {"ukjent"}
    assert services.dwellings.page(ALL).rows[0].accessibility == "Vet ikke"
    services.dwellings.record_facts(
        saved.id,
        saved.version,
        (
            FactDraft("step_free", "kjent", 1, "befaring", YESTERDAY),
            FactDraft("lift", "kjent", 0, "befaring", YESTERDAY),
            FactDraft("bath", "ukjent", None, "samtale"),
            FactDraft("door_width", "kjent", 860, "befaring", YESTERDAY),
        ),
    )
    detail = services.dwellings.detail(saved.id)
    step_free, door = fact(detail, "step_free"), fact(detail, "door_width")
    assert (step_free.text, step_free.observed_on, step_free.by) == ("Ja", YESTERDAY, "Ingrid B.")
    assert (door.text, fact(detail, "bath").text, fact(detail, "pets").text) == (
        "860 mm",
        "Vet ikke",
        "Ikke kontrollert",
    )
    row = services.dwellings.page(ALL).rows[0]
    assert row.accessibility == "Trinnfri · ikke heis · vet ikke: bred dør, bad"
    assert (
        detail.timeline[0].text == "Trinnfri adkomst, Heis, Bad som er tilrettelagt, Fri bredde i inngangsdør"
    )
    assert services.dwellings.page(DwellingFilter(needs=("step_free",))).total == 1
    assert services.dwellings.page(DwellingFilter(needs=("step_free", "lift"))).total == 0
    assert services.dwellings.page(DwellingFilter(needs=("bath",))).total == 0


def test_that_the_columns_of_the_row_are_what_the_facts_say(services: Services, store: SqlStore) -> None:
    ids = [registered(services, f"B-{number}", str(number)) for number in range(1, 4)]
    for number, saved in enumerate(ids):
        services.dwellings.record_facts(
            saved.id, saved.version, (FactDraft("lift", "kjent", number % 2), FactDraft("pets", "kjent", 1))
        )
    detail = services.dwellings.detail(ids[0].id)
    known = {item.key: item.id for item in detail.facts}
    services.dwellings.record_facts(
        ids[0].id, detail.version, (FactDraft("pets", "ukjent", None, supersedes_id=known["pets"]),)
    )
    user = services.user.id
    assert store.write(user, lambda work: work.write_dwellings.stale_projections()) == 0
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE dwelling SET lift = 1, row_version = row_version + 1")
    assert store.write(user, lambda work: work.write_dwellings.stale_projections()) == 2


def test_that_different_facts_pass_and_the_same_fact_is_a_choice(
    services: Services, other_services: Services
) -> None:
    saved = registered(services, "B-1")
    other_services.dwellings.record_facts(saved.id, saved.version, (FactDraft("lift", "kjent", 1),))
    services.dwellings.record_facts(saved.id, saved.version, (FactDraft("bath", "kjent", 1),))
    with pytest.raises(ConflictError) as conflict:
        services.dwellings.record_facts(saved.id, saved.version, (FactDraft("lift", "kjent", 0),))
    assert set(conflict.value.mine) == {"lift"}


@pytest.mark.parametrize(
    "draft",
    [
        FactDraft("utsikt", "kjent", 1),
        FactDraft("lift", "kjent", 7),
        FactDraft("lift", "kanskje", 1),
        FactDraft("lift", "kjent", 1, "rykte"),
        FactDraft("lift", "kjent", 1, observed_on=LATER),
    ],
)
def test_that_an_answer_that_does_not_fit_is_refused(services: Services, draft: FactDraft) -> None:
    saved = registered(services, "B-1")
    with pytest.raises(InvalidInput) as refused:
        services.dwellings.record_facts(saved.id, saved.version, (draft,))
    assert refused.value.field == draft.key
    assert len(services.dwellings.detail(saved.id).timeline) == 1


def test_that_the_same_answer_looked_at_again_gets_its_new_source_and_day(services: Services) -> None:
    saved = registered(services, "B-1")
    first = FactDraft("lift", "kjent", 1, "register", YESTERDAY)
    kept = services.dwellings.record_facts(saved.id, saved.version, (first,))
    assert kept.event_id is None  # a fact stands for ever: nothing to undo
    known = fact(services.dwellings.detail(saved.id), "lift")
    again = FactDraft("lift", "kjent", 1, "befaring", YESTERDAY, known.id)
    services.dwellings.record_facts(saved.id, kept.version, (again,))
    renewed = fact(services.dwellings.detail(saved.id), "lift")
    assert (renewed.text, renewed.source, renewed.observed_on) == ("Ja", "befaring", YESTERDAY)
    before = len(services.dwellings.detail(saved.id).timeline)
    services.dwellings.record_facts(
        saved.id, kept.version, (again,)
    )  # seen on an old screen: says nothing new
    assert len(services.dwellings.detail(saved.id).timeline) == before
