"""Slå sammen: find the other file of the same person, see the two side by side, choose, and make them one.

One of the few acts with a page of its own before it is done (ui.md 3.4): nothing is chosen beforehand, the focus
starts away from the act, and Enter never does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.records.merging import FieldState
from boligdesk.services.records.people import PersonProbe
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3
from boligdesk.ui.widgets import ErrorState, InfoBar, LoadingState, PageHeader, announce, clear, tidy

from .choosing import Choosing, WhyOpen
from .lines import Heads, Line, count_card, field_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.errors import ConflictError
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.merging import MergePlan, PastMerge
    from boligdesk.services.records.people import PersonDetail, PersonMatch
    from boligdesk.ui.widgets.person_picker import Found

T = TypeVar("T")
_TITLE = "Slå sammen to mapper"
_SUB = "Når den samme personen er registrert to ganger. Alt fra begge mappene blir med, og det kan angres."
_WHY_LOOK = "Ser etter om personen er registrert to ganger"
_NOT_NOW = "Mappene kan ikke slås sammen."
_FIND_FIRST = "Velg den andre mappen først."


class SlaaSammenPage(Page):
    """The subject is the person whose page it was opened from; the tab may hold the id of the other one."""

    key = "slaa_sammen"
    window_title = "Slå sammen"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._id: UUID | None = None
        self._other: UUID | None = None
        self._reason: str | None = None
        self.plan: MergePlan | None = None
        self.lines: list[Line] = []
        self.heads: Heads | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader(_TITLE, _SUB)
        self.back_button = self.header.add_secondary("Gå tilbake til personen", self._back)
        self.primary_button = self.header.set_primary("Slå sammen til én", self.primary)
        self.primary_button.setToolTip("Ctrl+Enter")
        column.addWidget(self.header)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self._add_views()

    def _add_views(self) -> None:
        self.choosing = Choosing(self._find)
        self.choosing.chosen.connect(self._chosen)
        self.choosing.apart.connect(self._take_apart)
        self.why = WhyOpen()
        self.why.answered.connect(self._reason_given)
        self.waiting = LoadingState()
        self.waiting_page = QWidget()
        self.error = QWidget()
        for carrier in (self.waiting_page, self.error):
            tidy(QVBoxLayout(carrier))
        _put(self.waiting_page, self.waiting)
        self.choosing_area = _scroll("Velg den andre mappen", self.choosing)
        self.compared = QWidget()
        self.compared.setProperty("role", "scroll")
        tidy(QVBoxLayout(self.compared), SPACE_3)
        self.compare_area = _scroll("De to mappene ved siden av hverandre", self.compared)
        for view in (self.choosing_area, self.waiting_page, self.compare_area, self.why, self.error):
            self.stack.addWidget(view)

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self._id, self._other, self._reason = place.subject, _as_id(place.tab), None
        self._forget()
        self.refresh()

    def refresh(self) -> None:
        if self._id is None:
            return
        if self._other is None:
            self._look_for_alike()
        else:
            self._compare()

    def primary(self) -> None:
        """Ctrl+Enter: only when everything is chosen."""
        plan = self.plan
        if plan is None or self._missing(plan):
            return
        chosen = {line.field.key: line.choice() for line in self.lines if line.choice()}
        merging = self.window_.services.merging
        self.window_.save(
            lambda: merging.merge(
                plan.kept.id, plan.kept.version, plan.merged.id, plan.merged.version, chosen
            ),
            owner=self,
            said="Mappene er slått sammen til én.",
            done=self._merged,
            conflict=self._changed_meanwhile,
        )

    def focus_start(self) -> None:
        view = self.stack.currentWidget()
        if view is self.choosing_area:
            self.choosing.picker.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view is self.why:
            self.why.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view is self.compare_area:
            self.compare_area.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def help_text(self) -> str:
        return (
            "Her gjør du to mapper om til én når den samme personen er registrert to ganger. Velg den andre mappen, se "
            "over det som er ulikt, og velg hva som skal gjelde. Det som ikke velges, blir stående som tidligere "
            "opplysninger. Saker, notater, dokumenter og besøk fra begge blir med. Du kan skille mappene igjen fra denne siden."
        )

    def subject_person(self) -> UUID | None:
        return self._id

    # --- the other file -------------------------------------------------------------------------------------

    def _look_for_alike(self) -> None:
        person_id = self._id
        if person_id is None:
            return
        services, reason = self.window_.services, self._reason
        self._wait("Ser etter mapper som ligner …")

        def work() -> tuple[PersonDetail, tuple[PersonMatch, ...], tuple[PastMerge, ...]]:
            detail = services.people.detail(person_id, reason or _WHY_LOOK)
            matches = services.people.matches(_probe(detail))
            others = tuple(match for match in matches if match.id != detail.id)
            return detail, others, services.merging.past(detail.id)

        def done(found: tuple[PersonDetail, tuple[PersonMatch, ...], tuple[PastMerge, ...]]) -> None:
            detail, alike, past = found
            self._id = detail.id
            self._crumbs(detail.name)
            self.choosing.show_alike(alike)
            self.choosing.show_past(past, detail.id)
            self._show(self.choosing_area)

        self._ask(work, done)

    def _find(self, probe: PersonProbe, found: Found) -> None:
        people, own = self.window_.services.people, self._id

        def done(matches: tuple[PersonMatch, ...]) -> None:
            found(tuple(match for match in matches if match.id != own))

        self.window_.query(lambda: people.matches(probe), done, owner=self)

    def _chosen(self, match: PersonMatch) -> None:
        self._other = match.id
        self._compare()

    def _choose_again(self) -> None:
        self._other = None
        self._forget()
        self._look_for_alike()

    def _swap(self) -> None:
        self._id, self._other = self._other, self._id
        self._compare()

    # --- side by side ---------------------------------------------------------------------------------------

    def _compare(self) -> None:
        kept, merged, reason = self._id, self._other, self._reason
        if kept is None or merged is None:
            return
        merging = self.window_.services.merging
        self._wait("Henter de to mappene …")
        self._ask(lambda: merging.plan(kept, merged, reason), self._show_plan)

    def _show_plan(self, plan: MergePlan) -> None:
        """Nothing is chosen: what was, before the files were read again or swapped, is asked for anew."""
        self.plan, self.lines = plan, []
        self._id, self._other = plan.kept.id, plan.merged.id
        self._crumbs(plan.kept.name)
        column = self.compared.layout()
        if column is None:
            return
        clear(column)
        for tone, texts in (("crit", plan.refusals), ("warn", plan.warnings)):
            for text in texts:
                column.addWidget(InfoBar(tone, text, closable=False))  # type: ignore[arg-type]  # two tones of it
        self.heads = Heads(plan, self._swap, self._choose_again)
        column.addWidget(self.heads)
        for state in (FieldState.CHOOSE, FieldState.KEEPS, FieldState.SAME):
            lines = [Line(field, self._update) for field in plan.fields if field.state is state]
            self.lines += lines
            if lines:
                column.addWidget(field_card(state, lines))
        if plan.counts:
            column.addWidget(count_card(plan.counts))
        _end(column)
        self._update()
        self._show(self.compare_area)
        self.compare_area.verticalScrollBar().setValue(0)
        announce(self, f"{len(plan.to_choose)} felt å velge for" if not plan.refusals else plan.refusals[0])

    def _missing(self, plan: MergePlan) -> str:
        if plan.refusals:
            return _NOT_NOW
        left = sum(line.field.state is FieldState.CHOOSE and not line.choice() for line in self.lines)
        return f"Velg hva som skal gjelde i {left} felt." if left else ""

    def _update(self) -> None:
        words = self._missing(self.plan) if self.plan is not None else _FIND_FIRST
        self.primary_button.set_reason_disabled(words)
        if not words:
            self.primary_button.setToolTip("Ctrl+Enter")
        self.header.set_title(_TITLE, words or _SUB)

    def _merged(self, saved: Saved) -> None:
        self._forget()
        self.window_.go(Place("person", subject=saved.id))

    def _changed_meanwhile(self, _error: ConflictError) -> None:
        self.window_.tell("Noen har endret en av mappene mens du så på dem. Se over på nytt.", "warn")
        self._compare()

    def _take_apart(self, record_id: UUID) -> None:
        merging = self.window_.services.merging
        self.window_.save(
            lambda: merging.undo_merge(record_id),
            owner=self,
            done=self._parted,
        )

    def _parted(self, saved: Saved) -> None:
        self.window_.go(Place("person", subject=saved.id))
        self.window_.tell("Mappene er skilt fra hverandre igjen. Dette er den som ble slått inn.")

    # --- reading --------------------------------------------------------------------------------------------

    def _ask(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        wanted = (self._id, self._other)

        def guarded() -> T | UserError:
            try:
                return work()
            except UserError as error:
                return error

        def told(found: T | UserError) -> None:
            if wanted != (self._id, self._other):
                return
            self.waiting.stop()
            if isinstance(found, UserError):
                self._not_read(found)
            else:
                done(found)

        self.window_.query(guarded, told, owner=self)

    def _not_read(self, error: UserError) -> None:
        if isinstance(error, InvalidInput) and error.field == "reason":
            self.why.ask()
            self._show(self.why)
            return
        column = self.error.layout()
        if column is not None:
            clear(column)
        _put(self.error, ErrorState.of(error, self.refresh))
        self._show(self.error)

    def _reason_given(self, reason: str) -> None:
        self._reason = reason
        self.refresh()

    def _wait(self, words: str) -> None:
        self.waiting.start(words)
        self.stack.setCurrentWidget(self.waiting_page)

    def _show(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self.focus_start()

    def _forget(self) -> None:
        self.plan, self.lines, self.heads = None, [], None
        self._update()

    def _crumbs(self, name: str) -> None:
        self.header.set_crumbs((("Personer", self._to_list), (name, self._back), ("Slå sammen", None)))

    def _to_list(self) -> None:
        self.window_.go(Place("personer"))

    def _back(self) -> None:
        if self._id is not None:
            self.window_.go(Place("person", subject=self._id))


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _probe(detail: PersonDetail) -> PersonProbe:
    """What the person's own file says, asked as somebody types it."""
    name = next(iter(detail.draft.names), None)
    phone = next((each.value for each in detail.draft.contacts if each.kind == "telefon"), "")
    return PersonProbe(
        given=name.given if name else "",
        family=name.family if name else "",
        birth_on=detail.draft.birth_on,
        phone=phone,
    )


def _scroll(name: str, inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inner.setProperty("role", "scroll")
    area.setWidget(inner)
    return area


def _put(carrier: QWidget, widget: QWidget) -> None:
    column = carrier.layout()
    if column is not None:
        column.addWidget(widget)


def _end(column: object) -> None:
    if isinstance(column, QVBoxLayout):
        column.addStretch(1)
