"""What each act on a case or a task is called in the timeline and in the log, and its sentence. Never a name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import (
    CaseKind,
    CaseOutcome,
    CasePhase,
    Channel,
    DocumentKind,
    Labelled,
    NoteKind,
    TaskKind,
    WaitingOn,
)
from boligdesk.domain.facts import APPLICATION, CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


#: verb -> (kind for icon and filter, title).
VERBS: dict[str, tuple[str, str]] = {
    "register_application": ("soknad", "Søknad registrert"),
    "save_application": ("soknad", "Søknaden er oppdatert"),
    "assign_case": ("status", "Ny saksbehandler"),
    "set_waiting": ("status", "Saken venter"),
    "set_phase": ("status", "Saken er ført videre"),
    "close_case": ("status", "Saken er avsluttet"),
    "reopen_case": ("status", "Saken er åpnet igjen"),
    "write_note": ("notat", "Notat"),
    "add_document": ("dokument", "Dokument lagt til"),
    "remove_document": ("dokument", "Dokument fjernet"),
    "finish_task": ("frist", "Oppgave ferdig"),
    "postpone_task": ("frist", "Oppgave utsatt"),
    "give_task": ("frist", "Oppgave gitt videre"),
    "add_task": ("frist", "Ny oppgave"),
}

_QUESTIONS = {kind.key: kind.label for kind in CATALOGUE if kind.subject == APPLICATION}
_TEXTS = {"what_it_takes": "Hva skal til", "own_attempts": "Egne forsøk"}


def words(
    verb: str, params: Mapping[str, Any], colleague: Callable[[Any], str]
) -> tuple[str, str, str] | None:
    """(kind, title, text) of one event; None for a verb of somebody else's.

    ``colleague`` gives the name for a stored user id (text), "" when there is none.
    """
    if verb not in VERBS:
        return None
    kind, title = VERBS[verb]
    maker = _SENTENCES.get(verb)
    made_title, text = maker(params, colleague) if maker else ("", "")
    return kind, made_title or title, text


def _register(params: Mapping[str, Any], colleague: Callable[[Any], str]) -> tuple[str, str]:
    about = _label(CaseKind, params.get("kind"))
    channel = _label(Channel, params.get("channel"))
    said = f"{about} · mottatt {_day(params.get('received_on'))} · {channel.lower()}."
    owner = colleague(params.get("assignee"))
    why = str(params.get("assigned_why") or "")
    return "", " ".join(
        part for part in (said, f"{owner} har saken." if owner else "Uten saksbehandler.", why) if part
    )


def _saved(params: Mapping[str, Any], _colleague: Callable[[Any], str]) -> tuple[str, str]:
    changed = [_QUESTIONS.get(key, "Opplysning") for key in params.get("facts") or ()]
    changed += [_TEXTS.get(key, "Tekst") for key in params.get("texts") or ()]
    return "", ", ".join(dict.fromkeys(changed))


def _assigned(params: Mapping[str, Any], colleague: Callable[[Any], str]) -> tuple[str, str]:
    new, old = colleague(params.get("to")), colleague(params.get("from"))
    before = f" Før: {_stop(old)}" if old else ""
    return ("", f"{new} har saken.{before}") if new else ("Saken er uten saksbehandler", before.strip())


def _waiting(params: Mapping[str, Any], _colleague: Callable[[Any], str]) -> tuple[str, str]:
    waiting = params.get("waiting_on")
    if waiting == WaitingOn.NOBODY:
        return "Saken venter ikke lenger", ""
    return _label(WaitingOn, waiting), ""


def _phase(params: Mapping[str, Any], _colleague: Callable[[Any], str]) -> tuple[str, str]:
    return (
        f"Nytt trinn: {_label(CasePhase, params.get('to'))}",
        f"Før: {_label(CasePhase, params.get('from'))}.",
    )


def _closed(params: Mapping[str, Any], _colleague: Callable[[Any], str]) -> tuple[str, str]:
    return f"Saken er avsluttet: {_label(CaseOutcome, params.get('outcome')).lower()}", str(
        params.get("reason") or ""
    )


def _reopened(params: Mapping[str, Any], _colleague: Callable[[Any], str]) -> tuple[str, str]:
    return "", str(params.get("reason") or "")


def _note(params: Mapping[str, Any], _colleague: Callable[[Any], str]) -> tuple[str, str]:
    title = _label(NoteKind, params.get("kind"))
    return (f"{title} (rettelse)" if params.get("corrects") else title), ""


def _document(params: Mapping[str, Any], _colleague: Callable[[Any], str]) -> tuple[str, str]:
    return "", _label(DocumentKind, params.get("kind"))


def _task(params: Mapping[str, Any], colleague: Callable[[Any], str]) -> tuple[str, str]:
    said = _label(TaskKind, params.get("kind"))
    to = params.get("to")
    moved = _day(to) or colleague(to)
    due = _day(params.get("due_on"))
    return "", f"{said}. Til {_stop(moved)}" if moved else f"{said}. Frist {due}." if due else said


_SENTENCES: dict[str, Callable[[Any, Any], tuple[str, str]]] = {
    "register_application": _register,
    "save_application": _saved,
    "assign_case": _assigned,
    "set_waiting": _waiting,
    "set_phase": _phase,
    "close_case": _closed,
    "reopen_case": _reopened,
    "write_note": _note,
    "add_document": _document,
    "remove_document": _document,
    "finish_task": _task,
    "postpone_task": _task,
    "give_task": _task,
    "add_task": _task,
}


def _stop(text: str) -> str:
    """With one full stop at the end («Jonas H.» has its own)."""
    return text if text.endswith(".") else f"{text}."


def _label(kinds: type[Labelled], code: object) -> str:
    return next((kind.label for kind in kinds if kind.value == code), str(code or ""))


def _day(text: object) -> str:
    try:
        return long_date(dt.date.fromisoformat(str(text)))
    except ValueError:
        return ""
