"""«Endre krav»: what this vacancy makes of each need, and «Hva om?»: the list it leads to beside the list as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.allocation_catalog import Demand, NeedKey
from boligdesk.services.errors import UserError
from boligdesk.services.records.allocation import Demands
from boligdesk.ui.theme import SPACE_2, SPACE_3, SPACE_4
from boligdesk.ui.widgets import Card, clear, label, tidy, wrapping
from boligdesk.ui.widgets.act_dialog import ActDialog, fault_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boligdesk.services.records.allocation import Compared, MovedRow, ShortlistView, VacancyDetail
    from boligdesk.ui.page import Window

#: A short pause after the last choice before the list is reckoned again.
ASK_AFTER_MS = 200
_WIDTH = 900
_SHOWN_ROWS = 8
_AS_RULES = ""
_CHOICES = (
    (_AS_RULES, "Som i reglene"),
    (Demand.ABSOLUTE.value, "Absolutt krav"),
    (Demand.WISH.value, "Bare et ønske"),
    (Demand.LEFT_OUT.value, "Ikke med"),
)


class DemandsDialog(ActDialog):
    """Every choice is reckoned at once and nothing is stored before [Bruk kravene]."""

    def __init__(self, window: Window, found: VacancyDetail, parent: QWidget) -> None:
        super().__init__(
            window,
            "Endre krav",
            f"Kravene gjelder bare {found.row.address or found.row.code}. Listen til høyre viser hva de fører til.",
            "Bruk kravene",
            parent,
            _WIDTH,
        )
        self._row = found.row
        self.choices: dict[str, QComboBox] = {}
        across = QHBoxLayout()
        tidy(across, SPACE_4)
        across.addWidget(self._needs(found.demands), 0)
        self._result = QVBoxLayout()
        tidy(self._result, SPACE_3)
        across.addLayout(self._result, 1)
        self.body.addLayout(across)
        self.body.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._timer.timeout.connect(self.ask)
        self.resize(_WIDTH + 20, 720)
        next(iter(self.choices.values())).setFocus()
        self.ask()

    def _needs(self, now: Demands) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        tidy(column, SPACE_2)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(6)
        for place, need in enumerate(NeedKey):
            box = QComboBox()
            box.setAccessibleName(need.label)
            for code, words in _CHOICES:
                if not (need is NeedKey.NEIGHBOURHOOD and code == Demand.ABSOLUTE):  # it only ever warns
                    box.addItem(words, code)
            box.setCurrentIndex(max(box.findData(_asked(now, need.value)), 0))
            box.currentIndexChanged.connect(lambda _index: self._chosen())
            self.choices[need.value] = box
            grid.addWidget(label(need.label), place, 0)
            grid.addWidget(box, place, 1)
        column.addLayout(grid)
        self.reason = QLineEdit(now.reason)
        self.form.add("reason", "&Hvorfor?", self.reason, "Må skrives når et krav ikke er med.")
        column.addWidget(self.form)
        column.addStretch(1)
        return holder

    def demands(self) -> Demands:
        def those(code: Demand) -> tuple[str, ...]:
            return tuple(key for key, box in self.choices.items() if box.currentData() == code.value)

        return Demands(
            require=those(Demand.ABSOLUTE),
            wish=those(Demand.WISH),
            ignore=those(Demand.LEFT_OUT),
            reason=self.reason.text().strip(),
        )

    def _chosen(self) -> None:
        self._timer.start()

    def ask(self) -> None:
        """«Hva om?»: nothing is stored."""
        allocation, wanted, vacancy_id = self.window_.services.allocation, self.demands(), self._row.id

        def read() -> Compared | UserError:
            try:
                return allocation.compare(vacancy_id, wanted)
            except UserError as error:
                return error  # said here; the page below has its list

        self.window_.query(read, self._arrived, owner=self)

    def _arrived(self, found: Compared | UserError) -> None:
        clear(self._result)
        if isinstance(found, UserError):
            self._result.addWidget(wrapping(fault_words(found), "error"))
            return
        self._result.addWidget(wrapping(summary(found), "strong"))
        for card in (
            _moves("Kommer inn", found.came),
            _moves("Faller ut", found.gone),
            _moves("Får en annen plass", found.moved),
        ):
            if card is not None:
                self._result.addWidget(card)
        lists = QWidget()
        across = QHBoxLayout(lists)
        tidy(across, SPACE_3)
        top = Qt.AlignmentFlag.AlignTop
        across.addWidget(_list("Slik listen er nå", found.before), 1, top)
        across.addWidget(_list("Med disse kravene", found.after), 1, top)
        self._result.addWidget(lists)
        self._result.addStretch(1)

    def save(self) -> None:
        allocation, wanted, row = self.window_.services.allocation, self.demands(), self._row
        self.send(lambda: allocation.set_demands(row.id, row.version, wanted))

    def said(self) -> str:
        return "Kravene er endret, og listen er beregnet på nytt."

    def show_fault(self, field: str, text: str) -> bool:
        return super().show_fault("reason" if field in {"reason", "ignore"} else field, text)


def summary(found: Compared) -> str:
    """«4 aktuelle nå, 7 med disse kravene.»."""
    before, after = found.before.eligible, found.after.eligible
    if not (found.came or found.gone or found.moved):
        return f"Listen blir den samme. {_counted(before)}."
    return f"{_counted(before)} nå, {after} med disse kravene."


def _counted(count: int) -> str:
    return "1 aktuell" if count == 1 else f"{count} aktuelle"


def _asked(now: Demands, need: str) -> str:
    groups = ((now.require, Demand.ABSOLUTE), (now.wish, Demand.WISH), (now.ignore, Demand.LEFT_OUT))
    return next((code.value for keys, code in groups if need in keys), _AS_RULES)


def _moves(title: str, rows: Iterable[MovedRow]) -> Card | None:
    rows = tuple(rows)
    if not rows:
        return None
    card = Card(f"{title} ({len(rows)})")
    for one in rows[:_SHOWN_ROWS]:
        card.add(wrapping(f"{one.applicant}: {one.sentence}"))
    if len(rows) > _SHOWN_ROWS:
        card.add(label(f"og {len(rows) - _SHOWN_ROWS} til", "cap"))
    return card


def _list(title: str, view: ShortlistView) -> Card:
    card = Card(title)
    eligible = [one for one in view.candidates if one.rank is not None]
    for one in eligible[:_SHOWN_ROWS]:
        card.add(wrapping(f"{one.rank}. {one.applicant} · prioritet {one.priority_class}"))
    if not eligible:
        card.add(wrapping("Ingen søker oppfyller alle krav.", "sub"))
    elif view.eligible > _SHOWN_ROWS:
        card.add(label(f"og {view.eligible - _SHOWN_ROWS} til", "cap"))
    card.body.addStretch(1)
    return card
