"""The desk of the practice harness, and a clerk at it."""

from __future__ import annotations

import pytest

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
)

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


def pytest_configure(config: pytest.Config) -> None:
    """The screenless platform says this of windows and menus; it is not a fault of ours."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")
