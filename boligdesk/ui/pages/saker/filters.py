"""The filters of Saker as menus with chips, and the text filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import (
    Button,
    DateField,
    FilterMenuButton,
    FormSection,
    SearchField,
    label,
    tidy,
    wrapping,
)
from boligdesk.ui.widgets.flow import FlowRow

from .choice import (
    ME,
    NOBODY,
    PERIODS,
    PHASES,
    PICK_PERIOD,
    STATES,
    WAITING,
    Choice,
    changed,
    period_bounds,
    period_of,
    period_title,
)

if TYPE_CHECKING:
    from uuid import UUID

_ANYBODY = (("", "Alle saksbehandlere"), (ME, "Mine saker"), (NOBODY, "Uten saksbehandler"))
_ANYWHERE = (("", "Alle områder"),)
_SEARCH_WIDTH = 230


class CaseFilters(QWidget):
    """``changed`` comes when the user chose something; ``cleared`` when all filters are to go."""

    changed = Signal()
    cleared = Signal()

    def __init__(self, today: Callable[[], dt.date], view_button: Button) -> None:
        super().__init__()
        self._today, self._choice = today, Choice()
        self._titles: dict[str, dict[str, str]] = {
            "state": dict(STATES),
            "phase": dict(PHASES),
            "assignee": dict(_ANYBODY),
            "period": dict(PERIODS),
            "district": dict(_ANYWHERE),
            "waiting": dict(WAITING),
        }
        self.menus = {
            "state": FilterMenuButton("Status", STATES),
            "phase": FilterMenuButton("Trinn", PHASES),
            "assignee": FilterMenuButton("Saksbehandler", _ANYBODY),
            "period": FilterMenuButton("Søkt fra og til", PERIODS),
            "district": FilterMenuButton("Område", _ANYWHERE),
            "waiting": FilterMenuButton("Venter på", WAITING),
        }
        self.search = SearchField("Filtrer sakene", "Navn eller saksnummer")
        self.search.setToolTip("Skriv for å filtrere listen (Ctrl+F)")
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.clear = Button("Fjern filtrene", self.cleared.emit, icon="dismiss", kind="link")
        self.clear.setToolTip("Fjern alle filtrene (Ctrl+Shift+F)")
        self.count = label("", "strong")
        self.sorted_by = label("", "cap")
        top = QHBoxLayout()
        tidy(top, SPACE_3)
        top.addWidget(view_button)
        top.addWidget(self.search)
        top.addStretch(1)
        top.addWidget(self.count)
        top.addWidget(self.sorted_by)
        column = QVBoxLayout(self)
        tidy(column)
        column.addLayout(top)
        column.addWidget(FlowRow(*self.menus.values(), self.clear, spacing=2))
        for name, menu in self.menus.items():
            menu.changed.connect(lambda key, name=name: self._chosen(name, key))
        self.search.searched.connect(lambda _text: self._say_changed())
        self._mark()

    def _chosen(self, name: str, key: str) -> None:
        if key == PICK_PERIOD:
            self.menus["period"].set_value(self._choice.period)
            self.ask_period()
            return
        self._choice = changed(self._choice, name, key)
        self._say_changed()

    def _say_changed(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        self.clear.setVisible(self.narrows())

    def ask_period(self) -> None:
        """From and to, in a window of its own."""
        dialog = PeriodDialog(self._today, self._choice.period, self.set_period, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def set_period(self, first: dt.date | None, last: dt.date | None) -> None:
        period = period_of(first, last) if first or last else ""
        self.set_value(replace(self._choice, period=period), self.text())
        self._say_changed()

    def set_colleagues(self, colleagues: Sequence[tuple[UUID, str]]) -> None:
        self._offer("assignee", (*_ANYBODY, *((str(key), name) for key, name in colleagues)))

    def set_districts(self, districts: Sequence[tuple[UUID, str]]) -> None:
        self._offer("district", (*_ANYWHERE, *((str(key), name) for key, name in districts)))
        self.menus["district"].setVisible(bool(districts))

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self._titles[name] = dict(choices)
        self.menus[name].set_choices(choices)
        self._show(name)

    def value(self) -> Choice:
        return self._choice

    def text(self) -> str:
        return self.search.text().strip()

    def narrows(self) -> bool:
        return self._choice.narrows() or bool(self.text())

    def set_value(self, choice: Choice, text: str = "") -> None:
        """Show these without emitting ``changed``."""
        self._choice = choice
        if choice.period not in self._titles["period"]:
            own = (choice.period, period_title(choice.period))
            self._offer("period", (*PERIODS[:-1], own, PERIODS[-1]))
        for name in self.menus:
            self._show(name)
        blocked = self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(blocked)
        self._mark()

    def _show(self, name: str) -> None:
        """A colleague or district that is gone has no name to show; the list is then empty, and says why."""
        wanted, titles = getattr(self._choice, name), self._titles[name]
        self.menus[name].set_value(wanted if wanted in titles else next(iter(titles)))

    def words(self) -> tuple[str, ...]:
        """The filters as they are printed above the list."""
        chosen = [(name, getattr(self._choice, name)) for name in self.menus]
        said = [self._titles[name].get(key, "") for name, key in chosen if key]
        return tuple(word for word in said if word)


class PeriodDialog(QDialog):
    """Applied from and to. Either may be left empty. Show it with ``open``."""

    def __init__(
        self,
        today: Callable[[], dt.date],
        period: str,
        choose: Callable[[dt.date | None, dt.date | None], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choose = choose
        self.setWindowTitle("Søkt fra og til")
        self.setMinimumWidth(340)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(wrapping("Søkt fra og til", "h1"))
        first, last = period_bounds(period, today()) if period else (None, None)
        self.form = FormSection()
        self.first, self.last = DateField(today), DateField(today)
        self.first.set_value(first)
        self.last.set_value(last)
        self.form.add("first", "&Fra og med", self.first)
        self.form.add("last", "&Til og med", self.last)
        column.addWidget(self.form)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(Button("Gå tilbake", self.reject))
        line.addStretch(1)
        act = Button("Vis sakene", self._check, kind="primary")
        act.setDefault(True)
        line.addWidget(act)
        column.addLayout(line)
        self.first.setFocus()

    def _check(self) -> None:
        errors = self.form.own_errors()
        first, last = self.first.value(), self.last.value()
        if not errors and first and last and last < first:
            errors["last"] = "Til-datoen må være etter fra-datoen."
        self.form.set_errors(errors)
        if not errors:
            self.accept()
            self._choose(first, last)
