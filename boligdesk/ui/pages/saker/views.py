"""«Visning: Alle åpne»: the menu of views, and saving, renaming and removing one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from boligdesk.ui.widgets import Button, FormSection, tidy, wrapping

from .choice import ALL_OPEN, BY_KIND, GENERAL, Choice, View

if TYPE_CHECKING:
    from boligdesk.services.errors import UserError

LONGEST_NAME = 60


class ViewButton(Button):
    """``chosen`` carries a View; the other signals are wishes about the view that is shown."""

    chosen = Signal(object)
    save_wanted = Signal()
    update_wanted = Signal()
    rename_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("", icon="table")
        self.view = ALL_OPEN
        self._own: Sequence[View] = ()
        self._is_changed = False
        self.views_menu = QMenu(self)
        self.setMenu(self.views_menu)
        self.setToolTip("Velg hvilke saker du vil se")
        self.views_menu.aboutToShow.connect(self.fill)
        self.show_view(ALL_OPEN, ALL_OPEN.choice)

    def set_own(self, own: Sequence[View]) -> None:
        self._own = own

    def named(self, name: str) -> View | None:
        """A view by name; the office's fixed ones first."""
        return next((view for view in (*GENERAL, *BY_KIND, *self._own) if view.name == name), None)

    def show_view(self, view: View, now: Choice) -> None:
        """Which view is shown, and whether its filters have been changed since."""
        self.view, self._is_changed = view, now != view.choice
        words = f"Visning: {view.name}" + (", endret" if self._is_changed else "")
        self.setText(_shown(words))
        self.setAccessibleName(words)

    def fill(self) -> QMenu:
        """The menu as it is now."""
        menu = self.views_menu
        menu.clear()
        self._add(menu, GENERAL)
        menu.addSection("Sakstyper")
        self._add(menu, BY_KIND)
        if self._own:
            menu.addSection("Lagrede visninger")
            self._add(menu, self._own)
        menu.addSeparator()
        menu.addAction("Lagre som ny visning …", self.save_wanted.emit)
        if self.view.saved is not None:
            name = _shown(self.view.name)
            menu.addAction(f"Lagre endringene i «{name}»", self.update_wanted.emit).setEnabled(
                self._is_changed
            )
            menu.addAction(f"Gi «{name}» nytt navn …", self.rename_wanted.emit)
            menu.addAction(f"Fjern visningen «{name}»", self.remove_wanted.emit)
        return menu

    def _add(self, menu: QMenu, views: Sequence[View]) -> None:
        for view in views:
            shared = "  (delt)" if view.saved is not None and view.saved.is_shared else ""
            action = menu.addAction(f"{_shown(view.name)}{shared}", partial(self.chosen.emit, view))
            action.setCheckable(True)
            action.setChecked(view == self.view)


def _shown(name: str) -> str:
    """A name in a menu, where & would be taken for an access key."""
    return name.replace("&", "&&")


class ViewDialog(QDialog):
    """Name of a view, and whether everybody gets it. Show it with ``open``; ``save`` gets name and shared."""

    def __init__(
        self,
        title: str,
        act: str,
        save: Callable[[str, bool], object],
        parent: QWidget | None = None,
        *,
        name: str = "",
        shared: bool | None = False,
    ) -> None:
        """``shared`` None: not asked (renaming)."""
        super().__init__(parent)
        self._save = save
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(wrapping(title, "h1"))
        self.form = FormSection()
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.form.add("name", "&Navn på visningen", self.name, "Ikke bruk navn på personer.")
        column.addWidget(self.form)
        self.shared = QCheckBox("&Del visningen med alle på kontoret")
        self.shared.setChecked(bool(shared))
        self.shared.setVisible(shared is not None)
        column.addWidget(self.shared)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(Button("Gå tilbake", self.reject))
        line.addStretch(1)
        self.act = Button(act, self._check, kind="primary")
        self.act.setDefault(True)
        line.addWidget(self.act)
        column.addLayout(line)
        self.name.setFocus()

    def _check(self) -> None:
        name = self.name.text().strip()
        self.form.set_errors({} if name else {"name": "Gi visningen et navn."})
        if name:
            self._save(name, self.shared.isChecked())

    def show_invalid(self, error: UserError) -> bool:
        self.form.set_errors(
            {"name": " ".join(part for part in (error.title, error.what, error.todo) if part)}
        )
        return True
