"""The fields a list can fill, per kind of list: what ``import fields KIND`` prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from boligdesk.services.errors import UserError

#: The kinds of list, in the order in which an office brings them in.
KINDS: Final = ("dwellings", "people", "households", "applications")

KIND_LABELS: Final = {
    "dwellings": "Boliger",
    "people": "Personer",
    "households": "Husstander",
    "applications": "Søknader",
}

#: These two are written by us beside rejected rows, and are skipped when the rows come back.
REASON_HEADING: Final = "Hva må rettes"
ROW_HEADING: Final = "Rad i forrige fil"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a list.

    Attributes:
        name: stable English name, used in mapping files.
        label: the Norwegian word a person reads.
        value_kind: which parser of ``values`` reads it.
        required: the row is refused without it, unless one of ``or_else`` is filled.
        or_else: fields that do instead of this one.
        headings: further headings known for it (label and name are known without being here).
        help: what may stand in the column, in one Norwegian sentence.
        sensitive: the value identifies or protects a person and is never quoted in a message.
    """

    name: str
    label: str
    value_kind: str
    headings: tuple[str, ...] = ()
    help: str = ""
    required: bool = False
    or_else: tuple[str, ...] = ()
    sensitive: bool = False


def check_kind(kind: str) -> str:
    """The kind itself; UserError when there is no such list."""
    if kind not in KINDS:
        raise UserError(
            "Boligdesk kjenner ikke denne typen liste.",
            todo=f"Velg en av disse: {', '.join(KINDS)}.",
        )
    return kind


@cache
def fields_of(kind: str) -> tuple[FieldSpec, ...]:
    """All fields of one kind of list, in the order they are shown."""
    from boligdesk.services.imports import catalogue

    return catalogue.CATALOGUE[check_kind(kind)]


@cache
def field_map(kind: str) -> dict[str, FieldSpec]:
    return {spec.name: spec for spec in fields_of(kind)}


def field_of(kind: str, name: str) -> FieldSpec:
    """The field with this name; KeyError when the kind has none."""
    return field_map(kind)[name]
