"""The letter with an offer, on both stores: what flows into it, what it starts, and what a second no leads to."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest

from boligdesk.services.errors import UserError
from boligdesk.services.records.allocation import OfferTerms
from tests.contract.allocation_office import choose, dwelling, vacancy, waits
from tests.contract.case_office import tasks
from tests.contract.letter_office import (
    approved,
    begun,
    finished,
    letters,
    office,
    saved,
    sent,
    unmet,
    version,
)

TERMS = OfferTerms(
    rent_ore=984_000, deposit_ore=1_000_000, move_in_on=dt.date(2026, 12, 15), viewing="Fredag klokka 13."
)
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def letterhead(services):
    office(services)


def offered(services, entry, code="B1", terms=TERMS):
    """(offer, case) of a vacancy that goes to the entry."""
    place = vacancy(services, dwelling(services, code, rooms=3, postcode="9008", city="Tromsø"))
    offer = choose(services, place, entry, terms=terms).id
    return offer, services.allocation.waiting_row(entry).case_id


def homed(services, entry):
    """Somebody who waits, with an address."""
    from dataclasses import replace

    from tests.contract.letter_office import HOME

    case = services.allocation.waiting_row(entry).case_id
    draft = services.people.detail(services.cases.detail(case).identity.person_id).draft
    services.people.change(replace(draft, addresses=(HOME,)))
    return entry


def said(services, letter):
    paper = letters(services).preview(letter).paper
    return letters(services).plain_text(paper).replace("\u00a0", " ")


def test_that_an_offer_is_written_from_what_is_known_and_sent(services, cleared_services):
    entry = homed(services, waits(services))
    offer, case = offered(services, entry)
    assert next(one for one in letters(services).choices(case) if one.kind == "tilbud").offer_id == offer
    letter = begun(services, case, "tilbud")

    text = said(services, letter)

    for words in (
        "Eksempelveien 12 B, H0201, 9008 Tromsø",
        "3-roms, 2 soverom",
        "9 840 kr",
        "10 000 kr",
        "15. desember 2026",
        "3 år",
        "Fredag klokka 13.",
        "Du må svare innen 1. desember 2026",
        "Du beholder prioriteten",
    ):
        assert words in text, words
    assert unmet(services, letter) == set()

    done = finished(services, approved(services, cleared_services, letter))
    (paper,) = letters(services).pdfs(done.id)
    with pypdfium2.PdfDocument(paper) as pages:
        printed = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "ansvarlig for tilbudet" in printed
    assert (
        "ansvarlig for vedtaket" not in printed
    )  # an offer is no vedtak: nobody is told that it can be appealed
    assert services.allocation.offer(offer).state == "forberedt"
    sent(services, done.id)
    now = services.allocation.offer(offer)
    assert (now.state, now.sent_on, now.reply_due_on) == ("sendt", TODAY, dt.date(2026, 12, 1))
    due = [row for row in tasks(services, "team").rows if row.due_on == dt.date(2026, 12, 1)]
    assert [row.kind for row in due] == ["tilbudssvar"] or len(due) == 1


def test_that_an_offer_that_lacks_its_terms_is_stopped(services):
    entry = homed(services, waits(services))
    _offer, case = offered(services, entry, terms=OfferTerms())
    letter = begun(services, case, "tilbud")
    assert unmet(services, letter) == {"tilbudet", "visning"}
    with pytest.raises(UserError, match="ikke komplett"):
        letters(services).submit(letter, version(services, letter))


def test_that_somebody_who_has_said_no_before_is_told_what_another_no_leads_to(
    services, cleared_services, clock
):
    entry = homed(services, waits(services))
    first, case = offered(services, entry)
    letter = begun(services, case, "tilbud")
    sent(services, finished(services, approved(services, cleared_services, letter)).id)
    now = services.allocation.offer(first)
    services.allocation.answer(first, now.version, "nei", TODAY, "Søkeren vil bo nærmere skolen.")

    _second, case = offered(services, entry, "B22")
    again = begun(services, case, "tilbud")

    assert again != letter
    text = said(services, again)
    assert (
        "Takker du nei, kan vi tilby boligen til en annen. Vi vurderer om godkjenningen din skal falle bort."
        in text
    )
    assert "Du får uttale deg før vi avgjør det." in text
    saved(services, again, language="nn")
    assert "Takkar du nei" in said(services, again)


def test_that_no_offer_no_letter(services):
    entry = homed(services, waits(services))
    case = services.allocation.waiting_row(entry).case_id
    with pytest.raises(UserError, match="ikke valgt noen bolig"):
        begun(services, case, "tilbud")
