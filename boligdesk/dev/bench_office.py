"""Offices to measure on: made once per size into the system's temporary folder, and copied for each run."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk import app
from boligdesk.dev import bulk
from boligdesk.domain.catalog import Role
from boligdesk.services.records.cases import ApplicationDraft, DocumentDraft, NoteDraft
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import (
    HouseholdDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
    PersonFilter,
)
from boligdesk.storage.key_file import key_path
from boligdesk.storage.location import file_location

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services

LOGIN = "bench"
COLLEAGUES = ("anne", "berit", "carl", "dina", "einar")
NOTES, DOCUMENTS, EVENTS = 20, 6, 100
#: What the heavy case is found by.
HEAVY_NAME = "Måling"
_PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Office:
    """A store file with ``people`` persons, and the case with everything on it."""

    path: Path
    people: int


def office(people: int, folder: Path, cache: Path | None = None) -> Office:
    """A copy in ``folder`` of the office of that size; the original is made when it is not there yet."""
    original = (cache or _cache()) / f"{people}.db"
    if not original.exists():
        _make(original, people)
    path = folder / original.name
    for source, target in ((original, path), (key_path(original), key_path(path))):
        shutil.copyfile(source, target)
        target.chmod(0o600)
    return Office(path, people)


def _cache() -> Path:
    """One folder per schema and per way of making offices: an old one is never measured."""
    root = Path(bulk.__file__).resolve().parents[1]
    sources = [
        Path(bulk.__file__),
        Path(__file__),
        *sorted((root / "storage" / "migrations" / "versions").glob("*.py")),
        root / "domain" / "text.py",
    ]
    mark = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"boligdesk-bench-{mark}"


def _make(path: Path, people: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"ny-{path.name}")
    for old in path.parent.glob(f"{part.name}*"):
        old.unlink()
    desk, _recovery = app.create_desk(
        file_location(part), ask=None, office="Målekontoret", login=LOGIN, name="Målende Bruker"
    )
    try:
        users = [desk.services.user.id]
        roles = (Role.CASEWORKER, Role.HOME_GUIDE)
        users += [desk.services.office.register_user(name, name.title(), roles, 0).id for name in COLLEAGUES]
        bulk.fill(desk.opened.store, users, people)
        add_heavy_case(desk.services)
    finally:
        desk.close()
    key_path(part).rename(key_path(path))
    part.rename(path)


def add_heavy_case(services: Services) -> UUID:
    """A household of five, twenty notes, six documents, a hundred events."""
    persons = [_person(services, number) for number in range(5)]
    roles = ("hovedperson", "partner", "barn", "barn", "barn")
    members = tuple(MemberDraft(role, person_id=person) for role, person in zip(roles, persons, strict=True))
    household = services.households.save(HouseholdDraft(members)).id
    case = services.cases.register_application(
        ApplicationDraft(persons[0], household_id=household, knows_applicant=False)
    ).id
    for number in range(NOTES):
        services.cases.write_note(
            NoteDraft(f"Samtale nr. {number}. " + "Et avsnitt til. " * 20, case_id=case)
        )
    for number in range(DOCUMENTS):
        body = _PDF + f"%{number}\n".encode()
        services.cases.add_document(DocumentDraft(f"vedlegg-{number}.pdf", body, case_id=case))
    waiting = ("soker", "ingen")
    for number in range(EVENTS - NOTES - DOCUMENTS):
        version = services.cases.detail(case).version
        services.cases.set_waiting(case, version, waiting[number % 2])
    return case


def heavy_case(services: Services) -> UUID:
    """The case that ``add_heavy_case`` made."""
    person = services.people.page(PersonFilter(text=f"0 {HEAVY_NAME}"), Sort("name"), 0, 1).rows[0].id
    return services.people.detail(person).cases[0].id


def _person(services: Services, number: int) -> UUID:
    born_year = 1985 if number < 2 else 2015
    draft = PersonDraft(
        names=(NameDraft(f"Nummer {number}", HEAVY_NAME),),
        birth_on=dt.date(born_year, 3, number + 1),
        birth_precision="dag",
    )
    return services.people.register(draft).id
