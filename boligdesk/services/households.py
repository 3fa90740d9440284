"""Households: who lives together, through time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import MemberRole
from boligdesk.domain.text import clean
from boligdesk.services.errors import InvalidInput
from boligdesk.services.person_input import check_period, checked_person

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.people import (
        HouseholdDetail,
        HouseholdDraft,
        MemberDraft,
        PersonDraft,
        SplitDraft,
    )
    from boligdesk.services.session import Session

_LABEL_MAX = 200
_ALL_NIGHTS = 100


class Households:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of_person(self, person_id: UUID, as_of: dt.date | None = None) -> tuple[HouseholdDetail, ...]:
        """Homes of the person on the day (None = today) first, then the others."""
        return self._session.read(lambda view: view.households.of_person(person_id, as_of))

    def detail(self, household_id: UUID, as_of: dt.date | None = None) -> HouseholdDetail:
        """Members through time, and the summary for the day. Raises NotFound."""
        return self._session.read(lambda view: view.households.detail(household_id, as_of))

    def save(self, draft: HouseholdDraft) -> Saved:
        """Register (``id`` None) or save over ``version``; without a difference nothing is written.

        Members with an ``id`` are kept, corrected or ended; another share of nights ends the row and starts a
        new one. An expected child that is born keeps its row and gets its ``person_id``. A household with
        ``dissolved_on`` ends for all. Raises InvalidInput, NotFound, ConflictError.
        """
        checked = checked_household(draft)
        return self._session.write(Right.WRITE_PEOPLE, lambda work: _stored(work, checked))

    def save_with_newcomer(self, draft: HouseholdDraft, member: MemberDraft, person: PersonDraft) -> Saved:
        """As ``save`` with ``member`` too, whose ``person`` gets a file in the same act: both, or neither.

        ``member`` may be an expected child (``id``) that is born. What «Angre» takes back is the household; the
        person's file stays. Raises InvalidInput of a person or a household, NotFound, ConflictError.
        """

        def work(work: Work) -> Saved:
            registered = work.write_people.register(checked_person(person, work.today))
            added = replace(member, person_id=registered.id, expected_on=None)
            saved = _stored(work, checked_household(replace(draft, members=(*draft.members, added))))
            return replace(saved, changes=saved.changes | registered.changes)

        return self._session.write(Right.WRITE_PEOPLE, work)

    def split(self, draft: SplitDraft) -> Saved:
        """Some move out and make a household of their own from the same day: one act, taken back as one.

        ``Saved`` is of the new household. Raises InvalidInput, NotFound, ConflictError.
        """
        label = _label(draft.label)
        if not draft.leaving:
            raise InvalidInput("members", "Velg hvem som flytter ut.")
        return self._session.write(
            Right.WRITE_PEOPLE, lambda work: work.write_households.split(replace(draft, label=label))
        )


def checked_household(draft: HouseholdDraft) -> HouseholdDraft:
    """The draft as it may be stored. Raises InvalidInput naming the field of ``HouseholdDraft``."""
    label = _label(draft.label)
    if draft.formed_on and draft.dissolved_on and draft.dissolved_on < draft.formed_on:
        raise InvalidInput(
            "dissolved_on", "Husstanden er oppløst før den ble til.", todo="Rett en av datoene."
        )
    if draft.id is None and not draft.members:
        raise InvalidInput("members", "Legg til minst én person i husstanden.")
    for member in draft.members:
        _check_member(member)
    return replace(draft, label=label)


def _stored(work: Work, checked: HouseholdDraft) -> Saved:
    households = work.write_households
    return households.register(checked) if checked.id is None else households.change(checked)


def _label(text: str) -> str:
    label = clean(text[: _LABEL_MAX * 2])
    if len(label) > _LABEL_MAX:
        raise InvalidInput(
            "label",
            "Navnet på husstanden er for langt.",
            f"Det kan ha høyst {_LABEL_MAX} tegn.",
            "Kort det ned.",
        )
    return label


def _check_member(member: MemberDraft) -> None:
    if member.role not in MemberRole.codes():
        raise InvalidInput("members", "Velg hva personen er i husstanden.")
    check_period("members", member.valid_from, member.valid_to)
    if member.care_share is not None and not 0 <= member.care_share <= _ALL_NIGHTS:
        raise InvalidInput("members", "Andelen netter må være fra 0 til 100 prosent.")
    if member.id is None and member.person_id is None:
        if member.role != MemberRole.CHILD:
            raise InvalidInput("members", "Velg hvem det gjelder.")
        if member.expected_on is None:
            raise InvalidInput("members", "Skriv når barnet er ventet.", todo="Et anslag er nok.")
