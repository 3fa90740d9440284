"""Letters on both stores: sent, what begins and ends by it, two desks at once, and a full disk."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, StoreUnavailable, UserError
from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from tests.contract.assessment_office import HELP, LOCAL, concluded
from tests.contract.case_office import tasks
from tests.contract.letter_office import (
    SOON,
    applicant,
    approval,
    approved,
    begun,
    case_of,
    finished,
    help_too,
    interim,
    letters,
    missing,
    numbers,
    office,
    rows,
    sent,
    version,
)

THURSDAY = dt.date(2026, 11, 26)
ROUNDS = 20


@pytest.fixture(autouse=True)
def letterhead(services):
    office(services)


def deadlines(services, case_id, rule):
    """(from, due, state) of the deadlines by the rule, oldest first."""
    found = services.cases.reread(case_id).deadlines
    return [(one.start_on, one.due_on, one.state) for one in found if one.rule_key == rule]


def decision(services, other):
    """A finished approval of a municipal dwelling."""
    return finished(services, approved(services, other, approval(services)))


# -- arrival and appeal ---------------------------------------------------------------------------


def test_that_sending_starts_the_appeal_from_the_assumed_arrival(services, cleared_services, clock):
    clock.set(THURSDAY)
    letter = decision(services, cleared_services)
    assert (
        letters(services)
        .confirm(letter.id)
        .appeal.endswith("til mandag 21. desember 2026 hvis det sendes i dag")
    )

    found = sent(services, letter.id)

    assert (found.status, found.sent_on, found.appeal_due_on) == (
        "ekspedert",
        THURSDAY,
        dt.date(2026, 12, 21),
    )
    (recipient,) = found.recipients
    assert (recipient.dispatched_on, recipient.arrived_on, recipient.arrived_basis) == (
        THURSDAY,
        dt.date(2026, 11, 30),
        "antatt",
    )
    assert deadlines(services, found.case_id, "klagefrist") == [
        (dt.date(2026, 11, 30), dt.date(2026, 12, 21), "lopende")
    ]
    (row,) = rows(services)
    assert (row.arrived_on, row.appeal_due_on) == (dt.date(2026, 11, 30), dt.date(2026, 12, 21))
    assert "skriv_ut" not in {row.kind for row in tasks(services).rows}


def test_that_an_arrival_is_corrected_with_a_reason_and_the_appeal_reckoned_anew(
    services, cleared_services, clock
):
    clock.set(THURSDAY)
    found = sent(services, decision(services, cleared_services).id)
    clock.set(dt.date(2026, 12, 10))
    with pytest.raises(InvalidInput):
        letters(services).correct_arrival(found.id, found.version, dt.date(2026, 12, 4), "  ")
    for day in (dt.date(2026, 12, 11), dt.date(2026, 11, 25)):
        with pytest.raises(InvalidInput):
            letters(services).correct_arrival(found.id, found.version, day, "Søkeren ringte")
    letters(services).correct_arrival(
        found.id, found.version, dt.date(2026, 12, 4), "Søkeren fikk det fredag."
    )
    now = letters(services).reread(found.id)
    assert now.appeal_due_on == dt.date(2026, 12, 28)
    assert (now.recipients[0].arrived_on, now.recipients[0].arrived_basis) == (dt.date(2026, 12, 4), "rettet")
    states = {due: state for _start, due, state in deadlines(services, found.case_id, "klagefrist")}
    assert states[dt.date(2026, 12, 28)] == "lopende"
    assert states.get(dt.date(2026, 12, 21)) in {None, "bortfalt"}
    with pytest.raises(ConflictError):
        letters(services).correct_arrival(found.id, found.version, dt.date(2026, 12, 3), "Igjen")
    clock.set(dt.date(2027, 1, 4))
    assert [row.kind for row in tasks(services, "team").rows].count("sett_endelig") == 1


@pytest.mark.parametrize("day", [dt.date(2026, 11, 27), dt.date(2026, 11, 25)])
def test_that_a_letter_is_sent_neither_ahead_of_time_nor_before_it_was_finished(
    services, cleared_services, clock, day
):
    clock.set(THURSDAY)
    letter = decision(services, cleared_services)
    with pytest.raises(InvalidInput):
        letters(services).mark_sent(letter.id, letter.version, day)
    assert letters(services).reread(letter.id).sent_on is None


def test_that_a_draft_is_not_sent_and_a_letter_is_sent_once(services):
    case = case_of(services)
    letter = interim(services, case)
    with pytest.raises(UserError, match="ikke merkes som sendt"):
        sent(services, letter)
    sent(services, finished(services, letter).id)
    with pytest.raises(UserError, match="ikke merkes som sendt"):
        sent(services, letter)
    with pytest.raises(UserError, match="ikke trekkes tilbake"):
        letters(services).recall(letter, version(services, letter), "Feil")


def test_that_two_who_mark_it_sent_do_it_once(services, cleared_services):
    letter = finished(services, interim(services, case_of(services)))
    letters(services).mark_sent(letter.id, letter.version)
    with pytest.raises(UserError):
        letters(cleared_services).mark_sent(letter.id, letter.version)


def test_that_printing_is_not_sending(services):
    letter = finished(services, interim(services, case_of(services)))
    letters(services).printed((letter.id,), "Skriver i 2. etasje")
    (row,) = rows(services)
    assert row.printed_at is not None
    assert (row.status, row.sent_on) == ("ferdigstilt", None)
    sent(services, letter.id)


# -- what begins and ends -------------------------------------------------------------------------


def test_that_a_preliminary_answer_meets_the_duty_to_answer_and_is_followed_up(services, clock):
    case = case_of(services)
    assert [state for *_days, state in deadlines(services, case, "forelopig_svar")] == ["lopende"]
    sent(services, finished(services, interim(services, case)).id)
    assert [state for *_days, state in deadlines(services, case, "forelopig_svar")] == ["oppfylt"]
    assert "forelopig_svar" not in {row.kind for row in tasks(services, "team").rows}
    clock.set(dt.date(2026, 12, 11))
    follow = [row for row in tasks(services, "team").rows if row.due_on == SOON]
    assert len(follow) == 1


def test_that_a_request_for_papers_stops_the_clock_and_sets_the_deadline_it_names(services, clock):
    case = case_of(services)
    found = sent(services, finished(services, missing(services, case, dt.date(2026, 12, 9))).id)
    assert deadlines(services, case, "dokumentfrist") == [(found.sent_on, dt.date(2026, 12, 9), "lopende")]
    (row,) = services.cases.page(CaseFilter(), Sort("number")).rows
    assert row.waiting_on == "soker"
    clock.set(dt.date(2026, 12, 9))
    assert "vurder_innkomne" in {one.kind for one in tasks(services, "team").rows}
    assert [state for *_days, state in deadlines(services, case, "forelopig_svar")] == ["lopende"]


def test_that_an_approval_puts_the_applicant_on_the_waiting_list(services, cleared_services):
    letter = decision(services, cleared_services)
    assert services.allocation.waiting().rows == ()
    sent(services, letter.id)
    (entry,) = services.allocation.waiting().rows
    assert entry.case_id == letter.case_id
    assert entry.applicant == "Hest, Klok"
    assert entry.priority_class


def test_that_the_last_answer_meets_the_duty_to_answer(services, cleared_services):
    case = case_of(services)
    concluded(services, case, HELP)
    concluded(services, case, LOCAL)
    first = begun(services, case, "innvilgelse_bolig")
    sent(services, finished(services, approved(services, cleared_services, first)).id)
    assert "lopende" in [state for *_days, state in deadlines(services, case, "forelopig_svar")]
    other = begun(services, case, "vedtak_bistand")
    sent(services, finished(services, approved(services, cleared_services, other)).id)
    assert "lopende" not in [state for *_days, state in deadlines(services, case, "forelopig_svar")]
    appeals = [state for *_days, state in deadlines(services, case, "klagefrist")]
    assert appeals == ["lopende", "lopende"]


def test_that_help_is_decided_by_a_letter_of_its_own(services, cleared_services):
    found = approved(services, cleared_services, help_too(services, case_of(services)))
    done = finished(services, found)
    assert done.appeal_body.startswith("Statsforvalt")
    assert services.allocation.waiting().rows == ()


# -- two desks, and a full disk -------------------------------------------------------------------


def test_that_two_desks_that_finish_at_once_get_numbers_without_a_gap(services, cleared_services):
    cases = {
        desk.user.login: case_of(desk, applicant(desk, "Klok", desk.user.login.capitalize()))
        for desk in (services, cleared_services)
    }
    together, failed = threading.Barrier(2), []

    def work(desk):
        try:
            for _round in range(ROUNDS):
                letter = interim(desk, cases[desk.user.login])
                together.wait(60)
                finished(desk, letter)
        except Exception as error:  # noqa: BLE001 - told to the test from another thread
            failed.append(error)
            together.abort()

    threads = [threading.Thread(target=work, args=(desk,)) for desk in (services, cleared_services)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert numbers(services) == [f"{number}/2026" for number in range(1, 2 * ROUNDS + 1)]
    assert services.log.check().problem is None


def test_that_two_desks_that_finish_the_same_letter_at_once_finish_it_once(services, cleared_services):
    case = case_of(services)
    for number in range(1, 6):
        letter = interim(services, case)
        seen, told = version(services, letter), []
        together = threading.Barrier(2)

        def work(desk, letter=letter, seen=seen, told=told, together=together):
            together.wait(60)
            try:
                told.append(letters(desk).finalise(letter, seen).id)
            except UserError as error:
                told.append(error)

        threads = [threading.Thread(target=work, args=(desk,)) for desk in (services, cleared_services)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [one for one in told if one == letter] == [letter]
        assert [type(one) for one in told if one != letter] in ([ConflictError], [UserError])
        assert len(numbers(services)) == number


def fill(store):
    """No room for more on the disk. Returns what makes room again."""
    if store.engine.dialect.name == "sqlite":
        with (
            store.engine.connect() as connection
        ):  # the pool has one idle connection: the one that writes next
            pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar())
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")

        def empty():
            with store.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")

        return empty
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER full_disk BEFORE INSERT ON blob FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )

    def empty():
        with store.engine.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION full_disk() CASCADE")

    return empty


def test_that_a_full_disk_leaves_the_letter_and_the_number_as_they_were(store, services, cleared_services):
    found = approved(services, cleared_services, approval(services))
    before = letters(services).reread(found)
    empty = fill(store)
    with pytest.raises(StoreUnavailable) as told:
        finished(services, found)
    assert told.value.code == "disk_full"
    assert letters(services).reread(found) == before
    assert numbers(services) == []
    empty()
    assert finished(services, found).journal_number == "1/2026"
    assert services.log.check().problem is None
