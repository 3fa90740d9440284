"""Letters on both stores: the lists, the protected, the search and batches."""

from __future__ import annotations

import pytest

from boligdesk.services.errors import NotFound, UserError
from boligdesk.services.records.common import Sort
from boligdesk.services.records.letters import LetterDraft, LetterFilter
from tests.contract.assessment_office import applied
from tests.contract.case_office import protect
from tests.contract.letter_office import (
    applicant,
    approval,
    approved,
    begun,
    case_of,
    finished,
    interim,
    letters,
    missing,
    numbers,
    office,
    rows,
    sent,
    submitted,
    version,
)


@pytest.fixture(autouse=True)
def letterhead(services):
    office(services)


def test_that_segments_are_as_long_as_they_say(services, cleared_services):
    approved(services, cleared_services, approval(services))
    submitted(services, approval(services, case_of(services, applicant(services, "Blid", "Nepe"))))
    case = case_of(services, applicant(services, "Sprek", "Bie"))
    finished(services, interim(services, case))
    sent(services, finished(services, missing(services, case)).id)
    interim(services, case_of(services, applicant(services, "Rolig", "Elv")))
    counts = letters(services).counts().by_segment
    assert counts["alle"] == 5
    for segment, number in counts.items():
        assert len(rows(services, segment=segment)) == number, segment
        assert letters(services).page(LetterFilter(segment=segment), Sort("changed")).total == number


@pytest.mark.parametrize(
    "key", ["changed", "title", "to", "case", "writer", "status", "due", "journal", "sent"]
)
def test_that_every_column_sorts_both_ways(services, key):
    for name in ("Nepe", "Bie", "Elv"):
        interim(services, case_of(services, applicant(services, "Klok", name)))
    one = [row.id for row in letters(services).page(LetterFilter(), Sort(key)).rows]
    other = [row.id for row in letters(services).page(LetterFilter(), Sort(key, descending=True)).rows]
    assert sorted(one) == sorted(other)
    assert len(one) == 3


def test_that_letters_of_the_protected_are_masked_and_go_their_own_way(
    services, other_services, cleared_services
):
    someone = applicant(services)
    case = case_of(services, someone)
    found = interim(services, case)
    protect(services, someone, "fortrolig")

    (row,) = rows(services)
    assert (row.is_masked, row.can_tick) == (False, False)
    (masked,) = rows(other_services)
    assert (masked.to, masked.is_masked, masked.case_id, masked.can_tick) == (
        "Skjermet søker",
        True,
        None,
        False,
    )
    with pytest.raises(NotFound):
        letters(other_services).detail(found)
    with pytest.raises(NotFound):
        letters(other_services).preview(found)

    now = letters(services).reread(found)
    assert [(one.route, one.address) for one in now.recipients] == [("skjermet", ())]
    shown = letters(services).plain_text(letters(services).preview(found).paper)
    assert "Eksempelgata" not in shown
    assert "offentleglova" in shown
    assert letters(services).confirm(found).is_protected

    (refused,) = letters(services).finalise_many([(found, now.version)])
    assert "Skjermet mottaker" in refused.error
    assert refused.journal_number == ""
    assert numbers(services) == []

    done = finished(services, found)
    assert done.journal_number == "1/2026"
    entry = letters(services).journal().rows[0]
    assert entry.counterpart == "Skjermet"
    assert rows(cleared_services)[0].is_masked is False
    assert letters(other_services).journal().rows == ()
    assert b"Eksempelgata" not in letters(services).pdfs(found)[0]


def test_that_letters_of_the_strictly_protected_are_nowhere_for_others(
    services, cleared_services, other_services
):
    someone = applicant(services)
    interim(services, case_of(services, someone))
    protect(services, someone, "strengt_fortrolig")
    assert len(rows(services)) == 1
    for other in (cleared_services, other_services):
        assert rows(other) == ()
        assert letters(other).counts().by_segment["alle"] == 0


def test_that_the_search_finds_a_letter_by_name_case_and_journal_number(services):
    case = case_of(services)
    found = finished(services, interim(services, case))
    interim(services, case_of(services, applicant(services, "Blid", "Nepe")))
    number = services.cases.detail(case).number
    for said in ("hest", number, "1/2026"):
        assert [row.id for row in rows(services, text=said)] == [found.id], said
    assert rows(services, text="finnes ikke") == ()


def test_that_a_batch_goes_on_after_one_that_fails(services):
    cases = [case_of(services, applicant(services, "Klok", name)) for name in ("Nepe", "Bie", "Elv")]
    one, empty, three = interim(services, cases[0]), begun(services, cases[1]), interim(services, cases[2])
    told = []
    results = letters(services).finalise_many(
        [(found, version(services, found)) for found in (one, empty, three)],
        lambda done, total: told.append((done, total)),
    )
    assert [result.journal_number for result in results] == ["1/2026", "", "2/2026"]
    assert "ikke komplett" in results[1].error
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert numbers(services) == ["1/2026", "2/2026"]
    assert letters(services).finalise_many([(empty, 1)], is_cancelled=lambda: True) == ()


def test_that_opening_a_letter_leaves_an_entry(services):
    found = interim(services, case_of(services))
    letters(services).detail(found)
    latest = services.log.entries(0, 1).rows[0]
    assert latest.kind == "lest"
    assert latest.what == "Åpnet brev"


def test_that_a_closed_case_gets_no_new_letter(services):
    case = applied(services, applicant(services))
    services.cases.close(case, services.cases.detail(case).version, "trukket", "Søkeren har trukket søknaden")
    with pytest.raises(UserError, match="avsluttet"):
        letters(services).start(LetterDraft(case, "forelopig_svar"))
