"""Finishing a letter, and the picture of one after the last key; the floor is what drawing it takes alone."""

from __future__ import annotations

import datetime as dt
import os
import time
from typing import TYPE_CHECKING

from boligdesk import app
from boligdesk.dev.bench_figures import Figure, Sample, median, timed
from boligdesk.dev.practice import reasons
from boligdesk.dev.practice.deciding import assess, write
from boligdesk.dev.practice.people import people
from boligdesk.documents.room import PaperRoom
from boligdesk.domain.catalog import Role, TrackLaw
from boligdesk.domain.letters import LetterKind
from boligdesk.services.desk import Services
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.letters import LetterDraft
from boligdesk.services.records.people import AddressDraft, NameDraft, PersonDraft
from boligdesk.storage.location import file_location
from boligdesk.storage.reader import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from boligdesk.app import Desk
    from boligdesk.dev.practice.people import Fictional
    from boligdesk.ui.main_window import MainWindow

FINISH_MS, PREVIEW_MS = 150.0, 400.0
_LOCAL = TrackLaw.LOCAL_RULES.value
_COLLEAGUE = "kollega"
_PATIENCE_S = 20.0
_FACTS = (
    FactDraft("adults", "kjent", 1),
    FactDraft("children", "kjent", 1),
    FactDraft("housing_now", "kjent", "uten_bolig"),
    FactDraft("botid_since", "kjent", dt.date(2020, 3, 3)),
    FactDraft("residence_basis", "kjent", "norsk"),
    FactDraft("income_month", "kjent", 1_800_000),
    FactDraft("max_rent", "kjent", 950_000),
)


def writing(folder: Path, rounds: int) -> list[Figure]:
    """On a new office in one file, with a decision of three pages for each round."""
    desk, _recovery = app.create_desk(
        file_location(folder / "skriving.db"),
        ask=None,
        office="Målekontoret",
        login="skriver",
        name="S. Kriver",
    )
    try:
        return [finishing(desk, max(rounds, 5)), preview(desk, max(rounds, 5))]
    finally:
        desk.close()


def finishing(desk: Desk, times: int) -> Figure:
    """Checked, numbered, drawn, held against the standards, stored."""
    services, papers = desk.services, PaperRoom()
    colleague = _second(desk)
    services.letters.save_letterhead(dict(reasons.LETTERHEAD))
    ready = [_approved(services, colleague, one) for one in people(times + 1)]
    paper = services.letters.preview(ready[0][0]).paper
    floors = [timed(lambda: papers.check(papers.render(paper))) for _ in range(times)]
    taken = [timed(_finish(services, *letter)) for letter in ready][1:]
    pages = papers.check(services.letters.pdfs(ready[0][0])[0]).pages
    return _figure(
        "ferdigstille et vedtak", taken, floors, FINISH_MS, f"{pages} sider; gulv: tegne og kontrollere dem"
    )


def _finish(services: Services, letter: UUID, version: int) -> Callable[[], object]:
    return lambda: services.letters.finalise(letter, version)


def preview(desk: Desk, times: int) -> Figure:
    """From a key in a text of the letter to its page on the screen, with the wait for the next key."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from boligdesk.app import open_for_window
    from boligdesk.ui.main_window import MainWindow
    from boligdesk.ui.pdf_pages import pages_of_width
    from boligdesk.ui.places import Place
    from boligdesk.ui.start import make_app

    make_app("light")
    letter, _version = _draft(desk.services, people(times + 2)[-1])
    window = MainWindow()
    window.resize(1440, 900)
    window.show()
    window.enter(open_for_window(desk), {})
    window.go(Place("brev", subject=letter))
    _until(window, lambda: bool(_pdf(window)))
    papers, paper = PaperRoom(), desk.services.letters.preview(letter).paper
    floors = [timed(lambda: pages_of_width(papers.render(paper), 600)) for _ in range(times)]
    taken = [_typed(window, chr(ord("a") + number % 26)) for number in range(times + 1)][1:]
    window.hide()
    window.tasks.shutdown()
    return _figure("brevet på skjermen etter tast", taken, floors, PREVIEW_MS, "gulv: tegne sidene")


def _typed(window: MainWindow, letter: str) -> Sample:
    from PySide6.QtTest import QTest

    from boligdesk.ui.pages.brev.page import BrevPage

    page = window.navigator.here
    if not isinstance(page, BrevPage):
        raise TypeError("the letter is not open")
    before, field = _pdf(window), page.writing.texts["begrunnelse"]
    wall, cpu = time.perf_counter(), time.process_time()
    QTest.keyClicks(field, letter)
    _until(window, lambda: _pdf(window) != before)
    return Sample((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


def _pdf(window: MainWindow) -> bytes:
    from boligdesk.ui.pages.brev.page import BrevPage

    page = window.navigator.here
    return page.side.view.pdf if isinstance(page, BrevPage) else b""


def _until(window: MainWindow, is_so: Callable[[], bool]) -> None:
    from PySide6.QtTest import QTest

    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > _PATIENCE_S:
            raise RuntimeError(f"nothing came on {window.windowTitle()}")
        QTest.qWait(1)


def _second(desk: Desk) -> Services:
    """Somebody else who may decide."""
    desk.services.office.register_user(_COLLEAGUE, "K. Ollega", (Role.LEADER, Role.CASEWORKER), 0)
    store = desk.opened.store
    user = store.read(SYSTEM, lambda view: view.office.user_by_login(_COLLEAGUE))
    if user is None:
        raise RuntimeError("the colleague is not registered")
    return Services(store, user, PaperRoom())


def _draft(services: Services, one: Fictional) -> tuple[UUID, int]:
    """(letter, version) of a decision that only needs approval."""
    home = AddressDraft(street=one.street, house_no=one.house_no, postcode=one.postcode, city="Tromsø")
    person = services.people.register(
        PersonDraft((NameDraft(one.given, one.family),), one.birth_on, addresses=(home,))
    )
    case = services.cases.register_application(
        ApplicationDraft(person.id, facts=_FACTS, assignee_id=services.user.id, knows_applicant=False)
    ).id
    track = assess(services, case, _LOCAL, "innvilgelse", 0)
    letter, version, _approval = write(
        services, LetterDraft(case, LetterKind.APPROVAL_DWELLING.value, track_id=track)
    )
    return letter, version


def _approved(services: Services, colleague: Services, one: Fictional) -> tuple[UUID, int]:
    letter, version = _draft(services, one)
    submitted = services.letters.submit(letter, version)
    return letter, colleague.letters.approve(letter, submitted.version).version


def _figure(name: str, taken: list[Sample], floors: list[Sample], limit: float, note: str) -> Figure:
    return Figure(
        name,
        0,
        median([one.wall for one in taken]),
        median([one.wall for one in floors]),
        limit,
        cpu=median([one.cpu for one in taken]),
        note=note,
    )
