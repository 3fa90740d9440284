"""Which column fills which field: recognised, or mapped by hand and remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from boligdesk.services.errors import UserError
from boligdesk.services.imports.fields import (
    KINDS,
    FieldSpec,
    check_kind,
    field_map,
    fields_of,
)
from boligdesk.services.imports.headings import Sureness, close_fields, is_ours, key, recognise_heading

_RANK: Final = {"exact": 3, "variant": 2, "guess": 1, "none": 0}

#: Where a second column for the same field goes instead of being left out.
_OVERFLOW: Final = {"phone": "phone_other"}

#: Fields that hardly any other kind of list has; they decide what a list is about.
_TELLING: Final = {
    "dwellings": {
        "code",
        "rent_month",
        "area_m2",
        "floor",
        "unit_number",
        "cadastre",
        "lift",
        "ownership",
        "built_year",
    },
    "people": {"family_name", "given_name", "phone", "email", "protection", "created_on", "written_form"},
    "households": {"relation", "household_ref", "member_national_id", "care_share", "expected_on"},
    "applications": {
        "received_on",
        "max_rent",
        "need_bedrooms",
        "district_wish",
        "asks",
        "channel",
        "priority",
    },
}


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of the file. ``field`` None: the column is not taken in."""

    heading: str
    field: str | None
    sure: Sureness


@dataclass(frozen=True, slots=True)
class Mapping:
    """All columns of a file in order, and what the person should know about the choice."""

    kind: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str | None, ...]:
        return tuple(column.field for column in self.columns)

    def as_json(self) -> dict[str, str]:
        """``{"heading in the file": "field"}``, only the columns that are taken in."""
        return {column.heading: column.field for column in self.columns if column.field}

    def missing(self) -> tuple[FieldSpec, ...]:
        """Required fields that no column fills and no alternative replaces."""
        filled = {column.field for column in self.columns}
        return tuple(
            spec
            for spec in fields_of(self.kind)
            if spec.required and spec.name not in filled and filled.isdisjoint(spec.or_else)
        )


def recognise(headings: Sequence[str], kind: str) -> Mapping:
    """Suggest a field for every heading. Two headings never fill one field: the surest wins, then the first."""
    check_kind(kind)
    found = [recognise_heading(heading, kind) for heading in headings]
    if kind == "households":
        found = _own_numbers(headings, found)
    if kind == "dwellings":
        found = _lease_numbers(headings, found)
    order = sorted(range(len(found)), key=lambda index: (-_RANK[found[index][1]], index))
    taken: dict[str, int] = {}
    columns: list[Column | None] = [None] * len(found)
    notes: list[str] = []
    for index in order:
        field, sure = found[index]
        if field is not None and field in taken:
            winner = headings[taken[field]]
            field, sure = _second_choice(field, taken), "guess"
            if field is None:
                sure = "none"
                notes.append(
                    f"Kolonnen «{headings[index]}» er ikke tatt med, fordi «{winner}» er brukt i stedet."
                )
        if field is not None:
            taken[field] = index
        columns[index] = Column(headings[index], field, sure)
    done = tuple(column for column in columns if column is not None)
    unknown = [heading for heading, (field, _sure) in zip(headings, found, strict=True) if field is None]
    return Mapping(kind, done, (*notes, *_to_check(done, unknown)))


def _own_numbers(
    headings: Sequence[str], found: list[tuple[str | None, Sureness]]
) -> list[tuple[str | None, Sureness]]:
    """Where a household is named by an id, a plain «Fnr» is that of the member, not of the main person."""
    fields = {field for field, _sure in found}
    if fields.isdisjoint({"household_ref", "person_ref"}) or "member_national_id" in fields:
        return found
    return [
        ("member_national_id", "guess")
        if field == "national_id"
        and recognise_heading(heading, "people")[0] == "national_id"
        and not key(heading).startswith(("soker", "hovedperson"))
        else (field, sure)
        for heading, (field, sure) in zip(headings, found, strict=True)
    ]


def _lease_numbers(
    headings: Sequence[str], found: list[tuple[str | None, Sureness]]
) -> list[tuple[str | None, Sureness]]:
    """«Fnr» beside «Gnr» and «Bnr» is of the land register; alone it would be a tenant's number."""
    fields = {field for field, _sure in found}
    if not {"farm_number", "title_number"} <= fields or "lease_number" in fields:
        return found
    return [
        ("lease_number", "variant") if field is None and key(heading) == "fnr" else (field, sure)
        for heading, (field, sure) in zip(headings, found, strict=True)
    ]


def _second_choice(field: str, taken: dict[str, int]) -> str | None:
    other = _OVERFLOW.get(field)
    return other if other is not None and other not in taken else None


def _to_check(columns: Sequence[Column], unknown: Sequence[str]) -> list[str]:
    """Columns that are only a guess, and columns nobody recognised."""
    notes = [
        f"Sjekk at «{column.heading}» er riktig kolonne." for column in columns if column.sure == "guess"
    ]
    shown = [f"«{heading}»" for heading in unknown if not is_ours(heading)]
    if shown:
        notes.append(f"Ikke kjent igjen og ikke tatt med: {', '.join(shown)}.")
    return notes


def guess_kind(headings: Sequence[str]) -> str | None:
    """What the list is about, or None when the headings fit no kind (or two equally well)."""
    scores: dict[str, int] = {}
    for kind in KINDS:
        mapping = recognise(headings, kind)
        fields = {column.field for column in mapping.columns if column.field and column.sure != "guess"}
        if len(fields) < 2:
            continue
        scores[kind] = len(fields) + 2 * len(fields & _TELLING[kind]) - (6 if mapping.missing() else 0)
    if not scores:
        return None
    best = max(scores.values())
    winners = [kind for kind, score in scores.items() if score == best]
    return winners[0] if len(winners) == 1 and best > 0 else None


def heading_signature(headings: Sequence[str]) -> str:
    """Same for the same set of headings in any order and spelling of case and spaces: key of a remembered mapping."""
    keys = sorted({key(heading) for heading in headings if not is_ours(heading)} - {""})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def by_hand(chosen: AnyMapping[str, str], headings: Sequence[str], kind: str) -> Mapping:
    """A mapping chosen by a person: ``{"heading": "field"}``; headings that are not named are not taken in.

    Raises UserError for an unknown field, a heading the file lacks, and two headings on one field.
    """
    check_kind(kind)
    in_file = {key(heading): heading for heading in reversed(headings)}
    exact = set(headings)
    fields: dict[str, str] = {}
    for heading, field in chosen.items():
        _check_field(field, kind)
        here = heading if heading in exact else in_file.get(key(heading))
        if here is None:
            raise UserError(
                f"Kolonnen «{heading}» finnes ikke i fila.",
                f"Fila har disse kolonnene: {', '.join(headings)}.",
                "Ingenting er hentet inn.",
                "Rett overskriften i koblingsfila.",
            )
        used = next((other for other, name in fields.items() if name == field and other != here), None)
        if used is not None:
            raise UserError(
                f"To kolonner er koblet til feltet «{field}».",
                f"Det gjelder «{used}» og «{here}».",
                "Ingenting er hentet inn.",
                "Behold én av dem.",
            )
        fields[here] = field
    columns = tuple(
        Column(heading, fields.get(heading), "exact" if heading in fields else "none") for heading in headings
    )
    return Mapping(kind, columns)


def _check_field(field: str, kind: str) -> None:
    if field in field_map(kind):
        return
    close = close_fields(field, kind)
    hint = f"Mente du {' eller '.join(f'«{name}»' for name in close)}?" if close else ""
    raise UserError(
        f"Boligdesk har ikke noe felt som heter «{field}».",
        hint,
        "Ingenting er hentet inn.",
        f"Skriv «boligdesk import fields {kind}» for å se alle feltene.",
    )


def parse_mapping(text: str) -> dict[str, str]:
    """Read the text of a mapping file. UserError when it is not ``{"heading": "field"}``."""
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise UserError(
            "Koblingsfila kan ikke leses.",
            f"Den er ikke gyldig JSON{f' (linje {line})' if line else ''}.",
            "Ingenting er hentet inn.",
            'Skriv den slik: {"overskrift i fila": "felt"}.',
        ) from error
    if not isinstance(loaded, dict) or not all(isinstance(value, str) for value in loaded.values()):
        raise UserError(
            "Koblingsfila har feil form.",
            "Hver overskrift skal ha ett felt.",
            "Ingenting er hentet inn.",
            'Skriv den slik: {"overskrift i fila": "felt"}.',
        )
    return {str(heading): value for heading, value in loaded.items() if value}
