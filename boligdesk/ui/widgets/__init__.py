"""The building blocks of pages. Import them from here; a module is imported when its first block is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .basics import (
        Button,
        Card,
        IconLabel,
        SectionHeading,
        clear,
        label,
        row,
        rule,
        symbol_button,
        tidy,
        wrapping,
    )
    from .facts import FactGrid
    from .fields import DateField, FieldRow, FormSection, MoneyField, TriStateField
    from .filters import FilterMenuButton, KpiButton, SearchField, SegmentedFilter
    from .headers import IdentityBar, PageHeader, PracticeBar, StatusLine
    from .infobar import Action, InfoBar, MessageArea, announce
    from .nav import NavItem, NavList
    from .parsing import parse_date, parse_money, show_date, show_money
    from .pill import TONE_ICONS, Pill, PillSpec
    from .preview import PreviewPane
    from .states import EmptyState, ErrorState, LoadingState

#: Module -> its blocks.
_HOMES = {
    "basics": "Button Card IconLabel SectionHeading clear label row rule symbol_button tidy wrapping",
    "facts": "FactGrid",
    "fields": "DateField FieldRow FormSection MoneyField TriStateField",
    "filters": "FilterMenuButton KpiButton SearchField SegmentedFilter",
    "headers": "IdentityBar PageHeader PracticeBar StatusLine",
    "infobar": "Action InfoBar MessageArea announce",
    "nav": "NavItem NavList",
    "parsing": "parse_date parse_money show_date show_money",
    "pill": "TONE_ICONS Pill PillSpec",
    "preview": "PreviewPane",
    "states": "EmptyState ErrorState LoadingState",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(name)
    found = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "TONE_ICONS",
    "Action",
    "Button",
    "Card",
    "DateField",
    "EmptyState",
    "ErrorState",
    "FactGrid",
    "FieldRow",
    "FilterMenuButton",
    "FormSection",
    "IconLabel",
    "IdentityBar",
    "InfoBar",
    "KpiButton",
    "LoadingState",
    "MessageArea",
    "MoneyField",
    "NavItem",
    "NavList",
    "PageHeader",
    "Pill",
    "PillSpec",
    "PracticeBar",
    "PreviewPane",
    "SearchField",
    "SectionHeading",
    "SegmentedFilter",
    "StatusLine",
    "TriStateField",
    "announce",
    "clear",
    "label",
    "parse_date",
    "parse_money",
    "row",
    "rule",
    "show_date",
    "show_money",
    "symbol_button",
    "tidy",
    "wrapping",
]
