"""A drawn letter: held against both standards, read back, measured on the page."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import zlib
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from boligdesk.documents import finalize, fonts
from boligdesk.documents.layout import ENVELOPES
from boligdesk.documents.pdf import render
from boligdesk.services.errors import InvalidInput, MissingGlyphs
from boligdesk.services.records.papers import Block, Letterhead, Paper, Run, Signer
from tests.documents.letters import (
    BODY,
    HEAD,
    LONG,
    faults,
    heading,
    items,
    letter,
    opened,
    outline,
    plain_letter,
    table,
    text,
    words_at,
)


def picture(kind: str = "PNG", mode: str = "RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (60, 90)).save(out, kind)
    return out.getvalue()


def texts_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(said for _role, said in outline(pdf)))


LETTERS = {
    "plain": letter(),
    "nynorsk": letter(language="nn", title="Søknaden din om kommunal bustad er innvilga"),
    "draft": letter(is_draft=True),
    "no address": letter(recipient=(), references=(), shield=""),
    "nothing": Paper("nb", "Tittel", Letterhead("", "", ()), (), dt.date(2026, 1, 1), ()),
    "logo": letter(letterhead=dataclasses.replace(HEAD, logo=picture(), logo_words="Kommunevåpenet")),
    "logo in print colours": letter(letterhead=dataclasses.replace(HEAD, logo=picture("JPEG", "CMYK"))),
    "household": letter(
        blocks=(
            table(
                ("Navn", "Født"),
                *((f"Medlem {n} {'Langt-Navn ' * n}", f"0{n % 9}.03.2010") for n in range(14)),
            ),
        )
    ),
    "a row of a page": letter(blocks=(table(("Hva", "Tekst"), ("Kort", LONG * 60), ("To", "x")),)),
    "sub-heading first": letter(
        blocks=(heading("Under", 2), text("a"), heading("Over"), heading("Under", 2))
    ),
    "link over lines and pages": letter(
        blocks=(
            *(text(LONG * 4) for _ in range(7)),
            text(LONG * 14, link="https://www.eksempel.invalid/en/lang/adresse"),
        )
    ),
    "many signs": letter(blocks=(text("Áá Čč Đđ Ŋŋ Šš Ŧŧ Žž Ææ Øø Åå Łł Şş ñ ü ß € § – … «» ½ ² − ° ×"),)),
    "uneven table": letter(blocks=(table(("A",), ("1", "2", "3"), ()),)),
    "empty pieces": letter(blocks=(text(""), items(), table(()), heading(" "), text("Slutt")), copies=("",)),
}


@pytest.mark.parametrize("name", LETTERS)
def test_that_every_letter_meets_both_standards(name: str) -> None:
    assert faults(render(LETTERS[name])) == []


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_that_every_envelope_gives_a_lawful_file(envelope: str) -> None:
    assert faults(render(letter(), ENVELOPES[envelope])) == []


def test_that_the_same_paper_gives_the_same_bytes() -> None:
    assert render(letter()) == plain_letter()
    assert render(letter(dated_on=dt.date(2026, 11, 23))) != plain_letter()


def test_that_the_letter_is_read_in_the_right_order() -> None:
    said = texts_of(plain_letter())
    order = [
        "Eksempelvik kommune",
        "Klok Hest",
        "9901 Eksempelvik",
        "Telefon 68 05 00 00",
        "Unntatt offentlighet",
        "Dato: 22. november 2026",
        "Vår referanse: 2026/1275-4",
        "er innvilget",
        "Vi viser til",
        "tre soverom. Les mer",
        "Hvorfor får du bolig?",
        "leieforholdet",
        "Husleie",
        "Slik kan du klage",
        "Med vennlig hilsen",
        "Sprek Bie",
        "Brevet er godkjent elektronisk",
        "Vedlegg",
        "Kopi til",
    ]
    places = [said.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_that_the_pieces_are_marked_with_what_they_are() -> None:
    found = outline(render(letter(blocks=BODY)))
    roles = [role for role, _said in found]
    assert [said for role, said in found if role == "H1"] == ["Søknaden din om kommunal bolig er innvilget"]
    assert [said.strip() for role, said in found if role == "TH"] == ["Hva", "Vilkår", "Beløp"]
    assert roles.count("TR") == 4
    assert roles.count("TD") == 9
    assert roles.count("Link") == 3
    assert [said for role, said in found if role == "H3"] == ["Dette får du"]
    assert "1. " in [said for role, said in found if role == "Lbl"]
    assert "Skriv hvorfor." in [said for role, said in found if role == "LBody"]


def test_that_words_do_not_run_together_over_a_line_end() -> None:
    said = texts_of(render(letter(blocks=(text(LONG * 6),))))
    assert LONG.strip() in said
    assert "nå.Vi" not in said


@pytest.mark.parametrize(
    ("language", "code", "regards"), [("nb", "nb-NO", "vennlig hilsen"), ("nn", "nn-NO", "vennleg helsing")]
)
def test_that_the_language_is_told_and_spoken(language: str, code: str, regards: str) -> None:
    pdf = render(letter(language=language))
    with opened(pdf) as file:
        assert str(file.Root.Lang) == code
    assert regards in texts_of(pdf)


def test_that_no_person_is_named_in_what_is_told_about_the_file() -> None:
    with opened(plain_letter()) as file:
        told = (
            "".join(str(value) for value in file.docinfo.values()) + file.Root.Metadata.read_bytes().decode()
        )
        assert str(file.docinfo["/Title"]) == letter().title
    for name in ("Klok", "Hest", "Sprek", "Nepe", "Elv", "1275", "9901"):
        assert name not in told


@pytest.mark.parametrize(("envelope", "bottom"), [("C5", 65.5), ("C6/5", 59.0)])
@pytest.mark.parametrize(
    "recipient",
    [
        ("Klok Hest", "Eksempelgata 12 B", "9901 Eksempelvik"),
        (
            "Henriette-Alexandra Konstanse Sæther-Ånesen von Trollheimskog",
            "c/o Blid Nepe",
            "Lia 1",
            "9901 Eksempelvik",
        ),
        ("Klok Hest", "v/ verge Rolig Elv", "Bokollektivet", "Eksempelgata 12 B", "9901 Eksempelvik"),
    ],
)
def test_that_the_address_shows_in_the_window_and_nothing_else(
    recipient: tuple[str, ...], envelope: str, bottom: float
) -> None:
    lines = words_at(render(letter(recipient=recipient), ENVELOPES[envelope]))
    window = ENVELOPES[envelope]
    shown = [line for line in lines if line[1] < 120 and 30.5 < line[2] < window.clear_to]
    said = " ".join(line[0] for line in shown)
    assert said == " ".join(recipient)
    for words, left, top, right, low in shown:
        assert left >= 25.0, words
        assert right <= 101.0, words
        assert top >= 44.0, words
        assert low <= bottom, words
    title = next(line for line in lines if line[0].startswith("Søknaden din"))
    assert title[2] > window.clear_to


def test_that_references_stand_beside_the_window_and_margins_are_kept() -> None:
    pdf = render(letter(blocks=(*BODY, *(text(LONG * 5) for _ in range(9)))))
    for page in range(2):
        for words, left, top, right, low in words_at(pdf, page):
            assert left > 24.9, words
            assert right < 186, words
            assert 12 < top < low < 290, words
    dated = next(line for line in words_at(pdf) if line[0].startswith("22. nov"))
    assert dated[1] > 125


def test_that_the_body_begins_overleaf_when_the_references_fill_the_page() -> None:
    pdf = render(letter(references=tuple((f"Referanse {number}", "x") for number in range(40))))
    assert faults(pdf) == []
    assert words_at(pdf, 1)[0][0] == letter().title


def test_that_a_long_letter_has_numbered_pages_and_whole_headings() -> None:
    blocks = [
        block for n in range(62) for block in (heading(f"Del {n + 1}"), *(text(LONG * 5) for _ in range(4)))
    ]
    pdf = render(letter(blocks=tuple(blocks), is_draft=True))
    assert faults(pdf) == []
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    assert count >= 40
    for page in range(count):
        lines = [line for line in words_at(pdf, page) if line[0] != "KLADD"]
        assert f"Side {page + 1} av {count}" in [line[0] for line in lines]
        body = sorted(line[2] for line in lines if 20 < line[2] < 275)
        last = max((line for line in lines if line[2] < 275), key=lambda line: line[2])
        assert not last[0].startswith("Del "), "a heading alone at the foot"
        assert len(body) > 1


def test_that_no_line_of_a_paragraph_stands_alone() -> None:
    for filling in range(1, 12):
        pdf = render(
            letter(
                blocks=(*(text("Kort.") for _ in range(18 + filling)), text(LONG * 5)),
                signers=(),
                copies=(),
                attachments=(),
            )
        )
        document = pypdfium2.PdfDocument(pdf)
        pages = len(document)
        document.close()
        counts = [
            len(
                [
                    line
                    for line in words_at(pdf, page)
                    if 80 < line[2] + 60 * page < 336 and line[2] < 275 and line[0] in LONG * 6
                ]
            )
            for page in range(pages)
        ]
        assert 1 not in counts


def test_that_the_signature_is_never_parted_nor_alone() -> None:
    for filling in range(12, 30):
        pdf = render(letter(blocks=tuple(text("Kort.") for _ in range(filling)), copies=(), attachments=()))
        document = pypdfium2.PdfDocument(pdf)
        pages = len(document)
        document.close()
        said = [" ".join(line[0] for line in words_at(pdf, page)) for page in range(pages)]
        signed = next(page for page in said if "Med vennlig hilsen" in page)
        assert all(
            name in signed
            for name in ("Kort.", "Boligkontoret", "Sprek Bie", "avdelingsleder", "Blid Nepe", "underskrift.")
        )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Brevet er godkjent elektronisk og har derfor ingen underskrift."),
        ("nn", "Brevet er godkjent elektronisk og har difor inga underskrift."),
    ],
)
def test_that_a_finished_letter_says_why_nobody_signed_it(language: str, sentence: str) -> None:
    pdf = render(letter(language=language))
    assert [said.strip() for role, said in outline(pdf) if role == "P"].count(sentence) == 1
    assert faults(pdf) == []
    for changed in ({"is_draft": True}, {"signers": ()}):
        assert "underskrift" not in texts_of(render(letter(language=language, **changed)))


def test_that_the_head_of_a_table_is_seen_on_each_page_and_read_once() -> None:
    pdf = render(letter(blocks=(table(("Navn", "Født"), *((f"Rad {n}", "x") for n in range(80))),)))
    assert [said.strip() for role, said in outline(pdf) if role == "TH"] == ["Navn", "Født"]
    assert "Navn" in [line[0] for line in words_at(pdf, 1)]
    assert faults(pdf) == []


def test_that_a_no_break_space_holds_its_words_together() -> None:
    words = "\u00a0".join(["beløp"] * 6)
    lines = [line[0] for line in words_at(render(letter(blocks=(text(f"{'kort ' * 12}{words}"),))))]
    assert words.replace("\u00a0", " ") in lines


def test_that_a_draft_says_so_on_every_page_and_to_the_eye_only() -> None:
    pdf = render(letter(is_draft=True, blocks=BODY * 4))
    document = pypdfium2.PdfDocument(pdf)
    assert all("KLADD" in page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "KLADD" not in texts_of(pdf)


def test_that_a_link_leads_where_it_says_and_has_words() -> None:
    with opened(plain_letter()) as file:
        links = [note for page in file.pages for note in page.obj.get("/Annots", [])]
        where = {str(note.A.URI) for note in links}
        assert all(str(note.Contents) for note in links)
        assert {int(note.F) for note in links} == {4}
    assert where == {
        "https://www.eksempel.invalid/bolig",
        "mailto:bolig@eksempel.invalid",
        "https://www.eksempel.invalid",
    }


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"title": "Vedtak ☐"}, "tittelen"),
        ({"recipient": ("Klok 漢", "Lia 1")}, "mottakerens navn eller adresse"),
        ({"references": (("Vår referanse", "☐"),)}, "referansene"),
        ({"blocks": (heading("Hvorfor"), text("a"), text("b ☐"))}, "avsnitt (2. del under «Hvorfor»)"),
        ({"blocks": (table(("A",), ("☐",)),)}, "tabell (1. del)"),
        ({"signers": (Signer("\u202e", ""),)}, "underskriften"),
        ({"copies": ("a", "\x07")}, "kopimottaker 2"),
        ({"attachments": ("\ue000",)}, "vedlegg 1"),
    ],
)
def test_that_an_unknown_sign_is_refused_with_its_place(changed: dict[str, object], where: str) -> None:
    with pytest.raises(MissingGlyphs) as refused:
        render(letter(**changed))
    assert refused.value.what.endswith(f" i {where}.")
    assert len(refused.value.signs) == 1


def test_that_pasted_text_is_tidied_and_not_refused() -> None:
    pasted = "Ha\u030ar\u200b og sa\u00admisk\u202fkrone\u2011verdi\ufeff\r\nny linje"
    assert fonts.clean(pasted) == "Hår og samisk\u00a0krone-verdi\nny linje"
    assert faults(render(letter(blocks=(text(pasted),)))) == []


@pytest.mark.parametrize("logo", [b"GIF89a", b"\x89PNG\r\n\x1a\n" + bytes(40), bytes(5_000_001)])
def test_that_a_useless_logo_is_refused_in_plain_words(logo: bytes) -> None:
    with pytest.raises(InvalidInput, match="Logoen kan ikke brukes"):
        render(letter(letterhead=dataclasses.replace(HEAD, logo=logo)))


def test_that_a_word_wider_than_the_line_is_broken_and_loses_nothing() -> None:
    word = "Å" * 400
    said = texts_of(
        render(letter(blocks=(text(f"Ordet {word} er langt."), table(("A", "B", "C"), (word, "b", "c")))))
    )
    assert said.replace(" ", "").count("Å") == 800


hostile = st.text(
    st.one_of(
        st.sampled_from("<>&|*_#[]()`\\\"'-{}%!~^$@/;:\n\u00a0 "),
        st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"]),
    ),
    max_size=80,
).filter(lambda words: not fonts.missing(fonts.clean(words)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(hostile, hostile, hostile, st.sampled_from(["nb", "nn"]))
def test_that_hostile_words_stay_words(one: str, two: str, three: str, language: str) -> None:
    paper = letter(
        language=language,
        title=f"T {one}",
        recipient=(two, three),
        blocks=(
            Block(
                "paragraph",
                "",
                ((Run(f"A {one}", bold=True), Run(two, link="https://a.invalid"), Run(three)),),
            ),
            items(f"B {one}", two),
            table((f"C {one}", two), (three, one)),
        ),
        signers=(Signer(f"D {one}", two),),
    )
    pdf = render(paper)
    assert faults(pdf) == []

    def bare(words: str) -> str:
        return re.sub(r"\s", "", fonts.clean(words))

    said = bare(" ".join(words for _role, words in outline(pdf)))
    for words in (f"T {one}", f"B {one}", f"C {one}", f"D {one}"):
        assert bare(words) in said


def test_that_the_colour_profile_is_the_one_we_make() -> None:
    from boligdesk.dev.icc import srgb_profile
    from boligdesk.resources import resource_path

    assert resource_path("icc", "sRGB.icc").read_bytes() == srgb_profile()


def test_that_no_packed_stream_ends_in_a_carriage_return(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strict readers take it for a part of the line end. One in 256 streams would; here each gets its filling."""
    padded: set[int] = set()

    def once(data: bytes) -> bool:
        return len(data) not in padded and not padded.add(len(data) + 1)  # type: ignore[func-returns-value]

    monkeypatch.setattr(finalize, "_ends_in_return", once)
    pdf = render(LETTERS["logo"])
    monkeypatch.undo()
    assert padded
    assert faults(pdf) == []
    assert zlib.compress(bytes([12]))[-1] == 0x0D
    assert finalize._ends_in_return(bytes([12]))
    with opened(pdf) as file:
        assert not any(
            thing.read_raw_bytes().endswith(b"\r")
            for thing in file.objects
            if isinstance(thing, pikepdf.Stream)
        )


def test_that_letters_drawn_at_once_in_many_threads_are_the_same() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _number: render(letter()), range(8))) == {plain_letter()}


def test_that_the_file_is_sound_to_a_second_reader() -> None:
    with opened(plain_letter()) as file:
        assert file.check_pdf_syntax() == []
