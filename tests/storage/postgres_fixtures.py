"""The PostgreSQL of the tests, once per process whichever folder asks for it (tests/conftest.py)."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


#: A test may hold a few databases at once; older copies are nobody's any more.
_KEPT_COPIES = 4


@pytest.fixture(scope="session")
def postgres_url(testrun_uid: str) -> Iterator[str]:
    """The maintenance database of a server: BOLIGDESK_TEST_PG_URL, or one started for this run."""
    given = os.environ.get("BOLIGDESK_TEST_PG_URL", "")
    if given == "none":
        pytest.skip("BOLIGDESK_TEST_PG_URL=none: PostgreSQL is left out on purpose")
    if given:
        yield given
        return
    from tests.storage.postgres_server import PostgresServer

    server = PostgresServer(testrun_uid[:12])
    url = server.join()
    yield url
    server.leave()


@pytest.fixture(scope="session")
def new_database(postgres_url: str) -> Iterator[Callable[..., str]]:
    """``new_database()`` or ``new_database(template="name")``: the address of a database of one's own.

    Copies of a template are dropped a few tests later, the rest at the end of the run. A template must
    have no connections (dispose its engine first).
    """
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    admin = create_engine(
        make_url(postgres_url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    made: list[str] = []
    copies: list[str] = []

    def drop(name: str) -> None:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))

    def make(template: str = "template0") -> str:
        name = f"t_{secrets.token_hex(6)}"
        with admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        (made if template == "template0" else copies).append(name)
        while len(copies) > _KEPT_COPIES:
            drop(copies.pop(0))
        url = make_url(postgres_url).set(database=name)
        return url.render_as_string(hide_password=False)

    yield make
    for name in (*copies, *made):
        drop(name)
    admin.dispose()
