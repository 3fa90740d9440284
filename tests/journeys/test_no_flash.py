"""Nothing opens a window of its own while a page is built: a widget that is shown before it has a parent flashes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from tests.ui.harness import case_id, person_id


class Windows(QObject):
    """Every widget that was shown as a window, apart from the window itself."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if event.type() == QEvent.Type.Show and is_window and not isinstance(watched, QMainWindow):
            self.seen.append(
                f"{type(watched).__name__} «{watched.windowTitle() or watched.accessibleName()}»"
            )
        return False


def test_that_no_page_flashes_a_window_of_its_own(clerk, office):
    subjects = {"sak": case_id(office, "Hest"), "person": person_id(office, "Hest")}
    subjects["ny_soknad"] = subjects["nytt_besok"] = subjects["person"]
    eyes, app = Windows(), QApplication.instance()
    app.installEventFilter(eyes)
    try:
        for spec in clerk.window.parts.specs:
            if spec.key not in {"bolig", "besok"}:
                clerk.goes(spec.key, subject=subjects.get(spec.key))
    finally:
        app.removeEventFilter(eyes)
    assert eyes.seen == []
