"""The check must fail what is wrong: a good file is spoilt in one way at a time, and each must be seen."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from boligdesk.documents.checking import check
from boligdesk.documents.pdf import render
from boligdesk.services.errors import InvalidInput
from tests.documents.letters import LONG, faults, letter, opened, plain_letter, text


def elements(file: pikepdf.Pdf, role: str) -> list[Any]:
    return [
        thing
        for thing in file.objects
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.StructElem and Name(role) == thing.S
    ]


def fonts(file: pikepdf.Pdf) -> list[Any]:
    return [
        thing for thing in file.objects if isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font
    ]


def content(file: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    stream = file.pages[0].obj.Contents
    streams = list(stream) if isinstance(stream, Array) else [stream]
    for one in streams:
        one.write(change(one.read_bytes()))


def no_language(file: pikepdf.Pdf) -> None:
    del file.Root.Lang


def no_title_shown(file: pikepdf.Pdf) -> None:
    del file.Root.ViewerPreferences


def untagged_text(file: pikepdf.Pdf) -> None:
    content(file, lambda data: data + b" BT /F1+0 10 Tf 100 100 Td (\x01) Tj ET")


def skipped_level(file: pikepdf.Pdf) -> None:
    for one in elements(file, "/H2"):
        one.S = Name.H4


def no_scope(file: pikepdf.Pdf) -> None:
    for one in elements(file, "/TH"):
        del one.A


def no_colours(file: pikepdf.Pdf) -> None:
    del file.Root.OutputIntents


def no_unicode(file: pikepdf.Pdf) -> None:
    for font in fonts(file):
        del font.ToUnicode


def font_left_out(file: pikepdf.Pdf) -> None:
    for font in fonts(file):
        del font.FontDescriptor.FontFile2


def link_without_words(file: pikepdf.Pdf) -> None:
    for note in file.pages[0].obj.Annots:
        del note.Contents


def link_outside_the_tree(file: pikepdf.Pdf) -> None:
    for note in file.pages[0].obj.Annots:
        del note.StructParent


def no_metadata(file: pikepdf.Pdf) -> None:
    del file.Root.Metadata


def row_as_paragraph(file: pikepdf.Pdf) -> None:
    for one in elements(file, "/TR"):
        one.S = Name.P


def item_as_cell(file: pikepdf.Pdf) -> None:
    for one in elements(file, "/LI"):
        one.S = Name.TD


def no_tab_order(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        del page.obj.Tabs


def script(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def no_parents(file: pikepdf.Pdf) -> None:
    del file.Root.StructTreeRoot.ParentTree


def wrong_widths(file: pikepdf.Pdf) -> None:
    for font in fonts(file):
        font.Widths = Array([int(width) + 40 for width in font.Widths])


def no_title(file: pikepdf.Pdf) -> None:
    data = file.Root.Metadata.read_bytes()
    start, end = data.index(b"<dc:title>"), data.index(b"</dc:title>") + len(b"</dc:title>")
    file.Root.Metadata.write(data[:start] + data[end:])


def missing_sign(file: pikepdf.Pdf) -> None:
    content(
        file,
        lambda data: (
            data.replace(b"(\\001", b"(\\000", 1)
            if b"(\\001" in data
            else data.replace(b"(\x01", b"(\x00", 1)
        ),
    )


def no_tree(file: pikepdf.Pdf) -> None:
    del file.Root.StructTreeRoot


def not_marked(file: pikepdf.Pdf) -> None:
    file.Root.MarkInfo.Marked = False


MUTANTS = {
    function.__name__: (function, standards)
    for function, standards in [
        (no_language, {"PDF/UA-1"}),
        (no_title_shown, {"PDF/UA-1"}),
        (untagged_text, {"PDF/UA-1"}),
        (skipped_level, {"PDF/UA-1"}),
        (no_scope, {"PDF/UA-1"}),
        (no_colours, {"PDF/A-2a"}),
        (no_unicode, {"PDF/A-2a", "PDF/UA-1"}),
        (font_left_out, {"PDF/A-2a", "PDF/UA-1"}),
        (link_without_words, {"PDF/UA-1"}),
        (link_outside_the_tree, {"PDF/UA-1"}),
        (no_metadata, {"PDF/A-2a", "PDF/UA-1"}),
        (row_as_paragraph, {"PDF/UA-1"}),
        (item_as_cell, {"PDF/UA-1"}),
        (no_tab_order, {"PDF/UA-1"}),
        (script, {"PDF/A-2a"}),
        (no_parents, {"PDF/UA-1"}),
        (wrong_widths, {"PDF/A-2a", "PDF/UA-1"}),
        (no_title, {"PDF/UA-1"}),
        (missing_sign, {"PDF/A-2a", "PDF/UA-1"}),
        (no_tree, {"PDF/A-2a", "PDF/UA-1"}),
        (not_marked, {"PDF/A-2a", "PDF/UA-1"}),
    ]
}


def saved(file: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def test_that_saving_alone_spoils_nothing() -> None:
    with opened(plain_letter()) as file:
        assert faults(saved(file)) == []


@pytest.mark.parametrize("name", MUTANTS)
def test_that_a_spoilt_file_is_refused(name: str) -> None:
    spoil, standards = MUTANTS[name]
    with opened(plain_letter()) as file:
        spoil(file)
        report = check(saved(file))
    assert not report.is_valid
    assert standards <= {finding.standard for finding in report.findings}
    assert all(finding.text.endswith(".") and finding.rule for finding in report.findings)


def test_that_a_picture_without_words_is_refused() -> None:
    from tests.documents.test_drawing import LETTERS

    with opened(render(LETTERS["logo"])) as file:
        for one in elements(file, "/Figure"):
            del one.Alt
        assert "PDF/UA-1" in {finding.standard for finding in check(saved(file)).findings}


@pytest.mark.parametrize("data", [b"", b"rot", b"%PDF-1.7\n%%EOF", bytes(range(256)) * 40])
def test_that_what_is_no_pdf_gets_a_plain_message(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="kan ikke kontrolleres"):
        check(data)


def test_that_half_a_file_is_not_approved() -> None:
    half = plain_letter()[: len(plain_letter()) // 2]
    try:
        approved = check(half).is_valid
    except InvalidInput:
        approved = False
    assert not approved


def test_that_the_report_counts_pages_and_names_the_standards() -> None:
    report = check(render(letter(blocks=tuple(text(LONG * 5) for _ in range(12)))))
    assert (report.is_valid, report.standards, report.pages) == (True, ("PDF/A-2a", "PDF/UA-1"), 3)
