"""The main job through the real window, with a picture of each stop and the finished letters as files."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from boligdesk.dev.caseworker import Caseworker
from boligdesk.dev.journey import Journey
from boligdesk.dev.practice import reasons
from boligdesk.dev.practice.people import synthetic_number
from boligdesk.documents.room import PaperRoom
from boligdesk.domain.access import Right
from boligdesk.domain.catalog import TrackLaw
from boligdesk.services.desk import Services
from boligdesk.ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

_HELP, _LOCAL = TrackLaw.BOLIGSOSIALLOVEN.value, TrackLaw.LOCAL_RULES.value
NUMBER = synthetic_number(dt.date(1991, 4, 17), 0)
_BREATH_MS = 4
#: Longer than what a pane waits before it reads the chosen row.
_PANE_MS = 900
ADDRESS = "Prøvegata 3 H0101"
#: As an office has them. Invented; the last dwelling has a mistake.
HOMES = """Boligkode;Gateadresse;Bolignr;Postnr;Poststed;Rom;Soverom;Areal;Etasje;Husleie
N-201;Prøvegata 3;H0101;9008;Tromsø;3;2;62;1;8 480,00
N-202;Prøvegata 3;H0102;9008;Tromsø;4;3;78;1;9 900,00
N-203;Prøvegata 3;H0103;9008;Tromsø;3;mange;60;1;7 060,00
"""
PEOPLE = f"""Fødselsnr;Fødselsdato;Fornavn;Etternavn;Mobil;Gateadresse;Postnr;Poststed
{NUMBER};17.04.1991;Varsom;Rognebær;68 05 92 00;Eksempelgata 2;9008;Tromsø
"""
ANSWERS = {
    "adults": "1",
    "children": "1",
    "housing_now": "Uten bolig",
    "botid_since": "03.03.2020",
    "residence_basis": "Norsk statsborger",
    "income_month": "18000",
    "max_rent": "9500",
    "bedrooms": "2",
}
_JUDGED = "Vi har gått gjennom søknaden og papirene sammen med deg."
_CONCLUSION = {
    "conclusion_text": "Du har ingen bolig nå, og du har lett lenge uten å få en. "
    "Vi har lagt mest vekt på at barnet trenger et sted å bo.",
    "wishes_text": "Du vil helst bo nær skolen.",
    "children_text": "Barnet trenger et trygt og fast sted å bo, og bør få fortsette på samme skole.",
}
_HELP_GIVEN = "Vi hjelper deg med å finne en bolig.\nDu får en boveileder de tre første månedene."
_WHY_NOT_FIRST = "Søkeren har ingen bolig. De som står foran, har et sted å bo til de får tilbud."


class MainJob(Journey):
    """The tour, and then one applicant from the office's own list to a home."""

    def __init__(self, window: MainWindow, pictures: Path, told: list[str]) -> None:
        super().__init__(window, pictures, told)
        self._robot = Caseworker(window, _BREATH_MS)
        self._second: Caseworker | None = None
        self._case: UUID | None = None
        self._files = 0

    def stops(self) -> list[Callable[[], None]]:
        return [
            self.my_day,
            self.search,
            self.case,
            self.note,
            self.lists,
            self.register,
            self.assess,
            self.decide,
            self.vacancy,
            self.offer,
            self.answer,
            self.what_is_left,
            *self.rounds(),
        ]

    def close(self) -> None:
        if self._second is not None:
            self._second.window.close()
        super().close()

    # --- the lists and the application ---------------------------------------------------------------------

    def lists(self) -> None:
        """Dwellings with a mistake in one row, then people."""
        with TemporaryDirectory(prefix="boligdesk-liste-") as folder:
            for name, text, taken in (
                (
                    "boliger",
                    HOMES,
                    "Hentet inn de gode radene av boliglista. Resten kan rettes og hentes på nytt.",
                ),
                ("personer", PEOPLE, "Hentet inn personlista."),
            ):
                path = Path(folder) / f"{name}.csv"
                path.write_text(text, encoding="utf-8")
                page = self._robot.goes("administrasjon", tab="hent_inn")
                tab = page.tab()  # type: ignore[attr-defined]  # the page of the lists
                tab.begin()
                tab.read(path)
                self.wait()
                self._robot.clicks("Prøv først")
                self.picture(f"{name}-prove", "Prøvde lista uten å lagre: hva som er galt, rad for rad.")
                self._robot.clicks("Hent inn")
                self.picture(f"{name}-hentet", taken)

    def register(self) -> None:
        self._robot.goes("saker")
        self._robot.registers_application(NUMBER)
        self._robot.expects("sak")
        self._case = self._robot.page.subject_case()
        self.picture("ny-sak", "Registrerte en papirsøknad fra en person i lista. Fristene er satt.")
        self._robot.goes("sak", subject=self._case, tab="soknad")
        for key, answer in ANSWERS.items():
            self._robot.answers_question(key, answer)
        self.picture("soknad", "Skrev det søkeren har svart. Hvert svar har kilde og dato.")

    # --- assessment, decision, letters ---------------------------------------------------------------------

    def assess(self) -> None:
        """Both legal questions."""
        self._robot.goes("sak", subject=self._case, tab="vurdering")
        self.picture("vurdering", "Åpnet Vurdering: begge spørsmålene, med det opplysningene peker mot.")
        for law in (_HELP, _LOCAL):
            self._robot.assesses(law, _JUDGED)
        self._robot.concludes(_HELP, {**_CONCLUSION, "main_content": _HELP_GIVEN})
        self.picture("bistand-konkludert", "Konkluderte om bistand etter boligsosialloven.")
        self._robot.concludes(
            _LOCAL, _CONCLUSION, bedrooms_min="2", bedrooms_max="2", rooms="3", area_m2="60"
        )
        self._robot.goes("sak", subject=self._case, tab="vurdering")
        self.picture(
            "bolig-konkludert", "Konkluderte om kommunal bolig. Prioriteten har grunner i setninger."
        )

    def decide(self) -> None:
        """The two decisions."""
        for kind, name in (("vedtak_bistand", "bistand"), ("innvilgelse_bolig", "bolig")):
            self._robot.begins_letter(self._need_case(), kind)
            self._robot.reads_preview()
            self.picture(f"brev-{name}", "Skrev vedtaket. Teksten fra vurderingen står der allerede.")
            self._send_letter(name)

    def _send_letter(self, name: str) -> None:
        """Approved by a colleague, finished, kept as a file, put in the post."""
        robot, letter = self._robot, self._robot.letter_id()
        robot.sends_to_approval()
        second = self._colleague()
        second.goes("brev", subject=letter)
        if name == "bistand":
            self.picture("kollega-leser", "En kollega leste vedtaket ved sin egen plass.", second.window)
        second.approves()
        self._told.append(f"{'':<28} {second.window.services.user.name} godkjente brevet.")
        robot.goes("brev", subject=letter)
        robot.clicks("Ferdigstill")
        robot.expects("send_brev")
        if name == "bistand":
            self.picture("bekreft", "Så over hva som sendes. Enter sender ikke.")
        robot.clicks("Send ", robot.page)
        robot.expects("brev")
        for pdf in robot.pdfs():
            self._files += 1
            path = self._pictures / f"brev-{self._files}-{name}.pdf"
            path.write_bytes(pdf)
            self._told.append(f"{path.name:<28} Det ferdige brevet, med journalnummer. PDF/A-2a og PDF/UA-1.")
        robot.marks_sent()
        self.picture(f"sendt-{name}", "Merket brevet som sendt. Fristen løper fra det er regnet som mottatt.")

    # --- a home --------------------------------------------------------------------------------------------

    def vacancy(self) -> None:
        self._robot.goes("tildeling")
        self.picture("tildeling", "Åpnet Tildeling: boligene i arbeid, trinn for trinn.")
        self._robot.reports_vacancy(ADDRESS)
        self.picture("forslag", "Meldte boligen ledig. Forslaget sier hvorfor hver søker står der.")
        self._robot.sends_to_team()
        self.picture("inntaksteam", "Sendte de første til inntaksteamet. Lista er lagret med reglene.")

    def offer(self) -> None:
        """To our applicant, with the reason when somebody stands before."""
        is_first = self._robot.chooses_candidate(self._need_case())
        self.picture("hvorfor", "Valgte søkeren. «Hvorfor er …» svarer i hele setninger.")
        self._robot.gives_offer("25440", reasons.VIEWING["nb"], "" if is_first else _WHY_NOT_FIRST)
        self.picture("tilbud", "Ga tilbudet. Boligen er reservert, og begrunnelsen er lagret.")
        self._robot.clicks("Skriv tilbudet")
        self._robot.expects("brev")
        self._robot.reads_preview()
        self.picture("brev-tilbud", "Skrev brevet med tilbudet.")
        self._send_letter("tilbud")

    def answer(self) -> None:
        services = self._window.services
        (offer, *_rest) = services.allocation.offers_of_case(self._need_case())
        self._robot.goes("tildeling", state={"offer": str(offer.id)})
        self.picture("svar", "Søkeren ringte. Svarfristen og svaret står på ett sted.")
        self._robot.registers_answer("Ja")
        self._robot.goes("tildeling", subject=offer.vacancy_id)
        self.picture("takket-ja", "Registrerte ja. Boligen står i Takket ja, og kontrakten er neste oppgave.")

    def what_is_left(self) -> None:
        self._robot.goes("sak", subject=self._case, tab="brev")
        self.picture("sakens-brev", "Saken har alle brevene sine, med journalnummer.")
        self._robot.goes("vedtak_og_brev", tab="sendt")
        QTest.qWait(_PANE_MS)
        self.picture("sendt", "Vedtak og brev viser alt som er sendt, og fristene som løper.")

    # --- own -----------------------------------------------------------------------------------------------

    def _need_case(self) -> UUID:
        if self._case is None:
            raise RuntimeError("the application is not registered")
        return self._case

    def _colleague(self) -> Caseworker:
        """Somebody else who may decide, at a desk of her own on the same office."""
        if self._second is None:
            self._second = Caseworker(_second_window(self._window), _BREATH_MS)
        self._second.comes_back()
        return self._second


def _second_window(first: MainWindow) -> MainWindow:
    services, desk = first.services, first.desk
    users = services.office.users()
    able = [user for user in users if user.id != services.user.id and Right.DECIDE in user.rights]
    if desk is None or not able:
        raise RuntimeError("nobody else may decide here")
    nothing: Callable[[], None] = lambda: None  # noqa: E731 - the office is closed by the first window
    other = Services(services.session.store, able[0], PaperRoom())
    window = MainWindow()
    window.wear("light")
    window.resize(first.size())
    window.show()
    window.enter(dataclasses.replace(desk, services=other, close=nothing), {})
    return window
