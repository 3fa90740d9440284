"""What the tests of the Sak page stand on: a case with everything on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from boligdesk.services.records.cases import DocumentDraft, NoteDraft
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.people import (
    IdentifierDraft,
    RepresentativeDraft,
)
from boligdesk.services.records.work import VisitDraft
from boligdesk.ui.pages.sak.page import SakPage
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint, to_pdf
from tests.ui.harness import (
    case_id,
    colleague,
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    settle,
)

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

NUMBER = "15838800065"
TODAY = dt.date(2026, 11, 24)


def picture() -> bytes:
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(0x88AACC)
    room = QBuffer()
    room.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(room, "PNG")
    return bytes(room.data())


def scan() -> bytes:
    return to_pdf(ListPrint("Søknad om bolig", ("skannet",), TODAY, (), ()))


def dress(services) -> None:
    """Everything a case can hold, on the first applicant."""
    case, person = case_id(services, "Hest"), person_id(services, "Hest")
    known = services.people.detail(person)
    more = replace(
        known.draft,
        id=person,
        version=known.version,
        interpreter_language="tigrinja",
        written_form="bm",
        identifiers=(IdentifierDraft("fnr", NUMBER),),
        representatives=(RepresentativeDraft("verge", "Stille Sofa"),),
    )
    services.people.change(more)
    version = services.cases.detail(case).application.version
    answers = (
        FactDraft("housing_now", "kjent", "hos_familie", "soknad"),
        FactDraft("must_leave_by", "kjent", dt.date(2026, 12, 15), "soknad"),
        FactDraft("income_kind", "kjent", "introduksjonsstonad", "dokument"),
        FactDraft("income_month", "kjent", 2790000, "dokument"),
        FactDraft("bedrooms", "kjent", 3, "soknad"),
        FactDraft("lift_or_ground", "kjent", 1, "samtale"),
        FactDraft("staffed", "ukjent", None, "samtale"),
        FactDraft("areas_wanted", "kjent", "Helst Kroken, nær skolen", "soknad"),
    )
    services.cases.save_application(case, version, "Ro, og kort vei til skolen.", "6 visninger.", answers)
    services.cases.write_note(
        NoteDraft(
            "Ringte skolen. Plass fra januar.", "Bør gå foran.", "samtale", with_whom="rektor", case_id=case
        )
    )
    services.cases.add_document(DocumentDraft("soknad.pdf", scan(), kind="SØKNAD", case_id=case))
    services.cases.add_document(
        DocumentDraft("inntekt.png", picture(), title="Inntekt oktober", case_id=case)
    )
    services.guidance.log_visit(VisitDraft(person, observed="Ryddig og varmt.", case_id=case))


def open_case(window, services, family: str = "Hest", tab: str = "", **state) -> SakPage:
    window.go(Place("sak", subject=case_id(services, family), tab=tab, state=state))
    settle()
    page = window.findChild(SakPage)
    assert page is not None
    return page


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
