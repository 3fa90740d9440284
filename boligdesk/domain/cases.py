"""Rules of a case: its number, legal tracks, phases, and when it may be closed (model.md 2.1)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from boligdesk.domain.catalog import CaseKind, CaseOutcome, CasePhase, TrackLaw

STATSFORVALTER = "Statsforvalteren"
APPEALS_BOARD = "Klagenemnda"
MUNICIPALITY = "Kommunen"

#: Day before which no case of this office can have come in.
EARLIEST = dt.date(1990, 1, 1)
_LAST_YEAR = 2200
_MOST_SEQUENCE = 9_999_999
_NUMBER = re.compile(r"\s*(\d{4})\s*/\s*(\d{1,7})\s*")


class CaseRuleError(ValueError):
    """The act does not fit the case as it is. The message is for people."""


@dataclass(frozen=True, slots=True)
class Track:
    """One legal question: law, who decides, who hears an appeal (domain.md 1.2)."""

    law: TrackLaw
    decision_body: str
    appeal_body: str


_HELP = Track(TrackLaw.BOLIGSOSIALLOVEN, MUNICIPALITY, STATSFORVALTER)
_LOCAL = Track(TrackLaw.LOCAL_RULES, MUNICIPALITY, APPEALS_BOARD)

#: Which questions a case of each kind opens. A request for a dwelling is always also one for help
#: (boligsosialloven § 7); the kinds left out open none of their own.
_TRACKS: dict[CaseKind, tuple[Track, ...]] = {
    CaseKind.HOUSING: (_HELP, _LOCAL),
    CaseKind.SWAP: (_HELP, _LOCAL),
    CaseKind.EXTENSION: (_HELP, _LOCAL),
    CaseKind.ASSISTANCE: (_HELP,),
    CaseKind.TEMPORARY_HOUSING: (Track(TrackLaw.SOCIAL_SERVICES_27, "NAV", STATSFORVALTER),),
    CaseKind.STARTLAN: (Track(TrackLaw.STARTLAN, MUNICIPALITY, APPEALS_BOARD),),
}

#: Kinds that begin with a request the office must answer (forvaltningsloven § 11a).
ANSWERED = frozenset(_TRACKS) | {CaseKind.GRANT, CaseKind.GUARANTEE, CaseKind.APPEAL, CaseKind.PARTY_ACCESS}

_BEFORE_VEDTAK = (CasePhase.RECEIVED, CasePhase.CONTROL, CasePhase.ASSESSMENT, CasePhase.INTAKE_TEAM)

#: Outcomes that are decisions: the legal questions are then answered, and so is the applicant.
DECISIONS = frozenset({CaseOutcome.GRANTED, CaseOutcome.REFUSED, CaseOutcome.DISMISSED})


def tracks_of(kind: CaseKind) -> tuple[Track, ...]:
    return _TRACKS.get(kind, ())


def format_number(year: int, sequence: int) -> str:
    """«2026/1275»."""
    return f"{year}/{sequence}"


def parse_number(text: str) -> tuple[int, int] | None:
    """(year, sequence) of a case number as people write it; None when it is not one."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    year, sequence = int(found[1]), int(found[2])
    in_range = EARLIEST.year <= year <= _LAST_YEAR and 1 <= sequence <= _MOST_SEQUENCE
    return (year, sequence) if in_range else None


def check_received(received_on: dt.date, today: dt.date) -> None:
    """Raises CaseRuleError for a day in the future or before there was an office."""
    if received_on > today:
        raise CaseRuleError("Søknaden kan ikke være mottatt fram i tid.")
    if received_on < EARLIEST:
        raise CaseRuleError(f"Datoen kan ikke stemme. Den må være etter {EARLIEST.year - 1}.")


def check_step(now: CasePhase, wanted: CasePhase) -> None:
    """Raises CaseRuleError unless the step leads forward and stays before the vedtak."""
    order = list(CasePhase)
    if wanted not in _BEFORE_VEDTAK:
        raise CaseRuleError("Saken får vedtak når vedtaket er fattet. Trinnet kan ikke settes for hånd.")
    if order.index(wanted) <= order.index(now):
        raise CaseRuleError(f"Saken er allerede kommet til «{now.label}».")


def public_title(kind: CaseKind) -> str:
    """Title of the case as anybody may read it: what it is about, never who."""
    return f"Sak om {kind.label[0].lower()}{kind.label[1:]}"
