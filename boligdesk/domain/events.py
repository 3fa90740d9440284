"""What each logged verb is called when a person reads the log or the timeline. Never holds names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from boligdesk.domain import (
    allocation_words,
    assessment_words,
    case_events,
    dwellings,
    guidance,
    letter_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

#: verb -> (kind for icon and filter, words), of the acts that no other family tells about. Kinds: notat,
#: besok, dokument, soknad, frist, status, person, husstand, bolig, annet.
VERBS: dict[str, tuple[str, str]] = {
    "found_office": ("annet", "Kontoret ble opprettet"),
    "register_user": ("annet", "Bruker lagt til"),
    "change_user": ("annet", "Bruker endret"),
    "add_district": ("annet", "Område lagt til"),
    "save_view": ("annet", "Visning lagret"),
    "drop_view": ("annet", "Visning fjernet"),
    "save_birthday_rules": ("annet", "Fordeling etter fødselsdag endret"),
    "import_run": ("annet", "Liste hentet inn"),
    "import_case": ("soknad", "Sak hentet inn fra liste"),
    "import_application": ("soknad", "Søknad hentet inn fra liste"),
    "register_person": ("person", "Personen er registrert"),
    "change_person": ("person", "Opplysninger om personen er endret"),
    "protect_person": ("person", "Adressesperre er registrert"),
    "end_person_protection": ("person", "Adressesperren er avsluttet"),
    "protection_begins": ("person", "Adressesperren har begynt å gjelde"),
    "protection_ends": ("person", "Adressesperren er slutt"),
    "correct_name": ("person", "En skrivefeil i navnet er rettet"),
    "name_reader": ("person", "En kollega har fått tilgang til personen"),
    "propose_reader": ("person", "En kollega er foreslått for tilgang til mappen"),
    "confirm_reader": ("person", "En kollega har fått tilgang til mappen"),
    "end_reader": ("person", "Tilgangen for en kollega er avsluttet"),
    "merge_people": ("person", "To mapper er slått sammen til én"),
    "undo_merge": ("person", "Sammenslåingen er angret, og personen har egen mappe igjen"),
    "register_household": ("husstand", "Husstanden er registrert"),
    "change_household": ("husstand", "Husstanden er endret"),
    "split_household": ("husstand", "Husstanden er delt"),
    "register_building": ("bolig", "Bygget er registrert"),
    "change_building": ("bolig", "Opplysninger om bygget er endret"),
    "undo": ("annet", "Angret"),
}


class _Family(Protocol):
    """A module that tells its own sentences. NEVER_UNDONE: verb -> what to do instead."""

    VERBS: dict[str, tuple[str, str]]
    NEVER_UNDONE: dict[str, str]

    def words(self, verb: str, params: Mapping[str, Any]) -> tuple[str, str, str] | None: ...


_FAMILIES: tuple[_Family, ...] = (allocation_words, assessment_words, letter_words)

#: Tables whose rows stand for ever once written; an act that made one is corrected, not undone.
FINAL_ROWS = frozenset({"note", "visit_note", "fact", "document_version", "journal_entry", "merge_record"})
#: Acts that end by a new decision with its own grounds, or that a list made: never taken back by «Angre».
#: «undo» is not one of them: taking it back is what «Gjør om» (Ctrl+Y) does.
NEVER_UNDONE = frozenset(
    {
        *(verb for family in _FAMILIES for verb in family.NEVER_UNDONE),
        "protect_person",
        "end_person_protection",
        "protection_begins",
        "protection_ends",
        "name_reader",
        "propose_reader",
        "confirm_reader",
        "end_reader",
        "undo_merge",
        "import_case",
        "import_application",
        "import_run",
    }
)


def title(verb: str) -> str:
    """The words for a verb; one of a newer program is told without its name."""
    if verb in VERBS:
        return VERBS[verb][1]
    if verb in case_events.VERBS:
        return case_events.VERBS[verb][1]
    for family in _FAMILIES:
        if verb in family.VERBS:
            return family.VERBS[verb][1]
    if verb in guidance.TITLES:
        return guidance.TITLES[verb]
    return dwellings.TITLES.get(verb, "Endring")


def kind(verb: str) -> str:
    """What icon and filter the verb goes under."""
    for family in _FAMILIES:
        if verb in family.VERBS:
            return family.VERBS[verb][0]
    return VERBS.get(verb, case_events.VERBS.get(verb, ("annet", "")))[0]


def told(verb: str, params: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """(kind, title, text) of an event of the families above; None for the others."""
    for family in _FAMILIES:
        found = family.words(verb, params)
        if found is not None:
            return found
    return None


def instead(verb: str) -> str:
    """What to do instead of taking the act back; "" for a verb that has no word of its own."""
    return next((family.NEVER_UNDONE[verb] for family in _FAMILIES if verb in family.NEVER_UNDONE), "")
