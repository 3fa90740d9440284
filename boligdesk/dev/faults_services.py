"""kill -9 while people, cases, notes, drafts and lists are saved: everything that was confirmed must be there.

``run(kills)``: each round starts a program that saves through the services and says each confirmed save
aloud. It is killed at a random moment; then the file must open, be whole with its log, and hold what was said.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from boligdesk.dev.faults_office import Outcome, make, open_again, person, problems
from boligdesk.services.imports.table import SourceRow, SourceTable
from boligdesk.services.records.cases import ApplicationDraft, NoteDraft
from boligdesk.services.records.common import Draft
from boligdesk.storage.tables import CaseFile, Note, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boligdesk.app import Desk
    from boligdesk.services.desk import Services
    from boligdesk.storage.view import View

_LONGEST_S = 0.6
_ROWS = 5
_TABLES: dict[str, Any] = {"person": Person, "case": CaseFile, "note": Note}
_FIELD = "feilprove"


def run(kills: int, folder: Path, seed: int = 1) -> Outcome:
    """The whole trial. ``told`` counts kills, confirmed saves and what was wrong."""
    moments = random.Random(seed)
    path = folder / "drept.db"
    make(path).close()
    confirmed: list[str] = []
    wrong: list[str] = []
    for number in range(kills):
        said = _one_round(path, number, moments.random() * _LONGEST_S)
        confirmed += said
        wrong += [f"drap {number + 1}: {problem}" for problem in [*problems(path), *missing(path, confirmed)]]
    told = f"{kills} drap, {len(confirmed)} bekreftede lagringer, {len(wrong)} feil"
    return Outcome("kill -9 under lagring", bool(confirmed) and not wrong, "; ".join([told, *wrong[:5]]))


def _one_round(path: Path, number: int, delay: float) -> list[str]:
    """Start, kill ``delay`` seconds after the first confirmed save, give every whole line that was said."""
    command = [sys.executable, "-m", "boligdesk.dev.faults_services", str(path), str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        if writer.stdout is None:
            raise RuntimeError("the writing program has no voice")
        said = [writer.stdout.readline()]
        listener = threading.Thread(target=lambda out=writer.stdout: said.extend(out))
        listener.start()
        time.sleep(delay)
        writer.kill()
        writer.wait()
        listener.join()
    whole = [line.decode("ascii").strip() for line in said if line.endswith(b"\n")]
    if not whole:
        raise RuntimeError("the writing program did not start")
    return whole


def missing(path: Path, confirmed: list[str]) -> list[str]:
    """Confirmed saves that are not there, and lists of which only a part is there."""
    desk = open_again(path, read_only=True)
    try:
        return desk.opened.store.read(desk.services.user.id, lambda view: _missing(view, confirmed))
    finally:
        desk.close()


def _missing(view: View, confirmed: list[str]) -> list[str]:
    found = []
    said: dict[str, set[str]] = {}
    for line in confirmed:
        kind, _, what = line.partition(" ")
        said.setdefault(kind, set()).add(what)
    for kind, table in _TABLES.items():
        stored = {str(row.id) for row in view.rows(select(table.id))}
        lost = said.get(kind, set()) - stored
        found += [f"{len(lost)} {kind} er borte"] if lost else []
    name = Person.sort_name
    lists = {
        str(row.city): row.number
        for row in view.rows(
            select(Person.city, func.count(name).label("number"))
            .where(Person.city.is_not(None))
            .group_by(Person.city)
        )
    }
    found += [f"{mark} er halv ({number} rader)" for mark, number in lists.items() if number != _ROWS]
    found += [f"{mark} er borte" for mark in said.get("import", set()) if mark not in lists]
    last = max((int(what) for what in said.get("draft", ())), default=0)
    kept = view.drafts.load("case", None, _FIELD)
    if last and (kept is None or int(kept.body["nummer"]) < last):
        found.append("kladden er borte")
    return found


def _list(mark: str) -> SourceTable:
    """A list of people who all live in a place of its own, by which it is known again."""
    headings = ("Fornavn", "Etternavn", "Fødselsdato", "Poststed")
    rows = tuple(
        SourceRow(number + 2, (f"Rad {number}", mark, dt.date(1980, 1, number + 1), mark))
        for number in range(_ROWS)
    )
    return SourceTable(f"{mark}.csv", "", (), headings, rows, (), mark, 1)


def _saves(services: Services, start: int) -> Iterator[str]:
    """One save after the other, for ever; each yields what it confirmed."""
    number = start * 1_000_000
    while True:
        number += 1
        someone = person(services, number)
        yield f"person {someone}"
        services.drafts.save(Draft("case", None, _FIELD, {"nummer": str(number), "tekst": "kladd " * 50}))
        yield f"draft {number}"
        case = services.cases.register_application(ApplicationDraft(someone, knows_applicant=False)).id
        yield f"case {case}"
        note = services.cases.write_note(NoteDraft("Samtale. " * 40, case_id=case))
        yield f"note {note.id}"
        mark = f"Sted{number}"
        table = _list(mark)
        services.imports.take(table, "people", services.imports.mapping(table.headings, "people"))
        yield f"import {mark}"


def save_for_ever(desk: Desk, start: int) -> None:
    with closing(os.fdopen(os.dup(1), "wb", buffering=0)) as out:
        for line in _saves(desk.services, start):
            out.write(f"{line}\n".encode("ascii"))


if __name__ == "__main__":
    save_for_ever(open_again(Path(sys.argv[1])), int(sys.argv[2]))
