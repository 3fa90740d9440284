"""«1 Hvem?»: a known person, or a new one with as little as a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.catalog import ContactKind, IdentifierKind
from boligdesk.domain.people import kind_of_number
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.people import (
    ContactDraft,
    IdentifierDraft,
    NameDraft,
    PersonDraft,
    PersonMatch,
    PersonProbe,
)
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import Button, Card, DateField, FieldRow, IconLabel, label, row, tidy, wrapping
from boligdesk.ui.widgets.person_picker import MatchList, PersonPicker, match_words

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window
    from boligdesk.ui.widgets.person_picker import Found

_LOOK_AFTER_MS = 300
_NUMBER_LENGTH = 11
#: The service's field of a person -> the field of this form.
_PLACES = {"names": "family", "identifiers": "number", "contacts": "phone"}


class NewPersonForm(QWidget):
    """Names, birth date, number if there is one, telephone. Likely duplicates are shown while one types.

    ``made`` carries a PersonMatch of the registered person, ``used`` one that was there already.
    """

    made = Signal(object)
    used = Signal(object)
    back = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._asked = PersonProbe()
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        self.given, self.family, self.number, self.phone = (QLineEdit() for _ in range(4))
        self.birth = DateField(window.today)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(SPACE_3)
        self.rows: dict[str, FieldRow] = {}
        places = (
            ("given", "&Fornavn", self.given, ""),
            ("family", "&Etternavn", self.family, ""),
            ("birth_on", "Fø&dselsdato", self.birth, ""),
            ("number", "&Nummer, hvis personen har et", self.number, "Det går fint uten nummer."),
            ("phone", "&Telefon", self.phone, ""),
        )
        for place, (name, text, field, help_text) in enumerate(places):
            self.rows[name] = FieldRow(text, field, help_text)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(self.rows[name], place // 3, place % 3, top)
        column.addLayout(grid)
        self.warning = wrapping("", "strong")
        self.duplicates = MatchList()
        self.duplicates.chosen.connect(self.used)
        column.addWidget(self.warning)
        column.addWidget(self.duplicates)
        self.store = Button("Registrer personen", self.save, icon="person")
        column.addWidget(row(self.store, Button("Tilbake til søket", self.back.emit, kind="link")))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AFTER_MS)
        self._timer.timeout.connect(self._look)
        for line in (self.given, self.family, self.number, self.phone, self.birth):
            line.textEdited.connect(lambda _text: self._timer.start())
            line.returnPressed.connect(self.save)

    def begin(self, typed: str) -> None:
        """Empty fields, with what was searched for in the right ones."""
        for line in (self.given, self.family, self.number, self.phone, self.birth):
            line.clear()
        words = typed.split()
        if "".join(words).isdigit():
            self.number.setText("".join(words))
        elif words:
            self.given.setText(" ".join(words[:-1]) or words[0])
            self.family.setText(words[-1] if len(words) > 1 else "")
        for field_row in self.rows.values():
            field_row.set_error("")
        self._show(())
        self._look()
        self.given.setFocus()

    def _probe(self) -> PersonProbe:
        return PersonProbe(
            given=self.given.text(),
            family=self.family.text(),
            national_id=self.number.text(),
            birth_on=self.birth.value(),
            phone=self.phone.text(),
        )

    def _look(self) -> None:
        probe = self._asked = self._probe()
        if probe == PersonProbe():
            return
        people = self._window.services.people

        def found(matches: tuple[PersonMatch, ...]) -> None:
            if probe == self._asked:
                self._show(matches)

        self._window.query(lambda: people.matches(probe), found, owner=self)

    def _show(self, matches: tuple[PersonMatch, ...]) -> None:
        self.duplicates.set_matches(matches)
        self.warning.setText("Finnes personen allerede?" if matches else "")
        self.warning.setVisible(bool(matches))

    def draft(self) -> PersonDraft:
        digits = self.number.text().strip()
        kind = kind_of_number(digits).value
        plain = "".join(digits.split())
        if kind == IdentifierKind.OTHER and plain.isdigit() and len(plain) == _NUMBER_LENGTH:
            kind = IdentifierKind.FODSELSNUMMER.value  # eleven digits with a slip are no «other number»
        phone = self.phone.text().strip()
        return PersonDraft(
            names=(NameDraft(self.given.text(), self.family.text()),),
            birth_on=self.birth.value(),
            identifiers=(IdentifierDraft(kind, digits),) if digits else (),
            contacts=(ContactDraft(ContactKind.PHONE.value, phone),) if phone else (),
        )

    def save(self) -> None:
        """Register the person; the case comes later."""
        errors = {"birth_on": self.birth.error()} if self.birth.error() else {}
        if not self.given.text().strip() and not self.family.text().strip():
            errors["given"] = "Skriv minst ett navn."
        for name, line in self.rows.items():
            line.set_error(errors.get(name, ""))
        if errors:
            self.rows[next(iter(errors))].field.setFocus()
            return
        draft, people = self.draft(), self._window.services.people
        name = " ".join(part for part in (self.given.text().strip(), self.family.text().strip()) if part)
        born = self.birth.value()

        def done(saved: Saved) -> None:
            self.made.emit(PersonMatch(saved.id, name, born, "Nettopp registrert", 3))

        self._window.save(
            lambda: people.register(draft),
            owner=self,
            said="Personen er registrert.",
            done=done,
            invalid=self._refused,
        )

    def _refused(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        line = self.rows.get(_PLACES.get(error.field, error.field), self.rows["family"])
        line.set_error(" ".join(part for part in (error.title, error.what, error.todo) if part))
        line.field.setFocus()
        return True


class WhoCard(Card):
    """Search first; then the one chosen, with [Velg en annen]. ``chosen`` carries a PersonMatch or None."""

    chosen = Signal(object)

    def __init__(self, window: Window) -> None:
        super().__init__("1 Hvem?")
        self._window = window
        self.person: PersonMatch | None = None
        self.picker = PersonPicker(self._find)
        self.form = NewPersonForm(window)
        self.add(self.picker)
        self.add(self.form)
        self._chosen = QWidget()
        line = QHBoxLayout(self._chosen)
        tidy(line, SPACE_2)
        line.addWidget(IconLabel("checkmark_circle", "ok"))
        self.words = wrapping("", "strong")
        line.addWidget(self.words, 1)
        self.change = Button("Velg en annen", self.start, kind="link")
        line.addWidget(self.change)
        self.add(self._chosen)
        self.error = label("", "error", wrap=True)
        self.add(self.error)
        self.picker.chosen.connect(self.choose)
        self.picker.new_wanted.connect(self._new)
        self.form.made.connect(self.choose)
        self.form.used.connect(self.choose)
        self.form.back.connect(self.start)
        self.start()

    def start(self) -> None:
        """Nobody chosen."""
        self.person = None
        self.picker.set_text("")
        self._show(self.picker)
        self.say_error("")
        self.picker.line.setFocus()
        self.chosen.emit(None)

    def choose(self, match: PersonMatch) -> None:
        self.person = match
        start = "Ny person: " if match.why == "Nettopp registrert" else "Fant "
        self.words.setText(f"{start}{match_words(match)}")
        self._show(self._chosen)
        self.say_error("")
        self.chosen.emit(match)

    def choose_id(self, person_id: UUID) -> None:
        """Somebody known already (the page was opened from a person)."""
        people = self._window.services.people

        def work() -> PersonMatch:
            detail = people.detail(person_id, "Registrerer søknad")
            return PersonMatch(detail.id, detail.name, detail.draft.birth_on, "", 3, detail.cases)

        self._window.query(work, self.choose, owner=self)

    def say_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        if text:
            self.picker.line.setFocus()

    def _find(self, probe: PersonProbe, done: Found) -> None:
        people = self._window.services.people
        self._window.query(lambda: people.matches(probe), done, owner=self)

    def _new(self, typed: str) -> None:
        self._show(self.form)
        self.form.begin(typed)

    def _show(self, part: QWidget) -> None:
        for widget in (self.picker, self.form, self._chosen):
            widget.setVisible(widget is part)
