"""What ``bench_window`` starts: ``bare``, ``libraries FILE``, ``paint FILE``, ``min_dag FILE``, ``scroll FILE ROUNDS``.

Each prints one JSON line. Nothing heavy is imported before it is needed, as in the real program.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.ui.main_window import MainWindow
    from boligdesk.ui.tables import WindowModel

_STEPS = 40
_ROWS = 50


def _tell(**moments: float) -> None:
    print(json.dumps({**moments, "cpu_ms": time.process_time_ns() / 1e6}), flush=True)


def _on_paint(found: Callable[[Any], bool]) -> Any:
    """An event filter of one widget that calls ``found(widget)`` before each paint, until it says True.

    Never of the application: for each object of a class that only Qt knows, PySide then looks for a class of its own,
    and makes all of Qt's enumerations on the way. That would be a tenth of the figure, and no part of the program.
    """
    from PySide6.QtCore import QEvent, QObject

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and found(watched):
                self.deleteLater()
            return False

    return Watch()


def bare() -> None:
    """The floor: an empty main window."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(["bare"])
    moments: list[int] = []

    def painted(_widget: Any) -> bool:
        moments.append(time.monotonic_ns())
        return True

    watch = _on_paint(painted)
    window = QMainWindow()
    window.installEventFilter(watch)
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    _tell(paint=moments[0])


def libraries(path: str) -> None:
    """What the libraries alone take: Qt, SQLAlchemy and SQLCipher, one SELECT from the file, its rows in a table."""
    from pathlib import Path

    import sqlcipher3
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
    from sqlalchemy import LargeBinary, String, column, create_engine, select, table

    from boligdesk.storage.keys import unlock_practice

    key = unlock_practice(Path(path)).raw.hex()

    def connect() -> Any:
        connection = sqlcipher3.connect(path)
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        return connection

    task = table("task", column("id", LargeBinary), column("kind", String))
    with create_engine("sqlite+pysqlite://", module=sqlcipher3, creator=connect).begin() as connection:
        rows = connection.execute(select(task.c.id, task.c.kind).limit(_ROWS)).all()
    app = QApplication(["libraries"])
    moments: list[int] = []

    def painted(_widget: Any) -> bool:
        moments.append(time.monotonic_ns())
        return True

    window, view = QMainWindow(), QTableWidget(len(rows), 2)
    for number, row in enumerate(rows):
        view.setItem(number, 0, QTableWidgetItem(row.id.hex()))
        view.setItem(number, 1, QTableWidgetItem(row.kind))
    window.setCentralWidget(view)
    window.resize(1366, 768)
    watch = _on_paint(painted)
    view.viewport().installEventFilter(watch)
    window.show()
    app.processEvents()
    _tell(rows=moments[0])


def program(path: str, *, until_rows: bool) -> None:
    """The program as it is started, watched from outside."""
    from boligdesk import app as composition
    from boligdesk.cli.main import main

    moments: dict[str, int] = {}
    real_run = composition.run_window

    def painted(_widget: Any) -> bool:
        moments.setdefault("paint", time.monotonic_ns())
        if not until_rows:  # nothing after the frame is of interest
            _tell(**moments)
            os._exit(0)
        return True

    def entered(window: MainWindow) -> None:
        """Only the list is watched from here on."""
        from PySide6.QtCore import QTimer

        from boligdesk.ui.tables import DataTable

        def filled(view: Any) -> bool:
            rows = view.parent().rows
            if not rows.has_loaded or not rows.total():
                return False
            moments["rows"] = time.monotonic_ns()
            QTimer.singleShot(0, window, window.close)
            return True

        table = window.findChildren(DataTable)[0]
        watch = _on_paint(filled)
        watch.setParent(table)
        table.viewport().installEventFilter(watch)

    def run(*given: Any, **named: Any) -> int:
        """Qt is not imported before the program does it itself."""
        from boligdesk.ui import start

        names = vars(start)
        make, watch = names["MainWindow"], _on_paint(painted)

        def watched(*given: Any, **named: Any) -> Any:
            window = make(*given, **named)
            window.installEventFilter(watch)
            window.entered.connect(lambda: entered(window))
            return window

        names["MainWindow"] = watched
        return real_run(*given, **named)

    composition.run_window = run
    main(["--database", path])
    _tell(**moments)


def scroll(path: str, rounds: int) -> None:
    """Page down through the people, window by window; then the same over rows in memory."""
    from sqlalchemy import event

    from boligdesk import app as composition
    from boligdesk.dev.bench_figures import median
    from boligdesk.services.records.common import Sort
    from boligdesk.services.records.people import PersonFilter
    from boligdesk.storage.location import parse_location
    from boligdesk.ui.pages.personer.columns import person_columns
    from boligdesk.ui.start import make_app
    from boligdesk.ui.tables import WindowModel, fixed_rows

    make_app("light")
    desk = composition.open_desk(parse_location(path), ask=lambda: "", login="bench")
    people, counted = desk.services.people, {"all": 0, "in_data": 0, "fetched": 0}
    event.listen(
        desk.opened.store.engine,
        "before_cursor_execute",
        lambda *_any: counted.__setitem__("all", counted["all"] + 1),
    )

    def fetch(offset: int, limit: int, deliver: Any) -> None:
        counted["fetched"] += 1
        page = people.page(PersonFilter(), Sort("name"), offset, limit)
        deliver(page.rows, page.total)

    columns = person_columns(dt.date.today)
    model = WindowModel(columns, fetch)
    walls, cpus = _paged(model)
    before, cells = counted["all"], 0
    for _ in range(rounds):
        for row in range(0, model.total(), max(1, model.total() // 500)):
            for place in range(len(columns)):
                model.data(model.index(row, place))
                cells += 1
    counted["in_data"] = counted["all"] - before
    held = people.page(PersonFilter(), Sort("name"), 0, 2_000).rows
    floors, _cpus = _paged(WindowModel(columns, fixed_rows(lambda: held)))
    desk.close()
    print(
        json.dumps(
            {
                "step": median(walls),
                "cpu": median(cpus),
                "floor": median(floors),
                "cells": cells,
                "in_data": counted["in_data"],
                "fetched": counted["fetched"],
            }
        )
    )


def _paged(model: WindowModel) -> tuple[list[float], list[float]]:
    """Page down through a table over the model: wall and processor time of each step."""
    from PySide6.QtWidgets import QApplication

    from boligdesk.dev.bench_figures import timed
    from boligdesk.ui.tables import DataTable

    table = DataTable("Personer", model)
    table.resize(1200, 800)
    table.show()
    model.reload()
    while not model.has_loaded:
        QApplication.processEvents()
    bar = table.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() + bar.pageStep())
        QApplication.processEvents()
        QApplication.processEvents()

    taken = [timed(step) for _ in range(_STEPS)]
    table.close()
    return [one.wall for one in taken], [one.cpu for one in taken]


def main(argv: list[str]) -> int:
    what, *rest = argv
    if what == "bare":
        bare()
    elif what == "scroll":
        scroll(rest[0], int(rest[1]))
    elif what == "libraries":
        libraries(rest[0])
    else:
        program(rest[0], until_rows=what == "min_dag")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
