"""Two desks in the same second: one dwelling, one applicant, one household. Never two offers."""

from __future__ import annotations

import threading

import pytest

from boligdesk.services.errors import UserError
from boligdesk.services.records.allocation import VacancyDraft
from boligdesk.services.records.people import HouseholdDraft, MemberDraft
from tests.contract.allocation_office import dwelling, joins, vacancy, version, waits
from tests.contract.case_office import person


def at_once(*acts):
    """What each act gave: what it returned, or the UserError it raised."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        gate.wait()
        try:
            found[place] = act()
        except UserError as error:
            found[place] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def one_won(services, found, told):
    refused = [one for one in found if isinstance(one, UserError)]
    assert [type(one) for one in refused] == [UserError], found
    assert refused[0].title == told
    live = services.allocation.offers()
    assert live.total == 1
    return live.rows[0]


def choosing(desk, vacancy_id, entry_id, seen):
    return lambda: desk.allocation.choose(vacancy_id, seen, entry_id, "Passer best")


def rounds_of_one_dwelling(services, other, rounds):
    first, second = waits(services, "Klok", "Hest"), waits(services, "Blid", "Nepe")
    place = vacancy(services)
    for _ in range(rounds):
        seen = version(services, place)
        found = at_once(choosing(services, place, first, seen), choosing(other, place, second, seen))
        offer = one_won(services, found, "Boligen er allerede tilbudt til noen.")
        services.allocation.withdraw_offer(offer.id, offer.version, "Neste runde")


def rounds_of_one_applicant(services, other, rounds):
    entry = waits(services)
    here, there = vacancy(services), vacancy(services, code="B22")
    for _ in range(rounds):
        found = at_once(
            choosing(services, here, entry, version(services, here)),
            choosing(other, there, entry, version(services, there)),
        )
        offer = one_won(services, found, "Søkeren har allerede et tilbud om bolig.")
        services.allocation.withdraw_offer(offer.id, offer.version, "Neste runde")


def rounds_of_one_household(services, other, rounds):
    one, two = person(services, "Klok", "Hest"), person(services, "Blid", "Hest")
    members = (MemberDraft("hovedperson", person_id=one), MemberDraft("partner", person_id=two))
    home = services.households.save(HouseholdDraft(members)).id
    first, second = joins(services, one, home), joins(services, two, home)
    here, there = vacancy(services), vacancy(services, code="B22")
    for _ in range(rounds):
        found = at_once(
            choosing(services, here, first, version(services, here)),
            choosing(other, there, second, version(services, there)),
        )
        offer = one_won(services, found, "Noen i husstanden har allerede et tilbud om bolig.")
        services.allocation.withdraw_offer(offer.id, offer.version, "Neste runde")


RACES = (rounds_of_one_dwelling, rounds_of_one_applicant, rounds_of_one_household)


@pytest.mark.parametrize("race", RACES)
def test_that_the_second_of_two_desks_is_told_who_was_first(services, other_services, race):
    race(services, other_services, 5)


@pytest.mark.faults
@pytest.mark.timeout(600)
@pytest.mark.parametrize("race", RACES)
def test_that_a_hundred_rounds_give_no_double_offer(services, other_services, race):
    race(services, other_services, 100)


def test_that_a_dwelling_reported_at_two_desks_is_reported_once(services, other_services):
    home = dwelling(services)
    found = at_once(
        lambda: services.allocation.report_vacancy(VacancyDraft(home)),
        lambda: other_services.allocation.report_vacancy(VacancyDraft(home)),
    )
    refused = [one for one in found if isinstance(one, UserError)]
    assert [one.title for one in refused] == ["Boligen er meldt ledig fra før."]
    assert services.allocation.vacancies().total == 1
