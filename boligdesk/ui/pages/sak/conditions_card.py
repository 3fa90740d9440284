"""The card «Vilkår» of the overview: each condition with how it stands, its source and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.calendar import short_date
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, Card, IconLabel, label, tidy, wrapping

from .assessment_words import condition_pill, has_suggestion

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.services.records.assessment import Assessment, ConditionRow


def conditions_card(found: Assessment | None, today: dt.date, open_it: Callable[[], object]) -> Card | None:
    """None until it is read, and for a case with nothing to judge."""
    if found is None or not found.tracks:
        return None
    card = Card("Vilkår")
    if card.heading is not None:
        button = Button("Vurder", open_it, icon="edit", kind="link")
        button.setAccessibleName("Vurder vilkårene")
        card.heading.add_action(button)
    for track in found.tracks:
        if len(found.tracks) > 1:
            card.add(label(track.label, "cap"))
        for one in track.conditions:
            card.add(_line(one, today))
    return card


def _line(row: ConditionRow, today: dt.date) -> QWidget:
    made = QWidget()
    across = QHBoxLayout(made)
    tidy(across, SPACE_2)
    spec = condition_pill(row.outcome)
    role = "text2" if spec.tone == "neutral" else spec.tone
    across.addWidget(IconLabel(spec.icon_name, role, 16), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    tidy(words, 0)
    words.addWidget(wrapping(f"{row.label} – {_state(row, spec.word, today)}"))
    if row.outcome and row.source:
        words.addWidget(wrapping(row.source, "cap"))
    across.addLayout(words, 1)
    return made


def _state(row: ConditionRow, word: str, today: dt.date) -> str:
    """«oppfylt, vurdert 3. nov.», «ikke vurdert, forslag finnes»."""
    said = f"{word[:1].lower()}{word[1:]}"
    if row.outcome and row.checked_on is not None:
        year = "" if row.checked_on.year == today.year else f" {row.checked_on.year}"
        return f"{said}, vurdert {short_date(row.checked_on)}{year}"
    return f"{said}, forslag finnes" if has_suggestion(row) else said
