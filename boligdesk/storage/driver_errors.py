"""What the drivers and the disk say, turned into sentences for people: by code, never by value.

Driver messages carry values (PostgreSQL's DETAIL, bound parameters), so nothing of their text is
passed on. A broken constraint keeps its name only: the caller knows which Norwegian sentence it means.
"""

from __future__ import annotations

import errno
import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from boligdesk.services.errors import NotAllowed, StoreUnavailable, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import MetaData
    from sqlalchemy.exc import DBAPIError

NOTHING_WRITTEN = "Det du holdt på med, er ikke lagret. Alt som var lagret fra før, er der."


class StoreBusy(StoreUnavailable):
    """Somebody else holds the lock, or two transactions met. Trying the whole piece of work again may help."""

    code = "store_busy"


class ConstraintBroken(Exception):
    """A rule of the database stopped the write; the transaction must be rolled back.

    ``name`` is the constraint, unique index or trigger token ("" when the engine does not say),
    ``kind`` one of unique, foreign_key, not_null, check, trigger. Holds no values.
    """

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(f"{kind}: {name}")
        self.name = name
        self.kind = kind


class DriverFault(Exception):
    """A driver error that nobody foresaw: a bug. ``code`` is the driver's own; the text is left out."""

    def __init__(self, driver_class: str, code: str) -> None:
        super().__init__(f"{driver_class} ({code})")
        self.code = code


# code word: title, what happened, what is safe, what to do
_SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "store_busy": (
        "Databasen er opptatt.",
        "En annen lagring er ikke ferdig.",
        NOTHING_WRITTEN,
        "Vent litt og prøv igjen.",
    ),
    "disk_full": (
        "Det er ikke plass på disken.",
        "Databasen kan ikke vokse.",
        NOTHING_WRITTEN,
        "Frigjør plass og prøv igjen.",
    ),
    "read_only": (
        "Databasen er skrivebeskyttet.",
        "Boligdesk får lese, men ikke lagre.",
        NOTHING_WRITTEN,
        "Be IT-støtte om skrivetilgang til filen og mappen.",
    ),
    "io_error": (
        "Disken svarer ikke som den skal.",
        "Lesing eller skriving mislyktes.",
        NOTHING_WRITTEN,
        "Kontroller disken, og start Boligdesk på nytt. Skjer det igjen, må IT-støtte se på disken.",
    ),
    "damaged": (
        "Databasen er skadet.",
        "Innholdet i filen stemmer ikke med kontrollsummene.",
        "Boligdesk har ikke endret filen.",
        "Hent tilbake siste sikkerhetskopi, og ta vare på den skadede filen.",
    ),
    "wrong_key": (
        "Filen lar seg ikke åpne med denne nøkkelen.",
        "Filen hører til en annen nøkkelfil, er ikke en Boligdesk-database eller er skadet.",
        "Boligdesk har ikke endret filen.",
        "Kontroller at databasen og nøkkelfilen hører sammen.",
    ),
    "cannot_open": (
        "Får ikke åpnet databasefilen.",
        "Filen eller mappen mangler, eller du har ikke tilgang.",
        "Boligdesk har ikke endret noe.",
        "Kontroller at filen finnes og at du har tilgang til mappen.",
    ),
    "no_memory": (
        "Maskinen har ikke nok minne.",
        "",
        NOTHING_WRITTEN,
        "Lukk andre programmer og prøv igjen.",
    ),
    "too_big": (
        "Teksten eller filen er for stor til å lagres.",
        "",
        NOTHING_WRITTEN,
        "Del den opp, og prøv igjen.",
    ),
    "no_contact": (
        "Får ikke kontakt med databasetjeneren.",
        "Tjeneren svarer ikke, eller forbindelsen ble brutt.",
        NOTHING_WRITTEN,
        "Kontroller nettet og prøv igjen. Varer det ved, må IT-støtte se på tjeneren.",
    ),
    "login_refused": (
        "Databasetjeneren godtok ikke påloggingen.",
        "Brukernavnet, passordet eller databasenavnet er feil, eller tilgangen er sperret.",
        "Ingenting er endret.",
        "Kontroller påloggingen, eller spør IT-støtte.",
    ),
    "server_full": (
        "Databasetjeneren har ikke plass til flere.",
        "Alle forbindelser er i bruk, eller tjeneren mangler ressurser.",
        NOTHING_WRITTEN,
        "Vent litt og prøv igjen. Varer det ved, må IT-støtte se på tjeneren.",
    ),
    "too_slow": (
        "Databasen brukte for lang tid.",
        "Spørringen ble stoppet.",
        NOTHING_WRITTEN,
        "Prøv igjen, gjerne med et smalere søk.",
    ),
}

_SQLITE: dict[int, str] = {
    3: "read_only",  # PERM
    5: "store_busy",  # BUSY
    6: "store_busy",  # LOCKED
    7: "no_memory",
    8: "read_only",
    10: "io_error",
    11: "damaged",  # CORRUPT
    13: "disk_full",
    14: "cannot_open",
    15: "store_busy",  # PROTOCOL: the WAL index is being recovered by another program
    18: "too_big",
    26: "wrong_key",  # NOTADB
}
_SQLITE_CONSTRAINT = 19

# sqlcipher3's Connection.backup() raises without a code: SQLite's own fixed texts for it
_SQLITE_TEXTS: dict[str, int] = {
    "database is locked": 5,
    "database table is locked": 6,
    "out of memory": 7,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}

# longest match first: five letters, then the two-letter class
_POSTGRES: dict[str, str] = {
    "40001": "store_busy",
    "40P01": "store_busy",
    "55P03": "store_busy",
    "57014": "too_slow",
    "25006": "read_only",
    "53100": "disk_full",
    "53200": "no_memory",
    "54000": "too_big",
    "25P03": "no_contact",  # idle in transaction too long: the server hung up
    "57P": "no_contact",
    "3D": "login_refused",
    "28": "login_refused",
    "08": "no_contact",
    "53": "server_full",
    "58": "io_error",
    "XX": "damaged",
}
_POSTGRES_KINDS = {"23505": "unique", "23503": "foreign_key", "23502": "not_null", "23514": "check"}

_ERRNO: dict[int, str] = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EIO: "io_error",
    errno.ENOENT: "cannot_open",
}

_TOKEN = re.compile(r"[a-z][a-z0-9_]*\Z")
_SQLITE_MESSAGES = (
    (re.compile(r"UNIQUE constraint failed: index '(?P<name>[^']+)'"), "unique"),
    (re.compile(r"UNIQUE constraint failed: (?P<name>.+)"), "unique"),
    (re.compile(r"CHECK constraint failed: (?P<name>.+)"), "check"),
    (re.compile(r"NOT NULL constraint failed: (?P<name>.+)"), "not_null"),
    (re.compile(r"FOREIGN KEY constraint failed(?P<name>)"), "foreign_key"),
)


def unavailable(code: str) -> StoreUnavailable:
    """The sentence for one of the code words of this module."""
    kind = StoreBusy if code == "store_busy" else StoreUnavailable
    error = kind(*_SENTENCES[code])
    error.code = code
    return error


#: Unique indexes that two desks may meet on, and what the second one is told.
_TAKEN: dict[str, tuple[str, str, str, str]] = {
    "uq_offer_dwelling": (
        "Boligen er allerede tilbudt til noen.",
        "Bare ett tilbud kan gjelde om gangen.",
        "Ingenting er endret.",
        "Se hvem som har tilbudet, i Tildeling.",
    ),
    "uq_offer_applicant": (
        "Søkeren har allerede et tilbud om bolig.",
        "Bare ett tilbud kan gjelde om gangen.",
        "Ingenting er endret.",
        "Registrer svaret på det tilbudet først.",
    ),
    "uq_offer_household": (
        "Noen i husstanden har allerede et tilbud om bolig.",
        "Bare ett tilbud kan gjelde om gangen.",
        "Ingenting er endret.",
        "Registrer svaret på det tilbudet først.",
    ),
    "uq_vacancy_live": (
        "Boligen er meldt ledig fra før.",
        "",
        "Ingenting er endret.",
        "Finn den i Tildeling, og endre den der.",
    ),
    "uq_waiting_live": ("Saken står på ventelisten fra før.", "", "Ingenting er endret.", ""),
}


def taken(name: str) -> UserError:
    """The sentence for a unique index that only one of two can pass. Raises KeyError for any other."""
    return UserError(*_TAKEN[name])


def from_os_error(error: OSError) -> StoreUnavailable:
    """A disk error as a sentence; paths stay out of it (file names may hold names of people)."""
    return unavailable(_ERRNO.get(error.errno or 0, "io_error"))


def unique_names(metadata: MetaData) -> dict[str, str]:
    """``"table.a, table.b" -> constraint name`` for every unique constraint and index of the tables.

    SQLite names the columns where PostgreSQL names the constraint; this map makes both say the name.
    Two unique indexes over the same columns (partial ones) share the first name in the alphabet.
    """
    from sqlalchemy import UniqueConstraint

    found: dict[str, str] = {}
    for table in metadata.tables.values():
        uniques: list[Any] = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
        uniques += [index for index in table.indexes if index.unique]
        uniques.append(table.primary_key)
        for unique in sorted(uniques, key=lambda item: str(item.name or "")):
            columns = ", ".join(f"{table.name}.{column.name}" for column in unique.columns)
            if unique.name:
                found.setdefault(columns, str(unique.name))
    return found


@cache
def names_of_ours() -> dict[str, str]:
    """``unique_names`` of our own tables. Made when an error needs it: it takes every table with everything on it."""
    from boligdesk.storage.tables import Base

    return unique_names(Base.metadata)


def translate(error: DBAPIError, names: Mapping[str, str] | None = None) -> Exception:
    """The UserError, ConstraintBroken or DriverFault that stands for a driver error."""
    return translate_driver(error.orig, names, lost=bool(error.connection_invalidated))


def translate_driver(
    orig: BaseException | None, names: Mapping[str, str] | None = None, *, lost: bool = False
) -> Exception:
    """As ``translate``, for an error straight from a driver. ``lost``: the connection is gone."""
    number = getattr(orig, "sqlite_errorcode", None) or _SQLITE_TEXTS.get(str(orig))
    if number is not None:
        return _from_sqlite(orig, int(number) & 0xFF, names or {})
    state = getattr(orig, "sqlstate", None)
    if state:
        return _from_postgres(orig, str(state))
    if lost or _is_server_failure(orig):
        return unavailable("login_refused" if _says_login(orig) else "no_contact")
    return DriverFault(type(orig).__name__, "no code")


def _from_sqlite(orig: BaseException | None, number: int, names: Mapping[str, str]) -> Exception:
    if number in _SQLITE:
        return unavailable(_SQLITE[number])
    if number == _SQLITE_CONSTRAINT:
        message = str(orig)
        for pattern, kind in _SQLITE_MESSAGES:
            if match := pattern.match(message):
                return ConstraintBroken(names.get(match["name"], match["name"]), kind)
        return ConstraintBroken(message if _TOKEN.match(message) else "", "trigger")
    return DriverFault(type(orig).__name__, f"SQLite {number}")


def _from_postgres(orig: Any, state: str) -> Exception:
    name = orig.diag.constraint_name or ""
    if state in _POSTGRES_KINDS:
        if state == "23502":  # PostgreSQL names no constraint here: say table.column as SQLite does
            name = f"{orig.diag.table_name}.{orig.diag.column_name}"
        return ConstraintBroken(name, _POSTGRES_KINDS[state])
    if name or state == "P0001":  # raised by a trigger of ours
        primary = orig.diag.message_primary or ""
        return ConstraintBroken(name or (primary if _TOKEN.match(primary) else ""), "trigger")
    if state == "42501":
        return NotAllowed("Du har ikke tilgang til dette.", safe="Ingenting er endret.")
    for length in (5, 3, 2):
        if state[:length] in _POSTGRES:
            return unavailable(_POSTGRES[state[:length]])
    return DriverFault(type(orig).__name__, state)


def _is_server_failure(orig: BaseException | None) -> bool:
    """Without a code, psycopg means the network or the login."""
    kind = type(orig)
    return kind.__module__.startswith("psycopg") and kind.__name__ in {
        "OperationalError",
        "ConnectionTimeout",
    }


def _says_login(orig: BaseException | None) -> bool:
    # libpq gives no SQLSTATE for a refused login; the words are those of an English or untranslated server,
    # any other language falls back to "no contact"
    text = str(orig)
    return any(
        word in text
        for word in ("authentication failed", "no password supplied", "pg_hba.conf", " does not exist")
    )


def is_transient(error: BaseException) -> bool:
    """Whether the same work may succeed when tried again: busy, serialisation failure or deadlock."""
    from sqlalchemy.exc import DBAPIError

    if isinstance(error, DBAPIError):
        error = translate(error)
    return isinstance(error, StoreBusy)


@contextmanager
def translated(names: Callable[[], Mapping[str, str]] = dict) -> Iterator[None]:
    """Within the block, driver errors leave as UserError, ConstraintBroken or DriverFault.

    A unique index that two desks may meet on leaves as the UserError that says which.
    """
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        found = translate(error, names())
        if isinstance(found, ConstraintBroken) and found.name in _TAKEN:
            found = taken(found.name)
        raise found from None
