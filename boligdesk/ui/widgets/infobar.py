"""Messages that stay until they are closed or replaced: what happened, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from boligdesk.services.errors import UserError
from boligdesk.ui.theme import Tone, restyle, set_role

from .basics import Button, IconLabel, Slot, clear, label, symbol_button, tidy, wrapping
from .pill import TONE_ICONS


@dataclass(frozen=True, slots=True)
class Action:
    """A verb with its object, and what it does. ``closes``: the bar goes away when it is pressed."""

    text: str
    slot: Slot
    closes: bool = True


class InfoBar(QFrame):
    """One message. ``closed`` is emitted when the user closes it or presses an action that closes it."""

    closed = Signal()

    def __init__(
        self,
        tone: Tone,
        text: str,
        actions: tuple[Action, ...] = (),
        *,
        title: str = "",
        closable: bool = True,
    ) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.Box)  # an edge in high contrast, where there is no style sheet
        set_role(self, "infobar")
        restyle(self, "tone", tone)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 5, 6, 5)
        line.setSpacing(10)
        line.addWidget(IconLabel(TONE_ICONS[tone], tone), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        tidy(words, 0)
        if title:
            words.addWidget(label(title, "strong", wrap=True))
        self.label = wrapping(text)
        words.addWidget(self.label)
        if not text:
            self.label.hide()  # showing it here, before it has a parent, would open a window of its own
        line.addLayout(words, 1)
        self.text = f"{title} {text}".strip()
        for action in actions:
            line.addWidget(self._button(action))
        if closable:
            line.addWidget(symbol_button("dismiss", "Lukk meldingen", self.close_bar))
        self.setMinimumHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def close_bar(self) -> None:
        self.hide()
        self.closed.emit()

    def _button(self, action: Action) -> Button:
        def press() -> None:
            if action.closes:
                self.close_bar()
            action.slot()

        return Button(action.text, press)


class MessageArea(QWidget):
    """The place of a page's message, right below its header: at most one bar; a new one replaces the old."""

    def __init__(self) -> None:
        super().__init__()
        self._line = QVBoxLayout(self)
        tidy(self._line)
        self._bar: InfoBar | None = None
        self.hide()

    def bar(self) -> InfoBar | None:
        """The message shown now."""
        return self._bar

    def show_message(
        self, tone: Tone, text: str, actions: tuple[Action, ...] = (), *, title: str = ""
    ) -> InfoBar:
        self.clear()
        bar = InfoBar(tone, text, actions, title=title)
        bar.closed.connect(self.clear)
        self._bar = bar
        self._line.addWidget(bar)
        self.show()
        announce(self, bar.text, urgent=tone == "crit")
        return bar

    def show_undo(self, text: str, undo: Slot) -> InfoBar:
        """«Oppgaven er lukket. [Angre]»."""
        return self.show_message("info", text, (Action("Angre", undo),))

    def show_error(self, error: UserError, retry: Slot | None = None) -> InfoBar:
        """What happened, what is safe, what to do; with «Prøv igjen» if it can be tried again."""
        text = " ".join(part for part in (error.what, error.safe, error.todo) if part)
        actions = (Action("Prøv igjen", retry),) if retry else ()
        return self.show_message("crit", text, actions, title=error.title)

    def clear(self) -> None:
        clear(self._line)
        self._bar = None
        self.hide()


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let a screen reader say ``text``: after what it is saying now, or at once when urgent."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    levels = QAccessible.AnnouncementPoliteness
    event.setPoliteness(levels.Assertive if urgent else levels.Polite)
    QAccessible.updateAccessibility(event)
