"""Users in words: what each role may do, clearance, status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.catalog import Role
from boligdesk.ui.tables import Column
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    from boligdesk.services.records.common import User

#: One line each of what the role may do (domain.access.RIGHTS says the same to the program).
MAY_DO = {
    Role.CASEWORKER: "Ser og endrer personer, saker og boliger, og skriver notater.",
    Role.CASEWORKER_CARE: "Ser og endrer personer, saker og boliger, og skriver notater.",
    Role.DECISION_MAKER: "Ser og endrer personer, saker og boliger, og skriver notater.",
    Role.HOME_GUIDE: "Leser om personer og boliger, og skriver besøk og notater.",
    Role.CARETAKER: "Ser og endrer boliger. Ser ingen personer.",
    Role.ECONOMY: "Leser om personer og boliger, og skriver notater.",
    Role.LEADER: "Alt en saksbehandler gjør. Styrer brukere, henter inn lister, leser loggen og setter adressesperre.",
    Role.ARCHIVIST: "Leser om personer og boliger, og leser loggen.",
    Role.ADMINISTRATOR: "Styrer brukere og sikkerhetskopi. Ser boliger, men ingen personer.",
    Role.APPEAL_SECRETARY: "Leser om personer og boliger, og skriver notater.",
    Role.AUDITOR: "Leser om personer og boliger, og leser loggen. Endrer ingenting.",
    Role.INTAKE_TEAM: "Ser bare det som blir lagt fram i møtet.",
}
CLEARANCES = (
    (0, "Ingen"),
    (1, "Fortrolig (kode 7)"),
    (2, "Fortrolig og strengt fortrolig (kode 7 og 6)"),
)
_SHORT = {0: "Ingen", 1: "Kode 7", 2: "Kode 7 og 6"}
ACTIVE, BLOCKED = PillSpec("ok", "Aktiv"), PillSpec("neutral", "Sperret", icon="lock_closed")


def status_pill(user: User) -> PillSpec:
    return ACTIVE if user.active else BLOCKED


def roles_words(user: User) -> str:
    return ", ".join(role.label for role in user.roles) or "Ingen"


def user_columns() -> tuple[Column[User], ...]:
    return (
        Column("name", "Navn", lambda u: u.name, 180, strong=True, narrowest=120),
        Column("login", "Windows-brukernavn", lambda u: u.login, 168, narrowest=158),
        Column("roles", "Roller", roles_words, 300, stretch=True, tooltip=roles_words, narrowest=140),
        Column("clearance", "Tilgang til skjermede", lambda u: _SHORT[u.clearance], 164, narrowest=158),
        Column("status", "Status", lambda u: status_pill(u).word, 110, pill=status_pill, narrowest=92),
    )  # fmt: skip
