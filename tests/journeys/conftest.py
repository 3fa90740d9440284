"""The desk of the practice harness, and a clerk at it."""

from __future__ import annotations

import pytest

from boligdesk.app import Desk, open_for_window
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.tasks import Tasks
from tests.journeys.clerk import Clerk
from tests.ui.conftest import _nothing_left_over, dark, qapp, tasks, threaded_tasks
from tests.ui.harness import (
    colleague,
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    settle,
)
from tests.ui.pages.letter_office import second_leader

__all__ = [
    "_nothing_left_over",
    "colleague",
    "dark",
    "desk_window",
    "office",
    "office_path",
    "office_template",
    "open_desk",
    "opened",
    "qapp",
    "tasks",
    "threaded_tasks",
]


@pytest.fixture
def clerk(desk_window) -> Clerk:
    return Clerk(desk_window)


@pytest.fixture
def second(qtbot, opened, office):
    """Marit, who may decide, at a desk of her own on the same store."""
    marit = second_leader(opened, office)
    window = MainWindow(Tasks(immediate=True))
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.enter(open_for_window(Desk(opened, marit)), {})
    settle()
    yield Clerk(window)
    window.close()
    window.deleteLater()
    settle()


def pytest_configure(config: pytest.Config) -> None:
    """The screenless platform says this of windows and menus; it is not a fault of ours."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")
