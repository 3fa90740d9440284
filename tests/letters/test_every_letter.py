"""Every kind of letter in every language: its mandatory list, its file, its words, and hostile people."""

from __future__ import annotations

import dataclasses
import re
from functools import cache

import pytest

from boligdesk.documents.room import PaperRoom
from boligdesk.domain.letter_check import Addressee, CheckFacts, blocking, check
from boligdesk.domain.letters import LANGUAGES, LETTERS, LetterKind
from boligdesk.services.errors import MissingFields, MissingGlyphs
from boligdesk.services.letter_examples import DAY, example_paper, example_values
from tests.documents.letters import outline, words_at

PAPERS = PaperRoom()
KINDS = LetterKind.codes()
BOTH = [code for code, _label in LANGUAGES]
EACH = pytest.mark.parametrize(("kind", "language"), [(kind, code) for kind in KINDS for code in BOTH])

#: What each letter must say (domain facts 1.9, 7.2; forvaltningsloven §§ 11 a, 23 to 27; boligsosialloven § 7): words
#: in the order in which they are read. A tuple is (bokmål, nynorsk).
_APPEAL = (
    ("Du kan klage", "Du kan klage"),
    ("tre uker fra du fikk", "tre veker frå du fekk"),
    ("Send klagen til oss: Boligkontoret", "Send klaga til oss: Boligkontoret"),
    ("hva du vil ha endret, og hvorfor", "kva du vil ha endra, og kvifor"),
    ("signer klagen", "signer klaga"),
    ("hjelp av oss til å skrive", "hjelp av oss til å skrive"),
    ("forvaltningsloven §§ 28 til 32", "forvaltningslova §§ 28 til 32"),
    ("be oss vente", "be oss vente"),
    ("§ 42", "§ 42"),
    ("rett til å se dokumentene", "rett til å sjå dokumenta"),
    ("§§ 18 og 19", "§§ 18 og 19"),
)
_CONTACT = (
    ("Har du spørsmål?", "Har du spørsmål?"),
    ("Ingrid B. på telefon 68 05 00 00", "Ingrid B. på telefon 68 05 00 00"),
    ("saksnummer 2026/1275", "saksnummer 2026/1275"),
)
_LAWS = (("Lover og regler", "Lover og reglar"), ("§§ 24 og 25", "§§ 24 og 25"))
_NAMED = (("ansvarlig for vedtaket", "ansvarleg for vedtaket"), ("saksbehandler", "sakshandsamar"))
_REASONS = (
    ("Reglene vi har brukt", "Reglane vi har brukt"),
    ("Det vi vet om situasjonen din", "Det vi veit om situasjonen din"),
    ("Dere er to voksne og tre barn", "De er to vaksne og tre barn"),
    ("Slik har vi vurdert søknaden", "Slik har vi vurdert søknaden"),
    ("lagt mest vekt på", "lagt mest vekt på"),
)
_CHILDREN = (
    ("Hensynet til barna", "Omsynet til barna"),
    ("Barna er 4, 7 og 11 år", "Barna er 4, 7 og 11 år"),
)
_APPLIED = (("Vi fikk søknaden 26. oktober 2026", "Vi fekk søknaden 26. oktober 2026"),)
_ASKED = (("Vi fikk henvendelsen 26. oktober 2026", "Vi fekk førespurnaden 26. oktober 2026"),)
_VERSION = (("«Tildeling 2026», versjon 3", "«Tildeling 2026», versjon 3"),)
_BOARD = (("klagenemnda i Øvelse kommune", "klagenemnda i Øvelse kommune"),)
_GOVERNOR = (("statsforvalteren", "statsforvaltaren"),)
_OTHER_HELP = (("Annen hjelp du kan få", "Anna hjelp du kan få"), ("startlån", "startlån"))
MANDATORY: dict[str, tuple[tuple[str, str], ...]] = {
    "forelopig_svar": (
        ("Vi trenger mer tid", "Vi treng meir tid"),
        *_APPLIED,
        ("uttalelse fra legen", "fråsegn frå legen"),
        ("svar innen 18. desember 2026", "svar innan 18. desember 2026"),
        ("§ 11 a", "§ 11 a"),
        *_CONTACT,
        _NAMED[1],
    ),
    "mangler": (
        ("Vi mangler opplysninger", "Vi manglar opplysningar"),
        *_APPLIED,
        ("Dette må du sende oss", "Dette må du sende oss"),
        ("lønnsslippene", "lønsslippane"),
        ("Fristen er 8. desember 2026", "Fristen er 8. desember 2026"),
        ("Hvorfor vi trenger det", "Kvifor vi treng det"),
        ("hvis vi ikke får det", "dersom vi ikkje får det"),
        ("med de opplysningene vi har", "med dei opplysningane vi har"),
        ("Vi hjelper deg", "Vi hjelper deg"),
        *_CONTACT,
        ("§§ 11 og 17", "§§ 11 og 17"),
        _NAMED[1],
    ),
    "avslag_bolig": (
        ("Du får ikke kommunal bolig", "Du får ikkje kommunal bustad"),
        *_APPLIED,
        *_REASONS[:1],
        *_VERSION,
        *_REASONS[1:],
        *_CHILDREN,
        *_OTHER_HELP,
        *_APPEAL[:3],
        *_BOARD,
        *_APPEAL[3:],
        *_CONTACT,
        *_LAWS,
        *_NAMED,
    ),
    "avslag_bistand": (
        ("Du får ikke hjelp etter boligsosialloven", "Du får ikkje hjelp etter bustadsosiallova"),
        *_ASKED,
        ("vanskeligstilt på boligmarkedet", "vanskelegstilt på bustadmarknaden"),
        *_REASONS,
        ("du selv sagt at du ønsker", "du sjølv sagt at du ønskjer"),
        *_CHILDREN,
        *_OTHER_HELP,
        *_APPEAL[:3],
        *_GOVERNOR,
        *_APPEAL[3:],
        *_CONTACT,
        *_LAWS,
        ("Boligsosialloven § 7", "Bustadsosiallova § 7"),
        *_NAMED,
    ),
    "innvilgelse_bolig": (
        ("Du kan få leie kommunal bolig", "Du kan få leige kommunal bustad"),
        *_APPLIED,
        ("Kommunal utleiebolig", "Kommunal utleigebustad"),
        ("4-roms, omtrent 80 m²", "4-roms, om lag 80 m²"),
        ("Soverom", "Soverom"),
        ("Første etasje eller heis", "Første etasje eller heis"),
        ("3 år", "3 år"),
        ("Prioritet A", "Prioritet A"),
        ("24. november 2027", "24. november 2027"),
        ("Du må si fra til oss", "Du må seie frå til oss"),
        ("faller bort hvis grunnlaget", "fell bort dersom grunnlaget"),
        ("Oppfølging i boligen", "Oppfølging i bustaden"),
        *_REASONS[:1],
        *_VERSION,
        *_REASONS[1:],
        *_CHILDREN,
        ("Hvorfor du har denne prioriteten", "Kvifor du har denne prioriteten"),
        *_APPEAL[:3],
        *_BOARD,
        *_APPEAL[3:],
        *_CONTACT,
        *_LAWS,
        *_NAMED,
    ),
    "vedtak_bistand": (
        ("Du får hjelp til bolig", "Du får hjelp til bustad"),
        *_ASKED,
        ("Hjelpen du får", "Hjelpa du får"),
        ("søke om bostøtte", "søkje om bustøtte"),
        *_REASONS,
        ("du selv sagt at du ønsker", "du sjølv sagt at du ønskjer"),
        *_CHILDREN,
        *_APPEAL[:3],
        *_GOVERNOR,
        *_APPEAL[3:],
        *_CONTACT,
        *_LAWS,
        *_NAMED,
    ),
    "tilbud": (
        ("Du får tilbud om en bolig", "Du får tilbod om ein bustad"),
        ("Eksempelveien 12 B, H0203", "Eksempelveien 12 B, H0203"),
        ("svare innen 1. desember 2026", "svare innan 1. desember 2026"),
        ("9 840 kr", "9 840 kr"),
        ("10 000 kr", "10 000 kr"),
        ("3 år", "3 år"),
        ("15. desember 2026", "15. desember 2026"),
        ("Se boligen", "Sjå bustaden"),
        ("fredag 27. november klokka 13", "fredag 27. november klokka 13"),
        ("Slik svarer du", "Slik svarer du"),
        ("Hvis du takker nei eller ikke svarer", "Dersom du takkar nei eller ikkje svarer"),
        ("Du beholder prioriteten", "Du held på prioriteten"),
        ("husleieloven § 11-1", "husleigelova § 11-1"),
        ("klart uegnet", "klart ueigna"),
        *_BOARD,
        *_CONTACT,
        _NAMED[1],
    ),
}
#: Words that only the other language has.
NYNORSK = (
    "ikkje eit ein eg dei ho kva kvifor kven korleis kvar noko nokon frå vere søkje ønskje bustad bustaden "
    "leige husleige òg difor dersom desse vi-form vidare reglar reglane lova saka klaga fekk vart veit no"
)
BOKMAL = (
    "ikke en et jeg hun hva hvorfor hvem hvordan hvor noe noen fra være søke ønsker bolig boligen leie husleie "
    "også derfor hvis disse videre regler reglene loven saken klagen fikk ble vet nå hvilke dere deres selv"
)
STRANGE = {"nb": set(NYNORSK.split()), "nn": set(BOKMAL.split())}
#: The practice municipality calls its own office and its act of rules so, in both languages.
ALLOWED = {"nn": set(), "nb": {"lova"}}
LONG_NAME = "Klokhestine Blidnepeline Sprekbieline Roligelvine Eksempelsen"


@cache
def drawn(kind, language):
    paper, composed = example_paper(PAPERS, kind, language)
    return paper, composed, PAPERS.render(paper)


def facts_of(kind, language, composed, **changed):
    parts = {}
    for block in composed.blocks:
        parts[block.part] = f"{parts.get(block.part, '')}\n{block.text}"
    facts = CheckFacts(
        kind=kind,
        on=DAY,
        parts=parts,
        values=example_values(kind, language),
        addressees=(Addressee("mottaker", "Klok Hest"),),
        has_children=True,
    )
    return dataclasses.replace(facts, **changed)


def read_aloud(pdf):
    """The file as a screen reader reads it."""
    return " ".join(" ".join(said for _role, said in outline(pdf)).replace("\u00a0", " ").split())


def with_body(kind, language, **values):
    """The example with other values."""
    paper, _composed = example_paper(PAPERS, kind, language)
    given = {**example_values(kind, language), **values}
    composed = PAPERS.compose(PAPERS.template(kind, language), given, is_draft=False)
    return dataclasses.replace(paper, title=composed.title, blocks=composed.blocks)


@EACH
def test_that_a_letter_says_all_it_must_in_the_order_it_is_read(kind, language):
    _paper, composed, pdf = drawn(kind, language)
    said = read_aloud(pdf)
    place = BOTH.index(language)
    at = 0
    for words in MANDATORY[kind]:
        found = said.casefold().find(words[place].casefold(), at)
        assert found >= 0, f"«{words[place]}» mangler etter «{said[max(0, at - 60) : at]}»"
        at = found
    assert [one.text for one in check(facts_of(kind, language, composed)) if not one.is_met] == []


@EACH
def test_that_the_file_meets_both_standards(kind, language):
    report = PAPERS.check(drawn(kind, language)[2])
    assert (report.is_valid, report.findings) == (True, ())
    assert report.standards == ("PDF/A-2a", "PDF/UA-1")


@EACH
def test_that_a_letter_holds_to_its_language_and_names_no_number(kind, language):
    paper, _composed, pdf = drawn(kind, language)
    words = set(re.findall(r"[a-zæøåòéèô]+", PAPERS.plain_text(paper).casefold()))
    assert words & STRANGE[language] - ALLOWED[language] == set()
    assert not re.search(r"\b\d{6}\s?\d{5}\b", read_aloud(pdf))


@EACH
def test_that_a_letter_is_written_plainly(kind, language):
    paper, _composed, _pdf = drawn(kind, language)
    said = PAPERS.plain_text(paper)
    body = said.split("\n", 12)[-1]
    assert "!" not in said
    assert not re.search(r"\b(?:jf|mht|iht|ca|bl\.a|f\.eks|evt|pga)\.", body, re.IGNORECASE)
    assert not re.search(r"\b(?:vedkommende|søkeren|søkjaren|ovennevnte|herunder)\b", body, re.IGNORECASE)
    for paragraph in body.splitlines():
        for sentence in re.split(r"(?<=[.?:])\s+", paragraph):
            assert len(sentence.split()) <= 30, sentence


@pytest.mark.parametrize("kind", KINDS)
def test_that_both_languages_have_the_same_parts_fields_and_kinds_of_blocks(kind):
    one, other = (PAPERS.template(kind, code) for code in BOTH)
    assert one.parts == other.parts
    assert one.fields == other.fields
    assert [free.key for free in one.free_texts] == [free.key for free in other.free_texts]
    assert (one.approval, one.version) == (other.approval, other.version)
    shapes = [
        [(block.kind, block.part, block.level, len(block.lines)) for block in drawn(kind, code)[1].blocks]
        for code in BOTH
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_decision_is_approved_by_another_and_the_rest_not_needlessly(kind):
    approval = PAPERS.template(kind, "nb").approval
    assert approval == ("en_til" if LETTERS[LetterKind(kind)].is_vedtak or kind == "tilbud" else "ingen")


@EACH
def test_that_the_decision_and_the_date_are_on_the_first_page(kind, language):
    first = " ".join(said for said, *_place in words_at(drawn(kind, language)[2]))
    assert "24. november 2026" in first.replace("\u00a0", " ")
    assert "2026/1275" in first
    assert drawn(kind, language)[0].title in first


# -- hostile people -------------------------------------------------------------------------------


@EACH
def test_that_long_names_and_many_lines_fit_the_window(kind, language):
    paper, _composed = example_paper(PAPERS, kind, language)
    long = dataclasses.replace(
        paper,
        recipient=(
            LONG_NAME,
            f"c/o {LONG_NAME}",
            "Eksempelveien til den lengste gata i kommunen 1234 B, H0203",
            "9022 Krokelvdalen",
        ),
    )
    pdf = PAPERS.render(long)
    assert PAPERS.check(pdf).is_valid
    said = read_aloud(pdf)
    for line in long.recipient:
        assert line in said
    left = [(text, start, end) for text, start, _top, end, _bottom in words_at(pdf) if "Klokhestine" in text]
    assert left
    assert all(end <= 110 for _text, _start, end in left), "stays inside the window"


@EACH
@pytest.mark.parametrize(
    "hostile",
    [
        "<b>Klok</b> & <script>alert(1)</script>",
        "{{ saksnummer }} {% if x %}",
        "**stjerner** _strek_ # ikke overskrift",
        "| a | b |\n|---|---|",
        "[lenke](https://eksempel.invalid)",
        "\\textbf{x} %s %(x)s $HOME `rm -rf`",
    ],
)
def test_that_data_is_never_markup(kind, language, hostile):
    free = PAPERS.template(kind, language).free_texts[0].key
    paper = with_body(kind, language, **{free: hostile})
    pdf = PAPERS.render(
        dataclasses.replace(paper, recipient=(hostile.splitlines()[0], "Eksempelgata 1", "9000 Tromsø"))
    )
    assert PAPERS.check(pdf).is_valid
    said = read_aloud(pdf)
    for line in hostile.splitlines():
        assert " ".join(line.split()) in said


@EACH
@pytest.mark.parametrize("sign", ["😀", "鍋", "\U0001f3e0"])
def test_that_a_sign_that_cannot_be_drawn_stops_the_letter(kind, language, sign):
    free = PAPERS.template(kind, language).free_texts[0].key
    with pytest.raises(MissingGlyphs) as told:
        PAPERS.render(with_body(kind, language, **{free: f"Du bor her {sign} nå."}))
    assert sign in told.value.signs
    paper, _composed = example_paper(PAPERS, kind, language)
    with pytest.raises(MissingGlyphs):
        PAPERS.render(dataclasses.replace(paper, recipient=(f"Klok {sign} Hest", "Gata 1", "9000 Tromsø")))


@EACH
def test_that_the_letters_of_many_languages_can_be_drawn(kind, language):
    paper, _composed = example_paper(PAPERS, kind, language)
    name = "Čábáŋ Đuođgi Šža Ægir Øye Åse Łukasz Żółć Nguyễn Çelik Ğül"
    pdf = PAPERS.render(dataclasses.replace(paper, recipient=(name, "Eksempelgata 1", "9000 Tromsø")))
    assert name in read_aloud(pdf)
    assert PAPERS.check(pdf).is_valid


@EACH
def test_that_a_household_of_fourteen_fits(kind, language):
    people = tuple(f"{LONG_NAME} {number} er {number} år og bor hos deg." for number in range(1, 15))
    paper = with_body(kind, language, fakta=people, mangler=people, hovedinnhold=people, vurderinger=people)
    pdf = PAPERS.render(paper)
    assert PAPERS.check(pdf).is_valid
    if kind not in {"forelopig_svar", "tilbud"}:
        assert read_aloud(pdf).count(LONG_NAME) >= 14


@EACH
def test_that_a_letter_without_an_address_is_stopped(kind, language):
    _paper, composed, _pdf = drawn(kind, language)
    nowhere = (Addressee("mottaker", "Klok Hest", "Klok Hest mangler adresse."),)
    stops = blocking(check(facts_of(kind, language, composed, addressees=nowhere)))
    assert [(one.key, one.text) for one in stops] == [("mottaker", "Klok Hest mangler adresse.")]


@EACH
def test_that_a_letter_that_lacks_what_it_must_say_is_never_finished(kind, language):
    template = PAPERS.template(kind, language)
    values = {key: value for key, value in example_values(kind, language).items() if key != "saksbehandler"}
    with pytest.raises(MissingFields) as told:
        PAPERS.compose(template, values, is_draft=False)
    assert told.value.fields == ("saksbehandler",)
    draft = PAPERS.compose(template, values, is_draft=True)
    assert draft.missing == ("saksbehandler",)
    stops = blocking(check(facts_of(kind, language, draft, values=values)))
    assert [one.key for one in stops] == ["avsender"]


@EACH
def test_that_a_draft_says_so_and_a_letter_does_not(kind, language):
    paper, _composed, pdf = drawn(kind, language)
    draft = PAPERS.render(dataclasses.replace(paper, is_draft=True))
    marks = [" ".join(said for said, *_place in words_at(one)) for one in (pdf, draft)]
    assert "KLADD" not in marks[0]
    assert "KLADD" in marks[1]


@EACH
def test_that_a_turned_byte_in_a_packed_part_is_found(kind, language):
    pdf = drawn(kind, language)[2]
    packed = [match.end() for match in re.finditer(rb"/FlateDecode[^<]*?>>\s*stream\r?\n", pdf)]
    assert packed
    for start in packed:
        end = pdf.index(b"endstream", start)
        at = (start + end) // 2
        spoilt = pdf[:at] + bytes([pdf[at] ^ 0x55]) + pdf[at + 1 :]
        assert not PAPERS.check(spoilt).is_valid, f"byte {at} of {len(pdf)}"
