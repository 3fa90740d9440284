"""People and households."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """``text`` is searched as in Ctrl+K; the rest narrows."""

    text: str = ""
    district_id: UUID | None = None
    has_open_case: bool | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: UUID
    name: str
    birth_on: dt.date | None
    city: str
    district: str
    phone: str
    open_cases: int
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class NameDraft:
    given: str
    family: str
    middle: str = ""
    kind: str = "offisiell"
    id: UUID | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class IdentifierDraft:
    """``value`` is masked («150388 •••••») in what is read; a new number carries the digits."""

    kind: str
    value: str
    override_reason: str = ""
    id: UUID | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactDraft:
    kind: str
    value: str
    use: str = "privat"
    must_not_call: bool = False
    note: str = ""
    id: UUID | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """``is_hidden``: the address of somebody protected, not shown (``People.reveal_address``); saved, it stays."""

    kind: str = "bosted"
    street: str = ""
    house_no: str = ""
    letter: str = ""
    unit_no: str = ""
    care_of: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    district_id: UUID | None = None
    id: UUID | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class RepresentativeDraft:
    kind: str
    name: str
    org_name: str = ""
    phone: str = ""
    powers: str = ""
    letters: str = "i_tillegg"
    representative_person_id: UUID | None = None
    id: UUID | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person to register (``id`` None) or to save over ``version``.

    Children with an ``id`` are kept or ended (``valid_to``); a child whose words changed is ended and
    succeeded by a new one; a child left out is untouched.
    """

    names: tuple[NameDraft, ...]
    birth_on: dt.date | None = None
    birth_precision: str | None = None
    dead_on: dt.date | None = None
    written_form: str | None = None
    interpreter_language: str | None = None
    wants_paper: bool | None = None
    is_unidentified: bool = False
    remark: str = ""
    identifiers: tuple[IdentifierDraft, ...] = ()
    contacts: tuple[ContactDraft, ...] = ()
    addresses: tuple[AddressDraft, ...] = ()
    representatives: tuple[RepresentativeDraft, ...] = ()
    id: UUID | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class PersonCaseRow:
    id: UUID
    number: str
    kind: str
    phase: str
    opened_on: dt.date
    is_open: bool


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """Everything on the person page. ``draft`` holds live and ended children, oldest last."""

    id: UUID
    version: int
    name: str
    draft: PersonDraft
    protection: str
    """Stored code of ``Protection``; ``ingen`` for most."""
    protection_text: str
    households: tuple[HouseholdDetail, ...]
    cases: tuple[PersonCaseRow, ...]
    created_on: dt.date
    changed_on: dt.date
    changed_by: str


@dataclass(frozen=True, slots=True)
class FileReader:
    """Who may open a strictly confidential file, or is proposed to. ``since`` None = it waits for a second person.

    ``may_confirm``: the second person can be the one who asks.
    """

    id: UUID
    user_id: UUID
    name: str
    reason: str
    since: dt.date | None
    proposed_by: str
    proposed_on: dt.date
    may_confirm: bool = False


@dataclass(frozen=True, slots=True)
class PersonProbe:
    """What has been typed so far; everything may be empty."""

    text: str = ""
    given: str = ""
    family: str = ""
    national_id: str = ""
    birth_on: dt.date | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """A likely duplicate and why. ``strength`` 3 same number, 2 name and birth date or phone, 1 similar."""

    id: UUID
    name: str
    birth_on: dt.date | None
    why: str
    strength: int
    cases: tuple[PersonCaseRow, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """``person_id`` None = expected child (then ``expected_on``)."""

    role: str
    person_id: UUID | None = None
    name: str = ""
    birth_on: dt.date | None = None
    care_share: int | None = None
    expected_on: dt.date | None = None
    needs_own_room: bool | None = None
    counts_income: bool | None = None
    id: UUID | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class HouseholdDraft:
    members: tuple[MemberDraft, ...]
    label: str = ""
    formed_on: dt.date | None = None
    dissolved_on: dt.date | None = None
    id: UUID | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class SplitDraft:
    """Some members of a household move out together on a day, into a new one. Ids are those of the member rows."""

    household_id: UUID
    version: int
    leaving: tuple[UUID, ...]
    on: dt.date
    label: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdDetail:
    """``members`` hold ended ones too; ``as_of`` says which day the summary is for."""

    id: UUID
    version: int
    label: str
    members: tuple[MemberDraft, ...]
    formed_on: dt.date | None
    dissolved_on: dt.date | None
    summary: str
    """«2 voksne, 3 barn (4, 7 og 11 år)»."""
