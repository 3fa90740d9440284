"""Real stores for the tests: an encrypted file and a PostgreSQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boligdesk.storage.engine import open_postgres, open_sqlite
from boligdesk.storage.keys import DataKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine

TEST_KEY = DataKey(bytes(range(32)))


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """A fresh encrypted file."""
    engine = open_sqlite(tmp_path / "kontor.db", TEST_KEY, create=True)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(new_database: Callable[..., str]) -> Iterator[Engine]:
    """A fresh database on the server."""
    engine = open_postgres(new_database())
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """The same test on both stores."""
    return request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")
