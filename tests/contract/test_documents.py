"""Documents of cases, people and dwellings, on both engines."""

from __future__ import annotations

import io
import zipfile

import pytest

from boligdesk.domain.file_kinds import MOST_BYTES
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound
from boligdesk.services.records.cases import DocumentDraft
from tests.contract.case_office import apply, person, protect, task_of, tasks

PDF = b"%PDF-1.7\n1 0 obj\n"


def filed(services, case_id, name="leiekontrakt_2024.pdf", body=PDF, **fields):
    return services.cases.add_document(DocumentDraft(name, body, case_id=case_id, **fields))


def test_that_a_document_keeps_its_bytes_and_gets_a_title(services):
    case = apply(services)
    body = PDF + bytes(range(256)) * 4096
    saved = filed(services, case.id, body=body, from_to="Fra utleier")
    filed(services, case.id, "scan0001.pdf", PDF + b"2", kind="SØKNAD")
    titles = [(row.title, row.kind) for row in services.cases.detail(case.id).documents]
    assert titles == [("Søknad", "SØKNAD"), ("Leiekontrakt 2024", "VEDLEGG")]
    row, read = services.cases.document(saved.id)
    assert read == body
    assert (row.mime, row.size, row.by, row.from_to) == (
        "application/pdf",
        len(body),
        "Ingrid B.",
        "Fra utleier",
    )


def test_that_opening_a_document_leaves_a_trace(services):
    case = apply(services)
    saved = filed(services, case.id)
    services.cases.document(saved.id)
    assert "Åpnet dokument" in [row.what for row in services.log.entries(0, 20, case_id=case.id).rows]


def test_that_the_same_file_twice_is_noticed(services):
    case, other = apply(services), apply(services)
    first = filed(services, case.id)
    again = filed(services, case.id, "samme_fil.pdf")
    assert (again.id, again.event_id) == (first.id, None)
    assert len(services.cases.detail(case.id).documents) == 1
    assert filed(services, other.id).event_id is not None


def test_that_a_removed_document_comes_back_with_angre(services):
    case = apply(services)
    saved = filed(services, case.id)
    removed = services.cases.remove_document(saved.id, saved.version)
    assert services.cases.detail(case.id).documents == ()
    entry = services.cases.timeline(case.id)[0]
    assert (entry.title, entry.text, entry.can_undo) == ("Dokument fjernet", "Leiekontrakt 2024", True)
    services.undo.undo(removed.event_id)
    assert [row.id for row in services.cases.detail(case.id).documents] == [saved.id]
    with pytest.raises(ConflictError):
        services.cases.remove_document(saved.id, saved.version)


def test_that_something_that_comes_in_while_we_wait_becomes_a_task(services):
    case = apply(services)
    services.cases.set_waiting(case.id, case.version, "soker")
    filed(services, case.id)
    filed(services, case.id, body=PDF + b"2")
    assert task_of(services, "vurder_innkomne").second == "Kom inn 24. nov."


def test_that_nothing_waiting_makes_no_task(services):
    case = apply(services)
    filed(services, case.id)
    assert "vurder_innkomne" not in {row.kind for row in tasks(services, "team").rows}


def office_file(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("faktura.pdf", b"MZ\x90\x00 %PDF-1.4"),
        ("faktura.pdf", b"not a pdf"),
        ("kjor.bat", b"@echo off\r\nformat c:"),
        ("kjor.sh", b"#!/bin/sh\nrm -rf /"),
        ("kjor.txt", b"#!/bin/sh\nrm -rf /"),
        ("side.html", b"<html><script>alert(1)</script>"),
        ("makro.docx", office_file("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("arkiv.zip", office_file("brev.txt")),
        ("skadet.docx", b"PK\x03\x04 and then nothing"),
        ("tomt.pdf", b""),
        ("ukjent", b"hei"),
    ],
)
def test_that_programs_scripts_and_unknown_files_are_refused(services, name, body):
    case = apply(services)
    with pytest.raises(InvalidInput) as refused:
        filed(services, case.id, name, body)
    assert refused.value.field == "body"
    assert name not in refused.value.line()
    assert services.cases.detail(case.id).documents == ()


@pytest.mark.parametrize(
    ("name", "body", "mime", "kept"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n....", "image/png", "a.png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0....", "image/jpeg", "a.jpg"),
        ("a.tif", b"II*\x00....", "image/tiff", "a.tif"),
        (
            "brev.docx",
            office_file("[Content_Types].xml", "word/document.xml"),
            "wordprocessingml",
            "brev.docx",
        ),
        ("ark.xlsx", office_file("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml", "ark.xlsx"),
        ("notat.txt", "Æ ø å".encode(), "text/plain", "notat.txt"),
        ("mail.eml", b"From: a@b.no\r\nSubject: Hei\r\n\r\nHei", "message/rfc822", "mail.eml"),
        ("bilde.exe", b"\x89PNG\r\n\x1a\n....", "image/png", "bilde.exe.png"),
        ("..\\..\\C:\\skann.pdf", PDF, "application/pdf", "skann.pdf"),
        ("a\u202efdp.pdf", PDF, "application/pdf", "afdp.pdf"),
        ("", PDF, "application/pdf", "dokument.pdf"),
    ],
)
def test_that_a_file_is_what_its_bytes_say(services, name, body, mime, kept):
    case = apply(services)
    saved = filed(services, case.id, name, body)
    row, _bytes = services.cases.document(saved.id)
    assert mime in row.mime
    assert row.file_name == kept


def test_that_a_file_has_a_limit(services):
    case = apply(services)
    with pytest.raises(InvalidInput) as refused:
        filed(services, case.id, body=PDF + bytes(MOST_BYTES))
    assert "50 MB" in refused.value.what


def test_that_a_document_belongs_somewhere_and_has_a_kind(services):
    with pytest.raises(InvalidInput):
        services.cases.add_document(DocumentDraft("a.pdf", PDF))
    with pytest.raises(InvalidInput):
        filed(services, apply(services).id, kind="NETTSIDE")
    with pytest.raises(NotFound):
        filed(services, services.user.id)


def test_that_documents_follow_the_protection_of_the_person(services, other_services, administrator):
    klok = person(services)
    case = apply(services, klok)
    saved = filed(services, case.id)
    own = services.cases.add_document(DocumentDraft("id.pdf", PDF, person_id=klok))
    assert other_services.cases.document(saved.id)[1] == PDF
    protect(services, klok, "fortrolig")
    for document in (saved, own):
        for desk in (other_services, administrator):
            with pytest.raises(NotFound):
                desk.cases.document(document.id)
        with pytest.raises(NotFound):
            other_services.cases.remove_document(document.id, document.version)
    with pytest.raises(NotAllowed):
        administrator.cases.add_document(DocumentDraft("a.pdf", PDF, case_id=case.id))
