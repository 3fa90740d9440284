"""The building blocks of pages. Import them from here."""

from __future__ import annotations

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
