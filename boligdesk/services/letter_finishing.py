"""Finishing a letter: checked, numbered, drawn, held against the standards and stored, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Protection
from boligdesk.domain.letters import LETTERS, Approval, LetterKind, LetterState
from boligdesk.services import letter_desk
from boligdesk.services.errors import ConflictError, NotAllowed, UserError
from boligdesk.services.impartial import require_impartial
from boligdesk.services.ports.letters import Frozen

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.letter_desk import Standing
    from boligdesk.services.ports import Work
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.ports.letters import StoredLetter
    from boligdesk.services.ports.papers import Papers
    from boligdesk.services.records.common import User
    from boligdesk.services.records.papers import Paper

_FINISHABLE = frozenset({LetterState.DRAFT, LetterState.APPROVED})


def finish(unit: Work, papers: Papers, letter_id: UUID, version: int, user: User) -> Stored:
    """Lock the letter. The number is taken last and goes back with the transaction when anything fails.

    Raises UserError, ConflictError (stale version), MissingFields, MissingGlyphs; nothing is stored then.
    """
    stored = unit.letters.stored(letter_id)
    if stored.version != version:
        raise ConflictError({}, {})
    now = letter_desk.standing(unit, papers, stored)
    decider, signer = _require_ready(unit, stored, now, user)
    letter_desk.require_complete(now)
    composed = papers.compose(now.template, now.values, is_draft=False)
    number = unit.write_letters.next_journal_number()
    pdfs = tuple(
        _drawn(
            papers,
            letter_desk.paper_of(
                now,
                recipient,
                dated_on=unit.today,
                journal_number=number[2],
                composed=composed,
                signer=signer,
                is_draft=False,
            ),
        )
        for recipient in now.recipients
    )
    spec = LETTERS[LetterKind(stored.kind)]
    template = now.template
    frozen = Frozen(
        letter_id=letter_id,
        version=version,
        template_key=(template.kind, template.language, template.version, template.sha256, template.text),
        values=now.values,
        body_sha256=now.body_sha256,
        dated_on=unit.today,
        title=composed.title,
        public_title=LetterKind(stored.kind).label,
        counterpart=now.letter.applicant_name if not _is_protected(now) else "Skjermet",
        document_kind=spec.document_kind,
        recipients=now.recipients,
        decide=now.track.vedtak_id if spec.is_vedtak and now.track else None,
        decided_by=decider,
    )
    return unit.write_letters.finalise(frozen, number, pdfs)


def _require_ready(unit: Work, stored: StoredLetter, now: Standing, user: User) -> tuple[UUID | None, str]:
    """(who decides, whose name stands as responsible). Raises when the letter may not be finished now."""
    if stored.status not in _FINISHABLE:
        raise UserError(
            "Brevet kan ikke ferdigstilles nå.",
            "Det venter på godkjenning, eller det er ferdigstilt fra før.",
            "Ingenting er endret.",
        )
    require_impartial(user, now.case.conflict_user_ids)
    is_vedtak = letter_desk.spec_needs_decider(stored)
    if is_vedtak and (now.track is None or now.track.vedtak_id is None):
        raise UserError(
            "Saken er ikke konkludert.",
            "Brevet forteller om et vedtak som ikke er forberedt.",
            "Ingenting er endret.",
            "Konkluder i fanen Vurdering først.",
        )
    if stored.approval == Approval.NONE:
        if is_vedtak and Right.DECIDE not in unit.rights:
            raise NotAllowed("Du har ikke fullmakt til å fatte vedtaket.", safe="Ingenting er endret.")
        return (user.id if is_vedtak else None), ""
    approval = next(
        (one for one in reversed(stored.approvals) if one.outcome == "godkjent" and one.holds), None
    )
    if stored.status != LetterState.APPROVED or approval is None or stored.body_sha256 != now.body_sha256:
        raise UserError(
            "Brevet må godkjennes først.",
            "Teksten eller opplysningene i saken er endret etter godkjenningen."
            if stored.approvals
            else "Dette brevet skal godkjennes av en til.",
            "Kladden er lagret.",
            "Send det til godkjenning.",
        )
    if approval.by_id in now.case.conflict_user_ids:
        raise UserError(
            "Brevet må godkjennes på nytt.",
            "Den som godkjente det, er inhabil i saken.",
            "Kladden er lagret.",
            "Endre brevet, og send det til godkjenning hos en annen.",
        )
    return approval.by_id, approval.by


def _drawn(papers: Papers, paper: Paper) -> bytes:
    pdf = papers.render(paper)
    report = papers.check(pdf)
    if not report.is_valid:
        first = report.findings[0].text if report.findings else ""
        raise UserError(
            "Brevet ble ikke godkjent av kontrollen av PDF-filen.",
            first,
            "Ingenting er låst, og nummeret er ikke brukt.",
            "Prøv igjen. Skjer det på nytt, ta kontakt med IT-støtte.",
        )
    return pdf


def _is_protected(now: Standing) -> bool:
    return now.letter.protection >= Protection.CONFIDENTIAL.level
