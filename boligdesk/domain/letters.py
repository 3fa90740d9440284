"""Letters: their kinds, what each is in law, and the states a letter passes through (domain.md 1.9, model.md 2.3)."""

from __future__ import annotations

from dataclasses import dataclass

from boligdesk.domain.catalog import Labelled, TrackLaw


class LetterKind(Labelled):
    """In the order of domain.md 1.9; ``number`` of the spec is the number there."""

    INTERIM_REPLY = "forelopig_svar", "Foreløpig svar"
    MISSING_INFORMATION = "mangler", "Vi mangler opplysninger"
    REFUSAL_DWELLING = "avslag_bolig", "Avslag på kommunal bolig"
    REFUSAL_ASSISTANCE = "avslag_bistand", "Avslag på bistand"
    APPROVAL_DWELLING = "innvilgelse_bolig", "Innvilget kommunal bolig"
    VEDTAK_ASSISTANCE = "vedtak_bistand", "Vedtak om bistand"
    OFFER = "tilbud", "Tilbud om bolig"


class LetterState(Labelled):
    DRAFT = "kladd", "Kladd"
    TO_APPROVAL = "til_godkjenning", "Til godkjenning"
    APPROVED = "godkjent", "Godkjent"
    FINALISED = "ferdigstilt", "Klar for utskrift"
    SENT = "ekspedert", "Sendt"
    RECALLED = "tilbakekalt", "Trukket tilbake"


class RecipientRole(Labelled):
    RECIPIENT = "mottaker", "Mottaker"
    COPY = "kopi", "Kopi"
    GUARDIAN = "verge", "Verge"
    PROXY = "fullmektig", "Fullmektig"


class DispatchRoute(Labelled):
    POST = "post", "Post"
    HAND = "hand", "Levert for hånd"
    SHIELDED = "skjermet", "Egen rutine"


class ArrivalBasis(Labelled):
    ASSUMED = "antatt", "Antatt"
    KNOWN = "kjent", "Kjent"
    CORRECTED = "rettet", "Rettet"


class Approval(Labelled):
    NONE = "ingen", "Ingen godkjenning"
    ONE_MORE = "en_til", "Godkjennes av en til"
    LEADER = "leder", "Godkjennes av leder"


class LetterGroup(Labelled):
    """Groups of «Velg mal», in the order shown."""

    INTERIM = "forelopig", "Foreløpig svar"
    INFORMATION = "opplysninger", "Be om opplysninger"
    VEDTAK = "vedtak", "Vedtak"
    OFFER = "tilbud", "Tilbud"


@dataclass(frozen=True, slots=True)
class LetterSpec:
    """What a kind of letter is. ``outcomes``: outcomes of the track that it tells; ``appeal``: it starts one."""

    number: int
    group: LetterGroup
    track: TrackLaw | None = None
    outcomes: tuple[str, ...] = ()
    document_kind: str = "KORR"

    @property
    def is_vedtak(self) -> bool:
        return self.track is not None

    @property
    def has_appeal(self) -> bool:
        return self.is_vedtak


LETTERS: dict[LetterKind, LetterSpec] = {
    LetterKind.INTERIM_REPLY: LetterSpec(2, LetterGroup.INTERIM),
    LetterKind.MISSING_INFORMATION: LetterSpec(4, LetterGroup.INFORMATION),
    LetterKind.REFUSAL_DWELLING: LetterSpec(
        8, LetterGroup.VEDTAK, TrackLaw.LOCAL_RULES, ("avslag",), "VEDTAK"
    ),
    LetterKind.REFUSAL_ASSISTANCE: LetterSpec(
        9, LetterGroup.VEDTAK, TrackLaw.BOLIGSOSIALLOVEN, ("avslag",), "VEDTAK"
    ),
    LetterKind.APPROVAL_DWELLING: LetterSpec(
        10, LetterGroup.VEDTAK, TrackLaw.LOCAL_RULES, ("innvilgelse",), "VEDTAK"
    ),
    LetterKind.VEDTAK_ASSISTANCE: LetterSpec(
        11, LetterGroup.VEDTAK, TrackLaw.BOLIGSOSIALLOVEN, ("innvilgelse",), "VEDTAK"
    ),
    LetterKind.OFFER: LetterSpec(12, LetterGroup.OFFER),
}

LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"))
