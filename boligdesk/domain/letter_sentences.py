"""Small pieces of letters that rules give: what a no leads to, names of acts in nynorsk, paragraphs held together."""

from __future__ import annotations

import re

from boligdesk.domain.allocation_catalog import Consequence

#: What the rules may lead to, told to the applicant: consequence -> (nb, nn).
_CONSEQUENCES: dict[str, tuple[str, str]] = {
    Consequence.KEEPS: (
        "Du beholder prioriteten på ventelisten.",
        "Du held på prioriteten på ventelista.",
    ),
    Consequence.LOWER: (
        "Vi vurderer om du skal ha lavere prioritet på ventelisten. Du får uttale deg før vi avgjør det.",
        "Vi vurderer om du skal ha lågare prioritet på ventelista. Du får uttale deg før vi avgjer det.",
    ),
    Consequence.MAY_LAPSE: (
        "Vi vurderer om godkjenningen din skal falle bort. Du får uttale deg før vi avgjør det.",
        "Vi vurderer om godkjenninga di skal falle bort. Du får uttale deg før vi avgjer det.",
    ),
}
_EITHER = (
    "Takker du nei eller lar være å svare innen fristen, kan vi tilby boligen til en annen.",
    "Dersom du takkar nei eller lèt vere å svare innan fristen, kan vi tilby bustaden til ein annan.",
)
_NO = (
    "Takker du nei, kan vi tilby boligen til en annen.",
    "Takkar du nei, kan vi tilby bustaden til ein annan.",
)
_SILENCE = (
    "Svarer du ikke innen fristen, kan vi også tilby den til en annen.",
    "Svarer du ikkje innan fristen, kan vi òg tilby han til ein annan.",
)
_ACTS = (("boligsosialloven", "bustadsosiallova"), ("husleieloven", "husleigelova"))
_ENDING = re.compile(r"(forvaltnings|offentleg|språk|plan- og bygnings)loven")
_BOUND = re.compile(r"(?<=§) (?=\d)|(?<=\d) (?=[a-z]\b)|(?<=bokstav) (?=[a-zæøå]\b)")


def consequence_words(no: str, silence: str, language: str) -> str:
    """What a no and a silence lead to, to the applicant. Both are codes of ``Consequence``."""
    place = 1 if language == "nn" else 0
    if no == silence:
        return f"{_EITHER[place]} {_CONSEQUENCES[no][place]}"
    told = (_NO[place], _CONSEQUENCES[no][place], _SILENCE[place], _CONSEQUENCES[silence][place])
    return " ".join(told)


def source_words(source: str, language: str) -> str:
    """Where a rule stands, as a letter says it: acts by their nynorsk names there, paragraphs unbroken."""
    said = source
    if language == "nn":
        for bokmal, nynorsk in _ACTS:
            said = said.replace(bokmal, nynorsk).replace(bokmal.capitalize(), nynorsk.capitalize())
        said = _ENDING.sub(r"\1lova", said)
    return held_together(said)


def held_together(text: str) -> str:
    """«§ 11 a» and «bokstav b» with spaces that no line ends at."""
    return _BOUND.sub("\u00a0", text)
