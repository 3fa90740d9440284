"""What stands in the cards of a person: rows made of the record. Nothing is hidden here; the record is masked already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import (
    AddressKind,
    CaseKind,
    CasePhase,
    ContactKind,
    IdentifierKind,
    LetterRouting,
    NameKind,
    RepresentativeKind,
    WrittenForm,
)
from boligdesk.domain.people import display_name, format_phone
from boligdesk.services.person_words import address_line
from boligdesk.ui.person_words import born_words, is_over, joined, period_words, precision_words
from boligdesk.ui.visit_words import day_and_year, outcome_pill, place_words
from boligdesk.ui.widgets import PillSpec

from .cards import Act, Row

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.people import (
        AddressDraft,
        ContactDraft,
        IdentifierDraft,
        NameDraft,
        PersonCaseRow,
        PersonDetail,
        RepresentativeDraft,
    )
    from boligdesk.services.records.work import VisitRow

    #: Opens the form of one row; None when the user may not write.
    Edit = Callable[[Any], None] | None

_USES = {"privat": "", "jobb": "jobb", "parorende": "pårørende"}
DO_NOT_CALL = PillSpec("warn", "Ikke ring")
UNKNOWN = "Ikke oppgitt"


def _acts(edit: Edit, child: Any, about: str, verb: str = "Rett") -> tuple[Act, ...]:
    return (Act(verb, about, lambda: edit(child)),) if edit is not None else ()


def name_rows(names: tuple[NameDraft, ...], today: dt.date, edit: Edit) -> list[Row]:
    rows = []
    for name in names:
        words = display_name(name.given, name.middle, name.family)
        kind = "" if name.kind == NameKind.OFFICIAL else NameKind(name.kind).label
        old = is_over(name, today) or name.kind == NameKind.FORMER
        if old and not kind:
            kind = NameKind.FORMER.label
        sub = joined((kind, period_words(name)))
        rows.append(Row(words, sub, _acts(edit, name, words, "Rett skrivefeil"), is_old=old))
    return rows


def number_rows(
    numbers: tuple[IdentifierDraft, ...],
    today: dt.date,
    edit: Edit,
    reveal: Callable[[UUID], None],
    shown: dict[UUID, str],
) -> list[Row]:
    """``shown``: whole numbers that are in sight just now."""
    rows = []
    for number in numbers:
        value = shown.get(number.id, number.value) if number.id else number.value
        kind = IdentifierKind(number.kind).label
        reason = f"Brukes likevel: {number.override_reason}" if number.override_reason else ""
        sub = joined((kind, period_words(number), *number.remarks, reason))
        acts = _acts(edit, number, f"{kind} {number.value}")
        if number.id is not None and number.id not in shown:
            show = Act("Vis", f"{kind} {number.value} i 30 sekunder", _bind(reveal, number.id))
            acts = (show, *acts)
        rows.append(Row(value, sub, acts, is_old=is_over(number, today)))
    return rows


def _bind(reveal: Callable[[UUID], None], key: UUID) -> Callable[[], None]:
    return lambda: reveal(key)


def contact_rows(contacts: tuple[ContactDraft, ...], today: dt.date, edit: Edit) -> list[Row]:
    rows = []
    for contact in contacts:
        is_phone = contact.kind == ContactKind.PHONE
        value = format_phone(contact.value) if is_phone else contact.value
        sub = joined(
            (
                ContactKind(contact.kind).label,
                _USES.get(contact.use, ""),
                contact.note,
                period_words(contact),
            )
        )
        old = is_over(contact, today)
        pill = DO_NOT_CALL if contact.must_not_call and not old else None
        rows.append(Row(value, sub, _acts(edit, contact, value), pill, is_old=old))
    return rows


def address_rows(
    addresses: tuple[AddressDraft, ...],
    districts: dict[UUID, str],
    today: dt.date,
    edit: Edit,
    reveal: Callable[[UUID], None] | None = None,
    shown: dict[UUID, AddressDraft] | None = None,
) -> list[Row]:
    """``shown``: addresses of somebody protected that are in sight just now; the others are behind [Vis]."""
    rows = []
    for kept in addresses:
        address = (shown or {}).get(kept.id, kept) if kept.id else kept
        words = address_line(address) or "Uten adresse"
        kind = AddressKind(address.kind).label
        district = districts.get(address.district_id, "") if address.district_id else ""
        sub = joined((kind, district, period_words(address)))
        acts = () if address.is_hidden else _acts(edit, address, words)
        if address.is_hidden and address.id is not None and reveal is not None:
            acts = (Act("Vis", f"{kind} i 30 sekunder", _bind(reveal, address.id)),)
        rows.append(Row(words, sub, acts, is_old=is_over(address, today)))
    return rows


def representative_rows(people: tuple[RepresentativeDraft, ...], today: dt.date, edit: Edit) -> list[Row]:
    rows = []
    for person in people:
        who = joined((person.name, person.org_name), ", ") or "En registrert person"
        kind = RepresentativeKind(person.kind).label
        phone = format_phone(person.phone) if person.phone else ""
        letters = LetterRouting(person.letters).label
        sub = joined((kind, phone, person.powers, letters, period_words(person)))
        rows.append(Row(who, sub, _acts(edit, person, f"{kind} {who}"), is_old=is_over(person, today)))
    return rows


def case_rows(cases: tuple[PersonCaseRow, ...], open_case: Callable[[UUID], None]) -> list[Row]:
    """Open ones first; Enter on the title opens the case."""
    rows = []
    for case in cases:
        phase = CasePhase(case.phase).label
        sub = joined((phase, f"søkt {long_date(case.opened_on)}"))
        title = f"{case.number} · {CaseKind(case.kind).label}"
        rows.append(Row(title, sub, is_old=not case.is_open, open=_bind(open_case, case.id)))
    return rows


def visit_rows(visits: tuple[VisitRow, ...], today: dt.date, open_visit: Callable[[UUID], None]) -> list[Row]:
    rows = []
    for visit in visits:
        sub = joined((place_words(visit.place), visit.by))
        when = day_and_year(visit.starts_at, today)
        rows.append(
            Row(f"Besøk {when}", sub, pill=outcome_pill(visit.outcome), open=_bind(open_visit, visit.id))
        )
    return rows


def about_facts(detail: PersonDetail, today: dt.date) -> list[tuple[str, str]]:
    """What is said once, as label and value."""
    draft = detail.draft
    form = WrittenForm(draft.written_form).label if draft.written_form else UNKNOWN
    paper = {True: "Ja", False: "Nei", None: "Vet ikke"}[draft.wants_paper]
    born = joined((born_words(draft.birth_on, today, draft.dead_on), precision_words(draft.birth_precision)))
    facts = [("Født", born[0].upper() + born[1:])]
    if draft.dead_on:
        facts.append(("Død", f"{draft.dead_on:%d.%m.%Y}"))
    if draft.is_unidentified:
        facts.append(("Identitet", "Ikke avklart"))
    return [
        *facts,
        ("Målform i brev", form),
        ("Tolkespråk", draft.interpreter_language or UNKNOWN),
        ("Brev på papir", paper),
        ("Merknad", draft.remark or "–"),
    ]
