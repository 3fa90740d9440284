"""A small practice office that the faults are tried on, and what must hold of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk import app
from boligdesk.services.records.people import NameDraft, PersonDraft
from boligdesk.storage import health
from boligdesk.storage.keys import unlock_practice
from boligdesk.storage.location import file_location
from boligdesk.storage.tables import CaseFile, EventChange, Note, Person

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from boligdesk.app import Desk
    from boligdesk.services.desk import Services
    from boligdesk.storage.view import View

LOGIN = "feil"
#: Tables whose every row must stand in the log, and the other way round.
LOGGED: tuple[Any, ...] = (Person, CaseFile, Note)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault: what was done, whether all that must hold held, and what happened in words."""

    name: str
    ok: bool
    told: str

    def line(self) -> str:
        return f"{self.name:<34} {'i orden' if self.ok else 'FEIL':<8} {self.told}"


def make(path: Path) -> Desk:
    """A new office; anybody can open it."""
    desk, _key = app.create_desk(file_location(path), ask=None, login=LOGIN, name="Feil Søker")
    return desk


def open_again(path: Path, *, read_only: bool = False) -> Desk:
    return app.open_desk(file_location(path), ask=lambda: "", login=LOGIN, read_only=read_only)


def person(services: Services, number: int) -> UUID:
    return services.people.register(PersonDraft((NameDraft(f"Nummer {number}", "Prøve"),))).id


def problems(path: Path) -> list[str]:
    """Everything wrong with the file: pages, references, the chain of the log, rows without log or log without rows."""
    found = list(health.examine(file_location(path), unlock_practice(path)).problems)
    if found:
        return found
    desk = open_again(path, read_only=True)
    try:
        return desk.opened.store.read(desk.services.user.id, _halves)
    finally:
        desk.close()


def _halves(view: View) -> list[str]:
    found = []
    for table in LOGGED:
        stored = {row.id for row in view.rows(select(table.id))}
        made = select(EventChange.row_id).where(
            EventChange.tbl == table.__tablename__, EventChange.old.is_(None)
        )
        logged = {row.row_id for row in view.rows(made)}
        if stored != logged:
            found.append(
                f"{table.__tablename__}: {len(stored - logged)} uten logg, {len(logged - stored)} bare i loggen"
            )
    return found
