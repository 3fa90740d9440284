"""The gallery has no fault that the lint can see, and the lint sees faults."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from uilint import uilint

from boligdesk.dev import gallery
from boligdesk.dev.gallery_scenes import SCENES
from boligdesk.ui.theme import apply_theme


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
@pytest.mark.parametrize("scene", SCENES)
def test_that_the_gallery_has_names_targets_and_whole_texts(qapp, qtbot, scene, look):
    apply_theme(qapp, "dark" if look == "dark" else "light", contrast=look == "contrast")
    try:
        window = SCENES[scene]()
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(window.isVisible)
        qapp.sendPostedEvents()
        # without a style sheet Qt draws check boxes 23 px high
        assert uilint(window, widest=window.width(), target=23 if look == "contrast" else 24) == []
        window.hide()
    finally:
        apply_theme(qapp, "light")


def test_that_the_gallery_writes_its_pictures(qapp, tmp_path):
    try:
        made = gallery.draw(qapp, "forms", SCENES["forms"], tmp_path)
    finally:
        apply_theme(qapp, "light")
    assert [path.name for path in made] == ["forms_light.png", "forms_dark.png", "forms_contrast.png"]
    assert all(path.stat().st_size > 5000 for path in made)
    assert gallery.main([]) == 2


def test_that_the_lint_sees_faults(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    small = QPushButton("★")
    small.setFixedSize(16, 16)
    cut = QLabel("En ganske lang tekst som ikke får plass")
    cut.setFixedWidth(40)
    wide = QWidget()
    wide.setMinimumWidth(1200)
    for widget in (QLineEdit(), small, cut, wide):
        column.addWidget(widget)
    window.show()
    faults = "\n".join(uilint(window))
    for words in (
        "QLineEdit «»: has no name",
        "QPushButton «»: has no name",
        "small target",
        "text is cut: En ganske",
        "needs 12",
    ):
        assert words in faults
