"""The main job through the real window: from the office's own lists to a lawful letter in the post, and a home."""

from __future__ import annotations

import datetime as dt

from boligdesk.documents.room import PaperRoom
from tests.journeys.clerk import Clerk
from tests.ui.harness import settle

DWELLINGS = (
    "Boligkode;Gateadresse;Bolignr;Postnr;Poststed;Rom;Soverom;Areal;Etasje;Husleie\n"
    "B-1;Prøvegata 3;H0101;9008;Tromsø;3;2;62;1;8 480,00\n"
)
PEOPLE = (
    "Fødselsnr;Fornavn;Etternavn;Mobil;Gateadresse;Postnr;Poststed\n"
    "15838800065;Rask;Storbjørk;68 05 00 11;Eksempelgata 2;9008;Tromsø\n"
)
NUMBER = "15838800065"
LETTERHEAD = {
    "kommune": "Øvelse kommune",
    "kontor": "Boligkontoret",
    "adresse": ["Øvelsesgata 1", "9000 Tromsø"],
    "telefon": "68 05 00 00",
    "epost": "boligkontoret@ovelse.example",
}
LOCAL = "lokale_regler"
ANSWERS = {
    "adults": "1",
    "children": "1",
    "housing_now": "Uten bolig",
    "botid_since": "03.03.2020",
    "residence_basis": "Norsk statsborger",
    "income_month": "18000",
    "max_rent": "9500",
    "lift_or_ground": "Nei",
}
CONCLUSION = {
    "conclusion_text": "Du har ingen bolig nå, og du har lett lenge uten å få en.",
    "wishes_text": "Du vil helst bo i sentrum.",
    "children_text": "Barnet trenger et trygt og fast sted å bo.",
}


def bring_in(clerk: Clerk, path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    clerk.goes("administrasjon", tab="hent_inn")
    tab = clerk.page.tab()
    tab.begin()
    tab.choose.take([path])
    settle()
    clerk.clicks("Prøv først")
    clerk.clicks("Hent inn")


def approved(clerk: Clerk, second: Clerk) -> None:
    """Out to the colleague, and back to the letter that is open."""
    letter = clerk.page.detail.id
    clerk.sends_to_approval()
    assert "godkjenn" in [
        task.kind for task in second.window.services.tasks.of_case(clerk.page.detail.case_id)
    ]
    second.goes("brev", subject=letter)
    second.approves()
    assert second.page.detail.status == "godkjent"
    clerk.goes("brev", subject=letter)


def test_that_an_application_becomes_a_sent_letter_and_a_home(clerk, second, office, tmp_path):
    office.letters.save_letterhead(LETTERHEAD)
    bring_in(clerk, tmp_path / "boliger.csv", DWELLINGS)
    bring_in(clerk, tmp_path / "personer.csv", PEOPLE)

    clerk.goes("min_dag")
    clerk.registers_application(NUMBER)
    assert clerk.page.key == "sak"
    case = clerk.page.detail.id
    clerk.goes("sak", subject=case, tab="soknad")
    for key, answer in ANSWERS.items():
        clerk.answers_question(key, answer)

    clerk.goes("sak", subject=case, tab="vurdering")
    clerk.assesses(LOCAL, "Vi har gått gjennom papirene sammen med deg.")
    clerk.concludes(LOCAL, CONCLUSION, bedrooms_min="2", bedrooms_max="2", rooms="3", area_m2="60")
    clerk.clicks("Skriv brevet", clerk._panel(LOCAL))
    clerk.expects("brev")
    assert clerk.sees("Du har ingen bolig nå")  # the text of the conclusion flows into the letter
    approved(clerk, second)
    clerk.finalises()
    assert clerk.page.detail.status == "ferdigstilt"
    (pdf,) = clerk.pdfs()
    report = PaperRoom().check(pdf)
    assert report.is_valid, report.findings
    clerk.marks_sent()
    detail = clerk.page.detail
    assert (detail.status, detail.sent_on) == ("ekspedert", dt.date(2026, 11, 24))
    assert detail.appeal_due_on is not None

    clerk.goes("tildeling")
    clerk.reports_vacancy("Prøvegata 3")
    assert clerk.sees("Storbjørk, Rask")
    clerk.sends_to_team()
    clerk.gives_offer("28000", "Ring oss, så avtaler vi en tid.")
    clerk.clicks("Skriv tilbudet")
    clerk.expects("brev")
    clerk.reads_preview()
    assert clerk.sees("Ring oss, så avtaler vi en tid.")  # as it was written with the offer
    approved(clerk, second)
    clerk.finalises()
    clerk.marks_sent()
    (offer,) = office.allocation.offers_of_case(case)
    assert (offer.state, offer.reply_due_on) == ("sendt", dt.date(2026, 12, 1))
    clerk.goes("tildeling", state={"offer": offer.id})
    clerk.registers_answer("Ja")

    (offer,) = office.allocation.offers_of_case(case)
    assert offer.state == "ja"
    (row,) = office.allocation.vacancies().rows
    assert row.stage == "takket_ja"
    assert "lag_kontrakt" in [task.kind for task in office.tasks.of_case(case)]
