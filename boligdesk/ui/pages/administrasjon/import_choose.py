"""The first step: which file. A button, or drop it anywhere on the tab."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import Button, IconLabel, SectionHeading, label, row, tidy, wrapping
from boligdesk.ui.widgets.files import dropped_paths

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE_FILTER = "Lister (*.xlsx *.xlsm *.csv *.txt);;Alle filer (*)"
_ORDER = (
    ("Boliger", "Adresse, bolignummer, soverom, leie og status."),
    ("Personer", "Navn, fødselsdato eller fødselsnummer, telefon og adresse."),
    ("Husstander", "Hvem som bor sammen, barn og delt omsorg."),
    ("Søknader", "Hvem som har søkt, når, og hva de trenger."),
)


class ChooseStep(QWidget):
    """``chosen`` carries the path of the file."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        column.addWidget(
            SectionHeading(
                "Hent inn en liste",
                "Lista kan være en Excel-arbeidsbok (.xlsx) eller en CSV-fil. Ingenting blir lagret før du har sett "
                "hva som skjer.",
            )
        )
        self.drop = QFrame()
        set_role(self.drop, "panel")
        inside = QVBoxLayout(self.drop)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(SPACE_2)
        self.button = Button("Velg fil …", self.ask, icon="folder_open", kind="primary")
        inside.addWidget(
            row(IconLabel("arrow_upload", "accent", 28), self.button, label("eller slipp fila her", "sub"))
        )
        column.addWidget(self.drop)
        column.addWidget(SectionHeading("Ta listene i denne rekkefølgen"))
        for number, (name, what) in enumerate(_ORDER, start=1):
            column.addWidget(_line(number, name, what))
        column.addWidget(
            wrapping(
                "Boligdesk kjenner igjen de vanlige overskriftene, og du kan koble resten selv. Henter du inn den "
                "samme fila to ganger, blir ingenting endret.",
                "sub",
            )
        )
        column.addStretch(1)

    def ask(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "Velg lista", "", FILE_FILTER)
        if chosen:
            self.chosen.emit(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(dropped_paths(event.mimeData()))
        event.acceptProposedAction()

    def take(self, paths: Sequence[Path]) -> None:
        """Files that were dropped; one list at a time."""
        if paths:
            self.chosen.emit(paths[0])


def _line(number: int, name: str, what: str) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    tidy(line, SPACE_2)
    title = label(f"{number}. {name}", "strong")
    title.setMinimumWidth(120)
    line.addWidget(title)
    line.addWidget(wrapping(what), 1)
    return made
