"""The small windows of a letter: send back, take back, correct the day it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from boligdesk.ui.widgets import DateField
from boligdesk.ui.widgets.act_dialog import ActDialog

from . import words

if TYPE_CHECKING:
    from boligdesk.services.records.letters import LetterDetail
    from boligdesk.ui.page import Window

_WIDTH = 480


class _ReasonDialog(ActDialog):
    """A letter, and a text that says why."""

    def __init__(
        self, window: Window, letter: LetterDetail, title: str, sub: str, act: str, parent: QWidget
    ) -> None:
        super().__init__(window, title, sub, act, parent, _WIDTH)
        self.letter = letter
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(84)
        self.body.addWidget(self.form)

    def text(self) -> str:
        return self.reason.toPlainText().strip()


class SendBackDialog(_ReasonDialog):
    """«Send tilbake …»: a reason from the list, and what must be changed."""

    def __init__(self, window: Window, letter: LetterDetail, parent: QWidget) -> None:
        super().__init__(
            window,
            letter,
            "Send brevet tilbake",
            f"{letter.written_by} får en oppgave med det du skriver.".replace("..", "."),
            "Send brevet tilbake",
            parent,
        )
        self.why = QComboBox()
        self.why.addItem("Velg en grunn", "")
        for reason in words.RETURN_REASONS:
            self.why.addItem(reason, reason)
        self.form.add("reason", "&Grunn", self.why)
        self.form.add("comment", "Hva må &endres?", self.reason)
        self.why.setFocus()

    def save(self) -> None:
        letters, letter = self.window_.services.letters, self.letter
        reason, comment = str(self.why.currentData()), self.text()
        errors = {}
        if not reason:
            errors["reason"] = "Velg hvorfor brevet sendes tilbake."
        if not comment:
            errors["comment"] = "Skriv hva som må endres."
        self.form.set_errors(errors)
        if not errors:
            self.send(lambda: letters.send_back(letter.id, letter.version, reason, comment))

    def said(self) -> str:
        return "Brevet er sendt tilbake."


class RecallDialog(_ReasonDialog):
    """«Trekk tilbake …» a finished letter that is not sent."""

    def __init__(self, window: Window, letter: LetterDetail, parent: QWidget) -> None:
        super().__init__(
            window,
            letter,
            "Trekk brevet tilbake",
            f"Journalnummer {letter.journal_number} beholdes og merkes som utgått. Makuler utskriften hvis det finnes "
            "en. Du kan skrive brevet på nytt.",
            "Trekk brevet tilbake",
            parent,
        )
        self.form.add("reason", "&Hvorfor trekkes brevet tilbake?", self.reason)
        self.reason.setFocus()

    def save(self) -> None:
        letters, letter, reason = self.window_.services.letters, self.letter, self.text()
        self.send(lambda: letters.recall(letter.id, letter.version, reason))

    def said(self) -> str:
        return "Brevet er trukket tilbake."


class ArrivalDialog(_ReasonDialog):
    """«Rett mottatt dato …»: the letter came another day than the rule assumes."""

    def __init__(self, window: Window, letter: LetterDetail, parent: QWidget) -> None:
        super().__init__(
            window,
            letter,
            "Rett dagen brevet kom fram",
            f"Nå er det regnet som mottatt {words.arrival_words(letter)}. Klagefristen regnes på nytt.",
            "Rett datoen",
            parent,
        )
        self.day = DateField(window.today)
        self.form.add("arrived_on", "&Brevet kom fram", self.day)
        self.form.add("reason", "&Hvordan vet du det?", self.reason)
        self.day.setFocus()

    def save(self) -> None:
        letters, letter = self.window_.services.letters, self.letter
        day, reason = self.day.value(), self.text()
        errors = self.form.own_errors()
        if day is None and not errors:
            errors["arrived_on"] = "Skriv dagen brevet kom fram."
        self.form.set_errors(errors)
        if not errors and day is not None:
            self.send(lambda: letters.correct_arrival(letter.id, letter.version, day, reason))

    def said(self) -> str:
        return "Datoen er rettet, og fristen er regnet på nytt."
