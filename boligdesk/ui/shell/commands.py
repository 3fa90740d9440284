"""What can be done from anywhere: the «Ny» menu, the actions of the search, the shortcuts and their help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from boligdesk.ui.places import Place

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.ui.pages_list import PageSpec

Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Command:
    """An act with its words. ``mnemonic``: the letter in the «Ny» menu; empty = not in that menu."""

    title: str
    icon: str
    run: Run
    shortcut: str = ""
    mnemonic: str = ""
    words: str = ""
    """More words that find it."""


#: page, words in the «Ny» menu, letter, icon
_MAKERS = (
    ("ny_soknad", "Ny søknad", "a", "document"),
    ("ny_person", "Ny person", "p", "person"),
    ("ny_bolig", "Ny bolig", "g", "building"),
    ("meld_ledig", "Meld ledig bolig", "l", "key"),
    ("nytt_besok", "Nytt besøk", "b", "home_heart"),
)


def makers(specs: tuple[PageSpec, ...], go: Callable[[Place], None], note: Run | None) -> tuple[Command, ...]:
    """The «Ny» menu: what this user may make with the pages this program has."""
    keys = {spec.key for spec in specs}
    made = [
        Command(title, icon, partial(go, Place(page)), mnemonic=letter, words="registrer opprett")
        for page, title, letter, icon in _MAKERS
        if page in keys
    ]
    if note is None:
        return tuple(made)
    quick = Command("Nytt notat", "note_add", note, "Ctrl+Shift+N", "n", "skriv telefon samtale")
    return (*made[:1], quick, *made[1:])


def goers(specs: tuple[PageSpec, ...], go: Callable[[Place], None]) -> tuple[Command, ...]:
    """«Gå til Saker» and so on, and the places inside that have a name of their own."""
    made = [
        Command(
            f"Gå til {spec.title}",
            spec.icon,
            partial(go, Place(spec.key)),
            f"Ctrl+{spec.digit}" if spec.digit else "",
            words="vis åpne",
        )
        for spec in specs
        if spec.in_navigation
    ]
    if any(spec.key == "administrasjon" for spec in specs):
        made.append(
            Command(
                "Hent inn lister",
                "arrow_download",
                partial(go, Place("administrasjon", tab="hent_inn")),
                words="importer excel csv regneark",
            )
        )
    return tuple(made)


def matching(commands: tuple[Command, ...], text: str) -> tuple[Command, ...]:
    """Commands where every typed word begins one of their words."""
    typed = text.casefold().split()

    def fits(command: Command) -> bool:
        own = f"{command.title} {command.words}".casefold().split()
        return all(any(word.startswith(part) for word in own) for part in typed)

    return tuple(command for command in commands if fits(command))


def for_person(
    person_id: UUID, name: str, specs: tuple[PageSpec, ...], go: Callable[[Place], None], note: Run
) -> tuple[Command, ...]:
    """What can be done with the person found."""
    made = [Command(f"Nytt notat på {name}", "note_add", note, "Ctrl+Shift+N")]
    if any(spec.key == "ny_soknad" for spec in specs):
        made.append(
            Command(f"Ny søknad for {name}", "document", partial(go, Place("ny_soknad", subject=person_id)))
        )
    return tuple(made)


#: For the help window: key, what it does. Only keys that have something behind them.
SHORTCUTS: tuple[tuple[str, str], ...] = (
    ("Ctrl+K", "Søk etter person, sak eller bolig, og etter ting du kan gjøre"),
    ("Ctrl+N", "Åpne menyen Ny"),
    ("Ctrl+Shift+N", "Skriv et raskt notat på personen eller saken du ser på"),
    ("Ctrl+Shift+B", "Skriv et nytt brev i saken du ser på"),
    ("Ctrl+1 til 0", "Gå til en visning"),
    ("Alt+← / Alt+→", "Gå tilbake / fram"),
    ("Enter", "Åpne raden"),
    ("Ctrl+Enter", "Gjør det viktigste på siden"),
    ("Ctrl+F", "Gå til filteret i listen"),
    ("F4", "Vis eller skjul detaljene"),
    ("F5", "Hent siden på nytt"),
    ("F6 / Shift+F6", "Gå til neste / forrige del av vinduet"),
    ("Ctrl+Tab", "Gå til neste fane i en sak"),
    ("Ctrl+S", "Lagre nå"),
    ("Ctrl+Z / Ctrl+Y", "Angre / gjør om det siste du gjorde"),
    ("Ctrl+P", "Skriv ut det du ser"),
    ("Ctrl+Shift+H", "Skjul eller vis navn"),
    ("Esc", "Lukk det som er åpent"),
    ("F1", "Hjelp til siden"),
)
