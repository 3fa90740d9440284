"""Closed lists of assessment and allocation: stored code and the words people see (model.md 1.5, 1.10, 2.5, 2.6)."""

from __future__ import annotations

from boligdesk.domain.catalog import Labelled


class ConditionOutcome(Labelled):
    MET = "oppfylt", "Oppfylt"
    NOT_MET = "ikke_oppfylt", "Ikke oppfylt"
    UNSET = "uavklart", "Mangler"
    EXCEPTION = "unntak", "Unntak gitt"
    NOT_RELEVANT = "ikke_aktuelt", "Ikke aktuelt"


class TrackOutcome(Labelled):
    GRANTED = "innvilgelse", "Innvilget"
    REFUSED = "avslag", "Avslått"


class VacancyStage(Labelled):
    """In the order of the pipeline."""

    VACANT = "ledig", "Ledig"
    PROPOSED = "forslag", "Forslag"
    INTAKE_TEAM = "inntaksteam", "Inntaksteam"
    OFFER_SENT = "tilbud_sendt", "Tilbud"
    ACCEPTED = "takket_ja", "Takket ja"
    CONTRACT = "kontrakt", "Kontrakt"
    MOVED_IN = "innflyttet", "Innflyttet"
    WITHDRAWN = "trukket", "Trukket"


class OfferState(Labelled):
    PREPARED = "forberedt", "Forberedt"
    SENT = "sendt", "Sendt"
    ACCEPTED = "ja", "Takket ja"
    REFUSED = "nei", "Takket nei"
    UNANSWERED = "ikke_svart", "Ikke svart"
    WITHDRAWN = "trukket", "Trukket"


class OfferAnswer(Labelled):
    YES = "ja", "Ja"
    NO = "nei", "Nei"
    NONE = "ikke_svart", "Ikke svart"


class WaitingState(Labelled):
    ACTIVE = "aktiv", "Klar"
    PAUSED = "pauset", "På pause"
    OFFERED = "tilbud", "Har tilbud"
    HOUSED = "bosatt", "Bosatt"
    LAPSED = "bortfalt", "Bortfalt"
    WITHDRAWN = "trukket", "Trukket"


class MatchOutcome(Labelled):
    MET = "oppfylt", "Oppfylt"
    NOT_MET = "ikke", "Ikke oppfylt"
    UNKNOWN = "ukjent", "Ukjent"
    TO_CHECK = "avklares", "Må sjekkes"


class NeedKind(Labelled):
    ABSOLUTE = "absolutt", "Absolutt krav"
    WISH = "onske", "Ønske"
    PRIORITY = "prioritet", "Prioritet"
    NEIGHBOURHOOD = "bomiljo", "Bomiljø"
