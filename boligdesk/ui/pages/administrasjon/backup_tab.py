"""«Sikkerhetskopi»: when the store was copied last, a copy now, a check of it, and how it is brought back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.calendar import full_date
from boligdesk.ui.tasks import Lane
from boligdesk.ui.theme import SPACE_3, set_role
from boligdesk.ui.widgets import (
    Button,
    Card,
    FactGrid,
    MessageArea,
    Pill,
    PillSpec,
    SectionHeading,
    label,
    wrapping,
)
from boligdesk.ui.work_line import WorkLine

from .tab import Tab

if TYPE_CHECKING:
    from boligdesk.services.errors import UserError
    from boligdesk.ui.files import Copy, Findings
    from boligdesk.ui.page import Window

#: A copy older than this is told as old.
OLD_DAYS = 7
_STOPPED = "stopped"
RESTORE = "boligdesk database restore KOPI --replace"


class BackupTab(Tab):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._is_server = window.files.is_server
        self.copy_button = Button("Ta sikkerhetskopi nå …", self.primary, icon="save", kind="primary")
        self.check_button = Button("Kontroller databasen", self.check, icon="shield_error")
        actions = (self.check_button,) if self._is_server else (self.check_button, self.copy_button)
        self.column.addWidget(SectionHeading("Sikkerhetskopi", actions=actions))
        self.messages = MessageArea()
        self.working = WorkLine(window.tasks)
        self.working.busy_changed.connect(self._set_busy)
        self.column.addWidget(self.messages)
        self.column.addWidget(self.working)
        self.pill = Pill("neutral", "–")
        self.last = wrapping("")
        self.column.addWidget(self._cards(), 1)

    def _cards(self) -> QScrollArea:
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(SPACE_3)
        state = Card("Siste sikkerhetskopi")
        state.add(self.pill)
        state.add(self.last)
        state.add(FactGrid((("Databasen er", self.window_.files.where),), label_width=110))
        column.addWidget(state)
        back = Card("Slik henter du den tilbake")
        for text in _SERVER if self._is_server else _FILE:
            back.add(wrapping(text))
        if not self._is_server:
            command = label(RESTORE, "strong", wrap=True)
            command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            back.body.insertWidget(2, command)
        column.addWidget(back)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("Om sikkerhetskopien")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        return area

    def open(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        if self._is_server:
            self.pill.set_spec(PillSpec("neutral", "Sikres på tjeneren"))
            self.last.setText(
                "Databasen ligger på en felles tjener. IT-drift tar sikkerhetskopi med tjenerens egne verktøy."
            )
            return
        files = self.window_.files
        self.window_.tasks.run(
            Lane.OTHER, lambda _progress, _cancelled: files.last_backup(), self._show_last, receiver=self
        )

    def _show_last(self, moment: dt.datetime | None) -> None:
        now = dt.datetime.now().astimezone()
        self.pill.set_spec(_state_pill(moment, now))
        self.last.setText(last_words(moment, now))

    # --- copying -------------------------------------------------------------------------------------------

    def primary(self) -> None:
        if self._is_server or self.working.busy:
            return
        folder = QFileDialog.getExistingDirectory(
            self, "Velg mappe til sikkerhetskopien", self.window_.files.copies_folder
        )
        if folder:
            self.copy_to(Path(folder))

    def copy_to(self, folder: Path) -> None:
        """Copy in the background; others go on working meanwhile."""
        files = self.window_.files
        self.messages.clear()
        self.working.run(
            Lane.OTHER,
            "Tar sikkerhetskopi …",
            lambda progress, cancelled: files.backup(folder, progress, cancelled),
            self._copied,
            self._failed,
            stop="Avbryt kopieringen",
        )

    def _copied(self, copy: Copy) -> None:
        self.messages.show_message(
            "ok",
            f"Den ligger i «{copy.path.name}» og «{copy.key_file.name}» i mappen du valgte. Ta vare på begge filene "
            "sammen. Uten nøkkelfilen kan ingen åpne kopien.",
            title="Sikkerhetskopien er tatt og lest tilbake.",
        )
        self.refresh()

    # --- checking ------------------------------------------------------------------------------------------

    def check(self) -> None:
        files = self.window_.files
        self.messages.clear()
        self.working.run(
            Lane.OTHER,
            "Kontrollerer databasen og loggen …",
            lambda _progress, _cancelled: files.check_store(),
            self._checked,
            self._failed,
            stop="",
        )

    def _checked(self, found: Findings) -> None:
        if found.problems:
            self.messages.show_message(
                "crit",
                f"{' '.join(found.problems)} Ikke skriv mer nå. Be IT-drift hente tilbake siste sikkerhetskopi.",
                title="Kontrollen fant feil.",
            )
        else:
            number = f"{found.links:,}".replace(",", "\N{NO-BREAK SPACE}")
            self.messages.show_message(
                "ok", f"Loggen har {number} ledd uten brudd.", title="Databasen er hel."
            )

    def _failed(self, error: UserError) -> None:
        if error.code == _STOPPED:
            self.messages.show_message("info", f"{error.title} {error.safe}")
        else:
            self.messages.show_error(error)

    def _set_busy(self, busy: bool) -> None:
        self.copy_button.setEnabled(not busy)
        self.check_button.setEnabled(not busy)

    def focus_start(self) -> None:
        button = self.check_button if self._is_server else self.copy_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)


_FILE = (
    "Lukk Boligdesk. Åpne et kommandovindu, og skriv linjen under. Bytt ut KOPI med banen til kopien.",
    "Databasen som er der nå, blir lagt til side, ikke slettet. Er du på en ny maskin, legger du til --recovery-key.",
    "Ta kopien på en annen disk enn den databasen ligger på. Prøv å hente en kopi tilbake før du trenger den.",
)
_SERVER = ("Be IT-drift om å hente tilbake databasen, og om å prøve det før dere trenger det.",)


def last_words(moment: dt.datetime | None, now: dt.datetime) -> str:
    """«Sist sikret i dag kl. 09:12»."""
    if moment is None:
        return "Boligdesk har ikke tatt noen sikkerhetskopi av denne databasen ennå."
    local = moment.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days <= 0:
        day = "i dag"
    elif days == 1:
        day = "i går"
    else:
        day = f"{full_date(local.date())}, for {days} dager siden,"
    return f"Sist sikret {day} kl. {local:%H:%M}."


def _state_pill(moment: dt.datetime | None, now: dt.datetime) -> PillSpec:
    if moment is None:
        return PillSpec("warn", "Ikke sikret")
    is_old = now - moment > dt.timedelta(days=OLD_DAYS)
    return PillSpec("warn", "Gammel kopi") if is_old else PillSpec("ok", "Sikret")
