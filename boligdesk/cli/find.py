"""The record that somebody means: by id, by its own number, or by a search that finds only one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from boligdesk.domain.cases import parse_number
from boligdesk.services.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.services.desk import Services
    from boligdesk.services.records.work import SearchHit

_LOOK_AT = 20


def case_id(services: Services, text: str) -> UUID:
    """A case by id, case number (2026/14) or the applicant's name."""
    found = as_id(text)
    if found is None and parse_number(text):
        return services.cases.find(text)
    return found or _only(services.search.find(text, _LOOK_AT).cases, text, "case", "saken")


def person_id(services: Services, text: str) -> UUID:
    """A person by id, name or full national identity number."""
    return as_id(text) or _only(services.search.find(text, _LOOK_AT).people, text, "person", "personen")


def dwelling_id(services: Services, text: str) -> UUID:
    """A dwelling by id, code or address."""
    return as_id(text) or _only(services.search.find(text, _LOOK_AT).dwellings, text, "dwelling", "boligen")


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def _only(hits: Sequence[SearchHit], text: str, field: str, what: str) -> UUID:
    """The only hit, or the only one that is called exactly this. Never opens one of several by guessing."""
    wanted = text.strip().casefold()
    exact = [hit for hit in hits if wanted in {hit.title.casefold(), hit.detail.casefold()}]
    chosen = exact or list(hits)
    if not chosen:
        raise NotFound(f"Fant ikke {what} du ba om.", word="den")
    if len(chosen) > 1:
        raise InvalidInput(
            field,
            "Flere passer til det du skrev.",
            f"{len(chosen)} treff.",
            "Skriv mer, eller bruk id-en fra listen («--json»).",
        )
    return chosen[0].id
