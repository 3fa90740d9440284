"""What is merged into a letter, each value with its source; a missing one is never an empty gap."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, Card, Pill, clear, label, row, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.records.letters import FieldChip

_LABEL_WIDTH = 150


class MergedCard(Card):
    """Missing ones at the top with [Rett]; the rest folded away behind «Vis 14 opplysninger»."""

    def __init__(self, fix: Callable[[str], object]) -> None:
        super().__init__("Opplysninger i brevet")
        self._fix = fix
        self._chips: tuple[FieldChip, ...] = ()
        self._shows_all = False
        self._missing = QVBoxLayout()
        tidy(self._missing, SPACE_2)
        self.body.addLayout(self._missing)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_2)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.more = Button("", self._toggle, kind="link")
        self.add(row(self.more))

    def show_chips(self, chips: tuple[FieldChip, ...]) -> None:
        if chips != self._chips:
            self._chips = chips
            self._fill()
        self.setVisible(bool(chips))

    def _fill(self) -> None:
        clear(self._missing)
        clear(self._grid)
        missing = [chip for chip in self._chips if not chip.text and chip.is_mandatory]
        known = [chip for chip in self._chips if chip.text]
        for chip in missing:
            button = Button("Rett", partial(self._fix, chip.key))
            button.setAccessibleName(f"Rett: {chip.label}")
            pill = Pill("crit", f"Mangler: {chip.label.lower()}")
            pill.setToolTip(f"Hentes fra {chip.source}")
            self._missing.addWidget(row(pill, label(f"fra {chip.source}", "cap"), button))
        if self._shows_all:
            for line, chip in enumerate(known):
                self._show(line, chip)
        self.more.setVisible(bool(known))
        self.more.setText(
            "Skjul opplysningene" if self._shows_all else f"Vis {len(known)} opplysninger som er flettet inn"
        )

    def _show(self, line: int, chip: FieldChip) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(wrapping(chip.label, "sub"), line * 2, 0, top)
        value = wrapping(chip.text)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(value, line * 2, 1)
        self._grid.addWidget(wrapping(f"fra {chip.source}", "cap"), line * 2 + 1, 1, top)

    def _toggle(self) -> None:
        self._shows_all = not self._shows_all
        self._fill()
