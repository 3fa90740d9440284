"""The head of a person: protection bar, name, birth date and age, number, phone, language, flags. Guards against the wrong person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.catalog import ContactKind, Protection, RepresentativeKind, WrittenForm
from boligdesk.domain.people import NATIONAL_KINDS, format_phone
from boligdesk.ui.person_words import born_words, is_over, protection_bar, said_aloud
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, IdentityBar, InfoBar, Pill, PillSpec, clear, tidy
from boligdesk.ui.widgets.flow import FlowRow
from boligdesk.ui.widgets.parsing import NBSP

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.people import IdentifierDraft, PersonDetail, PersonDraft

#: Room for all the facts on one line beside the buttons.
ONE_LINE_FROM = 1050
_NARROW_NAME, _WIDE_NAME, _LONG_LANGUAGE = 28, 40, 30
_LOCKS = {
    Protection.CONFIDENTIAL: PillSpec("lock", "Fortrolig"),
    Protection.STRICT: PillSpec("lock", "Strengt fortrolig"),
    Protection.STRICT_ABROAD: PillSpec("lock", "Strengt fortrolig"),
}


class PersonHead(QWidget):
    """``show_person`` fills it; ``reveal`` is asked for by [Vis nummeret]."""

    def __init__(self, reveal: Callable[[], object]) -> None:
        super().__init__()
        self._name = ""
        self._flags: list[PillSpec] = []
        self._placed: tuple[bool, tuple[PillSpec, ...]] | None = None
        self._below = FlowRow()
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self._guard = QVBoxLayout()
        tidy(self._guard)
        column.addLayout(self._guard)
        self.bar = IdentityBar()
        column.addWidget(self.bar)
        self.reveal = Button("Vis nummeret", reveal, icon="eye", kind="link")
        self.reveal.setToolTip("Viser hele nummeret i 30 sekunder. Det blir loggført.")
        carrier = QWidget()
        self._line = line = QHBoxLayout(carrier)
        tidy(line)
        layout = self.bar.layout()
        if layout is not None:
            layout.replaceWidget(self.bar.facts, carrier)
            layout.replaceWidget(self.bar.case, self._below)
        line.addWidget(self.bar.facts)
        line.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        self.bar.facts.setMinimumWidth(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wrapping line takes no more room than it must, so it wraps only where it has to."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the flags stand on a line of their own, and the facts wrap."""
        narrow = self.width() < ONE_LINE_FROM
        self.bar.facts.setWordWrap(narrow)
        self._line.setStretch(0, int(narrow))
        self._line.setStretch(2, int(not narrow))
        self.bar.name.setText(shortened(self._name, _NARROW_NAME if narrow else _WIDE_NAME))
        placed = (narrow, tuple(self._flags))
        if placed == self._placed:
            return  # made anew at every resize, they would change the height and be made anew again
        self._placed = placed
        self.bar.set_flags([] if narrow else self._flags)
        layout = self._below.layout()
        if layout is not None:
            clear(layout)
            for spec in self._flags if narrow else []:
                layout.addWidget(Pill(spec.tone, spec.word, spec.icon, quiet=spec.quiet))
        self._below.setVisible(narrow and bool(self._flags))

    def show_person(self, detail: PersonDetail, today: dt.date, number: str = "") -> None:
        """``number``: the whole number while it is in sight."""
        clear(self._guard)
        title, text = protection_bar(detail.protection)
        if title:
            self._guard.addWidget(InfoBar("lock", text, title=f"{title}.", closable=False))
        national = national_number(detail.draft, today)
        facts = identity_facts(detail.draft, today, number or (national.value if national else ""))
        self._name, self._flags = detail.name, flags(detail, today)
        self.bar.set_identity(detail.name, facts)
        self.bar.name.setToolTip(detail.name)
        self.bar.name.setAccessibleName(detail.name)
        self._fit()
        self.bar.facts.setAccessibleName(said_aloud(self.bar.facts.text()))
        self.reveal.setVisible(national is not None)
        self.reveal.set_reason_disabled("Nummeret vises nå." if number else "")


def shortened(name: str, most: int = _WIDE_NAME) -> str:
    """The beginning of a very long name; the whole of it stands in the card «Navn»."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def national_number(draft: PersonDraft, today: dt.date) -> IdentifierDraft | None:
    """The number in force that stands in the head."""
    live = [number for number in draft.identifiers if not is_over(number, today)]
    return next((number for number in live if number.kind in NATIONAL_KINDS), next(iter(live), None))


def identity_facts(draft: PersonDraft, today: dt.date, number: str) -> tuple[str, ...]:
    """Birth date and age, number, phone, interpreter, written form."""
    phones = [
        contact
        for contact in draft.contacts
        if contact.kind == ContactKind.PHONE and not is_over(contact, today) and not contact.must_not_call
    ]
    form = WrittenForm(draft.written_form).label.lower() if draft.written_form else ""
    unbroken = (
        born_words(draft.birth_on, today, draft.dead_on),
        number or "uten nummer",
        f"tlf. {format_phone(phones[0].value)}" if phones else "",
    )
    return (
        *(fact.replace(" ", NBSP) for fact in unbroken),  # a number is never broken over two lines
        f"tolk: {shortened(draft.interpreter_language, _LONG_LANGUAGE)}"
        if draft.interpreter_language
        else "",
        f"brev på {form}" if form else "",
    )


def flags(detail: PersonDetail, today: dt.date) -> list[PillSpec]:
    """What nobody may overlook, the most important first."""
    draft = detail.draft
    found = [_LOCKS[Protection(detail.protection)]] if Protection(detail.protection) in _LOCKS else []
    if draft.dead_on is not None:
        found.append(PillSpec("neutral", "Død", "info"))
    if draft.is_unidentified:
        found.append(PillSpec("warn", "Identitet ikke avklart"))
    quiet = [contact for contact in draft.contacts if contact.must_not_call and not is_over(contact, today)]
    if quiet:
        one = f"Ikke ring {format_phone(quiet[0].value)}"
        found.append(PillSpec("warn", one if len(quiet) == 1 else "Flere numre må ikke ringes"))
    kinds = {person.kind for person in draft.representatives if not is_over(person, today)}
    told = [kind for kind in (RepresentativeKind.GUARDIAN, RepresentativeKind.PROXY) if kind in kinds]
    return [*found, *(PillSpec("info", f"Har {kind.label.lower()}") for kind in told)]
