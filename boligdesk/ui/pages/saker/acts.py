"""What can be done with the ticked cases and with the view that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from boligdesk.services.changes import Changes, Kind
from boligdesk.services.records.common import Saved
from boligdesk.ui.widgets.colleague import ColleagueDialog

from .choice import ALL_OPEN, View, saved_view
from .giving import Outcome, count_words, give_case, give_cases
from .views import ViewDialog

if TYPE_CHECKING:
    from boligdesk.services.records.cases import CaseRow

    from .page import SakerPage

_VIEW = Changes(frozenset({Kind.VIEW}))
_PAGE = "saker"


class CaseActs:
    """«Gi til …» for all that are ticked."""

    def __init__(self, page: SakerPage) -> None:
        self._page = page
        self.colleagues: Sequence[tuple[UUID, str]] = ()

    def give(self) -> None:
        page = self._page
        rows = tuple(page.ticked.values())
        if not rows:
            return
        what = rows[0].number if len(rows) == 1 else count_words(len(rows))
        _open(
            ColleagueDialog(
                "Gi saker til kollega",
                f"{what}, med oppgavene som hører til.",
                "Gi saken" if len(rows) == 1 else f"Gi {count_words(len(rows))}",
                self.colleagues,
                lambda user_id, name: self._give_to(rows, user_id, name),
                page.window(),
            )
        )

    def _give_to(self, rows: tuple[CaseRow, ...], user_id: UUID, name: str) -> None:
        page, services = self._page, self._page.window_.services
        if len(rows) == 1:
            page.window_.save(
                lambda: give_case(services, rows[0], user_id),
                owner=page,
                said=f"Saken er gitt til {name.rstrip('.')}.",
                done=lambda _saved: page.rows_unticked(),
            )
            return
        outcomes: list[Outcome] = []

        def work() -> Saved:
            outcomes.append(give_cases(services, rows, user_id))
            return Saved(rows[0].id, 0, outcomes[-1].changes)

        def done(_saved: Saved) -> None:
            page.rows_unticked()
            outcome = outcomes[-1]
            tone = "warn" if outcome.refused else "info"
            page.window_.tell_done(outcome.words(name), tuple(outcome.events), tone)

        page.window_.save(work, owner=page, done=done)


class ViewActs:
    """Saved views: made, changed, renamed, removed."""

    def __init__(self, page: SakerPage) -> None:
        self._page = page
        button = page.view_button
        button.save_wanted.connect(self.save_new)
        button.update_wanted.connect(self.update)
        button.rename_wanted.connect(self.rename)
        button.remove_wanted.connect(self.remove)

    def save_new(self) -> None:
        self._dialog = ViewDialog("Lagre visningen", "Lagre visningen", self._save_new, self._page.window())
        _open(self._dialog)

    def _save_new(self, name: str, shared: bool) -> None:
        page, dialog = self._page, self._dialog
        if page.view_button.named(name) is not None:
            dialog.form.set_errors({"name": "Det finnes en visning med dette navnet. Velg et annet."})
            return
        body, office = page.filters.value().body(), page.window_.services.office
        self._store(
            lambda: office.save_view(_PAGE, name, body, shared),
            f"Visningen «{name}» er lagret.",
            dialog,
        )

    def update(self) -> None:
        """The view is from now on what is shown."""
        view, page = self._page.view_button.view, self._page
        saved = view.saved
        if saved is not None:
            body, office = page.filters.value().body(), page.window_.services.office
            self._store(
                lambda: office.save_view(_PAGE, saved.name, body, saved.is_shared),
                f"Visningen «{saved.name}» er endret.",
                None,
            )

    def rename(self) -> None:
        saved = self._page.view_button.view.saved
        if saved is not None:
            self._dialog = ViewDialog(
                "Gi visningen nytt navn", "Lagre navnet", self._rename, self._page.window(),
                name=saved.name, shared=None,
            )  # fmt: skip
            _open(self._dialog)

    def _rename(self, name: str, _shared: bool) -> None:
        page, dialog, saved = self._page, self._dialog, self._page.view_button.view.saved
        if saved is None or name == saved.name:
            dialog.accept()
            return
        if page.view_button.named(name) is not None:
            dialog.form.set_errors({"name": "Det finnes en visning med dette navnet. Velg et annet."})
            return
        office = page.window_.services.office

        def work() -> UUID:
            made = office.save_view(_PAGE, name, saved.body, saved.is_shared)
            office.drop_view(saved.id)
            return made

        self._store(work, f"Visningen heter nå «{name}».", dialog)

    def remove(self) -> None:
        page, saved = self._page, self._page.view_button.view.saved
        if saved is None:
            return
        office = page.window_.services.office

        def work() -> Saved:
            office.drop_view(saved.id)
            return Saved(saved.id, 0, _VIEW)

        def again() -> None:
            self._store(
                lambda: office.save_view(_PAGE, saved.name, saved.body, saved.is_shared),
                f"Visningen «{saved.name}» er tilbake.",
                None,
            )

        def done(_saved: Saved) -> None:
            page.show_view(ALL_OPEN)
            page.messages.show_undo(f"Visningen «{saved.name}» er fjernet.", again)

        page.window_.save(work, owner=page, done=done)

    def _store(self, work: Callable[[], UUID], said: str, dialog: ViewDialog | None) -> None:
        page = self._page

        def save() -> Saved:
            return Saved(work(), 0, _VIEW)

        def done(saved: Saved) -> None:
            if dialog is not None:
                dialog.accept()
            self._show(saved.id)

        page.window_.save(
            save, owner=page, said=said, done=done, invalid=dialog.show_invalid if dialog else None
        )

    def _show(self, view_id: UUID) -> None:
        """The saved view as it is read back, when the list of views has come."""
        page, office = self._page, self._page.window_.services.office

        def found(views: tuple[View, ...]) -> None:
            page.view_button.set_own(views)
            view = next((view for view in views if view.saved and view.saved.id == view_id), None)
            if view is not None:
                page.filters.set_value(view.choice, page.filters.text())
                page.view_button.show_view(view, view.choice)

        page.window_.query(lambda: tuple(saved_view(row) for row in office.views(_PAGE)), found, owner=page)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
