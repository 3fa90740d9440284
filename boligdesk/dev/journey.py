"""A tour through the real window: what a person would press, and a picture of each stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from boligdesk.ui.places import Place
from boligdesk.ui.tables import DataTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from boligdesk.ui.main_window import MainWindow

_CTRL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_PATIENCE_MS = 20_000


class Journey:
    """Walks when the window is open; ``told`` gets a Norwegian sentence for each stop."""

    def __init__(self, window: MainWindow, pictures: Path, told: list[str]) -> None:
        self._window, self._pictures, self._told = window, pictures, told
        self._number = 0
        self.is_done = False

    def stops(self) -> list[Callable[[], None]]:
        return [self.my_day, self.search, self.case, self.note, *self.rounds()]

    def rounds(self) -> list[Callable[[], None]]:
        """The registers and the home guidance."""
        return [self.dwellings, self.people, self.guidance]

    def begin(self) -> None:
        QTimer.singleShot(0, self._window, self._walk)

    def _walk(self) -> None:
        self._window.resize(1440, 900)
        try:
            for stop in self.stops():
                self.wait()
                stop()
            self.is_done = True
        finally:
            self.close()

    def close(self) -> None:
        self._window.close()

    # --- the stops -----------------------------------------------------------------------------------------

    def my_day(self) -> None:
        if self._has("min_dag"):
            self.picture("min-dag", "Åpnet Min dag: det som må gjøres, med frister.")

    def search(self) -> None:
        parts = self._window.parts
        if parts is None:
            return
        hit = self._first_case()
        word = hit[1] if hit else "a"
        popup = parts.finder.popup
        self.press(Qt.Key.Key_K, _CTRL)
        QTest.keyClicks(popup.field, word)
        self.wait()
        self.picture("sok", "Søkte med Ctrl+K. Treffene kom mens navnet ble skrevet.")
        popup.close_popup()

    def case(self) -> None:
        hit = self._first_case()
        if hit is not None and self._has("sak"):
            self._window.go(Place("sak", subject=hit[0]))  # type: ignore[arg-type]  # the id of a hit
            self.picture("sak", "Åpnet saken til personen.")

    def note(self) -> None:
        page, parts = self._window.navigator.here, self._window.parts
        if page is None or parts is None or (page.subject_case() is None and page.subject_person() is None):
            return
        self.press(Qt.Key.Key_N, _CTRL | Qt.KeyboardModifier.ShiftModifier)
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        text = dialog.findChild(QPlainTextEdit)
        if text is not None:
            QTest.keyClicks(text, "Ringte og avtalte visning av leiligheten.")
            self.picture("notat", "Skrev et notat på saken. Teksten er en kladd til den er lagret.", dialog)
            QTest.keyClick(text, Qt.Key.Key_Return, _CTRL)
        self.wait()
        self.picture("notat-lagret", "Lagret notatet med Ctrl+Enter.")

    def dwellings(self) -> None:
        self._view("boliger", "Gikk til Boliger: registeret med status.")
        if self._has("bolig") and self._has_rows():
            self.press(Qt.Key.Key_Return, _PLAIN)
            self._require("bolig")
            self.picture("bolig", "Åpnet en bolig: fakta med kilde og dato, status og historikk.")

    def people(self) -> None:
        self._view("personer", "Gikk til Personer.")
        if self._has("person") and self._has_rows():
            self.press(Qt.Key.Key_Return, _PLAIN)
            self._require("person")
            self.picture("person", "Åpnet en person: husstand, kontakt og saker på ett sted.")

    def guidance(self) -> None:
        self._view("bo_oppfolging", "Gikk til Bo-oppfølging: besøk og avtaler.")
        page = self._window.navigator.here
        if page is None or page.subject_person() is None or not self._has("nytt_besok"):
            return
        self._window.go(Place("nytt_besok", subject=page.subject_person()))
        self.wait()
        form = self._window.navigator.here or page
        text = next(iter(form.findChildren(QPlainTextEdit)), None)
        if text is not None:
            text.setFocus()
            QTest.keyClicks(text, "Strømavtalen er i orden. Vi gikk gjennom regningene.")
            self.picture(
                "nytt-besok", "Skrev ned et besøk. Det som ble sett, sagt og vurdert, står hver for seg."
            )
            self.press(Qt.Key.Key_Return, _CTRL)
            self._require("besok", "bo_oppfolging")
            self.picture("besok", "Lagret besøket med Ctrl+Enter.")

    # --- tools ---------------------------------------------------------------------------------------------

    def picture(self, name: str, sentence: str, widget: QWidget | None = None) -> None:
        """Wait until the page is there, and keep a picture of it."""
        self.wait()
        self._number += 1
        path = self._pictures / f"{self._number:02d}-{name}.png"
        (widget or self._window).grab().save(str(path))
        self._told.append(f"{path.name:<28} {sentence}")

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        if QApplication.activeModalWidget() is None:
            self._window.activateWindow()  # the screenless platform does not give it back after a dialog
            self.wait()
        QTest.keyClick(QApplication.focusWidget() or self._window, key, modifiers)
        self.wait()

    def wait(self) -> None:
        """Until nothing is under way and everything is painted."""
        clock = QElapsedTimer()
        clock.start()
        QTest.qWait(30)
        while self._window.tasks.busy() and clock.elapsed() < _PATIENCE_MS:
            QTest.qWait(10)
        QTest.qWait(30)

    def _view(self, key: str, sentence: str) -> None:
        if self._has(key):
            self._window.go(Place(key))
            self.picture(key.replace("_", "-"), sentence)

    def _require(self, *keys: str) -> None:
        """What is told must have happened: raises RuntimeError on another page."""
        self.wait()
        page = self._window.navigator.here
        if page is None or page.key not in keys:
            raise RuntimeError(f"The journey is lost on its way to {' or '.join(keys)}.")

    def _has(self, key: str) -> bool:
        parts = self._window.parts
        return parts is not None and any(spec.key == key for spec in parts.specs)

    def _first_case(self) -> tuple[object, str] | None:
        """(id, family name) of a case that may be read; read here, off the page's own queries."""
        from boligdesk.services.records.cases import CaseFilter
        from boligdesk.services.records.common import Sort

        rows = self._window.services.cases.page(CaseFilter(), Sort("opened"), 0, 20).rows
        row = next((row for row in rows if not row.is_masked), None)
        return (row.id, row.applicant.split(",")[0]) if row else None

    def _has_rows(self) -> bool:
        page = self._window.navigator.here
        table = page.findChild(DataTable) if page is not None else None
        return table is not None and table.rows.total() > 0
