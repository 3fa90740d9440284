"""What the tests of the pages of letters stand on: a letterhead, an applicant with an address, a concluded case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtPrintSupport import QPrinter

from boligdesk.domain.catalog import Role
from boligdesk.services.records.letters import LetterDraft, LetterTexts
from boligdesk.services.records.people import AddressDraft
from boligdesk.ui import letter_printing
from boligdesk.ui.places import Place
from tests.contract.assessment_office import FACTS, concluded
from tests.ui.harness import case_id, person_id, services_of, settle

TODAY = dt.date(2026, 11, 24)
HEAD = {
    "kommune": "Øvelse kommune",
    "kontor": "Boligkontoret",
    "adresse": ["Øvelsesgata 1", "9000 Tromsø"],
    "telefon": "68 05 00 00",
    "epost": "boligkontoret@ovelse.example",
}
MARIT = ("marit", "Marit L.", (Role.LEADER, Role.CASEWORKER), 2)


def furnish(services, *families):
    """The office's letterhead, and an address for each of these people."""
    services.letters.save_letterhead(HEAD)
    for family in families or ("Hest", "Nepe", "Bie"):
        person = person_id(services, family)
        known = services.people.detail(person, "prøve")
        address = AddressDraft(street="Eksempelgata", house_no="1", postcode="9000", city="Tromsø")
        services.people.change(replace(known.draft, id=person, version=known.version, addresses=(address,)))


def interim(services, family="Hest", *, complete=True):
    """The id of a begun foreløpig svar, with everything in it unless told otherwise."""
    case = case_id(services, family)
    saved = services.letters.start(LetterDraft(case, "forelopig_svar"))
    if complete:
        texts = LetterTexts(
            {"svar_grunn": "Vi venter på en uttalelse fra legen din."}, {"ventet_svar": dt.date(2026, 12, 18)}
        )
        services.letters.save(saved.id, saved.version, texts)
    return saved.id


def approvable(services, family="Hest"):
    """The id of a vedtak that only needs approval."""
    case = case_id(services, family)
    detail = services.cases.detail(case)
    services.cases.save_application(case, detail.application.version, "", "", FACTS)
    concluded(services, case)
    saved = services.letters.start(LetterDraft(case, "innvilgelse_bolig"))
    return saved.id


def finished(services, family="Hest"):
    letter = interim(services, family)
    services.letters.finalise(letter, services.letters.reread(letter).version)
    return letter


def second_leader(opened, services):
    """Somebody who may approve what Ingrid writes."""
    services.office.register_user(*MARIT)
    return services_of(opened, MARIT[0])


def open_letter(window, letter):
    window.go(Place("brev", subject=letter))
    settle(20)
    return window.navigator.pages["brev"]


def print_to(path, monkeypatch):
    """The choice of printer answers with a file."""

    def choose(_parent):
        printer = letter_printing.new_printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return printer

    monkeypatch.setattr(letter_printing, "choose_printer", choose)
