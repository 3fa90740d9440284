"""Who may open a strictly confidential file (kode 6): two persons let a colleague in, one ends it (ui.md 3.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Protection
from boligdesk.domain.text import clean
from boligdesk.services.errors import InvalidInput, NotAllowed

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.people import FileReader
    from boligdesk.services.session import Session

_GROUNDS_MAX = 500


class FileReaders:
    """Part of ``People``. Each act is an event of the file's own log."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def readers(self, person_id: UUID) -> tuple[FileReader, ...]:
        """Who may open the file and who is proposed; nobody for a file that is not strictly confidential."""
        return self._session.read(lambda view: view.people.readers(person_id))

    def reader_proposals(self) -> tuple[FileReader, ...]:
        """What waits for a second person with the right, of all files; never says whose file it is."""
        return self._session.read(lambda view: view.people.reader_proposals())

    def propose_reader(self, person_id: UUID, user_id: UUID, reason: str) -> Saved:
        """Propose a colleague for a file one can open oneself; nobody is let in yet.

        Raises NotFound, and InvalidInput for a colleague without the clearance, or named already.
        """
        why = grounds("basis", reason)

        def work(unit: Work) -> Saved:
            colleague = next((user for user in unit.office.users() if user.id == user_id), None)
            if colleague is None or not colleague.active or colleague.clearance < Protection.STRICT.level:
                raise InvalidInput(
                    "user_id",
                    "Kollegaen kan ikke få denne mappen.",
                    "Det krever tilgang til strengt fortrolige saker.",
                    "Gi den tilgangen under «Brukere og tilgang» først.",
                )
            return unit.write_people.propose_reader(person_id, user_id, why)

        return self._session.write(Right.PROTECT_PEOPLE, work)

    def confirm_reader(self, member_id: UUID) -> Saved:
        """The second person lets the colleague in, without opening the file. Raises NotAllowed, NotFound."""
        if self._session.user.clearance < Protection.STRICT.level:
            raise NotAllowed(
                "Du har ikke tilgang til strengt fortrolige mapper.",
                safe="Ingen har fått tilgang.",
                todo="Be en som har tilgangen, om å bekrefte.",
            )
        return self._session.write(
            Right.PROTECT_PEOPLE, lambda work: work.write_people.confirm_reader(member_id)
        )

    def end_reader(self, member_id: UUID) -> Saved:
        """Access ends now, or a proposal is taken back. Raises NotFound, InvalidInput for the last one."""
        return self._session.write(Right.PROTECT_PEOPLE, lambda work: work.write_people.end_reader(member_id))


def grounds(field: str, text: str) -> str:
    words = clean(text[: _GROUNDS_MAX * 2])
    if not words:
        what = "Skriv hvem som har bestemt det." if field == "decided_by" else "Skriv hva det bygger på."
        raise InvalidInput(field, what)
    if len(words) > _GROUNDS_MAX:
        raise InvalidInput(
            field, "Teksten er for lang.", f"Den kan ha høyst {_GROUNDS_MAX} tegn.", "Kort den ned."
        )
    return words
