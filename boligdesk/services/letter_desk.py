"""A letter as it stands now: values, text, findings and recipients, worked out of what is stored."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import OfferAnswer
from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import Protection
from boligdesk.domain.letter_check import Addressee, CheckFacts, Finding, check, mandatory_fields
from boligdesk.domain.letter_fields import BY_KEY, VOLATILE, FieldType, label_of
from boligdesk.domain.letters import LETTERS, DispatchRoute, LetterKind, RecipientRole
from boligdesk.domain.money import format_kr
from boligdesk.services.errors import UserError
from boligdesk.services.letter_values import (
    LETTERHEAD_SETTING,
    NEW_ACT_SETTING,
    Sources,
    values_of,
)
from boligdesk.services.letterhead import letterhead
from boligdesk.services.records.letters import FieldChip, LetterTexts, Preview
from boligdesk.services.records.papers import Paper, Signer
from boligdesk.services.rules import rule_set_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from boligdesk.services.ports import View
    from boligdesk.services.ports.assessment import CaseKnown, TrackState
    from boligdesk.services.ports.letters import LetterKnown, StoredLetter
    from boligdesk.services.ports.papers import Papers
    from boligdesk.services.records.letters import RecipientRow
    from boligdesk.services.records.papers import Composed, LetterValue, TemplateInfo

_REFERENCE = {"nb": ("Vår referanse", "Journalnummer"), "nn": ("Vår referanse", "Journalnummer")}
#: Whoever answers for a decision, for an offer, and the caseworker (forvaltningsloven 2025 § 59, good practice before).
TITLES = {
    "nb": ("ansvarlig for vedtaket", "ansvarlig for tilbudet", "saksbehandler"),
    "nn": ("ansvarleg for vedtaket", "ansvarleg for tilbodet", "sakshandsamar"),
}
_SHIELD = {
    "nb": "Unntatt offentlighet: offentleglova § 13, forvaltningsloven § 13",
    "nn": "Unnateke offentlegheit: offentleglova § 13, forvaltningslova § 13",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A letter worked out. ``on`` is the day it would have; ``values`` fill the template."""

    stored: StoredLetter
    template: TemplateInfo
    composed: Composed
    values: dict[str, LetterValue]
    findings: tuple[Finding, ...]
    recipients: tuple[RecipientRow, ...]
    body_sha256: str
    case: CaseKnown
    letter: LetterKnown
    track: TrackState | None
    head: Mapping[str, object]
    texts: dict[str, str]
    language: str
    on: dt.date


def standing(
    view: View, papers: Papers, stored: StoredLetter, changed: LetterTexts | None = None
) -> Standing:
    """Work the letter out as of today, with texts that are not saved yet where there are any."""
    texts = {**stored.texts, **(changed.texts if changed else {})}
    choices = {**stored.choices, **((changed.choices or {}) if changed else {})}
    language = (changed.language if changed and changed.language else stored.language) or "nb"
    case = view.assessment.known(stored.case_id)
    known = view.letters.known(stored.case_id, stored.offer_id)
    if not known.caseworker:  # never whoever looks: the text that is approved is the same for all
        known = replace(known, caseworker=stored.written_by)
    template = papers.template(stored.kind, language)
    texts = {free.key: texts.get(free.key, "") for free in template.free_texts}
    sources = Sources(
        kind=LetterKind(stored.kind),
        language=language,
        on=view.today,
        case=case,
        letter=known,
        rule_set=rule_set_in_force(view, view.today),
        track=next((one for one in case.tracks if one.id == stored.track_id), None),
        head=view.letters.office_setting(LETTERHEAD_SETTING) or {},
        new_act_from=new_act_from(view),
        texts=texts,
        choices=choices,
        earlier_answers=_earlier_answers(view, stored.offer_id),
    )
    values = values_of(sources)
    composed = papers.compose(template, values, is_draft=True)
    asked = mandatory_fields(stored.kind, view.today, has_children=bool(case.children))
    facts = CheckFacts(
        kind=stored.kind,
        on=view.today,
        parts=_parts(composed),
        values=values,
        addressees=[Addressee(one.role, one.name, one.problem) for one in known.recipients],
        unserved=known.unserved,
        has_children=bool(case.children),
        written={key: text for key, text in texts.items() if text.strip()},
        other_drafts=[words for other, words in known.other_drafts if other != stored.id],
        gaps=[key for key in composed.missing if key not in asked],
        language=language,
    )
    return Standing(
        stored=stored,
        template=template,
        composed=composed,
        values=values,
        findings=check(facts),
        recipients=known.recipients,
        body_sha256=fingerprint(template, texts, choices, values),
        case=case,
        letter=known,
        track=sources.track,
        head=sources.head,
        texts=texts,
        language=language,
        on=view.today,
    )


def _earlier_answers(view: View, offer_id: UUID | None) -> dict[str, int]:
    if offer_id is None:
        return {}
    return {
        answer: view.allocation.earlier_answers(offer_id, answer)
        for answer in (OfferAnswer.NO, OfferAnswer.NONE)
    }


def new_act_from(view: View) -> dt.date | None:
    """The day the office has set for the new forvaltningslov; None = not in force here."""
    found = view.letters.office_setting(NEW_ACT_SETTING) or {}
    day = found.get("fra")
    return dt.date.fromisoformat(str(day)) if day else None


def fingerprint(
    template: TemplateInfo,
    texts: Mapping[str, str],
    choices: Mapping[str, LetterValue],
    values: Mapping[str, LetterValue],
) -> str:
    """What approval is bound to: template, texts, choices and every value that does not only follow the calendar."""
    said = {
        "template": template.sha256,
        "texts": {key: text for key, text in sorted(texts.items()) if text.strip()},
        "choices": {key: _plain(value) for key, value in sorted(choices.items()) if value is not None},
        "values": {key: _plain(value) for key, value in sorted(values.items()) if key not in VOLATILE},
    }
    body = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def _plain(value: LetterValue) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def paper_of(
    now: Standing,
    recipient: RecipientRow | None,
    *,
    dated_on: dt.date,
    journal_number: str = "",
    composed: Composed | None = None,
    signer: str = "",
    is_draft: bool = True,
) -> Paper:
    """The page for one recipient. A protected recipient's address never stands on it."""
    body = composed or now.composed
    head = letterhead(now.head)
    label, journal = _REFERENCE[now.language]
    references = [(label, now.letter.case_number)]
    if journal_number:
        references.append((journal, journal_number))
    copies = tuple(one.name for one in now.recipients if one is not recipient and one.name)
    protected = now.letter.protection >= Protection.CONFIDENTIAL.level
    of_vedtak, of_offer, caseworker = TITLES[now.language]
    responsible = of_vedtak if spec_needs_decider(now.stored) else of_offer
    signers = [Signer(signer, responsible)] if signer and signer != now.letter.caseworker else []
    signers += [Signer(now.letter.caseworker, caseworker)] if now.letter.caseworker else []
    return Paper(
        language=now.language,
        title=body.title,
        letterhead=head,
        recipient=(recipient.name, *recipient.address) if recipient else (),
        dated_on=dated_on,
        blocks=body.blocks,
        references=tuple(references),
        signers=tuple(signers),
        copies=copies,
        shield=_SHIELD[now.language] if protected else "",
        is_draft=is_draft,
    )


def preview(view: View, papers: Papers, stored: StoredLetter, changed: LetterTexts | None = None) -> Preview:
    """The page for the first recipient, with what the check finds."""
    now = standing(view, papers, stored, changed)
    paper = paper_of(now, main_recipient(now), dated_on=now.on)
    return Preview(paper, now.findings, chips(now))


def chips(now: Standing) -> tuple[FieldChip, ...]:
    """Merged values with their source, in the order of the template; free texts are not chips."""
    needed = mandatory_fields(now.stored.kind, now.on, has_children=bool(now.case.children))
    shown = []
    for key in now.template.fields:
        field = BY_KEY[key]
        if field.type in {FieldType.FREE, FieldType.YES_NO}:
            continue
        shown.append(
            FieldChip(key, field.label, words(key, now.values.get(key)), field.source, key in needed)
        )
    return tuple(shown)


def words(key: str, value: LetterValue) -> str:
    """A value as the chip shows it; "" = missing."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return long_date(value)
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, int) and BY_KEY[key].type is FieldType.MONEY:
        return format_kr(value)
    return str(value)


def main_recipient(now: Standing) -> RecipientRow | None:
    """Whose window the page is made for first: a recipient before copies."""
    return next(
        (one for one in now.recipients if one.role != RecipientRole.COPY),
        now.recipients[0] if now.recipients else None,
    )


def is_shielded(recipients: tuple[RecipientRow, ...]) -> bool:
    return any(one.route == DispatchRoute.SHIELDED for one in recipients)


def require_complete(now: Standing) -> None:
    """Raises UserError naming the first things that stop the letter."""
    stops = [finding for finding in now.findings if finding.blocks]
    if not stops:
        return
    named = " ".join(finding.text for finding in stops[:3])
    raise UserError(
        "Brevet er ikke komplett.",
        named,
        "Kladden er lagret som den er.",
        "Rett det som mangler, og prøv igjen.",
    )


def _parts(composed: Composed) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    for block in composed.blocks:
        parts.setdefault(block.part, []).append(block.text)
    return {part: "\n".join(texts) for part, texts in parts.items()}


def changed_labels(stored: StoredLetter) -> tuple[str, ...]:
    """Texts that differ from what was last approved or sent back."""
    if not stored.approved_texts:
        return ()
    keys = {*stored.texts, *stored.approved_texts}
    return tuple(
        sorted(
            label_of(key) for key in keys if stored.texts.get(key, "") != stored.approved_texts.get(key, "")
        )
    )


def spec_needs_decider(stored: StoredLetter) -> bool:
    """Whether the letter carries a vedtak: then somebody with the right to decide stands behind it."""
    return LETTERS[LetterKind(stored.kind)].is_vedtak
