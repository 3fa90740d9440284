"""The store's part of the doctor: where it is, whether it opens, its age, the clock, the copies, the disk."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk.cli.doctor_program import Finding
from boligdesk.cli.stores import location_of
from boligdesk.services.errors import UserError

if TYPE_CHECKING:
    import argparse

    from boligdesk.storage.keys import DataKey
    from boligdesk.storage.location import StoreLocation

_LITTLE, _TOO_LITTLE = 1_000_000_000, 100_000_000
_OLD_COPY = dt.timedelta(days=7)
_CLOCK_SLACK = dt.timedelta(minutes=5)


def store_checks(options: argparse.Namespace) -> list[Finding]:
    """Everything about the chosen store; without one, that there is none."""
    try:
        location = location_of(options)
    except UserError as error:
        return [Finding("location", "Database", "error", error.line())]
    except RuntimeError:  # an empty environment on a machine where nobody has a home folder
        return [Finding("location", "Database", "warning", "ikke valgt, og ingen hjemmemappe")]
    findings = [Finding("location", "Database", "ok", location.display)]
    if location.path is None:
        return [*findings, *_opened(location, None)]
    findings.append(_disk(location.path))
    if not location.path.exists():
        chosen = bool(options.database or os.environ.get("BOLIGDESK_DATABASE"))
        text = "ikke laget ennå; «boligdesk database create» lager den"
        return [*findings, Finding("store", "Innhold", "error" if chosen else "ok", text)]
    findings += [_permissions(location.path), _copies(location.path)]
    return findings + _file_checks(location, location.path)


def _disk(path: Path) -> Finding:
    folder = next((parent for parent in path.parents if parent.exists()), path.parent)
    free = shutil.disk_usage(folder).free
    text = f"{free / 1e9:.1f} GB ledig".replace(".", ",")
    status = "error" if free < _TOO_LITTLE else "warning" if free < _LITTLE else "ok"
    return Finding("disk", "Disk", status, text)  # type: ignore[arg-type]


def _permissions(path: Path) -> Finding:
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        text = "andre brukere på maskinen kan lese filen; kjør chmod 600 på den"
        return Finding("permissions", "Tilgang", "warning", text)
    return Finding("permissions", "Tilgang", "ok", "bare du kan lese filen")


def _copies(path: Path) -> Finding:
    from boligdesk.storage.health import last_backup

    moment = last_backup(path)
    if moment is None:
        return Finding(
            "backup", "Sikkerhetskopi", "warning", "ingen kjent; ta en med «boligdesk database backup»"
        )
    age = dt.datetime.now(dt.UTC) - moment
    text = f"sist {moment.astimezone():%d.%m.%Y kl. %H.%M}"
    return Finding("backup", "Sikkerhetskopi", "warning" if age > _OLD_COPY else "ok", text)


def _file_checks(location: StoreLocation, path: Path) -> list[Finding]:
    """Open the file where that needs no question: a practice file, or a passphrase file."""
    from boligdesk.app import passphrase_file
    from boligdesk.cli.stores import data_key_of
    from boligdesk.storage.key_file import key_path, load

    try:
        file = load(key_path(path))
        if not file.practice and passphrase_file() is None:
            text = "låst; sett BOLIGDESK_PASSPHRASE_FILE for å kontrollere den også"
            return [Finding("store", "Innhold", "ok", text)]
        data_key = data_key_of(path)
    except UserError as error:
        return [Finding("store", "Innhold", "error", error.line())]
    weak = [Finding("protection", "Vern", "warning", file.warning)] if file.warning else []
    return [*weak, *_opened(location, data_key)]


def _opened(location: StoreLocation, data_key: DataKey | None) -> list[Finding]:
    from boligdesk.storage import schema
    from boligdesk.storage.health import newest_entry

    try:
        newest = newest_entry(location, data_key)
    except UserError as error:
        return [Finding("store", "Innhold", "error", error.line())]
    return [
        Finding("store", "Innhold", "ok", "kan åpnes"),
        Finding("schema", "Versjon", "ok", schema.HEAD),
        clock_finding(newest, dt.datetime.now(dt.UTC)),
    ]


def clock_finding(newest: dt.datetime | None, now: dt.datetime) -> Finding:
    """A log that is ahead of the clock: the clock was set back (or was wrong when somebody wrote)."""
    if newest is not None and newest > now + _CLOCK_SLACK:
        text = (
            f"klokka er stilt tilbake: det siste i databasen er fra {newest.astimezone():%d.%m.%Y kl. %H.%M}"
        )
        return Finding("clock", "Klokka", "error", text)
    return Finding("clock", "Klokka", "ok", f"{now.astimezone():%d.%m.%Y kl. %H.%M}")
