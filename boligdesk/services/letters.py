"""Letters: what may be written, the builder, approval, finishing, dispatch (ui.md 4, model.md 2.3)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from boligdesk.domain.access import Right
from boligdesk.domain.calendar import full_date, long_date
from boligdesk.domain.catalog import Role
from boligdesk.domain.letters import LETTERS, Approval, LetterKind, LetterState
from boligdesk.domain.text import clean, clean_long
from boligdesk.services import letter_desk, letter_starting, letterhead
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, UserError
from boligdesk.services.impartial import require_impartial, require_impartial_in
from boligdesk.services.letter_dispatch import assumed_arrival, dispatch_of
from boligdesk.services.letter_finishing import finish
from boligdesk.services.letter_values import APPEAL_RULE, LETTERHEAD_SETTING, NEW_ACT_SETTING
from boligdesk.services.records.common import Saved
from boligdesk.services.records.letters import BatchResult, LetterDetail, LetterTexts, Preview, SendConfirm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from boligdesk.services.letter_desk import Standing
    from boligdesk.services.ports import View, Work
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.ports.letters import StoredLetter
    from boligdesk.services.ports.papers import Papers
    from boligdesk.services.records.common import Page, Sort
    from boligdesk.services.records.letters import (
        JournalRow,
        KindChoice,
        LetterCounts,
        LetterDraft,
        LetterFilter,
        LetterRow,
    )
    from boligdesk.services.records.papers import Paper, PaperReport
    from boligdesk.services.session import Session

MOST_REASON = 500
#: Lov 20. juni 2025 nr. 81; the King decides when it begins to hold.
NEW_ACT_ADOPTED = dt.date(2025, 6, 20)
_LAST_DAY = dt.date(2200, 12, 31)
_TOUCHED = Changes(frozenset({Kind.LETTER, Kind.CASE, Kind.TASK, Kind.ASSESSMENT}))
_OFFICE = _TOUCHED | Changes(frozenset({Kind.OFFICE}))
_SENT = _TOUCHED | Changes(frozenset({Kind.ALLOCATION, Kind.DWELLING, Kind.DOCUMENT}))
_OPEN = frozenset({LetterState.DRAFT, LetterState.TO_APPROVAL, LetterState.APPROVED})


class Letters:
    """Every method raises NotFound for a letter or case outside the user's reach, NotAllowed without the right."""

    def __init__(self, session: Session, papers: Papers) -> None:
        self._session = session
        self._papers = papers

    # -- reading --------------------------------------------------------------------------------

    def page(self, wanted: LetterFilter, sort: Sort, offset: int = 0, limit: int = 200) -> Page[LetterRow]:
        """Sort keys: changed, title, to, case, writer, status, due, journal, sent."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.letters.page(wanted, sort, offset, limit))

    def counts(self) -> LetterCounts:
        """The segments; each number is the length of the list it opens."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.letters.counts())

    def of_case(self, case_id: UUID) -> tuple[LetterRow, ...]:
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.letters.of_case(case_id))

    def journal(self, offset: int = 0, limit: int = 200) -> Page[JournalRow]:
        """The journal, newest first."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.letters.journal(offset, limit))

    def detail(self, letter_id: UUID) -> LetterDetail:
        """The builder's page. Leaves a read entry."""

        def work(unit: Work) -> LetterDetail:
            found = self._detail(unit, unit.letters.stored(letter_id))
            unit.write_letters.opened(letter_id)
            return found

        return self._session.write(Right.READ_PEOPLE, work)

    def reread(self, letter_id: UUID) -> LetterDetail:
        """A letter that is open already, after a change."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: self._detail(view, view.letters.stored(letter_id)))

    def preview(self, letter_id: UUID, changed: LetterTexts | None = None) -> Preview:
        """The letter as it would look now, with unsaved texts. Draw ``paper`` with ``draw``, in any thread."""
        self._session.require(Right.READ_PEOPLE)

        def work(view: View) -> Preview:
            return letter_desk.preview(view, self._papers, view.letters.stored(letter_id), changed)

        return self._session.read(work)

    def proposal(self, case_id: UUID, kind: str, language: str) -> Preview:
        """What a letter that nobody has begun would be now; nothing is stored. Gaps are marked.

        Raises NotFound for a kind or a language without a template.
        """
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(
            lambda view: letter_desk.preview(
                view, self._papers, letter_starting.unbegun(view, self._papers, case_id, kind, language)
            )
        )

    def draw(self, paper: Paper) -> bytes:
        """PDF of a paper. Needs no store: call it in the lane of slow work."""
        return self._papers.render(paper)

    def plain_text(self, paper: Paper) -> str:
        return self._papers.plain_text(paper)

    def check_file(self, pdf: bytes) -> PaperReport:
        """Hold any PDF file against PDF/A-2a and PDF/UA-1."""
        return self._papers.check(pdf)

    def pdfs(self, letter_id: UUID) -> tuple[bytes, ...]:
        """The frozen files, one per recipient. Leaves a read entry."""

        def work(unit: Work) -> tuple[bytes, ...]:
            unit.write_letters.opened(letter_id)
            return unit.letters.pdfs(letter_id)

        return self._session.write(Right.READ_PEOPLE, work)

    def choices(self, case_id: UUID) -> tuple[KindChoice, ...]:
        """Kinds that fit the case now, the likeliest first with its reason."""
        self._session.require(Right.WRITE_LETTERS)
        return self._session.read(lambda view: letter_starting.choices(view, self._papers, case_id))

    # -- writing --------------------------------------------------------------------------------

    def start(self, draft: LetterDraft) -> Saved:
        """A new draft; texts flow in from the assessment. One live draft of a kind and track at a time."""

        def work(unit: Work) -> Stored:
            require_impartial_in(unit, self._session.user, draft.case_id)
            return letter_starting.start(unit, self._papers, draft)

        return self._write(work)

    def save(self, letter_id: UUID, version: int, changed: LetterTexts) -> Saved:
        """Texts, choices, language. A change after approval takes the approval away, visibly."""

        def work(unit: Work) -> Stored:
            stored = _open(unit, letter_id)
            now = letter_desk.standing(unit, self._papers, stored, _cleaned(changed))
            require_impartial(self._session.user, now.case.conflict_user_ids)
            return unit.write_letters.save(
                letter_id,
                version,
                now.texts,
                {**stored.choices, **(changed.choices or {})},
                now.language,
                now.composed.title,
                now.body_sha256,
            )

        return self._write(work)

    def drop(self, letter_id: UUID, version: int, reason: str = "") -> Saved:
        """Throw a draft away. Can be undone."""

        def work(unit: Work) -> Stored:
            _open(unit, letter_id)
            return unit.write_letters.drop(letter_id, version, clean_long(reason)[:MOST_REASON])

        return self._write(work)

    def submit(self, letter_id: UUID, version: int) -> Saved:
        """To somebody else for approval. Raises UserError while something mandatory is missing."""

        def work(unit: Work) -> Stored:
            stored = _open(unit, letter_id)
            if stored.approval == Approval.NONE:
                raise UserError("Dette brevet trenger ingen godkjenning.", todo="Ferdigstill det.")
            now = letter_desk.standing(unit, self._papers, stored)
            require_impartial(self._session.user, now.case.conflict_user_ids)
            letter_desk.require_complete(now)
            return unit.write_letters.submit(letter_id, version, now.body_sha256)

        return self._final(work)

    def approve(self, letter_id: UUID, version: int) -> Saved:
        """Approve the text as it is now. Never one's own, never somebody one knows (forvaltningsloven § 6)."""

        def work(unit: Work) -> Stored:
            stored = _open(unit, letter_id)
            now = letter_desk.standing(unit, self._papers, stored)
            self._require_approver(stored, now)
            if stored.status != LetterState.TO_APPROVAL:
                raise UserError("Brevet er ikke sendt til godkjenning.", safe="Ingenting er endret.")
            letter_desk.require_complete(now)
            if now.body_sha256 != stored.body_sha256:
                raise _text_changed()
            return unit.write_letters.approve(letter_id, version, now.body_sha256)

        return self._final(work, Right.DECIDE)

    def send_back(self, letter_id: UUID, version: int, reason: str, comment: str) -> Saved:
        """Back to the writer with a reason and a comment."""
        why, said = clean(reason), clean_long(comment)[:MOST_REASON]
        if not why:
            raise InvalidInput("reason", "Velg hvorfor brevet sendes tilbake.")
        if not said:
            raise InvalidInput("comment", "Skriv hva som må endres.")

        def work(unit: Work) -> Stored:
            stored = _open(unit, letter_id)
            require_impartial_in(unit, self._session.user, stored.case_id)
            return unit.write_letters.send_back(letter_id, version, why, said, stored.body_sha256)

        return self._final(work, Right.DECIDE)

    def confirm(self, letter_id: UUID) -> SendConfirm:
        """What the confirm page says (ui.md 3.7)."""
        self._session.require(Right.WRITE_LETTERS)
        return self._session.read(lambda view: self._confirm(view, view.letters.stored(letter_id)))

    def finalise(self, letter_id: UUID, version: int) -> Saved:
        """Lock the letter: number, date, frozen files, decision made. All of it, or nothing.

        Raises UserError when something mandatory is missing, approval is missing or no longer holds, the conflict
        rule bites, or a file does not pass its check; ConflictError for a stale version.
        """
        return self._final(
            lambda unit: finish(unit, self._papers, letter_id, version, self._session.user), touched=_SENT
        )

    def finalise_many(
        self,
        letters: Sequence[tuple[UUID, int]],
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[BatchResult, ...]:
        """One transaction a letter: one that fails is told and the rest go on. Protected ones are refused."""
        results: list[BatchResult] = []
        for letter_id, version in letters:
            if is_cancelled():
                break
            progress(len(results), len(letters))
            results.append(self._one(letter_id, version))
        progress(len(results), len(letters))
        return tuple(results)

    def recall(self, letter_id: UUID, version: int, reason: str) -> Saved:
        """Take a finished letter back before it is sent. The number is kept."""
        why = _reason(reason, "Skriv hvorfor brevet trekkes tilbake.")

        def work(unit: Work) -> Stored:
            if unit.letters.stored(letter_id).status != LetterState.FINALISED:
                raise UserError(
                    "Brevet kan ikke trekkes tilbake.",
                    "Bare et brev som er ferdigstilt og ikke sendt, kan trekkes tilbake.",
                    "Ingenting er endret.",
                    "Rett feilen med et nytt brev.",
                )
            return unit.write_letters.recall(letter_id, version, why)

        return self._final(work, touched=_SENT)

    def printed(self, letter_ids: tuple[UUID, ...], printer: str) -> None:
        """The printer took them. Printing is not sending."""
        self._session.write(
            Right.WRITE_LETTERS, lambda unit: unit.write_letters.printed(letter_ids, clean(printer))
        )

    def mark_sent(self, letter_id: UUID, version: int, sent_on: dt.date | None = None) -> Saved:
        """The letter is in the post: arrival is assumed by rule, and the deadlines start."""

        def work(unit: Work) -> Stored:
            stored = unit.letters.stored(letter_id)
            if stored.status != LetterState.FINALISED:
                raise UserError(
                    "Brevet kan ikke merkes som sendt.",
                    "Det er ikke ferdigstilt, eller det er sendt fra før.",
                    "Ingenting er endret.",
                )
            dispatch = dispatch_of(unit, stored, version, sent_on or unit.today)
            outcome = unit.write_letters.send(dispatch)
            letter_starting.after_sending(unit, stored, dispatch)
            return outcome

        return self._final(work, touched=_SENT)

    def correct_arrival(self, letter_id: UUID, version: int, arrived_on: dt.date, reason: str) -> Saved:
        """The letter came another day than assumed: the appeal deadline is computed anew."""
        why = _reason(reason, "Skriv hvordan du vet når brevet kom fram.")

        def work(unit: Work) -> Stored:
            stored = unit.letters.stored(letter_id)
            if stored.sent_on is None:
                raise UserError("Brevet er ikke sendt.", safe="Ingenting er endret.")
            if arrived_on > unit.today:
                raise InvalidInput("arrived_on", "Brevet kan ikke ha kommet fram fram i tid.")
            dispatch = dispatch_of(unit, stored, version, stored.sent_on, arrived_on)
            return unit.write_letters.correct_arrival(letter_id, version, arrived_on, why, dispatch)

        return self._final(work, touched=_SENT)

    # -- the office -----------------------------------------------------------------------------

    def letterhead(self) -> dict[str, Any]:
        """As ``services.letterhead`` says; {} = not set."""
        return self._session.read(lambda view: view.letters.office_setting(LETTERHEAD_SETTING)) or {}

    def save_letterhead(self, body: dict[str, Any]) -> Saved:
        """Raises InvalidInput for the field, and UserError when a page with it cannot be drawn: nothing is kept."""
        kept = letterhead.checked(body)

        def work(unit: Work) -> Stored:
            self._papers.render(letterhead.example(kept, unit.today))
            return unit.write_letters.save_office_setting(LETTERHEAD_SETTING, kept)

        return self._set(work)

    def new_act(self) -> dt.date | None:
        """The day that the new forvaltningslov holds from; None = not in force."""
        return self._session.read(letter_desk.new_act_from)

    def set_new_act(self, from_on: dt.date | None) -> Saved:
        """From that day letters name the paragraphs of the new act; None = it is not in force."""
        if from_on is not None and not NEW_ACT_ADOPTED < from_on <= _LAST_DAY:
            raise InvalidInput(
                "fra", "Datoen kan ikke stemme.", f"Loven ble vedtatt {long_date(NEW_ACT_ADOPTED)}."
            )
        body = {"fra": from_on.isoformat() if from_on else ""}
        return self._set(lambda unit: unit.write_letters.save_office_setting(NEW_ACT_SETTING, body))

    def _set(self, work: Callable[[Work], Stored]) -> Saved:
        """A setting is put right by setting it again: there is no act to take back."""
        return dataclasses.replace(self._write(work, Right.MANAGE_USERS, _OFFICE), event_id=None)

    # -- inside ---------------------------------------------------------------------------------

    def _write(
        self, work: Callable[[Work], Stored], right: Right = Right.WRITE_LETTERS, touched: Changes = _TOUCHED
    ) -> Saved:
        stored_id, version, event = self._session.write(right, work)
        return Saved(stored_id, version, touched | Changes(frozenset(), frozenset({stored_id})), event)

    def _final(
        self, work: Callable[[Work], Stored], right: Right = Right.WRITE_LETTERS, touched: Changes = _TOUCHED
    ) -> Saved:
        """An act that is put right by a new act: nothing to offer «Angre» for (domain.letter_words)."""
        return dataclasses.replace(self._write(work, right, touched), event_id=None)

    def _one(self, letter_id: UUID, version: int) -> BatchResult:
        def work(unit: Work) -> str:
            stored = unit.letters.stored(letter_id)
            now = unit.letters.known(stored.case_id, stored.offer_id)
            if letter_desk.is_shielded(now.recipients):
                raise UserError(
                    "Skjermet mottaker. Brevet tas ut av bunken.", todo="Bruk egen utskrift fra saken."
                )
            finish(unit, self._papers, letter_id, version, self._session.user)
            return unit.letters.stored(letter_id).journal_number

        try:
            return BatchResult(letter_id, self._session.write(Right.WRITE_LETTERS, work))
        except ConflictError as error:
            return BatchResult(letter_id, "", error.title)
        except UserError as error:
            return BatchResult(letter_id, "", " ".join(part for part in (error.title, error.what) if part))

    def _detail(self, view: View, stored: StoredLetter) -> LetterDetail:
        now = letter_desk.standing(view, self._papers, stored)
        may, why_not = self._may_approve(stored, now)
        is_open = stored.status in _OPEN
        return LetterDetail(
            id=stored.id,
            version=stored.version,
            case_id=stored.case_id,
            case_number=now.letter.case_number,
            kind=stored.kind,
            language=stored.language,
            title=now.composed.title if is_open else stored.title,
            status=stored.status,
            approval=stored.approval,
            template_version=now.template.version if is_open else stored.template_version,
            written_by_id=stored.written_by_id,
            written_by=stored.written_by,
            applicant=now.letter.applicant_name,
            protection=str(now.letter.protection),
            texts=now.texts,
            choices={**{key: now.values.get(key) for key in _CHOSEN if key in now.values}, **stored.choices},
            free_texts=now.template.free_texts,
            chips=letter_desk.chips(now),
            recipients=now.recipients if is_open else stored.recipients,
            findings=now.findings if is_open else (),
            approvals=stored.approvals,
            changed_since=letter_desk.changed_labels(stored),
            may_approve=may,
            why_not_approve=why_not,
            journal_number=stored.journal_number,
            dated_on=stored.dated_on,
            sent_on=stored.sent_on,
            appeal_due_on=stored.appeal_due_on,
            appeal_body=now.track.appeal_body if now.track else "",
            document_id=stored.document_id,
            track_id=stored.track_id,
            offer_id=stored.offer_id,
            others=tuple(words for other, words in now.letter.other_drafts if other != stored.id),
        )

    def _may_approve(self, stored: StoredLetter, now: Standing) -> tuple[bool, str]:
        try:
            self._require_approver(stored, now)
        except UserError as error:
            return False, error.title
        return stored.status == LetterState.TO_APPROVAL, ""

    def _require_approver(self, stored: StoredLetter, now: Standing) -> None:
        user = self._session.user
        if Right.DECIDE not in user.rights:
            raise NotAllowed("Du har ikke fullmakt til å godkjenne vedtak.", safe="Ingenting er endret.")
        if stored.written_by_id == user.id:
            raise NotAllowed("Du kan ikke godkjenne ditt eget brev.", safe="Ingenting er endret.")
        if user.id in stored.writer_ids:
            raise NotAllowed(
                "Du har skrevet i brevet og kan ikke godkjenne det selv.",
                safe="Ingenting er endret.",
                todo="Be en annen som har fullmakt, om å godkjenne det.",
            )
        require_impartial(user, now.case.conflict_user_ids)
        if stored.approval == Approval.LEADER and Role.LEADER not in user.roles:
            raise NotAllowed("Dette brevet må godkjennes av en leder.", safe="Ingenting er endret.")

    def _confirm(self, view: View, stored: StoredLetter) -> SendConfirm:
        now = letter_desk.standing(view, self._papers, stored)
        approved = next((one for one in stored.approvals if one.holds and one.outcome == "godkjent"), None)
        appeal = ""
        if LETTERS[LetterKind(stored.kind)].has_appeal:
            from boligdesk.domain.deadlines import compute

            due = compute(APPEAL_RULE, assumed_arrival(view.today)).due
            appeal = f"{now.values['klagefrist']} fra brevet er mottatt, til {full_date(due)} hvis det sendes i dag"
        return SendConfirm(
            letter_id=stored.id,
            version=stored.version,
            to=tuple(", ".join((one.name, *one.address)) for one in now.recipients),
            what=now.composed.title,
            approved=f"{approved.by}, {full_date(approved.at.date())}" if approved else "",
            appeal=appeal,
            warnings=tuple(one.text for one in now.findings if not one.is_met),
            is_protected=letter_desk.is_shielded(now.recipients),
        )


_CHOSEN = ("ventet_svar", "mangler", "mangler_frist", "svarfrist")


def _open(unit: Work, letter_id: UUID) -> StoredLetter:
    stored = unit.letters.stored(letter_id)
    if stored.status not in _OPEN:
        raise UserError(
            "Brevet er låst.",
            "Det er ferdigstilt og kan ikke endres.",
            "Ingenting er endret.",
            "Rett feilen med et nytt brev.",
        )
    return stored


def _cleaned(changed: LetterTexts) -> LetterTexts:
    texts = {key: clean_long(text) for key, text in changed.texts.items()}
    return LetterTexts(texts, changed.choices, changed.language)


def _reason(text: str, missing: str) -> str:
    cleaned = clean_long(text)[:MOST_REASON]
    if not cleaned:
        raise InvalidInput("reason", missing)
    return cleaned


def _text_changed() -> UserError:
    return UserError(
        "Brevet er endret etter at det ble sendt til godkjenning.",
        "Opplysninger i saken er annerledes nå.",
        "Ingenting er godkjent.",
        "Les brevet på nytt, og send det til godkjenning igjen.",
    )
