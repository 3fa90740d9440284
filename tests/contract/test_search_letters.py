"""Letters are found by their journal number, and with the case and the applicant they belong to."""

from __future__ import annotations

import pytest

from tests.contract.case_office import protect
from tests.contract.letter_office import applicant, case_of, finished, interim, numbers, office


@pytest.fixture(autouse=True)
def letterhead(services):
    office(services)


def titles(services, text):
    return [hit.title for hit in services.search.find(text).letters]


def test_that_a_letter_is_found_by_journal_number_case_and_name(services):
    case = case_of(services, applicant(services, "Blid", "Nepe"))
    letter = finished(services, interim(services, case))
    (number,) = numbers(services)
    for text in (number, f" {number} ", services.cases.detail(case).number, "nepe blid"):
        found = services.search.find(text, counted=True)
        (hit,) = found.letters
        assert (hit.kind, hit.id, found.counts["letters"]) == ("letter", letter.id, 1)
        assert hit.detail.startswith(f"{number} · ")
    assert titles(services, "999/2026") == []
    assert titles(services, "klok hest") == []


def test_that_letters_of_somebody_hidden_are_neither_found_nor_counted(services, other_services):
    person = applicant(services, "Blid", "Nepe")
    finished(services, interim(services, case_of(services, person)))
    (number,) = numbers(services)
    protect(services, person, "strengt_fortrolig")
    found = other_services.search.find(number, counted=True)
    assert (found.letters, found.counts["letters"]) == ((), 0)
