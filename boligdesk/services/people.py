"""People: find, register, change, protect. Searching comes before registering (``matches``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Protection
from boligdesk.domain.text import clean
from boligdesk.services.errors import InvalidInput, NotAllowed
from boligdesk.services.person_input import check_period, checked_name, checked_person
from boligdesk.services.person_readers import FileReaders, grounds

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.records.common import Page, Saved, Sort
    from boligdesk.services.records.people import (
        AddressDraft,
        NameDraft,
        PersonDetail,
        PersonDraft,
        PersonFilter,
        PersonMatch,
        PersonProbe,
        PersonRow,
    )


class People(FileReaders):
    """Everything here shows only people the user may read; numbers are masked."""

    def page(self, where: PersonFilter, sort: Sort, offset: int, limit: int) -> Page[PersonRow]:
        """One window of the list. Sort keys: name, birth, city, district, created."""
        return self._session.read(lambda view: view.people.page(where, sort, offset, limit))

    def detail(self, person_id: UUID, reason: str | None = None) -> PersonDetail:
        """Everything about one person; leaves a read entry. The id of a merged file opens the one it lies in.

        Raises NotFound, and InvalidInput («reason») when a strictly confidential file is opened without one.
        """
        self._session.require(Right.READ_PEOPLE)
        stated = clean(reason or "") or None

        def work(unit: Work) -> PersonDetail:
            current = unit.merging.current(person_id)
            if unit.people.level(current) >= Protection.STRICT.level and stated is None:
                raise InvalidInput("reason", "Skriv hvorfor du åpner mappen.", "Mappen er strengt fortrolig.")
            unit.write_people.opened(current, stated)
            return unit.people.detail(current)

        return self._session.store.write(self._session.user.id, work)

    def register(self, draft: PersonDraft) -> Saved:
        """A new person; no number is needed. Raises InvalidInput."""
        return self._session.write(
            Right.WRITE_PEOPLE,
            lambda work: work.write_people.register(checked_person(draft, work.today)),
        )

    def change(self, draft: PersonDraft) -> Saved:
        """Save over ``draft.version``; without a difference nothing is written (``event_id`` None).

        Raises InvalidInput, NotFound, and ConflictError whose ``mine`` and ``theirs`` are words by field
        (``person_words.FIELD_WORDS``).
        """
        return self._session.write(
            Right.WRITE_PEOPLE,
            lambda work: work.write_people.change(checked_person(draft, work.today)),
        )

    def matches(self, probe: PersonProbe) -> tuple[PersonMatch, ...]:
        """Likely duplicates of what is typed so far, the surest first; at most eight."""
        return self._session.read(lambda view: view.people.matches(probe))

    def reveal_number(self, person_id: UUID, identifier_id: UUID) -> str:
        """The whole number, to be shown for half a minute; leaves a read entry «vis_nummer»."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.store.write(
            self._session.user.id, lambda work: work.write_people.reveal_number(person_id, identifier_id)
        )

    def correct_name(self, person_id: UUID, version: int, name: NameDraft) -> Saved:
        """A slip of the pen put right where it stands; the log keeps old and new, and no former name is left.

        ``name.id`` says which. A new name from a day goes through ``change``. Raises as ``change``.
        """
        checked = checked_name(name)
        check_period("names", name.valid_from, name.valid_to)
        return self._session.write(
            Right.WRITE_PEOPLE, lambda work: work.write_people.correct_name(person_id, version, checked)
        )

    def reveal_address(self, person_id: UUID, address_id: UUID, reason: str = "") -> AddressDraft:
        """The address of somebody protected; leaves a read entry «vis_adresse» with the reason, if any."""
        self._session.require(Right.READ_PEOPLE)
        why = clean(reason) or None
        return self._session.store.write(
            self._session.user.id,
            lambda work: work.write_people.reveal_address(person_id, address_id, why),
        )

    def protect(
        self,
        person_id: UUID,
        version: int,
        level_code: str,
        decided_by: str,
        basis: str,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> Saved:
        """Address protection from ``since`` (None = today), for the household and the cases too.

        On a day to come it takes effect by itself, and so it ends on ``until``, the first day without it.
        ``decided_by`` police, child welfare or leader in words; ``basis`` what shows it. Raises NotAllowed
        when the user is not cleared for the level, NotFound, ConflictError, InvalidInput.
        """
        level = _level(level_code)
        if self._session.user.clearance < min(level.level, Protection.STRICT.level):
            raise NotAllowed(
                "Du har ikke tilgang til mapper med denne adressesperren.",
                safe="Ingenting er endret.",
                todo="Be en som har tilgangen, om å gjøre det.",
            )
        who, why = grounds("decided_by", decided_by), grounds("basis", basis)

        def work(unit: Work) -> Saved:
            _not_past("valid_from", since, unit.today)
            if until is not None and until <= (since or unit.today):
                raise InvalidInput("valid_to", "Sperren må vare minst en dag.", todo="Rett en av datoene.")
            return unit.write_people.protect(person_id, version, level, who, why, since, until)

        return self._session.write(Right.PROTECT_PEOPLE, work)

    def end_protection(self, person_id: UUID, version: int, basis: str, ends: dt.date | None = None) -> Saved:
        """The protection ends on ``ends`` (None = today); needs the notice that says so. Raises as ``protect``."""
        why = grounds("basis", basis)

        def work(unit: Work) -> Saved:
            _not_past("ends", ends, unit.today)
            return unit.write_people.end_protection(person_id, version, why, ends)

        return self._session.write(Right.PROTECT_PEOPLE, work)


def _level(code: str) -> Protection:
    if code not in Protection.codes() or code == Protection.NONE:
        raise InvalidInput("level", "Velg hvilken adressesperre det gjelder.")
    return Protection(code)


def _not_past(field: str, day: dt.date | None, today: dt.date) -> None:
    """What was shown to somebody cannot be hidden afterwards, so a protection has no past."""
    if day is not None and day < today:
        raise InvalidInput(field, "Datoen er før i dag.", todo="Velg i dag eller en dag som kommer.")
