"""Where a task leads: the place its next step opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.ui.places import Place

if TYPE_CHECKING:
    from boligdesk.services.records.work import TaskRow

#: Action of a task with a case -> tab of the case. ``state["act"]`` tells the page what to begin.
_TABS = {
    "open_case": "oversikt",
    "open_application": "soknad",
    "open_documents": "dokumenter",
    "write_note": "oversikt",
    "assign_case": "oversikt",
}
_ICONS = {
    "open_case": "arrow_right",
    "open_application": "document",
    "open_documents": "folder_open",
    "write_note": "note_add",
    "assign_case": "person",
    "log_visit": "home_heart",
    "open_conflict": "people_swap",
    "open_person": "person",
    "open_letter": "mail",
    "write_interim": "mail",
    "open_offer": "home_heart",
    "open_vacancy": "home_heart",
}


def icon_of(action: str) -> str:
    return _ICONS.get(action, "arrow_right")


def place_of(row: TaskRow) -> Place | None:
    """What Enter opens: the case, else the person; None when the task is about neither."""
    if row.case_id is not None:
        return Place("sak", subject=row.case_id)
    return Place("person", subject=row.person_id) if row.person_id is not None else None


def next_place(row: TaskRow, action: str) -> Place | None:
    """What the next step opens."""
    place = _about_subject(row, action) or _about_person(row, action)
    if place is not None:
        return place
    if row.case_id is not None and action in _TABS:
        return Place("sak", subject=row.case_id, tab=_TABS[action], state={"act": action})
    if action == "write_note" and row.person_id is not None:
        return Place("person", subject=row.person_id, state={"act": action})
    return place_of(row)


def _about_person(row: TaskRow, action: str) -> Place | None:
    if action == "open_conflict":
        return Place("konflikt", subject=row.id)
    if action == "write_interim" and row.case_id is not None:
        return Place("nytt_brev", subject=row.case_id, state={"kind": "forelopig_svar"})
    pages = {"log_visit": "nytt_besok", "open_person": "person"}
    return Place(pages[action], subject=row.person_id) if row.person_id and action in pages else None


def _about_subject(row: TaskRow, action: str) -> Place | None:
    """The letter, offer or vacancy that the task is about; None when it is about none."""
    if row.subject_id is None:
        return None
    if action == "open_letter":
        return Place("brev", subject=row.subject_id)
    if action == "open_offer":
        return Place("tildeling", state={"offer": row.subject_id})
    return Place("tildeling", subject=row.subject_id) if action == "open_vacancy" else None
