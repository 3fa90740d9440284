"""The programs that ``bench_window`` starts: ``bare``, ``paint FILE``, ``min_dag FILE``, ``scroll FILE ROUNDS``.

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

    from boligdesk.ui.tables import WindowModel

_STEPS = 40


def _tell(**moments: float) -> None:
    print(json.dumps({**moments, "cpu_ms": time.process_time_ns() / 1e6}), flush=True)


def _on_paint(found: Callable[[Any], bool]) -> Any:
    """An event filter of the application that calls ``found(widget)`` before each paint, until it says True."""
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
    app.installEventFilter(watch)
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    _tell(paint=moments[0])


def program(path: str, *, until_rows: bool) -> None:
    """The program as it is started, watched from outside."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from boligdesk.cli.main import main
    from boligdesk.ui import start

    moments: dict[str, int] = {}
    real = start.first_paint

    def painted(widget: Any) -> bool:
        moments.setdefault("paint", time.monotonic_ns())
        if not until_rows:  # nothing after the frame is of interest
            _tell(**moments)
            os._exit(0)
        rows = getattr(widget.parent(), "rows", None)
        if rows is None or not rows.has_loaded or not rows.total():
            return False
        moments["rows"] = time.monotonic_ns()
        window = widget.window()
        QTimer.singleShot(0, window, window.close)
        return True

    watch = _on_paint(painted)

    def watched(*given: Any, **named: Any) -> Any:
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(watch)
        return real(*given, **named)

    start.first_paint = watched
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
    else:
        program(rest[0], until_rows=what == "min_dag")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
