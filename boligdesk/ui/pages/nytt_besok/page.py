"""Nytt besøk: the person and one tap are enough. With the tab «rett» the subject is a visit to correct."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.work import VisitDraft
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, set_role
from boligdesk.ui.visit_words import when_words
from boligdesk.ui.widgets import Button, Card, PageHeader, label, row, tidy
from boligdesk.ui.widgets.person_picker import PersonPicker

from .form import VisitForm

if TYPE_CHECKING:
    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import Saved, User
    from boligdesk.services.records.people import PersonDetail, PersonMatch, PersonProbe
    from boligdesk.services.records.work import VisitDetail
    from boligdesk.ui.widgets.person_picker import Found

CORRECT = "rett"
_NOBODY = UUID(int=0)
_WHY_OPENED = "Skriver ned et besøk"


class NyttBesokPage(Page):
    key = "nytt_besok"
    window_title = "Nytt besøk"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._base = VisitDraft(_NOBODY)
        self._name = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader("Nytt besøk")
        self.back = self.header.add_secondary("Gå tilbake", self._go_back)
        self.save_button = self.header.set_primary("Lagre besøket", self.save)
        column.addWidget(self.header)
        self.form = VisitForm(window.today)
        self.keeper = DraftKeeper(window, self.form.written(), "besok", None, "tekst", parent=self)
        column.addWidget(self.keeper.offer)
        column.addWidget(self._scroll(), 1)
        column.addWidget(self.keeper.status)

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        set_role(inner, "scroll")
        column = QVBoxLayout(inner)
        tidy(column, SPACE_3)
        column.addWidget(self._who())
        column.addWidget(self.form)
        area = QScrollArea()
        area.setAccessibleName("Besøket")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def _who(self) -> QWidget:
        self.who = Card("Hvem?")
        self.picker = PersonPicker(self._find, "&Navn eller fødselsnummer")
        self.picker.chosen.connect(lambda match: self._take(match.id, match.name))
        self.picker.new_wanted.connect(lambda _text: self.window_.go(Place("ny_person")))
        self.picker.new.setVisible(Right.WRITE_PEOPLE in self.window_.services.user.rights)
        self.who.add(self.picker)
        self.name = label("", "h2")
        self.other = Button("Velg en annen", self._choose_again, kind="link")
        self.chosen = row(self.name, self.other)
        self.who.add(self.chosen)
        carrier = QWidget()
        column = QVBoxLayout(carrier)
        tidy(column)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.who)
        return carrier

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self.window_.query(self.window_.services.office.users, self._set_colleagues, owner=self)
        if place.tab == CORRECT and place.subject is not None:
            self._open_correction(place.subject)
            return
        self.window_title = "Nytt besøk"
        self._base, self._name = VisitDraft(_NOBODY), ""
        self._head("Nytt besøk", "Skriv det viktigste. Du kan rette det senere.")
        self.form.set_draft(self._base)
        self.picker.set_text("")
        self._show_person()
        self.keeper.aim("besok", None)
        if place.subject is not None:
            self._open_for(place.subject)
        else:
            self.keeper.look()

    def primary(self) -> None:
        self.save()

    def focus_start(self) -> None:
        start = self.form.outcome if self._has_person() else self.picker.line
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.keeper.keep()

    def subject_person(self) -> UUID | None:
        return self._base.person_id if self._has_person() else None

    def help_text(self) -> str:
        return (
            "Velg personen og hvordan det gikk. Resten kan stå tomt. Skriv det du så, det personen sa og det du "
            "mener hver for seg. Personen har rett til å lese alt. Ctrl+Enter lagrer besøket."
        )

    # --- the person -----------------------------------------------------------------------------------------

    def _find(self, probe: PersonProbe, done: Found) -> None:
        people = self.window_.services.people

        def show(found: tuple[PersonMatch, ...]) -> None:
            done(found)
            if not found:
                self.picker.say.setText("Vi fant ingen du har tilgang til.")

        self.window_.query(lambda: people.matches(probe), show, owner=self)

    def _open_for(self, person_id: UUID) -> None:
        people = self.window_.services.people

        def done(found: PersonDetail) -> None:
            self._take(found.id, found.name)

        self.window_.query(lambda: people.detail(person_id, _WHY_OPENED), done, owner=self)

    def _take(self, person_id: UUID, name: str) -> None:
        """This is who it is about. What has been typed already goes with it, and so does its draft."""
        self._base, self._name = replace(self._base, person_id=person_id), name
        typed = self.keeper.texts()
        self._write(dict.fromkeys(typed, ""))
        self.keeper.aim("besok", person_id, "besøket")
        self._write(typed)
        if not any(typed.values()):
            self.keeper.look()
        self._show_person()
        self.focus_start()

    def _write(self, texts: dict[str, str]) -> None:
        for name, field in self.form.written().items():
            if isinstance(field, QLineEdit):
                field.setText(texts[name])
            else:
                field.setPlainText(texts[name])

    def _choose_again(self) -> None:
        self._base = replace(self._base, person_id=_NOBODY)
        self.picker.set_text("")
        self._show_person()
        self.focus_start()

    def _has_person(self) -> bool:
        return self._base.person_id != _NOBODY

    def _show_person(self) -> None:
        known = self._has_person()
        self.picker.setVisible(not known)
        self.chosen.setVisible(known)
        self.name.setText(self._name)
        self.other.setVisible(self._base.corrects_visit_id is None)

    # --- correcting -----------------------------------------------------------------------------------------

    def _open_correction(self, visit_id: UUID) -> None:
        guidance = self.window_.services.guidance
        self.window_title = "Rett besøket"

        def done(found: VisitDetail) -> None:
            self._base = replace(found.draft, corrects_visit_id=visit_id)
            self._name = found.person
            when = f"{when_words(found.draft.starts_at)}. " if found.draft.starts_at else ""
            self._head("Rett besøket", f"{when}Det som står der nå, blir stående under rettelsen.")
            self.form.set_draft(found.draft)
            self._show_person()
            self.keeper.aim("besok", visit_id, "rettelsen")
            self.keeper.look()
            self.focus_start()

        self.window_.query(lambda: guidance.detail(visit_id), done, owner=self)

    def _head(self, title: str, sub: str) -> None:
        self.header.set_title(title, sub)
        crumbs = (("Bo-oppfølging", lambda: self.window_.go(Place("bo_oppfolging"))), (title, None))
        self.header.set_crumbs(crumbs)
        self.save_button.setText("Lagre rettelsen" if self._base.corrects_visit_id else "Lagre besøket")

    def _set_colleagues(self, users: tuple[User, ...]) -> None:
        me = self.window_.services.user.id
        self.form.set_colleagues([(user.id, user.name) for user in users if user.active and user.id != me])

    # --- writing --------------------------------------------------------------------------------------------

    def save(self) -> None:
        if not self._has_person():
            self.picker.say.setText("Velg hvem besøket gjelder.")
            self.picker.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        draft = self.form.draft(self._base)
        if draft is None:
            return
        guidance = self.window_.services.guidance

        def work() -> Saved:
            # what is written about a visit is never taken back, it is corrected: no [Angre] is offered
            return replace(guidance.log_visit(draft), event_id=None)

        said = "Rettelsen er lagret." if draft.corrects_visit_id else "Besøket er lagret."
        self.window_.save(work, owner=self, said=said, done=self._saved, invalid=self._invalid)

    def _saved(self, saved: Saved) -> None:
        self.keeper.done()
        was_correction = self._base.corrects_visit_id is not None
        self._base = VisitDraft(_NOBODY)
        self.window_.go(Place("besok", subject=saved.id) if was_correction else Place("bo_oppfolging"))

    def _invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        return self.form.section.set_errors({error.field: text}) is not None

    def _go_back(self) -> None:
        visit = self._base.corrects_visit_id
        self.window_.go(Place("besok", subject=visit) if visit else Place("bo_oppfolging"))
