"""The counted tasks of the main job: from the row in Min dag to the answer to an offer."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt

from tests.contract.allocation_office import choose, dwelling, sent, vacancy, waits
from tests.contract.assessment_office import FACTS, concluded
from tests.journeys.clerk import CTRL, Clerk
from tests.ui.harness import case_id, settle
from tests.ui.pages.letter_office import furnish

QUEUE = (("Rask", "Ost"), ("Modig", "Ask"), ("Lur", "Elv"))


def to_task(clerk: Clerk, kind: str) -> None:
    """The row of this kind in the list that is shown; one act."""
    table = clerk.page.table
    wanted = next(row.id for _number, row in table.rows.held_rows() if row.kind == kind)
    clerk.acts += 1
    table.select_id(wanted)
    table.setFocus()
    settle()


def min_dag(clerk: Clerk) -> None:
    clerk.goes("saker")
    clerk.goes("min_dag")
    clerk.page.refresh()
    settle()


def send_an_interim_reply(clerk: Clerk, office) -> int:
    """T5: Klok Hest has waited a month, nearly."""
    furnish(office)
    case = case_id(office, "Hest")
    office.cases.assign(case, office.cases.reread(case).version, office.user.id)
    min_dag(clerk)
    clerk.begins()
    to_task(clerk, "send_forelopig_svar")
    clerk.presses(Qt.Key.Key_Return, CTRL)
    clerk.expects("brev")
    clerk.writes_letter({"svar_grunn": "Vi venter på legen din."}, {"ventet_svar": "18.12.2026"})
    clerk.finalises()
    assert clerk.page.detail.journal_number
    return clerk.acts


def ask_for_papers(clerk: Clerk, office) -> int:
    """T6: what is missing is ticked."""
    clerk.goes("sak", subject=case_id(office, "Nepe"))
    clerk.begins()
    clerk.clicks("Be om opplysninger")
    clerk.clicks("De tre siste lønnsslippene")
    clerk.clicks("Lag brevet")
    clerk.expects("send_brev")
    clerk.clicks("Send brevet")
    assert clerk.page.detail.journal_number
    clerk.comes_back()
    return clerk.acts


def write_a_decision(clerk: Clerk, office) -> int:
    """T7: the assessment is concluded, and its words are in the letter already."""
    case = case_id(office, "Bie")
    office.cases.save_application(case, office.cases.detail(case).application.version, "", "", FACTS)
    concluded(office, case)
    clerk.goes("sak", subject=case)
    clerk.begins()
    clerk.clicks("Nytt brev")
    clerk.clicks("Start brevet")
    clerk.writes_letter({"oppfolging": "Du får besøk av en boveileder den første tiden."})
    clerk.clicks("Til godkjenning")
    assert clerk.page.detail.status == "til_godkjenning"
    return clerk.acts


def approve(second: Clerk, office) -> int:
    """T8: by somebody else, at a desk of her own."""
    min_dag(second)
    second.begins()
    second.clicks("Godkjenning")
    second.presses(Qt.Key.Key_Return, CTRL)
    second.expects("brev")
    second.approves()
    assert second.page.detail.status == "godkjent"
    return second.acts


def send_what_is_ready(clerk: Clerk, office) -> int:
    """T9: the decision that was approved, and letters that are finished already."""
    clerk.goes("vedtak_og_brev", tab="kladder")
    clerk.begins()
    clerk.clicks("Klare")
    clerk.page.table.setFocus()
    clerk.presses(Qt.Key.Key_A, CTRL)
    clerk.clicks("Skriv ut og ferdigstill")
    clerk.confirms("Ferdigstill og skriv ut")
    clerk.clicks("Merk ")
    clerk.confirms("Merk som sendt")
    clerk.comes_back()
    assert clerk.confirmations == 2
    assert office.letters.counts().by_segment["klare"] == 0
    return clerk.acts


def allocate(clerk: Clerk, office) -> int:
    """T10: a vacancy, its explained list, and the first three to the meeting."""
    office.office.add_district("Sentrum")
    for given, family in QUEUE:
        waits(office, given, family, since=dt.date(2026, 8, 2))
    dwelling(office)
    clerk.goes("tildeling")
    clerk.begins()
    clerk.reports_vacancy("Eksempelveien 12")
    clerk.sends_to_team()
    (row,) = office.allocation.vacancies().rows
    assert row.stage == "inntaksteam"
    return clerk.acts


def offered(store, office) -> None:
    """Stor Sky was offered a home today."""
    entry = waits(office, "Stor", "Sky", bedrooms_min=1, bedrooms_max=1, persons=1, children=0)
    offer = choose(office, vacancy(office, code="B22", bedrooms=1), entry)
    sent(store, office, offer.id)


def register_an_answer(clerk: Clerk, office) -> int:
    """T12: the applicant is on the phone and says yes."""
    clerk.goes("tildeling")
    clerk.page.refresh()
    settle()
    clerk.begins()
    clerk.clicks("Tilbud")
    clerk.registers_answer("Ja")
    assert [row.state for row in office.allocation.offers().rows] == ["ja"]
    return clerk.acts
