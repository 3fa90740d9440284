"""Sentences of the timeline, made at reading from verb and params by the rules of each family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.domain import case_events, events, guidance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Kind and words for acts on the people of a case, by the kind of record.
_BY_SUBJECT: dict[str, tuple[str, str]] = {
    "person": ("person", "Opplysninger om personen er endret"),
    "household": ("husstand", "Husstanden er endret"),
    "visit": ("besok", "Boveiledning"),
    "task": ("frist", "Oppgave endret"),
    "document": ("dokument", "Dokument endret"),
}


def sentence(
    verb: str, subject_kind: str, params: Mapping[str, Any], colleague: Callable[[Any], str]
) -> tuple[str, str, str]:
    """(kind, title, text). ``colleague`` gives the name for a stored user id, "" when there is none."""
    if verb == "undo":
        undone = sentence(str(params.get("verb", "")), subject_kind, {}, colleague)
        return undone[0], f"Angret: {undone[1][:1].lower()}{undone[1][1:]}", ""
    found = case_events.words(verb, params, colleague)
    if found is not None:
        # undoing tells only which act, so its sentence has nothing more to say
        return found if params else (*case_events.VERBS[verb], "")
    told = events.told(verb, params)
    if told is not None:
        return told if params else (told[0], told[1], "")
    if subject_kind == "visit":
        return guidance.timeline_words(verb, params)
    if verb in events.VERBS:
        return events.kind(verb), events.title(verb), ""
    kind, title = _BY_SUBJECT.get(subject_kind, ("annet", "Endring"))
    return kind, title, ""
