"""Which rows a saved form changes: what is kept, ended, succeeded or new. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from boligdesk.domain import identifiers
from boligdesk.domain.catalog import AddressKind, ContactKind, NameKind
from boligdesk.domain.people import NATIONAL_KINDS, check_number, fold_phone
from boligdesk.storage.person_rows import TABLES
from boligdesk.storage.queries.search import number_hash

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.people import NameDraft, PersonDraft
    from boligdesk.storage.person_rows import Rows

#: Other words here are another thing (a new telephone, a new home): the row ends and a new one follows.
#: The rest is said about the same thing and corrected where it stands.
_CORE = {
    "names": ("given", "middle", "family", "kind"),
    "identifiers": ("value",),
    "contacts": ("kind", "value"),
    "addresses": (
        "kind",
        "street",
        "house_no",
        "letter",
        "unit_no",
        "care_of",
        "postcode",
        "city",
        "country",
    ),
    "representatives": ("kind", "name", "org_name", "representative_person_id"),
}
_COPIED = {
    "names": ("kind", "given", "middle", "family"),
    "contacts": ("kind", "value", "use", "must_not_call", "note"),
    "addresses": (
        "kind",
        "street",
        "house_no",
        "letter",
        "unit_no",
        "care_of",
        "postcode",
        "city",
        "country",
        "district_id",
    ),
    "representatives": ("kind", "name", "org_name", "phone", "powers", "letters", "representative_person_id"),
}
#: Empty text stays text in these columns; elsewhere it is unknown.
_REQUIRED = frozenset({"kind", "given", "family", "value", "use", "must_not_call", "street", "letters"})
_SOURCE = "ansatt"


@dataclass(slots=True)
class Plan:
    """Changes first, then new rows, so that no two live rows meet. Values are columns."""

    changes: list[tuple[str, UUID, dict[str, Any]]] = field(default_factory=list)
    inserts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        """Kinds of rows touched, for the sentence of the event."""
        return sorted({change[0] for change in self.changes} | {insert[0] for insert in self.inserts})

    def new_numbers(self) -> list[bytes]:
        return [
            values["value_hmac"]
            for kind, values in self.inserts
            if kind == "identifiers" and values["valid_to"] is None
        ]


def make_plan(draft: PersonDraft, stored: Rows, today: dt.date, pepper: bytes, *, is_new: bool) -> Plan:
    """Compare the form with the rows. A new row without a date holds from today; a first one, from always."""
    plan = Plan()
    for kind in TABLES:
        rows = {row["id"]: row for row in stored.get(kind, [])}
        for child in getattr(draft, kind):
            row = rows.get(child.id)
            values = _values(kind, child, row, pepper, draft.birth_on)
            if row is None:
                _add(plan, kind, values, child, None if is_new else today)
                continue
            _compare(plan, kind, row, values, child, today)
        _end_replaced(plan, kind, rows, today)
    return plan


def person_scalars(draft: PersonDraft) -> dict[str, Any]:
    """What the form says of the person row itself."""
    return {
        "birth_on": draft.birth_on,
        "birth_precision": draft.birth_precision,
        "dead_on": draft.dead_on,
        "written_form": draft.written_form,
        "interpreter_language": draft.interpreter_language or None,
        "wants_paper": None if draft.wants_paper is None else int(draft.wants_paper),
        "is_unidentified": draft.is_unidentified,
        "remark": draft.remark or None,
    }


def plan_correction(name: NameDraft, rows: list[dict[str, Any]]) -> Plan:
    """The name as it should have been written all along: the row itself changes, and none follows it."""
    plan = Plan()
    row = next(row for row in rows if row["id"] == name.id)
    wanted = _values("names", name, row, b"", None) | {
        "valid_from": name.valid_from,
        "valid_to": name.valid_to,
    }
    differing = {column: value for column, value in wanted.items() if row[column] != value}
    if differing:
        plan.changes.append(("names", row["id"], differing))
    return plan


def _values(
    kind: str, child: Any, row: dict[str, Any] | None, pepper: bytes, birth_on: dt.date | None
) -> dict[str, Any]:
    if kind == "identifiers":
        return _number_values(child, row, pepper, birth_on)
    if kind == "addresses" and child.is_hidden and row is not None:  # who saved did not see it: it stays
        return {name: row[name] for name in _COPIED[kind]}
    values = {
        name: getattr(child, name) if name in _REQUIRED else getattr(child, name) or None
        for name in _COPIED[kind]
    }
    if kind == "contacts":
        is_phone = child.kind == ContactKind.PHONE
        values["folded"] = fold_phone(child.value) if is_phone else child.value.casefold()
    return values


def _number_values(
    child: Any, row: dict[str, Any] | None, pepper: bytes, birth_on: dt.date | None
) -> dict[str, Any]:
    """A masked value is the number that stands there already."""
    is_kept = row is not None and child.value in {"", identifiers.mask_fodselsnummer(row["value"])}
    read = check_number(child.kind, row["value"] if is_kept and row else child.value, birth_on)
    return {
        "kind": child.kind,
        "value": read.digits,
        "value_hmac": number_hash(pepper, read.digits),
        "check_result": read.result,
        "override_reason": child.override_reason or None,
    }


def _add(plan: Plan, kind: str, values: dict[str, Any], child: Any, start: dt.date | None) -> None:
    sourced = {"source": _SOURCE} if kind in {"names", "addresses"} else {}
    since = child.valid_from or start
    if child.valid_from is None and since and child.valid_to and child.valid_to < since:
        since = None  # over before today: nobody knows when it began
    period = {"valid_from": since, "valid_to": child.valid_to}
    plan.inserts.append((kind, values | sourced | period))


def _compare(
    plan: Plan, kind: str, row: dict[str, Any], values: dict[str, Any], child: Any, today: dt.date
) -> None:
    is_other = any(values[name] != row[name] for name in _CORE[kind])
    if is_other and row["valid_to"] is None:
        start = child.valid_from if child.valid_from not in {None, row["valid_from"]} else today
        end = max(start, row["valid_from"] or start)
        plan.changes.append((kind, row["id"], {"valid_to": end}))
        _add(plan, kind, values, _Period(end, child.valid_to), end)
        return
    wanted = values | {"valid_from": child.valid_from, "valid_to": child.valid_to}
    differing = {name: value for name, value in wanted.items() if row.get(name) != value}
    differing.pop("value_hmac", None)
    if kind == "identifiers" and "value" in differing:
        differing["value_hmac"] = values["value_hmac"]
    if differing:
        plan.changes.append((kind, row["id"], differing))


@dataclass(frozen=True, slots=True)
class _Period:
    valid_from: dt.date
    valid_to: dt.date | None


def _end_replaced(plan: Plan, kind: str, rows: dict[UUID, dict[str, Any]], today: dt.date) -> None:
    """A new official name, home or national number ends the one before: nobody has two."""
    for new_kind, values in [
        item for item in plan.inserts if item[0] == kind and item[1]["valid_to"] is None
    ]:
        if not is_single(new_kind, values["kind"]):
            continue
        ended = {row_id for _kind, row_id, change in plan.changes if change.get("valid_to") is not None}
        for row in rows.values():
            if row["valid_to"] is None and row["id"] not in ended and is_single(kind, row["kind"]):
                end = max(values["valid_from"] or today, row["valid_from"] or dt.date.min)
                plan.changes.append((kind, row["id"], {"valid_to": end}))


def is_single(kind: str, code: str) -> bool:
    """Whether a person has one of these at a time."""
    if kind == "names":
        return code == NameKind.OFFICIAL
    if kind == "addresses":
        return code == AddressKind.HOME
    return kind == "identifiers" and code in NATIONAL_KINDS
