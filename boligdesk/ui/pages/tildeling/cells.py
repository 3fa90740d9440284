"""One need held against the dwelling, in the few words a cell has room for; quiet when it is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import MatchOutcome, NeedKey, NeedKind
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    from boligdesk.domain.matching import Match
    from boligdesk.services.records.allocation import Candidate

#: Needs with a column of their own, in this order; the others are told in the last column and in the panel.
SHOWN = (
    NeedKey.BEDROOMS,
    NeedKey.LIFT_OR_GROUND,
    NeedKey.HOUSEHOLD,
    NeedKey.DISTRICT,
    NeedKey.RENT,
    NeedKey.NEIGHBOURHOOD,
)
_UNKNOWN_WORDS = {"", "Ukjent"}
_NONE = PillSpec("neutral", "Ikke vurdert", "question_circle")
_UNKNOWN = PillSpec("neutral", "Ukjent", "question_circle")
_MASKED = {
    MatchOutcome.MET: PillSpec("ok", "Ja"),
    MatchOutcome.NOT_MET: PillSpec("lock", "Nei"),
    MatchOutcome.UNKNOWN: PillSpec("lock", "Må sjekkes"),
    MatchOutcome.TO_CHECK: PillSpec("lock", "Må sjekkes"),
}


def match_of(row: Candidate, need: str) -> Match | None:
    """None = the need is left out of this vacancy."""
    return next((match for match in row.matches if match.need == need), None)


def needs_of(row: Candidate) -> tuple[Match, ...]:
    """What is held against the dwelling: everything but the priority."""
    return tuple(match for match in row.matches if match.kind != NeedKind.PRIORITY)


def cell(row: Candidate, need: str) -> PillSpec:
    """Icon and wanted or has. Masked rows say the outcome alone."""
    match = match_of(row, need)
    if match is None:
        return _NONE
    if row.is_masked:
        return _MASKED[MatchOutcome(match.outcome)]
    if match.outcome == MatchOutcome.MET:
        return PillSpec("ok", _met(match))
    if match.outcome == MatchOutcome.UNKNOWN:
        return PillSpec("warn", "Mangler") if need == NeedKey.RENT else _UNKNOWN
    if match.outcome == MatchOutcome.TO_CHECK:
        return _to_check(match)
    return PillSpec("warn" if match.kind == NeedKind.WISH else "crit", _unmet(match))


def _met(match: Match) -> str:
    if match.need == NeedKey.BEDROOMS:
        return f"{match.wanted} av {match.has}"
    if match.need == NeedKey.HOUSEHOLD:
        return match.wanted
    if match.need == NeedKey.DISTRICT:
        return "Ja" if match.has in _UNKNOWN_WORDS else match.has
    return "Ja"


def _unmet(match: Match) -> str:
    if match.need == NeedKey.BEDROOMS:
        return f"{match.wanted} av {match.has}"
    if match.need == NeedKey.HOUSEHOLD:
        return match.wanted
    if match.need == NeedKey.DISTRICT:
        return "Annet ønske" if match.kind == NeedKind.WISH else "Ikke her"
    if match.need == NeedKey.RENT:
        return "For dyr"
    return "Nei"


def _to_check(match: Match) -> PillSpec:
    """Something is not known of the dwelling, or the neighbourhood is above its limit."""
    if match.has in _UNKNOWN_WORDS:
        return _UNKNOWN
    return PillSpec("warn", "Over grensen") if match.need == NeedKey.NEIGHBOURHOOD else _UNKNOWN


def met_words(row: Candidate) -> str:
    """«9 av 11 krav · 2 ukjent»: few words, the cells say which."""
    needs = needs_of(row)
    met = sum(match.outcome == MatchOutcome.MET for match in needs)
    parts = [f"{met} av {len(needs)} krav"] if needs else []
    if row.unknowns:
        parts.append(f"{row.unknowns} ukjent")
    return " · ".join(parts)


def failed_words(row: Candidate) -> str:
    """«2 absolutte krav er ikke oppfylt»."""
    failed = sum(
        match.outcome == MatchOutcome.NOT_MET and match.kind == NeedKind.ABSOLUTE for match in row.matches
    )
    if not failed:
        return ""
    return "1 absolutt krav er ikke oppfylt" if failed == 1 else f"{failed} absolutte krav er ikke oppfylt"
