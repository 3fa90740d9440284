"""Ny søknad: who, what, and what we know. Everything can be skipped but the first two (ui.md S4)."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.catalog import MemberRole
from boligdesk.domain.guidance import OSLO
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.common import Draft
from boligdesk.ui.page import Page
from boligdesk.ui.pages.ny_soknad.knowledge import KnowledgeSection
from boligdesk.ui.pages.ny_soknad.what import WhatCard, case_workers
from boligdesk.ui.pages.ny_soknad.who import WhoCard
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import Action, Button, MessageArea, PageHeader, label, tidy
from boligdesk.ui.widgets.files import dropped_paths

if TYPE_CHECKING:
    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.people import HouseholdDetail, PersonMatch
    from boligdesk.ui.page import Window

SAVE_AFTER_MS = 1500
_KIND, _FIELD = "application", "ny_soknad"


class NySoknadPage(Page):
    """One page, one act. What is typed is a draft until the case is made."""

    key = "ny_soknad"
    window_title = "Ny søknad"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._kept: dict[str, str] = {}
        self._busy = self._filling = False
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_2)
        self.header = PageHeader(
            "Ny søknad", "Søk først, så du ikke registrerer den samme personen to ganger."
        )
        column.addWidget(self.header)
        self.offer = MessageArea()
        column.addWidget(self.offer)
        self.who, self.what = WhoCard(window), WhatCard(window.today)
        self.knowledge = KnowledgeSection(window)
        column.addWidget(self._scroll(), 1)
        column.addLayout(self._bottom())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        self.who.chosen.connect(self._person_chosen)
        for part in (self.what, self.knowledge):
            part.changed.connect(self._touched)
        self._kept = self._words()

    def _scroll(self) -> QScrollArea:
        area = QScrollArea()
        area.setAccessibleName("Ny søknad")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        set_role(inside, "scroll")
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(0, 0, SPACE_2, 0)
        parts.setSpacing(SPACE_3)
        for part in (self.who, self.what, self.knowledge):
            parts.addWidget(part)
        parts.addStretch(1)
        area.setWidget(inside)
        self.area = area
        return area

    def _bottom(self) -> QHBoxLayout:
        line = QHBoxLayout()
        tidy(line)
        self.cancel_button = Button("Avbryt registreringen", self._cancel)
        self.status = label("", "cap")
        self.create_button = Button("Opprett sak", self.primary, icon="checkmark", kind="primary")
        self.create_button.setToolTip("Ctrl+Enter")
        line.addWidget(self.cancel_button)
        line.addWidget(self.status, 1)
        line.addWidget(self.create_button)
        return line

    # --- coming and going ----------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        office, me = self.window_.services.office, self.window_.services.user.id
        self.window_.query(
            office.users, lambda users: self.what.set_users(case_workers(users, me), me), owner=self
        )
        if place.subject is not None and (self.who.person is None or self.who.person.id != place.subject):
            self._start()
            self.who.choose_id(place.subject)
        elif not self._is_touched():
            self._look()

    def leave(self) -> None:
        self.keep()

    def focus_start(self) -> None:
        if self.who.person is None:
            self.who.picker.line.setFocus()
        else:
            self.what.knows.no.setFocus()

    def focus_filter(self) -> None:
        self.who.picker.line.setFocus()

    def help_text(self) -> str:
        return (
            "Søk etter søkeren med nummer eller navn. Finnes personen ikke, velger du «Ny person»; nummer er "
            "ikke nødvendig. Svar på om du kjenner søkeren, og velg «Opprett sak» (Ctrl+Enter). "
            "Alt under «Hva vet vi?» kan du fylle ut senere. Det du skriver, lagres som kladd."
        )

    def subject_person(self) -> UUID | None:
        return self.who.person.id if self.who.person else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.knowledge.take(paths)

    def _person_chosen(self, match: PersonMatch | None) -> None:
        self._touched()
        if match is None:
            self.what.suggest(None, "")
            return
        cases = self.window_.services.cases
        self.window_.query(
            lambda: cases.suggest_assignee(match.id), lambda found: self._suggested(match, *found), owner=self
        )
        if not self._filling:
            self.what.knows.no.setFocus()

    def _suggested(self, match: PersonMatch, user_id: UUID | None, why: str) -> None:
        if self.who.person is match:
            self.what.suggest(user_id, why)

    def _start(self) -> None:
        """An empty page for the next application."""
        self._filling = True
        self.what.start()
        self.knowledge.start()
        self.who.start()
        self._filling = False
        self._kept = self._words()
        self.status.setText("")
        self.offer.clear()
        self.area.verticalScrollBar().setValue(0)

    # --- the draft -----------------------------------------------------------------------------------------

    def _words(self) -> dict[str, str]:
        """The whole page as texts. A file waits on the disk and is not copied."""
        person = self.who.person
        words = {
            "person": str(person.id) if person else "",
            "asks": ",".join(self.what.asked()),
            "received_on": self.what.received.text(),
            "channel": str(self.what.channel.currentData()),
            "grounds": self.what.grounds.text(),
            **self.knowledge.to_words(),
        }
        return {key: text for key, text in words.items() if text}

    def _is_touched(self) -> bool:
        return self._words() != self._kept or "person" in self._kept

    def _touched(self) -> None:
        if not self._filling:
            self._timer.start()

    def keep(self) -> None:
        """Save the draft now, if anything was changed since."""
        self._timer.stop()
        words = self._words()
        if words == self._kept or self._busy:
            return
        self._kept = words
        drafts = self.window_.services.drafts

        def saved(at: dt.datetime) -> None:
            self.status.setText(f"Kladd lagret {at.astimezone(OSLO):%H:%M}")

        self.window_.query(lambda: drafts.save(Draft(_KIND, None, _FIELD, words)), saved, owner=self)

    def _look(self) -> None:
        drafts = self.window_.services.drafts

        def found(draft: Draft | None) -> None:
            if draft is not None and not self._is_touched() and draft.body != self._kept:
                self._offer(draft)

        self.window_.query(lambda: drafts.load(_KIND, None, _FIELD), found, owner=self)

    def _offer(self, draft: Draft) -> None:
        clock = f" fra {draft.saved_at.astimezone(OSLO):%d.%m. %H:%M}" if draft.saved_at else ""
        self.offer.show_message(
            "info",
            f"Vi fant en kladd{clock} på en søknad som ikke er registrert.",
            (
                Action("Fortsett på kladden", lambda: self._restore(draft.body)),
                Action("Forkast kladden", self._discard),
            ),
        )

    def _restore(self, words: dict[str, str]) -> None:
        self._filling = True
        asked = set(words.get("asks", "").split(","))
        for ask, box in self.what.asks.items():
            box.setChecked(ask.value in asked)
        self.what.received.setText(words.get("received_on", ""))
        place = self.what.channel.findData(words.get("channel", ""))
        self.what.channel.setCurrentIndex(max(place, 0))
        self.what.grounds.setText(words.get("grounds", ""))
        self.knowledge.from_words(words)
        with suppress(ValueError):  # a draft without a person, or of another make
            self.who.choose_id(UUID(words.get("person", "")))
        self._filling = False

    def _discard(self) -> None:
        drafts = self.window_.services.drafts
        self.window_.query(lambda: drafts.discard(_KIND, None, _FIELD), lambda _nothing: None, owner=self)

    def _cancel(self) -> None:
        """Away from here; the draft stays until it is taken up or thrown away."""
        self.keep()
        if self._is_touched():
            self.window_.tell(
                "Søknaden er ikke registrert. Det du skrev, ligger som kladd under «Ny søknad»."
            )
        self._start()
        self.window_.go(Place("saker"))

    # --- making the case -----------------------------------------------------------------------------------

    def primary(self) -> None:
        """[Opprett sak], Ctrl+Enter."""
        if self._busy or not self._is_complete() or self.who.person is None:
            return
        draft = ApplicationDraft(
            person_id=self.who.person.id,
            kind=self.what.kind(),
            asks=self.what.asked(),
            received_on=self.what.received.value(),
            channel=str(self.what.channel.currentData()),
            assignee_id=self.what.assignee.currentData() if self.what.is_own_choice() else None,
            what_it_takes=self.knowledge.text("what_it_takes"),
            own_attempts=self.knowledge.text("own_attempts"),
            facts=self.knowledge.facts(),
            knows_applicant=self.what.knows.value(),
            conflict_grounds=self.what.grounds.text() if self.what.knows.value() else "",
        )
        self._busy = True
        self._timer.stop()
        self.window_.save(
            lambda: self._register(draft),
            owner=self,
            said="Saken er opprettet.",
            done=self._made,
            invalid=self._refused,
        )

    def _is_complete(self) -> bool:
        """Every gap is shown at its place; the first one gets the focus."""
        is_wrong = self.what.set_errors(self.what.own_errors())
        if not is_wrong and self.knowledge.form.show_errors():
            is_wrong = True
        if self.who.person is None:
            self.who.say_error("Velg hvem søknaden gjelder.")
            is_wrong = True
        return not is_wrong

    def _register(self, draft: ApplicationDraft) -> Saved:
        """In the database lane. Whatever happens, it may be tried again afterwards."""
        try:
            services = self.window_.services
            household = household_of(services.households.of_person(draft.person_id), draft.person_id)
            return services.cases.register_application(replace(draft, household_id=household))
        finally:
            self._busy = False

    def _made(self, saved: Saved) -> None:
        documents, cases = self.knowledge.documents(saved.id), self.window_.services.cases
        for document in documents:
            self.window_.save(partial(cases.add_document, document), owner=self)
        self._discard()
        self._start()
        self.window_.go(Place("sak", subject=saved.id))

    def _refused(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        if error.field == "kind":
            return self.what.set_errors({"asks": text})
        if error.field in self.what.rows:
            return self.what.set_errors({error.field: text})
        if field := self.knowledge.form.fields.get(error.field):
            field.row.set_error(text)
            field.field.setFocus()
            return True
        return False


def household_of(households: tuple[HouseholdDetail, ...], person_id: UUID) -> UUID | None:
    """The household the application is for: the one the applicant heads, else the only one there is."""
    here = [each for each in households if each.dissolved_on is None]
    led = [
        each
        for each in here
        if any(
            member.person_id == person_id and member.role == MemberRole.HEAD and member.valid_to is None
            for member in each.members
        )
    ]
    found = led[:1] or (here if len(here) == 1 else [])
    return found[0].id if found else None
