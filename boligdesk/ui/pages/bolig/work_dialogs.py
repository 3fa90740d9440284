"""«Registrer arbeid …» and «Avslutt arbeidet»: what is done, why, when, what it costs, and what the status becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.works import WorkCause, WorkKind
from boligdesk.services.records.register import WorkDraft, WorkEnd
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import DateField, MoneyField, tidy

from .dialogs import FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.dwellings import DwellingDetail
    from boligdesk.services.records.register import WorkRow
    from boligdesk.ui.page import Window

_DONE, _DROPPED = "ferdig", "bort"


def draft_of(work: WorkRow, found: DwellingDetail) -> WorkDraft:
    """A work as it is stored, to be saved over what the page showed."""
    dwelling, building, version = _place(found, of_building=work.of_building)
    return WorkDraft(
        kind=work.kind,
        what=work.what,
        begins_on=work.begins_on,
        version=version,
        dwelling_id=dwelling,
        building_id=building,
        planned_to=work.planned_to,
        cause=work.cause,
        contractor=work.contractor,
        ordered_on=work.ordered_on,
        cost_ore=work.cost_ore,
        takes_out=work.takes_out,
        id=work.id,
    )


def _place(found: DwellingDetail, *, of_building: bool) -> tuple[UUID | None, UUID | None, int]:
    if of_building and found.building is not None:
        return None, found.building.id, found.building.version
    return found.id, None, found.version


class WorkDialog(FormDialog):
    """A work on the dwelling, or on the whole building when it has one. ``work`` None: a new one."""

    def __init__(self, window: Window, found: DwellingDetail, work: WorkRow | None, parent: QWidget) -> None:
        title = "Rett arbeidet" if work else "Registrer arbeid"
        super().__init__(window, title, found.address or found.draft.code, "Lagre arbeidet", parent)
        self._found, self._stored = found, work
        self.where = QComboBox()
        self.where.addItem("Denne boligen", False)
        if found.building is not None:
            self.where.addItem(f"Hele bygget ({found.building.name})", True)
        self.what, self.contractor = QLineEdit(), QLineEdit()
        self.kind, self.cause = QComboBox(), QComboBox()
        for kind in WorkKind:
            self.kind.addItem(kind.label, kind.value)
        self.cause.addItem("Ikke oppgitt", None)
        for cause in WorkCause:
            self.cause.addItem(cause.label, cause.value)
        self.begins_on, self.planned_to = DateField(window.today), DateField(window.today)
        self.ordered_on, self.cost = DateField(window.today), MoneyField()
        self.takes_out = QCheckBox("Boligen kan ikke leies ut så lenge")
        self._add_rows()
        self._fill(work)
        self.where.currentIndexChanged.connect(lambda _index: self._fit())
        self._fit()
        self.resize(580, min(690, parent.window().height() - 40))
        self.what.setFocus()

    def _add_rows(self) -> None:
        form = self.form
        form.add("where", "&Gjelder", self.where)
        form.add("what", "&Hva skal gjøres?", self.what, "Kort, og uten navn. For eksempel «Nytt bad».")
        form.add("kind", "&Type", self.kind)
        form.add("cause", "&Årsak", self.cause)
        form.add("begins_on", "&Begynner", self.begins_on)
        form.add("planned_to", "&Planlagt ferdig", self.planned_to, "La feltet stå tomt hvis du ikke vet.")
        form.add(
            "takes_out",
            "Status",
            self.takes_out,
            "Med planlagt ferdig står boligen som «under utbedring», ellers som «ikke disponibel».",
        )
        form.add("ordered_on", "B&estilt", self.ordered_on)
        form.add("cost_ore", "&Kostnad i kr, anslag", self.cost)
        form.add("contractor", "&Utføres av", self.contractor)
        for names in (("kind", "cause"), ("begins_on", "planned_to"), ("ordered_on", "cost_ore")):
            self._beside(*names)
        form.body.addStretch(1)

    def _beside(self, first: str, second: str) -> None:
        """Two rows on one line, where the first of them stood."""
        rows, body = self.form.rows, self.form.body
        place = body.indexOf(rows[first])
        across = QHBoxLayout()
        tidy(across, SPACE_3)
        for name in (first, second):
            across.addWidget(rows[name], 1, Qt.AlignmentFlag.AlignBottom)
        body.insertLayout(place, across)

    def _fill(self, work: WorkRow | None) -> None:
        if work is None:
            self.begins_on.set_value(self._window.today())
            self.takes_out.setChecked(True)
            return
        self.where.setCurrentIndex(max(self.where.findData(work.of_building), 0))
        self.where.setEnabled(False)
        self.what.setText(work.what)
        self.kind.setCurrentIndex(self.kind.findData(work.kind))
        self.cause.setCurrentIndex(max(self.cause.findData(work.cause), 0))
        for field, day in (
            (self.begins_on, work.begins_on),
            (self.planned_to, work.planned_to),
            (self.ordered_on, work.ordered_on),
        ):
            field.set_value(day)
        self.contractor.setText(work.contractor)
        self.cost.set_value(work.cost_ore)
        self.takes_out.setChecked(work.takes_out)

    def _fit(self) -> None:
        self.form.rows["where"].setVisible(self.where.count() > 1)
        self.form.rows["takes_out"].setVisible(not self.where.currentData())

    def work(self) -> Callable[[], Saved] | None:
        faults = self.form.own_errors()
        begins = self.begins_on.value()
        if begins is None and "begins_on" not in faults:
            faults["begins_on"] = "Skriv dagen arbeidet begynner."
        if self.form.set_errors(faults) is not None or begins is None:
            return None
        of_building = bool(self.where.currentData())
        dwelling, building, version = _place(self._found, of_building=of_building)
        draft = WorkDraft(
            kind=self.kind.currentData(),
            what=self.what.text(),
            begins_on=begins,
            version=version,
            dwelling_id=dwelling,
            building_id=building,
            planned_to=self.planned_to.value(),
            cause=self.cause.currentData(),
            contractor=self.contractor.text(),
            ordered_on=self.ordered_on.value(),
            cost_ore=self.cost.value(),
            takes_out=self.takes_out.isChecked() and not of_building,
            id=self._stored.id if self._stored else None,
        )
        dwellings = self._window.services.dwellings
        return lambda: dwellings.record_work(draft)

    def said(self) -> str:
        return "Arbeidet er lagret."


class EndWorkDialog(FormDialog):
    """The work is done, or nothing came of it; then the dwelling is free again unless other works keep it."""

    def __init__(self, window: Window, found: DwellingDetail, work: WorkRow, parent: QWidget) -> None:
        super().__init__(window, "Avslutt arbeidet", work.what, "Avslutt arbeidet", parent)
        self._found, self._work = found, work
        self.outcome = QComboBox()
        self.outcome.addItem("Arbeidet er ferdig", _DONE)
        self.outcome.addItem("Arbeidet ble ikke gjort", _DROPPED)
        self.on = DateField(window.today)
        self.on.set_value(window.today())
        self.status = QComboBox()
        for status in (DwellingStatus.VACANT, DwellingStatus.LET):
            self.status.addItem(status.label, status.value)
        self.form.add("outcome", "&Hva skjedde?", self.outcome)
        self.form.add("on", "&Ferdig", self.on)
        self.form.add("status_after", "&Boligen blir", self.status, "Den var utleid da arbeidet begynte.")
        self.form.body.addStretch(1)
        self.outcome.currentIndexChanged.connect(lambda _index: self._fit())
        if found.status_before_works == DwellingStatus.LET:
            self.status.setCurrentIndex(1)
        self._fit()
        self.resize(560, 340)
        self.outcome.setFocus()

    def _fit(self) -> None:
        self.form.rows["on"].setVisible(self.outcome.currentData() == _DONE)
        was_let = self._found.status_before_works == DwellingStatus.LET
        self.form.rows["status_after"].setVisible(was_let and self._work.takes_out)

    def work(self) -> Callable[[], Saved] | None:
        is_done = self.outcome.currentData() == _DONE
        faults = self.form.own_errors() if is_done else {}
        day = self.on.value() if is_done else None
        if is_done and day is None and "on" not in faults:
            faults["on"] = "Skriv dagen arbeidet ble ferdig."
        if self.form.set_errors(faults) is not None:
            return None
        _dwelling, _building, version = _place(self._found, of_building=self._work.of_building)
        end = WorkEnd(self._work.id, version, day, self.status.currentData())
        dwellings = self._window.services.dwellings
        return lambda: dwellings.end_work(end)

    def said(self) -> str:
        return "Arbeidet er avsluttet."
