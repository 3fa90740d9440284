"""Vacancies, shortlists, waiting list, offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.matching import Match


@dataclass(frozen=True, slots=True)
class VacancyFilter:
    """``stages`` empty = all that are in work. ``text``: street, dwelling code."""

    text: str = ""
    stages: tuple[str, ...] = ()
    with_ended: bool = False


@dataclass(frozen=True, slots=True)
class VacancyRow:
    id: UUID
    version: int
    dwelling_id: UUID
    code: str
    address: str
    district: str
    bedrooms: int | None
    rooms: int | None
    area_m2x10: int | None
    floor: int | None
    rent_ore: int | None
    stage: str
    reported_on: dt.date
    free_from: dt.date
    void_days: int
    """Days without a tenant up to today (tomgang)."""
    offer_id: UUID | None = None
    offer_to: str = ""
    """Masked for those without access."""
    reply_due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Demands:
    """What this vacancy asks besides the dwelling's own facts: changed by «Endre krav»."""

    require: tuple[str, ...] = ()
    """Need keys lifted from wish to absolute for this vacancy."""
    wish: tuple[str, ...] = ()
    """Need keys that only sort for this vacancy, and never exclude."""
    ignore: tuple[str, ...] = ()
    """Need keys left out of this vacancy, each must be said why in ``reason``."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VacancyDetail:
    row: VacancyRow
    demands: Demands
    facts: tuple[tuple[str, str, str], ...]
    """(label, value in words, source and date) of what the dwelling is; unknown says «Vet ikke»."""
    unknown_facts: tuple[str, ...]
    """Accessibility facts to find out before a shortlist is made."""
    share_text: str
    """«2 av 12 kommunale i oppgangen (17 %), grense 25 %»."""
    shortlists: tuple[ShortlistRef, ...]
    offers: tuple[OfferRow, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ShortlistRef:
    id: UUID
    no: int
    computed_at: dt.datetime
    by: str
    rule_title: str
    rule_version: int
    considered: int
    eligible: int
    sha256: str
    as_of_on: dt.date


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of a shortlist. ``rank`` None = not eligible; ``first_fail`` says why in a sentence.

    A masked candidate (kode 7 without access) has the masked name, outcomes of its matches and no values.
    Kode 6 is never here.
    """

    entry_id: UUID
    case_id: UUID | None
    case_number: str
    applicant: str
    is_masked: bool
    rank: int | None
    priority_class: str
    priority_text: str
    waiting_since: dt.date
    matches: tuple[Match, ...]
    first_fail: str
    unknowns: int
    has_live_offer: bool
    why_here: str
    """«Prioritet A: barn, må ut 15. des.»"""


@dataclass(frozen=True, slots=True)
class ShortlistView:
    """A computed (``ref`` None) or frozen shortlist: the first rows and the counts."""

    vacancy_id: UUID
    rule_title: str
    rule_version: int
    computed_at: dt.datetime
    considered: int
    eligible: int
    candidates: tuple[Candidate, ...]
    excluded_by: tuple[tuple[str, int], ...]
    """(need in words, how many it excludes first)."""
    near_misses: tuple[Candidate, ...] = ()
    hidden: int = 0
    ref: ShortlistRef | None = None


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One applicant in the list as it is and in «Hva om?». Place None = not in it."""

    entry_id: UUID
    applicant: str
    is_masked: bool
    before: int | None
    after: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Compared:
    """«Hva om?»: what other demands lead to, beside the list as it is. The rows are the first of each group."""

    before: ShortlistView
    after: ShortlistView
    came: tuple[MovedRow, ...]
    gone: tuple[MovedRow, ...]
    moved: tuple[MovedRow, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to «Hvorfor er X nr. 1?»."""

    title: str
    sentences: tuple[str, ...]
    matches: tuple[Match, ...]
    rule_title: str
    rule_version: int


@dataclass(frozen=True, slots=True)
class VacancyDraft:
    """A reported vacancy. ``id`` None = a new one."""

    dwelling_id: UUID
    free_from: dt.date | None = None
    remark: str = ""
    id: UUID | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class OfferRow:
    """``applicant`` is masked for those without access."""

    id: UUID
    version: int
    vacancy_id: UUID
    dwelling_id: UUID
    address: str
    case_id: UUID | None
    case_number: str
    applicant: str
    is_masked: bool
    state: str
    rank: int | None
    chosen_reason: str
    sent_on: dt.date | None
    reply_due_on: dt.date | None
    answer: str
    answered_on: dt.date | None
    answer_reason: str
    consequence: str
    letter_id: UUID | None
    letter_status: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What the offer letter says of the tenancy."""

    rent_ore: int | None = None
    deposit_ore: int | None = None
    move_in_on: dt.date | None = None
    viewing: str = ""
    term_months: int | None = None


@dataclass(frozen=True, slots=True)
class AfterAnswer:
    """What the rules propose after a no or a silence. A person decides; ``needs_notice``: prior notice first."""

    consequence: str
    label: str
    sentence: str
    needs_notice: bool


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """``states`` empty = all that are on the list now. ``needs``: keys that the applicant must have.

    What a masked row does not show is never told by a filter: masked rows fall out.
    """

    text: str = ""
    priority_classes: tuple[str, ...] = ()
    bedrooms: int | None = None
    needs: tuple[str, ...] = ()
    district: str = ""
    with_children: bool | None = None
    valid_before: dt.date | None = None
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingRow:
    id: UUID
    version: int
    case_id: UUID | None
    case_number: str
    applicant: str
    is_masked: bool
    priority_class: str
    priority_text: str
    need_text: str
    district_text: str
    waiting_since: dt.date
    offers_made: int
    valid_to: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """Somebody approved before, entered by hand. Needs: 1 absolute, 2 wish, 0 none, None unknown.

    ``districts_wish`` and ``districts_no`` are codes of districts. ``reason``: where the approval stands.
    """

    case_id: UUID
    priority_class: str
    waiting_since: dt.date
    reason: str
    valid_to: dt.date | None = None
    bedrooms_min: int | None = None
    bedrooms_max: int | None = None
    persons: int | None = None
    children: int | None = None
    max_rent_ore: int | None = None
    step_free: int | None = None
    lift_or_ground: int | None = None
    wheelchair: int | None = None
    staffed: int | None = None
    shielded: int | None = None
    pets: int | None = None
    districts_wish: tuple[str, ...] = ()
    districts_no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllocationCounts:
    """Heads of the pipeline: stage -> how many; and the waiting list in two figures."""

    by_stage: dict[str, int]
    waiting: int
    median_wait_days: int | None
    offers_out: int
    moved_in_this_month: int
