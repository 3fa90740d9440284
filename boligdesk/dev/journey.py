"""The journey that exists so far, through the real window: what a person would press, and a picture of each stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from boligdesk.ui.places import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from boligdesk.ui.main_window import MainWindow

_CTRL = Qt.KeyboardModifier.ControlModifier
_PATIENCE_MS = 20_000


class Journey:
    """Walks when the window is open; ``told`` gets a Norwegian sentence for each stop."""

    def __init__(self, window: MainWindow, pictures: Path, told: list[str]) -> None:
        self._window, self._pictures, self._told = window, pictures, told
        self._number = 0
        self._stops: list[Callable[[], None]] = [
            self.my_day,
            self.search,
            self.case,
            self.note,
            self.cases,
            self.dwellings,
            self.people,
            self.guidance,
            self.bring_in_lists,
        ]

    def begin(self) -> None:
        QTimer.singleShot(0, self._window, self._walk)

    def _walk(self) -> None:
        self._window.resize(1440, 900)
        for stop in self._stops:
            self.wait()
            stop()
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

    def cases(self) -> None:
        self._view("saker", "Gikk til Saker: alle sakene kontoret har.")

    def dwellings(self) -> None:
        self._view("boliger", "Gikk til Boliger: registeret med status.")

    def people(self) -> None:
        self._view("personer", "Gikk til Personer.")

    def guidance(self) -> None:
        self._view("bo_oppfolging", "Gikk til Bo-oppfølging: besøk og avtaler.")

    def bring_in_lists(self) -> None:
        if self._has("administrasjon"):
            self._window.go(Place("administrasjon", tab="hent_inn"))
            self.picture("hent-inn", "Åpnet Hent inn lister, der kontorets egne lister kommer inn.")

    # --- tools ---------------------------------------------------------------------------------------------

    def picture(self, name: str, sentence: str, widget: QWidget | None = None) -> None:
        """Wait until the page is there, and keep a picture of it."""
        self.wait()
        self._number += 1
        path = self._pictures / f"{self._number:02d}-{name}.png"
        (widget or self._window).grab().save(str(path))
        self._told.append(f"{path.name:<24} {sentence}")

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
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
