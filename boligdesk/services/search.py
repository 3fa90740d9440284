"""Find anything (Ctrl+K)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.domain.catalog import CaseKind
from boligdesk.services.records.work import SearchHit, SearchResult

if TYPE_CHECKING:
    from boligdesk.services.ports import View
    from boligdesk.services.session import Session

_NUMBER_LENGTH = 11


class Search:
    """Never counts or hints at what the user may not see."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, text: str, limit: int = 5, *, counted: bool = False) -> SearchResult:
        """Names in any order, case and journal numbers, streets, H-numbers, telephone, full identity numbers.

        ``limit`` hits per group. ``counted`` also counts all visible hits per group (slower; the window
        never shows a number, since a count for a typed name would itself tell).
        """
        if not text.strip():
            return SearchResult(counts=dict.fromkeys(("people", "cases", "dwellings", "letters"), 0))

        def look(view: View) -> SearchResult:
            from boligdesk.domain import identifiers

            digits = identifiers.normalise(text)
            exact = view.search.person_by_number(digits) if len(digits) == _NUMBER_LENGTH else None
            found = _groups(view, text, limit, exact)
            is_wide = found == _NOTHING
            if is_wide:
                found = _groups(view, text, limit, exact, wide=True)
            counts = _counts(view, text, exact, wide=is_wide) if counted else {}
            people, cases, dwellings = found
            letters = tuple(view.search.letters(text, limit, [hit.id for hit in cases]))
            return SearchResult(people, cases, dwellings, letters, counts)

        return self._session.read(look)

    def recent(self, limit: int = 8) -> tuple[SearchHit, ...]:
        """The files I opened last."""
        return self._session.read(lambda view: view.search.recent(limit))


_Group = tuple[SearchHit, ...]
_NOTHING: tuple[_Group, _Group, _Group] = ((), (), ())


def _groups(
    view: View, text: str, limit: int, exact: SearchHit | None, *, wide: bool = False
) -> tuple[_Group, _Group, _Group]:
    """People, cases, dwellings. ``wide`` also takes transcriptions that few write (Bjoerk for Bjork)."""
    people = [exact] if exact else view.search.people(text, limit, wide=wide)
    applicant = exact.id if exact else None
    cases = [_worded(hit) for hit in view.search.cases(text, limit, wide=wide, applicant=applicant)]
    return tuple(people), tuple(cases), tuple(view.search.dwellings(text, limit, wide=wide))


def _counts(view: View, text: str, exact: SearchHit | None, *, wide: bool) -> dict[str, int]:
    """All visible hits of each group, counted the way they were looked for."""
    count = view.search.count
    return {
        "people": 1 if exact else count(text, "person", wide=wide),
        "cases": count(text, "case", wide=wide, applicant=exact.id if exact else None),
        "dwellings": count(text, "dwelling", wide=wide),
        "letters": count(text, "letter", wide=wide, applicant=exact.id if exact else None),
    }


def _worded(hit: SearchHit) -> SearchHit:
    kind, _, name = hit.detail.partition("|")
    return replace(hit, detail=f"{CaseKind(kind).label} · {name}")
