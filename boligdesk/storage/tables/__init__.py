"""All tables by name. A module of tables is imported when the first of its tables is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from boligdesk.storage.tables.base import Base

if TYPE_CHECKING:
    from boligdesk.storage.tables.allocation import Offer, Shortlist, ShortlistRow, Vacancy, WaitingEntry
    from boligdesk.storage.tables.assessment import ClockStop, Edition, TrackCondition, Vedtak
    from boligdesk.storage.tables.cases import (
        Application,
        Blob,
        CaseFile,
        CaseParty,
        Document,
        DocumentVersion,
        Fact,
        LegalTrack,
        Note,
    )
    from boligdesk.storage.tables.dwellings import Building, CadastralRef, Dwelling, DwellingStatusPeriod
    from boligdesk.storage.tables.letters import (
        JournalEntry,
        Letter,
        LetterApproval,
        LetterRecipient,
        PrintBatch,
        PrintItem,
    )
    from boligdesk.storage.tables.log import Event, EventChange, LogLink, ReadEntry
    from boligdesk.storage.tables.office import (
        AccessScope,
        AppUser,
        Assignment,
        AssignmentRule,
        ConflictOfInterest,
        District,
        OrgUnit,
        RoleGrant,
        SavedView,
        ScopeMember,
        UserSetting,
    )
    from boligdesk.storage.tables.people import (
        ContactPoint,
        Household,
        HouseholdMember,
        MergeRecord,
        Person,
        PersonAddress,
        PersonIdentifier,
        PersonName,
        PersonSecret,
        ProtectionPeriod,
        Representative,
    )
    from boligdesk.storage.tables.register import DwellingWork, Entrance
    from boligdesk.storage.tables.store import (
        Draft,
        ExternalRef,
        ImportMapping,
        ImportRun,
        Meta,
        NumberSeries,
        Reference,
        SearchToken,
    )
    from boligdesk.storage.tables.work import Deadline, Task, Visit, VisitNote

#: Module -> its tables.
_HOMES = {
    "allocation": "Offer Shortlist ShortlistRow Vacancy WaitingEntry",
    "assessment": "ClockStop Edition TrackCondition Vedtak",
    "cases": "Application Blob CaseFile CaseParty Document DocumentVersion Fact LegalTrack Note",
    "dwellings": "Building CadastralRef Dwelling DwellingStatusPeriod",
    "letters": "JournalEntry Letter LetterApproval LetterRecipient PrintBatch PrintItem",
    "log": "Event EventChange LogLink ReadEntry",
    "office": "AccessScope AppUser Assignment AssignmentRule ConflictOfInterest District OrgUnit RoleGrant SavedView ScopeMember UserSetting",
    "people": "ContactPoint Household HouseholdMember MergeRecord Person PersonAddress PersonIdentifier PersonName PersonSecret ProtectionPeriod Representative",
    "register": "DwellingWork Entrance",
    "store": "Draft ExternalRef ImportMapping ImportRun Meta NumberSeries Reference SearchToken",
    "work": "Deadline Task Visit VisitNote",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(name)
    found = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found


def load_all() -> None:
    """Import every module of tables, so that ``Base`` knows them all."""
    for module in _HOMES:
        import_module(f"{__name__}.{module}")


__all__ = [
    "AccessScope",
    "AppUser",
    "Application",
    "Assignment",
    "AssignmentRule",
    "Base",
    "Blob",
    "Building",
    "CadastralRef",
    "CaseFile",
    "CaseParty",
    "ClockStop",
    "ConflictOfInterest",
    "ContactPoint",
    "Deadline",
    "District",
    "Document",
    "DocumentVersion",
    "Draft",
    "Dwelling",
    "DwellingStatusPeriod",
    "DwellingWork",
    "Edition",
    "Entrance",
    "Event",
    "EventChange",
    "ExternalRef",
    "Fact",
    "Household",
    "HouseholdMember",
    "ImportMapping",
    "ImportRun",
    "JournalEntry",
    "LegalTrack",
    "Letter",
    "LetterApproval",
    "LetterRecipient",
    "LogLink",
    "MergeRecord",
    "Meta",
    "Note",
    "NumberSeries",
    "Offer",
    "OrgUnit",
    "Person",
    "PersonAddress",
    "PersonIdentifier",
    "PersonName",
    "PersonSecret",
    "PrintBatch",
    "PrintItem",
    "ProtectionPeriod",
    "ReadEntry",
    "Reference",
    "Representative",
    "RoleGrant",
    "SavedView",
    "ScopeMember",
    "SearchToken",
    "Shortlist",
    "ShortlistRow",
    "Task",
    "TrackCondition",
    "UserSetting",
    "Vacancy",
    "Vedtak",
    "Visit",
    "VisitNote",
    "WaitingEntry",
]
