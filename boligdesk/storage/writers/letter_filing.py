"""What is kept of a finished letter: the frozen files, the journal entry, the template, the decision."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from boligdesk.domain.catalog import CasePhase, TrackStatus
from boligdesk.domain.letters import LetterKind
from boligdesk.services.errors import UserError
from boligdesk.storage.tables import (
    Blob,
    CaseFile,
    Document,
    DocumentVersion,
    Edition,
    JournalEntry,
    LegalTrack,
    LetterRecipient,
    Vedtak,
)
from boligdesk.storage.writers.letter_rows import address_scope

if TYPE_CHECKING:
    from boligdesk.services.ports.letters import Frozen
    from boligdesk.storage.writer import Writer
    from boligdesk.storage.writers.case_rows import CaseForWrite

#: Variant of the archive format.
_ARCHIVE = "A"
_SHIELD = "offentleglova § 13, forvaltningsloven § 13"
_BEFORE_VEDTAK = (
    CasePhase.RECEIVED.value,
    CasePhase.CONTROL.value,
    CasePhase.ASSESSMENT.value,
    CasePhase.INTAKE_TEAM.value,
)


def file_document(
    writer: Writer, frozen: Frozen, case: CaseForWrite, number: str, pdfs: tuple[bytes, ...]
) -> UUID:
    """The document with a version per recipient; the first is the current one. No name in the file name."""
    document_id = writer.new_id()
    versions = [writer.new_id() for _ in pdfs]
    writer.insert(
        Document,
        id=document_id,
        case_id=case.id,
        kind=frozen.document_kind,
        title=frozen.title,
        dated_on=frozen.dated_on,
        from_to=f"Til {frozen.counterpart}",
        current_version_id=versions[0],
        frozen_at=writer.now,
        **address_scope(case),
    )
    name = f"Brev {number.replace('/', '-')}"
    for no, (version_id, pdf) in enumerate(zip(versions, pdfs, strict=True), start=1):
        blob_id = writer.new_id()
        writer.put_plain(Blob, {"id": blob_id, "body": pdf})
        writer.insert(
            DocumentVersion,
            id=version_id,
            document_id=document_id,
            no=no,
            variant=_ARCHIVE,
            file_name=f"{name}.pdf" if no == 1 else f"{name} ({no}).pdf",
            mime="application/pdf",
            size=len(pdf),
            sha256=hashlib.sha256(pdf).hexdigest(),
            blob_id=blob_id,
        )
    return document_id


def enter_journal(
    writer: Writer, frozen: Frozen, case: CaseForWrite, number: tuple[int, int, str], document_id: UUID
) -> UUID:
    """The public record of the letter."""
    return writer.insert(
        JournalEntry,
        year=number[0],
        seq=number[1],
        number=number[2],
        case_id=case.id,
        kind="U",
        document_id=document_id,
        letter_id=frozen.letter_id,
        title=frozen.title,
        public_title=frozen.public_title,
        counterpart=frozen.counterpart,
        document_on=frozen.dated_on,
        registered_at=writer.now,
        status="ferdigstilt",
        shield_basis=_SHIELD,
        **address_scope(case),
    )


def address(writer: Writer, frozen: Frozen, case: CaseForWrite) -> None:
    """Who it goes to and where they lived that day: a row a dispatch, in the order of the files."""
    for one in frozen.recipients:
        writer.insert(
            LetterRecipient,
            case_id=case.id,
            letter_id=frozen.letter_id,
            person_id=one.person_id,
            role=one.role,
            name=one.name,
            address_text="\n".join(one.address) or None,
            route=one.route,
            **address_scope(case),
        )


def keep_template(writer: Writer, frozen: Frozen) -> UUID:
    """The edition of the template used, kept for ever the first time."""
    kind, language, version, sha256, text = frozen.template_key
    of_this = (Edition.kind == "brevmal", Edition.key == kind, Edition.language == language)
    known = writer.scalar(select(Edition.id).where(*of_this, Edition.sha256 == sha256))
    if known is not None:
        return UUID(str(known))
    last = writer.scalar(select(func.max(Edition.no)).where(*of_this)) or 0
    return writer.insert(
        Edition,
        kind="brevmal",
        key=kind,
        language=language,
        no=max(version, int(last) + 1),
        title=LetterKind(kind).label,
        body={"text": text},
        sha256=sha256,
        state="vedtatt",
        adopted_on=writer.today,
        valid_from=writer.today,
    )


def decide(writer: Writer, frozen: Frozen, case: CaseForWrite) -> None:
    """The vedtak is made: its day, who stands behind it, the track answered, the case moved on."""
    track_id = writer.scalar(select(Vedtak.track_id).where(Vedtak.id == frozen.decide))
    if frozen.decide is None or track_id is None:
        raise UserError("Vedtaket finnes ikke lenger.", safe="Ingenting er endret.")
    writer.change(
        Vedtak,
        frozen.decide,
        None,
        decided_on=frozen.dated_on,
        decided_by=frozen.decided_by,
        letter_id=frozen.letter_id,
    )
    writer.change(LegalTrack, track_id, None, status=TrackStatus.DECIDED.value)
    if case.phase in _BEFORE_VEDTAK:
        writer.change(CaseFile, case.id, None, phase=CasePhase.VEDTAK.value)
