"""People: find, register, change, protect. Searching comes before registering (``matches``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Protection
from boligdesk.domain.text import clean
from boligdesk.services.errors import InvalidInput, NotAllowed
from boligdesk.services.person_input import checked_person

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.records.common import Page, Saved, Sort
    from boligdesk.services.records.people import (
        PersonDetail,
        PersonDraft,
        PersonFilter,
        PersonMatch,
        PersonProbe,
        PersonRow,
    )
    from boligdesk.services.session import Session

_BASIS_MAX = 500


class People:
    """Everything here shows only people the user may read; numbers are masked."""

    def __init__(self, session: Session) -> None:
        self._session = session

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

    def protect(self, person_id: UUID, version: int, level_code: str, decided_by: str, basis: str) -> Saved:
        """Address protection from today, at once for the household and the cases too.

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
        who, why = _grounds("decided_by", decided_by), _grounds("basis", basis)
        return self._session.write(
            Right.PROTECT_PEOPLE, lambda work: work.write_people.protect(person_id, version, level, who, why)
        )

    def end_protection(self, person_id: UUID, version: int, basis: str) -> Saved:
        """The protection ends today; needs the notice that says so. Raises as ``protect``."""
        why = _grounds("basis", basis)
        return self._session.write(
            Right.PROTECT_PEOPLE, lambda work: work.write_people.end_protection(person_id, version, why)
        )

    def name_reader(self, person_id: UUID, user_id: UUID, reason: str) -> Saved:
        """Give a colleague access to a strictly confidential file one can open oneself.

        Raises NotFound, and InvalidInput for a colleague without the clearance or who has access already.
        """
        why = _grounds("basis", reason)

        def work(unit: Work) -> Saved:
            colleague = next((user for user in unit.office.users() if user.id == user_id), None)
            if colleague is None or not colleague.active or colleague.clearance < Protection.STRICT.level:
                raise InvalidInput(
                    "user_id",
                    "Kollegaen kan ikke få denne mappen.",
                    "Det krever tilgang til strengt fortrolige saker.",
                    "Gi den tilgangen under «Brukere og tilgang» først.",
                )
            return unit.write_people.name_reader(person_id, user_id, why)

        return self._session.write(Right.PROTECT_PEOPLE, work)


def _level(code: str) -> Protection:
    if code not in Protection.codes() or code == Protection.NONE:
        raise InvalidInput("level", "Velg hvilken adressesperre det gjelder.")
    return Protection(code)


def _grounds(field: str, text: str) -> str:
    words = clean(text[: _BASIS_MAX * 2])
    if not words:
        what = "Skriv hvem som har bestemt det." if field == "decided_by" else "Skriv hva det bygger på."
        raise InvalidInput(field, what)
    if len(words) > _BASIS_MAX:
        raise InvalidInput(
            field, "Teksten er for lang.", f"Den kan ha høyst {_BASIS_MAX} tegn.", "Kort den ned."
        )
    return words
