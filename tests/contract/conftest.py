"""The same office on both stores: a migrated template, copied for each test."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from boligdesk.documents.room import PaperRoom
from boligdesk.domain.catalog import Role
from boligdesk.services.desk import Services
from boligdesk.storage import schema
from boligdesk.storage.engine import open_postgres, open_sqlite
from boligdesk.storage.keys import DataKey
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KEY = DataKey(bytes(range(32)))
LEADER = ("ingrid", "Ingrid B.", (Role.LEADER, Role.CASEWORKER), 2)
PEOPLE = (
    LEADER,
    ("jonas", "Jonas H.", (Role.CASEWORKER,), 0),
    ("marit", "Marit L.", (Role.LEADER, Role.CASEWORKER), 1),
    ("guro", "Guro S.", (Role.HOME_GUIDE,), 0),
    ("arne", "Arne D.", (Role.ADMINISTRATOR,), 0),
    ("vidar", "Vidar M.", (Role.CARETAKER,), 0),
)


class Clock:
    """A clock that the test sets; each look moves it a millisecond on."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(milliseconds=1)
        return self.now

    def set(self, day: dt.date) -> None:
        self.now = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)


def found(store: SqlStore) -> None:
    """A unit, two districts and the people who work there."""

    def work(unit) -> None:
        unit.write_office.found_office("Boligkontoret")
        for name in ("Sentrum", "Kroken"):
            unit.write_office.add_district(name)
        for person in PEOPLE:
            unit.write_office.register_user(*person)

    store.write(SYSTEM, work)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mal") / "mal.db"
    engine = open_sqlite(path, KEY, create=True)
    schema.create(engine)
    found(SqlStore(engine, Clock()))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(new_database: Callable[..., str]) -> str:
    url = new_database()
    engine = open_postgres(url)
    schema.create(engine)
    found(SqlStore(engine, Clock()))
    engine.dispose()
    return url.rsplit("/", 1)[1].split("?")[0]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[SqlStore]:
    """An office with users and districts, and nothing else."""
    if request.param == "sqlite":
        path = tmp_path / "kontor.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        engine = open_sqlite(path, KEY)
    else:
        template = request.getfixturevalue("postgres_template")
        engine = open_postgres(request.getfixturevalue("new_database")(template))
    store = SqlStore(engine, clock)
    yield store
    store.close()


def services_of(store: SqlStore, login: str) -> Services:
    user = store.read(SYSTEM, lambda view: view.office.user_by_login(login))
    assert user is not None
    return Services(store, user, PaperRoom())


@pytest.fixture
def services(store: SqlStore) -> Services:
    """A leader who is also a case worker, cleared for everything."""
    return services_of(store, "ingrid")


@pytest.fixture
def other_services(store: SqlStore) -> Services:
    """A second case worker, without clearance for restricted files."""
    return services_of(store, "jonas")


@pytest.fixture
def cleared_services(store: SqlStore) -> Services:
    """A leader cleared for fortrolig, not for strengt fortrolig."""
    return services_of(store, "marit")


@pytest.fixture
def home_guide(store: SqlStore) -> Services:
    return services_of(store, "guro")


@pytest.fixture
def administrator(store: SqlStore) -> Services:
    return services_of(store, "arne")


@pytest.fixture
def caretaker(store: SqlStore) -> Services:
    return services_of(store, "vidar")
