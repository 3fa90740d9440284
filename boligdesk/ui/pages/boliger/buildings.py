"""«Bygg …»: the buildings that dwellings belong to; register one, or correct one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from boligdesk.services.errors import InvalidInput
from boligdesk.ui.tables import Column, DataTable, WindowModel
from boligdesk.ui.theme import SPACE_3, set_role
from boligdesk.ui.widgets import Button, MessageArea, label, tidy, wrapping

from .building_form import BuildingForm
from .entrances import EntrancesBox

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.dwellings import BuildingDraft, BuildingRow
    from boligdesk.ui.page import Window
    from boligdesk.ui.tables import Deliver


def _lift(row: BuildingRow) -> str:
    return {True: "Ja", False: "Nei", None: "Vet ikke"}[row.has_lift]


def _municipal(row: BuildingRow) -> str:
    return f"{row.dwellings} av {row.units_total}" if row.units_total else f"{row.dwellings} (av ukjent)"


def building_columns() -> tuple[Column[BuildingRow], ...]:
    return (
        Column("name", "Bygg", lambda r: r.name, 220, lambda r: r.address if r.address != r.name else None,
               strong=True, stretch=True, narrowest=140),
        Column("district", "Område", lambda r: r.district or "–", 120),
        Column("dwellings", "Våre boliger", _municipal, 130),
        Column("lift", "Heis", _lift, 80),
    )  # fmt: skip


class BuildingsDialog(QDialog):
    """The list, and the form in its place while a building is written."""

    def __init__(self, window: Window, may_write: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._may_write = window, may_write
        self.setWindowTitle("Bygg")
        self.resize(760, 520)
        self.setMinimumSize(560, 400)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(SPACE_3)
        self.title = label("Bygg", "h1")
        column.addWidget(self.title)
        self.messages = MessageArea()
        column.addWidget(self.messages)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list())
        self.form = BuildingForm()
        self.entrances = EntrancesBox(window, self.messages)
        self.entrances.saved.connect(self.form.set_version)
        self.form.add_below(self.entrances)
        scroll = QScrollArea()
        scroll.setAccessibleName("Opplysninger om bygget")
        scroll.setWidgetResizable(True)
        set_role(self.form, "scroll")
        scroll.setWidget(self.form)
        self._stack.addWidget(scroll)
        self.entrances.opened.connect(
            lambda: QTimer.singleShot(0, self, lambda: scroll.ensureWidgetVisible(self.entrances.form))
        )
        column.addWidget(self._stack, 1)
        column.addLayout(self._buttons())
        self._load()
        self.show_list()

    def _list(self) -> QWidget:
        carrier = QWidget()
        column = QVBoxLayout(carrier)
        tidy(column)
        column.addWidget(
            wrapping(
                "Et bygg samler boligene med samme inngang eller adresse. Tallet på boliger i alt gir andelen "
                "kommunale boliger.",
                "sub",
            )
        )
        self.model = WindowModel(building_columns(), self._fetch, parent=self)
        self.table = DataTable("Bygg", self.model)
        self.table.opened.connect(lambda row: self.edit(row.id))
        self.table.set_empty("Ingen bygg er registrert ennå.", icon="building")
        column.addWidget(self.table, 1)
        return carrier

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        tidy(line)
        self.close_button = Button("Lukk listen", self.reject)
        self.change = Button("Rett bygget", self._edit_current, icon="edit")
        self.new = Button("Registrer bygg", lambda: self._show_form(None), icon="add", kind="primary")
        self.back = Button("Tilbake til listen", self.show_list)
        self.save = Button("Lagre bygget", self._save, kind="primary")
        line.addWidget(self.back)
        line.addWidget(self.close_button)
        line.addStretch(1)
        for button in (self.change, self.new, self.save):
            line.addWidget(button)
        return line

    # --- list -----------------------------------------------------------------------------------------------

    def show_list(self) -> None:
        self._show(0)
        self.model.reload()
        self.table.setFocus()

    def _fetch(self, offset: int, limit: int, deliver: Deliver) -> None:
        def done(found: tuple[BuildingRow, ...]) -> None:
            deliver(found[offset : offset + limit], len(found))

        self._window.query(self._window.services.dwellings.buildings, done, owner=self)

    def _show(self, place: int) -> None:
        in_form = place == 1
        self._stack.setCurrentIndex(place)
        self.messages.clear()
        for button in (self.back, self.save):
            button.setVisible(in_form)
        self.close_button.setVisible(not in_form)
        for button in (self.change, self.new):
            button.setVisible(not in_form and self._may_write)
        if not in_form:
            self.title.setText("Bygg")

    # --- form -----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self._window.query(self._window.services.office.districts, self.form.set_districts, owner=self)

    def _edit_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.edit(row.id)

    def edit(self, building_id: UUID) -> None:
        """Open one building in the form."""
        if self._may_write:
            dwellings = self._window.services.dwellings
            self._window.query(lambda: dwellings.building_draft(building_id), self._show_form, owner=self)

    def _show_form(self, draft: BuildingDraft | None) -> None:
        self._show(1)
        self.title.setText("Rett bygget" if draft else "Registrer bygg")
        self.form.set_draft(draft)
        self.entrances.show_building(draft.id if draft else None, draft.version if draft else 0)
        self.form.fields["name"].setFocus()

    def _save(self) -> None:
        draft = self.form.draft()
        if draft is None:
            return
        dwellings = self._window.services.dwellings
        self._window.save(
            lambda: dwellings.save_building(draft),
            owner=self,
            said="Bygget er lagret.",
            done=self._saved,
            invalid=self._invalid,
            conflict=self._conflict,
        )

    def _saved(self, _saved: Saved) -> None:
        self.show_list()

    def _invalid(self, error: UserError) -> bool:
        return isinstance(error, InvalidInput) and self.form.show_error(error)

    def _conflict(self, error: ConflictError) -> None:
        """The window's own place for messages lies under this dialog: say it here."""
        self.messages.show_error(error)
