"""Icons: shipped, tinted, sharp."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from boligdesk.resources import resource_path
from boligdesk.ui import icons
from boligdesk.ui.theme import DARK, LIGHT, apply_theme
from boligdesk.ui.widgets import TONE_ICONS, Button

UI = resource_path().parent / "boligdesk"
USES = re.compile(
    r"""(?:\bicon|icon_name|set_icon|paint_icon|dress|IconLabel|symbol_button|pixmap)(?:=|\()\s*"(\w+)\""""
)


def shipped() -> set[str]:
    return {path.stem for path in resource_path("icons").glob("*.svg")}


def test_that_every_icon_the_program_names_is_shipped():
    named = {name for path in UI.rglob("*.py") for name in USES.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 15
    assert named | set(TONE_ICONS.values()) <= shipped()


def test_that_every_shipped_icon_has_one_path_that_can_be_tinted(qapp):
    for name in shipped() - {"app"}:
        assert b"<path " in icons._source(name), name
        assert b"fill=" not in icons._source(name), name
    assert "MIT License" in resource_path("icons", "LICENSE").read_text(encoding="utf-8")


def test_that_an_unknown_icon_is_an_error_and_not_a_blank():
    with pytest.raises(KeyError, match="no_such_icon"):
        icons.icon("no_such_icon")


def has_ink(picture, wanted: str) -> bool:
    """Whether the most solid pixel has this colour (thin strokes are nowhere quite solid)."""
    image = picture.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    solid = max(pixels, key=QColor.alpha)
    aim = QColor(wanted)
    pairs = zip((solid.red(), solid.green(), solid.blue()), (aim.red(), aim.green(), aim.blue()), strict=True)
    return solid.alpha() > 128 and all(abs(one - two) <= 2 for one, two in pairs)


def test_that_an_icon_has_the_colour_of_its_role(qapp):
    assert has_ink(icons.pixmap("checkmark_circle", "crit"), LIGHT.tones["crit"].fg)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_that_an_icon_is_drawn_at_the_pixels_of_the_screen(qapp, ratio):
    drawn = icons.pixmap("mail", size=20, ratio=ratio)
    assert (drawn.width(), drawn.deviceIndependentSize().width()) == (round(20 * ratio), 20)


def test_that_a_disabled_icon_is_tinted_and_not_gone(qapp):
    picture = icons.icon("mail").pixmap(QSize(20, 20), 1.0, QIcon.Mode.Disabled)
    assert has_ink(picture, LIGHT.text3)


def test_that_an_icon_on_a_button_follows_the_theme(qapp, qtbot):
    button = Button("Skriv ut listen", icon="print")
    qtbot.addWidget(button)
    assert has_ink(button.icon().pixmap(22, 20), LIGHT.text)
    apply_theme(qapp, "dark")
    assert has_ink(button.icon().pixmap(22, 20), DARK.text)
    apply_theme(qapp, "light")
    assert not icons.app_icon().isNull()
