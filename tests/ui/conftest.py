"""A dressed application without a screen; nothing may be left over after a test."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))  # so that tests can say `from uilint import uilint`

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from boligdesk.ui.tasks import Tasks
from boligdesk.ui.theme import apply_theme


def pytest_configure(config: pytest.Config) -> None:
    """The screenless platform says this of every window; it is not a fault of ours."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(scope="session")
def qapp(qapp_args):
    app = QApplication.instance() or QApplication(qapp_args)
    app.setApplicationName("Boligdesk")
    apply_theme(app, "light")
    return app


@pytest.fixture(autouse=True)
def _nothing_left_over(qapp):
    before = set(threading.enumerate())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    for widget in left:
        widget.hide()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not left, f"still open: {left}"
    threads = [t.name for t in set(threading.enumerate()) - before if t.name.startswith("boligdesk")]
    assert not threads, f"still running: {threads}"


@pytest.fixture
def tasks(qapp):
    """Background work that is done at once."""
    made = Tasks(immediate=True)
    yield made
    made.shutdown()


@pytest.fixture
def threaded_tasks(qapp):
    """Background work in its real threads."""
    made = Tasks()
    yield made
    made.shutdown()
    made.deleteLater()


@pytest.fixture
def dark(qapp):
    apply_theme(qapp, "dark")
    yield
    apply_theme(qapp, "light")
