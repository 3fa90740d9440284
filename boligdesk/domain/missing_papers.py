"""Papers that offices ask applicants for most often, in the words that stand in the letter."""

from __future__ import annotations

from dataclasses import dataclass

#: Why they are asked for, to be edited; in bokmål and nynorsk.
USUAL_REASON = {
    "nb": "Vi trenger opplysningene for å vurdere søknaden din og gi deg riktig svar.",
    "nn": "Vi treng opplysningane for å vurdere søknaden din og gi deg rett svar.",
}


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """One thing to ask for, in both written forms."""

    nb: str
    nn: str

    def words(self, language: str) -> str:
        return self.nn if language == "nn" else self.nb


USUAL_PAPERS: tuple[MissingPaper, ...] = (
    MissingPaper("De tre siste lønnsslippene", "Dei tre siste lønsslippane"),
    MissingPaper("Siste vedtak fra NAV om ytelser", "Siste vedtak frå NAV om ytingar"),
    MissingPaper("Siste skattemelding og skatteoppgjør", "Siste skattemelding og skatteoppgjer"),
    MissingPaper(
        "Leiekontrakten og brevet om at du må flytte", "Leigekontrakten og brevet om at du må flytte"
    ),
    MissingPaper(
        "Legeerklæring eller uttalelse om hva slags bolig du trenger",
        "Legeerklæring eller fråsegn om kva slags bustad du treng",
    ),
    MissingPaper("Avtale om samvær eller delt bosted", "Avtale om samvær eller delt bustad"),
    MissingPaper("Kopi av oppholdstillatelsen", "Kopi av opphaldsløyvet"),
    MissingPaper("Oversikt over gjeld og faste utgifter", "Oversikt over gjeld og faste utgifter"),
    MissingPaper(
        "Hva du selv har gjort for å skaffe bolig, for eksempel visninger og søknader",
        "Kva du sjølv har gjort for å skaffe bustad, til dømes visingar og søknader",
    ),
)
