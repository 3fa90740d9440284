"""The top of things: page header, the head of a file, connection line, practice stripe."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from boligdesk.ui.theme import CARD_MARGINS, Tone, font, set_role, tokens

from .basics import Button, IconLabel, Slot, clear, label, tidy, wrapping
from .infobar import announce
from .pill import Pill, PillSpec

Crumb = tuple[str, "Slot | None"]
MAX_FLAGS = 3


class PageHeader(QWidget):
    """Where you are, the one H1, one line of fact, and to the right the secondary buttons and one primary."""

    def __init__(self, title: str, sub: str = "", crumbs: Sequence[Crumb] = ()) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, 4)
        self._crumbs = QHBoxLayout()
        tidy(self._crumbs, 2)
        column.addLayout(self._crumbs)
        line = QHBoxLayout()
        tidy(line)
        words = QVBoxLayout()
        tidy(words, 0)
        self.title = wrapping(title, "h1")
        self.sub = wrapping(sub, "sub")
        if not sub:
            self.sub.hide()  # showing it here, before it has a parent, would open a window of its own
        words.addWidget(self.title)
        words.addWidget(self.sub)
        line.addLayout(words, 1)
        self._actions = QHBoxLayout()
        tidy(self._actions)
        line.addLayout(self._actions)
        column.addLayout(line)
        self.primary: Button | None = None
        self.set_crumbs(crumbs)

    def set_title(self, title: str, sub: str = "") -> None:
        self.title.setText(title)
        self.sub.setText(sub)
        self.sub.setVisible(bool(sub))

    def set_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        """The way here: (text, where it leads or None for the last one)."""
        clear(self._crumbs)
        for place, (text, slot) in enumerate(crumbs):
            if place:
                self._crumbs.addWidget(IconLabel("chevron_right", "text3", 16))
            self._crumbs.addWidget(Button(text, slot, kind="crumb") if slot else label(text, "sub"))
        if crumbs:
            self._crumbs.addStretch(1)

    def add_secondary(self, text: str, slot: Slot | None = None, icon: str = "") -> Button:
        button = Button(text, slot, icon=icon)
        self._actions.insertWidget(self._actions.count() - (1 if self.primary else 0), button)
        return button

    def set_primary(self, text: str, slot: Slot | None = None, icon: str = "") -> Button:
        """The page's one filled button; Ctrl+Enter belongs to it (the page binds the key)."""
        if self.primary is not None:
            self._actions.removeWidget(self.primary)
            self.primary.deleteLater()
        self.primary = Button(text, slot, icon=icon, kind="primary")
        self._actions.addWidget(self.primary)
        return self.primary

    def add_widget(self, widget: QWidget) -> None:
        """Anything else, to the left of the buttons (a pill, a compact number)."""
        self._actions.insertWidget(0, widget)


class IdentityBar(QFrame):
    """The head of a file, the same on every tab: name, facts, flags, next deadline, actions."""

    def __init__(self, icon: str = "person") -> None:
        super().__init__()
        self.setFrameShape(
            QFrame.Shape.StyledPanel
        )  # an edge in high contrast, where there is no style sheet
        set_role(self, "card")
        across = QHBoxLayout(self)
        across.setContentsMargins(*CARD_MARGINS)
        across.setSpacing(12)
        across.addWidget(IconLabel(icon, "accent", 28), 0, Qt.AlignmentFlag.AlignTop)
        left = QVBoxLayout()
        tidy(left, 2)
        first = QHBoxLayout()
        tidy(first)
        self.name = wrapping("", "h1")
        self.name.setWordWrap(False)
        self._flags = QHBoxLayout()
        tidy(self._flags, 6)
        first.addWidget(self.name)
        first.addLayout(self._flags)
        first.addStretch(1)
        left.addLayout(first)
        self.facts = wrapping("", "sub")
        self.case = wrapping("", "sub")
        left.addWidget(self.facts)
        left.addWidget(self.case)
        across.addLayout(left, 1)
        across.addLayout(self._right_side())

    def _right_side(self) -> QVBoxLayout:
        right = QVBoxLayout()
        tidy(right)
        self._actions = QHBoxLayout()
        tidy(self._actions)
        right.addLayout(self._actions)
        right.addStretch(1)
        self._deadline_icon = IconLabel("clock", "text2")
        self.deadline_date = label("", "strong")
        self.deadline_words = label("")
        line = QHBoxLayout()
        tidy(line, 6)
        line.addStretch(1)
        for widget in (self._deadline_icon, self.deadline_date, self.deadline_words):
            line.addWidget(widget)
        right.addLayout(line)
        self.set_deadline("", "")
        return right

    def set_identity(self, name: str, facts: Sequence[str], case: Sequence[str] = ()) -> None:
        """Name as H1; two lines of facts, each joined with « · »."""
        self.name.setText(name)
        self.facts.setText(" · ".join(part for part in facts if part))
        self.case.setText(" · ".join(part for part in case if part))
        self.case.setVisible(bool(case))

    def set_flags(self, flags: Sequence[PillSpec]) -> None:
        """At most three are shown, the most important first; the rest hide behind «+2» (names in its tooltip)."""
        clear(self._flags)
        for spec in flags[:MAX_FLAGS]:
            self._flags.addWidget(Pill(spec.tone, spec.word, spec.icon, quiet=spec.quiet))
        if rest := flags[MAX_FLAGS:]:
            more = label(f"+{len(rest)}", "sub")
            names = ", ".join(spec.word for spec in rest)
            more.setToolTip(names)
            more.setAccessibleName(f"{len(rest)} til: {names}")
            self._flags.addWidget(more)

    def set_deadline(self, date: str, words: str, tone: Tone = "neutral") -> None:
        """«26. nov.» and what it is; empty hides it."""
        for widget in (self._deadline_icon, self.deadline_date, self.deadline_words):
            widget.setVisible(bool(date))
        self._deadline_icon.set_icon("clock", "text2" if tone == "neutral" else tone)
        self.deadline_date.setText(date)
        self.deadline_words.setText(f"– {words}" if words else "")

    def set_actions(self, buttons: Sequence[Button]) -> None:
        clear(self._actions)
        self._actions.addStretch(1)
        for button in buttons:
            self._actions.addWidget(button)


class StatusLine(Pill):
    """Connection and saving in words, always in the same place: «Tilkoblet · alt er lagret 10:42»."""

    def __init__(self) -> None:
        super().__init__("ok", "Tilkoblet")

    def set_saved(self, clock: str) -> None:
        self._say("ok", f"Tilkoblet · alt er lagret {clock}", "")

    def set_saving(self) -> None:
        self._say("neutral", "Lagrer …", "arrow_sync")

    def set_offline(self, since: str, waiting: int) -> None:
        self._say("warn", f"Uten nett siden {since} · {waiting} venter", "cloud_off")

    def set_local(self, clock: str) -> None:
        """A file on this machine has no connection to speak of."""
        self._say("ok", f"Alt er lagret {clock}", "")

    def _say(self, tone: Tone, words: str, icon: str) -> None:
        if self.spec.word != words:
            self.set_spec(PillSpec(tone, words, icon))
            announce(self, words)


class PracticeBar(QWidget):
    """A striped bar that nobody can miss: this is practice, nothing here is real."""

    def __init__(self, text: str = "ØVELSE – alt her er på liksom, og ingen brev blir sendt") -> None:
        super().__init__()
        self.text = text
        self.setAccessibleName(text)
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colors = tokens()
        pair = colors.tones["warn"]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(pair.bg))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.fg))
        high = self.height()
        for left in range(-high, self.width() + high, 28):
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(left, high),
                        QPointF(left + 10, high),
                        QPointF(left + 10 + high, 0),
                        QPointF(left + high, 0),
                    ]
                )
            )
        painter.setFont(font("strong"))
        wide = painter.fontMetrics().horizontalAdvance(self.text) + 32
        box = QRectF((self.width() - wide) / 2, 0, wide, high)
        painter.fillRect(box, QColor(pair.bg))
        painter.setPen(QColor(pair.fg))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)
        painter.end()
