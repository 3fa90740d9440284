"""Bringing in ten thousand rows, from a file to the store, with every check."""

from __future__ import annotations

import csv
import datetime as dt
import random
import time
from typing import TYPE_CHECKING, Any

from boligdesk import app
from boligdesk.dev.bench_figures import Figure, Sample, median, timed
from boligdesk.dev.bench_office import LOGIN
from boligdesk.dev.bulk import DISTRICTS, FAMILY, GIVEN, STREETS
from boligdesk.exchange.tables import read_table
from boligdesk.storage.location import file_location

if TYPE_CHECKING:
    from pathlib import Path

    from boligdesk.app import Desk
    from boligdesk.services.imports.report import ImportReport

ROWS = 10_000
LIMIT_MS = 10_000.0
PEOPLE_HEADINGS = "case_no,person_no,first_name,last_name,birth_date,phone,email,street,postcode,city,district,created_on,status"
DWELLING_HEADINGS = "code,street,postcode,district,bedrooms,area_m2,rent_month,floor,lift,step_free,wheelchair,status,available_on"
HOUSEHOLD_HEADINGS = "case_no,first_name,last_name,birth_date,relation"
APPLICATION_HEADINGS = "id,case_no,received_on,priority,type,status,need_bedrooms,max_rent,need_step_free,need_wheelchair,district_wish"


def write_lists(folder: Path, count: int, seed: int = 1) -> dict[str, Path]:
    """A file of each kind with ``count`` rows, the same every time. The last two are about people in the first."""
    pick = random.Random(seed)
    rows = {
        "people": (PEOPLE_HEADINGS, [_person(pick, number) for number in range(1, count + 1)]),
        "dwellings": (DWELLING_HEADINGS, [_dwelling(pick, number) for number in range(1, count + 1)]),
        "households": (HOUSEHOLD_HEADINGS, [_member(pick, number) for number in range(1, count + 1)]),
        "applications": (
            APPLICATION_HEADINGS,
            [_application(pick, number) for number in range(1, count + 1)],
        ),
    }
    paths = {}
    for kind, (headings, lines) in rows.items():
        paths[kind] = folder / f"{kind}.csv"
        with paths[kind].open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, lineterminator="\n").writerows([headings.split(","), *lines])
    return paths


def _day(pick: random.Random, first: dt.date, days: int) -> dt.date:
    return first + dt.timedelta(days=pick.randrange(days))


def _person(pick: random.Random, number: int) -> list[Any]:
    born = _day(pick, dt.date(1936, 1, 1), 26_000)
    digits = f"{born.day:02d}{born.month + 80:02d}{born.year % 100:02d}{number % 100_000:05d}"
    place = pick.randrange(len(DISTRICTS))
    given = pick.choice(GIVEN) if pick.random() < 0.75 else f"{pick.choice(GIVEN)} {pick.choice(GIVEN)}"
    return [
        f"2026/{number:06d}",
        digits,
        given,
        pick.choice(FAMILY),
        born.isoformat(),
        f"6805{number % 10_000:04d}",
        f"p{number}@eksempel.invalid",
        f"{pick.choice(STREETS)} {pick.randrange(1, 140)}",
        f"{9900 + place}",
        "Eksempelvik",
        DISTRICTS[place],
        _day(pick, dt.date(2026, 1, 1), 180).isoformat(),
        "aktiv",
    ]


def _dwelling(pick: random.Random, number: int) -> list[Any]:
    place, bedrooms = pick.randrange(len(DISTRICTS)), pick.randrange(6)
    status = pick.choice(("occupied",) * 9 + ("vacant",))
    return [
        f"L{number:05d}",
        f"{pick.choice(STREETS)} {pick.randrange(1, 140)}",
        f"{9900 + place}",
        DISTRICTS[place],
        bedrooms,
        22 + bedrooms * 17,
        4200 + bedrooms * 1900,
        pick.randrange(1, 9),
        pick.randrange(2),
        pick.randrange(2),
        0,
        status,
        _day(pick, dt.date(2026, 5, 1), 120).isoformat() if status == "vacant" else "",
    ]


def _member(pick: random.Random, number: int) -> list[Any]:
    """Two move in with each: somebody grown, and a child."""
    is_child = number % 2 == 0
    return [
        f"2026/{(number + 1) // 2:06d}",
        pick.choice(GIVEN),
        pick.choice(FAMILY),
        _day(pick, dt.date(2012, 1, 1) if is_child else dt.date(1972, 1, 1), 4000).isoformat(),
        "barn" if is_child else "ektefelle",
    ]


def _application(pick: random.Random, number: int) -> list[Any]:
    need = pick.randrange(6)
    return [
        number,
        f"2026/{number:06d}",
        _day(pick, dt.date(2025, 1, 1), 500).isoformat(),
        pick.randrange(1, 6),
        "ordinær",
        "queue",
        need,
        5200 + need * 2700,
        pick.randrange(2),
        0,
        pick.choice(("", *DISTRICTS)),
    ]


def take(desk: Desk, path: Path, kind: str) -> ImportReport:
    """Read the file, find its columns, check and store it."""
    table = read_table(path)
    imports = desk.services.imports
    return imports.take(table, kind, imports.mapping(table.headings, kind))


def imports(folder: Path, rows: int, rounds: int) -> list[Figure]:
    """Each kind into an empty office, ``rounds`` times; the floor is as many bare rows in one executemany."""
    paths = write_lists(folder, rows)
    taken: dict[str, list[Sample]] = {kind: [] for kind in paths}
    floors: list[float] = []
    notes: dict[str, str] = {}
    for number in range(rounds):
        store = folder / f"innhenting-{number}.db"
        desk, _key = app.create_desk(file_location(store), ask=None, login=LOGIN, name="Målende Bruker")
        try:
            for kind, path in paths.items():
                reports: list[ImportReport] = []
                taken[kind].append(timed(lambda k=kind, p=path, r=reports: r.append(take(desk, p, k))))  # type: ignore[misc]  # noqa: B023 - called at once
                notes[kind] = f"{reports[0].created + reports[0].updated} av {rows} tatt inn"
            floors.append(_executemany(desk, rows))
        finally:
            desk.close()
        for left in folder.glob(f"{store.name}*"):
            left.unlink()
    limit = LIMIT_MS * rows / ROWS if rows >= ROWS else None
    return [
        Figure(
            f"innhenting av {rows} {kind}",
            0,
            median([sample.wall for sample in some]),
            median(floors),
            limit,
            cpu=median([sample.cpu for sample in some]),
            note=notes[kind],
        )
        for kind, some in taken.items()
    ]


def _executemany(desk: Desk, rows: int) -> float:
    with desk.opened.store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("CREATE TABLE gulv (id BLOB PRIMARY KEY, a TEXT, b TEXT, c TEXT)")
        made = [
            (number.to_bytes(16, "big"), "Klok Hest", "1988-03-15", "Storgata 1") for number in range(rows)
        ]
        began = time.perf_counter_ns()
        driver.execute("BEGIN IMMEDIATE")
        driver.executemany("INSERT INTO gulv VALUES (?, ?, ?, ?)", made)
        driver.execute("COMMIT")
        return (time.perf_counter_ns() - began) / 1e6
