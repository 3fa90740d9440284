"""Assessment, as the services see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.records.assessment import ConditionDraft, Terms
    from boligdesk.services.records.common import FactValue


@dataclass(frozen=True, slots=True)
class StoredCondition:
    key: str
    outcome: str
    reason_text: str
    exception_reason: str
    source_text: str
    checked_on: dt.date | None
    by: str


@dataclass(frozen=True, slots=True)
class TrackState:
    """A track as stored, for the rules to look at. ``vedtak_version`` 0 = no vedtak drafted."""

    id: UUID
    version: int
    law: str
    no: int
    decision_body: str
    appeal_body: str
    status: str
    conditions: tuple[StoredCondition, ...]
    proposed_outcome: str
    conclusion_text: str
    wishes_text: str
    vedtak_id: UUID | None
    vedtak_version: int
    prepared_by: UUID | None
    decided_on: dt.date | None
    main_content: tuple[str, ...]
    terms: Terms
    other_help_text: str
    children_text: str
    priority_class: str
    """The class the decision gives; frozen when the track is concluded."""
    priority_reason: str
    """Why a person chose another class than the rules suggested; "" = as suggested."""
    rule_edition_id: UUID | None
    """The rules it was concluded by; None before that."""
    letter_id: UUID | None
    letter_status: str


@dataclass(frozen=True, slots=True)
class CaseKnown:
    """What the rules look at in a case: facts of the application and the household in figures.

    Figures are those of the registered household, else what the application says; None = neither knows.
    ``children``: everybody under 18, also those who live there part of the time (``children_part_time``).
    """

    case_id: UUID
    case_version: int
    phase: str
    is_open: bool
    applicant_id: UUID
    birth_on: dt.date | None
    written_form: str
    household_id: UUID | None
    persons: int | None
    adults: int | None
    children: int | None
    children_part_time: int | None
    expects_child: bool | None
    received_on: dt.date
    facts: tuple[FactValue, ...]
    tracks: tuple[TrackState, ...]
    conflict_user_ids: tuple[UUID, ...]
    """Colleagues who said that they know the applicant."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A checked judgement of one condition, with the facts it rests on. ``label`` is for the timeline."""

    draft: ConditionDraft
    label: str
    source_text: str
    fact_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Concluded:
    """A checked conclusion, ready to be stored as the track's and as a draft vedtak."""

    outcome: str
    kind: str
    conclusion_text: str
    wishes_text: str
    other_help_text: str
    children_text: str
    main_content: tuple[str, ...]
    terms: Terms
    priority_class: str
    priority_reason: str


class AssessmentReads(Protocol):
    def known(self, case_id: UUID) -> CaseKnown:
        """Raises NotFound for a case the viewer may not open."""
        ...

    def conflicts(self, case_id: UUID) -> tuple[UUID, ...]:
        """Colleagues who said that they know the applicant; the latest answer of each counts."""
        ...

    def rule_sets(self) -> tuple[tuple[UUID, RuleSet], ...]:
        """Adopted rule sets of the office with their editions, newest first."""
        ...

    def edition(self, edition_id: UUID) -> RuleSet:
        """The rules as they were kept. Raises NotFound."""
        ...

    def rules_text(self, edition_id: UUID) -> str:
        """The rules as a file that can be changed and adopted anew. Raises NotFound."""
        ...

    def edition_of(self, sha256: str) -> UUID | None:
        """The edition with this content, adopted or only used; None = neither."""
        ...

    def districts(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the areas in use: the codes stand in the waiting list."""
        ...


class AssessmentWrites(Protocol):
    def keep_rules(self, rule_set: RuleSet, text: str) -> UUID:
        """Under the event that is open: the edition of these rules (same sha256), kept for ever when it is new."""
        ...

    def adopt_rules(self, rule_set: RuleSet, text: str, reason: str = "") -> Stored:
        """(edition, version, event or None when they are adopted already).

        Raises UserError when the same version of the set was kept with other content.
        """
        ...

    def assess(
        self,
        case_id: UUID,
        track_id: UUID,
        version: int,
        judgements: tuple[Judgement, ...],
        *,
        accepted: bool = False,
    ) -> Stored:
        """(track, its version, event). Moves the track to utredes, and the case with it.

        ``accepted``: a person took what was suggested. Raises ConflictError with what differs.
        """
        ...

    def conclude(
        self,
        case_id: UUID,
        track_id: UUID,
        version: int,
        concluded: Concluded,
        rule_set: RuleSet,
        text: str,
    ) -> Stored:
        """Track innstilt, its live vedtak draft made or saved; case phase at least vedtak when all are."""
        ...

    def reopen_track(self, case_id: UUID, track_id: UUID, version: int, reason: str) -> Stored:
        """Back to utredes before the decision is made; the draft vedtak ends with the reason."""
        ...
