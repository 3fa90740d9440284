"""What each act on a letter is called in the timeline and in the log. Never a name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from boligdesk.domain.calendar import long_date
from boligdesk.domain.letters import LetterKind

if TYPE_CHECKING:
    from collections.abc import Mapping

#: verb -> (kind for icon and filter, title).
VERBS: dict[str, tuple[str, str]] = {
    "start_letter": ("dokument", "Brev påbegynt"),
    "save_letter": ("dokument", "Brevet er endret"),
    "drop_letter": ("dokument", "Kladden er forkastet"),
    "submit_letter": ("dokument", "Brevet er sendt til godkjenning"),
    "approve_letter": ("dokument", "Brevet er godkjent"),
    "return_letter": ("dokument", "Brevet er sendt tilbake"),
    "finalise_letter": ("dokument", "Brevet er ferdigstilt"),
    "recall_letter": ("dokument", "Brevet er trukket tilbake"),
    "print_letter": ("dokument", "Brevet er skrevet ut"),
    "send_letter": ("dokument", "Brevet er sendt"),
    "correct_arrival": ("frist", "Ankomsten er rettet"),
    "save_office_setting": ("annet", "Kontorets innstilling er endret"),
}

#: Acts that are put right by a new act, never taken back by «Angre», and what to do instead.
NEVER_UNDONE: dict[str, str] = {
    "submit_letter": "Send brevet tilbake eller endre det i stedet.",
    "approve_letter": "Endre brevet, så faller godkjenningen bort.",
    "return_letter": "Send brevet til godkjenning på nytt.",
    "finalise_letter": "Trekk brevet tilbake, eller rett feilen med et nytt brev.",
    "recall_letter": "Skriv brevet på nytt.",
    "print_letter": "Utskriften er ikke sending.",
    "send_letter": "Rett ankomsten, eller send et nytt brev.",
    "correct_arrival": "Rett ankomsten på nytt.",
    "save_office_setting": "Lagre innstillingen på nytt.",
}


def words(verb: str, params: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """(kind, title, text) of one event; None for a verb of somebody else's."""
    if verb not in VERBS:
        return None
    kind, title = VERBS[verb]
    said = [_label(params.get("kind"))]
    if params.get("journal"):
        said.append(f"journalnummer {params['journal']}")
    for key, word in (("sent_on", "sendt"), ("arrived_on", "kom fram")):
        day = _day(params.get(key))
        if day:
            said.append(f"{word} {day}")
    text = ", ".join(part for part in said if part)
    if params.get("approval_lost"):
        text += ". Godkjenningen falt bort."
    reason = str(params.get("reason") or "")
    return kind, title, f"{text}. {reason}" if reason else text


def _label(code: object) -> str:
    return LetterKind(str(code)).label if code in LetterKind.codes() else ""


def _day(text: object) -> str:
    try:
        return long_date(dt.date.fromisoformat(str(text)))
    except ValueError:
        return ""
