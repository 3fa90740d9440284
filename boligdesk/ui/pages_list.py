"""All pages of the window: where they are, what they are called, who may open them. Imported when first shown."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.access import Right

if TYPE_CHECKING:
    from boligdesk.ui.page import Page

CASES_GROUP, HOMES_GROUP, STEERING_GROUP = "Sak og tildeling", "Bolig og oppfølging", "Styring"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. ``under`` is the view that is marked in the navigation while the page is shown.

    ``rights``: one of them is enough. ``digit``: Ctrl+digit goes there.
    """

    key: str
    class_name: str
    title: str
    under: str
    rights: frozenset[Right]
    icon: str = ""
    group: str = ""
    digit: str = ""

    @property
    def module(self) -> str:
        return f"boligdesk.ui.pages.{self.key}.page"

    @property
    def in_navigation(self) -> bool:
        return bool(self.icon)

    def exists(self) -> bool:
        """Whether this program has the page."""
        try:
            return importlib.util.find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False

    def load(self) -> type[Page]:
        """The page's class."""
        made: type[Page] = getattr(importlib.import_module(self.module), self.class_name)
        return made


_R = Right
_PEOPLE = frozenset({_R.READ_PEOPLE})
_LETTERS = frozenset({_R.WRITE_LETTERS})
_HOMES = frozenset({_R.READ_DWELLINGS})
_CARE = frozenset({_R.MANAGE_USERS, _R.STORE_CARE, _R.READ_LOG, _R.IMPORT_LISTS})

PAGES: tuple[PageSpec, ...] = (
    PageSpec("min_dag", "MinDagPage", "Min dag", "min_dag", _PEOPLE, "calendar_today", "", "1"),
    PageSpec("saker", "SakerPage", "Saker", "saker", _PEOPLE, "people", CASES_GROUP, "2"),
    PageSpec("sak", "SakPage", "Sak", "saker", _PEOPLE),
    PageSpec("ny_soknad", "NySoknadPage", "Ny søknad", "saker", frozenset({_R.WRITE_CASES})),
    PageSpec("tildeling", "TildelingPage", "Tildeling", "tildeling", _PEOPLE, "home_person", CASES_GROUP, "3"),
    PageSpec("meld_ledig", "MeldLedigPage", "Meld ledig bolig", "tildeling", frozenset({_R.WRITE_DWELLINGS})),
    PageSpec("personer", "PersonerPage", "Personer", "personer", _PEOPLE, "person", CASES_GROUP, "4"),
    PageSpec("person", "PersonPage", "Person", "personer", _PEOPLE),
    PageSpec("slaa_sammen", "SlaaSammenPage", "Slå sammen", "personer", frozenset({_R.WRITE_PEOPLE})),
    PageSpec("ny_person", "NyPersonPage", "Ny person", "personer", frozenset({_R.WRITE_PEOPLE})),
    PageSpec("vedtak_og_brev", "VedtakOgBrevPage", "Vedtak og brev", "vedtak_og_brev", _PEOPLE, "mail", CASES_GROUP, "5"),
    PageSpec("nytt_brev", "NyttBrevPage", "Nytt brev", "vedtak_og_brev", _LETTERS),
    PageSpec("brev", "BrevPage", "Brev", "vedtak_og_brev", _PEOPLE),
    PageSpec("send_brev", "SendBrevPage", "Send brev", "vedtak_og_brev", _LETTERS),
    PageSpec("boliger", "BoligerPage", "Boliger", "boliger", _HOMES, "building", HOMES_GROUP, "6"),
    PageSpec("bolig", "BoligPage", "Bolig", "boliger", _HOMES),
    PageSpec("ny_bolig", "NyBoligPage", "Ny bolig", "boliger", frozenset({_R.WRITE_DWELLINGS})),
    PageSpec(
        "bo_oppfolging", "BoOppfolgingPage", "Bo-oppfølging", "bo_oppfolging", _PEOPLE, "home_heart", HOMES_GROUP, "8"
    ),
    PageSpec("besok", "BesokPage", "Besøk", "bo_oppfolging", _PEOPLE),
    PageSpec("nytt_besok", "NyttBesokPage", "Nytt besøk", "bo_oppfolging", frozenset({_R.WRITE_GUIDANCE})),
    PageSpec(
        "administrasjon", "AdministrasjonPage", "Administrasjon", "administrasjon", _CARE, "settings", STEERING_GROUP, "0"
    ),
)  # fmt: skip
BY_KEY = {spec.key: spec for spec in PAGES}


def pages_for(rights: frozenset[Right]) -> tuple[PageSpec, ...]:
    """The pages of this program that somebody with these rights may open."""
    return tuple(spec for spec in PAGES if rights & spec.rights)
