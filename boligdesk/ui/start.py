"""Opens the window: first a bare frame, painted before anything heavy is imported, then the store."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from boligdesk import __version__
from boligdesk.ui.icons import app_icon
from boligdesk.ui.looks import Looks
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.theme import apply_first, apply_theme, settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from boligdesk.ui.first_run.opener import Opener
    from boligdesk.ui.theme import ThemeMode

#: While modules are imported there is hardly any garbage, and looking for it takes time.
_COLLECT_AFTER_MS = 3_000


def make_app(theme: str = "follow") -> QApplication:
    """The application, dressed; the one that is there already when there is one."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([sys.argv[0] or "boligdesk"])
    _name(app)
    apply_theme(app, _mode(theme))
    return app


def _first_app(theme: str) -> QApplication:
    """As ``make_app``, dressed for the first picture: ``first_paint`` settles the rest."""
    if QApplication.instance() is not None:
        return make_app(theme)
    # by word, since a style that is set or asked for brings all of QStyle's enumerations with it
    app = QApplication([sys.argv[0] or "boligdesk", "-style", "Fusion"])
    _name(app)
    apply_first(app, _mode(theme))
    return app


def _name(app: QApplication) -> None:
    app.setApplicationName("Boligdesk")
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(app_icon())


def _mode(theme: str) -> ThemeMode:
    return "light" if theme == "light" else "dark" if theme == "dark" else "follow"


def first_paint(looks: Looks | None = None) -> MainWindow:
    """The frame on the screen, as it was last time. Nothing of the store is imported yet."""
    window = MainWindow(looks=looks, bare=True)
    window.show()
    # a click or a close must wait until there is something to answer it
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        settle(app)
    window.furnish()
    return window


def open_window(
    make_opener: Callable[[], Opener],
    where: str | None = None,
    then: Callable[[MainWindow], object] | None = None,
    remembered: Path | None = None,
) -> int:
    """Run the window until it is closed; returns the exit code. ``then`` is called when the desk is entered.

    ``remembered``: the file that says how the window looked last time.
    """
    gc.disable()
    looks = Looks(remembered)
    app = _first_app(looks.look.theme)
    window = first_paint(looks)
    from boligdesk.ui.first_run.flow import Flow

    flow = Flow(window, make_opener(), where or "")
    if then is not None:
        window.entered.connect(lambda: then(window))
    QTimer.singleShot(0, flow.begin)
    QTimer.singleShot(_COLLECT_AFTER_MS, gc.enable)
    code = app.exec()
    gc.enable()  # when it was closed before that
    flow.abandon()
    return code
