"""Applications: laid on the case the person came with, or a new case."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boligdesk.domain.applicant_groups import groups_on
from boligdesk.domain.cases import parse_number
from boligdesk.domain.catalog import (
    Asks,
    CaseKind,
    CaseOutcome,
    CasePhase,
    Channel,
    FactSource,
    FactState,
    TaskKind,
)
from boligdesk.domain.facts import APPLICANT_GROUP
from boligdesk.services.applications import Assigners, worked_out
from boligdesk.services.errors import UserError
from boligdesk.services.imports.approved import Approved, is_waiting
from boligdesk.services.imports.named_people import NamedPeople
from boligdesk.services.imports.taking import Taker, words
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.common import FactDraft

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.imports.report import Outcome
    from boligdesk.services.imports.rows import CheckedRow
    from boligdesk.services.ports.cases import NewCase
    from boligdesk.services.ports.imports import CaseKey

_PHASES = {
    "kontroll": CasePhase.CONTROL,
    "utredning": CasePhase.ASSESSMENT,
    "under_behandling": CasePhase.ASSESSMENT,
    "inntaksteam": CasePhase.INTAKE_TEAM,
    "vedtak": CasePhase.VEDTAK,
    "iverksetting": CasePhase.EXECUTION,
}
_OUTCOMES = {
    "innvilget": CaseOutcome.GRANTED,
    "avslag": CaseOutcome.REFUSED,
    "avvist": CaseOutcome.DISMISSED,
    "trukket": CaseOutcome.WITHDRAWN,
    "avsluttet": CaseOutcome.DONE,
}
_KINDS = {
    Asks.RENT.value: CaseKind.HOUSING,
    Asks.SWAP.value: CaseKind.SWAP,
    Asks.EXTENSION.value: CaseKind.EXTENSION,
    Asks.ASSISTANCE.value: CaseKind.ASSISTANCE,
}
_NEEDS = {"need_step_free": "step_free", "need_wheelchair": "wheelchair"}


class ApplicationTaker(Taker):
    kind = "applications"
    subject_kind = "case"
    is_whole = False

    def prepare(self, rows: list[CheckedRow]) -> None:
        self._named = NamedPeople(self.work.write_imports, rows, "national_id")
        self._cases = self._named.cases
        known = {case for case, _applicant in self._cases.values()}
        self._births = self.work.write_imports.hold_cases(self._named.readable, known)
        self._assigners = Assigners.of(self.work)
        self._approved = Approved(self.work, rows)

    def store(self, row: CheckedRow) -> tuple[Outcome, UUID]:
        values = row.values
        known = self.known.get(words(values, "external_id"))
        if known is not None:
            raise UserError(
                "Søknaden er hentet inn før, med annet innhold.",
                "Saken kan ha gått videre siden da.",
                "Saken er som den var.",
                "Rett saken i Boligdesk.",
            )
        person = self._person(values)
        is_closed = values.get("status") in _OUTCOMES
        key = parse_number(words(values, "case_number"))
        case = self._cases[key][0] if key in self._cases else None
        imports = self.work.write_imports
        new = self._new(person, values, key if case is None else None)
        if case is None and not is_closed and key is None:
            case = imports.case_without_application(person)
        is_held = imports.may_register(person, new.assignee_id) if case is None else imports.is_held(case)
        with nullcontext() if is_held else imports.row():
            if case is None:
                case = imports.register_case(new)
            else:
                self._on_case(case, new, is_closed=is_closed)
            self._priority(case, values)
            self._stand(case, values)
            if is_closed and imports.stand(case)[0]:
                # an application that was answered before: closed at once, with its outcome
                outcome = _OUTCOMES[str(values["status"])]
                imports.close_case(case, outcome, "Avgjort før saken ble hentet inn.")
        if key is not None:
            self._cases[key] = (case, person)
        return "created", case

    def finish(self) -> None:
        self.work.write_imports.settle()
        self._approved.settle()

    def _person(self, values: dict[str, Any]) -> UUID:
        person = self._named.of(values)
        if person is None:
            raise UserError(
                "Fant ikke søkeren.",
                "Personen er ikke hentet inn ennå.",
                todo="Hent inn personlista først, og så søknadene.",
            )
        return person

    def _draft(self, person: UUID, values: dict[str, Any]) -> ApplicationDraft:
        asks = tuple(values.get("asks") or (Asks.RENT.value,))
        return ApplicationDraft(
            person_id=person,
            kind=_KINDS[asks[0]],
            asks=asks,
            received_on=values["received_on"],
            channel=values.get("channel") or Channel.IMPORT,
            what_it_takes=words(values, "note"),
            facts=self._facts(values),
        )

    def _new(self, person: UUID, values: dict[str, Any], number: CaseKey | None) -> NewCase:
        """Without duties from before the list: a reply that was due then was sent, or missed, long ago."""
        me, today = self.session.user.id, self.work.today
        new = worked_out(
            self._draft(person, values), self._assigners, self._births[person], today, me, number
        )
        is_approved = is_waiting(values) and not self._approved.why_not(values)
        if new.reply is None or (new.reply.due >= self.work.today and not is_approved):
            return new
        if not is_approved:
            self.tell("assumed", "received_on", "Fristen for foreløpig svar er passert. Den er ikke satt.")
        tasks = tuple(task for task in new.tasks if task.kind is not TaskKind.INTERIM_REPLY)
        return replace(new, reply=None, tasks=tasks)

    def _on_case(self, case: UUID, new: NewCase, *, is_closed: bool) -> None:
        """The application of a case that came in without one."""
        is_open, has_application, _version = self.work.write_imports.stand(case)
        if has_application:
            raise UserError("Saken har en søknad fra før.", safe="Saken er som den var.", todo="Rett raden.")
        if not is_open and not is_closed:
            raise UserError(
                "Saken er avsluttet i Boligdesk, men åpen i lista.",
                safe="Saken er som den var.",
                todo="Åpne saken igjen først, eller skriv utfallet i lista.",
            )
        self.work.write_imports.add_application(case, new)

    def _priority(self, case: UUID, values: dict[str, Any]) -> None:
        """A number is kept; what a letter means, the rules know of those who wait, else only the old system."""
        priority = values.get("priority")
        if isinstance(priority, int):
            self.work.write_imports.set_priority(case, priority)
        elif priority and not (is_waiting(values) and self._approved.class_of(values)):
            self.tell("warning", "priority", "Prioriteten er ikke et tall. Den er ikke tatt med.")

    def _stand(self, case: UUID, values: dict[str, Any]) -> None:
        """How far the list says that the case has come: its step, or a place in the queue."""
        status = str(values.get("status") or "")
        if is_waiting(values):
            self._wait(case, values)
        elif status in _PHASES:
            phase = _PHASES[status]
            if not self.work.write_imports.set_phase(case, phase):
                self.tell(
                    "assumed", "status", "Saken er kommet like langt i Boligdesk. Trinnet er som det var."
                )
            elif status == "under_behandling":
                self.tell("assumed", "status", f"Under behandling er ført som trinnet {phase.label}.")

    def _wait(self, case: UUID, values: dict[str, Any]) -> None:
        imports = self.work.write_imports
        if imports.waits(case):
            self.tell("assumed", "status", "Søkeren står på ventelisten fra før. Plassen er som den var.")
            return
        told, why = "", self._approved.why_not(values)
        if not why:
            draft, told = self._approved.queue_row(case, values)
            why = self._approved.join(draft)
        if why:
            imports.set_phase(case, CasePhase.ASSESSMENT)
            self.tell("warning", "status", why)
        else:
            imports.set_phase(case, CasePhase.EXECUTION)
            self.tell("assumed", "status", told)

    def _facts(self, values: dict[str, Any]) -> tuple[FactDraft, ...]:
        received = values["received_on"]
        facts = []

        def add(key: str, value: Any) -> None:
            state = FactState.UNKNOWN if value is None else FactState.KNOWN
            kept = int(value) if isinstance(value, bool) else value
            facts.append(FactDraft(key, state, kept, FactSource.IMPORT, received))

        if values.get("need_bedrooms") is not None:
            add("bedrooms", values["need_bedrooms"])
        if values.get("max_rent") is not None:
            add("max_rent", values["max_rent"])
        group = values.get("type")
        if group in dict(groups_on(received)):
            add(APPLICANT_GROUP, group)
        elif group:
            self.tell("warning", "type", "Søkergruppen var ikke i bruk den dagen. Den er ikke tatt med.")
        if values.get("district_wish"):
            add("areas_wanted", values["district_wish"])
        for field, key in _NEEDS.items():
            if field in values:
                add(key, values[field])
        return tuple(facts)
