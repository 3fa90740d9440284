"""The one style sheet. Colours only by token; fonts are set on the widgets (they must survive high contrast)."""

from __future__ import annotations

from dataclasses import fields
from string import Template

from boligdesk.resources import resource_path

from .tokens import TONES, Tokens

QSS = Template("""
QMainWindow, QDialog, QWidget[role="window"] { background: $window; }
QLabel { background: transparent; }
QLabel[role="sub"] { color: $text2; }
QLabel[role="cap"] { color: $text3; }
QLabel[role="error"] { color: $crit; }
QFrame[role="page"] { background: $surface; border: 1px solid $line; border-right: none; border-bottom: none;
  border-top-left-radius: 6px; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[role="panel"] { background: $surface2; border: 1px solid $line; border-radius: 6px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QToolTip { background: $surface; color: $text; border: 1px solid $control; padding: 4px; }

QPushButton { background: $surface; color: $text; border: 1px solid $control; border-radius: 4px;
  padding: 0 12px; min-height: 30px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $sel; }
QPushButton:focus { border: 2px solid $focus; padding: 0 11px; min-height: 28px; }
QPushButton:disabled { color: $text3; background: $surface2; border-color: $line; }
QPushButton:checked { background: $sel; color: $sel_text; border-color: $accent; font-weight: 600; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { color: $text3; background: $surface2; border: 1px solid $line; }
QPushButton[kind="link"], QPushButton[kind="quiet"] { background: transparent; border-color: transparent;
  padding: 0 8px; color: $link; }
QPushButton[kind="quiet"] { color: $text; }
QPushButton[kind="link"]:hover, QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="link"]:focus, QPushButton[kind="quiet"]:focus { border: 2px solid $focus; padding: 0 7px; }
QPushButton[kind="link"]:disabled, QPushButton[kind="quiet"]:disabled { color: $text3; background: transparent; }
QPushButton[kind="crumb"] { background: transparent; border-color: transparent; padding: 0 3px; color: $link;
  min-height: 24px; }
QPushButton[kind="crumb"]:focus { border: 2px solid $focus; padding: 0 2px; min-height: 22px; }
QPushButton[kind="chip"] { background: $info_bg; color: $info; border-color: $info; border-radius: 14px;
  min-height: 26px; padding: 0 10px; }
QPushButton[kind="chip"]:focus { border: 2px solid $focus; padding: 0 9px; min-height: 24px; }
QPushButton[kind="symbol"] { background: transparent; border-color: transparent; padding: 0; min-width: 30px; }
QPushButton[kind="symbol"]:hover { background: $hover; }
QPushButton[kind="symbol"]:focus { border: 2px solid $focus; padding: 0; min-width: 28px; }
QPushButton[field="true"] { min-height: 54px; padding: 0 20px; font-size: 13pt; }
QPushButton[field="true"]:focus { min-height: 52px; padding: 0 19px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit { background: $surface; color: $text;
  border: 1px solid $control; border-radius: 4px; padding: 0 9px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit, QComboBox, QSpinBox, QDateEdit { min-height: 30px; }
QPlainTextEdit, QTextEdit { padding: 5px; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus { border: 2px solid $focus; padding: 0 8px;
  min-height: 28px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 4px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $text3;
  background: $surface2; border-color: $line; }
QLineEdit:read-only { background: $surface2; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] { border: 2px solid $crit; padding: 0 8px;
  min-height: 28px; }
QLineEdit[field="true"], QComboBox[field="true"] { min-height: 54px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url($chevron_down); width: 16px; height: 16px; }
QSpinBox { qproperty-alignment: "AlignRight | AlignVCenter"; }
QSpinBox::up-button, QSpinBox::down-button { subcontrol-origin: border; background: transparent; border: none;
  border-left: 1px solid $line; width: 26px; margin-left: 8px; }
QSpinBox::up-button { subcontrol-position: top right; border-top-right-radius: 4px; margin-top: 2px; margin-right: 2px; }
QSpinBox::down-button { subcontrol-position: bottom right; border-bottom-right-radius: 4px; margin-bottom: 2px;
  margin-right: 2px; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-button:pressed, QSpinBox::down-button:pressed { background: $sel; }
QSpinBox::up-arrow { image: url($chevron_up); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url($chevron_down); width: 12px; height: 12px; }
QSpinBox::up-arrow:off, QSpinBox::down-arrow:off { image: none; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $control; outline: none;
  selection-background-color: $sel; selection-color: $sel_text; }
QComboBox QAbstractItemView::item { min-height: 30px; padding: 0 8px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; color: $text; border: 2px solid transparent;
  border-radius: 4px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
QCheckBox::indicator, QRadioButton::indicator { width: 18px; height: 18px; border: 1px solid $control;
  background: $surface; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 10px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:checked { image: url($checkmark); }
QRadioButton::indicator:checked { image: url($dot); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $surface2; border-color: $line; }
QCheckBox::indicator:indeterminate { background: $sel; border-color: $accent; }

QTableView, QTreeView { background: $surface; border: 1px solid $line; border-radius: 6px; padding: 1px; }
QTableView:focus, QTreeView:focus { border: 2px solid $focus; padding: 0; }
QListView { background: $surface; border: 1px solid $line; border-radius: 6px; outline: none; }
QListView[role="nav"] { background: transparent; border: none; }
QHeaderView { background: $surface2; border: none; border-top-left-radius: 5px; border-top-right-radius: 5px; }
QHeaderView::section { background: transparent; color: $text2; border: none; border-bottom: 1px solid $control;
  padding: 0 10px; min-height: 31px; font-weight: 600; }
QHeaderView::section:hover { background: $hover; }
QHeaderView::up-arrow { image: url($chevron_up); width: 14px; height: 14px; subcontrol-position: center right; }
QHeaderView::down-arrow { image: url($chevron_down); width: 14px; height: 14px; subcontrol-position: center right; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $text2; padding: 0 14px; min-height: 34px;
  border: 2px solid transparent; border-bottom: 3px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:focus { border-color: $focus; }
QMenu { background: $surface; color: $text; border: 1px solid $control; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 28px; border-radius: 4px; }
QMenu::item:selected { background: $sel; color: $sel_text; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QScrollArea { background: transparent; border: none; }
QScrollArea[role="desk"] { background: $line; border: 1px solid $line; border-radius: 4px; }
QScrollArea[role="desk"]:focus { border: 2px solid $focus; }
QLabel[role="sheet"] { background: #FFFFFF; }
QScrollArea > QWidget > QWidget[role="scroll"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 0; }
QScrollBar::handle { background: $control; border: 4px solid $surface; border-radius: 7px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text2; border-width: 3px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $surface2; border: 1px solid $control; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
""")

_TONE_QSS = Template("""
QFrame[role="infobar"][tone="$tone"] { background: $bg; border: 1px solid $fg; border-radius: 6px; }
QFrame[role="infobar"][tone="$tone"] QLabel { color: $fg; }
""")


def stylesheet(tokens: Tokens) -> str:
    """The style sheet with the colours of ``tokens`` filled in. Not for high contrast."""
    values = {
        f.name: getattr(tokens, f.name) for f in fields(tokens) if isinstance(getattr(tokens, f.name), str)
    }
    for tone in TONES:
        values[tone] = tokens.tones[tone].fg
        values[f"{tone}_bg"] = tokens.tones[tone].bg
    for mark in ("chevron_down", "chevron_up", "checkmark", "dot"):
        values[mark] = resource_path("icons", "control", f"{mark}_{tokens.name}.svg").as_posix()
    bars = (_TONE_QSS.substitute(tone=t, fg=tokens.tones[t].fg, bg=tokens.tones[t].bg) for t in TONES)
    return QSS.substitute(values) + "".join(bars)
