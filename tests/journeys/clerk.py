"""The robot of ``boligdesk.dev.caseworker`` with eyes: it reads what stands on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from boligdesk.dev.caseworker import Caseworker
from boligdesk.dev.robot import CTRL, PLAIN, SHIFT
from boligdesk.ui.tables import DataTable

__all__ = ["CTRL", "PLAIN", "SHIFT", "Clerk"]


class Clerk(Caseworker):
    def sees(self, text: str) -> bool:
        return text in self.reads()

    def reads(self) -> str:
        """Everything that stands on the screen: labels, buttons, texts, the rows of the lists, messages."""
        front = self._front()
        said = [w.text() for w in front.findChildren(QLabel) if w.isVisible()]
        said += [w.text() for w in front.findChildren(QPushButton) if w.isVisible()]
        said += [w.toPlainText() for w in front.findChildren(QPlainTextEdit) if w.isVisible()]
        for table in front.findChildren(DataTable):
            if table.isVisible():
                said += [self.reads_row(table, row) for _number, row in table.rows.held_rows()]
        for view in front.findChildren(QWidget):
            model = getattr(view, "model", None)
            if (
                callable(model)
                and view.isVisible()
                and not isinstance(view, DataTable)
                and model() is not None
            ):
                index = [model().index(place, 0) for place in range(model().rowCount())]
                said += [str(place.data() or "") + str(place.data(_ALOUD) or "") for place in index]
        return "\n".join(said)

    def reads_row(self, table: DataTable, row: object) -> str:
        parts = []
        for column in table.rows.columns:
            parts.append(column.text(row))
            if column.second is not None:
                parts.append(column.second(row) or "")
        return " ".join(parts)

    def finds(self, term: str) -> None:
        """T2: while the person is on the phone."""
        self.presses(Qt.Key.Key_K, CTRL)
        self.types(term)
        self.presses(Qt.Key.Key_Return)


_ALOUD = Qt.ItemDataRole.AccessibleTextRole
