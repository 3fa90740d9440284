"""``boligdesk database``: make, upgrade, check, copy and bring back the store. Nobody signs in for the care of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk.cli.output import Answer, facts
from boligdesk.cli.parser import Group
from boligdesk.cli.stores import data_key_of, existing, location_of
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.storage.location import COPIES

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser
    from boligdesk.storage.keys import DataKey
    from boligdesk.storage.location import StoreLocation


def add(program: Parser) -> None:
    from boligdesk.cli.database_create import create

    group = Group(program)
    making = group.command("create", "lag en ny database", create)
    making.add_argument("--office", default="Boligkontoret", metavar="NAVN", help="navnet på kontoret")
    making.add_argument("--login", metavar="BRUKER", help="brukernavnet til den første brukeren")
    making.add_argument("--name", metavar="NAVN", help="navnet til den første brukeren")
    making.add_argument(
        "--practice", action="store_true", help="en åpen øvelsesfil, bare for oppdiktede opplysninger"
    )
    upgrading = group.command("upgrade", "oppgrader databasen til denne utgaven av Boligdesk", _upgrade)
    upgrading.add_argument(
        "--backup-folder",
        type=Path,
        metavar="MAPPE",
        help=f"hvor kopien legges først (ellers «{COPIES}» ved siden av)",
    )
    group.command("check", "kontroller at databasen og loggen er hel", _check)
    copying = group.command("backup", "ta en sikkerhetskopi, også mens vinduet er åpent", _backup)
    copying.add_argument("folder", type=Path, metavar="MAPPE", help="mappen kopien skal ligge i")
    restoring = group.command("restore", "hent tilbake en sikkerhetskopi", _restore)
    restoring.add_argument("copy", type=Path, metavar="KOPI", help="databasefilen i sikkerhetskopien")
    restoring.add_argument("--replace", action="store_true", help="legg databasen som er der nå, til side")
    restoring.add_argument(
        "--recovery-key",
        action="store_true",
        help="bruk gjenopprettingsnøkkelen, og velg en ny passordsetning (ny maskin)",
    )


def _key(location: StoreLocation) -> DataKey | None:
    return None if location.path is None else data_key_of(location.path)


def _upgrade(options: argparse.Namespace) -> Answer:
    from boligdesk.storage.upgrading import upgrade_file, upgrade_server

    location = existing(location_of(options))
    if location.path is None:
        done = upgrade_server(location)
    else:
        folder = options.backup_folder or location.path.parent / COPIES
        done = upgrade_file(location, data_key_of(location.path), folder)
    document = {
        "upgraded": done.before != done.after,
        "before": done.before,
        "after": done.after,
        "copy": str(done.copy) if done.copy else None,
    }
    if done.before == done.after:
        return Answer(document, [f"Databasen har versjon {done.after} og trenger ikke oppgradering."])
    lines = [f"Databasen er oppgradert fra versjon {done.before} til {done.after}."]
    if done.copy:
        lines.append(f"Kopien fra før oppgraderingen er {done.copy}.")
    return Answer(document, lines)


def _check(options: argparse.Namespace) -> Answer:
    """1 when something is wrong."""
    from boligdesk.storage.health import examine

    location = existing(location_of(options))
    found = examine(location, _key(location))
    ok = not found.problems
    document = {
        "ok": ok,
        "problems": list(found.problems),
        "schema": found.revision,
        "log": {"links": found.links, "head": found.head},
        "rows": found.rows,
    }
    lines = ["Databasen er hel." if ok else "Kontrollen fant feil:", *found.problems]
    lines += facts(
        [
            ("Versjon", found.revision),
            ("Loggen", f"{found.links} ledd uten brudd" if ok else None),
            ("Siste ledd", found.head[:16] if ok else None),
        ]
    )
    return Answer(document, lines, 0 if ok else 1)


def _backup(options: argparse.Namespace) -> Answer:
    from boligdesk.storage.backup import backup
    from boligdesk.storage.health import note_backup

    location = existing(location_of(options))
    if location.path is None:
        raise InvalidInput(
            "database",
            "Boligdesk tar ikke sikkerhetskopi av en databasetjener.",
            f"Du bruker {location.display}. Den sikres med tjenerens egne verktøy.",
            "Be IT-drift om pg_dump eller pg_basebackup, og om å prøve å hente den tilbake.",
        )
    moment = dt.datetime.now().astimezone()
    done = backup(location, data_key_of(location.path), options.folder.absolute(), now=moment)
    note_backup(location.path, moment)
    document = {"copy": str(done.path), "key_file": str(done.key_file), "rows": done.rows}
    lines = [
        "Sikkerhetskopien er tatt og lest tilbake.",
        *facts([("Kopi", done.path), ("Nøkkelfil", done.key_file), ("Rader", sum(done.rows.values()))]),
        "Ta vare på begge filene sammen.",
    ]
    return Answer(document, lines)


def _restore(options: argparse.Namespace) -> Answer:
    from boligdesk.storage.backup import restore

    target, copy = location_of(options).file, options.copy.absolute()
    _refuse_useless(target, copy, options.replace)
    if options.recovery_key:
        data_key = _by_recovery_key(copy)
    else:
        data_key = data_key_of(_with_key_file(copy, target), "Passordsetningen til kopien: ")
    done = restore(copy, data_key, target, replace=options.replace)
    if options.recovery_key:
        _choose_passphrase(target, data_key)
    document = {
        "restored": str(done.path),
        "set_aside": str(done.set_aside) if done.set_aside else None,
        "epoch": str(done.epoch),
    }
    lines = [f"Databasen er hentet tilbake til {done.path}."]
    if done.set_aside:
        lines.append(f"Den gamle er lagt til side som {done.set_aside}.")
    return Answer(document, lines)


def _refuse_useless(target: Path, copy: Path, replace: bool) -> None:
    """What can be seen before anybody is asked for a passphrase."""
    if not copy.is_file():
        raise UserError(
            "Fant ikke sikkerhetskopien.", safe="Ingenting er endret.", todo="Oppgi databasefilen i kopien."
        )
    if target.exists() and target.samefile(copy):
        raise UserError("Kopien og databasen er samme fil.", safe="Ingenting er endret.")
    if target.exists() and not replace:
        raise InvalidInput(
            "target",
            "Det finnes allerede en database her.",
            f"Det er {target}. Ingenting er endret.",
            "Skriv også «--replace». Da legges den gamle til side, og ingenting slettes.",
        )


def _with_key_file(copy: Path, target: Path) -> Path:
    """Whose key file opens the copy: its own, or that of the database it was taken from."""
    from boligdesk.storage.keys import key_path

    return copy if key_path(copy).exists() or not key_path(target).exists() else target


def _by_recovery_key(copy: Path) -> DataKey:
    from boligdesk.cli import prompts
    from boligdesk.storage.keys import unlock_with_recovery

    return unlock_with_recovery(copy, prompts.passphrase("Gjenopprettingsnøkkelen: "))


def _choose_passphrase(target: Path, data_key: DataKey) -> None:
    from boligdesk.app import key_store, passphrase_from
    from boligdesk.cli import prompts
    from boligdesk.storage.keys import add_passphrase

    add_passphrase(target, data_key, passphrase_from(prompts.new_passphrase)(), key_store())
