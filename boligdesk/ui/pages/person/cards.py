"""A card of rows: what holds now first, what was before quietly below; each row with its own act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.ui.person_words import said_aloud
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, Card, Pill, PillSpec, clear, label, tidy, wrapping

if TYPE_CHECKING:
    from boligdesk.ui.widgets.basics import Slot

#: More ended rows than this are shown when asked for.
OLD_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Act:
    """A verb, what it is done to (for screen readers), and what it does."""

    words: str
    about: str
    do: Slot


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card. ``open``: the title leads somewhere."""

    title: str
    sub: str = ""
    acts: tuple[Act, ...] = ()
    pill: PillSpec | None = None
    is_old: bool = False
    open: Slot | None = field(default=None)


class LinkButton(Button):
    """A title that leads to a page: Enter opens it, as in a list."""

    def __init__(self, text: str, slot: Slot) -> None:
        super().__init__(text, slot, kind="crumb")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


class RowView(QWidget):
    """Title, a quiet second line, a status, acts."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        tidy(across, SPACE_2)
        words = QVBoxLayout()
        tidy(words, 0)
        if row.open is not None:
            words.addWidget(LinkButton(row.title, row.open), 0, Qt.AlignmentFlag.AlignLeft)
        else:
            words.addWidget(self._title(row))
        if row.sub:
            words.addWidget(wrapping(row.sub, "sub"))
        across.addLayout(words, 1)
        if row.pill is not None:
            across.addWidget(Pill(row.pill.tone, row.pill.word, row.pill.icon, quiet=row.pill.quiet))
        for act in row.acts:
            button = Button(act.words, act.do, kind="link")
            button.setAccessibleName(f"{act.words}: {said_aloud(act.about)}")
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    @staticmethod
    def _title(row: Row) -> QWidget:
        title = wrapping(row.title, "sub" if row.is_old else "strong")
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title.setAccessibleName(said_aloud(row.title))
        return title


class RowsCard(Card):
    """Rows under a title, with one act for adding."""

    def __init__(self, title: str, add: str = "", slot: Slot | None = None, empty: str = "") -> None:
        super().__init__(title)
        self._empty = empty
        self._rows: tuple[Row, ...] = ()
        self._shows_all = False
        self.add_button: Button | None = None
        if add and self.heading is not None:
            self.add_button = Button(add, slot, icon="add", kind="link")
            self.heading.add_action(self.add_button)
        carrier = QWidget()
        self._column = QVBoxLayout(carrier)
        tidy(self._column, SPACE_2)
        self.add(carrier)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Those that are over come last."""
        self._rows = tuple(sorted(rows, key=lambda row: row.is_old))
        self._show()

    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def _show(self) -> None:
        clear(self._column)
        old = [row for row in self._rows if row.is_old]
        live = [row for row in self._rows if not row.is_old]
        if not live and self._empty:
            self._column.addWidget(label(self._empty, "sub", wrap=True))
        hides = len(old) > OLD_SHOWN and not self._shows_all
        for row in [*live, *([] if hides else old)]:
            self._column.addWidget(RowView(row))
        if hides:
            more = Button(f"Vis {len(old)} tidligere", self._show_all, icon="history", kind="link")
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all(self) -> None:
        self._shows_all = True
        self._show()
