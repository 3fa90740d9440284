"""Messages that stop the user: a bug with its number, and the confirmation of the few acts that cannot be undone.

Everything else is an InfoBar on the page (``widgets.MessageArea``).
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from secrets import token_hex

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk import __version__
from boligdesk.ui.widgets import Button, FactGrid, IconLabel, label, row, tidy, wrapping

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BugReport:
    """A bug as it may be told: where, never what was in the fields. ``number`` is also in the log."""

    number: str
    details: str


def report_bug(
    error: BaseException, new_number: Callable[[], str] = lambda: token_hex(3).upper()
) -> BugReport:
    """Log an unexpected exception and give it a number.

    Only types and places in the code are kept: the exception's own words may hold personal data.
    """
    number = new_number()
    chain: list[str] = []
    link: BaseException | None = error
    while link is not None:
        frames = traceback.extract_tb(link.__traceback__)
        places = (f"  {frame.name}, linje {frame.lineno} i {_inside(frame.filename)}" for frame in frames)
        chain.append("\n".join((type(link).__name__, *places)))
        link = link.__cause__ or link.__context__
    details = "\n\n".join((f"Feil {number} · Boligdesk {__version__}", *chain))
    log.error("%s", details)
    return BugReport(number, details)


def _inside(path: str) -> str:
    """The last two parts of a path: enough to find the place, and no user name."""
    return "/".join(path.replace("\\", "/").split("/")[-2:])


class BugDialog(QDialog):
    """«Noe gikk galt», with a number and [Kopier detaljer]. The program goes on."""

    def __init__(self, report: BugReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = report
        self.setWindowTitle("Noe gikk galt")
        self.setMinimumWidth(460)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 16, 20, 16)
        line.setSpacing(14)
        icon = QVBoxLayout()
        icon.addWidget(IconLabel("dismiss_circle", "crit", 28))
        icon.addStretch(1)
        line.addLayout(icon)
        column = QVBoxLayout()
        tidy(column, 10)
        column.addWidget(label("Det siste du gjorde, ble ikke fullført.", "h2", wrap=True))
        column.addWidget(
            wrapping("Det er en feil i programmet, ikke noe du gjorde. Alt som var lagret, er trygt.")
        )
        column.addWidget(
            wrapping("Prøv en gang til. Skjer det igjen, send detaljene til den som drifter Boligdesk.")
        )
        column.addWidget(label(f"Feilnummer {report.number}", "strong"))
        self.copy = Button("Kopier detaljer", self._copy, icon="copy")
        self.back = Button("Gå tilbake", self.reject, kind="primary")
        column.addWidget(row(self.copy, self.back))
        line.addLayout(column, 1)
        self.back.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.details)


class ConfirmDialog(QDialog):
    """A page that shows what an act that cannot be undone will do. The safe button has the focus; Enter never acts."""

    def __init__(
        self,
        title: str,
        facts: Sequence[tuple[str, str]],
        consequence: str,
        act: str,
        *,
        back: str = "Gå tilbake",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(wrapping(title, "h1"))
        column.addWidget(FactGrid(facts, label_width=110))
        column.addWidget(wrapping(consequence))
        line = QHBoxLayout()
        tidy(line)
        self.back = Button(back, self.reject)
        self.act = Button(act, self.accept, kind="primary")
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.act)
        column.addLayout(line)
        self.back.setFocus()


def confirm(dialog: ConfirmDialog) -> bool:
    """Ask; True if the user chose the act."""
    return dialog.exec() == QDialog.DialogCode.Accepted
