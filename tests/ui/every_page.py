"""A program of its own, because the scale of the screen is chosen when a program starts: every page, looked at.

Prints one line of JSON: ``{"ratio": 2.0, "places": [...], "faults": [...]}``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from uilint import uilint

from boligdesk.app import StoreOpener
from boligdesk.dev.demo import make_practice, practice_clock
from boligdesk.dev.shots import all_places
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.start import make_app
from boligdesk.ui.tasks import Tasks
from boligdesk.ui.widgets import Button

SETTLE_MS = 120


def faults(window: MainWindow, page: QWidget) -> list[str]:
    """Cut or hidden primary buttons, pages that scroll sideways, and what the lint sees."""
    found = uilint(page)
    for button in page.findChildren(Button):
        if button.isVisible() and button.kind == "primary":
            left = button.mapTo(window, QPoint(0, 0)).x()
            if left < 0 or left + button.width() > window.width():
                found.append(f"«{button.text()}» is outside the window")
            if (
                button.width() < button.sizeHint().width()
                or button.height() < button.minimumSizeHint().height()
            ):
                found.append(f"«{button.text()}» is cut")
    for area in page.findChildren(QScrollArea):
        # the sheet of a document is looked at through its own window, and may be wider
        if area.isVisible() and area.property("role") != "desk" and area.horizontalScrollBar().maximum() > 0:
            found.append(f"«{area.accessibleName()}» scrolls sideways")
    if window.minimumSizeHint().width() > window.width():
        found.append(f"the window needs {window.minimumSizeHint().width()} px")
    return found


def settle() -> None:
    QTest.qWait(SETTLE_MS)
    for _round in range(3):  # what was read last is laid out, too
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()


def main(wide: int, high: int) -> dict[str, object]:
    make_app("light")
    said: list[str] = []
    with tempfile.TemporaryDirectory(prefix="boligdesk-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "ovelse.db"
        make_practice(path)
        window = MainWindow(Tasks(immediate=True))
        window.show()
        window.enter(StoreOpener(None, practice_clock).open(str(path), ""), {})
        window.resize(wide, high)
        assert window.parts is not None
        places = all_places(window.services, {spec.key for spec in window.parts.specs})
        for name, place in places.items():
            window.go(place)
            settle()
            said += [f"{name}: {fault}" for fault in faults(window, window.navigator.here)]
        ratio = window.devicePixelRatioF()
        window.close()
    return {"ratio": ratio, "places": list(places), "faults": said}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))) + "\n")
