"""Assessment of a case: conditions, priority and conclusion of each legal track."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class RuleSetRow:
    """A rule set of the office. ``edition_id`` None = shipped with the program and not yet used here."""

    key: str
    version: int
    title: str
    source: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    sha256: str
    edition_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One condition as the page shows it.

    ``outcome`` "" = nobody has judged it yet. ``suggested`` is what the known facts point to, with the sentence
    why («Foreslått: har bodd her siden 3. mars 2020, søknaden 26. oktober»): a person decides.
    """

    key: str
    label: str
    question: str
    law: str
    outcome: str
    reason_text: str
    exception_reason: str
    source: str
    checked_on: dt.date | None
    by: str
    allows_exception: bool
    suggested: str
    suggested_why: str
    missing: tuple[str, ...] = ()
    """Labels of the facts that nobody has answered yet."""


@dataclass(frozen=True, slots=True)
class PriorityView:
    """The suggested class, and the one in force when a person chose another (``overridden_reason``)."""

    suggested_class: str
    suggested_label: str
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    chosen_class: str = ""
    chosen_label: str = ""
    overridden_reason: str = ""
    classes: tuple[tuple[str, str], ...] = ()
    """(code, label) of all classes of the rule set, first first."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a dwelling decision says of the dwelling and the tenancy (Husbanken's advice; domain.md 1.7)."""

    bedrooms_min: int | None = None
    bedrooms_max: int | None = None
    rooms: int | None = None
    area_m2: int | None = None
    floor_need: str = ""
    """Words: «første etasje eller heis», "" = no need."""
    term_months: int | None = None
    valid_to: dt.date | None = None
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class TrackDetail:
    """One legal question with all that is decided on it. ``version`` is the track's."""

    id: UUID
    version: int
    law: str
    label: str
    decision_body: str
    appeal_body: str
    status: str
    conditions: tuple[ConditionRow, ...]
    proposed_outcome: str
    conclusion_text: str
    wishes_text: str
    other_help_text: str
    children_text: str
    main_content: tuple[str, ...]
    terms: Terms
    can_conclude: bool
    why_not: tuple[str, ...]
    """What stands in the way of concluding, in sentences."""
    vedtak_id: UUID | None = None
    decided_on: dt.date | None = None
    letter_id: UUID | None = None
    letter_status: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The tab «Vurdering»."""

    case_id: UUID
    case_version: int
    rule_set: RuleSetRow
    tracks: tuple[TrackDetail, ...]
    priority: PriorityView | None
    has_children: bool
    written_form: str


@dataclass(frozen=True, slots=True)
class ConditionDraft:
    """A person's judgement. ``outcome`` needs a reason, an exception its own."""

    key: str
    outcome: str
    reason_text: str
    exception_reason: str = ""
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ConclusionDraft:
    """The end of a track: outcome (innvilgelse, avslag) and the words that flow into the letter.

    ``priority_class`` "" = as suggested; another class than suggested needs ``priority_reason``.
    ``main_content``: the help given, a sentence each (boligsosialloven § 7: hovedinnholdet i bistanden).
    """

    outcome: str
    conclusion_text: str
    wishes_text: str = ""
    other_help_text: str = ""
    children_text: str = ""
    main_content: tuple[str, ...] = ()
    terms: Terms = dataclasses.field(default_factory=Terms)
    priority_class: str = ""
    priority_reason: str = ""
