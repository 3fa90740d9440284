"""Search, the page of a case and the first page of every list, on a warm store."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from boligdesk.dev.bench_figures import Figure, Sample, median, p95, samples, timed
from boligdesk.dev.bench_office import heavy_case
from boligdesk.domain.text import query_terms
from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from boligdesk.services.records.dwellings import DwellingFilter
from boligdesk.services.records.people import PersonFilter
from boligdesk.services.records.work import TaskFilter, VisitFilter
from boligdesk.storage.engine import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from boligdesk.app import Desk

#: What people type, one key after the other.
TYPED = (
    "b",
    "bj",
    "bjø",
    "bjør",
    "bjørk",
    "bjørkelund",
    "k",
    "ka",
    "kari",
    "kari h",
    "kari ha",
    "hansen kari",
    "2024/3",
    "2024/31",
    "storgata 1",
    "storgata 12",
    "bjø 1",
    "bjørkeveien 112",
    "kari storgata 12",
    "B0001",
    "6805 00",
    "ødegård",
    "odegaard",
    "qqq",
)
SEARCH_MS, CASE_MS, LIST_MS = 30.0, 60.0, 50.0
_LIMIT = 200
Read = tuple[str, Any]


@dataclass(slots=True)
class _Heard:
    statements: list[Read]
    commit_ms: list[float]


@contextmanager
def heard(engine: Engine) -> Iterator[_Heard]:
    """Every statement that goes to the driver meanwhile, and how long each commit took."""
    found = _Heard([], [])
    dialect: Any = engine.dialect
    real = dialect.do_commit

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        found.statements.append((statement, parameters))

    def commit(connection: Any) -> None:
        began = time.perf_counter_ns()
        real(connection)
        found.commit_ms.append((time.perf_counter_ns() - began) / 1e6)

    event.listen(engine, "before_cursor_execute", note)
    dialect.do_commit = commit
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
        dialect.do_commit = real


@contextmanager
def bare(engine: Engine) -> Iterator[Any]:
    """The driver's own connection, without anything of ours around it."""
    with reading(engine).connect() as connection:
        yield connection.connection.driver_connection


def replayed(engine: Engine, statements: list[Read], rounds: int) -> list[Sample]:
    """The bare selects among the statements, straight through the driver."""
    selects = [read for read in statements if read[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    with bare(engine) as driver:

        def run() -> None:
            for statement, parameters in selects:
                driver.execute(statement, parameters).fetchall()

        return samples(run, rounds)


def search(desk: Desk, people: int, rounds: int) -> list[Figure]:
    """Each text typed ``rounds`` times; the floor is the same prefix range of the index in plain SQL."""
    found: dict[str, list[Sample]] = {text: [] for text in TYPED}
    floors: dict[str, list[Sample]] = {text: [] for text in TYPED}
    desk.services.search.find("a")
    with bare(desk.opened.store.engine) as driver:
        for _ in range(max(rounds, 5)):
            for text in TYPED:
                found[text].append(timed(lambda text=text: desk.services.search.find(text)))  # type: ignore[misc]
                floors[text].append(timed(lambda text=text: _prefix(driver, text)))  # type: ignore[misc]
    walls = [sample.wall for some in found.values() for sample in some]
    slowest = max(TYPED, key=lambda text: median([sample.wall for sample in found[text]]))
    note = f"tregest: «{slowest}» {median([one.wall for one in found[slowest]]):.1f} ms"
    floor = p95([sample.wall for some in floors.values() for sample in some])
    cpu = p95([sample.cpu for some in found.values() for sample in some])
    with heard(desk.opened.store.engine) as said:
        desk.services.search.find("kari h")
    note += f"; {len(said.statements)} setninger for «kari h»"
    return [
        Figure("søk, p95", people, p95(walls), floor, SEARCH_MS, cpu=cpu, note=note),
        Figure(
            "søk, median", people, median(walls), median([s.wall for some in floors.values() for s in some])
        ),
    ]


def _prefix(driver: Any, text: str) -> None:
    for term in query_terms(text):
        low, high = term, term[:-1] + chr(ord(term[-1]) + 1)
        driver.execute(
            "SELECT subject_id FROM search_token"
            " WHERE subject_kind = 'person' AND token >= ? AND token < ? LIMIT 40",
            (low, high),
        ).fetchall()


def case(desk: Desk, people: int, rounds: int) -> list[Figure]:
    """Twenty notes, six documents, a household of five and a hundred events, with the read entry's commit."""
    engine, case_id = desk.opened.store.engine, heavy_case(desk.services)

    def opened() -> object:
        return desk.services.cases.detail(case_id)

    with heard(engine) as said:
        taken = samples(opened, max(rounds * 4, 20))
    once = len(said.statements) // (len(taken) + 1)
    floor = replayed(engine, said.statements[-once:], max(rounds, 5))
    note = f"derav lagring av lesespor {median(said.commit_ms[1:]):.1f} ms; {once} setninger"
    walls, cpus = [sample.wall for sample in taken], [sample.cpu for sample in taken]
    return [
        Figure(
            "sak med alt, p95",
            people,
            p95(walls),
            p95([sample.wall for sample in floor]),
            CASE_MS,
            cpu=p95(cpus),
            note=note,
        )
    ]


def first_pages(desk: Desk) -> dict[str, tuple[str, Callable[[], object]]]:
    """Every list as its page asks first, by name: (table, question)."""
    services = desk.services
    cases = {
        f"saker etter {key}": ("case_file", _case_page(desk, key))
        for key in ("number", "applicant", "opened", "due", "kind", "phase", "assignee")
    }
    return {
        **cases,
        "saker, alle": ("case_file", lambda: services.cases.page(CaseFilter(state="alle"), Sort("due"))),
        "saker, uten eier": (
            "case_file",
            lambda: services.cases.page(CaseFilter(unassigned=True), Sort("due")),
        ),
        "saker, tekst": ("case_file", lambda: services.cases.page(CaseFilter(text="hansen"), Sort("due"))),
        "personer": ("person", lambda: services.people.page(PersonFilter(), Sort("name"), 0, _LIMIT)),
        "personer etter fødselsdato": (
            "person",
            lambda: services.people.page(PersonFilter(), Sort("birth"), 0, _LIMIT),
        ),
        "personer etter sted": (
            "person",
            lambda: services.people.page(PersonFilter(), Sort("city"), 0, _LIMIT),
        ),
        "personer etter bydel": (
            "person",
            lambda: services.people.page(PersonFilter(), Sort("district"), 0, _LIMIT),
        ),
        "personer, tekst": (
            "person",
            lambda: services.people.page(PersonFilter(text="ka"), Sort("name"), 0, _LIMIT),
        ),
        "personer, midt i": (
            "person",
            lambda: services.people.page(PersonFilter(), Sort("name"), _middle(desk), _LIMIT),
        ),
        "boliger": ("dwelling", lambda: services.dwellings.page(DwellingFilter(), Sort("address"))),
        "boliger etter leie": ("dwelling", lambda: services.dwellings.page(DwellingFilter(), Sort("rent"))),
        "min dag, mine": ("task", lambda: services.tasks.page(TaskFilter(), Sort("due"))),
        "min dag, alle": ("task", lambda: services.tasks.page(TaskFilter("team"), Sort("due"))),
        "min dag, tall": ("task", services.tasks.counts),
        "besøk": (
            "visit",
            lambda: services.guidance.page(VisitFilter("team"), Sort("when", descending=True)),
        ),
        "logg": ("event", services.log.entries),
    }


def _case_page(desk: Desk, key: str) -> Callable[[], object]:
    return lambda: desk.services.cases.page(CaseFilter(), Sort(key))


def _middle(desk: Desk) -> int:
    return int(desk.services.people.page(PersonFilter(), Sort("name"), 0, 1).total) // 2


def lists(desk: Desk, people: int, rounds: int) -> list[Figure]:
    """The first 200 rows of every list; the floor is 200 bare rows of its table."""
    figures = []
    for name, (table, ask) in first_pages(desk).items():
        taken = samples(ask, max(rounds, 5))
        floor = replayed(
            desk.opened.store.engine,
            [(f'SELECT * FROM "{table}" LIMIT {_LIMIT}', ())],  # noqa: S608 - names of ours
            max(rounds, 5),
        )
        figures.append(
            Figure(
                name,
                people,
                median([sample.wall for sample in taken]),
                median([sample.wall for sample in floor]),
                LIST_MS,
                cpu=median([sample.cpu for sample in taken]),
            )
        )
    return figures
