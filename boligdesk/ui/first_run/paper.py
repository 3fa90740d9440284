"""The recovery key on paper, or in a text file where the user wants it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TITLE = "Gjenopprettingsnøkkel for Boligdesk"
ADVICE = "Lås arket inn. Den som har nøkkelen og databasen, kan lese alt."


def key_text(key: str) -> str:
    """What stands on the paper."""
    return f"{TITLE}\n\n{key}\n\n{ADVICE}\n"


def save_key(key: str, path: str) -> str:
    """Write the text file; returns what went wrong, or nothing."""
    try:
        Path(path).write_text(key_text(key), encoding="utf-8")
    except OSError:
        return "Filen ble ikke lagret. Velg en annen mappe, eller skriv ut nøkkelen."
    return ""


def print_key(key: str, parent: QWidget) -> None:
    """The system's print dialog; the name of the job says nothing."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Boligdesk ark")
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() == QPrintDialog.DialogCode.Accepted:
        document = QTextDocument()
        document.setPlainText(key_text(key))
        document.print_(printer)
