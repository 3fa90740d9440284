"""Templates: what they may hold, what is refused and how it is said, and that data is never markup."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boligdesk.documents.markdown import free_blocks
from boligdesk.documents.sentences import sentences
from boligdesk.documents.templates import LetterFiles, Templates, sha256_of
from boligdesk.services.errors import BadTemplate, InvalidInput, MissingFields, NotFound
from boligdesk.services.records.papers import Block, Composed, LetterValue, Run

FIELDS = {
    "navn": "Navn",
    "dato": "Dato for søknaden",
    "husleie": "Husleie per måned",
    "regler": "Regler",
    "antall": "Antall soverom",
    "begrunnelse": "Begrunnelse",
    "har_barn": "Barn i husstanden",
}
HEAD = "---\ntitle: Vedtak om bolig\nversion: 3\napproval: en_til\n---\n"
VALUES: dict[str, LetterValue] = {
    "navn": "Klok Hest",
    "dato": dt.date(2026, 10, 26),
    "husleie": 1240000,
    "regler": ("lov én", "lov to", "lov tre"),
    "antall": 3,
    "begrunnelse": "Ett.\n\n- a\n- b\n\nTo.",
    "har_barn": True,
}


def composed(body: str, *, is_draft: bool = False, head: str = HEAD, **changed: LetterValue) -> Composed:
    templates = Templates(FIELDS)
    info = templates.info("avslag", "nb", head + body)
    return templates.compose(info, VALUES | changed, is_draft=is_draft)


def refused(body: str, head: str = HEAD) -> BadTemplate:
    with pytest.raises(BadTemplate) as caught:
        Templates(FIELDS).info("avslag", "nb", head + body)
    return caught.value


def words(block: Block) -> str:
    return block.text


def test_that_a_template_becomes_blocks_with_their_parts() -> None:
    body = """Hei {{ navn }}.

@del konklusjon
## Svaret
Du får **tre *rom*** fra [oss](https://a.invalid/x).
Linja går videre.

1. en
2. to

@del regler
### Mer
- {{ antall }} soverom
- {{ husleie|kr }}

| Hva | Når |
|---|--:|
| Søknad | {{ dato }} |
"""
    letter = composed(body)
    assert [(block.kind, block.part, block.level) for block in letter.blocks] == [
        ("paragraph", "", 0),
        ("heading", "konklusjon", 1),
        ("paragraph", "konklusjon", 0),
        ("numbers", "konklusjon", 0),
        ("heading", "regler", 2),
        ("bullets", "regler", 0),
        ("table", "regler", 0),
    ]
    assert letter.blocks[2].lines[0] == (
        Run("Du får "),
        Run("tre ", bold=True),
        Run("rom", bold=True, italic=True),
        Run(" fra "),
        Run("oss", link="https://a.invalid/x"),
        Run(". Linja går videre."),
    )
    assert letter.blocks[5].text == "3 soverom\n12\u00a0400\u00a0kr"
    assert letter.blocks[6].rows == (("Søknad", "26. oktober 2026"),)


def test_that_a_template_says_what_it_is_and_asks_for() -> None:
    head = (
        "---\ntitle: Vedtak for {{ navn }}\nversion: 3\napproval: leder\ndocument_kind: VEDTAK\n"
        "free: hensyn | Hensyn | Skriv kort.\nsuggestion: hensyn | Barn | Barna går på skole her.\n---\n"
    )
    text = f"{head}@del grunn\n{{{{ hensyn }}}}\n\n{{% if har_barn %}}\n@del barn\n{{{{ dato|dato }}}}\n{{% endif %}}\n"
    info = Templates(FIELDS).info("avslag", "nn", text)
    assert (info.kind, info.language, info.version, info.approval) == ("avslag", "nn", 3, "leder")
    assert (info.fields, info.parts) == (("navn", "har_barn", "dato"), ("grunn", "barn"))
    assert info.free_texts[0].key == "hensyn"
    assert info.free_texts[0].suggestions == (("Barn", "Barna går på skole her."),)
    assert info.sha256 == sha256_of(text)


def test_that_branches_and_lists_follow_the_values() -> None:
    body = "{% if antall > 2 and not navn == 'X' %}\nStor.\n{% elif antall == 2 %}\nMiddels.\n{% else %}\nLiten.\n{% endif %}\n\n{% for regel in regler %}\n- {{ regel|stor }}\n{% endfor %}\n"
    assert [words(block) for block in composed(body).blocks] == ["Stor.", "Lov én\nLov to\nLov tre"]
    assert words(composed(body, antall=2).blocks[0]) == "Middels."
    assert words(composed(body, antall=1).blocks[0]) == "Liten."


def test_that_a_tag_at_the_end_of_a_line_leaves_the_line_break() -> None:
    assert [words(block) for block in composed("En{% if har_barn %} to{% endif %}\n\nTre").blocks] == [
        "En to",
        "Tre",
    ]


def test_that_a_list_or_a_free_text_alone_becomes_blocks_and_within_a_line_words() -> None:
    found = composed(
        "{{ regler }}\n\nDette er {{ regler }}.\n\n{{ begrunnelse }}\n\nFordi {{ begrunnelse }}"
    ).blocks
    assert [(block.kind, words(block)) for block in found] == [
        ("bullets", "lov én\nlov to\nlov tre"),
        ("paragraph", "Dette er lov én, lov to og lov tre."),
        ("paragraph", "Ett."),
        ("bullets", "a\nb"),
        ("paragraph", "To."),
        ("paragraph", "Fordi Ett. - a - b To."),
    ]


def test_that_a_missing_value_is_marked_in_a_draft_and_stops_a_letter() -> None:
    body = "Du er {{ navn }}, {{ husleie|kr }}.\n\n{% for x in regler %}\n- {{ x }}\n{% endfor %}\n\n{% if antall > 2 %}a{% endif %}\n\n{% if dato %}b{% endif %}"
    gone: dict[str, LetterValue] = {"navn": " ", "husleie": None, "regler": (), "antall": None, "dato": None}
    draft = composed(body, is_draft=True, **gone)
    assert draft.missing == ("navn", "husleie", "regler", "antall")
    assert words(draft.blocks[0]) == "Du er [mangler: Navn], [mangler: Husleie per måned]."
    assert words(draft.blocks[1]) == "[mangler: Regler]"
    with pytest.raises(MissingFields, match="Navn, Husleie per måned, Regler, Antall soverom") as stopped:
        composed(body, **gone)
    assert stopped.value.fields == draft.missing


def test_that_the_title_may_hold_fields() -> None:
    head = HEAD.replace("Vedtak om bolig", "Vedtak fra {{ dato }} om {{ regler }}")
    assert composed("a", head=head).title == "Vedtak fra 26. oktober 2026 om lov én, lov to og lov tre"


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("a\n{{ navnn }}", 7, "Mente du «navn»?"),
        ("{{ xyz }}", 6, "Feltet «xyz» finnes ikke."),
        ("\n\n{{ navn|upper }}", 8, "ikke en måte å vise"),
        ("{{ husleie|krr }}", 6, "Mente du «kr»?"),
        ("a\n# Tittel", 7, "Tittelen står allerede"),
        ("#### Dypt", 6, "to nivåer"),
        ("Tittel\n===", 6, "streker"),
        ("## A\n\n> sitat", 8, "Sitater"),
        ("a\n\n```\nkode\n```", 8, "Kodeblokker"),
        ("a\n\n    innrykk", 8, "rykket inn"),
        ("a `b` c", 6, "Tegnet `"),
        ("a <b>fet</b>", 6, "HTML"),
        ("<script>\nx\n</script>", 6, "HTML"),
        ("![bilde](https://a.invalid/b.png)", 6, "Bilder"),
        ("a\n\n---\n\nb", 8, "Streker"),
        ("a\\\nb", 6, "linjeskift"),
        ("- a\n  - b", 7, "inni en liste"),
        ("- a\n\n  b", 8, "ett avsnitt"),
        ("3. a", 6, "begynne med 1"),
        ("[x](javascript:alert(1))", 6, "nettsted"),
        ("[x](http://a.invalid)", 6, "nettsted"),
        ("[x](mailto:{{ navn }})", 6, "ikke være et felt"),
        ("## [x](https://a.invalid)", 6, "overskrift"),
        ("| **a** |\n|---|\n| b |", 6, "tabell"),
        ("### Under", 0, "nivå to"),
        ("@del\na", 6, "mangler navn"),
        ("@del To Ord\na", 6, "mangler navn"),
        ("{% if navn %}a", 6, "ikke lukket"),
        ("{{ navn", 6, "ikke lukket"),
        ("a {% endif %}", 6, "hører ikke til"),
        ("{% include 'x' %}", 6, "kan ikke brukes"),
        ("{% set a = 1 %}", 6, "set"),
        ("{% macro a() %}{% endmacro %}", 6, "kan ikke brukes"),
        ("{% raw %}a{% endraw %}", 6, "raw"),
        ("{{ 'a' * 1000000000 }}", 6, "ikke regne"),
        ("{{ 2 ** 99999999 }}", 6, "ikke regne"),
        ("{{ navn.__class__ }}", 6, "Punktum"),
        ("{{ navn['x'] }}", 6, "Hakeparenteser"),
        ("{{ navn() }}", 6, "kall"),
        ("{{ range(9) }}", 6, "kall"),
        ("{{ navn|stor('x') }}", 6, "parentes"),
        ("{{ navn ~ navn }}", 6, "ikke regne"),
        ("{% if navn is defined %}a{% endif %}", 6, ""),
        ("{{ [1, 2] }}", 6, ""),
        ("{{ {'a': 1} }}", 6, ""),
        ("{% for x in regler %}{% for y in regler %}{{ y }}{% endfor %}{% endfor %}", 6, "inni en annen"),
        ("{% for x in regler recursive %}{% endfor %}", 6, "vilkår"),
        ("{% for x in 'abc' %}{% endfor %}", 6, "ett felt"),
        ("{% for navn in regler %}{% endfor %}", 6, "navnet på et felt"),
        ("{% for x in regler %}a{% endfor %}{{ x }}", 6, "Feltet «x»"),
        ("{% if navn %}" * 9 + "{% endif %}" * 9, 6, "nivåer"),
        ("{% if navn %}" + "{% elif navn %}a" * 3000 + "{% endif %}", 6, "elif"),
        ("{{ " + "(" * 500 + "navn" + ")" * 500 + " }}", 6, "for mye"),
        ("{% if " + "not " * 500 + "navn %}{% endif %}", 6, "for mye"),
        ("a\ue000b", 6, "tegn"),
        ("a\x00b", 6, "tegn"),
        ("x" * 10_000_000, 0, "for lang"),
        ("[" * 30_000, -1, ""),
        ("> " * 20_000, 6, "Sitater"),
        ("- " * 20_000 + "a", 6, ""),
    ],
)
def test_that_what_a_template_may_not_is_refused_with_its_line(body: str, line: int, said: str) -> None:
    if line < 0:
        assert Templates(FIELDS).info("avslag", "nb", HEAD + body).title == "Vedtak om bolig"
        return
    fault = refused(body)
    assert said in str(fault)
    assert fault.at_line == line
    assert not line or f"Linje {line}:" in str(fault)
    assert fault.todo


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "begynne med"),
        ("---\ntitle: A\n", "etter opplysningene"),
        ("---\nversion: 1\napproval: ingen\n---\n", "«title» mangler"),
        ("---\ntitle: A\ntitle: B\nversion: 1\napproval: ingen\n---\n", "to ganger"),
        ("---\ntitel: A\nversion: 1\napproval: ingen\n---\n", "Mente du «title»?"),
        ("---\ntitle:\nversion: 1\napproval: ingen\n---\n", "tom"),
        ("---\ntitle: A\nversion: én\napproval: ingen\n---\n", "helt tall"),
        ("---\ntitle: A\nversion: 1\napproval: alle\n---\n", "ingen, en_til, leder"),
        ("---\ntitle: {{ navm }}\nversion: 1\napproval: ingen\n---\n", "Mente du «navn»?"),
        ("---\ntitle: A\nversion: 1\napproval: ingen\nfree: x\n---\n", "nøkkel og ledetekst"),
        ("---\ntitle: A\nversion: 1\napproval: ingen\nfree: x y | X\n---\n", "kan ikke være nøkkel"),
        ("---\ntitle: A\nversion: 1\napproval: ingen\nfree: x | X\n---\n", "ikke brukt"),
        ("---\ntitle: A\nversion: 1\napproval: ingen\nsuggestion: x | X | Y\n---\n", "finnes ikke"),
    ],
)
def test_that_a_wrong_head_is_refused(head: str, said: str) -> None:
    assert said in str(refused("a", head))


def test_that_a_field_of_the_wrong_kind_is_told_with_its_line() -> None:
    with pytest.raises(BadTemplate, match="Linje 7: Feltet foran «kr» er ikke et beløp"):
        composed("a\n{{ navn|kr }}")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.text(
        st.one_of(
            st.sampled_from("<>&|*_#[]()`\\\"'-{}%!~^$@:\ue000\ue0010123456789 "),
            st.characters(exclude_categories=["Cs", "Zl", "Zp", "Cc"]),
        ),
        min_size=1,
    ).filter(lambda said: said.strip())
)
def test_that_data_is_never_markup(said: str) -> None:
    body = "## H {{ navn }}\n\nP **{{ navn }}** slutt\n\n- L {{ navn }}\n\n| T |\n|---|\n| {{ navn }} |\n\n{% for x in regler %}\n- {{ x }}\n{% endfor %}"
    found = composed(body, navn=said, regler=(said,)).blocks
    shown = re.sub(r"[ \t\r\n]+", " ", said).strip()
    assert [block.kind for block in found] == ["heading", "paragraph", "bullets", "table", "bullets"] or (
        [block.kind for block in found] == ["heading", "paragraph", "bullets", "table"]
    )
    assert words(found[0]) == f"H {shown}"
    assert found[1].lines[0] == (Run("P "), Run(shown, bold=True), Run(" slutt"))
    assert found[2].lines[0] == (Run(f"L {shown}"),)
    assert found[3].rows == ((shown,),)


def test_that_a_free_text_holds_paragraphs_line_breaks_and_lists_only() -> None:
    found = free_blocks("Hei **du**\nny linje\n- a\n  går videre\n* b\nslutt\n\n\n# nei\n", "x")
    assert [(block.kind, words(block)) for block in found] == [
        ("paragraph", "Hei **du**\nny linje"),
        ("bullets", "a går videre\nb"),
        ("paragraph", "slutt"),
        ("paragraph", "# nei"),
    ]


def test_that_a_value_too_long_for_a_letter_is_refused() -> None:
    with pytest.raises(InvalidInput, match="for lang"):
        composed("{{ navn }}", navn="x" * 20_001)
    with pytest.raises(InvalidInput, match="for langt"):
        composed("{{ navn }} " * 20, navn="x" * 19_999)


def test_that_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = Templates(FIELDS)
    info = templates.info("avslag", "nb", HEAD + "{{ navn }}")
    monkeypatch.setattr(templates, "_compile", lambda _text: pytest.fail("compiled again"))
    assert words(templates.compose(info, VALUES, is_draft=False).blocks[0]) == "Klok Hest"


def test_that_sentences_end_where_they_should() -> None:
    block = Block(
        "paragraph",
        "",
        ((Run("Møt kl. 12. Ta med nr. 4, f.eks. Et kort. Den 22. november? Ja. 3 av 4. 5"),),),
    )
    assert list(sentences([block])) == [
        "Møt kl. 12.",
        "Ta med nr. 4, f.eks. Et kort.",
        "Den 22. november?",
        "Ja.",
        "3 av 4. 5",
    ]


def test_that_files_are_found_by_kind_and_language_only(tmp_path: Path) -> None:
    for name in ("nb/avslag.md", "nn/avslag.md", "nb/tilbud.md", "en/tilbud.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD, encoding="utf-8")
    files = LetterFiles(tmp_path)
    assert files.kinds() == ("avslag", "tilbud")
    assert files.read("tilbud", "nb") == HEAD
    for kind, language in (("tilbud", "nn"), ("../nb/tilbud", "nb"), ("tilbud", "en"), ("", "nb")):
        with pytest.raises(NotFound):
            files.read(kind, language)
    (tmp_path / "nb/tilbud.md").write_bytes(b"x" * 10_000_000)
    with pytest.raises(BadTemplate, match="for lang"):
        files.read("tilbud", "nb")
    (tmp_path / "nb/tilbud.md").write_bytes("blåbær".encode("latin-1"))
    with pytest.raises(BadTemplate, match="UTF-8"):
        files.read("tilbud", "nb")
