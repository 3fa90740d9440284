"""``boligdesk database create``: a new store with its first user, and the recovery key, shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.cli import prompts
from boligdesk.cli.output import Answer, facts
from boligdesk.cli.stores import location_of
from boligdesk.services.errors import InvalidInput

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from boligdesk.storage.location import StoreLocation

_TRIES = 3
_KEEP_IT = (
    "Skriv gjenopprettingsnøkkelen på papir og lås papiret ned. Den vises bare denne ene gangen.",
    "Uten passordsetningen og uten nøkkelen kan ingen åpne databasen.",
)


def create(options: argparse.Namespace) -> Answer:
    """1 when the store was made but the recovery key was not written back correctly."""
    from boligdesk.app import create_desk, founder_roles, login_name, passphrase_file
    from boligdesk.services.office import checked_user

    location = location_of(options)
    _refuse(location, options.practice)
    given = options.login or options.user or login_name()
    login, name = checked_user(given, options.name or given, founder_roles(), 2)
    ask = None if options.practice or location.path is None else prompts.new_passphrase
    desk, recovery = create_desk(location, ask=ask, office=options.office.strip(), login=login, name=name)
    warning = desk.opened.warning
    desk.close()
    asks_back = bool(recovery) and not options.json and passphrase_file() is None and prompts.is_interactive()
    proved = _asked_back(location.file, recovery) if asks_back else True
    document = {
        "created": True,
        "database": str(location.path) if location.path else location.display,
        "kind": location.kind,
        "practice": options.practice,
        "office": options.office.strip(),
        "user": {"login": login, "name": name},
        "recovery_key": recovery or None,
        "warning": warning or None,
    }
    lines = [
        "Databasen er laget.",
        *facts([("Database", location.path or location.display), ("Bruker", f"{name} ({login})")]),
    ]
    if recovery and not asks_back:
        lines += ["", f"Gjenopprettingsnøkkel: {recovery}", *_KEEP_IT]
    return Answer(document, lines, 0 if proved else 1, _warnings(warning, proved))


def _refuse(location: StoreLocation, practice: bool) -> None:
    """What can be seen before anybody is asked for a passphrase."""
    from boligdesk.storage.keys import key_path

    if location.path is None:
        if practice:
            raise InvalidInput("practice", "En øvelse lages bare som en fil på denne maskinen.")
    elif location.path.exists() or key_path(location.path).exists():
        raise InvalidInput(
            "database",
            "Det finnes allerede en database her.",
            f"Det er {location.path}. Ingenting er endret.",
            "Velg et annet navn for den nye databasen.",
        )


def _asked_back(path: Path, recovery: str) -> bool:
    """Show the key, and see that it was written down: three tries."""
    from boligdesk.storage.keys import verify_recovery

    for line in ("", f"Gjenopprettingsnøkkel: {recovery}", *_KEEP_IT, ""):
        prompts.tell(line)
    for _attempt in range(_TRIES):
        try:
            verify_recovery(path, prompts.line("Skriv nøkkelen slik den står på papiret: "))
        except InvalidInput as error:
            prompts.tell(error.line())
        else:
            prompts.tell("Nøkkelen stemmer.")
            return True
    return False


def _warnings(warning: str, proved: bool) -> list[str]:
    unproved = (
        "Gjenopprettingsnøkkelen er ikke kontrollert. Slett databasen og nøkkelfilen og lag dem på nytt før "
        "kontoret tar dem i bruk."
    )
    return [text for text in (warning, "" if proved else unproved) if text]
