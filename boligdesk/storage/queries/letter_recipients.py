"""Who gets the letters of a case today, and where: applicant, guardian, proxy, co-applicants.

The address is that of the day. A protected person's address is never read here: the letter goes its own way
(ui.md 3.9), and the page says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.addresses import StreetAddress, compose_address
from boligdesk.domain.catalog import AddressKind, LetterRouting, Protection, RepresentativeKind
from boligdesk.domain.letters import DispatchRoute, RecipientRole
from boligdesk.services.records.letters import RecipientRow
from boligdesk.storage.person_rows import live_name, live_rows, load_rows, load_secret
from boligdesk.storage.policies import live, readable
from boligdesk.storage.tables import CaseParty, Person

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.reader import Reader

#: Where a letter is sent, best first.
_ORDER = (AddressKind.POSTAL, AddressKind.CARE_OF, AddressKind.HOME, AddressKind.STAYING)
_HOME_COUNTRIES = frozenset({"", "norge", "noreg", "no", "nor"})


def recipients_of(
    reader: Reader, case_id: UUID, applicant_id: UUID, protection: int
) -> tuple[tuple[RecipientRow, ...], tuple[str, ...]]:
    """(recipients, representatives who should have the letter and have no address), in the order of the windows."""
    rows = load_rows(reader, applicant_id, load_secret(reader, applicant_id))
    shielded = protection >= Protection.CONFIDENTIAL.level
    found: list[RecipientRow] = []
    unserved: list[str] = []
    to_person = True
    for row in live_rows(rows["representatives"], reader.today):
        if row["letters"] == LetterRouting.NO or row["case_id"] not in {None, case_id}:
            continue
        made = _representative(reader, row)
        if made is None:
            unserved.append(row["org_name"] or row["name"] or RepresentativeKind(row["kind"]).label)
            continue
        found.append(made)
        to_person = to_person and row["letters"] != LetterRouting.INSTEAD
    if to_person or not found:
        name = live_name(rows["names"], reader.today)
        found.insert(0, _person(applicant_id, name, rows, reader, RecipientRole.RECIPIENT, shielded))
    parties = select(CaseParty.person_id).where(
        CaseParty.case_id == case_id, CaseParty.copy_letters, live(CaseParty, reader.today)
    )
    for party in reader.rows(parties.order_by(CaseParty.id)):
        if party.person_id != applicant_id and _may_read(reader, party.person_id):
            theirs = load_rows(reader, party.person_id, load_secret(reader, party.person_id))
            name = live_name(theirs["names"], reader.today)
            found.append(_person(party.person_id, name, theirs, reader, RecipientRole.COPY, shielded))
    return tuple(found), tuple(unserved)


def _person(
    person_id: UUID,
    name: str,
    rows: dict[str, list[dict[str, Any]]],
    reader: Reader,
    role: RecipientRole,
    shielded: bool,
) -> RecipientRow:
    if shielded:
        return RecipientRow(None, person_id, role, name, (), DispatchRoute.SHIELDED)
    lines = _address(live_rows(rows["addresses"], reader.today))
    problem = "" if lines else f"{name} mangler adresse."
    return RecipientRow(None, person_id, role, name, lines, DispatchRoute.POST, problem)


def _representative(reader: Reader, row: dict[str, Any]) -> RecipientRow | None:
    """None when nobody knows where the representative lives."""
    person_id = row["representative_person_id"]
    if person_id is None or not _may_read(reader, person_id):
        return None
    rows = load_rows(reader, person_id, load_secret(reader, person_id))
    guardian = row["kind"] == RepresentativeKind.GUARDIAN
    role = RecipientRole.GUARDIAN if guardian else RecipientRole.PROXY
    name = live_name(rows["names"], reader.today)
    own = reader.scalar(select(Person.protection).where(Person.id == person_id))
    if (
        int(own or 0) >= Protection.CONFIDENTIAL.level
    ):  # a case follows its parties, never its representatives
        return RecipientRow(None, person_id, role, name, (), DispatchRoute.SHIELDED)
    lines = _address(live_rows(rows["addresses"], reader.today))
    if not lines:
        return None
    return RecipientRow(None, person_id, role, name, lines, DispatchRoute.POST)


def _may_read(reader: Reader, person_id: UUID) -> bool:
    statement = select(Person.id).where(Person.id == person_id, readable(Person, reader.viewer))
    return reader.scalar(statement) is not None


def _address(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """The lines of the window; () = no address that a letter can be sent to."""
    by_kind = {row["kind"]: row for row in reversed(rows)}
    row = next((by_kind[kind] for kind in _ORDER if kind in by_kind), None)
    if row is None or not row["street"] or not row["postcode"]:
        return ()
    street = compose_address(
        StreetAddress(row["street"], row["house_no"] or "", row["letter"] or "", row["unit_no"] or "")
    )
    country = (row["country"] or "").strip()
    lines = (
        f"c/o {row['care_of']}" if row["care_of"] else "",
        street,
        " ".join(part for part in (row["postcode"], row["city"]) if part),
        "" if country.casefold() in _HOME_COUNTRIES else country.upper(),
    )
    return tuple(line for line in lines if line)
