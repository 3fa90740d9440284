"""The look: contrast, fonts, style sheet, scale."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QMenu

from boligdesk.resources import resource_path
from boligdesk.ui.theme import (
    DARK,
    LIGHT,
    TONES,
    Tokens,
    apply_theme,
    contrast,
    contrast_tokens,
    font,
    tokens,
)
from boligdesk.ui.theme import theme as worn_theme
from boligdesk.ui.theme.apply import SYSTEM_FONTS
from boligdesk.ui.theme.fonts import BUNDLED_FILES
from boligdesk.ui.theme.stylesheet import QSS, stylesheet

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def text_pairs(t: Tokens) -> dict[str, tuple[str, str]]:
    pairs = {
        f"{ink} on {ground}": (getattr(t, ink), getattr(t, ground))
        for ink in ("text", "text2", "text3", "link", "accent")
        for ground in ("surface", "surface2", "window")
    }
    pairs |= {f"{ink} on hover": (getattr(t, ink), t.hover) for ink in ("text", "text2", "link")}
    pairs |= {"sel": (t.sel_text, t.sel), "text on sel": (t.text, t.sel), "text2 on sel": (t.text2, t.sel)}
    pairs |= {"primary": (t.on_accent, t.accent), "primary hover": (t.on_accent, t.accent_hover)}
    for tone in TONES:
        pair = t.tones[tone]
        pairs |= {f"{tone} pill": (pair.fg, pair.bg), f"{tone} quiet": (pair.fg, t.surface)}
        pairs |= {f"{tone} on panel": (pair.fg, t.surface2), f"{tone} on sel": (pair.fg, t.sel)}
        pairs |= {f"{tone} on window": (pair.fg, t.window)}
    return pairs


@THEMES
def test_that_every_text_can_be_read(theme):
    ratios = {name: round(contrast(*pair), 2) for name, pair in text_pairs(theme).items()}
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


@THEMES
def test_that_every_control_and_focus_ring_can_be_seen(theme):
    grounds = (theme.surface, theme.surface2, theme.window)
    edges = (theme.control, theme.focus, *theme.series)
    assert min(contrast(edge, ground) for edge in edges for ground in grounds) >= 3
    assert contrast(theme.accent, theme.sel) >= 3


def test_that_the_contrast_formula_knows_black_and_white():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_that_the_palette_is_the_one_of_the_design():
    assert (LIGHT.accent, LIGHT.sel, LIGHT.tones["crit"].bg) == ("#0A5C8C", "#D8EAF6", "#FCE6E6")
    assert (DARK.window, DARK.accent, DARK.tones["lock"].fg) == ("#16191D", "#6DB9E8", "#D6C3FF")


@THEMES
def test_that_the_style_sheet_holds_no_colour_of_its_own_but_white_paper(theme):
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", QSS.template)) == {"#FFFFFF"}
    assert "$" not in stylesheet(theme)
    assert len(QSS.template.splitlines()) <= 150


@THEMES
def test_that_the_marks_of_controls_exist_in_the_theme_colours(theme):
    for path in re.findall(r"url\((.+?)\)", stylesheet(theme)):
        ink = re.findall(r'fill="(#\w{6})"', Path(path).read_text(encoding="utf-8"))
        wanted = theme.text2 if "chevron" in path else theme.on_accent
        assert ink == [wanted], path


def test_that_no_kind_of_widget_keeps_a_font_of_the_system(qapp):
    """Windows gives menus, lists and messages fonts of their own; here one such is put there by hand."""
    for kind in SYSTEM_FONTS:
        qapp.setFont(QFont("Noe helt annet", 31), kind)
    apply_theme(qapp, "light")
    menu = QMenu()
    menu.ensurePolished()
    assert menu.font().family() == font("body").family()
    assert {QApplication.font(kind).pointSizeF() for kind in SYSTEM_FONTS} == {font("body").pointSizeF()}


@pytest.mark.parametrize("name", BUNDLED_FILES)
def test_that_the_bundled_font_has_the_letters_of_norwegian_and_sami(qapp, name):
    face = QRawFont(str(resource_path("fonts", name)), 16)
    assert [c for c in "ŊŋČčĐđŠšŦŧŽžÆØÅæøåéüŁ«»–…·•²" if not face.supportsCharacter(ord(c))] == []
    assert resource_path("fonts", "OFL.txt").is_file()


@pytest.mark.parametrize("role", ["body", "strong", "num"])
def test_that_figures_are_equally_wide(qapp, role):
    metrics = QFontMetricsF(font(role))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_that_sizes_are_points_and_no_text_is_smaller_than_nine(qapp):
    sizes = [font(role).pointSizeF() for role in ("h1", "h2", "body", "cap", "num", "field")]
    assert sizes == [18, 12, 10, 9, 22, 13]
    assert font("h1").pixelSize() == -1


def test_that_the_theme_changes_while_the_program_runs(qapp, dark):
    assert tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(DARK.surface)


def test_that_high_contrast_drops_the_style_sheet_and_uses_only_the_palette(qapp):
    try:
        apply_theme(qapp, "light", contrast=True)
        assert qapp.styleSheet() == ""
        assert tokens() == contrast_tokens(qapp.palette())
        assert len({tone.fg for tone in tokens().tones.values()}) == 1
    finally:
        apply_theme(qapp, "light")
    assert qapp.styleSheet()


def test_that_turning_high_contrast_off_in_the_system_brings_the_look_back(qapp):
    apply_theme(qapp, "dark", contrast=True)
    worn_theme().follow_system()
    try:
        assert tokens() is DARK
    finally:
        apply_theme(qapp, "light")


@pytest.mark.parametrize("factor", ["1", "1.25", "1.5", "2"])
def test_that_the_layout_is_the_same_at_every_scale(factor):
    """Logical sizes must not follow the screen's scale; only the pixels may."""
    program = (
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication(['boligdesk', '-platform', 'offscreen'])\n"
        "from boligdesk.ui.theme import apply_theme\n"
        "apply_theme(app, 'light')\n"
        "from boligdesk.ui.widgets import Button\n"
        "b = Button('Skriv ut listen', icon='print')\n"
        "b.show()\n"
        "print(b.sizeHint().height(), b.grab().devicePixelRatio())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"QT_SCALE_FACTOR": factor},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    height, ratio = done.stdout.split()
    assert (int(height), float(ratio)) == (32, float(factor))
