"""The timeline of a case: plain sentences, no names in the log, and «Angre» only where it works."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from boligdesk.services.errors import UserError
from boligdesk.services.records.cases import DocumentDraft, NoteDraft
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.work import TaskDraft
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.tables import Event
from tests.contract.case_office import apply, person, task_of


def whole_life(services, other_services):
    """A case with every act on it, and the acts by verb."""
    klok = person(services)
    case = apply(services, klok, received_on=dt.date(2026, 10, 26), channel="telefon")
    cases, tasks = services.cases, services.tasks
    application = cases.detail(case.id).application
    done = {"register_application": case}
    done["write_note"] = cases.write_note(NoteDraft("Ringte skolen.", kind="samtale", case_id=case.id))
    done["save_application"] = cases.save_application(
        case.id, application.version, "Ro", None, (FactDraft("bedrooms", "kjent", 3),)
    )
    filed = done["add_document"] = cases.add_document(
        DocumentDraft("kontrakt.pdf", b"%PDF-1.7", case_id=case.id)
    )
    done["remove_document"] = cases.remove_document(filed.id, filed.version)
    version = cases.detail(case.id).version
    done["set_phase"] = moved = cases.set_phase(case.id, version, "utredning")
    done["set_waiting"] = waiting = cases.set_waiting(case.id, moved.version, "soker")
    done["assign_case"] = cases.assign(case.id, waiting.version, other_services.user.id)
    done["add_task"] = task = tasks.add(
        TaskDraft("ring_tilbake", case_id=case.id, due_on=dt.date(2026, 12, 4))
    )
    done["postpone_task"] = later = tasks.postpone(task.id, task.version, dt.date(2026, 12, 8), "Ferie")
    done["give_task"] = tasks.give_to(task.id, later.version, other_services.user.id)
    check = task_of(services, "kontroller_vilkar")
    done["finish_task"] = tasks.finish(check.id, check.version)
    version = cases.detail(case.id).version
    done["close_case"] = closed = cases.close(case.id, version, "trukket", "Fant bolig selv.")
    done["reopen_case"] = cases.reopen(case.id, closed.version, "Ville søke likevel.")
    return case, done


def test_that_every_act_is_a_sentence(services, other_services):
    case, done = whole_life(services, other_services)
    by_event = {entry.event_id: entry for entry in services.cases.timeline(case.id)}
    answered = next(entry for entry in by_event.values() if entry.title == "Søknaden er oppdatert")
    assert done["save_application"].event_id is None  # answers stand: nothing to undo
    told = {verb: by_event.get(saved.event_id, answered) for verb, saved in done.items()}
    said = {verb: (entry.kind, entry.title, entry.text) for verb, entry in told.items()}
    assert said == {
        "register_application": (
            "soknad",
            "Søknad registrert",
            "Kommunal bolig · mottatt 26. oktober 2026 · telefon. Ingrid B. har saken. Valgt ved registreringen.",
        ),
        "write_note": ("notat", "Telefonsamtale", "Ringte skolen."),
        "save_application": ("soknad", "Søknaden er oppdatert", "Soverom som trengs, Hva skal til"),
        "add_document": ("dokument", "Dokument lagt til", "Kontrakt"),
        "remove_document": ("dokument", "Dokument fjernet", "Kontrakt"),
        "set_phase": ("status", "Nytt trinn: Vurdering", "Før: Mottatt."),
        "set_waiting": ("status", "Venter på søker", ""),
        "assign_case": ("status", "Ny saksbehandler", "Jonas H. har saken. Før: Ingrid B."),
        "add_task": ("frist", "Ny oppgave", "Ring tilbake. Frist 4. desember 2026."),
        "postpone_task": ("frist", "Oppgave utsatt", "Ring tilbake. Til 8. desember 2026."),
        "give_task": ("frist", "Oppgave gitt videre", "Ring tilbake. Til Jonas H."),
        "finish_task": ("frist", "Oppgave ferdig", "Kontroller søknaden"),
        "close_case": ("status", "Saken er avsluttet: trukket", "Fant bolig selv."),
        "reopen_case": ("status", "Saken er åpnet igjen", "Ville søke likevel."),
    }
    assert list(by_event) == [entry.event_id for entry in reversed(told.values())]


def test_that_the_log_holds_no_names(services, other_services, store):
    case, _done = whole_life(services, other_services)
    params = store.read(
        SYSTEM,
        lambda view: [row.params for row in view.rows(select(Event.params).where(Event.case_id == case.id))],
    )
    assert not [text for text in map(str, params) for name in ("Klok", "Hest") if name in text]


def test_that_undo_is_offered_exactly_where_it_works(services, other_services):
    case, _done = whole_life(services, other_services)
    while True:
        entries = services.cases.timeline(case.id)
        for entry in entries:
            if entry.can_undo or entry.title.startswith("Angret"):
                continue
            with pytest.raises(UserError):
                services.undo.undo(entry.event_id)
        offered = next((entry for entry in entries if entry.can_undo), None)
        if offered is None:
            break
        services.undo.undo(offered.event_id)
    titles = [entry.title for entry in services.cases.timeline(case.id)]
    assert "Ny saksbehandler (angret)" in titles
    assert "Angret: ny saksbehandler" in titles
