"""Bad disks, damaged files, a wrong clock and a second program: a clear message, nothing lost, nothing half."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from boligdesk.dev.faults_office import Outcome, make, open_again, person, problems
from boligdesk.services.errors import StoreUnavailable, UserError
from boligdesk.services.records.cases import NoteDraft
from boligdesk.storage.key_file import key_path
from boligdesk.storage.tables import LogLink, Note, Person

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services

_ROOM = 300_000
_TRIES = 400
_CLOCK = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


# -- disk full ------------------------------------------------------------------------------------


def disk(folder: Path) -> list[Outcome]:
    """The file may not grow (RLIMIT), and the database may not have more pages: saving is refused, whole."""
    if sys.platform == "win32":
        return [Outcome("full disk", True, "hoppet over: Windows har ingen slik grense for én prosess")]
    outcomes = []
    for way in ("grense", "sider"):
        path = folder / f"full-{way}.db"
        make(path).close()
        done = subprocess.run(
            [sys.executable, "-m", "boligdesk.dev.faults_files", way, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        outcomes.append(_disk_outcome(way, path, done))
    return outcomes


def _disk_outcome(way: str, path: Path, done: subprocess.CompletedProcess[str]) -> Outcome:
    name = f"full disk ({way})"
    if done.returncode != 0:
        return Outcome(name, False, done.stderr.strip().splitlines()[-1] if done.stderr else "døde")
    told = json.loads(done.stdout)
    wrong = problems(path)
    desk = open_again(path)
    try:
        stored = {
            str(row.id)
            for row in desk.opened.store.read(desk.services.user.id, lambda view: view.rows(select(Note.id)))
        }
        person(desk.services, 99)  # and with room again the office goes on
    finally:
        desk.close()
    if set(told["saved"]) != stored:
        wrong.append(f"{len(set(told['saved']) - stored)} borte, {len(stored - set(told['saved']))} halve")
    is_clear = told["code"] in {"disk_full", "io_error"} and bool(told["title"])
    words = f"{len(told['saved'])} lagret, så «{told['title']}»"
    return Outcome(name, is_clear and bool(told["saved"]) and not wrong, "; ".join([words, *wrong]))


def fill_the_disk(way: str, path: Path) -> None:
    """The child: write notes until the store says no, and tell which were confirmed."""
    desk = open_again(path)
    services = desk.services
    someone = person(services, 1)
    _narrow(way, path, services)
    saved, code, title = [], "", ""
    for _ in range(_TRIES):
        try:
            saved.append(str(_note(services, someone)))
        except StoreUnavailable as error:
            code, title = error.code, error.title
            break
    print(json.dumps({"saved": saved, "code": code, "title": title}), flush=True)
    os._exit(0)  # as when the machine is switched off in despair


def _note(services: Services, someone: UUID) -> UUID:
    return services.cases.write_note(NoteDraft("Et langt notat. " * 600, person_id=someone)).id


def _narrow(way: str, path: Path, services: Services) -> None:
    if way == "grense":
        import resource

        most = max(path.stat().st_size, Path(f"{path}-wal").stat().st_size) + _ROOM
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        return
    engine = services.session.store.engine  # type: ignore[attr-defined]  # the store is a local file here
    with engine.connect() as connection:  # the pool has one idle connection: the one that writes next
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {int(pages) + 40}")


# -- damage ---------------------------------------------------------------------------------------


def corrupt(folder: Path, tries: int = 12, seed: int = 1) -> list[Outcome]:
    """Bytes turned over in the file, in its log of latest pages, and in the key file."""
    whole = folder / "hel.db"
    desk = make(whole)
    for number in range(20):
        person(desk.services, number)
    kept = {suffix: Path(f"{whole}{suffix}").read_bytes() for suffix in ("", "-wal")}
    key = key_path(whole).read_bytes()
    desk.close()
    closed = whole.read_bytes()
    pick = random.Random(seed)
    return [
        _damaged(folder / "fil.db", {"": closed}, key, "", tries, pick),
        _damaged(folder / "wal.db", kept, key, "-wal", tries, pick),
        _damaged(folder / "nokkel.db", {"": closed}, key, "nøkkel", tries, pick),
    ]


def _damaged(
    path: Path, parts: dict[str, bytes], key: bytes, where: str, tries: int, pick: random.Random
) -> Outcome:
    refused, whole, wrong = 0, 0, []
    for number in range(tries):
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        target = key_path(path) if where == "nøkkel" else Path(f"{path}{where}")
        for suffix, whole_part in parts.items():
            Path(f"{path}{suffix}").write_bytes(whole_part)
        key_path(path).write_bytes(key)
        body = bytearray(target.read_bytes())
        # the first try hits the very beginning, the others anywhere
        place = 3 if number == 0 else pick.randrange(len(body))
        body[place] ^= 1 << pick.randrange(8)
        target.write_bytes(body)
        try:
            found = _read_everything(path)
        except UserError as error:
            refused += bool(error.title)
            continue
        if found:
            refused += 1
        elif where == "":
            wrong.append(f"en endret byte ({place}) ble ikke funnet")
        else:
            whole += 1
    told = f"{refused} av {tries} avvist med en melding, {whole} hele"
    name = {"": "skadet fil", "-wal": "skadet -wal", "nøkkel": "skadet nøkkelfil"}[where]
    return Outcome(name, not wrong, "; ".join([told, *wrong[:3]]))


def _read_everything(path: Path) -> list[str]:
    """Open, look at every page and the whole log, read the people. Raises UserError, or gives what is wrong."""
    desk = open_again(path)
    try:
        desk.opened.store.read(desk.services.user.id, lambda view: view.rows(select(Person.__table__)))
    finally:
        desk.close()
    return problems(path)


# -- clock and second program ---------------------------------------------------------------------


def clock(folder: Path) -> list[Outcome]:
    """The clock is set back a day between two saves: ids and the log keep their order, and the doctor says so."""
    from boligdesk.cli.doctor_store import clock_finding
    from boligdesk.storage.health import newest_entry
    from boligdesk.storage.keys import unlock_practice
    from boligdesk.storage.location import file_location

    path = folder / "klokke.db"
    desk = make(path)
    store, made = desk.opened.store, []
    for hours in (24, 25, 0, 1):
        store.clock = lambda hours=hours: _CLOCK + dt.timedelta(hours=hours)  # type: ignore[misc]
        made.append(person(desk.services, hours))
    links = store.read(
        desk.services.user.id, lambda view: view.rows(select(LogLink.seq).order_by(LogLink.seq))
    )
    desk.close()
    is_ordered = made == sorted(made) and [row.seq for row in links] == list(range(1, len(links) + 1))
    newest = newest_entry(file_location(path), unlock_practice(path))
    finding = clock_finding(newest, _CLOCK)
    wrong = problems(path)
    ok = is_ordered and not wrong and finding.status == "error"
    return [Outcome("klokka stilt tilbake", ok, "; ".join([finding.text, *wrong]))]


def second(folder: Path) -> list[Outcome]:
    """Another program on the same file: refused in words; one that only reads is let in."""
    path = folder / "to.db"
    desk = make(path)
    try:
        person(desk.services, 1)
        told = _other_program(path, "annen")
        reads = _other_program(path, "leser")
        person(desk.services, 2)  # and the first goes on as if nothing had happened
    finally:
        desk.close()
    wrong = problems(path)
    return [
        Outcome("to programmer på samme fil", told.startswith("file_in_use ") and not wrong, told),
        Outcome("et program som bare leser", reads == "lest 1", reads),
    ]


def _other_program(path: Path, what: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "boligdesk.dev.faults_files", what, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[-1] if lines else f"døde med {done.returncode}"


def open_beside(path: Path, *, read_only: bool) -> None:
    """The child: open a file that another program has, and say how it went."""
    try:
        desk = open_again(path, read_only=read_only)
    except UserError as error:
        print(f"{error.code} {error.title}")
        return
    rows = desk.opened.store.read(desk.services.user.id, lambda view: view.rows(select(Person.id)))
    desk.close()
    print(f"lest {len(rows)}")


def main(argv: list[str]) -> int:
    what, path = argv[0], Path(argv[1])
    if what in {"annen", "leser"}:
        open_beside(path, read_only=what == "leser")
    else:
        fill_the_disk(what, path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
