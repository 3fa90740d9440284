"""Administrasjon (ui.md S12): lists in, users, who gets what, copies, log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.ui.page import Page, Window
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_2
from boligdesk.ui.widgets import PageHeader, tidy

from .allocation_rules_tab import AllocationRulesTab
from .backup_tab import BackupTab
from .import_tab import ImportTab
from .log_tab import LogTab
from .office_tab import OfficeTab
from .rules_tab import RulesTab
from .tab import ClosedTab, Tab
from .users_tab import UsersTab

if TYPE_CHECKING:
    from boligdesk.services.changes import Changes
    from boligdesk.ui.places import Place
    from boligdesk.ui.printing import ListPrint

#: key, title, what it takes, why it is closed for the others
_TABS: tuple[tuple[str, str, Right, type[Tab], str], ...] = (
    ("hent_inn", "Hent inn lister", Right.IMPORT_LISTS, ImportTab,
     "Bare ledere kan hente inn lister. Spør lederen din hvis du trenger det."),
    ("brukere", "Brukere og tilgang", Right.MANAGE_USERS, UsersTab,
     "Bare ledere og systemansvarlige kan styre brukere. Spør lederen din hvis noe er feil."),
    ("fordeling", "Fordeling", Right.MANAGE_USERS, RulesTab,
     "Bare ledere og systemansvarlige kan endre fordelingen. Spør lederen din hvis noe er feil."),
    ("kontoret", "Kontoret", Right.MANAGE_USERS, OfficeTab,
     "Bare ledere og systemansvarlige kan endre brevhodet. Spør lederen din hvis noe mangler."),
    ("tildelingsregler", "Tildelingsregler", Right.READ_DWELLINGS, AllocationRulesTab,
     "Reglene er for dem som arbeider med boliger. Spør lederen din hvis du trenger dem."),
    ("sikkerhetskopi", "Sikkerhetskopi", Right.STORE_CARE, BackupTab,
     "Bare systemansvarlige tar sikkerhetskopi. Spør dem hvis du trenger en kopi."),
    ("logg", "Logg", Right.READ_LOG, LogTab,
     "Bare ledere, arkivarer og revisorer kan lese loggen. Spør lederen din hvis du lurer på noe."),
)  # fmt: skip
_HELP = {
    "hent_inn": "Velg en fil, se at kolonnene er riktig koblet, og trykk «Prøv først». Ingenting lagres før du trykker "
    "«Hent inn». Rader med feil kan du lagre som arbeidsbok, rette og hente inn etterpå.",
    "brukere": "Legg til brukere med brukernavnet deres i Windows, og velg roller. En bruker som slutter, sperrer du. "
    "Det hun eller han har skrevet, blir stående.",
    "fordeling": "Hver linje gir dager i måneden til en saksbehandler. Søkerens fødselsdag avgjør hvem som blir "
    "foreslått.",
    "kontoret": "Fyll ut hvem brevene kommer fra, og se eksempelet ved siden av. F4 viser det som ren tekst, eller i "
    "stedet for feltene når vinduet er smalt. Uten brevhode kan ingen brev ferdigstilles.",
    "tildelingsregler": "Her står reglene for tildeling i klartekst. Velg en versjon til venstre. Lagre en versjon som fil, "
    "endre den i et tekstprogram, og vedta den som en ny versjon. Ctrl+P skriver ut reglene.",
    "sikkerhetskopi": "Ta en kopi til en annen disk, og ta vare på begge filene. Kontrollen leser hele databasen og "
    "loggen.",
    "logg": "Skriv et navn for å se hvem som har åpnet eller endret opplysningene om en person. F4 viser detaljene.",
}


class AdministrasjonPage(Page):
    key = "administrasjon"
    window_title = "Administrasjon"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._rights = window.services.user.rights
        self._built: dict[str, Tab] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_2)
        self.header = PageHeader("Administrasjon")
        column.addWidget(self.header)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Faner i administrasjon")
        self.tabs.tabBar().setAccessibleName("Faner i administrasjon")
        for _key, title, *_rest in _TABS:
            holder = QWidget()
            tidy(QVBoxLayout(holder), 0)
            self.tabs.addTab(holder, title)
        column.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(lambda _place: self._shown())
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._next_tab(step))

    # --- tabs ----------------------------------------------------------------------------------------------

    def tab_key(self) -> str:
        return _TABS[max(self.tabs.currentIndex(), 0)][0]

    def tab(self) -> Tab:
        """The tab that is shown, made when it is first asked for."""
        key, _title, right, kind, closed = _TABS[max(self.tabs.currentIndex(), 0)]
        made = self._built.get(key)
        if made is None:
            made = kind(self.window_) if right in self._rights else ClosedTab(self.window_, closed)
            self._built[key] = made
            made.fit(self.width())
            holder = self.tabs.currentWidget()
            layout = holder.layout() if holder else None
            if layout is not None:
                layout.addWidget(made)
        return made

    def go_tab(self, key: str) -> None:
        places = [tab[0] for tab in _TABS]
        if key in places:
            self.tabs.setCurrentIndex(places.index(key))

    def _shown(self) -> None:
        self.tab().open()

    def _next_tab(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
        self.focus_start()

    # --- what the window asks ------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        # where one was comes before where the place first led: this is the way back
        wanted = str(place.state.get("tab", "")) or place.tab or ("" if self._built else self._first_open())
        before = self.tabs.currentIndex()
        self.go_tab(wanted)
        if self.tabs.currentIndex() == before:
            self._shown()

    def _first_open(self) -> str:
        """The first tab that this user may use."""
        return next((key for key, _title, right, *_rest in _TABS if right in self._rights), "")

    def state(self) -> dict[str, Any]:
        return {"tab": self.tab_key()}

    def changed(self, changes: Changes) -> None:
        for made in self._built.values():
            made.changed(changes)

    def refresh(self) -> None:
        self.tab().refresh()

    def primary(self) -> None:
        self.tab().primary()

    def focus_start(self) -> None:
        self.tab().focus_start()

    def focus_filter(self) -> None:
        self.tab().focus_filter()

    def toggle_detail(self) -> None:
        self.tab().toggle_detail()

    def printout(self) -> ListPrint | None:
        return self.tab().printout(self)

    def help_text(self) -> str:
        return _HELP[self.tab_key()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for made in self._built.values():
            made.fit(self.width())
