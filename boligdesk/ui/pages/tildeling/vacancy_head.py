"""The chosen vacancy in one card: address, what it is, how long it has stood, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from boligdesk.domain.allocation_catalog import NeedKey, VacancyStage
from boligdesk.domain.money import format_kr
from boligdesk.ui.drafting import OSLO
from boligdesk.ui.home_words import area_words
from boligdesk.ui.widgets import Button, Card, IconLabel, Pill, PillSpec, tidy, wrapping
from boligdesk.ui.widgets.flow import FlowRow

from .columns import free_words, void_pill

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.allocation import Demands, ShortlistRef, VacancyDetail

_LIFT = {"Ja": "med heis", "Nei": "uten heis"}
_OVER = frozenset({VacancyStage.MOVED_IN, VacancyStage.WITHDRAWN})


def facts_line(found: VacancyDetail) -> str:
    """«Kroken · 4-roms · 82 m² · 2. etasje med heis · husleie 9 840 kr»."""
    home = found.row
    lift = next(
        (_LIFT.get(value, "") for label, value, _source in found.facts if label.startswith("Heis")), ""
    )
    floor = f"{home.floor}. etasje" if home.floor is not None else ""
    parts = (
        home.district,
        f"{home.rooms}-roms" if home.rooms is not None else "",
        f"{home.bedrooms} soverom" if home.bedrooms is not None else "",
        f"{area_words(home.area_m2x10)}\u00a0m²" if home.area_m2x10 else "",
        " ".join(part for part in (floor, lift) if part),
        f"husleie {format_kr(home.rent_ore)}" if home.rent_ore is not None else "",
    )
    return " · ".join(part for part in parts if part)


def demand_words(demands: Demands) -> str:
    """«Egne krav: soverom er bare et ønske, dyr er ikke med (…)»; "" when the rules stand as they are."""
    groups = (
        (demands.require, "er et absolutt krav"),
        (demands.wish, "er bare et ønske"),
        (demands.ignore, "er ikke med"),
    )
    parts = [f"{_need(key)} {words}" for keys, words in groups for key in keys]
    if not parts:
        return ""
    why = f" ({demands.reason.rstrip('.')})" if demands.reason else ""
    return f"Egne krav: {', '.join(parts)}{why}"


def _need(key: str) -> str:
    return NeedKey(key).label.lower() if key in NeedKey.codes() else key


def frozen_words(ref: ShortlistRef) -> str:
    """«Forslag nr. 2, beregnet 24.11.2026 10:40 av Ingrid B», for a menu or the start of a sentence."""
    at = ref.computed_at.astimezone(OSLO)
    return f"Forslag nr. {ref.no}, beregnet {at:%d.%m.%Y %H:%M}" + (
        f" av {ref.by.removesuffix('.')}" if ref.by else ""
    )


class VacancyHead(Card):
    """``frozen_wanted`` carries a ShortlistRef."""

    demands_wanted = Signal()
    dwelling_wanted = Signal()
    withdraw_wanted = Signal()
    frozen_wanted = Signal(object)

    def __init__(self, *, may_allocate: bool, may_withdraw: bool) -> None:
        super().__init__()
        self._may_allocate, self._may_withdraw = may_allocate, may_withdraw
        across = QHBoxLayout()
        tidy(across, 12)
        across.addWidget(IconLabel("building", "accent", 28), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        tidy(words, 2)
        self.title = wrapping("", "h2")
        self.facts = wrapping("", "sub")
        self.demands = wrapping("", "sub")
        for widget in (self.title, self.facts, self.demands):
            words.addWidget(widget)
        across.addLayout(words, 1)
        self.free, self.void = Pill("info", "", "key"), Pill("warn", "")
        self.change = Button("Endre krav", self.demands_wanted.emit, icon="edit")
        self.more = Button("Mer", icon="more_horizontal")
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.more.setAccessibleName("Mer om boligen")
        self._side = FlowRow(self.free, self.void, self.change, self.more)
        across.addWidget(self._side, 0)
        self.body.addLayout(across)

    def show_vacancy(self, found: VacancyDetail, today: dt.date) -> None:
        home = found.row
        self.title.setText(home.address or home.code)
        self.facts.setText(facts_line(found))
        said = " · ".join(part for part in (demand_words(found.demands), found.remark) if part)
        self.demands.setText(said)
        self.demands.setVisible(bool(said))
        self.free.set_spec(PillSpec("info", f"Ledig {free_words(home.free_from, today)}", "key"))
        spec = void_pill(home.void_days)
        self.void.setVisible(spec is not None)
        if spec is not None:
            self.void.set_spec(PillSpec("warn", spec.word))
        is_over = home.stage in _OVER
        self.change.setVisible(self._may_allocate and not is_over and home.offer_id is None)
        self._fill_menu(found, may_withdraw=self._may_withdraw and not is_over)

    def _fill_menu(self, found: VacancyDetail, *, may_withdraw: bool) -> None:
        self.menu.clear()
        self.menu.addAction("Åpne boligen").triggered.connect(lambda _on=False: self.dwelling_wanted.emit())
        if found.shortlists:
            self.menu.addSeparator()
        for ref in found.shortlists:
            action = self.menu.addAction(frozen_words(ref))
            action.triggered.connect(lambda _on=False, ref=ref: self.frozen_wanted.emit(ref))
        if may_withdraw:
            self.menu.addSeparator()
            self.menu.addAction("Trekk boligen fra tildeling …").triggered.connect(
                lambda _on=False: self.withdraw_wanted.emit()
            )
