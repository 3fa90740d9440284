"""How the tab «Vurdering» and the card «Vilkår» say what is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import ConditionOutcome, TrackOutcome
from boligdesk.domain.calendar import long_date, short_date
from boligdesk.domain.catalog import TrackStatus
from boligdesk.domain.letters import LETTERS
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.assessment import ConditionRow, Terms, TrackDetail
    from boligdesk.ui.theme import Tone

_O = ConditionOutcome
_PILLS = {
    "": PillSpec("neutral", "Ikke vurdert", "question_circle"),
    _O.MET.value: PillSpec("ok", "Oppfylt"),
    _O.NOT_MET.value: PillSpec("crit", "Ikke oppfylt"),
    _O.UNSET.value: PillSpec("warn", "Mangler"),
    _O.EXCEPTION.value: PillSpec("info", "Unntak gitt"),
    _O.NOT_RELEVANT.value: PillSpec("neutral", "Ikke aktuelt", "dismiss"),
}
_SUGGESTED = {
    _O.MET.value: "Foreslått oppfylt",
    _O.NOT_MET.value: "Foreslått ikke oppfylt",
    _O.EXCEPTION.value: "Foreslått unntak",
    _O.NOT_RELEVANT.value: "Foreslått ikke aktuelt",
}
_TRACK_PILLS = {
    TrackStatus.OPEN.value: PillSpec("neutral", TrackStatus.OPEN.label),
    TrackStatus.ASSESSING.value: PillSpec("info", TrackStatus.ASSESSING.label, "edit", quiet=True),
    TrackStatus.DECIDED.value: PillSpec("ok", TrackStatus.DECIDED.label),
    TrackStatus.FINAL.value: PillSpec("ok", TrackStatus.FINAL.label),
    TrackStatus.LAPSED.value: PillSpec("neutral", TrackStatus.LAPSED.label),
}
_CONCLUDED = frozenset({TrackStatus.RECOMMENDED, TrackStatus.DECIDED, TrackStatus.FINAL})


def condition_pill(outcome: str) -> PillSpec:
    return _PILLS.get(outcome, _PILLS[""])


def has_suggestion(row: ConditionRow) -> bool:
    """The facts point to an answer, and nobody has judged the condition yet."""
    return not row.outcome and row.suggested in _SUGGESTED


def suggestion_words(row: ConditionRow) -> str:
    """«Foreslått oppfylt: har bodd her siden 3. mars 2020.»."""
    why = row.suggested_why.removeprefix("Foreslått: ")
    return (
        f"{_SUGGESTED[row.suggested]}: {why[:1].lower()}{why[1:]}" if why else f"{_SUGGESTED[row.suggested]}."
    )


def source_words(row: ConditionRow, today: dt.date) -> str:
    """«Kilde: søknaden 26. okt. · vurdert 3. nov. av Ingrid B.»."""
    judged = ""
    if row.checked_on is not None:
        year = "" if row.checked_on.year == today.year else f" {row.checked_on.year}"
        judged = f"vurdert {short_date(row.checked_on)}{year}" + (f" av {row.by}" if row.by else "")
    said = " · ".join(part for part in (f"kilde: {row.source}" if row.source else "", judged) if part)
    return f"{said[:1].upper()}{said[1:]}"


def is_concluded(track: TrackDetail) -> bool:
    return track.status in _CONCLUDED


def track_pill(track: TrackDetail) -> PillSpec:
    """«Innstilt: innvilget», «Avgjort: avslått» once it is concluded."""
    known = track.proposed_outcome in TrackOutcome.codes()
    if known and track.status in {TrackStatus.RECOMMENDED, TrackStatus.DECIDED}:
        outcome = TrackOutcome(track.proposed_outcome)
        tone: Tone = "ok" if outcome is TrackOutcome.GRANTED else "neutral"
        return PillSpec(tone, f"{TrackStatus(track.status).label}: {outcome.label.lower()}")
    return _TRACK_PILLS.get(track.status, PillSpec("neutral", track.status))


def letter_kind(track: TrackDetail) -> str:
    """The letter that tells the conclusion; "" when there is none."""
    for kind, spec in LETTERS.items():
        if spec.track == track.law and track.proposed_outcome in spec.outcomes:
            return kind.value
    return ""


def terms_lines(terms: Terms) -> list[tuple[str, str]]:
    """What the decision says of the dwelling, label and value; what is not set is left out."""
    lines = [
        ("Soverom", _span(terms.bedrooms_min, terms.bedrooms_max)),
        ("Rom", "" if terms.rooms is None else str(terms.rooms)),
        ("Areal", "" if terms.area_m2 is None else f"om lag {terms.area_m2}\u00a0m²"),
        ("Etasje", terms.floor_need),
        ("Leietid", "" if terms.term_months is None else f"{terms.term_months} måneder"),
        ("Godkjenningen gjelder til", long_date(terms.valid_to) if terms.valid_to else ""),
        ("Oppfølging", terms.follow_up),
    ]
    return [line for line in lines if line[1]]


def _span(least: int | None, most: int | None) -> str:
    if least is None and most is None:
        return ""
    if least == most:
        return str(least)
    if most is None:
        return f"minst {least}"
    return f"høyst {most}" if least is None else f"{least}–{most}"
