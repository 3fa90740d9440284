"""The fields of a new person. Only the name is needed; the rest can come later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.catalog import ContactKind, WrittenForm
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    NameDraft,
    PersonDraft,
    PersonProbe,
)
from boligdesk.ui.theme import SPACE_3, SPACE_4
from boligdesk.ui.widgets import Card, DateField, FormSection, tidy
from boligdesk.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

#: Field of the form, its label, its help.
_LINES: tuple[tuple[str, str, str], ...] = (
    ("given", "&Fornavn", ""),
    ("middle", "&Mellomnavn", ""),
    ("family", "&Etternavn", ""),
    ("phone", "&Telefon", ""),
    ("email", "E-&post", ""),
    ("street", "&Gate", ""),
    ("house_no", "&Husnummer", ""),
    ("letter", "&Bokstav", ""),
    ("unit_no", "Bolig&nummer", ""),
    ("care_of", "&C/o", ""),
    ("postcode", "P&ostnummer", ""),
    ("city", "Post&sted", ""),
    ("interpreter_language", "Tol&kespråk", ""),
)
#: Card title; (field, line, column, columns it spans) in a grid of six.
_CARDS: tuple[tuple[str, tuple[tuple[str, int, int, int], ...]], ...] = (
    (
        "Hvem",
        (("given", 0, 0, 2), ("middle", 0, 2, 2), ("family", 0, 4, 2), ("is_unidentified", 1, 0, 6),
         ("birth_on", 2, 0, 2), ("birth_precision", 2, 2, 3), ("identifiers", 3, 0, 6)),
    ),
    ("Kontakt", (("phone", 0, 0, 3), ("email", 0, 3, 3), ("must_not_call", 1, 0, 6))),
    (
        "Bosted",
        (("street", 0, 0, 4), ("house_no", 0, 4, 1), ("letter", 0, 5, 1), ("postcode", 1, 0, 2), ("city", 1, 2, 2),
         ("unit_no", 1, 4, 2), ("care_of", 2, 0, 3), ("district_id", 2, 3, 3)),
    ),
    ("Språk", (("written_form", 0, 0, 3), ("interpreter_language", 0, 3, 3))),
)  # fmt: skip
_PRECISIONS = (("Helt sikker", "dag"), ("Bare året er kjent", "ar"), ("Anslått", "anslag"))
_COLUMNS = 6
#: Where an error of the record is shown.
_PLACE = {"names": "given", "contacts": "phone", "addresses": "street"}


class PersonForm(QWidget):
    """``draft()`` is what stands in the fields; ``typed`` comes when something that tells who it is has changed."""

    typed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.section = FormSection()
        self.lines: dict[str, QLineEdit] = {}
        for name, text, help_text in _LINES:
            self.lines[name] = QLineEdit()
            self.section.add(name, text, self.lines[name], help_text)
        self.lines["unit_no"].setPlaceholderText("H0203")
        self.lines["interpreter_language"].setPlaceholderText("Språket personen trenger tolk i")
        self.birth_on = DateField(today)
        self.number = NumberField(self.birth_on.value)
        self._add_choices()
        self._lay_out()
        for name in ("given", "family", "phone"):
            self.lines[name].textChanged.connect(lambda _text: self.typed.emit())
        self.birth_on.textChanged.connect(lambda _text: self._birth_changed())
        self.number.changed.connect(self.typed)

    def _add_choices(self) -> None:
        add = self.section.add
        self.unidentified = QCheckBox("Navnet er ikke kjent ennå")
        self.must_not_call = QCheckBox("Ikke ring dette nummeret")
        self.precision, self.district, self.form = QComboBox(), QComboBox(), QComboBox()
        for text, code in _PRECISIONS:
            self.precision.addItem(text, code)
        self.district.addItem("Ikke oppgitt", None)
        self.form.addItem("Ikke oppgitt", None)
        for written in WrittenForm:
            self.form.addItem(written.label, written.value)
        for choice in (self.precision, self.district, self.form):
            choice.setMinimumContentsLength(12)
        add("is_unidentified", "Ukjent identitet", self.unidentified)
        add("birth_on", "Fødsels&dato", self.birth_on)
        add("birth_precision", "Hvor sikker er dat&oen?", self.precision)
        add("identifiers", "Fødselsn&ummer eller D-nummer", self.number)
        add("must_not_call", "Ring", self.must_not_call)
        add("district_id", "Områ&de", self.district)
        add("written_form", "Målfo&rm i brev", self.form)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        tidy(outer, SPACE_3)
        outer.setContentsMargins(0, 0, 8, 0)
        for title, places in _CARDS:
            card = Card(title)
            grid = QGridLayout()
            grid.setHorizontalSpacing(SPACE_4)
            grid.setVerticalSpacing(12)
            for name, line, column, span in places:
                grid.addWidget(self.section.rows[name], line, column, 1, span)
            for column in range(_COLUMNS):
                grid.setColumnStretch(column, 1)
            card.body.addLayout(grid)
            outer.addWidget(card)
        outer.addStretch(1)
        for name in ("is_unidentified", "must_not_call"):
            self.section.rows[name].label.hide()

    # --- what stands in it ----------------------------------------------------------------------------------

    def texts(self) -> dict[str, QLineEdit]:
        """The fields that are kept as a draft."""
        return {
            **self.lines,
            "birth_on": self.birth_on,
            "number": self.number.line,
            "reason": self.number.reason,
        }

    def clear(self) -> None:
        for line in self.texts().values():
            line.clear()
        for box in (self.unidentified, self.must_not_call):
            box.setChecked(False)
        for choice in (self.precision, self.district, self.form, self.number.kind):
            choice.setCurrentIndex(0)
        self.section.set_errors({})

    def fill(self, text: str) -> None:
        """What was searched for, put where it belongs: digits are a number or a telephone, the rest a name."""
        digits = "".join(text.split())
        if digits.isdigit():
            target = self.number.line if len(digits) > 8 else self.lines["phone"]
            target.setText(text.strip())
            return
        given, _space, family = text.strip().rpartition(" ")
        self.lines["given"].setText(given or family)
        self.lines["family"].setText(family if given else "")

    def set_districts(self, districts: Sequence[tuple[UUID, str]]) -> None:
        chosen = self.district.currentData()
        self.district.clear()
        self.district.addItem("Ikke oppgitt", None)
        for key, name in districts:
            self.district.addItem(name, str(key))
        self.district.setCurrentIndex(max(self.district.findData(chosen), 0))

    def probe(self) -> PersonProbe:
        """What tells who it is."""
        return PersonProbe(
            given=self._text("given"),
            family=self._text("family"),
            national_id=self.number.digits(),
            birth_on=self.birth_on.value(),
            phone=self._text("phone"),
        )

    def draft(self) -> PersonDraft | None:
        """None after the faults have been shown."""
        if self.section.set_errors(self.section.own_errors()) is not None:
            return None
        number, born = self.number.draft(), self.birth_on.value()
        return PersonDraft(
            names=self._names(),
            birth_on=born,
            birth_precision=self.precision.currentData() if born else None,
            written_form=self.form.currentData(),
            interpreter_language=self._text("interpreter_language") or None,
            is_unidentified=self.unidentified.isChecked(),
            identifiers=(number,) if number else (),
            contacts=self._contacts(),
            addresses=self._addresses(),
        )

    def show_fault(self, field: str, text: str) -> bool:
        """Beside its field, if it has one here."""
        place = _PLACE.get(field, field)
        if field == "contacts" and "E-post" in text:
            place = "email"
        if field == "addresses" and "Bolignummer" in text:
            place = "unit_no"
        return self.section.set_errors({place: text}) is not None

    def _names(self) -> tuple[NameDraft, ...]:
        given, family, middle = (self._text(name) for name in ("given", "family", "middle"))
        return (NameDraft(given, family, middle),) if given or family or middle else ()

    def _contacts(self) -> tuple[ContactDraft, ...]:
        made = []
        if phone := self._text("phone"):
            quiet = self.must_not_call.isChecked()
            made.append(ContactDraft(ContactKind.PHONE.value, phone, must_not_call=quiet))
        if email := self._text("email"):
            made.append(ContactDraft(ContactKind.EMAIL.value, email))
        return tuple(made)

    def _addresses(self) -> tuple[AddressDraft, ...]:
        names = ("street", "house_no", "letter", "unit_no", "care_of", "postcode", "city")
        words: dict[str, Any] = {name: self._text(name) for name in names}
        district = self.district.currentData()
        if not any(words.values()) and district is None:
            return ()
        return (AddressDraft(**words, district_id=UUID(district) if district else None),)

    def _text(self, name: str) -> str:
        return self.lines[name].text().strip()

    def _birth_changed(self) -> None:
        self.number.again()
        self.typed.emit()
