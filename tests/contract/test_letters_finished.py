"""Letters on both stores: finished, numbered without a gap, frozen and taken back."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from boligdesk.services.errors import InvalidInput, MissingGlyphs, UserError
from boligdesk.services.records.people import AddressDraft, RepresentativeDraft
from boligdesk.storage.reader import SYSTEM
from tests.contract.assessment_office import LOCAL
from tests.contract.case_office import person, protect
from tests.contract.letter_office import (
    Broken,
    applicant,
    approval,
    approved,
    begun,
    case_of,
    finished,
    interim,
    letters,
    numbers,
    office,
    saved,
    sent,
    unmet,
    version,
)


@pytest.fixture(autouse=True)
def letterhead(services):
    office(services)


def test_that_a_finished_letter_is_frozen_with_its_sum(store, services, cleared_services):
    found = finished(services, approved(services, cleared_services, approval(services)))
    (pdf,) = letters(services).pdfs(found.id)
    assert letters(services).check_file(pdf).is_valid
    versions = store.read(
        SYSTEM,
        lambda view: view.rows(
            text(
                "SELECT sha256, size, file_name, mime FROM document_version WHERE document_id = :id"
            ).bindparams(
                id=found.document_id.bytes if store.engine.dialect.name == "sqlite" else found.document_id
            )
        ),
    )
    assert [tuple(row) for row in versions] == [
        (hashlib.sha256(pdf).hexdigest(), len(pdf), "Brev 1-2026.pdf", "application/pdf")
    ]
    person_draft = services.people.detail(services.cases.detail(found.case_id).identity.person_id).draft
    assert person_draft
    letters(services).save_letterhead({**letters(services).letterhead(), "telefon": "68 05 99 99"})
    assert letters(services).pdfs(found.id) == (pdf,)
    with pytest.raises(UserError, match="låst"):
        saved(services, found.id, {"begrunnelse": "Noe nytt."})
    assert [row.number for row in letters(services).journal().rows] == ["1/2026"]
    assert letters(services).journal().rows[0].counterpart == "Klok Hest"


#: What a program with the key might try.
CHANGES = (
    "UPDATE letter SET body = '{}', row_version = row_version + 1",
    "UPDATE letter SET body_sha256 = 'x', row_version = row_version + 1",
    "UPDATE letter SET dated_on = '2020-01-01', row_version = row_version + 1",
    "UPDATE letter SET journal_number = '9/2026', row_version = row_version + 1",
    "DELETE FROM letter",
    "DELETE FROM journal_entry",
    "UPDATE journal_entry SET number = '9/2026', row_version = row_version + 1",
    "UPDATE document_version SET sha256 = 'x'",
    "DELETE FROM document_version",
    "DELETE FROM blob",
    "UPDATE blob SET body = NULL",
    "UPDATE letter_recipient SET address_text = 'x', row_version = row_version + 1",
    "UPDATE letter_approval SET outcome = 'godkjent'",
    "DELETE FROM letter_recipient",
)


def test_that_no_program_changes_what_is_finished(store, services, cleared_services):
    found = finished(services, approved(services, cleared_services, approval(services)))
    (pdf,) = letters(services).pdfs(found.id)
    for change in CHANGES:
        with store.engine.connect() as connection:
            if store.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA query_only = OFF")
            with pytest.raises(DBAPIError, match="append_only"):
                connection.exec_driver_sql(change)
            connection.rollback()
    assert letters(services).reread(found.id) == found
    assert letters(services).pdfs(found.id) == (pdf,)


def test_that_a_number_is_neither_lost_nor_used_twice_when_drawing_fails(services):
    cases = [case_of(services, applicant(services, "Blid", f"Nepe{number}")) for number in range(3)]
    first, second, third = (interim(services, case) for case in cases)
    assert finished(services, first).journal_number == "1/2026"
    before = letters(services).reread(second)
    for error in (RuntimeError("x"), MissingGlyphs("x", "y"), OSError(28, "full")):
        with pytest.raises(type(error)):
            finished(services, second, Broken(1, error))
        assert letters(services).reread(second) == before
    assert finished(services, third).journal_number == "2/2026"
    assert finished(services, second).journal_number == "3/2026"
    assert numbers(services) == ["1/2026", "2/2026", "3/2026"]


def test_that_a_sign_that_cannot_be_drawn_uses_no_number(services):
    case = case_of(services)
    found = interim(services, case)
    saved(services, found, {"svar_grunn": "Vi venter 😀 på legen."})
    with pytest.raises(MissingGlyphs):
        finished(services, found)
    saved(services, found, {"svar_grunn": "Vi venter på legen."})
    assert finished(services, found).journal_number == "1/2026"


def test_that_numbers_begin_again_each_year(services, clock):
    first = interim(services, case_of(services))
    assert finished(services, first).journal_number == "1/2026"
    clock.set(dt.date(2027, 1, 4))
    other = begun(services, case_of(services, applicant(services, "Blid", "Nepe")))
    saved(services, other, {"svar_grunn": "Vi venter."}, {"ventet_svar": dt.date(2027, 2, 1)})
    assert finished(services, other).journal_number == "1/2027"
    assert numbers(services) == ["1/2026", "1/2027"]


def test_that_a_file_that_does_not_pass_its_check_is_not_kept(services, monkeypatch):
    found = interim(services, case_of(services))

    class Spoilt(Broken):
        def render(self, paper):
            return super().render(paper).replace(b"/Lang", b"/Gnal")

    with pytest.raises(UserError, match="kontrollen"):
        finished(services, found, Spoilt(0))
    assert letters(services).reread(found).status == "kladd"
    assert finished(services, found).journal_number == "1/2026"


def test_that_a_guardian_gets_a_letter_of_their_own(services):
    guardian = person(
        services,
        "Rolig",
        "Elv",
        addresses=(AddressDraft(street="Elveveien", house_no="3", postcode="9010", city="Tromsø"),),
    )
    ward = applicant(
        services,
        representatives=(RepresentativeDraft("verge", "Rolig Elv", representative_person_id=guardian),),
    )
    found = finished(services, interim(services, case_of(services, ward)))
    assert [(one.role, one.name, one.address) for one in found.recipients] == [
        ("mottaker", "Klok Hest", ("Eksempelgata 12 B", "9008 Tromsø")),
        ("verge", "Rolig Elv", ("Elveveien 3", "9010 Tromsø")),
    ]
    one, other = letters(services).pdfs(found.id)
    assert one != other


def test_that_a_protected_guardians_address_stands_nowhere(services):
    hidden = AddressDraft(street="Elveveien", house_no="3", postcode="9010", city="Tromsø")
    guardian = person(services, "Rolig", "Elv", addresses=(hidden,))
    protect(services, guardian, "fortrolig")
    verge = RepresentativeDraft("verge", "Rolig Elv", representative_person_id=guardian)
    found = interim(services, case_of(services, applicant(services, representatives=(verge,))))
    now = letters(services).reread(found)
    assert [(one.role, one.route, one.address) for one in now.recipients] == [
        ("mottaker", "post", ("Eksempelgata 12 B", "9008 Tromsø")),
        ("verge", "skjermet", ()),
    ]
    assert letters(services).confirm(found).is_protected
    (refused,) = letters(services).finalise_many([(found, now.version)])
    assert "Skjermet mottaker" in refused.error
    finished(services, found)
    assert [one.address for one in letters(services).reread(found).recipients][1] == ()


def test_that_a_guardian_without_an_address_stops_the_letter(services):
    ward = applicant(services, representatives=(RepresentativeDraft("verge", "Rolig Elv"),))
    found = interim(services, case_of(services, ward))
    assert "representant" in unmet(services, found)


def test_that_a_letter_taken_back_keeps_its_number_and_can_be_written_anew(services, cleared_services):
    found = finished(services, approved(services, cleared_services, approval(services)))
    with pytest.raises(InvalidInput):
        letters(services).recall(found.id, found.version, " ")
    letters(services).recall(found.id, found.version, "Feil husleie")
    assert letters(services).reread(found.id).status == "tilbakekalt"
    assert [(row.number, row.status) for row in letters(services).journal().rows] == [("1/2026", "utgar")]
    undecided = next(one for one in services.assessment.of_case(found.case_id).tracks if one.law == LOCAL)
    assert undecided.status == "innstilt"
    again = begun(services, found.case_id, "innvilgelse_bolig")
    assert again != found.id
    assert finished(services, approved(services, cleared_services, again)).journal_number == "2/2026"
    with pytest.raises(UserError, match="ikke trekkes tilbake"):
        letters(services).recall(found.id, version(services, found.id), "Igjen")


def test_that_finished_approved_and_sent_are_never_undone(services, cleared_services):
    found = approval(services)
    case = letters(services).reread(found).case_id
    sent(services, finished(services, approved(services, cleared_services, found)).id)
    events = {entry.title: entry for entry in services.cases.timeline(case)}
    for title in (
        "Brevet er ferdigstilt",
        "Brevet er godkjent",
        "Brevet er sendt til godkjenning",
        "Brevet er sendt",
    ):
        assert events[title].can_undo is False
        with pytest.raises(UserError):
            services.undo.undo(events[title].event_id)
    assert letters(services).reread(found).status == "ekspedert"
