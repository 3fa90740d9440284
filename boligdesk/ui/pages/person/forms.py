"""The forms of a person's cards: name, number, contact, address, representative, and what is said once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from boligdesk.domain.catalog import (
    AddressKind,
    ContactKind,
    LetterRouting,
    NameKind,
    RepresentativeKind,
    WrittenForm,
)
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    IdentifierDraft,
    NameDraft,
    PersonDetail,
    PersonDraft,
    RepresentativeDraft,
)
from boligdesk.ui.widgets import label
from boligdesk.ui.widgets.number_field import NumberField

from .dialogs import Basis, FormDialog
from .fields import Field, make, put, value_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

    Read = Callable[[], PersonDetail]

Child = NameDraft | IdentifierDraft | ContactDraft | AddressDraft | RepresentativeDraft

_PERIOD = (
    Field("valid_from", "Gjelder &fra", "date"),
    Field("valid_to", "Gjelder &til", "date"),
)
_USES = (("privat", "Privat"), ("jobb", "Jobb"), ("parorende", "Pårørende"))
_PRECISIONS = (
    (None, "Ikke oppgitt"),
    ("dag", "Helt sikker"),
    ("ar", "Bare året er kjent"),
    ("anslag", "Anslått"),
)
_FORMS = ((None, "Ikke oppgitt"), *((form.value, form.label) for form in WrittenForm))


def _of(kinds: Any) -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, kind.label) for kind in kinds)


@dataclass(frozen=True, slots=True)
class ChildForm:
    """One kind of rows of a person: its field in ``PersonDraft``, words, fields, and how they stand together."""

    kids: str
    empty: Child
    new_title: str
    edit_title: str
    act: str
    said: str
    fields: tuple[Field, ...]
    lines: tuple[tuple[str, ...], ...]
    sub: str = ""
    edit_sub: str = ""


NAME = ChildForm(
    "names", NameDraft("", ""), "Nytt navn fra dato", "Rett skrivefeil", "Lagre navnet", "Navnet er lagret.",
    (Field("kind", "&Hva slags navn", "choice", choices=_of(NameKind)), Field("given", "F&ornavn"),
     Field("middle", "&Mellomnavn"), Field("family", "&Etternavn"), *_PERIOD),
    (("kind",), ("given", "middle"), ("family",), ("valid_from", "valid_to")),
    "Et nytt navn avløser det gamle. Det gamle står igjen med sluttdato.",
    "Navnet blir rettet der det står, og det gamle blir ikke et tidligere navn. Har personen fått nytt navn, "
    "velger du «Nytt navn» i stedet.",
)  # fmt: skip
CONTACT = ChildForm(
    "contacts", ContactDraft("telefon", ""), "Ny telefon eller e-post", "Rett telefon eller e-post",
    "Lagre kontakten", "Telefon og e-post er lagret.",
    (Field("kind", "&Hva slags", "choice", choices=_of(ContactKind)), Field("value", "&Nummer eller adresse"),
     Field("use", "&Bruk", "choice", choices=_USES),
     Field("must_not_call", "Ring", "check", "Ikke ring dette nummeret"), Field("note", "&Merknad"), *_PERIOD),
    (("kind", "value"), ("use", "note"), ("must_not_call",), ("valid_from", "valid_to")),
)  # fmt: skip
ADDRESS = ChildForm(
    "addresses", AddressDraft(), "Ny adresse", "Rett adressen", "Lagre adressen", "Adressen er lagret.",
    (Field("kind", "&Hva slags adresse", "choice", choices=_of(AddressKind)), Field("care_of", "&C/o"),
     Field("street", "&Gate"), Field("house_no", "H&usnummer"), Field("letter", "&Bokstav"),
     Field("unit_no", "Bolig&nummer"), Field("postcode", "&Postnummer"), Field("city", "Post&sted"),
     Field("country", "&Land"), Field("district_id", "&Område", "choice"), *_PERIOD),
    (("kind", "care_of"), ("street", "house_no", "letter"), ("postcode", "city", "unit_no"),
     ("district_id", "country"), ("valid_from", "valid_to")),
    "Et nytt bosted avløser det gamle. Det gamle står igjen med sluttdato.",
)  # fmt: skip
REPRESENTATIVE = ChildForm(
    "representatives", RepresentativeDraft("verge", ""), "Ny verge eller fullmektig", "Rett verge eller fullmektig",
    "Lagre representanten", "Representanten er lagret.",
    (Field("kind", "&Hva slags", "choice", choices=_of(RepresentativeKind)), Field("name", "&Navn"),
     Field("org_name", "&Virksomhet"), Field("phone", "T&elefon"),
     Field("letters", "&Brev", "choice", choices=_of(LetterRouting)),
     Field("powers", "&Hva representanten kan gjøre", "text"), *_PERIOD),
    (("kind", "letters"), ("name", "org_name"), ("phone",), ("powers",), ("valid_from", "valid_to")),
)  # fmt: skip
#: Said once about a person.
_ABOUT = (
    Field("birth_on", "&Fødselsdato", "date"),
    Field("birth_precision", "&Hvor sikker er datoen?", "choice", choices=_PRECISIONS),
    Field("dead_on", "&Død", "date"),
    Field("written_form", "&Målform i brev", "choice", choices=_FORMS),
    Field("interpreter_language", "&Tolkespråk", help="Språket personen trenger tolk i."),
    Field("wants_paper", "Vil ha &brev på papir", "yes_no"),
    Field("is_unidentified", "Identitet", "check", "Identiteten er ikke avklart"),
    Field("remark", "Me&rknad", "text"),
)  # fmt: skip
_ABOUT_LINES = (
    ("birth_on", "birth_precision"), ("written_form", "interpreter_language"), ("wants_paper", "dead_on"),
    ("is_unidentified",), ("remark",),
)  # fmt: skip


def with_only(draft: PersonDraft, **kids: tuple[Child, ...]) -> PersonDraft:
    """The draft that touches these rows and no others (a row left out stays as it is)."""
    none: dict[str, Any] = dict.fromkeys(
        ("names", "identifiers", "contacts", "addresses", "representatives"), ()
    )
    return replace(draft, **(none | kids))


class ChildDialog(FormDialog[PersonDetail]):
    """One row of a person: a new one (``child`` None), or one to correct or end."""

    def __init__(
        self,
        window: Window,
        spec: ChildForm,
        detail: PersonDetail,
        read: Read,
        child: Child | None,
        parent: QWidget,
        districts: tuple[tuple[UUID, str], ...] = (),
    ) -> None:
        basis = Basis(detail, read, lambda found: getattr(found.draft, spec.kids))
        title = spec.edit_title if child else spec.new_title
        sub = spec.edit_sub if child else spec.sub
        super().__init__(window, title, sub, spec.act, basis, parent)
        self._spec, self._child = spec, child or spec.empty
        self.widgets = {field.name: make(field, window.today) for field in spec.fields}
        district = self.widgets.get("district_id")
        for field in spec.fields:
            self.form.add(field.name, field.label, self.widgets[field.name])
        if district is not None:
            self._add_districts(district, districts)
        for line in spec.lines:
            self.add_line(*line)
        for name, widget in self.widgets.items():
            put(widget, getattr(self._child, name))
        if "must_not_call" in self.widgets:
            self.form.rows["must_not_call"].label.hide()
        self.fit()
        self.widgets[spec.fields[1].name].setFocus()

    @staticmethod
    def _add_districts(choice: Any, districts: tuple[tuple[UUID, str], ...]) -> None:
        choice.addItem("Ikke oppgitt", None)
        for key, name in districts:
            choice.addItem(name, key)

    def order(self) -> Callable[[PersonDetail], Saved] | None:
        if self.form.set_errors(self.form.own_errors()) is not None:
            return None
        child: Any = replace(self._child, **{name: value_of(widget) for name, widget in self.widgets.items()})
        people, kids = self.window_.services.people, self._spec.kids
        if isinstance(child, NameDraft) and child.id is not None:
            return lambda found: people.correct_name(found.id, found.version, child)
        return lambda found: people.change(with_only(found.draft, **{kids: (child,)}))

    def said(self) -> str:
        return self._spec.said

    def show_fault(self, field: str, text: str) -> bool:
        """The service names the kind of rows; the words say which field."""
        place = field
        if field == self._spec.kids:
            is_period = "dato" in text and "valid_to" in self.widgets
            place = "valid_to" if is_period else _first_text(self._spec)
            if "Bolignummer" in text and "unit_no" in self.widgets:
                place = "unit_no"
        return super().show_fault(place, text)


def _first_text(spec: ChildForm) -> str:
    """Where a fault in the words is shown."""
    return {"addresses": "street", "contacts": "value", "names": "given"}.get(spec.kids, "name")


class NumberDialog(FormDialog[PersonDetail]):
    """A new number (the one before it ends), or from when to when a number held."""

    def __init__(
        self, window: Window, detail: PersonDetail, read: Read, child: IdentifierDraft | None, parent: QWidget
    ) -> None:
        super().__init__(
            window,
            "Rett perioden for nummeret" if child else "Nytt nummer",
            ""
            if child
            else "Får personen fødselsnummer etter D-nummer, står D-nummeret igjen med sluttdato.",
            "Lagre perioden" if child else "Lagre nummeret",
            Basis(detail, read, lambda found: found.draft.identifiers),
            parent,
        )
        self._child = child
        self.number = NumberField(lambda: detail.draft.birth_on)
        self.form.add("identifiers", "&Nummer", self.number)
        for field in _PERIOD:
            self.form.add(field.name, field.label, make(field, window.today))
        if child is None:
            self.body.addWidget(self.form.rows["identifiers"])
        else:
            self.form.rows["identifiers"].setParent(None)
            self.body.addWidget(label(child.value, "strong"))
            for name in ("valid_from", "valid_to"):
                put(self.form.rows[name].field, getattr(child, name))
        self.add_line("valid_from", "valid_to")
        self.fit()
        (self.form.rows["valid_to"].field if child else self.number).setFocus()

    def order(self) -> Callable[[PersonDetail], Saved] | None:
        faults = self.form.own_errors()
        number = self._child or self.number.draft()
        if self._child is not None:
            faults.pop("identifiers", None)
        elif number is None:
            faults["identifiers"] = "Skriv nummeret."
        if self.form.set_errors(faults) is not None or number is None:
            return None
        period = {name: value_of(self.form.rows[name].field) for name in ("valid_from", "valid_to")}
        changed, people = replace(number, **period), self.window_.services.people
        return lambda found: people.change(with_only(found.draft, identifiers=(changed,)))

    def said(self) -> str:
        return "Nummeret er lagret."

    def show_fault(self, field: str, text: str) -> bool:
        is_period = self._child is not None or "dato" in text
        return super().show_fault("valid_to" if field == "identifiers" and is_period else field, text)


class AboutDialog(FormDialog[PersonDetail]):
    """What is said once about a person: birth, death, language, remark."""

    def __init__(self, window: Window, detail: PersonDetail, read: Read, parent: QWidget) -> None:
        basis = Basis(detail, read, lambda found: _said_once(found.draft))
        super().__init__(window, "Rett opplysninger", "", "Lagre opplysningene", basis, parent)
        self.widgets = {field.name: make(field, window.today) for field in _ABOUT}
        for field in _ABOUT:
            self.form.add(
                field.name, field.label, self.widgets[field.name], "" if field.kind == "check" else field.help
            )
        for line in _ABOUT_LINES:
            self.add_line(*line)
        self.form.rows["is_unidentified"].label.hide()
        for name, widget in self.widgets.items():
            put(widget, getattr(detail.draft, name))
        self.fit()
        self.widgets["birth_on"].setFocus()

    def order(self) -> Callable[[PersonDetail], Saved] | None:
        if self.form.set_errors(self.form.own_errors()) is not None:
            return None
        values = {name: value_of(widget) for name, widget in self.widgets.items()}
        if values["birth_on"] is None:
            values["birth_precision"] = None
        values["interpreter_language"] = values["interpreter_language"] or None
        people = self.window_.services.people
        return lambda found: people.change(replace(with_only(found.draft), **values))

    def said(self) -> str:
        return "Opplysningene er lagret."


def _said_once(draft: PersonDraft) -> tuple[object, ...]:
    return tuple(getattr(draft, field.name) for field in _ABOUT)
