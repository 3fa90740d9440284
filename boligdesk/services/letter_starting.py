"""Which letters fit a case now, how one begins, and what follows when it has been sent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from boligdesk.domain.allocation_catalog import OfferState, TrackOutcome
from boligdesk.domain.catalog import TrackLaw, TrackStatus, WrittenForm
from boligdesk.domain.letters import LANGUAGES, LETTERS, LetterKind, LetterState
from boligdesk.domain.text import clean
from boligdesk.services import letter_desk, waiting
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.letter_values import first_texts
from boligdesk.services.ports.letters import NewLetter, StoredLetter
from boligdesk.services.records.letters import KindChoice

if TYPE_CHECKING:
    from boligdesk.services.ports import View, Work
    from boligdesk.services.ports.assessment import CaseKnown, TrackState
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.ports.letters import Dispatch
    from boligdesk.services.ports.papers import Papers
    from boligdesk.services.records.letters import LetterDraft
    from boligdesk.services.records.papers import LetterValue

MOST_ITEMS = 20
_ANSWERED = frozenset({TrackStatus.DECIDED, TrackStatus.FINAL, TrackStatus.LAPSED})


def choices(view: View, papers: Papers, case_id: UUID) -> tuple[KindChoice, ...]:
    """Kinds that fit, the likeliest first. One that decides stands there once its track is concluded."""
    case = view.assessment.known(case_id)
    offers = [one for one in view.allocation.offers_of_case(case_id) if one.is_live]
    found: list[tuple[int, KindChoice]] = []
    for kind in LetterKind:
        spec = LETTERS[kind]
        approval = papers.template(kind, "nb").approval

        def choice(
            why: str = "",
            track: UUID | None = None,
            offer: UUID | None = None,
            kind: LetterKind = kind,
            approval: str = approval,
        ) -> KindChoice:
            return KindChoice(kind, kind.label, LETTERS[kind].group, why, approval, track, offer)

        if spec.is_vedtak:
            found += [
                (
                    0,
                    choice(
                        f"Vurderingen er konkludert: {TrackOutcome(track.proposed_outcome).label.lower()}.",
                        track.id,
                    ),
                )
                for track in case.tracks
                if _tells(kind, track)
            ]
        elif kind is LetterKind.OFFER:
            found += [
                (0, choice(f"Boligen er reservert: {offer.address}.", offer=offer.id))
                for offer in offers
                if offer.state == OfferState.PREPARED
            ]
        elif kind is LetterKind.INTERIM_REPLY:
            waits = case.is_open and not _is_answered(case)
            found.append((1 if waits else 3, choice("Søkeren har ikke fått svar ennå." if waits else "")))
        else:
            found.append((2, choice()))
    return tuple(one for _order, one in sorted(found, key=lambda pair: pair[0]))


def start(unit: Work, papers: Papers, draft: LetterDraft) -> Stored:
    """Raises InvalidInput for a kind that does not fit, UserError for a closed case."""
    if draft.kind not in LetterKind.codes():
        raise InvalidInput("kind", "Velg et brev.")
    kind = LetterKind(draft.kind)
    case = unit.assessment.known(draft.case_id)
    if not case.is_open:
        raise UserError("Saken er avsluttet.", safe="Ingenting er endret.", todo="Åpne saken igjen først.")
    track = _track(kind, case, draft.track_id)
    offer_id = _offer(unit, kind, draft)
    language = draft.language or ("nn" if case.written_form == WrittenForm.NYNORSK else "nb")
    if language not in dict(LANGUAGES):
        raise InvalidInput("language", "Velg bokmål eller nynorsk.")
    chosen: dict[str, LetterValue] = {}
    if kind is LetterKind.MISSING_INFORMATION and draft.items:
        chosen["mangler"] = tuple(dict.fromkeys(clean(item) for item in draft.items if clean(item)))[
            :MOST_ITEMS
        ]
    template = papers.template(kind, language)
    texts = first_texts(kind, track) | _viewing(unit, draft.case_id, offer_id)
    return unit.write_letters.start(
        NewLetter(
            case_id=draft.case_id,
            kind=kind,
            language=language,
            title=template.title,
            approval=template.approval,
            track_id=track.id if track else None,
            offer_id=offer_id,
            texts={free.key: texts.get(free.key, "") for free in template.free_texts},
            choices=chosen,
            body_sha256=letter_desk.fingerprint(template, texts, chosen, {}),
        )
    )


def unbegun(view: View, papers: Papers, case_id: UUID, kind: str, language: str) -> StoredLetter:
    """A letter that is not stored, with the texts it would begin with. Raises NotFound without a template."""
    template = papers.template(kind, language)
    known = LetterKind(kind)
    case = view.assessment.known(case_id)
    law = LETTERS[known].track
    track = next((one for one in case.tracks if one.law == law), None)
    offer = None
    if known is LetterKind.OFFER:
        offer = next((one.id for one in view.allocation.offers_of_case(case_id) if one.is_live), None)
    return StoredLetter(
        id=UUID(int=0),
        version=0,
        case_id=case_id,
        kind=kind,
        language=language,
        title=template.title,
        status=LetterState.DRAFT,
        approval=template.approval,
        track_id=track.id if track else None,
        offer_id=offer,
        texts=first_texts(known, track) | _viewing(view, case_id, offer),
        choices={},
        template_version=template.version,
        template_sha256=template.sha256,
        body_sha256="",
        written_by_id=UUID(int=0),
        written_by="",
        recipients=(),
        approvals=(),
        approved_texts={},
        journal_number="",
        dated_on=None,
        sent_on=None,
        appeal_due_on=None,
        document_id=None,
        frozen_values={},
        writer_ids=frozenset(),
    )


def _viewing(view: View, case_id: UUID, offer_id: UUID | None) -> dict[str, str]:
    """When and how the dwelling can be seen, as it was written when the offer was prepared."""
    offer = view.letters.known(case_id, offer_id).offer if offer_id is not None else None
    return {"visning": offer.terms.viewing} if offer is not None and offer.terms.viewing else {}


def after_sending(unit: Work, stored: StoredLetter, dispatch: Dispatch) -> None:
    """Under the same event: an approved applicant joins the waiting list, an offer begins to run."""
    kind = LetterKind(stored.kind)
    if kind is LetterKind.APPROVAL_DWELLING and stored.track_id is not None:
        unit.write_allocation.join_waiting(waiting.worked_out(unit, stored.case_id, stored.track_id))
    if kind is LetterKind.OFFER and stored.offer_id is not None and dispatch.due_on is not None:
        unit.write_allocation.offer_sent(stored.offer_id, dispatch.sent_on, dispatch.due_on)


def _tells(kind: LetterKind, track: TrackState) -> bool:
    spec = LETTERS[kind]
    return (
        spec.track == track.law
        and track.status == TrackStatus.RECOMMENDED
        and track.proposed_outcome in spec.outcomes
        and track.letter_id is None
    )


def _is_answered(case: CaseKnown) -> bool:
    return bool(case.tracks) and all(track.status in _ANSWERED for track in case.tracks)


def _track(kind: LetterKind, case: CaseKnown, wanted: UUID | None) -> TrackState | None:
    """The track a letter decides, None for one that decides nothing. Raises UserError when none is concluded."""
    if not LETTERS[kind].is_vedtak:
        return None
    fitting = [track for track in case.tracks if _tells(kind, track) and wanted in {None, track.id}]
    if fitting:
        return fitting[0]
    law = LETTERS[kind].track or TrackLaw.LOCAL_RULES
    raise UserError(
        "Brevet kan ikke skrives ennå.",
        f"«{law.label}» er ikke konkludert med det brevet sier, eller brevet er skrevet fra før.",
        "Ingenting er endret.",
        "Konkluder i fanen Vurdering først.",
    )


def _offer(unit: Work, kind: LetterKind, draft: LetterDraft) -> UUID | None:
    if kind is not LetterKind.OFFER:
        return None
    live = [one for one in unit.allocation.offers_of_case(draft.case_id) if one.state == OfferState.PREPARED]
    fitting = [one for one in live if draft.offer_id in {None, one.id}]
    if not fitting:
        raise UserError(
            "Det er ikke valgt noen bolig til søkeren.",
            safe="Ingenting er endret.",
            todo="Velg søkeren til en ledig bolig i Tildeling først.",
        )
    return fitting[0].id
