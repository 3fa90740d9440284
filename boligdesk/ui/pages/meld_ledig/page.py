"""Meld ledig bolig (ui.md T10): which, from when, what is not known of it; then the list is made at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.calendar import short_date
from boligdesk.domain.catalog import FactSource, FactState
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.allocation import VacancyDraft
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.home_words import status_pill
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, set_role
from boligdesk.ui.widgets import (
    Button,
    Card,
    DateField,
    FactGrid,
    FormSection,
    IconLabel,
    PageHeader,
    Pill,
    row,
    tidy,
    wrapping,
)

from .picker import DwellingPicker

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import FactValue, Saved
    from boligdesk.services.records.dwellings import DwellingDetail, DwellingRow

_WIDE = 760
_REMARK_HIGH = 70


class MeldLedigPage(Page):
    key = "meld_ledig"
    window_title = "Meld ledig bolig"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.dwelling: DwellingDetail | None = None
        self._may_allocate = Right.ALLOCATE in window.services.user.rights
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader("Meld ledig bolig")
        self.header.set_crumbs(
            (("Tildeling", lambda: window.go(Place("tildeling"))), ("Meld ledig bolig", None))
        )
        if self._may_allocate:
            self.only = self.header.add_secondary(
                "Meld ledig uten forslag", lambda: self.save(with_list=False)
            )
            self.act = self.header.set_primary("Lag forslag", self.primary, "task_list_ltr")
        else:
            self.act = self.header.set_primary("Meld boligen ledig", self.primary, "add")
        column.addWidget(self.header)
        column.addWidget(self._scroll(), 1)
        self._fit()

    def _scroll(self) -> QScrollArea:
        inside = QWidget()
        set_role(inside, "scroll")
        body = QVBoxLayout(inside)
        tidy(body, SPACE_3)
        holder = QWidget()
        holder.setMaximumWidth(_WIDE)
        self._body = QVBoxLayout(holder)
        tidy(self._body, SPACE_3)
        self.picker = DwellingPicker(self.window_)
        self.picker.chosen.connect(self._chosen)
        self._body.addWidget(self.picker)
        self._body.addWidget(self._dwelling_card())
        self._body.addWidget(self._form())
        body.addWidget(holder)
        body.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("Meld ledig bolig")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _dwelling_card(self) -> Card:
        self.card = Card("Bolig")
        self.pill = Pill("neutral", "")
        if self.card.heading is not None:
            self.card.heading.add_action(self.pill)
            self.card.heading.add_action(Button("Velg en annen", self._choose_again, kind="link"))
        self.about = wrapping("", "sub")
        self.card.add(self.about)
        self._warning = row(IconLabel("warning", "warn", 16), wrapping(""), stretch_last=True)
        self.unknown = self._warning.findChildren(type(self.about))[0]
        self.card.add(self._warning)
        self.facts = FactGrid(label_width=190)
        self.card.add(self.facts)
        self.card.add(row(Button("Åpne boligen og oppdater fakta", self._open_dwelling, kind="link")))
        return self.card

    def _form(self) -> QWidget:
        self.form = FormSection()
        self.free_from = DateField(self.window_.today)
        self.remark = QPlainTextEdit()
        self.remark.setTabChangesFocus(True)
        self.remark.setFixedHeight(_REMARK_HIGH)
        self.form.add("free_from", "&Ledig fra", self.free_from)
        self.form.add("remark", "&Merknad", self.remark, "For eksempel nøkler og visning. Ikke skriv navn.")
        self.keeper = DraftKeeper(
            self.window_, {"remark": self.remark}, "ledig", None, "merknad", parent=self
        )
        holder = QWidget()
        column = QVBoxLayout(holder)
        tidy(column, SPACE_3)
        column.addWidget(self.keeper.offer)
        column.addWidget(self.form)
        column.addWidget(self.keeper.status)
        return holder

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self.dwelling = None
        self.picker.start()
        self.free_from.set_value(self.window_.today())
        self.remark.setPlainText("")
        self.form.set_errors({})
        self.keeper.aim("ledig", place.subject, "meldingen")
        self._fit()
        if place.subject is not None:
            self._read(place.subject)

    def refresh(self) -> None:
        if self.dwelling is not None:
            self._read(self.dwelling.id)

    def leave(self) -> None:
        self.keeper.keep()

    def primary(self) -> None:
        self.save(with_list=self._may_allocate)

    def focus_start(self) -> None:
        target = self.picker.line if self.dwelling is None else self.free_from
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def help_text(self) -> str:
        return (
            "Finn boligen, og skriv når den er ledig. «Lag forslag» melder boligen ledig og lager listen over aktuelle "
            "søkere med en gang. Det ingen vet om boligen, står øverst: det utelukker ingen, men må finnes ut."
        )

    # --- the dwelling ---------------------------------------------------------------------------------------

    def _chosen(self, found: DwellingRow) -> None:
        self._read(found.id)

    def _read(self, dwelling_id: UUID) -> None:
        dwellings = self.window_.services.dwellings
        self.window_.query(lambda: dwellings.detail(dwelling_id), self._show, owner=self)

    def _show(self, found: DwellingDetail) -> None:
        self.dwelling = found
        draft = found.draft
        if self.card.heading is not None:
            self.card.heading.title.setText(found.address or draft.code)
        self.pill.set_spec(status_pill(found.status, found.available_on, self.window_.today()))
        parts = (
            draft.code,
            found.district,
            f"{draft.rooms}-roms" if draft.rooms is not None else "",
            f"{draft.bedrooms} soverom" if draft.bedrooms is not None else "",
        )
        self.about.setText(" · ".join(part for part in parts if part))
        unknown = [fact.label.lower() for fact in found.facts if fact.state == FactState.UNKNOWN]
        self._warning.setVisible(bool(unknown))
        self.unknown.setText(
            f"Ingen har kontrollert: {', '.join(unknown)}. Det utelukker ingen, men må finnes ut."
        )
        self.facts.set_facts(
            [(fact.label, _words(fact)) for fact in found.facts if fact.state != FactState.UNKNOWN]
        )
        if found.available_on is not None and self.free_from.value() == self.window_.today():
            self.free_from.set_value(found.available_on)
        self._fit()
        self.free_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_again(self) -> None:
        self.dwelling = None
        self._fit()
        self.picker.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        has = self.dwelling is not None
        self.picker.setVisible(not has)
        self.card.setVisible(has)
        reason = "" if has else "Velg boligen først."
        self.act.set_reason_disabled(reason)
        if self._may_allocate:
            self.only.set_reason_disabled(reason)

    def _open_dwelling(self) -> None:
        if self.dwelling is not None:
            self.window_.go(Place("bolig", subject=self.dwelling.id))

    # --- writing --------------------------------------------------------------------------------------------

    def save(self, *, with_list: bool) -> None:
        """Report it; ``with_list``: the shortlist is made and kept in the same breath."""
        found = self.dwelling
        faults = self.form.own_errors()
        if found is None or self.form.set_errors(faults) is not None:
            return
        draft = VacancyDraft(found.id, self.free_from.value(), self.remark.toPlainText().strip())
        allocation = self.window_.services.allocation

        def reported(saved: Saved) -> None:
            self.keeper.done()
            if with_list:
                self.window_.save(
                    lambda: allocation.freeze(saved.id, saved.version),
                    owner=self,
                    done=lambda _frozen: self._made(saved.id),
                )
            else:
                self._go(saved.id)

        self.window_.save(
            lambda: allocation.report_vacancy(draft),
            owner=self,
            said="" if with_list else "Boligen er meldt ledig.",
            done=reported,
            invalid=self._invalid,
        )

    def _made(self, vacancy_id: UUID) -> None:
        self._go(vacancy_id)
        self.window_.tell("Boligen er meldt ledig, og forslaget er laget.")

    def _go(self, vacancy_id: UUID) -> None:
        self.window_.go(Place("tildeling", subject=vacancy_id))

    def _invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        return self.form.set_errors({error.field: text}) is not None


def _words(fact: FactValue) -> str:
    """«Ja · befaring 12. nov. 2026»."""
    source = FactSource(fact.source).label.lower() if fact.source in FactSource.codes() else fact.source
    day = fact.observed_on
    return f"{fact.text} · {source}" + (f" {short_date(day)} {day.year}" if day else "")
