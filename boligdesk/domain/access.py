"""Who may do what. Rows are guarded by scopes (``storage.policies``); this is about verbs."""

from __future__ import annotations

from enum import Enum, auto

from boligdesk.domain.catalog import Role


class Right(Enum):
    """One kind of act."""

    READ_PEOPLE = auto()
    WRITE_PEOPLE = auto()
    PROTECT_PEOPLE = auto()
    READ_DWELLINGS = auto()
    WRITE_DWELLINGS = auto()
    WRITE_CASES = auto()
    WRITE_NOTES = auto()
    WRITE_GUIDANCE = auto()
    WRITE_LETTERS = auto()
    ALLOCATE = auto()
    DECIDE = auto()
    IMPORT_LISTS = auto()
    MANAGE_USERS = auto()
    READ_LOG = auto()
    STORE_CARE = auto()


_OFFICE = frozenset(
    {
        Right.READ_PEOPLE,
        Right.WRITE_PEOPLE,
        Right.READ_DWELLINGS,
        Right.WRITE_DWELLINGS,
        Right.WRITE_CASES,
        Right.WRITE_NOTES,
        Right.WRITE_GUIDANCE,
        Right.WRITE_LETTERS,
        Right.ALLOCATE,
    }
)

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CASEWORKER: _OFFICE,
    Role.CASEWORKER_CARE: _OFFICE,
    Role.DECISION_MAKER: _OFFICE | {Right.DECIDE},
    Role.LEADER: _OFFICE
    | {Right.DECIDE, Right.PROTECT_PEOPLE, Right.IMPORT_LISTS, Right.READ_LOG, Right.MANAGE_USERS},
    Role.HOME_GUIDE: frozenset(
        {Right.READ_PEOPLE, Right.READ_DWELLINGS, Right.WRITE_NOTES, Right.WRITE_GUIDANCE}
    ),
    Role.CARETAKER: frozenset({Right.READ_DWELLINGS, Right.WRITE_DWELLINGS}),
    Role.ECONOMY: frozenset({Right.READ_PEOPLE, Right.READ_DWELLINGS, Right.WRITE_NOTES}),
    Role.ARCHIVIST: frozenset({Right.READ_PEOPLE, Right.READ_DWELLINGS, Right.READ_LOG}),
    # The administrator runs the store and sees nobody's file (model.md 4.4).
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_USERS, Right.STORE_CARE, Right.READ_DWELLINGS}),
    Role.APPEAL_SECRETARY: frozenset({Right.READ_PEOPLE, Right.READ_DWELLINGS, Right.WRITE_NOTES}),
    Role.AUDITOR: frozenset({Right.READ_PEOPLE, Right.READ_DWELLINGS, Right.READ_LOG}),
    Role.INTAKE_TEAM: frozenset(),
}


def rights_of(roles: tuple[Role, ...]) -> frozenset[Right]:
    """Everything that at least one of the roles may do."""
    return frozenset().union(*(RIGHTS[role] for role in roles)) if roles else frozenset()


#: Roles whose grant opens the areas of its unit for reading people's files.
READING_ROLES = tuple(role for role in Role if Right.READ_PEOPLE in RIGHTS[role])
