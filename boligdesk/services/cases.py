"""Cases: the list, the page, and what happens to one on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.cases import CaseRuleError, check_step, parse_number
from boligdesk.domain.catalog import CaseOutcome, CasePhase, Protection, Role, WaitingOn
from boligdesk.domain.text import clean_long
from boligdesk.services import applications, documents, notes
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.common import Saved

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.ports import View, Work
    from boligdesk.services.ports.cases import CaseState, Stored
    from boligdesk.services.records.cases import (
        ApplicationDraft,
        CaseDetail,
        CaseFilter,
        CaseRow,
        DocumentDraft,
        DocumentRow,
        NoteDraft,
    )
    from boligdesk.services.records.common import FactDraft, Page, Sort, TimelineEntry
    from boligdesk.services.session import Session

MOST_REASON = 500


class Cases:
    """Every method raises NotFound for a case outside the user's reach, NotAllowed without the right."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- reading --------------------------------------------------------------------------------

    def page(self, wanted: CaseFilter, sort: Sort, offset: int = 0, limit: int = 200) -> Page[CaseRow]:
        """Sort keys: number, applicant, opened, due, kind, phase, assignee."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.cases.page(wanted, sort, offset, limit))

    def detail(self, case_id: UUID, reason: str | None = None) -> CaseDetail:
        """The page of a case. Leaves a read entry, with the reason where one is asked for.

        Raises NotFound, and InvalidInput («reason») when a strictly confidential file is opened without one.
        """
        stated = clean_long(reason or "")[:MOST_REASON] or None

        def work(unit: Work) -> CaseDetail:
            found = unit.cases.detail(case_id)
            if stated is None and Protection(found.identity.protection).level >= Protection.STRICT.level:
                raise InvalidInput("reason", "Skriv hvorfor du åpner saken.", "Saken er strengt fortrolig.")
            unit.write_cases.opened(case_id, stated)
            return found

        return self._session.write(Right.READ_PEOPLE, work)

    def reread(self, case_id: UUID) -> CaseDetail:
        """A file that is open already, after a change: no new opening in the log. Raises NotFound."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.cases.detail(case_id))

    def find(self, number: str) -> UUID:
        """The case with the number («2026/1275»)."""
        self._session.require(Right.READ_PEOPLE)
        parsed = parse_number(number)
        if parsed is None:
            raise InvalidInput("number", "Skriv saksnummeret slik: 2026/1275.")
        found = self._session.read(lambda view: view.cases.by_number(*parsed))
        if found is None:
            raise NotFound
        return found

    def timeline(self, case_id: UUID) -> tuple[TimelineEntry, ...]:
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.cases.timeline(case_id))

    def suggest_assignee(self, person_id: UUID) -> tuple[UUID | None, str]:
        """Who the office's rule gives the applicant's case to, and why, in one sentence."""
        self._session.require(Right.WRITE_CASES)
        return self._session.read(lambda view: applications.suggested(view, view.cases.birth_of(person_id)))

    # -- the application ------------------------------------------------------------------------

    def register_application(self, draft: ApplicationDraft, case_number: str = "") -> Saved:
        """A new case with number, tracks, deadline and tasks. ``case_number``: one given elsewhere."""
        return applications.register(self._session, draft, case_number)

    def save_application(
        self,
        case_id: UUID,
        application_version: int,
        what_it_takes: str | None = None,
        own_attempts: str | None = None,
        facts: tuple[FactDraft, ...] = (),
    ) -> Saved:
        """Texts and answers; None = the text was not touched. ``Saved`` is about the application."""
        return applications.save(
            self._session, case_id, application_version, what_it_takes, own_attempts, facts
        )

    # -- on its way -----------------------------------------------------------------------------

    def assign(self, case_id: UUID, version: int, user_id: UUID | None) -> Saved:
        """Give the case and its open tasks to a colleague; None = without owner."""
        return self._write(case_id, lambda unit: unit.write_cases.assign(case_id, version, user_id))

    def set_waiting(self, case_id: UUID, version: int, waiting_on: str) -> Saved:
        if waiting_on not in WaitingOn.codes():
            raise InvalidInput("waiting_on", "Velg hvem saken venter på.")
        return self._write(
            case_id, lambda unit: unit.write_cases.set_waiting(case_id, version, WaitingOn(waiting_on))
        )

    def set_phase(self, case_id: UUID, version: int, phase: str) -> Saved:
        """One or more steps forward, before the vedtak."""
        if phase not in CasePhase.codes():
            raise InvalidInput("phase", "Velg et trinn.")

        def work(unit: Work) -> Stored:
            state = _open_state(unit, case_id)
            try:
                check_step(state.phase, CasePhase(phase))
            except CaseRuleError as error:
                raise InvalidInput("phase", str(error)) from error
            return unit.write_cases.set_phase(case_id, version, CasePhase(phase))

        return self._write(case_id, work)

    def close(self, case_id: UUID, version: int, outcome: str, reason: str) -> Saved:
        """End the case; what was open on it ends with it. Can be undone."""
        if outcome not in CaseOutcome.codes():
            raise InvalidInput("outcome", "Velg hvordan saken endte.")
        why = _reason(reason, "Skriv hvorfor saken avsluttes.")

        def work(unit: Work) -> Stored:
            _open_state(unit, case_id)
            return unit.write_cases.close(case_id, version, CaseOutcome(outcome), why)

        return self._write(case_id, work)

    def reopen(self, case_id: UUID, version: int, reason: str) -> Saved:
        """A leader opens a closed case again; what lapsed with it, runs on."""
        why = _reason(reason, "Skriv hvorfor saken åpnes igjen.")
        if Role.LEADER not in self._session.user.roles:
            raise NotAllowed(
                "Bare en leder kan åpne en avsluttet sak.",
                safe="Ingenting er endret.",
                todo="Spør lederen din.",
            )

        def work(unit: Work) -> Stored:
            if unit.cases.state(case_id).is_open:
                raise UserError("Saken er allerede åpen.", safe="Ingenting er endret.")
            return unit.write_cases.reopen(case_id, version, why)

        return self._write(case_id, work)

    # -- notes and documents --------------------------------------------------------------------

    def write_note(self, draft: NoteDraft) -> Saved:
        """A note on a case or a person. It is final; a mistake is put right by a new one."""
        return notes.write(self._session, draft)

    def add_document(self, draft: DocumentDraft) -> Saved:
        """File a document. ``event_id`` None = the same file was there already, and ``id`` is that one."""
        return documents.add(self._session, draft)

    def document(self, document_id: UUID) -> tuple[DocumentRow, bytes]:
        """Row and bytes. Leaves a read entry."""
        return documents.read(self._session, document_id)

    def remove_document(self, document_id: UUID, version: int) -> Saved:
        """Take the document off the page. Can be undone; the bytes stay."""
        return documents.remove(self._session, document_id, version)

    def _write(self, case_id: UUID, work: Callable[[Work], Stored]) -> Saved:
        stored_id, version, event = self._session.write(Right.WRITE_CASES, work)
        return Saved(stored_id, version, _CASE | Changes(frozenset(), frozenset({case_id})), event)


_CASE = Changes(frozenset({Kind.CASE, Kind.TASK}))


def _open_state(view: View, case_id: UUID) -> CaseState:
    state = view.cases.state(case_id)
    if not state.is_open:
        raise UserError("Saken er avsluttet.", safe="Ingenting er endret.", todo="Åpne saken igjen først.")
    return state


def _reason(text: str, missing: str) -> str:
    reason = clean_long(text)
    if not reason:
        raise InvalidInput("reason", missing)
    if len(reason) > MOST_REASON:
        raise InvalidInput(
            "reason", f"Begrunnelsen kan ha høyst {MOST_REASON} tegn.", todo="Skriv resten i et notat."
        )
    return reason
