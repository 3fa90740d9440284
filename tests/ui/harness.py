"""A small office on a real encrypted file, and the real window on it, for the tests of pages.

``office`` is ``Services`` of a leader who is also a case worker, on a fresh practice file with a few people,
cases and dwellings; ``desk_window`` the real MainWindow with background work done at once. Both are fixtures of
``tests/ui/conftest.py`` style: import them in a test file (``from tests.ui.harness import desk_window, office``).
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest

from boligdesk.app import Desk, open_for_window
from boligdesk.documents.room import PaperRoom
from boligdesk.domain.catalog import Role
from boligdesk.services.desk import Services
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.people import ContactDraft, NameDraft, PersonDraft
from boligdesk.storage.keys import key_path
from boligdesk.storage.location import file_location
from boligdesk.storage.opening import FirstUser, OpenedStore, create_store, open_store
from boligdesk.storage.reader import SYSTEM
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from boligdesk.ui.first_run.opener import OpenDesk

ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
INGRID = ("ingrid", "Ingrid B.")
JONAS = ("jonas", "Jonas H.")
#: given, family, birth date, telephone; invented, and the numbers are synthetic (month + 80)
PEOPLE = (
    ("Klok", "Hest", dt.date(1988, 3, 15), "68 05 00 01"),
    ("Blid", "Nepe", dt.date(1975, 6, 1), "68 05 00 02"),
    ("Sprek", "Bie", dt.date(1990, 12, 24), "68 05 00 03"),
    ("Treg", "Fjell", dt.date(1969, 2, 8), ""),
)


class Clock:
    """Tuesday 24 November 2026; each look is a millisecond later."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(milliseconds=1)
        return self.now


def fill(services: Services) -> None:
    """Four people, three of them with an application."""
    for number, (given, family, born, phone) in enumerate(PEOPLE):
        contacts = (ContactDraft("telefon", phone),) if phone else ()
        saved = services.people.register(PersonDraft((NameDraft(given, family),), born, contacts=contacts))
        if number < 3:
            services.cases.register_application(
                ApplicationDraft(saved.id, received_on=dt.date(2026, 10, 26 + number), knows_applicant=False)
            )


def services_of(opened: OpenedStore, login: str) -> Services:
    user = opened.store.read(SYSTEM, lambda view: view.office.user_by_login(login))
    assert user is not None
    return Services(opened.store, user, PaperRoom())


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice file that every test gets a copy of."""
    path = tmp_path_factory.mktemp("kontor") / "kontor.db"
    first = FirstUser(*INGRID, (Role.LEADER, Role.CASEWORKER, Role.ADMINISTRATOR))
    opened, _key = create_store(
        file_location(path), passphrase=None, keystore=None, office="Boligkontoret", first=first
    )
    opened.store.clock = Clock()
    services = services_of(opened, INGRID[0])
    services.office.register_user(*JONAS, (Role.CASEWORKER,), 0)
    fill(services)
    opened.close()
    return path


@pytest.fixture
def office_path(office_template: Path, tmp_path: Path) -> Path:
    """A practice file of one's own."""
    path = tmp_path / "kontor.db"
    shutil.copy(office_template, path)
    shutil.copy(key_path(office_template), key_path(path))
    return path


@pytest.fixture
def opened(office_path: Path) -> Iterator[OpenedStore]:
    def never() -> str:
        raise AssertionError("a practice file asks for nothing")

    store = open_store(file_location(office_path), passphrase=never, keystore=lambda: None)
    store.store.clock = Clock()
    yield store
    store.close()


@pytest.fixture
def office(opened: OpenedStore) -> Services:
    """Ingrid: leader, case worker and administrator, cleared for everything."""
    return services_of(opened, INGRID[0])


@pytest.fixture
def colleague(opened: OpenedStore) -> Services:
    """Jonas: case worker, cleared for nothing special."""
    return services_of(opened, JONAS[0])


@pytest.fixture
def open_desk(opened: OpenedStore, office: Services) -> OpenDesk:
    """What the window is given. The store is closed by ``opened``, and may be closed twice."""
    return open_for_window(Desk(opened, office))


@pytest.fixture
def desk_window(qtbot, open_desk: OpenDesk) -> Iterator[MainWindow]:
    """The real window at 1440 x 900 on the office, signed in, with its work done at once."""
    window = MainWindow(Tasks(immediate=True))
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.enter(open_desk, {})
    settle()
    yield window
    window.close()
    window.deleteLater()
    settle()


def person_id(services: Services, family: str) -> UUID:
    """The id of one of ``PEOPLE``."""
    return services.search.find(family).people[0].id


def case_id(services: Services, family: str) -> UUID:
    """The id of the case of one of the first three of ``PEOPLE``."""
    return services.search.find(family).cases[0].id


def settle(milliseconds: int = 0) -> None:
    """Let everything happen that waits for the event loop."""
    for _round in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if milliseconds:
        QTest.qWait(milliseconds)


def grab(widget: QWidget, name: str) -> Path:
    """A picture in artifacts/ for eyes; returns where."""
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / f"{name}.png"
    widget.grab().save(str(path))
    return path
