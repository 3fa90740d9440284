"""The head of the file, the same on every tab: the guard against the wrong person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from boligdesk.domain.catalog import CasePhase, WaitingOn
from boligdesk.ui.icons import icon
from boligdesk.ui.pages.sak import words
from boligdesk.ui.person_words import protection_bar, said_aloud
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, IdentityBar, InfoBar, Pill, announce, clear, label, tidy

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.ui.widgets import PillSpec

SHOWN_MS = 30_000
"""How long a whole number is shown (ui.md 3.9)."""
Act = Callable[[str], object]
_NARROW_FLAGS, _WIDE_FLAGS = 1, 3
_LONG_NAME = 28


class _Bar(IdentityBar):
    """The identity bar with [Vis nummeret] below the facts' line, and fewer flags when there is little room."""

    def __init__(self, reveal: Callable[[], object]) -> None:
        super().__init__()
        self._specs: tuple[PillSpec, ...] = ()
        self._most = _WIDE_FLAGS
        self.reveal = Button("Vis nummeret", reveal, icon="eye", kind="link")
        self.reveal.setToolTip("Viser hele nummeret i 30 sekunder. Det blir loggført.")
        carrier = QWidget()
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight, carrier)
        tidy(line)
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self.facts, carrier)
        line.addWidget(self.facts, 1)
        line.addWidget(self.reveal)
        line.addStretch(0)

    def set_flags(self, flags: Sequence[PillSpec]) -> None:
        self._specs = tuple(flags)
        clear(self._flags)
        most = min(self._most, len(flags))
        for spec in flags[:most]:
            self._flags.addWidget(Pill(spec.tone, spec.word, spec.icon, quiet=spec.quiet))
        if rest := flags[most:]:
            more = label(f"+{len(rest)}", "sub")
            names = ", ".join(spec.word for spec in rest)
            more.setToolTip(names)
            more.setAccessibleName(f"{len(rest)} til: {names}")
            self._flags.addWidget(more)

    def set_narrow(self, narrow: bool) -> None:
        self._most = _NARROW_FLAGS if narrow else _WIDE_FLAGS
        self.set_flags(self._specs)

    def set_identity(self, name: str, facts: Sequence[str], case: Sequence[str] = ()) -> None:
        super().set_identity(name, facts, case)
        self.name.setWordWrap(len(name) > _LONG_NAME)
        # the button follows right after the words; they wrap only when there is too little room
        self.facts.setMaximumWidth(self.facts.fontMetrics().horizontalAdvance(self.facts.text()) + 8)


class CaseHead(QWidget):
    """Protection bar, identity, status, next deadline, and what can be done with the case.

    ``act(name)`` is called with: note, letter, ask, assign, take, wait_applicant, wait_others, resume, forward, close,
    reopen, reveal, person.
    """

    def __init__(self, act: Act, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._act, self._today = act, today
        self._detail: CaseDetail | None = None
        self._may_write = self._may_note = self._is_leader = False
        self._narrow = self._tight = False
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self._guard = QVBoxLayout()
        tidy(self._guard)
        column.addLayout(self._guard)
        self.bar = _Bar(lambda: act("reveal"))
        column.addWidget(self.bar)
        self.primary: Button | None = None
        self.step = words.Step("", "", "")
        self._hide_number = QTimer(self)
        self._hide_number.setSingleShot(True)
        self._hide_number.setInterval(SHOWN_MS)
        self._hide_number.timeout.connect(self.hide_number)

    def show_case(self, detail: CaseDetail, *, may_write: bool, may_note: bool, is_leader: bool) -> None:
        other = self._detail is None or self._detail.identity.person_id != detail.identity.person_id
        self._detail, self._may_write, self._is_leader = detail, may_write, is_leader
        self._may_note = may_note
        if other:
            self._hide_number.stop()
        if not self._hide_number.isActive():
            self._show_facts("")
        self.bar.set_flags(words.flags(detail))
        self._show_guard(detail.identity.protection)
        row = words.next_deadline(detail)
        if row is None:
            self.bar.set_deadline("", "")
        else:
            self.bar.set_deadline(
                *words.deadline_words(row, self._today()), words.due_tone(row.due_on, self._today())
            )
        self._show_actions(detail)

    def set_narrow(self, narrow: bool, *, tight: bool = False) -> None:
        """Fewer buttons and flags side by side; the rest moves into the menu and behind «+2».

        ``tight``: room for all but the button of a note.
        """
        if (narrow, tight) != (self._narrow, self._tight):
            self._narrow, self._tight = narrow, tight
            self.bar.set_narrow(narrow)
            if self._detail is not None:
                self._show_actions(self._detail)

    def show_number(self, number: str) -> None:
        """The whole number for half a minute."""
        self._show_facts(number)
        self.bar.reveal.setEnabled(False)
        self._hide_number.start()
        announce(self, "Nummeret vises i 30 sekunder")

    def hide_number(self) -> None:
        self._hide_number.stop()
        self._show_facts("")

    def _show_facts(self, number: str) -> None:
        detail = self._detail
        if detail is None:
            return
        who = detail.identity
        self.bar.set_identity(
            who.name, words.person_facts(who, self._today(), number), words.case_facts(detail)
        )
        self.bar.reveal.setVisible(bool(who.masked_number))
        self.bar.reveal.setEnabled(not number)
        self.bar.facts.setAccessibleName(
            ", ".join(said_aloud(part) for part in self.bar.facts.text().split(" · "))
        )

    def _show_guard(self, protection: str) -> None:
        clear(self._guard)
        title, text = protection_bar(protection)
        if title:
            self._guard.addWidget(InfoBar("lock", text, title=f"{title}.", closable=False))

    def _show_actions(self, detail: CaseDetail) -> None:
        self.step = words.primary_step(detail, may_write=self._may_write, is_leader=self._is_leader)
        primary = Button(
            self.step.label, lambda: self._act(self.step.act), icon=self.step.icon, kind="primary"
        )
        primary.setToolTip("Ctrl+Enter")
        buttons = []
        if not self._narrow:
            if self._may_note and self.step.act != "note" and not self._tight:
                note = Button("Nytt notat", lambda: self._act("note"), icon="note_add")
                buttons.append(note)
            if self._may_write and not words.is_closed(detail):
                buttons.append(Button("Nytt brev", lambda: self._act("letter"), icon="mail"))
                buttons.append(
                    Button("Be om opplysninger …", lambda: self._act("ask"), icon="question_circle")
                )
        if menu := self._menu(detail):
            change = Button("Endre saken", icon="more_horizontal")
            change.setMenu(menu)
            menu.setParent(change, menu.windowFlags())
            buttons.append(change)
        self.primary = primary
        self.bar.set_actions((*buttons, primary))

    def _menu(self, detail: CaseDetail) -> QMenu | None:
        """Everything that fits the case now; None when there is nothing."""
        menu = QMenu()
        for text, name, picture in self.menu_acts(detail):
            menu.addAction(icon(picture), text, lambda name=name: self._act(name))
        return menu if menu.actions() else None

    def menu_acts(self, detail: CaseDetail) -> list[tuple[str, str, str]]:
        """(words, act, icon) of the menu «Endre saken»."""
        acts = [("Åpne personsiden", "person", "person")]
        if (self._narrow or self._tight) and self._may_note and self.step.act != "note":
            acts.append(("Nytt notat", "note", "note_add"))
        if not self._may_write:
            return acts
        if words.is_closed(detail):
            return [*acts, ("Gjenåpne saken …", "reopen", "arrow_undo")] if self._is_leader else acts
        if self._narrow:
            acts.append(("Nytt brev", "letter", "mail"))
            acts.append(("Be om opplysninger …", "ask", "question_circle"))
        if self.step.act != "assign":
            acts.append(("Gi til …", "assign", "person"))
        acts += self._moving_acts(detail)
        acts.append(("Avslutt saken …", "close", "archive"))
        return acts

    @staticmethod
    def _moving_acts(detail: CaseDetail) -> list[tuple[str, str, str]]:
        acts = []
        if detail.waiting_on != WaitingOn.APPLICANT:
            acts.append((WaitingOn.APPLICANT.label, "wait_applicant", "clock"))
        if detail.waiting_on != WaitingOn.OTHERS:
            acts.append((WaitingOn.OTHERS.label, "wait_others", "clock"))
        if detail.waiting_on != WaitingOn.NOBODY:
            acts.append(("Fortsett saken", "resume", "arrow_right"))
        if step := words.forward(detail):
            acts.append((f"Neste trinn: {CasePhase(step[0]).label}", "forward", "arrow_right"))
        return acts
