from __future__ import annotations

import errno

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage.driver_errors import (
    ConstraintBroken,
    DriverFault,
    StoreBusy,
    from_os_error,
    is_transient,
    translate_driver,
    translated,
    unique_names,
)
from boligdesk.storage.engine import is_local_file

METADATA = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s"}
)
HOMES = Table(
    "homes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False),
    Column("street", String),
    Column("parent_id", ForeignKey("homes.id", name="fk_homes_parent")),
    CheckConstraint("number <> ''", name="number"),
    Index(
        "ux_homes_live",
        "number",
        "street",
        unique=True,
        sqlite_where=text("id > 0"),
        postgresql_where=text("id > 0"),
    ),
)
SECRET = "Klok Hest"


@pytest.fixture
def homes(engine):
    with engine.begin() as connection:
        METADATA.create_all(connection)
        connection.execute(insert(HOMES).values(id=1, number=SECRET, street=SECRET))
    return engine


@pytest.mark.parametrize(
    ("values", "name", "kind"),
    [
        ({"id": 1, "number": "x"}, "pk_homes", "unique"),
        ({"id": 2, "number": SECRET, "street": SECRET}, "ux_homes_live", "unique"),
        ({"id": 2, "number": None, "street": SECRET}, "homes.number", "not_null"),
        ({"id": 2, "number": "", "street": SECRET}, "ck_homes_number", "check"),
    ],
)
def test_that_a_broken_rule_is_named_alike_on_both_engines(homes, values, name, kind):
    with (
        pytest.raises(ConstraintBroken) as caught,
        translated(lambda: unique_names(METADATA)),
        homes.begin() as connection,
    ):
        connection.execute(insert(HOMES).values(**values))
    assert (caught.value.name, caught.value.kind) == (name, kind)
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__


def test_that_a_broken_reference_is_told_by_kind(homes):
    with pytest.raises(ConstraintBroken) as caught, translated(), homes.begin() as connection:
        connection.execute(insert(HOMES).values(id=2, number="x", parent_id=99))
    assert caught.value.kind == "foreign_key"
    assert caught.value.name == ("" if is_local_file(homes) else "fk_homes_parent")


def test_that_a_trigger_of_ours_is_named_alike_on_both_engines(homes):
    with homes.begin() as connection:
        if is_local_file(homes):
            connection.exec_driver_sql(
                "CREATE TRIGGER stop BEFORE UPDATE ON homes BEGIN SELECT RAISE(ABORT, 'row_version'); END"
            )
        else:
            connection.exec_driver_sql(
                "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'row_version' USING ERRCODE = '40001', CONSTRAINT = 'row_version'; END $$"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER stop BEFORE UPDATE ON homes FOR EACH ROW EXECUTE FUNCTION stop()"
            )
    with pytest.raises(ConstraintBroken) as caught, translated(), homes.begin() as connection:
        connection.execute(HOMES.update().values(street="x"))
    assert (caught.value.name, caught.value.kind) == ("row_version", "trigger")


def test_that_an_error_nobody_foresaw_keeps_its_code_and_loses_its_text(homes):
    with pytest.raises(DriverFault) as caught, translated(), homes.begin() as connection:
        connection.execute(text(f"SELECT '{SECRET}'::wrong::syntax FROM"))
    assert SECRET not in str(caught.value)


class Failure(Exception):
    """Looks like a driver error."""

    def __init__(self, number):
        super().__init__(SECRET)
        self.sqlite_errorcode = number


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (5, "store_busy"),
        (517, "store_busy"),  # the extended code of a busy snapshot
        (8, "read_only"),
        (10, "io_error"),
        (11, "damaged"),
        (13, "disk_full"),
        (14, "cannot_open"),
        (26, "wrong_key"),
    ],
)
def test_that_codes_of_the_local_file_become_sentences(number, code):
    error = translate_driver(Failure(number))
    assert isinstance(error, StoreUnavailable)
    assert error.code == code
    assert error.title.endswith(".")
    assert SECRET not in error.line()
    assert isinstance(error, StoreBusy) is (code == "store_busy")


def test_that_a_copy_that_meets_a_full_disk_is_told_though_the_driver_gives_no_code():
    assert translate_driver(dbapi2.OperationalError("database or disk is full")).code == "disk_full"
    assert isinstance(translate_driver(dbapi2.OperationalError("no such thing")), DriverFault)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EACCES, "read_only"),
        (errno.EROFS, "read_only"),
        (errno.EPIPE, "io_error"),
    ],
)
def test_that_disk_errors_become_sentences_without_the_path(number, code):
    error = from_os_error(OSError(number, "x", f"/hjem/{SECRET}.db"))
    assert error.code == code
    assert SECRET not in error.line()


def test_that_only_busy_errors_are_worth_another_try():
    assert is_transient(DBAPIError("", None, Failure(5)))
    assert not is_transient(DBAPIError("", None, Failure(13)))
    assert not is_transient(ValueError())
