"""What the builder says: its steps, where [Rett] leads, reasons for sending back. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import full_date, long_date
from boligdesk.domain.guidance import OSLO
from boligdesk.domain.letter_fields import BY_KEY, FieldType
from boligdesk.domain.letters import Approval, ArrivalBasis, LetterState, RecipientRole
from boligdesk.ui.places import Place

if TYPE_CHECKING:
    from boligdesk.domain.letter_check import Finding
    from boligdesk.services.records.letters import ApprovalRow, LetterDetail, RecipientRow
    from boligdesk.ui.theme import Tone

OPEN = {LetterState.DRAFT.value, LetterState.TO_APPROVAL.value, LetterState.APPROVED.value}
RECIPIENTS = "mottakere"
#: Reasons for sending a letter back; the comment says the rest.
RETURN_REASONS = (
    "Begrunnelsen må bli tydeligere",
    "Fakta er feil eller mangler",
    "Regelen er feil eller mangler",
    "Språket må bli enklere",
    "Konklusjonen må vurderes på nytt",
    "Noe annet",
)
_OFFICE, _CASE, _TRACK, _RULES, _OFFER = "kontoret", "saken", "vurderingen", "regelsettet", "tilbudet"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: number and word, and how far it has come."""

    word: str
    tone: Tone
    icon: str
    said: str


def steps(detail: LetterDetail, findings: tuple[Finding, ...]) -> tuple[Step, ...]:
    """Mal › Innhold › Kontroll › Godkjenning › Send; without approval where the template asks for none."""
    names = ["Mal", "Innhold", "Kontroll", "Godkjenning", "Send"]
    if detail.approval == Approval.NONE:
        names.remove("Godkjenning")
    at = names.index(_now(detail, findings)) if detail.status != LetterState.SENT else len(names)
    made: list[Step] = []
    for number, name in enumerate(names):
        word = f"{number + 1} {name}"
        if number < at:
            made.append(Step(word, "ok", "checkmark_circle", "ferdig"))
        elif number == at:
            made.append(Step(word, "info", "edit", "her er du nå"))
        else:
            made.append(Step(word, "neutral", "clock", "gjenstår"))
    return tuple(made)


def _now(detail: LetterDetail, findings: tuple[Finding, ...]) -> str:
    if detail.status in {LetterState.APPROVED, LetterState.FINALISED, LetterState.RECALLED}:
        return "Send"
    if detail.status == LetterState.TO_APPROVAL:
        return "Godkjenning"
    blocking = [finding for finding in findings if finding.blocks]
    own = {free.key for free in detail.free_texts} | set(detail.choices)
    if any(finding.target in own for finding in blocking):
        return "Innhold"
    return "Kontroll"


def place_to_fix(target: str, detail: LetterDetail) -> Place | None:
    """Where what a finding names is put right; None when it is here, or nowhere."""
    if target == RECIPIENTS:
        wrong = next((one for one in detail.recipients if one.problem and one.person_id), None)
        return Place("person", subject=wrong.person_id) if wrong else Place("sak", subject=detail.case_id)
    field = BY_KEY.get(target)
    if field is None:
        return None
    if field.source in {_TRACK, _RULES}:
        return Place("sak", subject=detail.case_id, tab="vurdering")
    if field.source == _OFFER:
        return Place("tildeling", state={"offer": detail.offer_id})
    return Place("sak", subject=detail.case_id, tab="soknad") if field.source == _CASE else None


def is_letterhead(target: str) -> bool:
    """Whether the office's own letterhead holds the field."""
    return target in BY_KEY and BY_KEY[target].source == _OFFICE


def is_day(key: str) -> bool:
    return BY_KEY[key].type is FieldType.DATE


def approval_line(row: ApprovalRow) -> str:
    """Who approved or returned the letter, and when: «Jonas H. godkjente 24. november kl. 10.31»."""
    at = row.at.astimezone(OSLO)
    when = f"{long_date(at.date())} kl. {at:%H.%M}"
    if row.outcome == "godkjent":
        fallen = "" if row.holds else " Teksten er endret etterpå, så godkjenningen gjelder ikke lenger."
        return f"{row.by} godkjente {when}.{fallen}".replace("..", ".")
    return f"{row.by} sendte brevet tilbake {when}: {row.reason}.".replace("..", ".")


def recipient_line(row: RecipientRow) -> str:
    role = RecipientRole(row.role).label if row.role in RecipientRole.codes() else row.role
    return ", ".join(
        part for part in (row.name, *row.address, "" if row.role == "mottaker" else role) if part
    )


def arrival_words(detail: LetterDetail) -> str:
    """«torsdag 26. november 2026 (antatt)»; "" before the letter is sent."""
    first = next((one for one in detail.recipients if one.arrived_on), None)
    if first is None or first.arrived_on is None:
        return ""
    known = first.arrived_basis in ArrivalBasis.codes()
    basis = f" ({ArrivalBasis(first.arrived_basis).label.lower()})" if known else ""
    return f"{full_date(first.arrived_on)}{basis}"


def finished_facts(detail: LetterDetail) -> tuple[tuple[str, str], ...]:
    """Everything that is settled about a finished letter."""
    lines = (
        ("Journalnummer", detail.journal_number),
        ("Brevets dato", full_date(detail.dated_on) if detail.dated_on else ""),
        ("Til", "\n".join(recipient_line(one) for one in detail.recipients)),
        ("Skrevet av", detail.written_by),
        ("Sendt", full_date(detail.sent_on) if detail.sent_on else "Ikke ennå"),
        ("Mottatt", arrival_words(detail)),
        ("Klagefrist til", full_date(detail.appeal_due_on) if detail.appeal_due_on else ""),
        ("Klagen avgjøres av", detail.appeal_body if detail.appeal_due_on else ""),
    )
    return tuple(line for line in lines if line[1])
