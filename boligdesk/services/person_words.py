"""What a person's form says, field by field in words: for the conflict page and the log of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.domain.catalog import AddressKind, ContactKind, NameKind, RepresentativeKind, WrittenForm
from boligdesk.domain.people import display_name

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.people import (
        AddressDraft,
        ContactDraft,
        NameDraft,
        PersonDraft,
        RepresentativeDraft,
    )

#: Field of ``PersonDraft`` and the word that stands before it.
FIELD_WORDS = {
    "names": "Navn",
    "birth_on": "Fødselsdato",
    "birth_precision": "Hvor sikker fødselsdatoen er",
    "dead_on": "Død",
    "written_form": "Målform",
    "interpreter_language": "Tolkespråk",
    "wants_paper": "Vil ha brev på papir",
    "is_unidentified": "Identiteten er ikke avklart",
    "remark": "Merknad",
    "identifiers": "Nummer",
    "contacts": "Telefon og e-post",
    "addresses": "Adresse",
    "representatives": "Representant",
}
CHILDREN = ("names", "identifiers", "contacts", "addresses", "representatives")
_EMPTY = "ikke oppgitt"
HIDDEN_ADDRESS = "Skjult"


def differing(mine: PersonDraft, stored: PersonDraft) -> tuple[dict[str, str], dict[str, str]]:
    """Words of the fields that differ, by ``FIELD_WORDS``: what I wrote, and what is stored now."""
    written, theirs = {}, {}
    for field, word in FIELD_WORDS.items():
        here, there = _field(mine, stored, field), _field(stored, stored, field)
        if here != there:
            written[word], theirs[word] = here, there
    return written, theirs


def field_words(draft: PersonDraft, field: str) -> str:
    """What a stored person says in the field, as of what is in force; empty when nothing is."""
    words = _field(draft, draft, field)
    return "" if words == _EMPTY else words


def _field(draft: PersonDraft, stored: PersonDraft, field: str) -> str:
    value = getattr(draft, field)
    if field not in CHILDREN:
        return _scalar(field, value)
    kept = {child.id: child for child in getattr(stored, field)}
    new = [child for child in value if child.id is None]
    kept |= {child.id: child for child in value if child.id is not None}
    live = [child for child in (*kept.values(), *new) if child.valid_to is None]
    return "; ".join(_CHILD_WORDS[field](child) for child in live) or _EMPTY


def _scalar(field: str, value: Any) -> str:
    if value is None or value == "":
        return _EMPTY
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if field in {"birth_on", "dead_on"}:
        return day(value)
    if field == "written_form":
        return WrittenForm(value).label
    return {"dag": "Helt sikker", "ar": "Bare året er kjent", "anslag": "Anslått"}.get(value, str(value))


def day(value: dt.date) -> str:
    """«15.03.1988»."""
    return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"


def _name(name: NameDraft) -> str:
    words = display_name(name.given, name.middle, name.family)
    return words if name.kind == NameKind.OFFICIAL else f"{NameKind(name.kind).label.lower()} {words}"


def _contact(contact: ContactDraft) -> str:
    note = " (ikke ring)" if contact.must_not_call else ""
    return f"{ContactKind(contact.kind).label} {contact.value}{note}"


def address_line(address: AddressDraft) -> str:
    """«Storgata 12 B H0203, 9008 Tromsø»; «Skjult» for one that is not shown."""
    if address.is_hidden:
        return HIDDEN_ADDRESS
    street = " ".join(
        part for part in (address.street, address.house_no, address.letter, address.unit_no) if part
    )
    place = " ".join(part for part in (address.postcode, address.city) if part)
    care_of = f"c/o {address.care_of}" if address.care_of else ""
    return ", ".join(part for part in (care_of, street, place, address.country) if part)


def _address(address: AddressDraft) -> str:
    return f"{AddressKind(address.kind).label}: {address_line(address)}"


def _representative(person: RepresentativeDraft) -> str:
    who = ", ".join(part for part in (person.name, person.org_name, person.phone) if part)
    return f"{RepresentativeKind(person.kind).label}: {who}"


def _number(_identifier: object) -> str:
    """Numbers are compared by how many there are; they are never shown here."""
    return "et nummer"


_CHILD_WORDS: dict[str, Any] = {
    "names": _name,
    "identifiers": _number,
    "contacts": _contact,
    "addresses": _address,
    "representatives": _representative,
}
